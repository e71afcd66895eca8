"""What a cell may hold, where it stands, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | float | bool | date | datetime | time | timedelta


class BadCell(Exception):
    """A value that a column does not take: what is wrong, and what would be right."""

    def __init__(self, message: str, expected: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing that is wrong in a sheet.

    Args:
        sheet: name of the sheet; of a .csv the name of the file.
        row: number of the row as a spreadsheet shows it, counted from 1; 0 where a value given for all rows is meant.
        column: number of the column from 1; 0 where the whole row is meant, or the file lacks the column.
        heading: heading of the column, «» for a whole row.
        message: what is wrong, with the value.
        expected: what would be right; may be empty.
    """

    sheet: str
    row: int
    column: int
    heading: str
    message: str
    expected: str = ""

    @property
    def place(self) -> str:
        """Return where it is: «Đảng viên, dòng 15, cột D (Ngày sinh)»."""
        if not self.row:
            return f"{self.sheet}, giá trị chung cho mọi dòng, cột «{self.heading}»"
        place = f"{self.sheet}, dòng {self.row}"
        if self.column:
            return f"{place}, cột {column_letter(self.column)} ({self.heading})"
        return f"{place}, cột «{self.heading}» (tệp không có cột này)" if self.heading else place

    def __str__(self) -> str:
        line = f"{self.place}: {self.message}"
        return f"{line}; cần: {self.expected}" if self.expected else line


def column_letter(number: int) -> str:
    """Return the letters of a column counted from 1: 1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def in_order(faults: Sequence[CellFault]) -> tuple[CellFault, ...]:
    """Return faults row by row, from left to right, each once."""
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.row, fault.column, fault.message)))
