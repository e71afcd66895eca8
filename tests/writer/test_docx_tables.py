"""Tables in Word: rows that fit their columns, wide lists on their side."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from tests.writer.sample import report

from giaoban.writer.blocks import Column, Table, Text
from giaoban.writer.docx import to_docx


def test_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells in a table of 2 columns"):
        Table((Column("A"), Column("B")), (((Text("x"),),),))


def test_a_wide_list_lies_on_its_side_with_its_last_line_beside_the_signature() -> None:
    table = Table((Column("TT"), Column("Họ và tên")), tuple(((Text(str(row)),), (Text("An"),)) for row in range(3)))
    upright, wide = (
        docx.Document(io.BytesIO(to_docx(replace(report(), body=(table,), landscape=landscape))))
        for landscape in (False, True)
    )
    for document, paper in ((upright, (210, 297)), (wide, (297, 210))):
        (section,) = document.sections
        assert section.page_width is not None
        assert section.page_height is not None
        assert (round(section.page_width.mm), round(section.page_height.mm)) == paper
        for one in document.tables:
            widths = [column.width for column in one.columns if column.width is not None]
            assert round(sum(widths) / 36000) == paper[0] - 45, "head, list and foot are as wide as the text"
        listed = next(one for one in document.tables if len(one.rows) == 4)
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in listed.rows]
        assert kept == [None, None, None, True]
