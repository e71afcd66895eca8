"""A frozen document comes back as it was, after it has been JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.writer.sample import report

from giaoban.core.errors import InvalidInput
from giaoban.writer.blocks import Appendix, Column, Number, PageBreak, Paragraph, Role, Table, Text
from giaoban.writer.docx import to_docx
from giaoban.writer.frozen import freeze, thaw


def test_it_is_the_same_document_and_prints_the_same_bytes() -> None:
    number = Number("60,6%", "members.admitted", Decimal("60.6"), role=Role.GROWTH_PERCENT, period="2023-Q1")
    table = Table((Column("Tên"), Column("Số")), (((Text("Kết nạp"),), (number,)),), title="Bảng 1")
    document = replace(
        report(), appendices=(Appendix("1", "Biểu số liệu", (table, PageBreak(), Paragraph((number,)))),)
    )
    again = thaw(json.loads(json.dumps(freeze(document), ensure_ascii=False)))
    assert again == document
    assert to_docx(again) == to_docx(document)


@pytest.mark.parametrize("data", [{"is": "Text", "text": "x"}, {"is": "Popen"}])
def test_what_is_no_document_is_refused(data: dict[str, str]) -> None:
    with pytest.raises(InvalidInput):
        thaw(data)
