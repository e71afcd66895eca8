"""The units directly below a wide unit: what is followed up there is counted for each of them, not listed.

A list of a whole province would be as long as a roll; its clerk asks which committee has how much to do, and opens the
list of that committee.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from giaoban.apps.organizations.models import Ancestry, Placement, RuleSetting, Unit, on_day

_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows a list has at each of the units directly below (by key; none is left out), and in all.

    ``total`` may be less than their sum: a letter from one of them to another stands in both lists and is one.
    """

    below: Mapping[int, int]
    total: int

    @classmethod
    def of(cls, below: Counter[int]) -> Tally:
        """Take the numbers of what stands at one of them only."""
        return cls({pk: number for pk, number in below.items() if number}, below.total())


def branches_of(unit: Unit, *, today: date) -> list[int]:
    """Return the units that stand directly below a unit today, by key."""
    return sorted(Placement.objects.filter(on_day(today), parent=unit).values_list("unit_id", flat=True))


def stands_below(branches: Collection[int], today: date, path: str) -> Q:
    """Return the condition that the unit at the end of ``path`` stands at or under one of some units today."""
    return on_day(today, f"{path}__above__") & Q(**{f"{path}__above__ancestor__in": branches})


def by_branch(units: Iterable[int], branches: Collection[int], today: date) -> dict[int, int]:
    """Return the branch at or under which units stand today; those that stand under none are left out."""
    wanted = sorted(set(units))
    found: dict[int, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = Ancestry.objects.filter(
            on_day(today), descendant__in=wanted[start : start + _CHUNK], ancestor__in=branches
        )
        found.update(rows.values_list("descendant_id", "ancestor_id"))
    return found


def place_of_rules(key: str, path: str) -> str:
    """Return by which unit a rule has to be looked up: where nobody set it for themselves the branch is as good as the
    unit itself, and they are fewer.
    """
    return f"{path}_id" if RuleSetting.objects.filter(key=key).exists() else f"{path}__above__ancestor_id"


def counted(rows: Iterable[tuple[Any, ...]]) -> Counter[int]:
    """Add up rows that begin with a branch and end with a number."""
    found: Counter[int] = Counter()
    for row in rows:
        found[row[0]] += row[-1]
    return found
