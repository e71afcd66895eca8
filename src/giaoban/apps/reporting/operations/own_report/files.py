"""Files of a report: it goes out as Word or PDF, and the leaders' Word file comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import OwnReport, ReportText, ReturnedFile, TextOrigin
from giaoban.apps.reporting.operations.own_report._steps import WRITE, lock_report, need_open, trail
from giaoban.apps.reporting.operations.own_report.words import write_text
from giaoban.apps.reporting.operations.report import FORMATS, WrittenReport
from giaoban.apps.reporting.queries.own_report.document import own_document
from giaoban.apps.reporting.queries.own_report.state import definition_of, filled, is_still, slot_texts
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted
from giaoban.writer.anchors import PREFIX
from giaoban.writer.docx import Stamp, to_docx
from giaoban.writer.returned import Returned, compare

if TYPE_CHECKING:
    from giaoban.reader.loaders.docx import MarkedLine

MOST_BYTES = 10 * 1024 * 1024
# A file that has less than this of the report's headings and sentences is another one.
_LEAST_KNOWN = 0.3


@transaction.atomic
def write_own_report(*, act: Act, report: OwnReport, file_format: str) -> WrittenReport:
    """This function will write a report in one of ``FORMATS`` and record that it was taken out.

    A draft as Word carries the invisible marks by which its words are found when it comes back; from the signature on
    it is always the frozen document.

    Raises:
        InvalidInput: no such format, or no register was in use in the period.
        NotAllowed, NotFound: no right ``reports_write`` at the unit.
        GiaobanError: a PDF is wanted and LibreOffice is not there.
    """
    row = lock_report(act, report)
    if file_format not in FORMATS:
        raise InvalidInput(f"Không ghi được dạng {quoted(file_format)}", expected="một trong: " + ", ".join(FORMATS))
    document = own_document(row, today=act.today)
    period = Period.parse(row.period)
    still = is_still(row)
    state = f"bản {row.edition}" if still else "dự thảo"
    stamp = Stamp(act.user.full_name, act.now, f"{row.unit.code}, {period.name()}, {state}")
    if file_format == "docx" and not still:
        versions = {slot: held.version for slot, held in slot_texts(row).items()}
        content = to_docx(document, stamp=stamp, versions=versions)
    else:
        content = FORMATS[file_format](document, stamp)
    detail = {
        "report": row.name,
        "period": row.period,
        "edition": row.edition,
        "format": file_format,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    trail(act, "written", row, detail)
    name = f"{document.type_code}-{row.unit.code}-{row.period}-{f'ban-{row.edition}' if still else 'du-thao'}"
    return WrittenReport(content, f"{name}.{file_format}", document)


def take_back_file(*, act: Act, report: OwnReport, name: str, content: bytes) -> ReturnedFile:
    """This function will read the Word file that came back and keep it with what was found in it.

    Nothing is taken over by itself: words are accepted slot by slot (``accept_returned``), numbers never. The file is
    read before anything is locked, so that a long one keeps nobody waiting.

    Raises:
        InvalidInput: no Word file, damaged, protected, with macros, too large, or with a secrecy mark; not this report.
        Conflict: the words are frozen. NotAllowed, NotFound: no right ``reports_write`` at the unit.
    """
    require(act, WRITE, [report.unit])
    need_open(report)
    lines, notes = _read(name, content)
    return _keep_returned(act, report, name, content, lines, notes)


def _read(name: str, content: bytes) -> tuple[Sequence[MarkedLine], tuple[str, ...]]:
    """Return the lines of a Word file and what could not be read of it.

    Raises:
        InvalidInput: as ``take_back_file`` says.
    """
    if len(content) > MOST_BYTES:
        raise InvalidInput(f"Tệp {len(content) // 1024 // 1024} MB", where=name, expected="tệp .docx không quá 10 MB")
    # The reader is loaded where a file comes back: every command and every page would wait for it otherwise.
    from giaoban.reader.loaders.docx import load_marked
    from giaoban.reader.secrecy import secrecy_mark

    lines, notes = load_marked(content, name, prefix=PREFIX)
    mark = secrecy_mark("\n".join(line.text for line in lines))
    if mark is not None:
        raise InvalidInput(
            f"Văn bản có dấu «{mark}» nên không được đưa vào đây",
            where=name,
            hint="Văn bản mật chỉ giữ trên giấy hoặc trên máy độc lập",
        )
    return lines, notes


@transaction.atomic
def _keep_returned(
    act: Act, report: OwnReport, name: str, content: bytes, lines: Sequence[MarkedLine], notes: tuple[str, ...]
) -> ReturnedFile:
    row = lock_report(act, report)
    need_open(row)
    texts = filled(slot_texts(row), definition_of(row, day=act.today))
    found = compare(own_document(row, today=act.today, mark_empty=True), lines, texts)
    if found.known < _LEAST_KNOWN:
        raise InvalidInput(
            "Không thấy phần nào của báo cáo này trong tệp",
            where=name,
            expected="bản dự thảo đã tải về, sửa rồi lưu lại",
        )
    made = ReturnedFile.objects.create(
        report=row,
        name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        changes=_changes(found, notes),
        taken_by=act.user,
        taken_at=act.now,
    )
    trail(act, "own_report_returned", row, {"file": made.name, "sha256": made.sha256})
    return made


def _changes(found: Returned, notes: tuple[str, ...]) -> dict[str, Any]:
    return {
        "texts": [asdict(one) for one in found.slots],
        "sentences": [asdict(one) for one in found.sentences],
        "loose": [list(one) for one in found.loose],
        "notes": list(notes),
    }


@transaction.atomic
def accept_returned(*, act: Act, returned: ReturnedFile, slot: str, seen: int) -> ReportText | None:
    """This function will take the words of one slot over from a file that came back, as a new version.

    Raises:
        NotFound: the file has no such slot. Conflict: somebody else saved a version meanwhile, or the words are frozen.
        NotAllowed, NotFound: no right at the unit.
    """
    words = next((one["text"] for one in returned.changes["texts"] if one["slot"] == slot), None)
    if words is None:
        raise NotFound(f"Trong tệp {returned.name} không có phần {quoted(slot)}")
    return write_text(act=act, report=returned.report, slot=slot, text=words, seen=seen, origin=TextOrigin.WORD)
