"""Small files for the tests of sheets: the same rows as .xlsx and as .csv."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from giaoban.apps.sheets.source import SheetFile

Rows = Sequence[Mapping[str, Any]]


def headings_of(rows: Rows) -> list[str]:
    """Return the headings of all rows, in the order in which they come up."""
    return list(dict.fromkeys(key for row in rows for key in row))


def xlsx(rows: Rows, sheet: str = "Dữ liệu") -> SheetFile:
    """Write rows as a workbook: dates as dates, the rest as it is."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        heads = headings_of(rows)
        page.write_row(0, 0, heads)
        for number, row in enumerate(rows, start=1):
            for position, head in enumerate(heads):
                value = row.get(head, "")
                if isinstance(value, date):
                    page.write_datetime(number, position, value, day)
                elif value != "":
                    page.write(number, position, value)
    return SheetFile("tep.xlsx", buffer.getvalue())


def csv_text(rows: Rows, separator: str = ";") -> str:
    """Write rows as text, dates as people write them."""
    buffer = io.StringIO()
    heads = headings_of(rows)
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerow(heads)
    for row in rows:
        values = (row.get(head, "") for head in heads)
        writer.writerow(f"{value:%d/%m/%Y}" if isinstance(value, date) else value for value in values)
    return buffer.getvalue()


def csv_file(rows: Rows, separator: str = ";") -> SheetFile:
    """Write rows as a .csv in UTF-8."""
    return SheetFile("tep.csv", csv_text(rows, separator).encode())


def with_member(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook of which one part is changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return buffer.getvalue()
