"""Writing a notice: its free text is kept version by version, its lists when it is given its number (law 5)."""

from __future__ import annotations

import hashlib

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import NoticeText
from giaoban.apps.reporting.operations.report import FORMATS, WrittenReport
from giaoban.apps.reporting.queries.briefing import BriefingOrder, briefing_document, lists_now
from giaoban.apps.reporting.queries.notice_texts import (
    BRIEFING,
    ISSUED,
    SLOTS,
    issued_json,
    issued_notice,
    kept_texts,
)
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.period import Period
from giaoban.core.text_vi import printable, quoted
from giaoban.writer.docx import Stamp

MOST_LETTERS = 20_000


@transaction.atomic
def keep_notice_text(*, act: Act, unit: Unit, period: Period, slot: str, text: str, seen: int) -> NoticeText | None:
    """This function will keep a new version of the words in a slot; the versions before stay, the same adds nothing.

    Args:
        seen: the version that the person started from, 0 where there was none.

    Raises:
        InvalidInput: no such slot, or a text that is too long. Conflict: somebody else saved a version meanwhile.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    require(act, "reports_write", [unit])
    if slot not in SLOTS:
        raise InvalidInput(f"Thông báo không có phần {quoted(slot)}", expected="một trong: " + ", ".join(SLOTS))
    if len(text) > MOST_LETTERS:
        raise InvalidInput(
            f"Nội dung dài {len(text)} ký tự", where=SLOTS[slot], expected=f"không quá {MOST_LETTERS} ký tự"
        )
    wanted = printable(text)
    kept = kept_texts(unit, period).get(slot)
    if wanted == (kept.text if kept is not None else ""):
        return None
    if (kept.version if kept is not None else 0) != seen:
        raise Conflict(
            "Người khác vừa sửa phần này",
            where=SLOTS[slot],
            hint="Chép lại nội dung của đồng chí, mở lại trang rồi ghép với bản mới",
        )
    return _keep(act, unit, period, slot, wanted, seen + 1)


def _keep(act: Act, unit: Unit, period: Period, slot: str, text: str, version: int) -> NoticeText:
    try:
        with transaction.atomic():
            made = NoticeText.objects.create(
                unit=unit,
                name=BRIEFING,
                period=str(period),
                slot=slot,
                version=version,
                text=text,
                written_by=act.user,
                entered_for=act.entered_for,
                written_at=act.now,
            )
    except IntegrityError:
        raise Conflict("Người khác vừa sửa phần này", hint="Mở lại trang để xem bản mới") from None
    detail = {"notice": BRIEFING, "period": str(period), "slot": slot, "version": version}
    write_trail(act, [Happening("reporting.notice_text", "unit", str(unit.uid), unit.code, detail)])
    return made


@transaction.atomic
def write_notice(*, act: Act, order: BriefingOrder, file_format: str) -> WrittenReport:
    """This function will write the notice of a briefing in one of ``FORMATS`` and record that it was taken out.

    With a number the lists are kept as they stand, and every later writing prints these.

    Raises:
        InvalidInput: no such format, no briefing conference, or another number than the notice was given.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
        GiaobanError: a PDF is wanted and LibreOffice is not there.
    """
    require(act, "reports_write", [order.unit])
    if file_format not in FORMATS:
        raise InvalidInput(f"Không ghi được dạng {quoted(file_format)}", expected="một trong: " + ", ".join(FORMATS))
    document = briefing_document(order)
    if order.number is not None and issued_notice(order.unit, order.period) is None:
        _keep(act, order.unit, order.period, ISSUED, issued_json(order.number, lists_now(order)), 1)
    stamp = Stamp(act.user.full_name, act.now, f"{order.unit.code}, {order.period.name()}")
    content = FORMATS[file_format](document, stamp)
    detail = {
        "report": f"notice.{BRIEFING}",
        "period": str(order.period),
        "format": file_format,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    write_trail(act, [Happening("reporting.written", "unit", str(order.unit.uid), order.unit.code, detail)])
    return WrittenReport(content, f"TB-{order.unit.code}-{order.period}.{file_format}", document)
