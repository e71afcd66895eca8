"""Tables: invisible ones that place the head and the signature, and ruled ones in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Mm
from docx.table import Table as DocxTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from giaoban.writer.blocks import Align, Cell, FootnoteRef, Table, Text
from giaoban.writer.docx._inlines import Footnotes, element

_ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def grid(document: Document, rows: int, widths: Sequence[float], *, style: str = "Normal Table") -> DocxTable:
    """Add a table with fixed column widths in millimetres whose rows do not split between pages."""
    table: DocxTable = document.add_table(rows, len(widths))
    table.style = document.styles[style]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    if style == "Normal Table":
        # Not left to the style: LibreOffice gives every table its own default margins otherwise.
        sides = (element(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert look is not None
        look.addprevious(element("tblCellMar", *sides))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


class CellWriter:
    """Fills a cell paragraph by paragraph: python-docx gives each cell one empty paragraph to begin with."""

    def __init__(self, document: Document, cell: _Cell) -> None:
        self._document = document
        self._cell = cell
        self._fresh = True

    def add(self, style: str, text: str = "") -> Paragraph:
        """Add a paragraph in a style."""
        paragraph: Paragraph = self._cell.paragraphs[0] if self._fresh else self._cell.add_paragraph()
        self._fresh = False
        paragraph.style = self._document.styles[style]
        if text:
            paragraph.add_run(text)
        return paragraph


def write_table(document: Document, table: Table, footnotes: Footnotes, text_width: float) -> None:
    """Write a table of the text: heading repeated on each page, totals in bold."""
    if table.title:
        document.add_paragraph(table.title, style="Caption")
    shares = sum(column.share for column in table.columns)
    widths = [text_width * column.share / shares for column in table.columns]
    rows = (*table.rows, *((table.footer,) if table.footer else ()))
    made = grid(document, 1 + len(rows), widths, style="Table Grid")
    first: CT_Row = made.rows[0]._tr
    first.get_or_add_trPr().append(element("tblHeader"))
    for cell, column in zip(made.rows[0].cells, table.columns, strict=True):
        heading = CellWriter(document, cell).add("Nội dung bảng")
        footnotes.write(heading, (Text(column.title, bold=True),))
        heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for row, cells in zip(list(made.rows)[1:], rows, strict=True):
        is_footer = cells is table.footer
        for cell, column, content in zip(row.cells, table.columns, cells, strict=True):
            paragraph = CellWriter(document, cell).add("Nội dung bảng")
            footnotes.write(paragraph, _bold(content) if is_footer else content)
            paragraph.alignment = _ALIGNMENTS[column.align]
    # Two tables in a row would grow together, and text would stick to the last line.
    document.add_paragraph(style="Nội dung bảng")


def keep_last_row(table: DocxTable) -> None:
    """Let the last row stand on the page of what follows the table."""
    for cell in table.rows[-1].cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _bold(content: Cell) -> Cell:
    return tuple(inline if isinstance(inline, FootnoteRef) else replace(inline, bold=True) for inline in content)
