"""The parts that all counting queries share: entries in windows, units below, sums by place and day.

Registers count what lies in each unit itself; the engine climbs the tree. So a query here never joins the ancestry
row by row: it only leaves out what can never be below the units asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet, Value
from django.db.models.functions import Cast

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.organizations.models import Ancestry
from giaoban.core.period import Window


def in_windows(windows: Iterable[Window], field: str = "effective_date") -> Q:
    """Return the condition that a day lies in one of the windows."""
    return reduce(or_, (Q(**{f"{field}__gte": one.start, f"{field}__lt": one.end}) for one in windows))


def ever_under(units: Sequence[str], *fields: str) -> Q:
    """Return the condition that one of the fields is a unit that ever stood at or under the given ones."""
    below = Ancestry.objects.filter(ancestor__code__in=units).values("descendant")
    return reduce(or_, (Q(**{f"{field}__in": below}) for field in fields))


def counted(rows: QuerySet[Any], *fields: str) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the values of the fields, each combination once, with the number of rows at the end."""
    found: QuerySet[Any, tuple[Any, ...]] = rows.order_by().values_list(*fields).annotate(number=Count("pk"))
    return found


def on_each_day(
    rows_on: Callable[[date], QuerySet[Any]], days: Sequence[date], *fields: str
) -> QuerySet[Any, tuple[Any, ...]]:
    """Return `counted` of the rows of each of the days, the day first; one query."""
    first, *others = (
        counted(rows_on(day).annotate(reading=Cast(Value(day), DateField())), "reading", *fields) for day in days
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
