"""The rules of many units on many days at once: what clocks and threads are judged by (decision D14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from giaoban.apps.organizations.models import Ancestry, RuleSetting
from giaoban.apps.organizations.rules import RuleValue, rule_kinds


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Settings by key in the order of time, each with its first and last day (half-open) and its owner; and the
    stretches of days, half-open, in which a unit stood so many levels (the first number) below an owner.
    """

    settings: dict[str, tuple[tuple[int, date, date, RuleValue], ...]]
    above: dict[int, tuple[tuple[int, int, date, date], ...]]

    def value(self, key: str, unit: int, day: date) -> RuleValue:
        """Return the rule that holds for a unit (primary key) on a day: the nearest owner's, else the default.

        Raises:
            KeyError: no such rule.
        """
        own = {owner: value for owner, start, end, value in self.settings.get(key, ()) if start <= day < end}
        stood = [
            (depth, owner)
            for depth, owner, start, end in self.above.get(unit, ())
            if owner in own and start <= day < end
        ]
        return own[min(stood)[1]] if stood else rule_kinds()[key].on(day)


def shortest_months(key: str) -> int:
    """Return the least number that a rule has anywhere on any day: what is younger than that it cannot concern.

    One query.
    """
    told = {value.whole for value in rule_kinds()[key].defaults}
    rows = RuleSetting.objects.filter(key=key).order_by().values_list("value", flat=True).distinct()
    return min(told | {RuleValue(key, value, "", date.min).whole for value in rows})


def rule_book(keys: Iterable[str], units: Iterable[int]) -> RuleBook:
    """Return the rules of some keys for units (primary keys), for any day; two queries however many they are."""
    settings: dict[str, list[tuple[int, date, date, RuleValue]]] = defaultdict(list)
    owners = set()
    rows = RuleSetting.objects.filter(key__in=set(keys)).select_related("owner").order_by("valid_from")
    for row in rows:
        owners.add(row.owner_id)
        value = RuleValue(row.key, row.value, row.source, row.valid_from, row.owner.code)
        settings[row.key].append((row.owner_id, row.valid_from, row.valid_to, value))
    above: dict[int, list[tuple[int, int, date, date]]] = defaultdict(list)
    places = Ancestry.objects.filter(descendant__in=set(units), ancestor__in=owners)
    stretches = places.values_list("descendant_id", "depth", "ancestor_id", "valid_from", "valid_to")
    for unit, depth, owner, start, end in stretches:
        above[unit].append((depth, owner, start, end))
    return RuleBook(
        {key: tuple(found) for key, found in settings.items()}, {unit: tuple(found) for unit, found in above.items()}
    )
