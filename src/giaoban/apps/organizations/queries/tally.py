"""The parts that all counting queries share: entries in windows, units below, sums by place and day.

Registers count what lies in each unit itself; the engine climbs the tree, and a query only leaves out what can never be
below the units asked about. Where the question is folded up to some anchors (`figures.registers.Anchors`) the database
does the climbing: each row meets the one row of ancestry that leads to its anchor on its day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.organizations.models import Ancestry, on_day
from giaoban.core.period import Window
from giaoban.figures import FlowAsk, StockAsk
from giaoban.figures.registers import Anchors


def in_windows(windows: Iterable[Window], field: str = "effective_date") -> Q:
    """Return the condition that a day lies in one of the windows."""
    return reduce(or_, (Q(**{f"{field}__gte": one.start, f"{field}__lt": one.end}) for one in windows))


def ever_under(units: Sequence[str], *fields: str) -> Q:
    """Return the condition that one of the fields is a unit that ever stood at or under the given ones."""
    below = Ancestry.objects.filter(ancestor__code__in=units).values("descendant")
    return reduce(or_, (Q(**{f"{field}__in": below}) for field in fields))


@dataclass(frozen=True, slots=True)
class KeyedAnchors(Anchors):
    """Anchors with their keys: PostgreSQL knows how many stand under a unit by its key, and nothing by its code.

    ``summed`` are the keys of those among the whole ones that keep sums of everything, ``stocked`` (those and more) of
    those that keep them of what stands.
    """

    whole_keys: tuple[int, ...]
    own_keys: tuple[int, ...]
    summed: frozenset[int] = frozenset()
    stocked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Which rows count, and the expressions ``counts_at`` (a code) and ``eve`` that `Tally` asks for.

    Filter and annotate in one go with whatever else is asked of the same relation: a second ``filter`` would join it a
    second time.
    """

    condition: Q
    fields: dict[str, Any]


def place_of(ask: FlowAsk | StockAsk, unit: str = "unit", day: date | None = None) -> Place:
    """Return where rows count: in their unit, or in its anchor on the day (None: on their own ``effective_date``)."""
    if ask.anchors is None:
        return Place(ever_under(ask.under, unit), {"counts_at": F(f"{unit}__code"), "eve": Value(False)})
    above = f"{unit}__above__"
    assert isinstance(ask.anchors, KeyedAnchors), "folded by another adapter"
    which = Q(**{f"{above}ancestor__in": ask.anchors.whole_keys})
    if ask.anchors.own_keys:
        which |= Q(**{f"{above}ancestor__in": ask.anchors.own_keys, f"{above}depth": 0})
    # Said of the codes as well, which are told: else PostgreSQL may hash all units of the country to name these few.
    which &= Q(**{f"{above}ancestor__code__in": (*ask.anchors.whole, *ask.anchors.own)})
    if day is not None:
        return Place(on_day(day, above) & which, {"counts_at": F(f"{above}ancestor__code"), "eve": Value(False)})
    return _on_own_day(unit, which)


def place_under(units: Collection[int], unit: str = "unit") -> Place:
    """Return where entries count that stood at or under units (by key) on their own day: in each of these."""
    return _on_own_day(unit, Q(**{f"{unit}__above__ancestor__in": units}))


def _on_own_day(unit: str, which: Q) -> Place:
    above, own_day = f"{unit}__above__", F("effective_date")
    stands = Ancestry.objects.filter(on_day(OuterRef("effective_date")), descendant=OuterRef(unit), depth=0)
    ended = Q(**{f"{above}valid_from__lt": own_day, f"{above}valid_to": own_day}) & ~Exists(stands)
    eve = Case(When(**{f"{above}valid_to": own_day}, then=True), default=False, output_field=BooleanField())
    return Place((on_day(own_day, above) | ended) & which, {"counts_at": F(f"{above}ancestor__code"), "eve": eve})


def counted(rows: QuerySet[Any], *fields: str, weight: str = "") -> QuerySet[Any, tuple[Any, ...]]:
    """Return the values of the fields, each combination once, with the number of rows at the end.

    The rows are counted, not their keys: so an index may be enough to answer. Rows that speak for several have that
    number in the field ``weight``.
    """
    number = Sum(weight) if weight else Count("*")
    found: QuerySet[Any, tuple[Any, ...]] = rows.order_by().values_list(*fields).annotate(number=number)
    return found


def on_each_day(
    rows_on: Callable[[date], QuerySet[Any]], days: Sequence[date], *fields: str, weight: str = ""
) -> QuerySet[Any, tuple[Any, ...]]:
    """Return `counted` of the rows of each of the days, the day first; one query."""
    first, *others = (
        counted(rows_on(day).annotate(reading=Cast(Value(day), DateField())), "reading", *fields, weight=weight)
        for day in days
    )
    return first.union(*others, all=True)


def line_note(entry: JournalEntry, *parts: str) -> str:
    """Return the decision and whatever else is to be told of an entry, in one line."""
    decision = f"Quyết định {entry.decision_number}" if entry.decision_number else ""
    if decision and entry.decision_date is not None:
        decision += f" ngày {entry.decision_date:%d/%m/%Y}"
    if decision and entry.decision_issuer:
        decision += f" của {entry.decision_issuer}"
    return "; ".join(part for part in (*parts, decision) if part)
