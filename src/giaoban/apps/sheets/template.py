"""Writes the sheet of a kind, empty or filled: headings, lists to choose from, and a second sheet that explains it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.importing import AnyKind
from giaoban.apps.sheets.listing import Cell
from giaoban.apps.sheets.source import GUIDE

_LISTS = "Danh mục"
_ROWS = 20_000  # so many rows get lists and hints
_HEADINGS = ("Cột", "Tên trong tệp", "Bắt buộc", "Điền gì", "Cách viết", "Ví dụ", "Giá trị được nhận")
_WIDTHS = (26, 22, 10, 52, 40, 26, 60)


def write_template(kind: AnyKind, *, rows: Iterable[Sequence[Cell]] = (), told: Sequence[str] = ()) -> bytes:
    """Return the template of a kind of sheet as .xlsx.

    Args:
        rows: cells in the order of the columns, for a sheet that is taken out of the register.
        told: sentences about that: who took it, when, of which unit.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        formats = {
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#F3E3DF", "border": 1}
            ),
            "needed": book.add_format(
                {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E9C3BB", "border": 1}
            ),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
        }
        sheet = book.add_worksheet(kind.label)
        _write_guide(book.add_worksheet(GUIDE), kind, formats, told)
        lists = book.add_worksheet(_LISTS)
        lists.hide()
        _write_headings(sheet, lists, kind, formats)
        _write_rows(sheet, kind, rows, formats["date"])
        sheet.activate()
    return buffer.getvalue()


def headings(kind: AnyKind) -> list[str]:
    """Return the first row of a sheet: the names of its columns, with a star where a cell must be filled."""
    return [f"{column.heading} *" if column.required else column.heading for column in kind.columns]


def _write_headings(sheet: Any, lists: Any, kind: AnyKind, formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for position, (column, name) in enumerate(zip(kind.columns, headings(kind), strict=True)):
        width = min(36, max(12, len(name) + 2, len(column.example) + 2))
        sheet.set_column(position, position, width, formats["date" if column.as_date else "text"])
        sheet.write_string(0, position, name, formats["needed" if column.required else "head"])
        sheet.data_validation(1, position, _ROWS, position, _hint(lists, position, column))


def _write_rows(sheet: Any, kind: AnyKind, rows: Iterable[Sequence[Cell]], day: Any) -> None:
    for number, row in enumerate(rows, start=1):
        for position, (column, cell) in enumerate(zip(kind.columns, row, strict=True)):
            if cell is None or cell == "":
                continue
            if isinstance(cell, date) and column.as_date:
                sheet.write_datetime(number, position, cell, day)
            elif isinstance(cell, int | float):
                sheet.write_number(number, position, cell)
            else:
                sheet.write_string(number, position, str(cell))


def _hint(lists: Any, position: int, column: Column) -> dict[str, Any]:
    """Excel takes 32 characters for the title of a hint and 255 for its text, and 255 for a list within the cell."""
    hint: dict[str, Any] = {
        "validate": "any",
        "input_title": column.heading[:32],
        "input_message": f"{column.what} {column.form[0].upper()}{column.form[1:]}."[:255],
    }
    if column.choices:
        for row, label in enumerate(column.choices):
            lists.write_string(row, position, label)
        hint |= {
            "validate": "list",
            "source": f"='{_LISTS}'!{_range(position, len(column.choices))}",
            "error_title": "Không có trong danh mục",
            "error_message": "Chọn một giá trị trong danh sách của ô.",
        }
    return hint


def _range(position: int, rows: int) -> str:
    found: str = xlsxwriter.utility.xl_range_abs(0, position, rows - 1, position)
    return found


def _write_guide(sheet: Any, kind: AnyKind, formats: dict[str, Any], told: Sequence[str]) -> None:
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"{GUIDE}: {kind.label}", formats["title"])
    sentences = [
        *told,
        *kind.guide,
        "Cột có dấu * phải điền. Không đổi dòng tiêu đề; có thể bỏ những cột không dùng.",
        "Nhập được tất cả hoặc không nhập gì: tệp có ô sai thì mọi ô sai được liệt kê và sổ giữ nguyên. "
        "Nhập lại cùng một tệp không ghi thêm gì.",
    ]
    for row, sentence in enumerate(sentences, start=1):
        sheet.write_string(row, 0, sentence)
    top = len(sentences) + 2
    for position, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(position, position, width)
        sheet.write_string(top, position, heading, formats["head"])
    for row, column in enumerate(kind.columns, start=top + 1):
        allowed = "; ".join(column.choices) or "—"
        needed = "có" if column.required else ""
        for position, text in enumerate(
            (column.heading, column.key, needed, column.what, column.form, column.example, allowed)
        ):
            sheet.write_string(row, position, text, formats["wrap"])
