"""Reads what wide units keep of what is followed up under them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Sum

from giaoban.apps.members.models import Followed, FollowedSum
from giaoban.apps.members.queries.badge_stretches import Stretch
from giaoban.apps.organizations.queries.sums import keepers


def parted(branches: Collection[int]) -> tuple[list[int], list[int]]:
    """Return of some units (by key) those that keep what is followed up under them, and the others; two queries."""
    keep = keepers(branches).wide
    return sorted(keep), sorted(set(branches) - keep)


def kept_by_day(
    what: Followed, units: Collection[int], *, today: date, first: date = date.min, last: date
) -> list[tuple[int, date, int]]:
    """Return unit, day and number of the cases of some days, both included, that stand under wide units today."""
    if not units:
        return []
    rows = FollowedSum.objects.filter(unit__in=units, what=what, mark=0, day__range=(first, last), since__lte=today)
    told = rows.order_by().values_list("unit_id", "day").annotate(found=Sum("number"))
    return [(unit, day, number) for unit, day, number in told if number]


def kept_letters(units: Collection[int], *, today: date) -> dict[int, int]:
    """Return how many letters wait from or to each of some wide units."""
    rows = FollowedSum.objects.filter(unit__in=units, what=Followed.LETTER, since__lte=today)
    return dict(rows.order_by().values_list("unit_id").annotate(found=Sum("number")))


def kept_badges(near: Sequence[Stretch], each: bool, units: Collection[int], today: date) -> Iterable[tuple[Any, ...]]:
    """Return unit, day of admission, highest badge and number; ``each``: every day by itself, else the first of each
    stretch for all. One query.
    """
    if not units or not near:
        return []
    adapt = connection.ops.adapt_datefield_value
    places, chosen = ", ".join(["%s"] * len(units)), sorted(units)
    parts: list[str] = []
    values: list[Any] = []
    for one in near:
        parts.append(
            f"SELECT unit_id, {'day' if each else '%s'}, mark, SUM(number) FROM members_followedsum "
            f"WHERE unit_id IN ({places}) AND what = 'b' AND mark IN ({', '.join(['%s'] * len(one.badges))}) "
            "AND day >= %s AND day < %s AND since <= %s "
            f"GROUP BY unit_id, mark{', day' if each else ''}"
        )
        values += [] if each else [adapt(one.first)]
        values += [*chosen, *one.badges, adapt(one.first), adapt(one.end), adapt(today)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [row for row in cursor.fetchall() if row[3]]
