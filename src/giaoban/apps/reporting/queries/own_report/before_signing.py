"""What changed under a committee's report since its figures were frozen: to be seen by who is about to sign it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from giaoban.apps.reporting.models import OwnReport, Snapshot, Stage, Submission, SubmissionState
from giaoban.apps.reporting.queries.snapshots import Adjustment, adjustments, unit_names

# Until the text is locked another chốt is possible; after the leaders' word the next step locks it.
_BEFORE = (Stage.COMMENTING, Stage.LEADERS)


@dataclass(frozen=True, slots=True)
class SentSince:
    """A unit's report of the same period that was accepted, or sent and not yet accepted, after the figures froze.

    ``edition``: of the report that was accepted; 1 is its first, 0 where none is accepted yet.
    """

    unit: str
    name: str
    title: str
    edition: int
    at: datetime
    accepted: bool


@dataclass(frozen=True, slots=True)
class ChangedSources:
    """Numbers that would be otherwise if they were frozen now, and units whose reports came since."""

    numbers: tuple[Adjustment, ...]
    units: tuple[SentSince, ...]

    def __bool__(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.numbers or self.units)


def changed_sources(report: OwnReport) -> ChangedSources | None:
    """Return what changed since the chốt of a report that is about to be signed; None at any other stage.

    A number of queries that does not depend on the units.
    """
    if report.cutoff is None or report.stage not in _BEFORE:
        return None
    return ChangedSources(adjustments(report.cutoff), tuple(_sent_since(report, report.cutoff)))


def _sent_since(report: OwnReport, cutoff: Snapshot) -> Sequence[SentSince]:
    since = cutoff.taken_at
    waiting = Q(state=SubmissionState.SUBMITTED, submitted_at__gt=since)
    accepted = Q(state=SubmissionState.ACCEPTED, accepted_at__gt=since)
    rows = (
        Submission.objects.filter(waiting | accepted, receiver=report.unit_id, cycle__period=report.period)
        .filter(cycle__cancelled_at=None)
        .select_related("cycle", "unit")
        .order_by("unit__code", "pk")
    )
    found = list(rows)
    names = unit_names([row.unit.code for row in found], day=cutoff.last_day)
    sent = []
    for row in found:
        is_accepted = row.state == SubmissionState.ACCEPTED
        at = row.accepted_at if is_accepted else row.submitted_at
        assert at is not None
        sent.append(SentSince(row.unit.code, names[row.unit.code], row.cycle.title, row.edition, at, is_accepted))
    return sent
