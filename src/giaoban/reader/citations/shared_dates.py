"""«số 31-KH/ĐU và Công văn số 88-CV/ĐU, đều ngày 28/7/2025»: one date for all documents of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from giaoban.reader.citations.found import Found

_OF_ALL = re.compile(r"\b(?:đều|cùng)\s{1,3}(?:(?:được\s)?(?:ban hành|ký)\s)?ngày\s{1,3}\Z")
_JOINS = re.compile(r"\s?[,;]?\s{0,3}(?:và|cùng)?\s{0,3}\Z")
_LONGEST_WORDS = 32


def share_dates(text: str, found: Iterable[Found]) -> list[Found]:
    """Return numbered citations in reading order, those of a list with the date that stands behind its last one.

    Args:
        text: the text that they were found in.
        found: the citations, in reading order.
    """
    kept = list(found)
    for last in range(len(kept) - 1, 0, -1):
        printed = kept[last].printed_date
        if printed is None or not _OF_ALL.search(text, max(0, printed.start - _LONGEST_WORDS), printed.start):
            continue
        index = last - 1
        while index >= 0 and kept[index].printed_date is None and _joins(text, kept[index], kept[index + 1]):
            kept[index] = kept[index]._replace(printed_date=printed)
            index -= 1
    return kept


def _joins(text: str, one: Found, other: Found) -> bool:
    return other.start - one.end <= _LONGEST_WORDS and _JOINS.fullmatch(text, one.end, other.start) is not None
