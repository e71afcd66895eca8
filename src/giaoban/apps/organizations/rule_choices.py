"""Values of a rule that offices add to the shipped ones, such as rubrics of their own; other apps register them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from giaoban.apps.organizations.rules import RuleKind

if TYPE_CHECKING:
    from giaoban.apps.organizations.models import Unit

# What a unit can choose on a day, by value with its words; day None: all that it ever could.
Choices = Callable[["Unit", date | None], Mapping[str, str]]
_MORE: dict[str, Choices] = {}


def register_choices(key: str, choices: Choices) -> None:
    """This function will let a rule be set to more than the shipped values."""
    _MORE[key] = choices


def with_choices(kind: RuleKind, unit: Unit, *, day: date | None = None) -> RuleKind:
    """Return a rule with the values that a unit can choose on a day beside the shipped ones (None: ever could)."""
    more = _MORE.get(kind.key)
    return kind if more is None else replace(kind, choices={**kind.choices, **more(unit, day)})
