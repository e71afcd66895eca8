"""GB504: a weekday beside a date that falls on another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb5_dates.days import day_of, day_pattern
from giaoban.reader.places import matches_at, places_of_any

_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_VALUES = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "bẩy": 5} | {str(day + 2): day for day in range(6)}
_WEEKDAY = r"(?P<weekday>[Tt]hứ\s(?P<name>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb][ảẩ]y|[2-7])|[Cc]hủ\s[Nn]hật)"
_BEFORE_DATE = re.compile(rf"(?<!\w){_WEEKDAY}(?!\w),?\s?\(?(?:ngày\s)?{day_pattern()}")
_BEHIND_DATE = re.compile(
    rf"(?<![0-9/])(?<!-){day_pattern()},?\s?\((?:(?:buổi\s)?(?:sáng|chiều|tối)\s)?(?:nhằm\s|tức\s|vào\s)?{_WEEKDAY}\)"
)
# «Hội nghị lần thứ hai, ngày 14/3/2023» counts conferences, «Thứ hai, ngày 14/3/2023 …» counts points.
_CLOCK = re.compile(r"(?:sáng|chiều|tối|trưa|vào|hôm|giờ|phút|[0-9]h|[0-9]h[0-9]{2})[,\s(]*\Z", re.IGNORECASE)
# Behind these nothing is counted: «họp thứ Ba, ngày 14/3/2023», but «phiên họp thứ Ba, ngày 14/3/2023».
_VERB = re.compile(
    r"(?:khai mạc|bế mạc|khởi công|khánh thành|diễn ra|làm việc|lên đường|xuất phát|bắt đầu|kết thúc|công bố|ra quân"
    r"|trước|đến hết|hạn cuối|chậm nhất|muộn nhất|ngày|(?<!kỳ )(?<!phiên )(?<!cuộc )(?<!buổi )(?<!lần )họp)"
    r"(?: vào| là)? \Z",
    re.IGNORECASE,
)
_REACH = 64  # what a date with its weekday in brackets takes at most
_APART = re.compile(r"[,;:(\n-]\s?\Z")
_LUNAR = re.compile(r"\s?\(?(?:tức|nhằm|âm lịch|AL\b)", re.IGNORECASE)


def find(subject: Subject) -> Iterator[Draft]:
    """Look at weekdays right before a date, and in brackets right behind one."""
    text = subject.flow.text
    places = places_of_any(subject.small, ("thứ", "chủ"))
    for match in matches_at(_BEFORE_DATE, text, places):
        if _is_weekday(text, match):
            yield from _compared(subject, match)
    for place in places:
        if "(" not in text[max(0, place - _REACH) : place]:
            continue
        for match in _BEHIND_DATE.finditer(text, max(0, place - _REACH), place + _REACH):
            if match.start("weekday") == place:
                yield from _compared(subject, match)


def _is_weekday(text: str, match: re.Match[str]) -> bool:
    start = match.start()
    if _LUNAR.match(text, match.end()):
        return False
    if match["name"] is None or _CLOCK.search(text, max(0, start - 12), start):
        return True
    is_named = match["name"].isdigit() or match["name"][0].isupper()
    is_apart = _APART.search(text, max(0, start - 2), start) is not None
    return is_named and (is_apart or _VERB.search(text, max(0, start - 24), start) is not None)


def _compared(subject: Subject, match: re.Match[str]) -> Iterator[Draft]:
    day = day_of(match)
    printed = _VALUES[match["name"].lower()] if match["name"] else 6
    if day is None or day.weekday() == printed:
        return
    start, end = subject.flow.span(match.start(), match.end())
    yield Draft(
        start,
        end,
        f"Ngày {_shown(day)} là {_NAMES[day.weekday()]}, văn bản ghi {' '.join(match['weekday'].split())}",
        "Xem lại thứ hoặc ngày, tháng, năm",
    )


def _shown(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


RULE = Rule("GB504", "weekday-of-another-day", Severity.WARNING, find)
