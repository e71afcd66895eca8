"""What a Word file says about its pages beyond the words: paper, margins, typefaces, the place of page numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


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
    """A paragraph: its pieces, and whether it stands in a table (heads and signatures often do)."""

    pieces: tuple[Piece, ...]
    in_table: bool = False

    @property
    def text(self) -> str:
        """The words of the paragraph without a number that Word counts."""
        return "".join(piece.text for piece in self.pieces).strip()

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
    """All of it, in reading order. ``numbers`` says for each page number whether it is at the top of the page."""

    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    numbers_at_top: tuple[bool, ...] = ()
