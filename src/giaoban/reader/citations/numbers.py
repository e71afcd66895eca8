"""The numbers of a text, found in one pass: where they stand, and which of them may begin a number and symbol."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Behind the number of a symbol stands a sign, a blank or nothing, and then a capital or a year. The group is empty
# where that is so, and missing where it is not; that a number is taken as a whole makes the pass three times as fast.
_NUMBER = re.compile(r"[0-9]+(?:(?=[a-e]?\s{0,6}(?:[-–—−/._]\s{0,3})?(?:[A-ZĐ]|19|2[0Oo]))()|)")
_LONGEST_SHORT = 4


@dataclass(frozen=True, slots=True)
class Numbers:
    """Runs of digits by their places, in order.

    ``symbols`` are spans of those that may begin a number and symbol, ``short`` the places of those of four digits or
    less with white space before them.
    """

    symbols: tuple[tuple[int, int], ...]
    short: tuple[int, ...]


def find_numbers(text: str) -> Numbers:
    """Return the numbers of a text."""
    symbols: list[tuple[int, int]] = []
    short: list[int] = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if match.lastindex:
            symbols.append((start, end))
        if start and end - start <= _LONGEST_SHORT and text[start - 1].isspace():
            short.append(start)
    return Numbers(tuple(symbols), tuple(short))
