"""Dates of issue as documents print them behind a number and symbol."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_GAP = r"\s{0,3}"
# «ngày», «ngàỵ» from scanning, «NGÀY» in headings.
DAY_WORD = "[nN][gG][àáảaÀÁẢA][yỳýỵvYỲÝỴV]"
_DIGIT = "[0-9lOo]"
# «28/11/2022», «19-12-2016», «05.01.2023», «10/001/2023» (a slip that no calendar knows), «28/11/22», «28/11».
_FIGURES = (
    rf"(?P<day>{_DIGIT}{{1,3}})[ ]?(?P<by>[/.\-–]){_GAP}(?P<month>{_DIGIT}{{1,3}})"
    rf"(?:[ ]?(?P=by){_GAP}(?P<year>{_DIGIT}{{4}}|[0-9]{{2}}(?![0-9]))(?P<rest>[0-9]{{0,2}}))?(?![0-9])"
)
# «24 tháng 6 năm 2021», «24 THÁNG 6 NĂM 2021» in titles.
_WORDS = (
    rf"(?P<wday>{_DIGIT}{{1,2}})\s{{1,3}}(?:th[áa]ng|TH[ÁA]NG)\s{{1,3}}(?P<wmonth>{_DIGIT}{{1,2}})"
    rf"(?:\s{{1,3}}(?:n[ăâa]m|N[ĂÂA]M)\s{{1,3}}(?P<wyear>{_DIGIT}{{4}})(?P<wrest>[0-9]{{0,2}}))?(?![0-9])"
)
AFTER_DAY_WORD = re.compile(rf"{DAY_WORD}\s{{0,3}}(?:m[ùồ]ng\s{{1,3}})?(?P<date>{_WORDS}|{_FIGURES})")
# Without the word «ngày» only a whole date counts: «số 12-NQ/TU (28/11/2022)».
BARE = re.compile(
    r"(?P<date>(?P<day>[0-9]{1,2})(?P<by>[/.\-])(?P<month>[0-9]{1,2})(?P=by)(?P<year>(?:19|20)[0-9]{2})(?P<rest>))(?![0-9])"
)
_GROUPS_IN_FIGURES = ("day", "month", "year", "rest")
_GROUPS_IN_WORDS = ("wday", "wmonth", "wyear", "wrest")
_AS_DIGITS = str.maketrans("lOo", "100")


class PrintedDate(NamedTuple):
    """A date as printed: where it stands, and the day it names; None where there is no such day, or no year."""

    start: int
    end: int
    day: date | None


def read_date(match: re.Match[str], marks: Collection[int] = (), reference: date | None = None) -> PrintedDate:
    """Return the date behind a match of one of the patterns.

    Args:
        marks: numbers of the document's footnotes: «28/11/20222» is 2022 where there is a footnote 2.
        reference: a day near which documents are dated; it gives two-digit years their century (default: 2000 on).
    """
    names = _GROUPS_IN_WORDS if "wday" in match.re.groupindex and match["wday"] else _GROUPS_IN_FIGURES
    day, month, year, printed_rest = match.group(*names)
    rest = printed_rest or ""
    start, end = match.span("date")
    if rest:
        end -= len(rest)
    if year is None or (rest and int(rest) not in marks):
        return PrintedDate(start, end + len(rest), None)
    if day is None or month is None or len(month) > 2 or len(day) > 2:
        return PrintedDate(start, end, None)
    return PrintedDate(start, end, _calendar_day(day, month, year, reference))


@lru_cache(maxsize=1 << 12)
def _calendar_day(day: str, month: str, year: str, reference: date | None) -> date | None:
    number = int(year.translate(_AS_DIGITS))
    if len(year) == 2:
        century = (reference.year if reference else 2000) // 100 * 100
        number += century
        if reference and number > reference.year + 1:
            number -= 100
    if not 1900 <= number <= 2100:
        return None
    try:
        return date(number, int(month.translate(_AS_DIGITS)), int(day.translate(_AS_DIGITS)))
    except ValueError:
        return None
