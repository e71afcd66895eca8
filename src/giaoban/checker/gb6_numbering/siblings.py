"""Headings of one level under one parent, with the place of each number in its own way of counting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from giaoban.checker.base import Subject
from giaoban.reader.model import Document, Section

_ROMAN = re.compile(r"(?P<roman>X{0,3}(?:IX|IV|V?I{0,3}))\Z")
_DOTTED = re.compile(r"(?:\d{1,3}\.)*(?P<last>\d{1,3})\Z")
# «Chương II», «Mục 1», «Điều 5»: Sections and articles count in ways of their own.
_WORD = re.compile(r"\s*(?:chương|mục|điều|phần|phụ lục|tiểu mục|khoản)\b", re.IGNORECASE)
# What another paper's words are introduced by: their numbers are that paper's.
_QUOTES = re.compile(r"(?:như sau|được sửa|sửa đổi|thay thế|bổ sung)[^\n]{0,60}:[\s\"“*_]*\Z|(?:…|\.{3,})[\s)\]*_]*\Z")
_EXTRACT = re.compile(r"(?<!\w)trích(?! yếu)", re.IGNORECASE)
_REACH = 120
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


def printed_number(heading: Numbered) -> str:
    """Return a heading's number without the signs around it."""
    return heading.section.number.strip(_EDGES)


def number_span(heading: Numbered) -> tuple[int, int]:
    """Return where a heading's number stands."""
    start = heading.section.start
    return start, max(start + 1, min(heading.section.end, start + len(heading.section.number)))


def is_quoted(text: str, start: int) -> bool:
    """Tell whether a heading opens the words of another paper («… được sửa đổi như sau:»), or follows an ellipsis."""
    return _QUOTES.search(text, max(0, start - _REACH), start) is not None


def stands_between(text: str, start: int, end: int, printed: Iterable[str]) -> bool:
    """Tell whether one of the numbers stands somewhere between two headings: at the start of a line, or inside one
    with a sign of a heading behind it. The numbering then does not jump; its heading was only not read as one."""
    numbers = "|".join(re.escape(number) for number in printed)
    inside = rf"(?<![\w.,/])\(?(?:{numbers})\s?[-–.):/](?!\d)|(?:^|[\r\n])[\s*_\"“(]*(?:{numbers})(?!\w)"
    return bool(numbers) and re.search(inside, text[start:end], re.IGNORECASE) is not None


def neighbours(subject: Subject) -> tuple[tuple[Numbered, Numbered], ...]:
    """Return each heading with the one before it on its level under the same parent, counted in the same way.

    A heading of a higher level ends the counting; a number that begins again from 1 begins a new list. Words of another
    paper (extracts, amended articles) are passed over.
    """
    return subject.once(_all_neighbours)


def _all_neighbours(subject: Subject) -> tuple[tuple[Numbered, Numbered], ...]:
    return tuple(_neighbours(subject.document))


def _neighbours(document: Document) -> Iterator[tuple[Numbered, Numbered]]:
    last: dict[int, Numbered] = {}
    extract: int | None = None
    for section in document.sections:
        if extract is not None and section.level > extract:
            continue
        extract = section.level if _EXTRACT.search(section.title) else None
        if is_quoted(document.text, section.start):
            continue
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
