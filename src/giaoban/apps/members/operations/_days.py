"""Two rules for days: what is recorded of a member has happened, and nobody lives longer than people do."""

from __future__ import annotations

from datetime import date

from giaoban.core.dates_vi import PartialDate, format_date
from giaoban.core.errors import InvalidInput

NOT_AFTER_TODAY = "ngày không sau hôm nay"
# Older than anybody who ever lived: a slip of the pen in the year.
_OLDEST = 120


def future_day(day: date, today: date) -> str | None:
    """Return what is wrong with a day after ``today``; None where it is not."""
    return f"Ngày {format_date(day)} ở tương lai" if day > today else None


def check_birth(birth: PartialDate, today: date, *, where: str) -> None:
    """Refuse a birth that cannot be.

    Raises:
        InvalidInput: after today, or more than 120 years ago.
    """
    if birth.day > today:
        raise InvalidInput(f"Ngày sinh {birth} ở tương lai", where=where, expected="ngày trước hôm nay")
    if today.year - birth.day.year > _OLDEST:
        expected = f"năm sinh từ {today.year - _OLDEST}"
        raise InvalidInput(f"Sinh {birth} là quá {_OLDEST} tuổi", where=where, expected=expected)
