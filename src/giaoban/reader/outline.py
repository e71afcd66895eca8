"""Which section a place belongs to, and what the headings above it say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from giaoban.reader.model import Section


class Outline:
    """The sections of a document, to be asked by place."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._starts = [section.start for section in sections]

    def above(self, place: int) -> list[Section]:
        """Return the sections that hold a place, the innermost first."""
        found: list[Section] = []
        index = bisect_right(self._starts, place) - 1
        level = None
        while index >= 0:
            section = self._sections[index]
            if (level is None or section.level < level) and section.end > place:
                found.append(section)
                level = section.level
                if level == 1:
                    break
            elif section.level == 1:
                break
            index -= 1
        return found
