"""The words of a document that the rules of spelling look at, with their places in the running text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from giaoban.checker.base import Subject

_WORD = re.compile(r"[^\W\d_]+")
_GLUE = frozenset("-/'’@._&")


class Word(NamedTuple):
    """A word as printed, and its place."""

    text: str
    start: int
    end: int


class Slip(NamedTuple):
    """A word that is written wrongly, its place in the running text, and how it should be written."""

    word: Word
    right: str


def words_of(piece: str) -> tuple[Word, ...]:
    """Return the words that stand free in a piece between blanks; names (one capital) are nobody's slip, left out."""
    found = []
    for match in _WORD.finditer(piece):
        word, start, end = match[0], match.start(), match.end()
        if not (word.islower() or word.isupper()) or piece[start - 1 : start] in _GLUE:
            continue
        if piece[end : end + 1] in _GLUE and piece[end + 1 : end + 2].isalnum():
            continue
        found.append(Word(word, start, end))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def _has_slip(piece: str, right: Callable[[str], str | None]) -> bool:
    return any(right(word.text.lower()) for word in words_of(piece))


def slips(subject: Subject, right: Callable[[str], str | None]) -> Iterator[Slip]:
    """Yield the words that are not right, in reading order.

    Args:
        subject: the document.
        right: gives for a word in small letters how it should be written; None where it is right.
    """
    pieces = subject.pieces
    wrong = {piece for piece in pieces.counts if _has_slip(piece, right)}
    places = pieces.places(wrong)
    for index, (start, _) in zip(places, pieces.spans(places), strict=True):
        for word in words_of(pieces.items[index]):
            found = right(word.text.lower())
            if found is not None:
                shown = found.upper() if word.text.isupper() else found
                yield Slip(Word(word.text, start + word.start, start + word.end), shown)
