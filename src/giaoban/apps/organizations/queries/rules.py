"""Which rule holds for a unit on a day: the nearest ancestor's setting, else the shipped default (decision D14)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from giaoban.apps.organizations.models import Ancestry, RuleSetting, Unit, on_day
from giaoban.apps.organizations.rules import RuleValue, rule_kinds


def rule_for(key: str, unit: Unit, day: date) -> RuleValue:
    """Return the value of one rule for a unit on a day; see ``rules_for``."""
    return rules_for(key, [unit.pk], day)[unit.pk]


def rules_of(keys: Iterable[str], unit: Unit, day: date) -> dict[str, RuleValue]:
    """Return the values of some rules for a unit on a day, in two queries however many rules they are.

    Raises:
        KeyError: no such rule.
    """
    found = _in_force(keys, {unit.pk}, day)
    return {key: by_unit[unit.pk] for key, by_unit in found.items()}


def rules_for(key: str, units: Iterable[int], day: date) -> dict[int, RuleValue]:
    """Return the value of one rule for many units (primary keys) on a day, in two queries however many they are.

    Raises:
        KeyError: no such rule.
    """
    return _in_force([key], set(units), day)[key]


def _in_force(keys: Iterable[str], units: Collection[int], day: date) -> dict[str, dict[int, RuleValue]]:
    """Return by rule and unit what holds on a day: the shipped default, or what the nearest unit above has set."""
    found = {key: dict.fromkeys(units, rule_kinds()[key].on(day)) for key in keys}
    settings: dict[int, list[RuleValue]] = {}
    for row in RuleSetting.objects.filter(on_day(day), key__in=list(found)).select_related("owner"):
        set_there = RuleValue(row.key, row.value, row.source, row.valid_from, row.owner.code)
        settings.setdefault(row.owner_id, []).append(set_there)
    if not settings:
        return found
    above = Ancestry.objects.filter(on_day(day), descendant__in=units, ancestor__in=settings)
    for unit, owner in above.order_by("-depth").values_list("descendant_id", "ancestor_id"):
        for rule in settings[owner]:  # the nearest comes last and has the last word
            found[rule.key][unit] = rule
    return found
