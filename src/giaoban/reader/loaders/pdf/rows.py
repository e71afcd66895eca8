"""Words on one baseline as rows, and a row's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from giaoban.reader.loaders.pdf.words import Word

# Words within this part of their size stand on one line: bold beside plain, a smaller size beside a larger.
_SAME_LINE = 0.35
# Two parts of one word that are set in different ways: a gap up to this part of their size is no blank.
_NO_BLANK = 0.2
# Behind the raised mark of a note a sign has no blank: «chỉ đạo¹;».
_MARKS, _SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹", ",;:.)”"
_NO_BLANK_BEHIND_MARK = 0.35


@dataclass(frozen=True)
class Row:
    """The words of one printed line, from left to right."""

    words: tuple[Word, ...]

    @cached_property
    def y(self) -> float:
        return max(self.words, key=lambda word: word.right - word.left).y

    @cached_property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        return max(word.size for word in self.words)

    @cached_property
    def text(self) -> str:
        parts = [self.words[0].text]
        for before, word in pairwise(self.words):
            parts.append("" if _is_one_word(before, word) else " ")
            parts.append(word.text)
        return "".join(parts)


def _is_one_word(before: Word, word: Word) -> bool:
    gap = (word.left - before.right) / word.size
    if before.text[-1] in _MARKS and word.text[0] in _SIGNS:
        return gap < _NO_BLANK_BEHIND_MARK
    return word.is_glued and gap < _NO_BLANK


def make_rows(words: Iterable[Word]) -> list[Row]:
    """Return rows from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.y, word.left)):
        if rows and rows[-1][0].y - word.y <= _SAME_LINE * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Row(tuple(sorted(row, key=lambda word: word.left))) for row in rows]
