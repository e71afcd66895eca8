"""When something is due: «trước ngày 15/10/2025», «trong quý III/2025», «đến năm 2030», «hằng quý»."""

from __future__ import annotations

import re
from datetime import date

_ROMAN_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAY = re.compile(r"(?<![0-9/])(?P<day>[0-9]{1,2})[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>20[0-9]{2})(?![0-9])")
_DAY_IN_WORDS = re.compile(
    r"ngày\s(?P<day>[0-9]{1,2})\stháng\s(?P<month>[0-9]{1,2})\snăm\s(?P<year>20[0-9]{2})", re.IGNORECASE
)
_MONTH = re.compile(r"tháng\s(?P<month>[0-9]{1,2})\s?(?:/|-|năm\s)\s?(?P<year>20[0-9]{2})", re.IGNORECASE)
_QUARTER = re.compile(r"qu[ýí]\s(?P<quarter>III|II|IV|I|[1-4])\s?(?:/|,?\snăm\s)\s?(?P<year>20[0-9]{2})", re.IGNORECASE)
_YEAR = re.compile(
    r"(?:(?:đến|vào|trong|hết|trước)\s(?:hết\s|cuối\s|đầu\s)?năm\s|cuối\snăm\s|\A\s*năm\s)(?P<year>20[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)
_BEFORE_A_DEADLINE = re.compile(
    r"(?:trước|đến|xong|chậm\snhất|hạn|vào|trong|hoàn\sthành|hết|thành:|:)\s?(?:là\s|hết\s|[0-9]{1,2}h(?:[0-9]{2})?\s|[0-9]{1,2}\sgiờ\s)?"
    r"(?:ngày\s)?\Z",
    re.IGNORECASE,
)
_RECURRENCE = re.compile(
    r"(?P<each>(?:h[ằà]ng|mỗi)\s(?:ngày|tuần|tháng|quý|năm))|định\skỳ\s(?P<period>[0-9]{1,2}\stháng|tuần|tháng|quý|năm)"
    r"|(?P<once>[0-9]{1,2}\stháng)\smột\slần"
    r"|(?P<times>[0-9]{1,2}\slần/(?:[0-9]{1,2}\s)?(?:tuần|tháng|quý|năm))",
    re.IGNORECASE,
)


def find_deadline(text: str, *, anywhere: bool = False) -> str | None:
    """Return the deadline that a clause prints: a day in ISO form, 2025-M12, 2025-Q3 or 2030; None without one.

    Args:
        anywhere: take a whole date also without «trước», «đến», «xong» before it, as in «vào 27/8/2023».
    """
    for pattern in (_DAY, _DAY_IN_WORDS):
        for match in pattern.finditer(text):
            if anywhere or _BEFORE_A_DEADLINE.search(text, max(0, match.start() - 40), match.start()):
                day = _day(match)
                if day:
                    return day
    month, quarter, year = (pattern.search(text) for pattern in (_MONTH, _QUARTER, _YEAR))
    if month and 1 <= int(month["month"]) <= 12:
        return f"{month['year']}-M{int(month['month']):02}"
    if quarter:
        return f"{quarter['year']}-Q{_ROMAN_QUARTERS[quarter['quarter'].upper()]}"
    return year["year"] if year else None


def find_recurrence(text: str) -> str | None:
    """Return how often something is to be done, as printed: «hằng quý», «6 tháng», «02 lần/năm»."""
    match = _RECURRENCE.search(text)
    if match is None:
        return None
    shown = next(value for value in match.groups() if value)
    return " ".join(shown.lower().replace("hàng ", "hằng ").split())


def _day(match: re.Match[str]) -> str | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
