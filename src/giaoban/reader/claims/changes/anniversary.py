"""«77 năm Ngày Tổng tuyển cử đầu tiên (1946 – 2023)»: a number of years and the two years or dates that it spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from giaoban.reader.claims.base.numbers import Number
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.model import Claim, ClaimKind
from giaoban.reader.places import places_of

_NTH_WORDS = ("ần thứ ", "ẦN THỨ ")
_NTH = re.compile(
    r"[lL](?:ần thứ|ẦN THỨ) ([0-9]{1,3})\b"
    r"(?= (?:ngày|quốc khánh|năm|cách mạng|chiến thắng|giải phóng|thành lập))",
    re.IGNORECASE,
)
_DATE = r"(?:(?:(?P<d{n}>\d{{1,2}}) ?[/.-] ?)?(?P<m{n}>\d{{1,2}}) ?[/.-] ?)?(?P<y{n}>\d{{2,4}})(?![\d/])"
_SPAN = re.compile(
    r"(?<![\d/.-])(?:từ (?:ngày |năm |tháng )?)?"
    + _DATE.format(n=1)
    + r"\s?(?:[-–—]+|đến|tới)\s?(?:ngày |năm |tháng )?"
    + _DATE.format(n=2),
    re.IGNORECASE,
)
_DIGIT = re.compile(r"[0-9]")
# Terms and plans count both ends («5 năm 2016 - 2020»), so the difference proves nothing about them.
_STRETCH = re.compile(
    r"liên tục|liên tiếp|giai đoạn|nhiệm kỳ|niên khóa|kế hoạch \d+ năm|khóa|khoá|năm học|vòng|trong \d+ năm|thời kỳ",
    re.IGNORECASE,
)
_REMEMBERED = re.compile(
    r"\bngày\b|kỷ niệm|kỉ niệm|thành lập|truyền thống|chiến thắng|giải phóng|ra đời|ký kết|khởi nghĩa|cách mạng"
    r"|quốc khánh|tổng tuyển cử"
    r"|năm sinh|mất|hy sinh|kháng chiến|thống nhất|toàn quốc|sự kiện|phong trào|quan hệ ngoại giao|tái lập|chia tách",
    re.IGNORECASE,
)
_KEPT = re.compile(r"kỷ niệm|kỉ niệm|mừng", re.IGNORECASE)
_CLAUSE_SIGN = re.compile(r"[.;\n]")
_LONGEST_CLAUSE = 120
_REACH = 220
_LONGEST_LEAD = 9
_MOST_DIGITS = 4
# Signs that join a number to what stands before it.
_JOINED = (".", ",", "/", "-")
_LAST_YEAR = 2200
_SURELY_A_YEAR = 900


@dataclass(slots=True)
class _Place:
    """A printed number of years."""

    start: int
    end: int
    years: int


@dataclass(slots=True)
class _Dates:
    """Two printed dates of which day and month may be missing."""

    first: tuple[int | None, int | None, int]
    last: tuple[int | None, int | None, int]

    @property
    def difference(self) -> int:
        return self.last[2] - self.first[2]

    @property
    def is_anniversary_day(self) -> bool:
        """Whether both print the same month, and the same day where one is printed."""
        return self.first[1] is not None and self.first[:2] == self.last[:2]

    @property
    def is_years_only(self) -> bool:
        return self.first[1] is None or self.last[1] is None

    @property
    def full_years(self) -> int:
        """Years that have passed in full."""
        before = (self.last[1] or 0, self.last[0] or 0) < (self.first[1] or 0, self.first[0] or 0)
        return self.difference - (before and not self.is_years_only)


def find_anniversaries(passage: Passage) -> Iterator[Claim]:
    """Yield the anniversaries of one flow whose years are printed."""
    text = passage.text
    places = _places(passage)
    for index, place in enumerate(places):
        limit = min(passage.sentence_end(place.end, place.end + _REACH), len(text))
        if index + 1 < len(places):
            limit = min(limit, places[index + 1].start)
        semicolon = text.find(";", place.end, limit)
        span = _first_span(text, place.end, semicolon if semicolon >= 0 else limit)
        if span is None:
            continue
        claim = _judge(passage, place, span)
        if claim is not None:
            yield claim


def _places(passage: Passage) -> list[_Place]:
    text = passage.text
    found = [
        _Place(start, end + text.startswith(" ", end) + len("năm"), int(text[start:end]))
        for start, end in passage.years
        if end - start <= _MOST_DIGITS and text[start:end].isdigit() and text[start - 1 : start] not in _JOINED
    ]
    for words in _NTH_WORDS:
        named = [nth for place in places_of(text, words) if (nth := _NTH.match(text, place - 1))]
        found.extend(_Place(nth.start(), nth.end(), int(nth[1])) for nth in named)
    return sorted(found, key=lambda place: place.start)


def _first_span(text: str, start: int, limit: int) -> re.Match[str] | None:
    """Find two dates; most stretches hold no digit, and before it stand «từ năm» and the like at most."""
    digit = _DIGIT.search(text, start, limit)
    return _SPAN.search(text, max(start, digit.start() - _LONGEST_LEAD), limit) if digit else None


def _judge(passage: Passage, place: _Place, span: re.Match[str]) -> Claim | None:
    text = passage.text
    dates = _Dates(_parts(span, 1), _parts(span, 2))
    between = text[place.end : span.start()]
    before = text[max(0, place.start - 40) : place.start]
    opened = between.rstrip("( ")
    if not dates.first[2] < dates.last[2] <= _LAST_YEAR or opened.count("(") != opened.count(")"):
        return None
    years = place.years
    if _STRETCH.search(between) or _STRETCH.search(before[-16:]) or years == 0:
        return None
    # «Kỷ niệm 70 năm …, 35 năm tái lập tỉnh»: a list goes on with what is kept.
    clause = _CLAUSE_SIGN.split(text[max(0, place.start - _LONGEST_CLAUSE) : place.start])[-1]
    is_kept = bool(_KEPT.search(before) or _KEPT.search(clause))
    holds = _holds(years, dates, is_remembered=is_kept or bool(_REMEMBERED.search(between)), is_kept=is_kept)
    if holds is None and not dates.is_anniversary_day:
        return None
    first, last = dates.first[2], dates.last[2]
    said = f"{last} - {first} = {dates.difference}"
    explain = f"{said}, đúng như văn bản ghi {years} năm" if holds else f"{said}, văn bản ghi {years} năm"
    values = tuple(Number(value, 1, str(value)) for value in (years, first, last))
    end = span.end() + (text[span.end() : span.end() + 1] == ")")
    return passage.claim(place.start, end, ClaimKind.ANNIVERSARY, values, holds, explain)


def _parts(span: re.Match[str], number: int) -> tuple[int | None, int | None, int]:
    day, month = span[f"d{number}"], span[f"m{number}"]
    return (int(day) if day else None, int(month) if month else None, int(span[f"y{number}"]))


def _holds(years: int, dates: _Dates, *, is_remembered: bool, is_kept: bool) -> bool | None:
    """Compare; where the dates do not fall on one day of the year, or the text speaks of a stretch, only agreement is
    said."""
    if years == dates.difference or (not dates.is_anniversary_day and years == dates.full_years):
        return True
    if dates.is_anniversary_day:
        return False
    if dates.first[2] < _SURELY_A_YEAR:
        return None
    if dates.is_years_only:
        # «10 năm thực hiện (2014 - 2023)» counts both years; a remembered day does not.
        if years == dates.difference + 1 and not is_kept:
            return None
        return False if is_remembered else None
    return None if abs(years - dates.difference) <= 1 or not is_remembered else False
