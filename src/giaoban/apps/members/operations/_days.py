"""One rule for days: what is recorded of a member has happened, so its day is not after today."""

from __future__ import annotations

from datetime import date

from giaoban.core.dates_vi import format_date

NOT_AFTER_TODAY = "ngày không sau hôm nay"


def future_day(day: date, today: date) -> str | None:
    """Return what is wrong with a day after ``today``; None where it is not."""
    return f"Ngày {format_date(day)} ở tương lai" if day > today else None
