"""Headings of one level under one parent, with the place of each number in its own way of counting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from giaoban.reader.model import Document, Section

_ROMAN = re.compile(r"(?P<roman>X{0,3}(?:IX|IV|V?I{0,3}))\Z")
_DOTTED = re.compile(r"(?:\d{1,3}\.)*(?P<last>\d{1,3})\Z")
# «Chương II», «Mục 1», «Điều 5»: Sections and articles count in ways of their own.
_WORD = re.compile(r"\s*(?:chương|mục|điều|phần|phụ lục|tiểu mục|khoản)\b", re.IGNORECASE)
_EDGES = " .-–/():"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_LETTERS = "abcdđeghiklmnopqrstuvxy"


class Counting(StrEnum):
    """How a heading is numbered."""

    ROMAN = "roman"
    ARABIC = "arabic"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A heading with its place in the counting of its level."""

    section: Section
    counting: Counting
    place: int


def numbered(section: Section) -> Numbered | None:
    """Return a heading's place; None where its number is of no known kind."""
    printed = section.number.strip(_EDGES)
    if dotted := _DOTTED.match(printed):
        return Numbered(section, Counting.ARABIC, int(dotted["last"]))
    if printed and (roman := _ROMAN.match(printed.upper())) and printed.isupper() and roman["roman"]:
        return Numbered(section, Counting.ROMAN, _roman(printed))
    if len(printed) == 1 and printed.lower() in _LETTERS:
        return Numbered(section, Counting.LETTER, _LETTERS.index(printed.lower()) + 1)
    return None


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def neighbours(document: Document) -> Iterator[tuple[Numbered, Numbered]]:
    """Yield each heading with the one before it on its level under the same parent, counted in the same way.

    A heading of a higher level ends the counting; a number that begins again from 1 begins a new list.
    """
    last: dict[int, Numbered] = {}
    for section in document.sections:
        for level in [level for level in last if level > section.level]:
            del last[level]
        here = None if _WORD.match(document.text, section.start) else numbered(section)
        before = last.pop(section.level, None)
        if here is None:
            continue
        last[section.level] = here
        if before is not None and before.counting is here.counting and _stem(before) == _stem(here):
            yield before, here


def _stem(heading: Numbered) -> str:
    """Return what stands before the last number: «2.» of «2.3»."""
    printed = heading.section.number.strip(_EDGES)
    return printed.rpartition(".")[0] if heading.counting is Counting.ARABIC else ""
