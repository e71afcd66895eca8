"""What stands around the text: head of the first page, recipients and signature, page numbers."""

from __future__ import annotations

from docx.document import Document

from giaoban.core.layouts import Layout
from giaoban.writer.blocks import OfficialDocument, Signature
from giaoban.writer.docx._inlines import element, page_field
from giaoban.writer.docx._styles import POINTS_PER_MM
from giaoban.writer.docx._tables import CellWriter, grid
from giaoban.writer.printed import place_and_date, recipient_lines, symbol_line


def write_head(document: Document, source: OfficialDocument, layout: Layout, width: float) -> None:
    """Write the issuer's side and the Party's side of a text so many millimetres wide, then type and title."""
    sides = tuple(side * width / sum(layout.head_columns) for side in layout.head_columns)
    table = grid(document, 2, sides)
    (issuer_cell, party_cell), (symbol_cell, place_cell) = (row.cells for row in table.rows)
    issuer = CellWriter(document, issuer_cell)
    if source.superior:
        issuer.add("Cơ quan cấp trên", layout.spell("superior", source.superior))
    issuer.add("Cơ quan ban hành", layout.spell("issuer", source.issuer))
    issuer.add("Dấu sao", "*")
    _write_party_title(CellWriter(document, party_cell), layout, sides[1])
    symbol = CellWriter(document, symbol_cell)
    symbol.add("Số, ký hiệu", symbol_line(source))
    if source.draft_mark:
        symbol.add("Dự thảo", source.draft_mark)
    CellWriter(document, place_cell).add("Địa danh, ngày tháng", place_and_date(source))
    document.add_paragraph(layout.spell("type_name", source.type_name), style="Title")
    for words in source.title:
        document.add_paragraph(layout.spell("title", words), style="Subtitle")
    document.add_paragraph(layout.separator, style="Gạch dưới trích yếu")


def _write_party_title(cell: CellWriter, layout: Layout, width: float) -> None:
    title = layout.party_title
    cell.add("Tiêu đề Đảng", title.text)
    # The line is the top border of an empty paragraph, drawn in by what the words leave free on both sides.
    free = width * POINTS_PER_MM - title.width_em * title.size
    side = max(0, round(free / 2 * 20))
    rule = cell.add("Normal")
    properties = rule._p.get_or_add_pPr()
    properties.append(element("pBdr", element("top", val="single", sz=8, space=1, color="auto")))
    properties.append(element("spacing", before=40, after=0, line=40, lineRule="exact"))
    properties.append(element("ind", left=side, right=side))


def write_foot(document: Document, source: OfficialDocument, layout: Layout, width: float) -> None:
    """Write recipients and signatures so that they stay together on one page.

    One signature stands at the right beside the recipients; several stand side by side, the recipients below them.
    """
    signatures = source.signatures
    recipients = recipient_lines(source, layout)
    if len(signatures) == 1:
        half = width / 2
        table = grid(document, 1, (half, half))
        _write_recipients(CellWriter(document, table.rows[0].cells[0]), recipients)
        _write_signature(CellWriter(document, table.rows[0].cells[1]), signatures[0], layout)
    else:
        if signatures:
            table = grid(document, 1, [width / len(signatures)] * len(signatures))
            for cell, signature in zip(table.rows[0].cells, signatures, strict=True):
                _write_signature(CellWriter(document, cell), signature, layout)
        if recipients:
            _write_recipients(CellWriter(document, grid(document, 1, [width]).rows[0].cells[0]), recipients)
    # Word wants a paragraph after the last table; this one takes no room.
    end = document.add_paragraph()._p.get_or_add_pPr()
    end.append(element("spacing", before=0, after=0, line=20, lineRule="exact"))


def _write_recipients(cell: CellWriter, lines: tuple[str, ...]) -> None:
    if lines:
        cell.add("Nơi nhận", "Nơi nhận:")
    for words in lines:
        cell.add("Danh sách nơi nhận", words)


def _write_signature(cell: CellWriter, signature: Signature, layout: Layout) -> None:
    for words in signature.capacity:
        cell.add("Quyền hạn ký", layout.spell("capacity", words))
    cell.add("Chức vụ người ký", layout.spell("position", signature.position))
    cell.add("Người ký", signature.name)


def write_page_numbers(document: Document) -> None:
    """Put the page number into the top margin from page 2 on; the first page's header stays empty."""
    paragraph = document.sections[0].header.paragraphs[0]
    paragraph.style = document.styles["Header"]
    paragraph._p.extend(page_field())
