"""The whole's events of one period, told twice: «năm 2023, Đảng bộ huyện kết nạp 142 đảng viên», and 124 farther on.

Small numbers are alike by chance, so two of them are compared only where verb, noun and printed period are the same and
neither clause speaks of a part of the whole, of a plan, or of some of those counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERB = re.compile(
    r"(?<!\w)(?P<verb>[Kk]ết nạp|[Tt]hành lập|[Gg]iải thể|[Cc]ông nhận chính thức|[Kk]hai trừ|[Xx]óa tên|[Kk]ỷ luật)"
    r"(?: được| mới| thêm)? \Z"
)
_LONGEST_VERB = 32
_NOUN = re.compile(
    r" (?P<noun>đảng viên|đồng chí|quần chúng|chi bộ|đảng bộ|tổ chức)"
    r"(?=[,.;:(\n]|\Z| (?:trong|đạt|tăng|giảm|bằng|mới|vượt|\())"
)
_SENTENCE_START = re.compile(r"[.!?…] (?=[A-ZĐÀ-Ỹ])|\n")
_SENTENCE_END = re.compile(r"[.!?…](?=\s|\Z)|\n")
_WHOLE = re.compile(
    r"[Tt]oàn (?:Đ|đ)ảng bộ|Đảng bộ (?:tỉnh|huyện|thành phố|thị xã|quận|Khối|khối|xã|phường)(?![ ][A-ZĐ])"
)
_PART = re.compile(
    r"(?<!\w)(?<![0-9] )(?:[Cc]hi bộ|[Đđ]ảng (?:bộ|ủy)|[Kk]hối|[Cc]ụm|[Đđ]ơn vị|[Tt]hôn|[Tt]ổ đảng|[Nn]gành)"
    r"(?! (?:tỉnh|huyện|thành phố|thị xã|quận|[Kk]hối|xã|phường)(?! [A-ZĐ])| (?:kết nạp|thành lập|đã|trực thuộc))"
)
_WHOLES = re.compile(r"[Tt]oàn [Đđ]ảng bộ")
_PLAN = re.compile(r"(?:[Pp]hấn đấu|[Dd]ự kiến|sẽ|[Mm]ục tiêu|[Gg]iao|[Cc]hỉ tiêu là)(?!\w)[^,;]{0,60}\Z")
_PERIOD = re.compile(
    r"(?<!\w)(?:năm (?:19|20)[0-9]{2}|quý [IV1-4]{1,3}|tháng [0-9]{1,2}|[369] tháng|nhiệm kỳ|giai đoạn|lũy kế|đến nay"
    r"|trong năm(?! [0-9])|cả năm(?! [0-9]))",
    re.IGNORECASE,
)
_LONG = frozenset({"nhiệm kỳ", "giai đoạn", "lũy kế", "đến nay"})
_REACH = 300


@dataclass(frozen=True, slots=True)
class Event:
    """A count of the whole's events: its place, the words that must be equal, whether the whole is named."""

    start: int
    number: str
    verb: str
    noun: str
    periods: frozenset[str]
    names_whole: bool


def event_at(text: str, start: int, end: int) -> Event | None:
    """Return the event of the whole that the number ``text[start:end]`` counts, with the periods of its sentence."""
    noun = _NOUN.match(text, end)
    verb = _VERB.search(text, max(0, start - _LONGEST_VERB), start) if noun else None
    if noun is None or verb is None:
        return None
    before, after = _sentence(text, start, end)
    clause = before.rpartition(";")[2] + text[start:end] + after.partition(";")[0]
    periods = frozenset(found[0].lower() for found in _PERIOD.finditer(before))
    later = frozenset(found[0].lower() for found in _PERIOD.finditer(after))
    # «năm 2024 kết nạp 263 đảng viên, cao nhất nhiệm kỳ»: the number is of the year.
    periods |= later - _LONG if periods else later
    if not periods or _PLAN.search(before) or _PART.search(_WHOLES.sub("", clause)):
        return None
    names_whole = _WHOLE.search(clause) is not None
    return Event(start, text[start:end], verb["verb"].lower(), noun["noun"], periods, names_whole)


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    before = text[max(0, start - _REACH) : start]
    ends = list(_SENTENCE_START.finditer(before))
    stop = _SENTENCE_END.search(text, end, end + _REACH)
    return before[ends[-1].end() :] if ends else before, text[end : stop.start() if stop else end + _REACH]
