"""The sheet of a kind in the format that a person wants: a workbook with its guide, or text for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import PurePath

from giaoban.apps.sheets.columns import Column
from giaoban.apps.sheets.importing import AnyKind
from giaoban.apps.sheets.listing import Cell
from giaoban.apps.sheets.source import TOLD
from giaoban.apps.sheets.template import headings, write_template
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

# A Vietnamese Excel separates by «;», and takes a file for UTF-8 where it begins with the mark.
_SEPARATOR = ";"
_ENCODING = "utf-8-sig"
# Excel runs a cell that begins so, even where quotes stand around it; readers drop the blank before it.
_RUNS = ("=", "+", "-", "@")


class SheetFormat(StrEnum):
    """How a sheet is written."""

    XLSX = "xlsx"
    CSV = "csv"


def format_of(name: str, *, where: str = "") -> SheetFormat:
    """Return the format that the name of a file asks for.

    Raises:
        InvalidInput: it ends with neither .xlsx nor .csv.
    """
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ending not in SheetFormat.__members__.values():
        raise InvalidInput(
            f"Tên tệp «{name}» không phải .xlsx hoặc .csv", where=where, expected="tên tệp có đuôi .xlsx hoặc .csv"
        )
    return SheetFormat(ending)


def write_sheet(
    kind: AnyKind,
    file_format: SheetFormat = SheetFormat.XLSX,
    *,
    rows: Iterable[Sequence[Cell]] = (),
    told: Sequence[str] = (),
) -> bytes:
    """Return the sheet of a kind, empty or filled; read again as it is, it gives the same rows.

    Args:
        rows: cells in the order of the columns.
        told: sentences about them: who took them, when, of which unit. A .csv has them above its headings.
    """
    if file_format is SheetFormat.XLSX:
        return write_template(kind, rows=rows, told=told)
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=_SEPARATOR)
    writer.writerows([TOLD + sentence] for sentence in told)
    writer.writerow(headings(kind))
    writer.writerows([_text(column, cell) for column, cell in zip(kind.columns, row, strict=True)] for row in rows)
    return buffer.getvalue().encode(_ENCODING)


def _text(column: Column, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return format_date(cell) if column.as_date else str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    text = str(cell)
    return f"\t{text}" if text.startswith(_RUNS) else text
