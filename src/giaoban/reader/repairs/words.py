"""The words of running text as repairing sees them: keys of syllables in a row, and how each word is written."""

from __future__ import annotations

import re
from enum import IntEnum, auto

from giaoban.reader.repairs.company import NUMBER, company
from giaoban.reader.repairs.syllables import key

# Raised digits are marks of footnotes, no part of a word.
_WORD = re.compile(r"[^\W_²³¹⁰⁴-⁹]+")
# What glued to a word makes it part of a symbol, an address, a name with a hyphen, a formula.
_GLUE = frozenset("-–/'’`@_&+=\\#~^*<>{}$¬") | frozenset(map(chr, range(0x300, 0x370)))
_STARTS_SENTENCE = frozenset(".!?:;\n-–+*•)…")
_QUOTES = frozenset(" “\"'‘([«")
_MARK_AT_END = re.compile(r"([^\W\d_]{2,})\d{1,2}\Z")


class Shape(IntEnum):
    """How a word is written."""

    SMALL = auto()
    OPENING = auto()  # one capital where a sentence or line begins
    CAPITAL = auto()  # one capital inside a sentence
    UPPER = auto()
    OTHER = auto()


class Words:
    """The words of a flow in columns: places, what is printed, keys.

    A key is None where the word is no possible syllable, and the sign for numbers where it is one. Keys change when a
    repair is found, so that its neighbours see the repaired word.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        lowered = text.lower()
        if len(lowered) == len(text):
            small = _WORD.findall(lowered)
        else:  # a letter such as «İ» becomes two
            small = [text[start:end].lower() for start, end in spans]
        known: dict[str, str | None] = {word: _key_of(word) for word in set(small)}
        self.keys: list[str | None] = list(map(known.__getitem__, small))
        # Words with anything but one blank between them are no neighbours.
        self.joined = [
            start - end == 1 and text[end] == " " for end, start in zip(self.ends, self.starts[1:], strict=False)
        ]
        followers = company().followers
        nobody: dict[str, int] = {}
        self.bonds = [
            followers.get(first, nobody).get(second, 0) if joined else 0  # type: ignore[arg-type]
            for joined, first, second in zip(self.joined, self.keys, self.keys[1:], strict=False)
        ]

    def __len__(self) -> int:
        return len(self.starts)

    def printed(self, index: int) -> str:
        """Return the word as printed, without the mark of a footnote at its end."""
        word = self.text[self.starts[index] : self.ends[index]]
        marked = _MARK_AT_END.match(word)
        return marked[1] if marked else word

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
        return self.text[start - 1 : start] in _GLUE or self.text[end : end + 1] in _GLUE

    def shape(self, index: int) -> Shape:
        """Return how a word is written."""
        printed = self.printed(index)
        if printed.islower():
            return Shape.SMALL
        if printed[0].isupper() and (len(printed) == 1 or printed[1:].islower()):
            return Shape.OPENING if self._opens(self.starts[index]) else Shape.CAPITAL
        capitals = sum(letter.isupper() for letter in printed)
        if capitals == len(printed) or (capitals >= len(printed) - 1 and printed[0].isupper() and capitals > 1):
            return Shape.UPPER
        return Shape.OTHER

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


def _key_of(small: str) -> str | None:
    if small.isdecimal():
        return NUMBER
    marked = _MARK_AT_END.match(small)
    return key(marked[1] if marked else small)
