"""The printed lines of a text: where they begin and end, what stands between them, how wide the print is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

_LINE = re.compile(r"[^\r\n\f]+")
_EMPHASIS = " \t*_#>\u00a0\u200b\ufeff"
# A line that ends with one of these is wrapped in the middle of its sentence: «Chỉ thị số», «tính đến ngày».
_GOES_ON = frozenset({"số", "ngày", "tháng", "năm", "quý", "mục", "điều", "khoản", "lúc", "của", "các", "tại", "và"})
# Words of law that a number follows: «1- Điều 1 (Khoản / 2): Tuổi đời …».
_NUMBERED_PLACES = frozenset({"Điều", "Khoản", "(Khoản", "(khoản", "(Điểm", "(điểm"})
_SHORTEST_PAGE_HEAD = 20
# Lines that are all shorter than this were never wrapped.
_NARROWEST = 45
_ENDS_SENTENCE = '.;:!?…”"»)-–*'


@dataclass(slots=True)
class Line:
    """A line that is not blank. ``text`` has no blanks and no Markdown emphasis at its ends; offsets point at it.

    ``blanks`` counts the blank lines before it, ``indent`` the blanks at its own start.
    """

    start: int
    end: int
    text: str
    blanks: int
    indent: int


class Lines:
    """The lines of a text that are not blank, in order.

    Args:
        text: the text.
        without: spans to leave out (footnotes); a line that begins inside one is no line of the text.
    """

    def __init__(self, text: str, without: Iterable[tuple[int, int]] = ()) -> None:
        self.text = text
        self.items: list[Line] = []
        cuts = sorted(without)
        cut = done = 0
        for begin, printed in _printed_lines(text):
            shown = printed.strip(_EMPHASIS)
            if not shown:
                continue
            start = begin if shown is printed else begin + printed.index(shown[0])
            while cut < len(cuts) and cuts[cut][1] <= start:
                cut += 1
            if cut < len(cuts) and cuts[cut][0] <= start:
                continue
            blanks = max(text.count("\n", done, start) - 1, 0) if done and start - done > 1 else 0
            self.items.append(Line(start, start + len(shown), shown, blanks, start - begin))
            done = begin + len(printed)
        widths = sorted([len(line.text) for line in self.items])
        self.width = widths[len(widths) * 9 // 10] if widths else 0
        # Where a blank line stands behind nearly every line, it ends no paragraph.
        self.is_double_spaced = (
            len(self.items) > 12
            and sum([line.blanks > 0 for line in self.items]) > 0.75 * len(self.items)
            and self.width < 200
        )
        self._starts = [line.start for line in self.items]
        # Whether a line may stand in columns; in most texts none does.
        self.has_columns = "\t" in text or "   " in text or "|" in text

    def index_at(self, offset: int) -> int:
        """Return the index of the first line that begins at or after ``offset``."""
        return bisect_left(self._starts, offset)

    def begins_paragraph(self, index: int) -> bool:
        """Tell whether a line begins a paragraph, as far as the line before it shows."""
        if index == 0:
            return True
        line, before = self.items[index], self._before[index]
        if line.blanks > (1 if self.is_double_spaced else 0):
            return True
        if before is None:
            return True
        if self.is_cut_before(index):
            return False
        return before.text[-1] in _ENDS_SENTENCE or self.is_short(before)

    def is_cut_before(self, index: int) -> bool:
        """Tell whether the line before ends in the middle of its sentence: «Chỉ thị số», «từ tháng»."""
        before = self._before[index]
        return before is not None and before.text.rpartition(" ")[2] in _GOES_ON

    def numbers_place(self, index: int) -> bool:
        """Tell whether a line begins with the number of a place in a law that the line before names: «Khoản / 2)»."""
        before = self._before[index]
        return before is not None and before.text.rpartition(" ")[2] in _NUMBERED_PLACES

    @cached_property
    def _repeated(self) -> Counter[str]:
        """How often each line of some length stands in the text."""
        return Counter([line.text for line in self.items if len(line.text) >= _SHORTEST_PAGE_HEAD])

    @cached_property
    def _before(self) -> list[Line | None]:
        """Of each line the line before it, past a page's number and a head that every page repeats."""
        found: list[Line | None] = []
        repeated = self._repeated
        before = None
        for line in self.items:
            found.append(before)
            if repeated.get(line.text, 0) <= 1 and not line.text.isdigit():
                before = line
        return found

    def is_full(self, index: int) -> bool:
        """Tell whether the next line's first word would not have fitted, measured by the lines below."""
        if self.width < _NARROWEST:
            return False
        line, following = self.items[index], self.items[index + 1]
        below = sorted(other.end - other.start for other in self.items[index + 1 : index + 8])
        word = following.text.split(" ", 1)[0]
        usual = max(below[len(below) // 2], 0.6 * self.width)
        return line.end - line.start + 1 + len(word) >= 0.95 * usual

    def is_short(self, line: Line) -> bool:
        """Tell whether a line ends well before the right edge, so that nothing was wrapped behind it."""
        return line.end - line.start < 0.72 * self.width


def _printed_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each line begins, and the line; empty ones may be missing."""
    if "\r" in text or "\f" in text:
        yield from ((match.start(), match[0]) for match in _LINE.finditer(text))
        return
    begin = 0
    for printed in text.split("\n"):
        if printed:
            yield begin, printed
        begin += len(printed) + 1


def is_capitals(text: str) -> bool:
    """Tell whether the letters of a text are capitals, with some room for scanning («TỎ CHỨC THựC HIỆN»)."""
    letters = list(filter(str.isalpha, text))
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)
