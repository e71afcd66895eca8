"""Hours and days of a schedule as people write them: 14:00, 14h, 14 giờ 30; «14» in the column of a month."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from giaoban.apps.audit.act import HANOI
from giaoban.core.dates_vi import parse_date
from giaoban.core.errors import InvalidInput
from giaoban.core.period import add_months
from giaoban.core.text_vi import quoted

_HOUR = re.compile(r"(\d{1,2})\s*(?:[:hg.]|giờ)?\s*(\d{2})?\s*(?:phút)?")
_SHORT_DAY = re.compile(r"([0-9]{1,2})(?:\s*[/.-]\s*([0-9]{1,2}))?")
_FULL_DAY = re.compile(r"[0-9]{1,4}\s*[/.-]\s*[0-9]{1,2}\s*[/.-]\s*[0-9]{1,4}")
_LAST_HOUR, _LAST_MINUTE = 23, 59


def parse_hour(text: str) -> time | None:
    """Return the hour that a text means; None where it means none."""
    found = _HOUR.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    return time(hour, minute) if hour <= _LAST_HOUR and minute <= _LAST_MINUTE else None


def day_of_month(text: str, month: date) -> date:
    """Return the day that is typed in the column of a month (first day): «14», «14/4» or «14/04/2023».

    A day and month without a year lie next to that month: «28/12» in January is of the year before.

    Raises:
        InvalidInput: no such day.
    """
    typed = text.strip()
    found = _SHORT_DAY.fullmatch(typed)
    if found is None and not _FULL_DAY.fullmatch(typed):
        raise InvalidInput(
            f"Không đọc được ngày {quoted(typed[:20])}",
            where=f"Tháng {month.month}/{month.year}",
            expected=f"ngày trong tháng, ví dụ 14 hoặc 14/{month:%m/%Y}",
        )
    if found is None:
        return parse_date(typed)
    number = int(found.group(2) or month.month)
    try:
        near = min(
            range(month.year - 1, month.year + 2), key=lambda year: abs(12 * (year - month.year) + number - month.month)
        )
        return date(near, number, int(found.group(1)))
    except ValueError:
        last = add_months(month, 1) - timedelta(days=1)
        raise InvalidInput(
            f"Không có ngày {typed}",
            where=f"Tháng {month.month}/{month.year}",
            expected=f"ngày từ 1 đến {last.day} của tháng {month.month}/{month.year}",
        ) from None


def days_of_month(text: str, month: date) -> list[date]:
    """Return the days of one meeting in the column of a month: «14», or of several sittings «14; 15», in their order.

    Raises:
        InvalidInput: no such day, or one twice.
    """
    days = [day_of_month(one, month) for one in re.split(r"[;,+]|\bvà\b", text) if one.strip()]
    if len(set(days)) < len(days):
        raise InvalidInput(
            f"{quoted(text.strip()[:40])} có một ngày hai lần",
            where=f"Tháng {month.month}/{month.year}",
            expected="mỗi buổi một ngày, ví dụ 14; 15",
        )
    return sorted(days)


def moment(day: date, hour: time) -> datetime:
    """Return a moment in Ha Noi."""
    return datetime.combine(day, hour, HANOI)


def hour_words(at: datetime) -> str:
    """Return «14:00»."""
    return f"{at.astimezone(HANOI):%H:%M}"


class HourField(forms.Field):
    """An hour, written 14:00."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Giờ:phút, ví dụ 14:00")
        attrs = {"class": "short", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(widget=kwargs.pop("widget", forms.TextInput(attrs=attrs)), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show an hour as people write it."""
        return f"{value:%H:%M}" if isinstance(value, time | datetime) else value

    def to_python(self, value: Any) -> time | None:
        """Read the hour.

        Raises:
            ValidationError: no such hour.
        """
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        found = parse_hour(str(value))
        if found is None:
            raise ValidationError(f"{quoted(value)} không phải giờ; cần giờ:phút, ví dụ 14:00.")
        return found
