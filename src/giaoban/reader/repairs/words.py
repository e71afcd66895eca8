"""A stretch of words as repairing sees them: keys of syllables in a row, and how each word is written."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, auto
from functools import lru_cache
from itertools import pairwise

from giaoban.reader.repairs.company import company
from giaoban.reader.repairs.tokens import Token

_STARTS_SENTENCE = frozenset(".!?:;\n-–+*•)…")
QUOTES = frozenset(" “\"'‘([«")


class Shape(IntEnum):
    """How a word is written."""

    SMALL = auto()
    OPENING = auto()  # one capital where a sentence or line begins
    CAPITAL = auto()  # one capital inside a sentence
    UPPER = auto()
    OTHER = auto()


# A name is looked up four times as fast as a member of its class.
SMALL, OPENING, CAPITAL, UPPER, OTHER = Shape


@lru_cache(maxsize=1 << 14)
def shape_of(printed: str) -> Shape:
    """Return how a word is written by itself: one that begins with a capital counts as CAPITAL."""
    if printed.islower():
        return SMALL
    if printed[0].isupper() and (len(printed) == 1 or printed[1:].islower()):
        return CAPITAL
    capitals = sum(letter.isupper() for letter in printed)
    if capitals == len(printed) or (capitals >= len(printed) - 1 and printed[0].isupper() and capitals > 1):
        return UPPER
    return OTHER


class Words:
    """The words of some neighbouring pieces of a text in columns: places, what is printed, keys.

    A key is None where the word is no possible syllable, and the sign for numbers where it is one. Keys change when a
    repair is found, so that its neighbours see the repaired word.

    Args:
        text: the whole text; places point into it.
        begins: where the pieces between single blanks begin, in their order.
        tokens: what is known of each.
        bonds: whether each piece goes with the one before it.
    """

    def __init__(self, text: str, begins: Sequence[int], tokens: Sequence[Token], bonds: Sequence[int]) -> None:
        self.text = text
        spots = [spot for token in tokens for spot in token.spots]
        self._spots = spots
        self.keys = [spot.key for spot in spots]
        if len(spots) == len(tokens) and all(token.spots for token in tokens):
            self.pieces: Sequence[int] = range(len(tokens))
            self.joined = [first.closes and second.opens for first, second in pairwise(tokens)]
            self.bonds = list(bonds[1:])
        else:
            self.pieces = [index for index, token in enumerate(tokens) for _ in token.spots]
            # Words with anything but one blank between them are no neighbours.
            near = [(first, second, second == first + 1) for first, second in pairwise(self.pieces)]
            self.joined = [is_next and tokens[one].closes and tokens[two].opens for one, two, is_next in near]
            self.bonds = [bonds[two] if is_next else 0 for _, two, is_next in near]
        # Where each word begins in the text.
        self.starts = [begins[piece] + spot.start for piece, spot in zip(self.pieces, spots, strict=True)]

    def __len__(self) -> int:
        return len(self.starts)

    def printed(self, index: int) -> str:
        """Return the word as printed, without the mark of a footnote at its end."""
        return self._spots[index].printed

    def before(self, index: int) -> str | None:
        """Return the key of the neighbour before a word, None where it has none."""
        return self.keys[index - 1] if index and self.joined[index - 1] else None

    def after(self, index: int) -> str | None:
        """Return the key of the neighbour behind a word, None where it has none."""
        return self.keys[index + 1] if index < len(self.joined) and self.joined[index] else None

    def support(self, index: int) -> int:
        """Return how well a word goes with its neighbours as it stands."""
        left = self.bonds[index - 1] if index else 0
        return left + (self.bonds[index] if index < len(self.bonds) else 0)

    def is_glued(self, index: int) -> bool:
        """Tell whether a word is part of something that is no running text: a symbol, an address, a hyphened name."""
        return self._spots[index].is_glued

    def shape(self, index: int) -> Shape:
        """Return how a word is written."""
        shape = shape_of(self._spots[index].printed)
        return OPENING if shape is CAPITAL and self._opens(self.starts[index]) else shape

    def _opens(self, start: int) -> bool:
        at = start - 1
        while at >= 0 and self.text[at] in QUOTES:
            at -= 1
        return at < 0 or self.text[at] in _STARTS_SENTENCE

    def replace(self, index: int, found: str) -> None:
        """Let a word have another key, for its neighbours to see."""
        self.keys[index] = found
        for place in (index - 1, index):
            if 0 <= place < len(self.bonds) and self.joined[place]:
                self.bonds[place] = company().bond(self.keys[place], self.keys[place + 1])
