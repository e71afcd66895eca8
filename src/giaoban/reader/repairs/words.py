"""A stretch of words as repairing sees them: keys of syllables in a row, and how each word is written."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, auto

from giaoban.reader.repairs.company import NOBODY, company
from giaoban.reader.repairs.tokens import GLUE, TOKENS

_STARTS_SENTENCE = frozenset(".!?:;\n-–+*•)…")
_QUOTES = frozenset(" “\"'‘([«")


class Shape(IntEnum):
    """How a word is written."""

    SMALL = auto()
    OPENING = auto()  # one capital where a sentence or line begins
    CAPITAL = auto()  # one capital inside a sentence
    UPPER = auto()
    OTHER = auto()


def shape_of(printed: str) -> Shape:
    """Return how a word is written by itself: one that begins with a capital counts as CAPITAL."""
    if printed.islower():
        return Shape.SMALL
    if printed[0].isupper() and (len(printed) == 1 or printed[1:].islower()):
        return Shape.CAPITAL
    capitals = sum(letter.isupper() for letter in printed)
    if capitals == len(printed) or (capitals >= len(printed) - 1 and printed[0].isupper() and capitals > 1):
        return Shape.UPPER
    return Shape.OTHER


class Words:
    """The words of some neighbouring pieces of a text in columns: places, what is printed, keys.

    A key is None where the word is no possible syllable, and the sign for numbers where it is one. Keys change when a
    repair is found, so that its neighbours see the repaired word.

    Args:
        text: the whole text; places point into it.
        pieces: the pieces between single blanks, in their order.
        start: where the first of them begins.
    """

    def __init__(self, text: str, pieces: Iterable[str], start: int) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.keys: list[str | None] = []
        self._printed: list[str] = []
        # Words with anything but one blank between them are no neighbours.
        self.joined: list[bool] = []
        # For each word the index of its piece.
        self.pieces: list[int] = []
        self.bonds: list[int] = []
        closes = False
        followers = company().followers
        last: str | None = None
        for index, piece in enumerate(pieces):
            token = TOKENS[piece]
            for spot in token.spots:
                here = spot.key
                if self.starts:
                    is_joined = closes and not spot.start
                    self.joined.append(is_joined)
                    self.bonds.append(followers.get(last, NOBODY).get(here, 0) if is_joined and last and here else 0)
                self.starts.append(start + spot.start)
                self.ends.append(start + spot.end)
                self.keys.append(here)
                self._printed.append(spot.printed)
                self.pieces.append(index)
                closes, last = False, here
            closes = token.closes
            start += len(piece) + 1

    def __len__(self) -> int:
        return len(self.starts)

    def printed(self, index: int) -> str:
        """Return the word as printed, without the mark of a footnote at its end."""
        return self._printed[index]

    def before(self, index: int) -> str | None:
        """Return the key of the neighbour before a word, None where it has none."""
        return self.keys[index - 1] if index and self.joined[index - 1] else None

    def after(self, index: int) -> str | None:
        """Return the key of the neighbour behind a word, None where it has none."""
        return self.keys[index + 1] if index + 1 < len(self) and self.joined[index] else None

    def support(self, index: int) -> int:
        """Return how well a word goes with its neighbours as it stands."""
        left = self.bonds[index - 1] if index else 0
        return left + (self.bonds[index] if index < len(self.bonds) else 0)

    def is_glued(self, index: int) -> bool:
        """Tell whether a word is part of something that is no running text: a symbol, an address, a hyphened name."""
        start, end = self.starts[index], self.ends[index]
        return self.text[start - 1 : start] in GLUE or self.text[end : end + 1] in GLUE

    def shape(self, index: int) -> Shape:
        """Return how a word is written."""
        shape = shape_of(self._printed[index])
        return Shape.OPENING if shape is Shape.CAPITAL and self._opens(self.starts[index]) else shape

    def _opens(self, start: int) -> bool:
        at = start - 1
        while at >= 0 and self.text[at] in _QUOTES:
            at -= 1
        return at < 0 or self.text[at] in _STARTS_SENTENCE

    def replace(self, index: int, found: str) -> None:
        """Let a word have another key, for its neighbours to see."""
        self.keys[index] = found
        for place in (index - 1, index):
            if 0 <= place < len(self.bonds) and self.joined[place]:
                self.bonds[place] = company().bond(self.keys[place], self.keys[place + 1])
