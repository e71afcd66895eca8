"""Days as texts print them, for the rules of this family."""

from __future__ import annotations

import re
from datetime import date

# A day with its year in figures or in words; the names of the groups end with ``suffix``.
_DAY = (
    r"(?P<day{0}>[0-9]{{1,2}})(?:(?P<by{0}>[/.-])(?P<month{0}>[0-9]{{1,2}})(?P=by{0})|\stháng\s(?P<word{0}>[0-9]{{1,2}})\snăm\s)"
    r"(?P<year{0}>(?:19|20)[0-9]{{2}})(?![0-9/])"
)


def day_pattern(suffix: str = "") -> str:
    """Return the pattern of a whole day: «14/3/2023», «14-3-2023», «14 tháng 3 năm 2023»."""
    return _DAY.format(suffix)


def day_of(match: re.Match[str], suffix: str = "") -> date | None:
    """Return the day that a match of the pattern names; None where no calendar has it."""
    month = match[f"month{suffix}"] or match[f"word{suffix}"]
    return calendar_day(match[f"year{suffix}"], month, match[f"day{suffix}"])


def calendar_day(year: str, month: str, day: str) -> date | None:
    """Return the day with these figures; None where no calendar has it."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
