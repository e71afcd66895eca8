"""The file as a form carries it, and the mapping as a person looked it over."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from giaoban.apps.reporting.queries.own_files import UNIT, Reading
from giaoban.apps.reporting.sheet_kinds import SHEET_KINDS
from giaoban.apps.sheets.mapping import IGNORED, SheetMapping
from giaoban.apps.sheets.source import MOST_BYTES as LARGEST
from giaoban.apps.sheets.source import MOST_ROWS, SheetFile
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.web.forms import OfficeForm

# The file travels inside the form from step to step: nothing is kept on the server before it is written. What a form
# may hold (``DATA_UPLOAD_MAX_MEMORY_SIZE``, 10 MB) bounds it: in base64 a file grows by a third.
MOST_BYTES = 7_000_000
# From here on reading and writing take more than some seconds: the page says so.
SLOW_BYTES = 1_500_000
_ROWS_A_MB = 10_000  # of a workbook by the template


_OFFERED = 1_000  # units to choose from in a field; of more the page would become heavy


class FileForm(OfficeForm):
    """What is brought in."""

    places = {"tệp": "file"}
    # The page stands in the area of members.
    kind = forms.ChoiceField(
        label="Nhập vào", choices=[(key, kind.label) for key, kind in SHEET_KINDS.items()], initial="members"
    )
    file = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx hoặc .csv theo mẫu, hoặc tệp riêng của văn phòng; không quá 7 MB (khoảng 70.000 dòng)",
    )

    def clean_file(self) -> Any:
        """Refuse what is too large to travel in a form."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(too_large(file.name, file.size))
        return file


def too_large(name: str, size: int) -> str:
    """Say that a file is too large for a page, and the two ways that there are."""
    has, most = format_number(round(Decimal(size) / 1_000_000, 1)), MOST_BYTES // 1_000_000
    return (
        f"Tệp {name} có {has} MB; trang này nhận tệp đến {most} MB, khoảng {format_number(most * _ROWS_A_MB)} dòng. "
        "Chia tệp thành nhiều tệp nhỏ hơn, hoặc điền theo mẫu rồi nhờ quản trị nhập trên máy chủ bằng lệnh "
        f"«giaoban import LOẠI {name}» (đến {LARGEST // 1024 // 1024} MB, {format_number(MOST_ROWS)} dòng; "
        "thêm --dry-run để kiểm tra trước)."
    )


class ListForm(OfficeForm):
    """A list of the same people from another system."""

    places = {"tệp": "other"}
    other = forms.FileField(
        label="Danh sách đảng viên từ hệ thống khác",
        help_text="Tệp .xlsx hoặc .csv, ví dụ tệp xuất từ cơ sở dữ liệu đảng viên quốc gia",
    )


def packed(file: SheetFile) -> str:
    """Return the file as it travels in a field."""
    return base64.urlsafe_b64encode(file.data).decode("ascii")


def unpacked(sent: QueryDict) -> SheetFile:
    """Return the file that a form brought along.

    Raises:
        InvalidInput: it is missing, damaged or too large.
    """
    try:
        data = base64.b64decode(sent.get("tep", ""), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or len(data) > MOST_BYTES:
        raise InvalidInput("Tệp không còn nguyên", where="tệp", expected="chọn lại tệp ở bước đầu")
    return SheetFile(sent.get("ten", "")[:120] or "tep.xlsx", data)


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading of the file with the choice of what it means."""

    number: int
    heading: str
    chosen: str
    sure: bool


@dataclass(frozen=True, slots=True)
class ConstantLine:
    """A required column that the file lacks: one value for every row."""

    key: str
    label: str
    form: str
    value: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A name of a unit in the file, and the code that it means; ``place`` is how that unit is called here."""

    number: int
    name: str
    code: str
    place: str


@dataclass(frozen=True, slots=True)
class MappingView:
    """The page on which a person looks the mapping over."""

    headings: tuple[HeadingLine, ...]
    constants: tuple[ConstantLine, ...]
    units: tuple[UnitLine, ...]
    places: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]
    remembered: bool
    row: int
    left_out: tuple[str, ...]
    sections: tuple[str, ...]


def mapping_view(reading: Reading, chosen: SheetMapping) -> MappingView:
    """Return the choices as they stand."""
    used = set(chosen.headings.values())
    lacking = [column for column in reading.columns if column.required and column.key not in used]
    lacking += [column for column in reading.columns if column.key in chosen.constants and column not in lacking]
    words = chosen.values.get(UNIT, {})
    return MappingView(
        headings=tuple(
            HeadingLine(number, heading, chosen.headings.get(heading, IGNORED), heading in reading.proposal.sure)
            for number, heading in enumerate(reading.proposal.mapping.headings)
        ),
        constants=tuple(
            ConstantLine(column.key, column.heading, column.form, chosen.constants.get(column.key, ""))
            for column in lacking
        ),
        units=tuple(
            UnitLine(number, name, code, reading.places.get(code, ""))
            for number, (name, first) in enumerate(reading.units.items())
            for code in [words.get(name, first)]
        ),
        places=tuple(reading.places.items()) if len(reading.places) <= _OFFERED else (),
        choices=(
            (IGNORED, "bỏ qua"),
            *((column.key, column.heading + (" *" if column.required else "")) for column in reading.columns),
        ),
        remembered=reading.remembered,
        row=reading.proposal.row,
        left_out=reading.left_out,
        sections=reading.sections,
    )


def mapping_sent(reading: Reading, sent: Mapping[str, str]) -> SheetMapping:
    """Return the mapping as the person left it."""
    headings = {
        heading: sent.get(f"cot-{number}", key)
        for number, (heading, key) in enumerate(reading.proposal.mapping.headings.items())
    }
    used = set(headings.values())
    constants = {
        column.key: " ".join(sent.get(f"chung-{column.key}", "").split())
        for column in reading.columns
        if column.key not in used and sent.get(f"chung-{column.key}", "").strip()
    }
    units = {
        name: sent.get(f"dv-{number}", "").strip()
        for number, name in enumerate(reading.units)
        if sent.get(f"dv-{number}", "").strip()
    }
    return SheetMapping(headings, constants, {UNIT: units} if units else {})
