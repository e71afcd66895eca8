"""What every step of a report shares: the row locked, the version that the person saw, the journal, the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import OwnReport, ReportStep, Snapshot, Stage
from giaoban.apps.reporting.queries.own_report.state import is_still
from giaoban.core.errors import Conflict, InvalidInput, NotFound

WRITE = "reports_write"
_MOST_REMARK = 1000


def lock_report(act: Act, report: OwnReport, *, right: str = WRITE) -> OwnReport:
    """Return the row as it stands now, locked, if the person holds the right at its unit.

    Raises:
        NotFound: it is not there, or outside the scope. NotAllowed: no right.
    """
    rows = OwnReport.objects.select_for_update(of=("self",)).select_related("unit", "cutoff", "signed")
    row = rows.filter(pk=report.pk).first()
    if row is None:
        raise NotFound("Không tìm thấy báo cáo này")
    require(act, right, [row.unit])
    return row


def need_seen(row: OwnReport, seen: int) -> None:
    """This function will return quietly if nobody made a step since the person opened the page.

    Raises:
        Conflict: somebody did.
    """
    if row.version != seen:
        raise Conflict(
            f"Người khác vừa chuyển báo cáo sang bước «{Stage(row.stage).label}»", hint="Mở lại trang để xem bước mới"
        )


def need_open(row: OwnReport) -> None:
    """This function will return quietly while words and figures may still change.

    Raises:
        Conflict: the report is at the signature or further.
    """
    if is_still(row):
        raise Conflict(
            f"Báo cáo đang ở bước «{Stage(row.stage).label}», nội dung đã khóa",
            hint="Trả lại bước trước khi ban hành, hoặc lập bản mới sau khi ban hành",
        )


def need_stage(row: OwnReport, *wanted: Stage, doing: str) -> None:
    """This function will return quietly if the report stands where it can be done.

    Raises:
        Conflict: it stands elsewhere.
    """
    if row.stage not in wanted:
        raise Conflict(
            f"Báo cáo đang ở bước «{Stage(row.stage).label}», không {doing} được",
            expected=" hoặc ".join(f"bước «{stage.label}»" for stage in wanted),
        )


def make_step(
    act: Act,
    row: OwnReport,
    stage: Stage,
    *,
    remark: str = "",
    snapshot: Snapshot | None = None,
    detail: Mapping[str, Any] | None = None,
) -> ReportStep:
    """This function will move the report to a stage (or keep it there) and record who did it, when and why."""
    said = remark.strip()
    if len(said) > _MOST_REMARK:
        raise InvalidInput(f"Ý kiến dài {len(said)} ký tự", where="remark", expected=f"không quá {_MOST_REMARK} ký tự")
    step = ReportStep.objects.create(
        report=row,
        from_stage=row.stage,
        to_stage=stage,
        at=act.now,
        by=act.user,
        entered_for=act.entered_for,
        remark=said,
        snapshot=snapshot,
        detail=dict(detail or {}),
    )
    row.stage = stage
    row.version += 1
    row.save()
    told = {"report": row.name, "period": row.period, "edition": row.edition, "from": step.from_stage} | step.detail
    trail(act, f"own_report_{stage}", row, told)
    return step


def trail(act: Act, what: str, row: OwnReport, detail: Mapping[str, Any]) -> None:
    """This function will add the audit row of one act on a report."""
    write_trail(act, [Happening(f"reporting.{what}", "own_report", str(row.uid), row.unit.code, detail)])
