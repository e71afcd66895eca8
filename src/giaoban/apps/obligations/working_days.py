"""Working days in Viet Nam: Monday to Friday without public holidays, with the days that were swapped (pure).

The holidays and the swaps that the Government announced come from the library ``holidays`` (Bộ luật Lao động, điều 112,
and the yearly announcements); what it does not know yet, or what an office decides for itself, is an override.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class PublicYear:
    """The public holidays of a year with their names, and the days of a weekend that were worked instead."""

    holidays: Mapping[date, str]
    worked: frozenset[date]


@cache
def public_year(year: int) -> PublicYear:
    """Return what the library knows of a year."""
    import holidays  # takes a tenth of a second, and most commands count no days

    found = holidays.country_holidays("VN", years=year, language="vi")
    worked = (day for day in found.weekend_workdays if day.year == year)
    return PublicYear(dict(found.items()), frozenset(worked))


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The working days of one office; ``overrides`` says of single days whether they are worked."""

    overrides: Mapping[date, bool] = field(default_factory=dict)
    # The worked days of years that were asked about: a list of duties asks a hundred times about the same years.
    _years: dict[int, list[date]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def works(self, day: date) -> bool:
        """Tell whether a day is worked."""
        decided = self.overrides.get(day)
        if decided is not None:
            return decided
        year = public_year(day.year)
        return day in year.worked or (day.weekday() < _SATURDAY and day not in year.holidays)

    def after(self, day: date, number: int) -> date:
        """Return the working day that lies ``number`` working days after a day, which itself does not count.

        ``number`` 0 gives the day itself.
        """
        if number <= 0:
            return day
        year, place = day.year, bisect_right(self._worked(day.year), day) + number - 1
        while place >= len(self._worked(year)):
            place -= len(self._worked(year))
            year += 1
        return self._worked(year)[place]

    def between(self, start: date, end: date) -> int:
        """Return how many working days lie after ``start`` up to and with ``end``; negative where ``end`` is before."""
        if end < start:
            return -self.between(end, start)
        whole = sum(len(self._worked(year)) for year in range(start.year, end.year))
        return whole + bisect_right(self._worked(end.year), end) - bisect_right(self._worked(start.year), start)

    def _worked(self, year: int) -> list[date]:
        found = self._years.get(year)
        if found is None:
            days = (date(year, 1, 1) + offset * _DAY for offset in range(366))
            found = self._years[year] = [day for day in days if day.year == year and self.works(day)]
        return found
