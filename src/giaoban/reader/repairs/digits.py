"""Numbers in which scanning has read a digit as a letter: «l.236», «1O1,8%», «2l/24», «15/ll/2021».

A letter is taken for a digit only where all of the rest is a number, and the whole is one that is written so. Litres
(«5l»), oxygen («O2») and the numbers of headings («I.1») are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_CORE = re.compile(r"(?<![\w./,-])[0-9lO][0-9lIO]*(?:[.,/][0-9lIO]+){0,3}(?!\w|[/-][^\W\d_]|[.,/][0-9])")
_WRONG = re.compile(r"[lIO]")
_AS_DIGITS = str.maketrans("lIO", "110")
_NUMBER = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]{1,3})?"
_WRITTEN = re.compile(rf"{_NUMBER}(?:/{_NUMBER})?")
_DATE = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?:19|20)[0-9]{2}")
# «5l», «O2», «l3»: a letter at the end or the beginning of few digits counts where something countable follows.
_UNSURE = re.compile(r"[1-9][0-9]*l|O[0-9]|l[0-9]|l[.,][0-9]{1,2}|[0-9lIO]+/100")
_COUNTED = re.compile(
    r" (?:đồng chí|đảng viên|người|tổ chức|chi bộ|đảng bộ|cuộc|vụ|hồ sơ|trường|hộ|xã|thôn|cán bộ|hội viên|đoàn viên"
    r"|lượt|văn bản|đơn vị|lớp|đại biểu|nghị quyết|tỷ đồng|triệu đồng|ý kiến|học sinh|tập thể|cá nhân|công trình"
    r"|mô hình)\b"
)
_SURE = 0.85
_LONGEST_NOUN = 14


def may_be_misread(piece: str) -> bool:
    """Tell whether a piece between blanks may hold such a number."""
    return _WRONG.search(piece) is not None and any(map(str.isdecimal, piece)) and bool(_numbers(piece))


@lru_cache(maxsize=1 << 12)
def _numbers(piece: str) -> tuple[tuple[int, int, str, bool], ...]:
    """Return the places of such numbers in a piece, what they are, and whether that is sure by itself."""
    found = []
    for match in _CORE.finditer(piece):
        printed = match[0]
        if not _WRONG.search(printed) or not any(map(str.isdecimal, printed)):
            continue
        number = printed.translate(_AS_DIGITS)
        day = _DATE.fullmatch(number)
        is_day = day is not None and 1 <= int(day["day"]) <= 31 and 1 <= int(day["month"]) <= 12
        if is_day or _WRITTEN.fullmatch(number):
            found.append((*match.span(), number, _UNSURE.fullmatch(printed) is None))
    return tuple(found)


def find_misread(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, float]]:
    """Yield the misread numbers of a piece of a text: where they stand, what they were, how sure that is."""
    for first, last, number, is_sure in _numbers(text[start:end]):
        if is_sure or _COUNTED.match(text, start + last, start + last + _LONGEST_NOUN):
            yield start + first, start + last, number, _SURE
