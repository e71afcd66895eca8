"""Pieces of running text between blanks: what is known of each is found once, however often it is printed.

An office's vocabulary is small: a million characters hold two hundred thousand pieces and some eight thousand different
ones. So everything that a piece tells by itself is kept by piece, and reading a text is looking pieces up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from giaoban.reader.repairs.company import NOBODY, NUMBER, company
from giaoban.reader.repairs.oddities import is_odd
from giaoban.reader.repairs.syllables import key

# Raised digits are marks of footnotes, no part of a word.
WORD = re.compile(r"[^\W_²³¹⁰⁴-⁹]+")
MARK_AT_END = re.compile(r"([^\W\d_]{2,})\d{1,2}\Z")
# What glued to a word makes it part of a symbol, an address, a name with a hyphen, a formula.
GLUE = frozenset("-–/'’`@_&+=\\#~^*<>{}$¬") | frozenset(map(chr, range(0x300, 0x370)))
_MOST_KEPT = 1 << 16


class Spot(NamedTuple):
    """A word inside a piece: its place there, what is printed without the mark of a footnote, its key."""

    start: int
    end: int
    printed: str
    key: str | None


@dataclass(slots=True)
class Token:
    """A piece and its words.

    ``left`` and ``right`` are the keys that the neighbours across one blank see: None where a sign stands between, or
    where the word has no key; ``opens`` and ``closes`` tell whether a word stands at that end at all, ``followers``
    which keys go behind ``right``. ``can_break`` tells whether a word in it may be judged: glued words are not;
    ``is_crowded`` whether it may and holds several words. ``is_odd`` marks what scanning makes of shapes.
    ``syllables`` counts the words with a key, numbers among them.
    """

    spots: tuple[Spot, ...]
    left: str | None
    right: str | None
    followers: Mapping[str, int]
    opens: bool
    closes: bool
    can_break: bool
    is_crowded: bool
    is_odd: bool
    syllables: int


_WORDLESS = Token(
    (), None, None, NOBODY, opens=False, closes=False, can_break=False, is_crowded=False, is_odd=False, syllables=0
)


class Tokens(dict[str, Token]):
    """The pieces met so far; a new one is read when it is asked for."""

    def __missing__(self, piece: str) -> Token:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[piece] = found = _read(piece)
        return found


TOKENS = Tokens()


def _read(piece: str) -> Token:
    if piece.isalpha():
        spots: tuple[Spot, ...] = (Spot(0, len(piece), piece, key(piece.lower())),)
    else:
        spots = tuple(_spot(piece, *match.span()) for match in WORD.finditer(piece))
        if not spots:
            return _WORDLESS
    opens, closes = spots[0].start == 0, spots[-1].end == len(piece)
    right = spots[-1].key if closes else None
    can_break = any(spot.key != NUMBER and not _is_glued(piece, spot) for spot in spots)
    return Token(
        spots,
        spots[0].key if opens else None,
        right,
        company().followers.get(right, NOBODY) if right else NOBODY,
        opens=opens,
        closes=closes,
        can_break=can_break,
        is_crowded=can_break and len(spots) > 1,
        is_odd=is_odd(piece),
        syllables=sum(spot.key is not None for spot in spots),
    )


def _spot(piece: str, start: int, end: int) -> Spot:
    printed = piece[start:end]
    if printed.isdecimal():
        return Spot(start, end, printed, NUMBER)
    marked = MARK_AT_END.match(printed)
    shown = marked[1] if marked else printed
    return Spot(start, end, shown, key(shown.lower()))


def _is_glued(piece: str, spot: Spot) -> bool:
    return piece[spot.start - 1 : spot.start] in GLUE or piece[spot.end : spot.end + 1] in GLUE
