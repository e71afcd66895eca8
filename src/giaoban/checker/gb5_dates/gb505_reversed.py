"""GB505: a period whose end stands before its beginning."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb5_dates.days import calendar_day
from giaoban.reader.places import matches_at, places_of_any

_TO = r"\s?(?:đến|tới|-|–|—)\s?(?:hết\s)?"
_DAYS = re.compile(
    r"(?<!\w)(?:từ|trong)\s(?:các\s)?(?:ngày\s)?(?P<span>(?P<day>[0-9]{1,2})"
    r"(?:/(?P<month>[0-9]{1,2})(?:/(?P<year>(?:19|20)[0-9]{2}))?)?"
    rf"{_TO}(?:ngày\s)?(?P<last_day>[0-9]{{1,2}})/(?P<last_month>[0-9]{{1,2}})"
    r"(?:/(?P<last_year>(?:19|20)[0-9]{2}))?)(?![0-9/])",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    rf"(?<!\w)từ\s(?P<span>tháng\s(?P<month>[0-9]{{1,2}})/(?P<year>20[0-9]{{2}}){_TO}(?:tháng\s)?"
    r"(?P<last_month>[0-9]{1,2})/(?P<last_year>20[0-9]{2}))(?![0-9/])",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?<!\w)(?:giai đoạn|nhiệm kỳ|năm học|thời kỳ|từ năm)\s(?:năm\s)?"
    rf"(?P<span>(?P<year>(?:19|20)[0-9]{{2}}){_TO}(?:năm\s)?(?P<last_year>(?:19|20)[0-9]{{2}}))(?![0-9/])",
    re.IGNORECASE,
)
_EACH = re.compile(r"\s(?:h[ằà]ng|mỗi|các)\s", re.IGNORECASE)
_NEAR = 10


def find(subject: Subject) -> Iterator[Draft]:
    """Compare both ends of periods in days, months and years."""
    text = subject.flow.text
    forms = (
        (_DAYS, ("từ", "trong"), _days_reversed),
        (_MONTHS, ("từ",), _months_reversed),
        (_YEARS, ("giai đoạn", "nhiệm kỳ", "năm học", "thời kỳ", "từ năm"), _years_reversed),
    )
    for pattern, words, is_reversed in forms:
        for match in matches_at(pattern, text, places_of_any(subject.small, words)):
            if is_reversed(match) and not _EACH.match(text, match.end()):
                start, end = subject.flow.span(match.start("span"), match.end("span"))
                yield Draft(
                    start,
                    end,
                    f"«{match['span']}»: mốc cuối ở trước mốc đầu",
                    "Xem lại hai mốc thời gian",
                )


def _days_reversed(match: re.Match[str]) -> bool:
    """Tell whether the printed days run backwards.

    «từ 15/12 đến 15/3/2023» begins in the year before, «từ ngày 28 đến 02/3» in the month before: with a part of the
    beginning left out, only days of one month that stand close together say for certain that they are reversed.
    """
    month, year = match["month"] or match["last_month"], match["year"] or match["last_year"] or "2000"
    first = calendar_day(year, month, match["day"])
    last = calendar_day(match["last_year"] or year, match["last_month"], match["last_day"])
    if first is None or last is None or first <= last:
        return False
    if match["year"] and match["last_year"]:
        return True
    is_one_month = int(month) == int(match["last_month"]) and not match["year"]
    return is_one_month and (bool(match["month"]) or (first - last).days < _NEAR)


def _months_reversed(match: re.Match[str]) -> bool:
    first, last = ((int(match[f"{end}year"]), int(match[f"{end}month"])) for end in ("", "last_"))
    return first > last


def _years_reversed(match: re.Match[str]) -> bool:
    return int(match["year"]) > int(match["last_year"])


RULE = Rule("GB505", "period-runs-backwards", Severity.WARNING, find)
