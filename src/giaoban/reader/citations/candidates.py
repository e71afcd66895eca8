"""The numbers of a running text at which a citation may stand, found for all kinds in one pass.

To find the digits is most of the work: the engine looks at every sign for them.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from giaoban.reader.citations.short import endings

# What goes on to a symbol behind a run of digits: a sign, a blank or nothing, perhaps a year, and then a capital. Dates
# and amounts have none, so that the pattern of symbols is tried at few of all numbers.
_TO_SYMBOL = r"[a-e]?\s{0,6}(?:[-–—−/._]\s{0,3})?(?:(?:19|2[0Oo])[0-9lOo]{2}\s{0,3}[/-]\s{0,3})?[A-ZĐ]"


class Candidates(NamedTuple):
    """Where citations may stand: runs of digits before a symbol, and places of numbers that may be short forms."""

    symbols: list[tuple[int, int]]
    short: list[int]


@cache
def _number() -> re.Pattern[str]:
    """Take a run of digits as a whole, in two groups: «short» behind a blank and what may stand before a short form (a
    colon, another blank, or how a word for a kind of document ends, or «số»), «symbol» or «only» before a symbol."""
    behind_word = rf"(?<=\s[0-9])(?:(?<=[:\s]..)|(?<=(?:{'|'.join(sorted(endings()))})..))"
    return re.compile(
        rf"[0-9](?<![0-9][0-9])(?:{behind_word}(?P<short>)[0-9]*+(?:(?={_TO_SYMBOL})(?P<symbol>))?"
        rf"|[0-9]*+(?={_TO_SYMBOL})(?P<only>))",
        re.DOTALL,
    )


def find_candidates(text: str) -> Candidates:
    """Return the numbers of a running text at which a citation may stand, each kind in reading order."""
    found = Candidates([], [])
    short, only = (_number().groupindex[name] for name in ("short", "only"))
    for match in _number().finditer(text):
        group = match.lastindex
        if group != only:
            found.short.append(match.start())
        if group != short:
            found.symbols.append(match.span())
    return found
