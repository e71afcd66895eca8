"""The way back from the text of a Word document into its parts: which letter stands in which run of the file.

Each letter of the file is swapped for a sign of its own out of the private planes of Unicode, the file is read again,
and the signs tell where each letter came to stand. So whatever the loader does with a paragraph, a table or a note is
followed without being told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from giaoban.reader.loaders.docx import read_package
from giaoban.reader.loaders.numbering import W
from giaoban.reader.loaders.package import Package

TEXT = f"{W}t"
# Page headers are left out: one of them may stand in many places of the text, or in none.
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
# Word keeps what stands in these twice, or writes it anew by itself.
_OWNED = (f"{W}fldSimple", "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent")
_PLANES = ((0xF0000, 0xFFFFE), (0x100000, 0x10FFFE))
_SIGNS = tuple(chr(code) for first, end in _PLANES for code in range(first, end))
_INDEX = {sign: index for index, sign in enumerate(_SIGNS)}
# How many runs one blank of the text may be spread over.
_MOST_RUNS = 20


class Letter(NamedTuple):
    """Where a letter stands: the name of the part, which of its ``w:t`` in reading order, the place inside it."""

    part: str
    node: int
    place: int


class _Run(NamedTuple):
    part: str
    node: int
    text: str
    is_free: bool  # neither in a field nor in a text box


class WordPlaces:
    """Where the letters of a Word document's text stand in its file.

    Args:
        data, where: the bytes of a .docx and its name; ``load`` must have read it without complaint.
        text: what ``load`` made of it.
    """

    def __init__(self, data: bytes, where: str, text: str) -> None:
        self._text = text
        self._runs = list(_runs(Package(data, where, kind=".docx")))
        self._at: dict[int, tuple[int, int]] = {}
        if max(text, default="") < _SIGNS[0]:
            for round_ in _rounds(self._runs):
                self._follow(round_, _Swapped(data, where, self._runs, round_))

    def of(self, start: int, end: int) -> list[Letter] | None:
        """Return where the letters of a stretch of the text stand; None where one of them stands in no run."""
        found = [self._letter(place) for place in range(start, end)]
        known = [letter for letter in found if letter is not None]
        return known if len(known) == len(found) else None

    def _letter(self, place: int) -> Letter | None:
        at = self._at.get(place) or self._blank(place)
        if at is None:
            return None
        run = self._runs[at[0]]
        return Letter(run.part, run.node, at[1])

    def _blank(self, place: int) -> tuple[int, int] | None:
        """Return where a blank stands: between the letters on both sides, if the file has there what the text has."""
        before = next((at for at in range(place - 1, -1, -1) if not self._text[at].isspace()), -1)
        after = next((at for at in range(place + 1, len(self._text)) if not self._text[at].isspace()), -1)
        if before not in self._at or after not in self._at:
            return None
        (first, begin), (last, end) = self._at[before], self._at[after]
        if not first <= last < first + _MOST_RUNS:
            return None
        between = [
            (index, spot)
            for index in range(first, last + 1)
            for spot in range(len(self._runs[index].text))
            if self._runs[index].is_free and (first, begin) < (index, spot) < (last, end)
        ]
        shown = "".join(self._runs[index].text[spot] for index, spot in between)
        return between[place - before - 1] if shown == self._text[before + 1 : after] else None

    def _follow(self, wanted: Sequence[tuple[int, int]], package: Package) -> None:
        """Note where the letters of one round came to stand, if nothing else changed with them."""
        read = read_package(package).text
        if len(read) != len(self._text):
            return
        for place, sign in enumerate(read):
            if sign in _INDEX:
                self._at[place] = wanted[_INDEX[sign]]


def _rounds(runs: Sequence[_Run]) -> Iterator[list[tuple[int, int]]]:
    """Yield the letters, by run and place, in rounds of as many as there are signs."""
    letters = [
        (index, place)
        for index, run in enumerate(runs)
        if run.is_free
        for place, letter in enumerate(run.text)
        if not letter.isspace()
    ]
    for begin in range(0, len(letters), len(_SIGNS)):
        yield letters[begin : begin + len(_SIGNS)]


class _Swapped(Package):
    """A package that gives its parts with some letters swapped for signs."""

    def __init__(self, data: bytes, where: str, runs: Sequence[_Run], letters: Sequence[tuple[int, int]]) -> None:
        super().__init__(data, where, kind=".docx")
        texts: dict[int, list[str]] = {}
        for sign, (index, place) in zip(_SIGNS, letters, strict=False):
            texts.setdefault(index, list(runs[index].text))[place] = sign
        self._texts = {(runs[index].part, runs[index].node): "".join(signs) for index, signs in texts.items()}

    def part(self, name: str) -> Element | None:
        root = super().part(name)
        if root is not None and name in PARTS:
            for number, node in enumerate(root.iter(TEXT)):
                node.text = self._texts.get((name, number), node.text)
        return root


def _runs(package: Package) -> Iterator[_Run]:
    """Yield the stretches of text in a file, in reading order of each part."""
    for name in PARTS:
        root = package.part(name)
        if root is None:
            continue
        number = fields = 0
        waiting = [(root, True)]
        while waiting:
            element, is_free = waiting.pop()
            if element.tag == f"{W}fldChar":
                kind = element.get(f"{W}fldCharType")
                fields += (kind == "begin") - (kind == "end" and fields > 0)
            elif element.tag == TEXT:
                yield _Run(name, number, element.text or "", is_free and not fields)
                number += 1
            is_free = is_free and element.tag not in _OWNED
            waiting.extend((child, is_free) for child in reversed(element))
