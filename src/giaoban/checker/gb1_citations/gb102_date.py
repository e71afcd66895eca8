"""GB102: a date that no calendar has."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.reader.places import matches_at, places_of, places_of_any

_FIGURES = re.compile(
    r"(?P<date>(?P<day>[0-9]{1,3})(?P<by>[/.-])(?P<month>[0-9]{1,3})(?P=by)(?P<year>(?:19|20)[0-9]{2}))"
    r"(?!\d|/|[-–]\s?[A-ZĐ]|\.\d)"
)
_WORDS = re.compile(
    r"[Nn]gày\s(?P<date>(?P<day>\d{1,3})\stháng\s(?P<month>\d{1,3})(?:\snăm\s(?P<year>(?:19|20)\d{2})(?!\d))?)"
)
_NO_YEAR = re.compile(r"[Nn]gày\s(?P<date>(?P<day>\d{1,2})/(?P<month>\d{1,2}))(?![\d/-])")
_BEFORE_YEAR = tuple(f"{sign}{century}" for sign in "/.-" for century in (19, 20))
_DAY_AND_MONTH = re.compile(r"[0-9]{1,3}[/.-][0-9]{1,3}\Z")
_LONGEST = 7
_DAY_WORD = re.compile(r"(?<!\w)(?:[Nn]gày|[Tt]rước|[Ss]au|[Hh]ết|[Tt]ừ|[Đđ]ến|[Ss]áng|[Cc]hiều|[Tt]ối|[Hh]ôm)\s\Z")
_NUMBER_BEFORE = re.compile(r"(?:số|SĐT|điện thoại|ĐT|fax)[:\s]*\Z", re.IGNORECASE)
_LEAP_YEAR = 2000


def find(subject: Subject) -> Iterator[Draft]:
    """Look at every date in figures with its year, and at dates after «ngày»."""
    text = subject.flow.text
    after_day = [place - 1 for place in places_of(text, "gày") if place]
    for pattern, places in ((_FIGURES, _figures(text)), (_WORDS, after_day), (_NO_YEAR, after_day)):
        for match in matches_at(pattern, text, places):
            groups = match.groupdict()
            if groups.get("by") and not _may_be_a_date(text, match):
                continue
            if _NUMBER_BEFORE.search(text, max(0, match.start() - 16), match.start()):
                continue
            reason = _reason(match["day"], match["month"], groups.get("year"))
            if reason is not None:
                start, end = subject.flow.span(match.start("date"), match.end("date"))
                yield Draft(
                    start, end, f"Không có ngày «{match['date']}»: {reason}", _suggest(match, groups.get("year"))
                )


def _figures(text: str) -> list[int]:
    """Return where figures begin that a year may follow: at their last sign they are found faster than at the first."""
    starts = set()
    for place in places_of_any(text, _BEFORE_YEAR):
        if before := _DAY_AND_MONTH.search(text, max(0, place - _LONGEST), place):
            starts.add(before.start())
    return sorted(starts)


def _may_be_a_date(text: str, match: re.Match[str]) -> bool:
    """Tell whether figures stand alone; with dots or dashes only a word of time does («ngày», «trước»)."""
    if _DAY_WORD.search(text, max(0, match.start() - 7), match.start()):
        return True
    before = text[match.start() - 1 : match.start()]
    return match["by"] == "/" and not (before.isdigit() or before in ("/", ".", "-"))


def _reason(day: str, month: str, year: str | None) -> str | None:
    days, months = int(day), int(month)
    if len(month) > 2:
        return f"tháng in là «{month}»"
    if len(day) > 2:
        return f"ngày in là «{day}»"
    if not 1 <= months <= 12:
        return f"không có tháng {month}"
    last = monthrange(int(year) if year else _LEAP_YEAR, months)[1]
    if days == 0:
        return "không có ngày 0"
    if days > last:
        return f"tháng {months}{f'/{year}' if year else ''} chỉ có {last} ngày"
    return None


def _suggest(match: re.Match[str], year: str | None) -> str:
    """Offer the date without a zero too many; any other slip only the original can mend."""
    day, month = match["day"], match["month"]
    short = tuple(part[-2:] if len(part) > 2 and part.startswith("0") else part for part in (day, month))
    groups = match.groupdict()
    if short != (day, month) and groups.get("by") and year and _reason(short[0], short[1], year) is None:
        by = groups["by"]
        return f"Có thể là {short[0]}{by}{short[1]}{by}{year}; đối chiếu văn bản gốc"
    return "Đối chiếu văn bản gốc"


RULE = Rule("GB102", "impossible-date", Severity.ERROR, find)
