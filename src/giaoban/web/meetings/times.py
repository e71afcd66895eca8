"""Hours as people write them: 14:00, 14h, 14 giờ 30."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from giaoban.apps.audit.act import HANOI

_HOUR = re.compile(r"(\d{1,2})\s*(?:[:hg.]|giờ)?\s*(\d{2})?\s*(?:phút)?")
_LAST_HOUR, _LAST_MINUTE = 23, 59


def parse_hour(text: str) -> time | None:
    """Return the hour that a text means; None where it means none."""
    found = _HOUR.fullmatch(text.strip().lower())
    if found is None:
        return None
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    return time(hour, minute) if hour <= _LAST_HOUR and minute <= _LAST_MINUTE else None


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
            raise ValidationError(f"{value!r} không phải giờ; cần giờ:phút, ví dụ 14:00.")
        return found
