"""When something is due: «trước ngày 15/10/2025», «trong quý III/2025», «đến năm 2030», «hằng quý».

Each pattern begins with a sign or letter that the engine looks for fast; what must stand before is looked at only then.
"""

from __future__ import annotations

import re
from datetime import date

_ROMAN_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# All deadlines print a year of this century.
_CENTURY = "20"
_DAY = re.compile(r"(?P<day>[0-9](?<![0-9/][0-9])[0-9]?)[/.-](?P<month>[0-9]{1,2})[/.-](?P<year>20[0-9]{2})(?![0-9])")
_DAY_IN_WORDS = re.compile(
    r"[nN](?:gày|GÀY)\s(?P<day>[0-9]{1,2})\s(?i:tháng)\s(?P<month>[0-9]{1,2})\s(?i:năm)\s(?P<year>20[0-9]{2})"
)
_MONTH = re.compile(r"[tT](?:háng|HÁNG)\s(?P<month>[0-9]{1,2})\s?(?:/|-|(?i:năm)\s)\s?(?P<year>20[0-9]{2})")
_QUARTER = re.compile(
    r"[qQ](?:u[ýí]|U[ÝÍ])\s(?P<quarter>(?i:III|II|IV|I)|[1-4])\s?(?:/|,?\s(?i:năm)\s)\s?(?P<year>20[0-9]{2})"
)
_YEAR = re.compile(r"[nN](?:ăm|ĂM)\s(?P<year>20[0-9]{2})(?![0-9])")
_TERM = re.compile(r"nhiệm\skỳ\s\((?P<year>20[0-9]{2})\)")
_SPAN_OF_YEARS = re.compile(r"(?:giai đoạn|nhiệm kỳ)\s\(?(?P<first>20[0-9]{2})\s?[-–]\s?(?P<last>20[0-9]{2})(?![0-9])")
_BEFORE_A_YEAR = re.compile(r"(?:(?:đến|vào|trong|hết|trước)\s(?:hết\s|cuối\s|đầu\s)?|cuối\s|\A\s*)\Z", re.IGNORECASE)
_BEFORE_A_DEADLINE = re.compile(
    r"(?:trước|đến|xong|chậm\snhất|hạn|vào|trong|hoàn\sthành|hết|thành:|:)\s?(?:là\s|hết\s|[0-9]{1,2}h(?:[0-9]{2})?\s|[0-9]{1,2}\sgiờ\s(?:[0-9]{1,2}\s(?:phút\s)?)?)?"
    r"(?:ngày\s)?\Z",
    re.IGNORECASE,
)
# «báo cáo Ban Thường vụ ngày 28/01/2027»: what is told on a day is due by it.
_TOLD_ON = re.compile(
    r"(?:báo cáo|trình|thông qua|nghiệm thu)\s[^.;,:()0-9]{0,50}?(?<!\sđến)(?<!\stừ)\s(?:vào )?ngày\s\Z"
)
_BEFORE_TOLD = 80
_DAY_BEFORE = re.compile(r"ngày\s[0-9]{1,2}\s\Z", re.IGNORECASE)
_BEFORE = 40
_BEFORE_YEAR = 16
_SPAN = r"(?:ngày|tuần|tháng|quý|năm)"
# Each behind words of which it holds one: words are found many times faster than patterns.
_RHYTHMS = (
    (("ằng", "àng"), re.compile(rf"[hH][ằà]ng\s{_SPAN}")),
    (("ỗi",), re.compile(rf"[mM]ỗi\s{_SPAN}")),
    (
        ("kỳ",),
        re.compile(
            r"(?:định|Định)\skỳ\s(?P<by>[0-9]{1,2}\stháng|tuần|tháng|quý|năm|cuối\s(?:tuần|tháng|quý|năm)(?!\s[0-9]))"
        ),
    ),
    (
        ("lần",),
        re.compile(
            r"(?:[0-9]{1,2}|[mM]ột|[hH]ai|[bB]a|[sS]áu)\s(?:giờ|ngày|tháng|năm|quý|tuần)(?=\s(?:một|1|01)\slần)"
        ),
    ),
    (("lần",), re.compile(r"(?:[0-9]{1,2}\s)?(?:tuần|tháng|quý|năm)(?=\s?/\s?(?:0?1\s)?lần)")),
    (("lần/",), re.compile(r"[0-9]{1,2}\slần/(?:[0-9]{1,2}\s)?(?:ngày|tuần|tháng|quý|năm)")),
    (("cuối",), re.compile(r"[tT]háng\scuối\s(?:của\s)?(?:mỗi\s)?(?P<by>quý)(?!\s(?:[IV0-9]|này))")),
    (
        ("theo",),
        re.compile(
            r"(?:báo|Báo|giao|Giao|tổng|Tổng)\s(?:cáo|ban|hợp)\s[^.;:]{0,30}?(?P<by>theo\s(?:tuần|tháng|quý))(?!\w)"
        ),
    ),
)


def find_deadline(text: str, *, anywhere: bool = False) -> str | None:
    """Return the deadline that a clause prints: a day in ISO form, 2025-M12, 2025-Q3 or 2030; None without one.

    Args:
        anywhere: take a whole date also without «trước», «đến», «xong» before it, as in «vào 27/8/2023».
    """
    # Words are found many times faster than the patterns.
    if _CENTURY not in text:
        return None
    has_months = "háng" in text or "HÁNG" in text
    told: str | None = None
    for pattern in (_DAY, _DAY_IN_WORDS) if has_months else (_DAY,):
        for match in pattern.finditer(text):
            if anywhere or _BEFORE_A_DEADLINE.search(text, max(0, match.start() - _BEFORE), match.start()):
                day = _day(match)
                if day:
                    return day
            elif "ngày" in text and _TOLD_ON.search(text, max(0, match.start() - _BEFORE_TOLD), match.start()):
                told = told or _day(match)
    if told:
        return told
    for month in _MONTH.finditer(text) if has_months else ():
        # «ngày 10 tháng 6 năm 2023» has been looked at as a day.
        if not _DAY_BEFORE.search(text, max(0, month.start() - 8), month.start()) and 1 <= int(month["month"]) <= 12:
            return f"{month['year']}-M{int(month['month']):02}"
    if quarter := _QUARTER.search(text):
        return f"{quarter['year']}-Q{_ROMAN_QUARTERS[quarter['quarter'].upper()]}"
    if term := _TERM.search(text):
        return term["year"]
    for year in _YEAR.finditer(text) if "ăm 20" in text or "ĂM 20" in text else ():
        if _BEFORE_A_YEAR.search(text, max(0, year.start() - _BEFORE_YEAR), year.start()):
            return year["year"]
    return None


def find_term(text: str) -> str | None:
    """Return the last year of a term that a text in small letters prints: «nhiệm kỳ 2025 - 2030» -> 2030."""
    span = _SPAN_OF_YEARS.search(text)
    return span["last"] if span is not None and span["first"] < span["last"] else None


def find_recurrence(text: str) -> str | None:
    """Return how often something is to be done, as printed: «hằng quý», «6 tháng», «02 lần/năm»."""
    if not _may_recur(text):
        return None
    found = [
        match for words, pattern in _RHYTHMS if any(word in text for word in words) and (match := pattern.search(text))
    ]
    if not found:
        return None
    first = min(found, key=re.Match.start)
    shown = first["by"] if first.lastindex else first[0]
    return " ".join(shown.lower().replace("hàng ", "hằng ").split())


def may_be_due(text: str) -> bool:
    """Tell cheaply whether a text may print a deadline or how often something is to be done."""
    return _CENTURY in text or _may_recur(text)


def _may_recur(text: str) -> bool:
    # Words are found many times faster than the patterns.
    if "ằng " in text or "àng " in text or "ỗi " in text or "nh kỳ " in text or "theo " in text:
        return True
    if "háng cuối " in text:
        return True
    return "lần" in text and ("ột lần" in text or "1 lần" in text or "ần/" in text or "/lần" in text or "/ lần" in text)


def _day(match: re.Match[str]) -> str | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None
