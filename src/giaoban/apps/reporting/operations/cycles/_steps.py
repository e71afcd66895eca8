"""What every step of a submission shares: rows locked in one order, the journal of steps, the audit trail."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import Cycle, Snapshot, StepKind, Submission, SubmissionState, SubmissionStep
from giaoban.core.errors import Conflict, InvalidInput, NotFound

FILL, ACCEPT, MANAGE = "reports_fill", "reports_accept", "forms_manage"
# What somebody still works on.
OPEN = (SubmissionState.NEW, SubmissionState.DRAFT, SubmissionState.RETURNED)
# What a step holds that nobody decided for itself: it follows from an event of the tree.
BY_TREE: dict[str, Any] = {"tree": True}
_MOST_REMARK = 1000


@dataclass(frozen=True, slots=True)
class Step:
    """One step to be recorded; see ``SubmissionStep``. ``at`` None: now."""

    submission: Submission
    kind: StepKind
    remark: str = ""
    until: datetime | None = None
    snapshot: Snapshot | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


def lock_submissions(submissions: Collection[Submission]) -> list[Submission]:
    """Return the rows as they stand now, locked in the order of their keys, so that no two people block each other.

    Raises:
        NotFound: one of them is not there.
    """
    wanted = {submission.pk for submission in submissions}
    rows = list(
        Submission.objects.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("cycle__form", "cycle__owner", "unit", "receiver")
        .order_by("pk")
    )
    if len(rows) != len(wanted):
        raise NotFound("Không tìm thấy báo cáo này")
    return rows


def lock_submission(submission: Submission) -> Submission:
    """Return one row as it stands now, locked."""
    return lock_submissions([submission])[0]


def record_steps(act: Act, steps: Sequence[Step]) -> list[SubmissionStep]:
    """This function will add steps and their lines in the audit trail; the caller holds the transaction."""
    rows = [
        SubmissionStep(
            submission=step.submission,
            kind=step.kind,
            at=step.at or act.now,
            by=act.user,
            entered_for=act.entered_for,
            remark=step.remark,
            until=step.until,
            edition=step.submission.edition,
            snapshot=step.snapshot,
            detail=dict(step.detail),
        )
        for step in steps
    ]
    insert_objects(rows)
    write_trail(
        act,
        [
            Happening(
                f"reporting.{step.kind}",
                "submission",
                str(step.submission.uid),
                step.submission.unit.code,
                {"cycle": str(step.submission.cycle.uid), "remark": step.remark},
            )
            for step in steps
        ],
    )
    return rows


def add_submissions(
    act: Act, cycle: Cycle, receivers: Mapping[int, int], remark: str = "", detail: Mapping[str, Any] | None = None
) -> list[Submission]:
    """This function will give units (keys) their submissions in a cycle, each with its receiver."""
    units = Unit.objects.in_bulk(set(receivers) | set(receivers.values()))
    rows = [
        Submission(cycle=cycle, unit=units[unit], receiver=units[receiver], due_at=cycle.due_at)
        for unit, receiver in receivers.items()
    ]
    insert_objects(rows)
    record_steps(act, [Step(row, StepKind.OPENED, remark, detail=detail or {}) for row in rows])
    return rows


def need_remark(text: str, where: str) -> str:
    """Return a remark in one piece.

    Raises:
        InvalidInput: there is none, or it is too long.
    """
    remark = text.strip()
    if not remark:
        raise InvalidInput("Chưa ghi lý do", where=where, expected="một dòng ngắn, ví dụ «thiếu số liệu an sinh»")
    if len(remark) > _MOST_REMARK:
        raise InvalidInput(f"Lý do dài {len(remark)} ký tự", where=where, expected=f"không quá {_MOST_REMARK} ký tự")
    return remark


def need_state(row: Submission, wanted: Collection[str], doing: str) -> None:
    """This function will return quietly if a submission stands where it can be done.

    Raises:
        Conflict: it stands elsewhere, or the cycle was withdrawn.
    """
    if row.cycle.cancelled_at is not None:
        raise Conflict(
            f"{row.unit.code}: kỳ «{row.cycle.title}» đã hủy ngày {clock(row.cycle.cancelled_at)}", hint="Mở lại trang"
        )
    if row.state not in wanted:
        raise Conflict(
            f"{row.unit.code}: báo cáo đang ở trạng thái «{SubmissionState(row.state).label}», không {doing} được",
            hint="Mở lại trang để xem bước mới nhất",
        )


def clock(moment: datetime) -> str:
    """Return a moment as people read it: «17:30 ngày 05/04/2023»."""
    return f"{moment.astimezone(HANOI):%H:%M ngày %d/%m/%Y}"
