"""Figures as a workbook: an export, so it says who, when and what, and leaves its row in the audit (D16)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

import xlsxwriter
from django.db import transaction

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.queries.figure_table import FigureRow, FigureTable
from giaoban.core.dates_vi import format_date
from giaoban.figures.model import Number

_HEADINGS = (
    "Mã chỉ tiêu",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Trong kỳ",
    "Cùng kỳ",
    "Tăng, giảm (%)",
    "Lũy kế",
    "Chỉ tiêu năm",
    "Đạt (%)",
)
_WIDTHS = (36, 48, 12, 12, 12, 14, 12, 14, 10)

Cell = str | Number | None


@transaction.atomic
def write_figures_sheet(*, act: Act, table: FigureTable) -> bytes:
    """This function will write figures as .xlsx and record that they were taken out.

    Raises:
        NotAllowed, NotFound: no right ``figures_view`` at the unit.
    """
    require(act, "figures_view", [table.unit])
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Số liệu")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        head = list(_head(act, table))
        for number, text in enumerate(head):
            sheet.write_string(number, 0, text)
        sheet.write_row(len(head), 0, _HEADINGS, bold)
        sheet.freeze_panes(len(head) + 1, 2)
        sheet.repeat_rows(len(head))
        for number, row in enumerate(_rows(table), start=len(head) + 1):
            _write_row(sheet, number, row)
    content = target.getvalue()
    detail = {"period": str(table.period), "format": "xlsx", "sha256": hashlib.sha256(content).hexdigest()}
    write_trail(act, [Happening("figures.exported", "unit", str(table.unit.uid), table.unit.code, detail)])
    return content


def _write_row(sheet: xlsxwriter.worksheet.Worksheet, number: int, row: tuple[Cell, ...]) -> None:
    # Text is written as text: a name that begins with «=» is never a formula.
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(number, column, cell)
        elif cell is not None:
            sheet.write_number(number, column, cell)


def _head(act: Act, table: FigureTable) -> Iterator[str]:
    first, last = format_date(table.window.start), format_date(table.window.last_day)
    yield f"{table.unit_name} ({table.unit.code})"
    yield f"{table.period.name()}: số liệu từ {first} đến {last}"
    yield f"{act.user.full_name} lập lúc {act.now.astimezone(HANOI):%H:%M %d/%m/%Y}; ô trống là chưa theo dõi"


def _rows(table: FigureTable) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        yield _main(row)
        for part in row.parts:
            yield (f"{row.measure.key}/{part.code}", f"   {part.name}", row.measure.unit, part.value)


def _main(row: FigureRow) -> tuple[Cell, ...]:
    one = row.figure
    return (
        row.measure.key,
        row.measure.label,
        row.measure.unit,
        one.value,
        one.previous,
        one.growth_percent,
        one.cumulative,
        one.target,
        one.percent_of_target,
    )
