"""Writing papers: exports of personal data, so they carry who, when and what, and leave rows in the audit (D16)."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.papers.compose import Sheet, compose
from giaoban.apps.papers.forms import Form
from giaoban.apps.papers.queries.forms import form_for
from giaoban.apps.papers.queries.preview import common_facts
from giaoban.apps.papers.queries.subjects import Ask, Subject, subjects
from giaoban.apps.reporting.queries.letterhead import office_facts
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.core.text_vi import fold, quoted
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.docx import Stamp, to_docx
from giaoban.writer.pdf import to_pdfs

FORMATS = ("docx", "pdf")
_MOST_PEOPLE = 500
# The one moment that every file of a package carries: the same papers give the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """Which papers are wanted: the forms by code, for whom (keys of ``subjects``), by which office, dated when.

    ``first_number`` is the number of the first paper of each form that is written for each person; None leaves all
    numbers blank, to be filled in by hand. ``round`` keeps a list of badges to one round («3/2/2023»).
    """

    unit: Unit
    forms: tuple[str, ...]
    chosen: tuple[str, ...]
    period: Period
    dated: date
    first_number: int | None = None
    file_format: str = "docx"
    round: str = ""


@dataclass(frozen=True, slots=True)
class WrittenPapers:
    """One file: a document, or a package of them."""

    content: bytes
    file_name: str
    documents: tuple[OfficialDocument, ...]


def write_papers(*, act: Act, order: PaperOrder) -> WrittenPapers:
    """This function will write papers in the official layout and record who took which, one row for each person.

    Making a PDF takes seconds: nothing is locked meanwhile, and nobody else waits.

    Raises:
        InvalidInput: nobody or no form chosen, somebody who is not on the list (any more), or forms
            about different things.
        NotFound: no such form. NotAllowed, NotFound: no right ``members_record`` at a unit concerned.
        GiaobanError: a PDF is wanted and LibreOffice is not there.
    """
    forms = [form_for(code, order.unit, day=order.dated).form for code in dict.fromkeys(order.forms)]
    _check(order, forms)
    people = _people(act, order, forms)
    require(act, "members_record", [order.unit, *Unit.objects.filter(pk__in={one.unit for one in people})])
    office = office_facts(order.unit, day=order.dated)
    common = common_facts(office, order.unit, day=order.dated, period=order.period)
    stamp = Stamp(act.user.full_name, act.now, f"{order.unit.code}, {len(people)} người")
    names: list[str] = []
    documents: list[OfficialDocument] = []
    for position, form in enumerate(forms, 1):
        if form.of_cell:
            made = _of_cells(form, people, order)
        else:
            sheet = Sheet(office, order.dated, order.first_number if form.each else None)
            made = compose(form, [one.facts for one in people], common, sheet)
        documents += made
        for index in range(1, len(made) + 1):
            whom = f"-{index:02}-{_plain(people[index - 1].name)}" if form.each and len(people) > 1 else ""
            names.append(f"{position:02}-{form.code}{whom}.{order.file_format}")
    files = zip(names, _bytes(documents, stamp, order.file_format), strict=True)
    content, file_name = _packed(list(files), order)
    with transaction.atomic():
        _note(act, order, forms, people, content)
    return WrittenPapers(content, file_name, tuple(documents))


def _of_cells(form: Form, people: Sequence[Subject], order: PaperOrder) -> tuple[OfficialDocument, ...]:
    """Papers on each cell's own letterhead; their numbers are the cells', to be filled in by hand."""
    units = Unit.objects.in_bulk({one.unit for one in people})
    offices = {pk: office_facts(unit, day=order.dated) for pk, unit in units.items()}
    commons = {pk: common_facts(offices[pk], unit, day=order.dated, period=order.period) for pk, unit in units.items()}
    return tuple(
        document
        for one in people
        for document in compose(form, [one.facts], commons[one.unit], Sheet(offices[one.unit], order.dated))
    )


def _check(order: PaperOrder, forms: Sequence[Form]) -> None:
    if not forms:
        raise InvalidInput("Chưa chọn mẫu", where="Mẫu", expected="ít nhất một mẫu")
    if len({form.about for form in forms}) > 1:
        raise InvalidInput("Các mẫu không cùng một việc", where="Mẫu", expected="các mẫu của cùng một việc")
    if not order.chosen:
        raise InvalidInput("Chưa chọn ai", where="Danh sách", expected="đánh dấu ít nhất một dòng")
    if len(order.chosen) > _MOST_PEOPLE:
        raise InvalidInput(
            f"Đã chọn {len(order.chosen)} dòng", where="Danh sách", expected=f"nhiều nhất {_MOST_PEOPLE} dòng một lần"
        )
    if order.file_format not in FORMATS:
        raise InvalidInput(
            f"Không ghi được dạng {quoted(order.file_format)}", expected="một trong: " + ", ".join(FORMATS)
        )
    if order.first_number is not None and order.first_number < 1:
        raise InvalidInput(f"Số {order.first_number} không hợp lệ", where="Số bắt đầu", expected="từ 1 trở lên")


def _people(act: Act, order: PaperOrder, forms: Sequence[Form]) -> list[Subject]:
    """The chosen people in the order of the list, with what is known of them now."""
    ask = Ask(act.user, order.unit, act.today, order.period, round=order.round)
    listed = {one.key: one for one in subjects(forms[0].about, ask)}
    missing = [key for key in order.chosen if key not in listed]
    if missing:
        raise InvalidInput(
            f"{len(missing)} người đã chọn không còn trong danh sách",
            where="Danh sách",
            expected="những người đang có trong danh sách",
            hint="Mở lại trang để xem danh sách mới",
        )
    wanted = set(order.chosen)
    return [one for key, one in listed.items() if key in wanted]


def _plain(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", fold(name))) or "giay"


def _bytes(documents: Sequence[OfficialDocument], stamp: Stamp, file_format: str) -> list[bytes]:
    made = [to_docx(document, stamp=stamp) for document in documents]
    return to_pdfs(made) if file_format == "pdf" else made


def _packed(files: Sequence[tuple[str, bytes]], order: PaperOrder) -> tuple[bytes, str]:
    if len(files) == 1:
        return files[0][1], files[0][0]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content)
    return buffer.getvalue(), f"giay-to-{order.unit.code}-{order.dated.isoformat()}.zip"


def _note(act: Act, order: PaperOrder, forms: Sequence[Form], people: Sequence[Subject], content: bytes) -> None:
    detail = {
        "forms": [form.code for form in forms],
        "people": len(people),
        "format": order.file_format,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    rows = [Happening("papers.written", "unit", str(order.unit.uid), order.unit.code, detail)]
    # A paper shows what stands in the personal file: that is a reading of it, one row a person.
    rows += [
        Happening("members.file_read", "member", one.person, order.unit.code, {"paper": forms[0].code})
        for one in people
        if one.person
    ]
    write_trail(act, rows)
