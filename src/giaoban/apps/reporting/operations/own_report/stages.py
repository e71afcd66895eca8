"""The way of a report: chốt, dự thảo, góp ý, ý kiến, trình ký, lấy số, ban hành, phát hành; and back (decision D23)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import OwnReport, ReportStep, Snapshot, SnapshotKind, Stage
from giaoban.apps.reporting.operations.own_report._steps import (
    lock_report,
    make_step,
    need_open,
    need_seen,
    need_stage,
)
from giaoban.apps.reporting.operations.snapshots import freezing, take_snapshot
from giaoban.apps.reporting.queries.figures import sources
from giaoban.apps.reporting.queries.own_report.document import DOCUMENT, own_document
from giaoban.apps.reporting.queries.own_report.numbers import number_holder
from giaoban.apps.reporting.queries.own_report.state import ORDER, definition_of, filled, slot_texts
from giaoban.apps.reporting.queries.snapshots import snapshot_digest
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.period import Period
from giaoban.writer.frozen import freeze

# Steps that freeze nothing and need nothing but a word.
_PLAIN = {
    Stage.CUTOFF: Stage.DRAFTING,
    Stage.DRAFTING: Stage.COMMENTING,
    Stage.COMMENTING: Stage.LEADERS,
    Stage.NUMBERED: Stage.ISSUED,
}
_MOST_RECIPIENTS = 500
_LONGEST_RECIPIENT = 200


def freeze_figures(*, act: Act, report: OwnReport, seen: int, remark: str = "") -> Snapshot:
    """This function will freeze the figures of a report («chốt số liệu») as the registers have them now.

    A second chốt before the signature is a new edition of the snapshot; the old one is kept.

    Raises:
        Conflict: the report is at the signature or further, somebody moved it meanwhile, or the last day that it
            counts («số liệu tính đến», decision D7) is still to come.
        InvalidInput: no register was in use in the period.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    with freezing():
        row = lock_report(act, report)
        need_open(row)
        need_seen(row, seen)
        _need_cutoff_day(act, row)
        before = row.cutoff
        taken = take_snapshot(
            act=act,
            unit=row.unit,
            period=Period.parse(row.period),
            kind=SnapshotKind.CUTOFF,
            measures=definition_of(row, day=act.today).measures(),
            edition=before.edition + 1 if before is not None else 1,
            replaces=before,
        )
        if all(figure["value"] is None for figure in taken.figures.values()):
            raise InvalidInput(
                f"Chưa có số liệu nào của {Period.parse(row.period).name()} để chốt",
                where=row.unit.code,
                expected="sổ đã được dùng trong kỳ",
            )
        row.cutoff = taken
        stage = Stage.CUTOFF if row.stage == Stage.COLLECTING else Stage(row.stage)
        detail = {"digest": taken.digest, "snapshot_edition": taken.edition}
        make_step(act, row, stage, remark=remark, snapshot=taken, detail=detail)
    return taken


def _need_cutoff_day(act: Act, row: OwnReport) -> None:
    """This function will return quietly from the last day on that the report counts.

    Raises:
        Conflict: that day is still to come.
    """
    period = Period.parse(row.period)
    code = row.unit.code
    last = sources().calendar.bounds([(code, period)])[code, period].window.last_day
    if act.today < last:
        raise Conflict(
            f"Chưa đến ngày chốt: số liệu {period.name()} tính đến {format_date(last)}",
            expected=f"chốt từ {format_date(last)}",
            hint="Cấp ủy chốt sớm hơn thì đặt ngày «số liệu tính đến» của kỳ này trong lịch báo cáo trước",
        )


@transaction.atomic
def advance_report(*, act: Act, report: OwnReport, seen: int, remark: str = "") -> ReportStep:
    """This function will pass the report on by one step that freezes nothing: to the draft, to the departments, to the
    leaders, and after the number to «ban hành».

    Raises:
        Conflict: the next step is another one, or somebody moved it meanwhile.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    row = lock_report(act, report)
    need_stage(row, *_PLAIN, doing="chuyển tiếp")
    need_seen(row, seen)
    return make_step(act, row, _PLAIN[Stage(row.stage)], remark=remark)


@transaction.atomic
def return_report(*, act: Act, report: OwnReport, stage: Stage, seen: int, remark: str) -> ReportStep:
    """This function will send a report back to an earlier step; what was frozen for the signature is open again.

    The frozen words stay among the snapshots; a number that was taken is free again.

    Raises:
        InvalidInput: no remark says why. Conflict: it is issued, or that step does not lie before.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    row = lock_report(act, report)
    need_seen(row, seen)
    if row.stage in (Stage.ISSUED, Stage.SENT):
        raise Conflict("Báo cáo đã ban hành, không trả lại được", hint="Hãy lập bản mới; bản cũ được giữ nguyên")
    if not ORDER.index(Stage.DRAFTING) <= ORDER.index(stage) < ORDER.index(Stage(row.stage)):
        raise Conflict(f"Không trả lại được về bước «{stage.label}»", expected="một bước trước, từ «Dự thảo» trở đi")
    if not remark.strip():
        raise InvalidInput("Chưa ghi lý do trả lại", where="remark", expected="một dòng ngắn, ví dụ «bổ sung phần II»")
    freed = {"number": row.number} if row.number is not None else {}
    if ORDER.index(stage) < ORDER.index(Stage.NUMBERED):
        row.number = row.dated = None
    if ORDER.index(stage) < ORDER.index(Stage.SIGNING):
        row.signed = None
    return make_step(act, row, stage, remark=remark, detail=freed)


def sign_report(*, act: Act, report: OwnReport, seen: int, remark: str = "") -> Snapshot:
    """This function will bring the report to the signature («trình ký»): words and the whole document freeze.

    The figures are those of the chốt; what is signed is what will be issued.

    Raises:
        Conflict: the report is not with the leaders, or somebody moved it meanwhile.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    with freezing():
        row = lock_report(act, report)
        need_stage(row, Stage.LEADERS, doing="trình ký")
        need_seen(row, seen)
        if row.cutoff is None:
            raise Conflict("Chưa chốt số liệu", hint="Chốt số liệu trước khi trình ký")
        texts = filled(slot_texts(row), definition_of(row, day=act.today))
        document = json.dumps(freeze(own_document(row, today=act.today)), ensure_ascii=False, sort_keys=True)
        last = Snapshot.objects.filter(kind=SnapshotKind.SIGNED, pk__in=row.steps.values("snapshot")).order_by("-pk")
        taken = _with_words(act, row.cutoff, texts | {DOCUMENT: document}, last.first())
        row.signed = taken
        make_step(act, row, Stage.SIGNING, remark=remark, snapshot=taken, detail={"digest": taken.digest})
    return taken


def _with_words(act: Act, source: Snapshot, texts: Mapping[str, str], before: Snapshot | None) -> Snapshot:
    """Freeze words beside the figures of a chốt: values, entries and tree are its own."""
    row = Snapshot(
        unit=source.unit,
        period=source.period,
        first_day=source.first_day,
        last_day=source.last_day,
        kind=SnapshotKind.SIGNED,
        edition=before.edition + 1 if before is not None else 1,
        replaces=before,
        taken_at=act.now,
        taken_by=act.user,
        figures=source.figures,
        entries=source.entries,
        tree=source.tree,
        texts=dict(texts),
    )
    row.digest = snapshot_digest(row)
    row.save(force_insert=True)
    return row


@transaction.atomic
def number_report(*, act: Act, report: OwnReport, number: int, dated: date, seen: int, remark: str = "") -> ReportStep:
    """This function will give a signed report its number and day («lấy số»).

    Raises:
        InvalidInput: a day after today or not after the period's first one, or a number below 1.
        Conflict: another report of the committee has the number in this term, it is not signed, somebody moved it.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    row = lock_report(act, report)
    need_stage(row, Stage.SIGNING, doing="lấy số")
    need_seen(row, seen)
    if number < 1:
        raise InvalidInput(f"Số {number} không dùng được", where="number", expected="số từ 1")
    if dated > act.today:
        raise InvalidInput(
            f"Ngày {format_date(dated)} còn ở phía trước", where="dated", expected=f"không sau {format_date(act.today)}"
        )
    if dated <= Period.parse(row.period).start:
        raise InvalidInput(
            f"Ngày {format_date(dated)} trước kỳ báo cáo",
            where="dated",
            expected=f"sau {format_date(Period.parse(row.period).start)}",
        )
    # One after another: two reports of a committee must not both find a number free.
    list(Unit.objects.filter(pk=row.unit_id).select_for_update())
    holder = number_holder(row, number, dated)
    if holder:
        raise Conflict(
            f"Số {number} đã cấp cho {holder}", where="number", hint="Chọn số tiếp theo trong sổ công văn đi"
        )
    row.number, row.dated = number, dated
    return make_step(act, row, Stage.NUMBERED, remark=remark, detail={"number": number, "dated": dated.isoformat()})


@transaction.atomic
def send_report(*, act: Act, report: OwnReport, recipients: Sequence[str], seen: int, remark: str = "") -> ReportStep:
    """This function will record to whom an issued report was sent («phát hành»); a later sending adds to the list.

    Raises:
        InvalidInput: nobody is named, or a name is too long. Conflict: it is not issued, or somebody moved it.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    row = lock_report(act, report)
    need_stage(row, Stage.ISSUED, Stage.SENT, doing="phát hành")
    need_seen(row, seen)
    names = list(dict.fromkeys(name for line in recipients if (name := " ".join(line.split()))))
    if not names:
        raise InvalidInput("Chưa có nơi nhận", where="recipients", expected="mỗi dòng một nơi nhận")
    if len(names) > _MOST_RECIPIENTS or any(len(name) > _LONGEST_RECIPIENT for name in names):
        raise InvalidInput(
            "Danh sách nơi nhận quá dài",
            where="recipients",
            expected=f"không quá {_MOST_RECIPIENTS} dòng, mỗi dòng không quá {_LONGEST_RECIPIENT} ký tự",
        )
    return make_step(act, row, Stage.SENT, remark=remark, detail={"recipients": names})
