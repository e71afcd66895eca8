"""What the rules of this family share: what is wanted of a document's pages, where its parts stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from giaoban.checker.base import Subject
from giaoban.checker.gb3_layout.facts import PageFacts, Passage
from giaoban.checker.gb3_layout.systems import is_party_document, is_state_document
from giaoban.core.errors import NotFound
from giaoban.core.layouts import Layout, layout_on
from giaoban.core.text_vi import tidy
from giaoban.reader.lines import is_capitals

PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
_FOOT = re.compile(r"Nơi nhận\b|(?:T\s?/\s?M|TM\.|K\s?/\s?T|KT\.|T\s?/\s?L|TL\.)\s*[A-ZĐÀ-Ỹ]{2}")
# What is shorter may be a title, a formula of greeting, a line of a list of names.
_SHORTEST_PARAGRAPH = 60
# The subject of a letter, an annotation, the title of a table; a line of the contents.
_NO_BODY = re.compile(r"V/v\b|Về việc\b|về\b|\([^()]*\)\.?\Z|\*|(?:Ghi chú|Chú thích|Nguồn|Biểu|Bảng|Hình|Sơ đồ)\b")
_OF_THE_CONTENTS = re.compile(r"\t[0-9]+\Z|\.{5}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a guide asks of pages and running text: margins in millimetres and sizes in points, from and to."""

    code: str
    paper: tuple[float, float]
    margins: Mapping[str, tuple[float, float]]
    font: str
    size: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Laid:
    """A Word file with what is wanted of it; ``layout`` for a document of the Party, None for one of the State."""

    facts: PageFacts
    wanted: Wanted
    body: tuple[Passage, ...]
    layout: Layout | None = None


# Appendix I of the decree, part I.
_OF_THE_STATE = Wanted(
    "Nghị định 30/2020/NĐ-CP",
    (210, 297),
    MappingProxyType({"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}),
    "Times New Roman",
    (13, 14),
)


def laid(subject: Subject) -> Laid | None:
    """Return the document with what is wanted of it; None for a text without pages, one of neither Party nor State,
    one without a date, or one older than the oldest guide known."""
    return subject.once(_laid)


def _laid(subject: Subject) -> Laid | None:
    issued = subject.document.header.date
    if subject.facts is None or issued is None:
        return None
    body = _body(subject, subject.facts.passages)
    if is_state_document(subject):
        return Laid(subject.facts, _OF_THE_STATE, body)
    if not is_party_document(subject):
        return None
    try:
        layout = layout_on(issued)
    except NotFound:
        return None
    return Laid(subject.facts, _of_the_party(layout), body, layout)


def _of_the_party(layout: Layout) -> Wanted:
    sides = ("top", "bottom", "left", "right")
    margins = {side: (getattr(layout.margins, side),) * 2 for side in sides}
    face = layout.faces["body"]
    return Wanted(
        layout.code, layout.paper, MappingProxyType(margins), layout.font, (face.size, face.largest or face.size)
    )


def _body(subject: Subject, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return the paragraphs of running text: outside tables and boxes, after the title, before recipients and
    signature."""
    foot = next((index for index, passage in enumerate(passages) if _FOOT.match(passage.text)), len(passages))
    title = tidy(subject.document.header.title or "")
    return tuple(
        passage
        for passage in passages[:foot]
        if not passage.in_table
        and not passage.in_box
        and len(passage.text) >= _SHORTEST_PARAGRAPH
        and not _NO_BODY.match(passage.text)
        and not _OF_THE_CONTENTS.search(passage.text)
        and not is_capitals(passage.text)
        and (passage.text.endswith((".", ";", ":")) or tidy(passage.text) not in title)
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


def span(bounds: tuple[float, float]) -> str:
    """Write what is allowed: «14», «từ 13 đến 14»."""
    low, high = bounds
    return shown(low) if low == high else f"từ {shown(low)} đến {shown(high)}"
