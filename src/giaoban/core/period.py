"""Reporting periods: ``2023-M03``, ``2023-Q1``, ``2023-H1``, ``2023-9M``, ``2023``, ``2020..2025``.

Dates are half-open inside the program (``start`` belongs to the period, ``end`` does not); people read ``last_day``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering

from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

ROMAN = ("", "I", "II", "III", "IV")
_SPELLINGS = "2023-M03, 2023-Q1, 2023-H1, 2023-9M, 2023, 2020..2025"
# [0-9], not \d: the text of a period is its identity, so digits of other scripts are not taken.
_PATTERN = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:M(?P<month>[0-9]{2})|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine>9M)))?\Z"
)
_RANGE = re.compile(r"(?P<first>[0-9]{4})\.\.(?P<last>[0-9]{4})\Z")
# Wide enough for every roll and plan, narrow enough that the year before and the year after always exist.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    YEARS = "years"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.NINE_MONTHS: 9}


def _check_year(text: str, year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise InvalidInput(
            f"Kỳ {quoted(text)}: năm {year:04} không dùng được",
            where="kỳ",
            expected=f"năm từ {_FIRST_YEAR} đến {_LAST_YEAR}",
        )


def add_months(day: date, months: int) -> date:
    """Return the first day of the month that lies ``months`` after the month of ``day``."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def same_day_last_year(day: date) -> date:
    """Return the same day one year before; 29 February becomes 28 February."""
    if day.month == 2 and day.day == 29:
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open stretch of days: ``start`` inside, ``end`` outside."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidInput(
                f"Khoảng ngày {self.start:%d/%m/%Y} - {self.end:%d/%m/%Y} rỗng", expected="ngày đầu trước ngày cuối"
            )

    @property
    def last_day(self) -> date:
        """The last day that belongs to the window: the day at which stocks are read."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def last_year(self) -> Window:
        """Return the same days one year before («cùng kỳ»); a month's end stays a month's end."""
        last = self.last_day
        is_month_end = (last + timedelta(days=1)).day == 1
        before = same_day_last_year(last)
        if is_month_end:
            before = add_months(before, 1) - timedelta(days=1)
        return Window(same_day_last_year(self.start), before + timedelta(days=1))


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period in the spelling of the contracts; identity is its text.

    ``first`` is the first day by the calendar. Offices whose figures close earlier («số liệu tính đến 15/3») keep the
    bounds beside the period, as dated data (decision D7).
    """

    kind: PeriodKind
    first: date
    years: int = 1

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a period.

        Raises:
            InvalidInput: the text has none of the spellings, or its year is out of all reason.
        """
        text = text.strip()
        if match := _RANGE.match(text):
            first, last = int(match["first"]), int(match["last"])
            _check_year(text, first)
            _check_year(text, last)
            if last < first:
                raise InvalidInput(
                    f"Kỳ {quoted(text)} đi ngược",
                    where="kỳ",
                    expected=f"năm đầu không sau năm cuối, ví dụ {_SPELLINGS}",
                )
            return cls(PeriodKind.YEARS, date(first, 1, 1), last - first + 1)
        match = _PATTERN.match(text)
        if match is None:
            raise InvalidInput(
                f"Không đọc được kỳ {quoted(text)}", where="kỳ", expected=f"một trong các dạng {_SPELLINGS}"
            )
        year = int(match["year"])
        _check_year(text, year)
        if month := match["month"]:
            if not 1 <= int(month) <= 12:
                raise InvalidInput(
                    f"Kỳ {quoted(text)}: không có tháng {month}", where="kỳ", expected="tháng từ 01 đến 12"
                )
            return cls(PeriodKind.MONTH, date(year, int(month), 1))
        if quarter := match["quarter"]:
            return cls.quarter(year, int(quarter))
        if half := match["half"]:
            return cls(PeriodKind.HALF, date(year, 6 * int(half) - 5, 1))
        if match["nine"]:
            return cls(PeriodKind.NINE_MONTHS, date(year, 1, 1))
        return cls(PeriodKind.YEAR, date(year, 1, 1))

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """Return quarter 1 to 4 of a year."""
        return cls(PeriodKind.QUARTER, date(year, 3 * number - 2, 1))

    @classmethod
    def quarter_of(cls, day: date) -> Period:
        """Return the quarter in which a day lies."""
        return cls.quarter(day.year, (day.month + 2) // 3)

    @property
    def year(self) -> int:
        """The (first) year."""
        return self.first.year

    @property
    def start(self) -> date:
        """First day by the calendar."""
        return self.first

    @property
    def end(self) -> date:
        """Day after the last day by the calendar."""
        months = _MONTHS.get(self.kind, 12 * self.years)
        return add_months(self.first, months)

    @property
    def window(self) -> Window:
        """The days of the period by the calendar."""
        return Window(self.start, self.end)

    @property
    def number(self) -> int:
        """Number within the year: month 1 to 12, quarter 1 to 4, half 1 to 2; otherwise 1."""
        return (self.first.month - 1) // _MONTHS.get(self.kind, 12) + 1

    def previous_year(self) -> Period:
        """Return the same period of last year («cùng kỳ»); a range of years moves by its own length."""
        return Period(self.kind, self.first.replace(year=self.first.year - self.years), self.years)

    def next(self) -> Period:
        """Return the period of the same length that follows; nine months are followed by next year's."""
        if self.kind is PeriodKind.NINE_MONTHS:
            return Period(self.kind, date(self.year + 1, 1, 1))
        return Period(self.kind, self.end, self.years)

    def before(self) -> Period:
        """Return the period of the same length that comes before."""
        if self.kind is PeriodKind.NINE_MONTHS:
            return Period(self.kind, date(self.year - 1, 1, 1))
        if self.kind in (PeriodKind.YEAR, PeriodKind.YEARS):
            return self.previous_year()
        return Period(self.kind, add_months(self.first, -_MONTHS[self.kind]), self.years)

    def months(self) -> tuple[Period, ...]:
        """Return the months that make up the period, in order."""
        found, day = [], self.start
        while day < self.end:
            found.append(Period(PeriodKind.MONTH, day))
            day = add_months(day, 1)
        return tuple(found)

    def name(self) -> str:
        """Return the name that people use: «tháng 3/2023», «quý I/2023», «6 tháng đầu năm 2023», «năm 2023»."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"tháng {self.first.month}/{self.year}"
            case PeriodKind.QUARTER:
                return f"quý {ROMAN[self.number]}/{self.year}"
            case PeriodKind.HALF:
                return f"6 tháng {'đầu' if self.number == 1 else 'cuối'} năm {self.year}"
            case PeriodKind.NINE_MONTHS:
                return f"9 tháng năm {self.year}"
            case PeriodKind.YEAR:
                return f"năm {self.year}"
            case PeriodKind.YEARS:
                return f"giai đoạn {self.year} - {self.year + self.years - 1}"

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year:04}-M{self.first.month:02}"
            case PeriodKind.QUARTER:
                return f"{self.year:04}-Q{self.number}"
            case PeriodKind.HALF:
                return f"{self.year:04}-H{self.number}"
            case PeriodKind.NINE_MONTHS:
                return f"{self.year:04}-9M"
            case PeriodKind.YEAR:
                return f"{self.year:04}"
            case PeriodKind.YEARS:
                return f"{self.year:04}..{self.year + self.years - 1:04}"

    def __lt__(self, other: Period) -> bool:
        return (self.start, self.end) < (other.start, other.end)
