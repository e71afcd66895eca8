"""What the rules of this family share: which layout holds for a document, where its parts stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from giaoban.checker.base import Subject
from giaoban.checker.gb3_layout.facts import PageFacts, Passage
from giaoban.core.errors import NotFound
from giaoban.core.layouts import Layout, layout_on
from giaoban.core.text_vi import tidy

PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
_PARTY_SYMBOL = re.compile(r"[0-9]+-[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ]\w*\Z")
_FOOT = re.compile(r"Nơi nhận\b|(?:T\s?/\s?M|TM\.|K\s?/\s?T|KT\.|T\s?/\s?L|TL\.)\s*[A-ZĐÀ-Ỹ]{2}")
# What is shorter may be a title, a formula of greeting, a line of a list of names.
_SHORTEST_PARAGRAPH = 60
_HEAD_CHARACTERS = 1500


@dataclass(frozen=True, slots=True)
class Laid:
    """A Party document as a Word file, with the layout in force on its date of issue."""

    facts: PageFacts
    layout: Layout
    body: tuple[Passage, ...]


def laid(subject: Subject) -> Laid | None:
    """Return the document with its layout; None for a text without pages, one of the State, one without a date, or one
    older than the oldest layout known."""
    return subject.once(_laid)


def _laid(subject: Subject) -> Laid | None:
    issued = subject.document.header.date
    if subject.facts is None or issued is None or not is_party_document(subject):
        return None
    try:
        layout = layout_on(issued)
    except NotFound:
        return None
    return Laid(subject.facts, layout, _body(subject.facts.passages))


def is_party_document(subject: Subject) -> bool:
    """Tell whether a document carries a number of the Party: «Số 05-NQ/ĐU»."""
    return _PARTY_SYMBOL.match(subject.document.header.symbol or "") is not None


def head(subject: Subject) -> str:
    """Return the beginning of a document, where its title, number, place and date stand."""
    return subject.text[:_HEAD_CHARACTERS]


def _body(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the paragraphs of running text: outside tables, before recipients and signature."""
    foot = next((index for index, passage in enumerate(passages) if _FOOT.match(passage.text)), len(passages))
    return tuple(
        passage for passage in passages[:foot] if not passage.in_table and len(passage.text) >= _SHORTEST_PARAGRAPH
    )


def place(subject: Subject, passage: Passage) -> tuple[int, int]:
    """Return where a paragraph stands in the text; the first line where its words cannot be found."""
    words = passage.text
    start = subject.text.find(words)
    if start < 0:
        words = passage.pieces[0].text.strip()
        start = subject.text.find(words)
    return (start, start + len(words)) if start >= 0 and words else first_line(subject)


def first_line(subject: Subject) -> tuple[int, int]:
    """Return the span of the first line that is not blank."""
    for line in re.finditer(r"[^\r\n]+", subject.text):
        if tidy(line[0]):
            return line.span()
    return 0, 0


def shown(number: float) -> str:
    """Write a length or a size: «20», «12,5»."""
    return f"{number:.1f}".rstrip("0").rstrip(".").replace(".", ",")
