"""Whether a submission came in time, late with leave or late; and until when it is taken at all. No queries."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from giaoban.apps.reporting.models import Submission, SubmissionState


class Timing(StrEnum):
    """How a submission stands to its due moment."""

    ON_TIME = "on_time"
    LATE_WITH_LEAVE = "late_with_leave"
    LATE = "late"
    NOT_DUE = "not_due"
    MISSING = "missing"
    RELEASED = "released"


TIMING_WORDS: dict[Timing, str] = {
    Timing.ON_TIME: "đúng hạn",
    Timing.LATE_WITH_LEAVE: "chậm (được gia hạn)",
    Timing.LATE: "chậm",
    Timing.NOT_DUE: "chưa đến hạn",
    Timing.MISSING: "quá hạn, chưa gửi",
    Timing.RELEASED: "được miễn",
}


def timing_of(submission: Submission, now: datetime) -> Timing:
    """Return how a submission stands; its ``cycle`` has to be loaded.

    What was sent back is owed again: it counts from the moment at which it comes again.
    """
    if submission.state == SubmissionState.RELEASED or submission.cycle.cancelled_at is not None:
        return Timing.RELEASED
    if submission.state in (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED) or submission.edition:
        sent = submission.submitted_at or submission.accepted_at or now
        return timing_at(submission, sent)
    return Timing.NOT_DUE if now <= submission.due_at else Timing.MISSING


def timing_at(submission: Submission, sent: datetime) -> Timing:
    """Return how a sending at a moment stands to the due moments: the cycle's, and the unit's own."""
    if sent <= submission.cycle.due_at:
        return Timing.ON_TIME
    return Timing.LATE_WITH_LEAVE if sent <= submission.due_at else Timing.LATE


def locks_at(submission: Submission) -> datetime | None:
    """Return the last moment at which a submission is taken; an extension opens the lock for its unit."""
    locks = submission.cycle.locks_at
    if locks is not None and submission.due_at > submission.cycle.due_at:
        return max(locks, submission.due_at)
    return locks
