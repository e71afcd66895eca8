"""What a person finds on the desk: reports that units owe, and those that wait to be accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import day_of
from giaoban.apps.organizations.models import Unit, granted_ancestry, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.reporting.models import Cycle, Submission, SubmissionState
from giaoban.apps.reporting.queries.cycles.timing import Timing, timing_of


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A report that the unit itself has to send; ``returned`` says that it came back to be completed."""

    submission: Submission
    unit: UnitCard
    timing: Timing
    returned: bool


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A running cycle seen by who receives: how many wait to be accepted, and how many are still owed."""

    cycle: Cycle
    receiver: UnitCard
    waiting: int
    owed: int
    overdue: int


@dataclass(frozen=True, slots=True)
class DeskLines:
    """What to send, the nearest due moment first, and what to look through."""

    to_send: tuple[OwedLine, ...]
    to_accept: tuple[CycleLine, ...]


_OWED = (SubmissionState.NEW, SubmissionState.DRAFT, SubmissionState.RETURNED)


def desk_lines(user: User, unit: Unit, *, now: datetime) -> DeskLines:
    """Return what a person with rights on a unit has to do there about reports; six queries.

    ``to_send`` are reports of the unit itself, where the person fills them; ``to_accept`` the cycles in which units
    send to it, where the person accepts.
    """
    today = day_of(now)
    fills = granted_ancestry(user, today=today, right="reports_fill").filter(on_day(today), descendant=unit)
    accepts = granted_ancestry(user, today=today, right="reports_accept").filter(on_day(today), descendant=unit)
    running = Submission.objects.filter(cycle__cancelled_at__isnull=True, cycle__opens_at__lte=now)
    owed = list(
        running.filter(unit=unit, state__in=_OWED, unit__in=fills.values("descendant"))
        .select_related("cycle__form", "cycle__owner", "unit", "receiver")
        .order_by("due_at", "pk")
    )
    counted = (
        running.filter(receiver=unit, receiver__in=accepts.values("descendant"))
        .order_by()
        .values_list("cycle")
        .annotate(
            waiting=Count("pk", filter=Q(state=SubmissionState.SUBMITTED)),
            owed=Count("pk", filter=Q(state__in=_OWED)),
            overdue=Count("pk", filter=Q(state__in=_OWED, due_at__lt=now)),
        )
    )
    counts = {cycle: numbers for cycle, *numbers in counted if numbers[0] or numbers[1]}
    cycles = Cycle.objects.filter(pk__in=counts).select_related("form", "owner").order_by("due_at", "pk")
    card = place_cards([unit.pk], day=today)[unit.pk]
    return DeskLines(
        tuple(OwedLine(row, card, timing_of(row, now), row.state == SubmissionState.RETURNED) for row in owed),
        tuple(CycleLine(cycle, card, *counts[cycle.pk]) for cycle in cycles),
    )


def units_to_fill(user: User, *, now: datetime) -> list[Submission]:
    """Return every report that a person still has to send for any unit, the nearest due moment first."""
    today = day_of(now)
    mine = granted_ancestry(user, today=today, right="reports_fill").filter(on_day(today)).values("descendant")
    return list(
        Submission.objects.filter(
            unit__in=mine, state__in=_OWED, cycle__cancelled_at__isnull=True, cycle__opens_at__lte=now
        )
        .select_related("cycle__form", "cycle__owner", "unit", "receiver")
        .order_by("due_at", "unit__code", "pk")
    )
