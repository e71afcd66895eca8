"""Running text cut at blanks: pieces of which an office's paper has many and few different ones.

Whatever a piece tells by itself is worked out once for all its places.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from itertools import accumulate

_BREAK = re.compile("\n")
_BLOCK = 32


class Pieces:
    """The pieces of a running text in their order; a line break is a piece of its own.

    ``text`` is the text with a blank on each side of its line breaks, so that pieces and blanks take turns.
    """

    def __init__(self, text: str) -> None:
        self.text = text.replace("\n", " \n ")
        self._breaks = [match.start() for match in _BREAK.finditer(self.text)] if "\n" in text else []
        self.items = self.text.split(" ")

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each piece stands in the text."""
        return Counter(self.items)

    def begin(self, index: int) -> int:
        """Return where a piece begins in ``text``; for the number of all pieces, where one more would."""
        block = index // _BLOCK
        at = block * _BLOCK
        return self._blocks[block] + sum(map(len, self.items[at:index])) + index - at

    def original(self, place: int) -> int:
        """Return where a place of ``text``, which is in no line break, stands in the text as it was given."""
        return place - 2 * bisect_left(self._breaks, place)

    def spaced(self, place: int) -> int:
        """Return where a place of the text as it was given, which is in no line break, stands in ``text``."""
        return place + 2 * bisect_left(self._breaks, place, key=self.original)

    def places(self, wanted: Collection[str]) -> list[int]:
        """Return the indices of some pieces."""
        return [index for index, piece in enumerate(self.items) if piece in wanted] if wanted else []

    def spans(self, places: Collection[int]) -> list[tuple[int, int]]:
        """Return where the pieces with some indices, given in order, stand in the text as it was given."""
        items = self.items
        starts = [self.original(self.begin(index)) for index in places]
        return [(start, start + len(items[index])) for start, index in zip(starts, places, strict=True)]

    @cached_property
    def _blocks(self) -> list[int]:
        """Where each block of pieces begins in ``text``: few pieces of a text are asked for."""
        items = self.items
        sizes = [sum(map(len, items[at : at + _BLOCK])) + _BLOCK for at in range(0, len(items), _BLOCK)]
        return list(accumulate(sizes, initial=0))
