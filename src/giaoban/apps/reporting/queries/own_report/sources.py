"""What a committee's report rests on, and what rests on a cycle: the units' reports of the same period, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import Cycle, OwnReport, Submission, SubmissionState
from giaoban.apps.reporting.queries.cycles.overview import cycles_of


@dataclass(frozen=True, slots=True)
class CycleBelow:
    """A cycle in which units send their reports to the committee: how many are asked, how many are accepted."""

    cycle: Cycle
    asked: int
    accepted: int


def cycles_below(user: User, report: OwnReport, *, now: datetime) -> tuple[CycleBelow, ...]:
    """Return the cycles of the report's period whose reports come to its committee; two queries."""
    seen = cycles_of(user, now=now).filter(period=report.period, cancelled_at=None)
    sent = Submission.objects.filter(receiver=report.unit_id, cycle__in=seen).exclude(state=SubmissionState.RELEASED)
    accepted = Count("pk", filter=Q(state=SubmissionState.ACCEPTED))
    counts = {row[0]: row[1:] for row in sent.values_list("cycle").annotate(asked=Count("pk"), accepted=accepted)}
    return tuple(CycleBelow(one, *counts[one.pk]) for one in seen if one.pk in counts)


def report_over(user: User, cycle: Cycle, unit: Unit, *, now: datetime) -> OwnReport | None:
    """Return the newest edition of the unit's own report on the period of a cycle; None where none is begun."""
    seen = OwnReport.objects.visible_to(user, today=now.date(), right="figures_view")
    return seen.filter(unit=unit, period=cycle.period).select_related("unit").order_by("edition", "pk").last()
