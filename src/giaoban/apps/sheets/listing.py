"""A list taken away as .xlsx: a head that says whose list it is, who took it and when (decision D16), then the rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import xlsxwriter

Cell = str | int | float | date | None
_WIDEST = 50
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class ListSheet:
    """What stands above the rows: lines of the head (unit, scope, who and when), the headings, the sheet's name."""

    name: str
    head: Sequence[str]
    headings: Sequence[str]


def write_list(sheet: ListSheet, rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the workbook: A4 landscape, headings repeated and frozen, days as days, text never as a formula."""
    return write_lists([(sheet, rows)])


def write_lists(lists: Iterable[tuple[ListSheet, Iterable[Sequence[Cell]]]]) -> bytes:
    """Return one workbook of several lists, a sheet each; see ``write_list``."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        for sheet, rows in lists:
            _fill(book.add_worksheet(sheet.name[:31]), sheet, rows, bold, day)
    return target.getvalue()


def _fill(
    page: xlsxwriter.worksheet.Worksheet,
    sheet: ListSheet,
    rows: Iterable[Sequence[Cell]],
    bold: xlsxwriter.format.Format,
    day: xlsxwriter.format.Format,
) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&CTrang &P/&N")
    for number, line in enumerate(sheet.head):
        page.write_string(number, 0, line)
    top = len(sheet.head)
    for column, heading in enumerate(sheet.headings):
        page.write_string(top, column, heading, bold)
    page.freeze_panes(top + 1, min(2, len(sheet.headings)))
    page.repeat_rows(top)
    widths = [len(heading) for heading in sheet.headings]
    for number, row in enumerate(rows, start=top + 1):
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], _write(page, number, column, cell, day))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(_WIDEST, max(_NARROWEST, width + 1)))


def _write(
    page: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, day: xlsxwriter.format.Format
) -> int:
    """Write one cell; return how wide it is in characters."""
    match cell:
        case None:
            return 0
        case str():
            page.write_string(row, column, cell)
            return len(cell)
        case date():
            page.write_datetime(row, column, cell, day)
            return 10
        case _:
            page.write_number(row, column, cell)
            return len(str(cell))
