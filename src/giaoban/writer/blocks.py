"""What an official document is made of: a frozen tree that the writers print as .docx, .pdf or .md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Quantity: TypeAlias = int | float | Decimal


class Role(StrEnum):
    """What a printed number says of its measure; a part of a breakdown names its code in ``Number.part``."""

    VALUE = "value"
    PREVIOUS = "previous"
    CHANGE = "change"
    GROWTH_PERCENT = "growth_percent"
    CUMULATIVE = "cumulative"
    TARGET = "target"
    PERCENT_OF_TARGET = "percent_of_target"
    GAP_TO_TARGET = "gap_to_target"
    EXPECTED = "expected"
    PERCENT_OF_EXPECTED = "percent_of_expected"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as it stands in the text, with the measure that it comes from.

    ``text`` is what is printed («05», «60,6%», «không»), ``value`` the exact number behind it, ``unit`` the noun beside
    it, ``period`` the period in the spelling of the contracts.
    """

    text: str
    measure: str
    value: Quantity
    unit: str = ""
    period: str = ""
    role: Role = Role.VALUE
    part: str = ""
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text at the foot of the page; its number follows from the order in the document."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class FootnoteRef:
    """The place in the text that the footnote belongs to."""

    note: Footnote


Inline: TypeAlias = Text | Number | FootnoteRef


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading; level 1 is «I-», 2 «1.», 3 «1.1.», 4 «a)»; ``number`` is printed as it is."""

    level: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; ``centered`` for a line that stands alone, such as «BAN THƯỜNG VỤ QUYẾT ĐỊNH».

    ``slot`` is the place for free text that its words were written into, empty where the program wrote them.
    """

    inlines: tuple[Inline, ...]
    centered: bool = False
    slot: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list with its printed mark, such as «-» or «(1)»; ``slot`` as in ``Paragraph``."""

    inlines: tuple[Inline, ...]
    mark: str = "-"
    slot: str = ""


class Align(StrEnum):
    """Where the text of a table's column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: heading, alignment of its cells, share of the width (any unit, only the ratio counts)."""

    title: str
    align: Align = Align.LEFT
    share: float = 1.0


Cell: TypeAlias = tuple[Inline, ...]
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the heading is repeated on each page and a row is never split between pages."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footer: Row = ()
    title: str = ""

    def __post_init__(self) -> None:
        for row in (*self.rows, *((self.footer,) if self.footer else ())):
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block: TypeAlias = Heading | Paragraph | ListItem | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix after the signature, on its own page: «Phụ lục 1», its title, its blocks.

    A wide table stands on pages turned by a quarter (``landscape``).
    """

    number: str
    title: str
    body: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, in which capacity: («T/M BAN THƯỜNG VỤ»,), «BÍ THƯ», the name (blank on a draft)."""

    capacity: tuple[str, ...]
    position: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """A whole document; ``number`` is None on a draft: number and day are then left blank to be filled in by hand.

    ``dated`` is the date of issue, for a draft the day on which it is expected; the layout in force that day is used.
    ``issuer`` may hold line breaks where the name is to be broken in the head of the page. A document that is a wide
    list stands on pages turned by a quarter as a whole (``landscape``).
    """

    superior: str
    issuer: str
    type_code: str
    issuer_code: str
    place: str
    dated: date
    type_name: str
    title: tuple[str, ...]
    body: tuple[Block, ...]
    recipients: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    number: int | None = None
    draft_mark: str = ""
    appendices: tuple[Appendix, ...] = field(default=())
    landscape: bool = False

    @property
    def symbol(self) -> str:
        """The symbol without the number: «BC/ĐUK»."""
        return f"{self.type_code}/{self.issuer_code}"


@dataclass(frozen=True, slots=True)
class PlacedNumber:
    """A number and where it stands: path of the section («II.1.2») and whether in a footnote."""

    number: Number
    section: str
    in_footnote: bool


def _numbers_of(inlines: tuple[Inline, ...], section: str, in_footnote: bool) -> Iterator[PlacedNumber]:
    for inline in inlines:
        match inline:
            case Number():
                yield PlacedNumber(inline, section, in_footnote)
            case FootnoteRef(note):
                yield from _numbers_of(note.inlines, section, True)
            case Text():
                pass


def section_path(parents: tuple[str, ...], heading: Heading) -> tuple[str, ...]:
    """Return the path of a heading below those before it: «II», then «1.» -> II.1, then «1.1.» -> II.1.1."""
    own = heading.number.rstrip(".-)").strip()
    kept = parents[: heading.level - 1]
    above = ".".join(part for part in kept[1:] if part)
    return (*kept, own.removeprefix(f"{above}.").rsplit(".", 1)[-1])


def placed_numbers(document: OfficialDocument) -> Iterator[PlacedNumber]:
    """Yield every figure of the document in reading order, footnotes where they are referred to."""
    parts: list[tuple[str, tuple[Block, ...]]] = [("", document.body)]
    parts += [(f"PL{appendix.number}", appendix.body) for appendix in document.appendices]
    for name, blocks in parts:
        path: tuple[str, ...] = ()
        for block in blocks:
            if isinstance(block, Heading):
                path = section_path(path, block)
            section = ".".join(part for part in (name, *path) if part)
            match block:
                case Paragraph(inlines) | ListItem(inlines):
                    yield from _numbers_of(inlines, section, False)
                case Table(rows=rows, footer=footer):
                    for row in (*rows, footer):
                        for cell in row:
                            yield from _numbers_of(cell, section, False)
                case Heading() | PageBreak():
                    pass


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """Return the printed words without footnotes."""
    return "".join(inline.text for inline in inlines if not isinstance(inline, FootnoteRef))
