"""The units directly below a wide unit: what is followed up there is counted for each of them, not listed.

A list of a whole province would be as long as a roll; its clerk asks which committee has how much to do, and opens the
list of that committee.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from giaoban.apps.organizations.models import Ancestry, Placement, Unit, on_day

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


def rows_below(rows: QuerySet[Any], *, branches: Collection[int], today: date) -> list[tuple[Any, ...]]:
    """Return branch, values and how often, of rows that give a unit (by key) and more values (`values_list`): of those
    that stand at or under a branch today. One query.
    """
    statement, values = rows.order_by().query.sql_with_params()
    width = len(rows.query.values_select) + len(rows.query.annotation_select)
    return counted_below(statement, values, width, branches=branches, today=today)


def counted_below(
    rows: str, values: Sequence[Any], width: int, *, branches: Collection[int], today: date
) -> list[tuple[Any, ...]]:
    """Return the same of the rows, so many columns wide, that a statement gives.

    The rows are found first and meet the tree once, without the table of units between: else PostgreSQL looks up each
    unit of a province by itself.
    """
    if not branches:
        return []
    keys = [f"key_{place}" for place in range(1, width)]
    day = connection.ops.adapt_datefield_value(today)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH found ({', '.join(['unit_id', *keys])}) AS MATERIALIZED ({rows}) "
            f"SELECT {', '.join(['above.ancestor_id', *keys])}, COUNT(*) FROM found "
            "JOIN organizations_ancestry above ON above.descendant_id = found.unit_id "
            f"WHERE above.ancestor_id IN ({', '.join(['%s'] * len(branches))}) "
            "AND above.valid_from <= %s AND above.valid_to > %s "
            f"GROUP BY {', '.join(['above.ancestor_id', *keys])}",
            [*values, *branches, day, day],
        )
        return list(cursor.fetchall())


def as_day(value: date | str) -> date:
    """Return a day that a statement gave: SQLite gives it as a text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def counted(rows: Iterable[tuple[Any, ...]]) -> Counter[int]:
    """Add up rows that begin with a branch and end with a number."""
    found: Counter[int] = Counter()
    for row in rows:
        found[row[0]] += row[-1]
    return found
