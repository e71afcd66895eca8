"""From a file or a text to a read document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from giaoban.reader.allocation import without_collecting
from giaoban.reader.citations.find import find_citations
from giaoban.reader.claims import find_claims
from giaoban.reader.deadlines_in_year import in_years
from giaoban.reader.footnotes import SUPERSCRIPTS, take_apart
from giaoban.reader.header import read_header
from giaoban.reader.lines import Lines
from giaoban.reader.loaders import load_with_notes
from giaoban.reader.mending import mend
from giaoban.reader.model import Citation, Claim, Document, Target, Task
from giaoban.reader.normalise import plain_letters
from giaoban.reader.repairs import find_repairs
from giaoban.reader.sections import find_sections
from giaoban.reader.targets.find import find_targets
from giaoban.reader.tasks.find import find_tasks

# Raised digits as plain ones.
RAISED_TO_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789")

Shown = TypeVar("Shown", Citation, Claim, Target, Task)


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What the caller knows beforehand.

    Args:
        reference_date: a day near which the document was written; it gives two-digit years their century.
    """

    reference_date: date | None = None


def read_file(path: str | Path, context: ReadContext | None = None, *, ocr: bool = False) -> Document:
    """Read one file; ``ocr`` allows to recognise the letters of scanned pages, on this machine.

    Raises:
        GiaobanError: no such file, no such format, or the file is broken, protected or in another encoding.
    """
    loaded = load_with_notes(Path(path), ocr=ocr)
    return replace(read_text(loaded.text, name=str(path), context=context), notes=loaded.notes)


def read_text(text: str, *, name: str = "", context: ReadContext | None = None) -> Document:
    """Read a document's text; any text gives a document, an empty one an empty document."""
    with without_collecting():
        return _read(text, name, context or ReadContext())


def _read(text: str, name: str, context: ReadContext) -> Document:
    plain = plain_letters(text)
    layout = take_apart(plain)
    lines = Lines(plain, ((note.start, note.end) for note in layout.footnotes))
    header = read_header(lines)
    citations = find_citations(
        plain,
        layout.flows(),
        marks={int(note.mark.translate(RAISED_TO_PLAIN)) for note in layout.footnotes},
        own=header.own_spans,
        reference=context.reference_date or header.value.date,
    )
    sections = find_sections(lines, header.body)
    repairs = find_repairs(text, layout.flows())
    # Numbers, goals and work are read in words as they were before they were damaged.
    mended = mend(layout, repairs)
    targets = find_targets(
        plain, mended.body, sections, [(item.start, item.end) for item in citations], header.value.title or ""
    )
    tasks = find_tasks(plain, mended.body, sections, header.body[:1], header.value.title or "", header.body[1:])
    return Document(
        name,
        text,
        header.value,
        sections,
        _as_printed(citations, text),
        _as_printed(find_claims(plain, mended), text),
        _as_printed(targets, text),
        _as_printed(in_years(tasks, header.value.date, header.value.title or ""), text),
        repairs,
    )


def _as_printed(items: Iterable[Shown], text: str) -> tuple[Shown, ...]:
    """Return results of the plain text with the letters that the file prints: both have the same offsets."""
    return tuple(
        item if (printed := text[item.start : item.end]) == item.text else replace(item, text=printed) for item in items
    )
