"""The last day on which something was recorded: a screen without a chosen period opens where there is data."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from giaoban.apps.members.models import MemberEntry, MemberEvent
from giaoban.apps.organizations.models import Ancestry, Unit


def last_recorded_day(unit: Unit, *, today: date) -> date | None:
    """Return the day of the latest entry at or under a unit, not after today; None where nothing is recorded."""
    below = Ancestry.objects.filter(ancestor=unit).values("descendant")
    entries = MemberEntry.objects.live().filter(unit__in=below, effective_date__lte=today)
    found: date | None = entries.exclude(kind=MemberEvent.OPENING).aggregate(last=Max("effective_date"))["last"]
    return found
