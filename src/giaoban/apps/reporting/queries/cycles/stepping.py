"""Running cycles that are not where the tree of a day has them: what a look at them finds out in one query."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from giaoban.apps.audit.act import day_of
from giaoban.apps.organizations.models import Placement, Unit, on_day
from giaoban.apps.reporting.models import Cycle, FormRhythm, Submission, SubmissionState

# What nobody sent for a year no more follows the tree.
_YEAR = timedelta(days=366)
_OPEN = (SubmissionState.NEW, SubmissionState.DRAFT, SubmissionState.RETURNED)


def running_cycles(now: datetime) -> QuerySet[Cycle]:
    """Return the cycles that follow the tree: opened, not withdrawn, due at most a year ago; by key."""
    rows = Cycle.objects.filter(cancelled_at__isnull=True, opens_at__lte=now, due_at__gte=now - _YEAR)
    return rows.select_related("form__owner", "owner").order_by("pk")


def out_of_step(now: datetime, where: Q) -> set[int]:
    """Return the running cycles (keys) with a report that the unit's place today puts elsewhere; one query.

    An event that was recorded before its day takes effect on that day, when nobody records anything.

    Args:
        where: which submissions are looked at, as a condition on them.
    """
    today = day_of(now)
    stands = Placement.objects.filter(on_day(today), unit=OuterRef("unit"))
    there = stands.filter(parent=OuterRef("receiver"))
    gone = Q(state__in=_OPEN, edition=0) & ~Exists(stands)
    moved = Q(state__in=(*_OPEN, SubmissionState.SUBMITTED)) & Exists(stands) & ~Exists(there)
    rows = Submission.objects.filter(where, gone | (moved & ~Q(cycle__form__rhythm=FormRhythm.ONCE)))
    running = running_cycles(now).order_by().values("pk")
    return set(rows.filter(cycle__in=running).order_by().values_list("cycle_id", flat=True).distinct())


def at_unit(unit: Unit, now: datetime) -> Q:
    """Return the condition on submissions that a unit sends, receives, or would receive by the tree of today."""
    under = Placement.objects.filter(on_day(day_of(now)), parent=unit).values("unit")
    return Q(unit=unit) | Q(receiver=unit) | Q(unit__in=under)
