"""The last quarter in which something was recorded: a screen without a chosen period opens where there is data."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max

from giaoban.apps.members.models import MemberEntry, MemberEvent
from giaoban.apps.organizations.models import Ancestry, Unit
from giaoban.core.period import Period

_QUARTERS = 4
_LATEST = 2_000
# Named one by one: an index begins with the kind.
_HAPPENED = [kind for kind in MemberEvent if kind != MemberEvent.OPENING]


def last_recorded_quarter(unit: Unit, *, today: date) -> Period | None:
    """Return the quarter of the latest entry at or under a unit, not after today; None where nothing is recorded.

    Quarter by quarter: that something happened in one is known from the first entry that is met, while the latest of
    all is known only from all entries of a large unit.
    """
    below = Ancestry.objects.filter(ancestor=unit).values("descendant")
    entries = MemberEntry.objects.live().filter(unit__in=below, kind__in=_HAPPENED)
    quarter, end = Period.quarter_of(today), today + timedelta(days=1)
    # What was recorded last mostly happened last: under a large unit a look at it is enough.
    newest: int = MemberEntry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    latest = entries.filter(pk__gt=newest - _LATEST)
    if latest.filter(effective_date__gte=quarter.window.start, effective_date__lt=end).exists():
        return quarter
    for _ in range(_QUARTERS):
        start = quarter.window.start
        if entries.filter(effective_date__gte=start, effective_date__lt=end).exists():
            return quarter
        quarter, end = Period.quarter_of(start - timedelta(days=1)), start
    last: date | None = entries.filter(effective_date__lt=end).aggregate(last=Max("effective_date"))["last"]
    return None if last is None else Period.quarter_of(last)
