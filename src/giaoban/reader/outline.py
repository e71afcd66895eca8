"""Which section a place belongs to, and what the headings above it say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from giaoban.reader.model import Section


class Outline:
    """The sections of a document, to be asked by place. A section holds those below it whole."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._starts = [section.start for section in sections]
        self._parents = _parents(sections)
        self._chains: dict[int, tuple[Section, ...]] = {}

    def parent(self, index: int) -> int:
        """Return the index of the section right above another, -1 for an outermost one."""
        return self._parents[index]

    def innermost(self, place: int) -> int:
        """Return the index of the innermost section that holds a place, -1 where none does."""
        index = bisect_right(self._starts, place) - 1
        while index >= 0 and self._sections[index].end <= place:
            index = self._parents[index]
        return index

    def chain(self, index: int) -> tuple[Section, ...]:
        """Return a section and those above it, the innermost first; none for -1."""
        chain = self._chains.get(index)
        if chain is None:
            found = []
            at = index
            while at >= 0:
                found.append(self._sections[at])
                at = self._parents[at]
            chain = self._chains[index] = tuple(found)
        return chain

    def above(self, place: int) -> tuple[Section, ...]:
        """Return the sections that hold a place, the innermost first."""
        return self.chain(self.innermost(place))


def _parents(sections: Sequence[Section]) -> list[int]:
    """Return for each section the index of the one right above it, -1 for the outermost."""
    parents: list[int] = []
    opened: list[int] = []
    for index, section in enumerate(sections):
        while opened and sections[opened[-1]].level >= section.level:
            opened.pop()
        parents.append(opened[-1] if opened else -1)
        opened.append(index)
    return parents
