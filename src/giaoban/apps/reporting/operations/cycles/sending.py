"""Sending a submission to the level above, and taking it back while nobody has accepted it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.forms import Importance
from giaoban.apps.reporting.models import StepKind, Submission, SubmissionState
from giaoban.apps.reporting.operations.cycles._steps import (
    FILL,
    OPEN,
    Step,
    clock,
    lock_submission,
    need_state,
    record_steps,
)
from giaoban.apps.reporting.operations.cycles.accepting import accept_locked
from giaoban.apps.reporting.queries.cycles.checking import Checked, Finding, check_submission
from giaoban.apps.reporting.queries.cycles.timing import locks_at, timing_at
from giaoban.core.errors import InvalidInput


class NotReady(InvalidInput):
    """The submission cannot go out as it is; ``findings`` tell why, errors first."""

    def __init__(self, submission: Submission, findings: Sequence[Finding]) -> None:
        errors = [one for one in findings if one.importance is Importance.ERROR]
        first = (errors or list(findings))[0]
        more = f" (và {len(findings) - 1} điểm nữa)" if len(findings) > 1 else ""
        super().__init__(
            f"Chưa gửi được: {first.words}{more}",
            where=submission.unit.code,
            hint="" if errors else "Xác nhận từng điểm cảnh báo nếu số liệu đúng, rồi gửi lại",
        )
        self.findings = tuple(sorted(findings, key=lambda one: one.importance is not Importance.ERROR))


def submit(*, act: Act, submission: Submission, confirmed: Collection[str] = (), remark: str = "") -> Submission:
    """This function will send a submission to its receiver; errors of rules stop it, warnings have to be confirmed.

    The moment that counts is ``act.now``, when the person pressed the button. Of an ad-hoc question the answer is
    accepted at once, by the word of whoever asked.

    Args:
        confirmed: keys of the warnings that the person confirms (``Finding.key``).

    Raises:
        NotReady: something is missing, an error, or a warning that is not confirmed.
        InvalidInput: the cycle is locked. Conflict: it was sent, accepted or released meanwhile.
        NotAllowed, NotFound: no right ``reports_fill`` at the unit.
    """
    require(act, FILL, [submission.unit])
    with transaction.atomic():
        row = lock_submission(submission)
        need_state(row, OPEN, "gửi")
        _need_unlocked(act, row)
        checked = check_submission(row)
        standing = [
            one for one in checked.findings if one.importance is Importance.ERROR or one.key not in set(confirmed)
        ]
        if standing:
            raise NotReady(row, standing)
        row.state = SubmissionState.SUBMITTED
        row.submitted_at = act.now
        row.first_submitted_at = row.first_submitted_at or act.now
        row.version += 1
        row.save(update_fields=["state", "submitted_at", "first_submitted_at", "version"])
        record_steps(act, [Step(row, StepKind.SUBMITTED, remark.strip()[:1000], detail=_detail(act, row, checked))])
        if checked.body.counts_on_sending:
            accept_locked(act, [row], automatic=True)
    return row


def _need_unlocked(act: Act, row: Submission) -> None:
    if act.now < row.cycle.opens_at:
        raise InvalidInput(
            f"Kỳ «{row.cycle.title}» mở lúc {clock(row.cycle.opens_at)}",
            where=row.unit.code,
            hint="Nội dung đã nhập được giữ lại; gửi sau giờ đó",
        )
    locks = locks_at(row)
    if locks is not None and act.now > locks:
        raise InvalidInput(
            f"Kỳ «{row.cycle.title}» đã khóa lúc {clock(locks)}",
            where=row.unit.code,
            hint=f"Đề nghị {row.receiver.code} gia hạn rồi gửi lại; nội dung đã nhập vẫn còn nguyên",
        )


def _detail(act: Act, row: Submission, checked: Checked) -> dict[str, object]:
    """Return what the step keeps: what was confirmed, what was lacking below, and the figures as they were shown."""
    return {
        "timing": timing_at(row, act.now).value,
        "confirmed": [one.key for one in checked.findings],
        "gaps": [one.code for one in checked.missing],
        "figures": {key: figure.value for key, figure in checked.figures.items()},
    }


@transaction.atomic
def withdraw(*, act: Act, submission: Submission, reason: str = "") -> Submission:
    """This function will take a sent submission back, while it is not accepted.

    Raises:
        Conflict: it is not on its way. NotAllowed, NotFound: no right ``reports_fill`` at the unit.
    """
    require(act, FILL, [submission.unit])
    row = lock_submission(submission)
    need_state(row, [SubmissionState.SUBMITTED], "rút lại")
    row.state = SubmissionState.DRAFT
    row.submitted_at = None
    row.version += 1
    row.save(update_fields=["state", "submitted_at", "version"])
    record_steps(act, [Step(row, StepKind.WITHDRAWN, reason.strip()[:1000])])
    return row
