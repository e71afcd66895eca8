"""The text of a document exactly as it was decoded, and the table that turns offsets into lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class SourceText:
    """A document's text as it is in the file: nothing is normalised, joined or repaired.

    Args:
        text: the decoded text; every offset of a reading points into it.
        name: the file's name as given, for messages.
    """

    def __init__(self, text: str, name: str = "") -> None:
        self.text = text
        self.name = name

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    @property
    def line_count(self) -> int:
        """How many lines the text has; an empty text has one."""
        return len(self._line_starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both counted from 1 in code points, of an offset from 0 to ``len(text)``.

        Raises:
            ValueError: the offset lies outside the text.
        """
        if not 0 <= offset <= len(self.text):
            raise ValueError(f"offset {offset} outside 0..{len(self.text)}")
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_span(self, line: int) -> tuple[int, int]:
        """Return start and end of a line (counted from 1), its line break left out.

        Raises:
            ValueError: the text has no such line.
        """
        if not 1 <= line <= self.line_count:
            raise ValueError(f"line {line} outside 1..{self.line_count}")
        start = self._line_starts[line - 1]
        end = self._line_starts[line] if line < self.line_count else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end
