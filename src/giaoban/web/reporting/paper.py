"""The document as it will be printed, for the screen: each number leads to the entries behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from giaoban.core.layouts import layout_on
from giaoban.writer.blocks import (
    Align,
    Block,
    Column,
    Footnote,
    FootnoteRef,
    Heading,
    Inline,
    ListItem,
    Number,
    OfficialDocument,
    Paragraph,
    Row,
    Table,
)
from giaoban.writer.printed import (
    appendix_heading,
    cited_by_appendix,
    ended,
    place_and_date,
    recipient_lines,
    symbol_line,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, a number that can be opened, or the mark of a footnote."""

    text: str
    url: str = ""
    note: int = 0
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table: its title, the widths of its columns in percent, headings with their class, rows of cells."""

    title: str
    widths: tuple[int, ...]
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[tuple[str, tuple[Piece, ...]], ...], ...]
    footer: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A heading (its level), a paragraph (0), an item of a list (-1) or a table (-2: ``table``).

    ``anchor`` is the name of its place on the page, ``mark`` what the margin says of it in a word.
    """

    level: int
    pieces: tuple[Piece, ...] = ()
    anchor: str = ""
    mark: str = ""
    table: PaperTable | None = None


@dataclass(frozen=True, slots=True)
class PaperSignature:
    """Who signs."""

    capacity: tuple[str, ...]
    position: str
    name: str


@dataclass(frozen=True, slots=True)
class PaperAppendix:
    """An appendix: «Phụ lục», its title, the line that says to what it belongs, its blocks."""

    heading: str
    title: str
    belongs: str
    blocks: tuple[PaperBlock, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The page."""

    superior: str
    issuer: str
    symbol: str
    party_title: str
    place_and_date: str
    type_name: str
    title: tuple[str, ...]
    blocks: tuple[PaperBlock, ...]
    notes: tuple[tuple[Piece, ...], ...]
    recipients: tuple[str, ...]
    signatures: tuple[PaperSignature, ...]
    appendices: tuple[PaperAppendix, ...] = ()


class _Layer:
    """Lays blocks out and collects the footnotes in the order in which they are referred to."""

    def __init__(self, url: Callable[[Number], str]) -> None:
        self.notes: list[Footnote] = []
        self._url = url

    def piece(self, inline: Inline) -> Piece:
        match inline:
            case FootnoteRef(note):
                self.notes.append(note)
                return Piece(str(len(self.notes)), note=len(self.notes))
            case Number():
                return Piece(inline.text, self._url(inline), bold=inline.bold, italic=inline.italic)
            case _:
                return Piece(inline.text, bold=inline.bold, italic=inline.italic)

    def pieces(self, inlines: Iterable[Inline]) -> tuple[Piece, ...]:
        return tuple(self.piece(one) for one in inlines)

    def blocks(self, body: Iterable[Block], marks: Mapping[int, str] | None = None) -> tuple[PaperBlock, ...]:
        """Lay the blocks out; those of the body have a place to which the margin leads."""
        laid = []
        for place, block in enumerate(body):
            anchor = f"doan-{place}" if marks is not None else ""
            mark = (marks or {}).get(place, "")
            match block:
                case Heading(level, number, title):
                    laid.append(PaperBlock(level, (Piece(f"{number} {title}".strip()),), anchor, mark))
                case Paragraph(inlines):
                    laid.append(PaperBlock(0, self.pieces(inlines), anchor, mark))
                case ListItem(inlines, words):
                    laid.append(PaperBlock(-1, (Piece(f"{words} "), *self.pieces(inlines)), anchor, mark))
                case Table():
                    laid.append(PaperBlock(-2, (), anchor, mark, self._table(block)))
                case _:
                    pass
        return tuple(laid)

    def _table(self, table: Table) -> PaperTable:
        whole = sum(one.share for one in table.columns)
        return PaperTable(
            table.title,
            tuple(round(100 * one.share / whole) for one in table.columns),
            tuple((_column_class(one), one.title) for one in table.columns),
            tuple(self._cells(row, table.columns) for row in table.rows),
            self._cells(table.footer, table.columns) if table.footer else (),
        )

    def _cells(self, row: Row, columns: tuple[Column, ...]) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
        return tuple((_column_class(column), self.pieces(cell)) for column, cell in zip(columns, row, strict=True))


def _column_class(column: Column) -> str:
    return "n" if column.align is Align.RIGHT else ""


def paper_of(document: OfficialDocument, url: Callable[[Number], str], marks: Mapping[int, str] | None = None) -> Paper:
    """Lay a document out for the screen in the layout of its day of issue.

    Args:
        document: the document.
        url: where a number leads; «» for one that cannot be opened.
        marks: what the margin says of blocks of the body, by their place.
    """
    layout = layout_on(document.dated)
    layer = _Layer(url)
    blocks = layer.blocks(ended(document.body, layout), marks or {})
    appendices = tuple(
        PaperAppendix(appendix_heading(one, layout), one.title, cited_by_appendix(document), layer.blocks(one.body))
        for one in document.appendices
    )
    return Paper(
        superior=layout.spell("superior", document.superior) if document.superior else "",
        issuer=layout.spell("issuer", document.issuer),
        symbol=symbol_line(document),
        party_title=layout.party_title.text,
        place_and_date=place_and_date(document),
        type_name=layout.spell("type_name", document.type_name),
        title=document.title,
        blocks=blocks,
        notes=tuple(layer.pieces(note.inlines) for note in tuple(layer.notes)),
        recipients=recipient_lines(document, layout),
        signatures=tuple(
            PaperSignature(
                tuple(layout.spell("capacity", line) for line in one.capacity),
                layout.spell("position", one.position),
                one.name,
            )
            for one in document.signatures
        ),
        appendices=appendices,
    )
