"""Dates as people write them: 31/03/2023, 3/2023, 1957; and as documents print them: ngày 05 tháng 9 năm 2026."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_MONTH = re.compile(r"(\d{1,2})/(\d{4})\Z")
_YEAR = re.compile(r"(\d{4})\Z")


class Precision(StrEnum):
    """How much of a date is known; old rolls hold only a birth year (decision D9)."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date with its precision; ``day`` is the first possible day."""

    day: date
    precision: Precision

    def __str__(self) -> str:
        return format_date(self.day, self.precision)


def format_date(day: date, precision: Precision = Precision.DAY) -> str:
    """Write a date for screens and tables: «31/03/2023», «03/2023», «2023»."""
    match precision:
        case Precision.DAY:
            return f"{day.day:02}/{day.month:02}/{day.year:04}"
        case Precision.MONTH:
            return f"{day.month:02}/{day.year:04}"
        case Precision.YEAR:
            return f"{day.year:04}"


def format_long_date(day: date) -> str:
    """Write a date of issue: «ngày 05 tháng 9 năm 2026»; days below 10 and months 1 and 2 get a zero (36-HD/VPTW)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def parse_date(text: str, *, where: str = "") -> date:
    """Read a whole date, written 31/03/2023 or 2023-03-31.

    Raises:
        InvalidInput: no such form, or no such day in the calendar.
    """
    found = parse_partial_date(text, where=where)
    if found.precision is not Precision.DAY:
        raise InvalidInput(f"{quoted(text)} chưa đủ ngày, tháng, năm", where=where, expected="ngày dạng 31/03/2023")
    return found.day


def parse_partial_date(text: str, *, where: str = "") -> PartialDate:
    """Read a date of which only the month or the year may be known: 31/03/1957, 03/1957, 1957.

    Raises:
        InvalidInput: no such form, or no such day in the calendar.
    """
    text = text.strip()
    expected = "ngày dạng 31/03/2023 (hoặc 03/2023, 2023 nếu chỉ biết tháng, năm)"
    try:
        if match := _DAY.match(text):
            day, month, year = map(int, match.groups())
            return PartialDate(date(year, month, day), Precision.DAY)
        if match := _ISO.match(text):
            year, month, day = map(int, match.groups())
            return PartialDate(date(year, month, day), Precision.DAY)
        if match := _MONTH.match(text):
            month, year = map(int, match.groups())
            return PartialDate(date(year, month, 1), Precision.MONTH)
        if match := _YEAR.match(text):
            return PartialDate(date(int(match[1]), 1, 1), Precision.YEAR)
    except ValueError:
        raise InvalidInput(f"Không có ngày {quoted(text)} trong lịch", where=where, expected=expected) from None
    raise InvalidInput(f"Không đọc được ngày {quoted(text)}", where=where, expected=expected)
