"""What the level above does with a submission short of accepting it: back, more time, none, a gap, a new edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import update_objects
from giaoban.apps.obligations.models import HandInFault
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import StepKind, Submission, SubmissionState
from giaoban.apps.reporting.operations.cycles._steps import (
    ACCEPT,
    OPEN,
    Step,
    clock,
    lock_submission,
    lock_submissions,
    need_remark,
    need_state,
    record_steps,
)
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import quoted


@transaction.atomic
def return_submission(
    *, act: Act, submission: Submission, remark: str, fault: HandInFault | str, until: datetime | None = None
) -> Submission:
    """This function will send a submission back to be completed; it is owed again until it comes again (D26).

    Args:
        fault: formal, incomplete, or figures that do not agree.
        until: with more time for it; see ``extend``.

    Raises:
        InvalidInput: no remark, no such fault, or a moment that gives no more time.
        Conflict: it is not on its way. NotAllowed, NotFound: no right ``reports_accept`` at the receiver.
    """
    row = _of_receiver(act, submission)
    text = need_remark(remark, "Nội dung trả lại")
    if fault not in HandInFault.values:
        raise InvalidInput(
            f"Không có lý do trả lại {quoted(fault)}",
            where="Lý do",
            expected="một trong: " + ", ".join(str(label).lower() for label in HandInFault.labels),
        )
    need_state(row, [SubmissionState.SUBMITTED], "trả lại")
    row.state = SubmissionState.RETURNED
    row.version += 1
    steps = [Step(row, StepKind.RETURNED, text, detail={"fault": str(HandInFault(fault).value)})]
    if until is not None:
        steps.append(_more_time(act, row, until, "Gia hạn để bổ sung"))
    row.save(update_fields=["state", "version", "due_at"])
    record_steps(act, steps)
    return row


def extend(*, act: Act, submission: Submission, until: datetime, reason: str) -> Submission:
    """This function will give one unit more time; see ``extend_many``."""
    return extend_many(act=act, submissions=[submission], until=until, reason=reason)[0]


@transaction.atomic
def extend_many(*, act: Act, submissions: Sequence[Submission], until: datetime, reason: str) -> list[Submission]:
    """This function will give units more time, all or none; their lock opens until then too.

    Raises:
        InvalidInput: no reason, or a moment that is not after the one that counts now.
        Conflict: nothing is owed any more. NotAllowed, NotFound: no right ``reports_accept`` at a receiver.
    """
    rows = _of_receivers(act, submissions)
    text = need_remark(reason, "Lý do gia hạn")
    steps = [_more_time(act, row, until, text) for row in _each(rows, OPEN, "gia hạn")]
    update_objects(rows, ["due_at"])
    record_steps(act, steps)
    return rows


def _more_time(act: Act, row: Submission, until: datetime, remark: str) -> Step:
    if until <= max(row.due_at, act.now):
        raise InvalidInput(
            f"{row.unit.code}: {clock(until)} không cho thêm thời gian",
            where="Gia hạn đến",
            expected=f"sau {clock(max(row.due_at, act.now))}",
        )
    row.due_at = until
    return Step(row, StepKind.EXTENDED, remark, until=until)


def release(*, act: Act, submission: Submission, reason: str) -> Submission:
    """This function will let one unit off this report; see ``release_many``."""
    return release_many(act=act, submissions=[submission], reason=reason)[0]


@transaction.atomic
def release_many(*, act: Act, submissions: Sequence[Submission], reason: str) -> list[Submission]:
    """This function will let units off this report, all or none.

    Raises:
        InvalidInput: no reason. Conflict: one was accepted or released already.
        NotAllowed, NotFound: no right ``reports_accept`` at a receiver.
    """
    rows = _of_receivers(act, submissions)
    text = need_remark(reason, "Lý do cho miễn")
    for row in _each(rows, [*OPEN, SubmissionState.SUBMITTED], "cho miễn"):
        if row.edition:
            raise Conflict(f"{row.unit.code}: báo cáo đã tiếp nhận bản {row.edition}, không cho miễn được nữa")
        row.state = SubmissionState.RELEASED
        row.version += 1
    update_objects(rows, ["state", "version"])
    record_steps(act, [Step(row, StepKind.RELEASED, text) for row in rows])
    return rows


def accept_gap(*, act: Act, submission: Submission, reason: str) -> Submission:
    """This function will note that the receiver goes on without one unit's report; see ``accept_gaps``."""
    return accept_gaps(act=act, submissions=[submission], reason=reason)[0]


@transaction.atomic
def accept_gaps(*, act: Act, submissions: Sequence[Submission], reason: str) -> list[Submission]:
    """This function will note that the receiver goes on without these reports, all or none; they stay owed.

    Raises:
        InvalidInput: no reason. Conflict: one was sent, accepted or released.
        NotAllowed, NotFound: no right ``reports_accept`` at a receiver.
    """
    rows = _of_receivers(act, submissions)
    text = need_remark(reason, "Lý do chấp nhận thiếu")
    steps = [Step(row, StepKind.GAP_ACCEPTED, text) for row in _each(rows, OPEN, "chấp nhận thiếu")]
    record_steps(act, steps)
    return rows


@transaction.atomic
def reopen(*, act: Act, submission: Submission, reason: str) -> Submission:
    """This function will open an accepted submission for a new edition; the old one stays as it was accepted.

    Raises:
        InvalidInput: no reason. Conflict: it is not accepted.
        NotAllowed, NotFound: no right ``reports_accept`` at the receiver.
    """
    row = _of_receiver(act, submission)
    text = need_remark(reason, "Lý do mở lại")
    need_state(row, [SubmissionState.ACCEPTED], "mở lại")
    row.state = SubmissionState.DRAFT
    row.version += 1
    row.save(update_fields=["state", "version"])
    record_steps(act, [Step(row, StepKind.REOPENED, text)])
    return row


def _of_receiver(act: Act, submission: Submission) -> Submission:
    """Return the locked row; the right is asked where it is received now, whatever the caller has loaded."""
    row = lock_submission(submission)
    require(act, ACCEPT, [row.receiver])
    return row


def _of_receivers(act: Act, submissions: Sequence[Submission]) -> list[Submission]:
    """Return the locked rows of several, by key."""
    rows = lock_submissions(submissions)
    require(act, ACCEPT, [row.receiver for row in rows])
    return rows


def _each(rows: Sequence[Submission], states: Sequence[str], doing: str) -> Iterator[Submission]:
    """Yield rows that stand where it can be done; what is wrong with one is told with its place in the list."""
    for index, row in enumerate(rows):
        with blame(index):
            need_state(row, states, doing)
            yield row
