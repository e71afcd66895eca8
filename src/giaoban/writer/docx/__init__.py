"""OfficialDocument -> .docx in the layout in force on the day of issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm

from giaoban.core.layouts import Layout, layout_on
from giaoban.writer.anchors import END, anchor_names
from giaoban.writer.blocks import Block, Heading, ListItem, OfficialDocument, PageBreak, Paragraph, Table
from giaoban.writer.docx._frame import write_foot, write_head, write_page_numbers
from giaoban.writer.docx._inlines import Footnotes, mark_paragraph, run
from giaoban.writer.docx._package import (
    Stamp,
    empty_document,
    set_properties,
    shrink,
    text_width,
    to_bytes,
    turn_pages,
)
from giaoban.writer.docx._tables import keep_last_row, write_table
from giaoban.writer.printed import appendix_heading, cited_by_appendix, ended

__all__ = ["Stamp", "to_docx"]


def to_docx(
    source: OfficialDocument,
    layout: Layout | None = None,
    stamp: Stamp | None = None,
    versions: Mapping[str, int] | None = None,
) -> bytes:
    """Write a document as .docx; the same document, layout and stamp give the same bytes.

    Args:
        source: the document.
        layout: the layout; default is the shipped one in force on the date of issue.
        stamp: who took it out, when and what; kept in the file's properties.
        versions: for a draft that people edit in Word and give back: the version of each slot that it shows. Its
            paragraphs then carry invisible marks (``writer.anchors``).

    Raises:
        NotFound: no layout is known for the date of issue.
    """
    layout = layout or layout_on(source.dated)
    document = empty_document(layout, landscape=source.landscape)
    width = text_width(layout, landscape=source.landscape)
    footnotes = Footnotes()
    write_head(document, source, layout, width)
    names = anchor_names(source, versions) if versions is not None else ()
    _write_blocks(document, ended(source.body, layout), footnotes, width, names)
    if source.signatures and document.paragraphs:
        # The signature must not stand on a page without any of the text.
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        if source.body and isinstance(source.body[-1], Table):
            keep_last_row(document.tables[-1])
    write_foot(document, source, layout, width)
    if names:
        mark_paragraph(document.paragraphs[-1], END, len(names))
    turned = source.landscape
    for appendix in source.appendices:
        title_breaks = appendix.landscape is turned
        if not title_breaks:
            turn_pages(document, layout, landscape=appendix.landscape)
            turned = appendix.landscape
        title = document.add_paragraph(appendix_heading(appendix, layout), style="Tên phụ lục")
        title.paragraph_format.page_break_before = title_breaks
        document.add_paragraph(appendix.title, style="Tên phụ lục")
        citation = document.add_paragraph(style="Gạch dưới trích yếu")
        citation._p.append(run(cited_by_appendix(source), italic=True))
        _write_blocks(document, appendix.body, footnotes, text_width(layout, landscape=turned))
        if appendix.body and isinstance(appendix.body[-1], Table):
            shrink(document.paragraphs[-1])
    write_page_numbers(document)
    footnotes.attach(document)
    set_properties(document, source, stamp)
    return to_bytes(document)


def _write_blocks(
    document: Document, blocks: tuple[Block, ...], footnotes: Footnotes, width: float, names: Sequence[str] = ()
) -> None:
    for place, block in enumerate(blocks):
        match block:
            case Heading(level, number, title):
                document.add_paragraph(f"{number} {title}".strip(), style=f"Heading {level}")
            case Paragraph(inlines, centered):
                paragraph = document.add_paragraph(style="Body Text")
                if centered:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                    paragraph.paragraph_format.first_line_indent = Mm(0)
                footnotes.write(paragraph, inlines)
            case ListItem(inlines, mark):
                item = document.add_paragraph(style="List Paragraph")
                item._p.append(run(f"{mark} "))
                footnotes.write(item, inlines)
            case Table():
                write_table(document, block, footnotes, width)
            case PageBreak():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        if names and names[place]:
            mark_paragraph(document.paragraphs[-1], names[place], place)
