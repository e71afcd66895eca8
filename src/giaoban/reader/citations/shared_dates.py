"""«số 31-KH/ĐU và Công văn số 88-CV/ĐU, đều ngày 28/7/2025»: one date for all documents of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from giaoban.reader.citations.found import Found

_OF_ALL = re.compile(r"\b(?:đều|cùng)\s{1,3}(?:(?:được\s)?(?:ban hành|ký)\s)?ngày\s{1,3}\Z")
_JOINS = re.compile(r"\s?[,;]?\s{0,3}(?:và|cùng)?\s{0,3}\Z")
# «các Nghị quyết số 18-NQ/TW, 19-NQ/TW ngày 25/10/2017»: what is named as several has one date behind the last.
_SEVERAL = re.compile(
    r"(?<!\w)(?:[Cc]ác|[Nn]hững|[Hh]ai|[Bb]a|[Bb]ốn|0[2-9])\s(?:[^\W\d_]+(?:\s[^\W\d_]+){0,3}?(?:\s(?:số|Số):?)?\s{0,2})?\Z"
)
# «số 18-NQ/TW, ngày 25/10/2017; số 19-NQ/TW, cùng ngày»: the day of the one before.
_SAME_DAY = re.compile(r"\s?[,(]?\s{0,3}cùng\s{1,3}ngày(?!\s{1,3}[0-9])(?!\w)")
_SENTENCE_END = re.compile(r"[.!?]\s|\n\s{0,3}\n")
_LONGEST_WORDS = 32
_FARTHEST = 200


def share_dates(text: str, found: Iterable[Found]) -> list[Found]:
    """Return numbered citations in reading order, those of a list with the date that stands behind its last one.

    Args:
        text: the text that they were found in.
        found: the citations, in reading order.
    """
    kept = list(found)
    for last in range(len(kept) - 1, 0, -1):
        printed = kept[last].printed_date
        if printed is None:
            continue
        is_said = _OF_ALL.search(text, max(0, printed.start - _LONGEST_WORDS), printed.start) is not None
        if not is_said and not _is_of_several(text, kept, last):
            continue
        index = last - 1
        while index >= 0 and kept[index].printed_date is None and _joins(text, kept[index], kept[index + 1]):
            kept[index] = kept[index]._replace(printed_date=printed)
            index -= 1
    if "cùng" in text:
        _repeat_days(text, kept)
    return kept


def _repeat_days(text: str, kept: list[Found]) -> None:
    """Give «cùng ngày» the day of the citation before it in the same sentence."""
    for index in range(1, len(kept)):
        one, other = kept[index - 1], kept[index]
        if other.printed_date is not None or one.printed_date is None or other.start - one.end > _FARTHEST:
            continue
        if _SAME_DAY.match(text, other.end) and not _SENTENCE_END.search(text, one.printed_date.end, other.start):
            kept[index] = other._replace(printed_date=one.printed_date)


def _is_of_several(text: str, kept: list[Found], last: int) -> bool:
    """Tell whether a list that ends with a date is named as several documents of one kind, by its first word."""
    first = last
    while first and kept[first - 1].printed_date is None and _joins(text, kept[first - 1], kept[first]):
        first -= 1
    if first == last or len({found.type for found in kept[first : last + 1]}) > 1:
        return False
    if _are_neighbours(kept[first : last + 1]):
        return True
    start = kept[first].start
    return _SEVERAL.search(text, max(0, start - _LONGEST_WORDS), start) is not None


def _are_neighbours(listed: list[Found]) -> bool:
    """Tell whether one office numbered papers of one kind one after another: «Quyết định số 217-QĐ/TW và Quyết định số
    218-QĐ/TW ngày 12/12/2013»."""
    numbers = [int(found.number) for found in listed if found.number and found.number.isdecimal()]
    tails = {(found.symbol or "")[len(found.number or "") :] for found in listed}
    is_row = all(second - one == 1 for one, second in pairwise(numbers))
    return len(numbers) == len(listed) and is_row and len(tails) == 1


def _joins(text: str, one: Found, other: Found) -> bool:
    return other.start - one.end <= _LONGEST_WORDS and _JOINS.fullmatch(text, one.end, other.start) is not None
