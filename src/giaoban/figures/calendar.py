"""Bounds of reporting periods: the calendar, or the days that an office has laid down (decision D7). Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.core.period import Period, PeriodKind, Window
from giaoban.figures.registers import Bounds


def bounds_of(period: Period, recorded: Mapping[str, Window]) -> Bounds:
    """Return the bounds of a period, given the recorded windows of the office by the period's spelling.

    Last year's window ends at the same day as this year's, whatever was recorded for last year: only so the two can be
    compared. The cumulative window begins where the office's year begins: with the recorded first period of the year,
    else on 1 January. A range of years is its own cumulative window.
    """
    if period.kind is PeriodKind.YEARS:
        return Bounds(period.window, period.previous_year().window, period.window)
    window = recorded.get(str(period))
    previous = period.previous_year().window if window is None else window.last_year()
    window = window or period.window
    if (period.first.month, period.first.day) == (1, 1):
        return Bounds(window, previous, window)
    return Bounds(window, previous, Window(_year_start(period.year, recorded), window.end))


def _year_start(year: int, recorded: Mapping[str, Window]) -> date:
    return next((recorded[name].start for name in year_openings(year) if name in recorded), date(year, 1, 1))


def year_openings(year: int) -> tuple[str, ...]:
    """Return the spellings of the periods that begin a year, the shortest first."""
    return tuple(f"{year:04}{suffix}" for suffix in ("-M01", "-Q1", "-H1", "-9M", ""))


@dataclass(frozen=True, slots=True)
class OneDay:
    """Every period is one day: a stock is read at the end of that day."""

    day: date

    def bounds(self, asks: Collection[tuple[str, Period]]) -> Mapping[tuple[str, Period], Bounds]:
        """Return the day for each unit and period."""
        window = Window(self.day, self.day + timedelta(days=1))
        return {ask: Bounds(window, window, window) for ask in asks}


class PlainCalendar:
    """Every period has the days of the calendar; for offices without cut-off days, checks and tests."""

    def bounds(self, asks: Collection[tuple[str, Period]]) -> Mapping[tuple[str, Period], Bounds]:
        """Return the bounds for each unit and period."""
        return {ask: bounds_of(ask[1], {}) for ask in asks}
