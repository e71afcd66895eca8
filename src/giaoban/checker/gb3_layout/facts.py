"""What a Word file says about its pages beyond the words: paper, margins, typefaces, the place of page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

_BETWEEN_CELLS = re.compile(r"[\t\n]")


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins of a section, in millimetres; ``gutter`` is added to one of the sides."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    gutter: float = 0

    @property
    def is_landscape(self) -> bool:
        """Whether the page lies on its side, as appendices with wide tables do."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one typeface; None where the file does not say which, ``size`` in points."""

    text: str
    font: str | None
    size: float | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its pieces, and whether it stands in a table (heads and signatures often do) or in a text box."""

    pieces: tuple[Piece, ...]
    in_table: bool = False
    in_box: bool = False

    @property
    def text(self) -> str:
        """The words of the paragraph without a number that Word counts."""
        return "".join(piece.text for piece in self.pieces).strip()

    def cells(self) -> Iterator[Passage]:
        """Yield what stands between its tabs and line breaks: «ĐẢNG ỦY XÃ	ĐẢNG CỘNG SẢN VIỆT NAM» is two."""
        held: list[Piece] = []
        for piece in self.pieces:
            first, *others = _BETWEEN_CELLS.split(piece.text)
            held.append(replace(piece, text=first))
            for words in others:
                yield replace(self, pieces=tuple(held))
                held = [replace(piece, text=words)]
        yield replace(self, pieces=tuple(held))

    @property
    def font(self) -> str | None:
        """The typeface of most of its letters; None where that is not known."""
        letters: Counter[str | None] = Counter()
        for piece in self.pieces:
            letters[piece.font] += len(piece.text)
        return letters.most_common(1)[0][0] if letters else None

    @property
    def size(self) -> float | None:
        """The size of most of its letters; None where that is not known."""
        letters: Counter[float | None] = Counter()
        for piece in self.pieces:
            letters[piece.size] += len(piece.text)
        return letters.most_common(1)[0][0] if letters else None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """All of it, in reading order.

    ``pages`` is empty where the file leaves open what the first section is like. ``numbers_at_top`` says for each page
    number whether it is at the top of the page, ``is_first_numbered`` whether the first page prints one there.
    """

    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    numbers_at_top: tuple[bool, ...] = ()
    is_first_numbered: bool = False
