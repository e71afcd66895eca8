"""Beginning a report, and beginning a new edition of one that was issued."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import OwnReport, ReportText, SectionDuty, Stage
from giaoban.apps.reporting.operations.own_report._steps import WRITE, lock_report, need_seen, need_stage, trail
from giaoban.apps.reporting.queries.own_report.state import names_for, slot_texts
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted


@transaction.atomic
def start_report(*, act: Act, unit: Unit, name: str, period: Period) -> OwnReport:
    """This function will begin the report of a unit on a period: its first edition, no figures frozen yet.

    Raises:
        InvalidInput: no such report is made for this period. Conflict: it was begun already.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    require(act, WRITE, [unit])
    known = names_for(unit, period, day=act.today)
    if name not in known:
        raise InvalidInput(
            f"Không lập báo cáo {quoted(name)} cho {period.name()}",
            expected=", ".join(known) or "quý, 6 tháng, 9 tháng, năm",
        )
    try:
        with transaction.atomic():
            row = OwnReport.objects.create(unit=unit, name=name, period=str(period))
    except IntegrityError:
        raise Conflict(f"Báo cáo {period.name()} đã có người lập", hint="Mở báo cáo đó để làm tiếp") from None
    trail(act, "own_report_started", row, {"report": name, "period": str(period), "edition": 1})
    return row


@transaction.atomic
def start_edition(*, act: Act, report: OwnReport, seen: int) -> OwnReport:
    """This function will begin a new edition of an issued report with its words and owners; the old one stays.

    Raises:
        Conflict: it is not issued, it has a newer edition, or somebody moved it meanwhile.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    row = lock_report(act, report)
    need_stage(row, Stage.ISSUED, Stage.SENT, doing="lập bản mới")
    need_seen(row, seen)
    try:
        with transaction.atomic():
            made = OwnReport.objects.create(
                unit=row.unit, name=row.name, period=row.period, edition=row.edition + 1, replaces=row
            )
    except IntegrityError:
        raise Conflict(f"Đã có bản {row.edition + 1}", hint="Mở bản đó để làm tiếp") from None
    for slot, held in slot_texts(row).items():
        if held.row is not None:
            ReportText.objects.create(
                report=made,
                slot=slot,
                version=1,
                text=held.text,
                origin=held.row.origin,
                sources=held.row.sources,
                written_by=held.row.written_by,
                entered_for=held.row.entered_for,
                written_at=held.row.written_at,
            )
    SectionDuty.objects.bulk_create(
        SectionDuty(report=made, section=duty.section, department=duty.department, person=duty.person)
        for duty in row.duties.all()
    )
    told = {"report": made.name, "period": made.period, "edition": made.edition}
    trail(act, "own_report_started", made, told)
    return made
