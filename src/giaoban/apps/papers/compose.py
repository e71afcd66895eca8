"""From a form and what is known of people to official documents; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from giaoban.apps.papers.forms import TABLE_MARK, Form, fill
from giaoban.core.numbers_vi import format_count
from giaoban.writer.blocks import (
    Align,
    Block,
    Column,
    Inline,
    ListItem,
    Number,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    Text,
)
from giaoban.writer.definitions import OfficeFacts

BLANK = "……"
Value: TypeAlias = "str | Number"
_FACES = re.compile(r"(\*\*.+?\*\*|\*.+?\*)")
_FIELD = re.compile(r"(\{[^{}]*\})")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known for one paper or one line of a list, by field."""

    values: Mapping[str, Value] = field(default_factory=dict)

    def words(self) -> dict[str, str]:
        """Return every field as words."""
        return {key: one.text if isinstance(one, Number) else one for key, one in self.values.items()}


@dataclass(frozen=True, slots=True)
class Sheet:
    """For which office, on which day, from which number on (None: left blank to be filled in by hand)."""

    office: OfficeFacts
    dated: date
    first_number: int | None = None


def compose(form: Form, people: Sequence[Facts], common: Facts, sheet: Sheet) -> tuple[OfficialDocument, ...]:
    """Return the papers: one for each person, or one for all of them with the table."""
    if not form.each:
        both = {**common.values, "so_nguoi": format_count(len(people))}
        return (_document(form, Facts(both), people, sheet, 0),)
    return tuple(
        _document(form, Facts({**common.values, **one.values}), (one,), sheet, index)
        for index, one in enumerate(people)
    )


def _document(form: Form, facts: Facts, people: Sequence[Facts], sheet: Sheet, index: int) -> OfficialDocument:
    office = sheet.office
    words = facts.words()
    signatures = office.signatures
    if form.signers:
        signatures = tuple(Signature((fill(one, words, blank=BLANK).upper(),), "") for one in form.signers)
    elif form.capacity:
        signatures = (Signature(form.capacity, form.position),)
    return OfficialDocument(
        superior=office.superior,
        issuer=office.issuer,
        type_code=form.type_code,
        issuer_code=office.issuer_code,
        place=office.place,
        dated=sheet.dated,
        type_name=form.type_name,
        title=tuple(fill(line, words, blank=BLANK) for line in form.heading),
        body=tuple(_blocks(form, facts, people)),
        recipients=tuple(fill(line, words, blank=BLANK) for line in form.recipients) or office.recipients,
        signatures=signatures,
        number=None if sheet.first_number is None else sheet.first_number + index,
        landscape=form.landscape,
    )


def _blocks(form: Form, facts: Facts, people: Sequence[Facts]) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", form.body.strip()):
        text = " ".join(part.split())
        if text == TABLE_MARK:
            yield _table(form, people)
        elif text.startswith("- "):
            yield ListItem(tuple(inlines(text[2:], facts)))
        elif text.startswith("^ "):
            words = fill(text[2:], facts.words(), blank=BLANK)
            yield Paragraph((Text(words.upper(), bold=True),), centered=True)
        elif text.startswith("= "):
            yield Paragraph(tuple(inlines(text[2:], facts)), centered=True)
        elif text:
            yield Paragraph(tuple(inlines(text, facts)))


def inlines(text: str, facts: Facts) -> Iterator[Inline]:
    """Split a line into runs: faces first, then fields; a figure stays a figure."""
    for piece in _FACES.split(text):
        bold = piece.startswith("**") and piece.endswith("**") and len(piece) > 4
        italic = not bold and piece.startswith("*") and piece.endswith("*") and len(piece) > 2
        plain = piece[2:-2] if bold else piece[1:-1] if italic else piece
        for run in _FIELD.split(plain):
            value = facts.values.get(run[1:-1]) if run.startswith("{") else run
            if isinstance(value, Number):
                yield value
            elif run:
                yield Text(value or BLANK, bold=bold, italic=italic)


def _table(form: Form, people: Sequence[Facts]) -> Table:
    columns = tuple(
        Column(one.title, Align.CENTER if one.text == "{tt}" else Align.LEFT, one.share) for one in form.columns
    )
    rows = tuple(
        tuple((Text(fill(one.text, {**person.words(), "tt": str(position)}, blank=BLANK)),) for one in form.columns)
        for position, person in enumerate(people, 1)
    )
    return Table(columns, rows)
