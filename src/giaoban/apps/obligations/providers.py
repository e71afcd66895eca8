"""Where apps above register what they make units owe; asked when the program has started."""

from __future__ import annotations

from giaoban.apps.obligations.duties import DutyProvider, DutyRule

_providers: list[DutyProvider] = []


def register_duties(provider: DutyProvider) -> None:
    """Register a provider once; called from an app's ``ready``.

    Raises:
        ValueError: a rule has a code that is taken already.
    """
    if provider in _providers:
        return
    taken = duty_rules().keys() & {rule.code for rule in provider.rules}
    if taken:
        raise ValueError(f"duty rules registered twice: {', '.join(sorted(taken))}")
    _providers.append(provider)


def providers() -> tuple[DutyProvider, ...]:
    """Return all providers in the order of their registration."""
    return tuple(_providers)


def duty_rules() -> dict[str, DutyRule]:
    """Return all rules by code, in the order of their registration."""
    return {rule.code: rule for provider in _providers for rule in provider.rules}
