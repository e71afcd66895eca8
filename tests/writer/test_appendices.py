"""Tables of figures and appendices: what they print, what they leave out, how their pages lie."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from tests.writer.sample import FIGURES, OFFICE, report

from giaoban.core.errors import InvalidInput
from giaoban.writer.blocks import Align, Appendix, Column, Number, Role, Table, Text, placed_numbers, plain_text
from giaoban.writer.definitions import MeasureWords, parse_definition
from giaoban.writer.docx import to_docx
from giaoban.writer.sentences import FigureView, ListEntry

WORDS = {
    "members.admitted": MeasureWords("Kết nạp đảng viên", "đảng viên"),
    "members.total": MeasureWords(
        "Tổng số đảng viên",
        "đảng viên",
        {"status": {"official": "chính thức", "probationary": "dự bị"}, "sector": {"state": "Khối nhà nước"}},
    ),
}


def _cells(table: Table) -> list[list[str]]:
    return [[plain_text(cell) for cell in row] for row in (*table.rows, *((table.footer,) if table.footer else ()))]


def _tables(appendix: Appendix) -> list[Table]:
    return [block for block in appendix.body if isinstance(block, Table)]


def test_a_table_of_figures_leaves_out_what_is_not_known() -> None:
    figures, *_ = report(appendices=True, words=WORDS).appendices
    (table,) = _tables(figures)
    rows = _cells(table)
    assert ["2", "Kết nạp đảng viên", "đảng viên", "53", "33", "60,6", "53", "120", "44,2"] in rows
    assert ["", "- chính thức", "", "5.950", "", "", "", "", ""] in rows
    assert "Phải thực hiện" not in [column.title for column in table.columns], "nothing is known of it"
    assert not any("Lớp bồi dưỡng" in cell or "training" in cell for row in rows for cell in row)
    assert [column.align for column in table.columns[3:]] == [Align.RIGHT] * (len(table.columns) - 3)


def test_parts_stand_in_the_order_of_their_declaration() -> None:
    total = replace(FIGURES["members.total"], breakdown={"probationary": 170, "official": 5950})
    figures, *_ = report(appendices=True, words=WORDS, figures=FIGURES | {"members.total": total}).appendices
    (table,) = _tables(figures)
    said = [row[1] for row in _cells(table)]
    assert said.index("- dự bị") == said.index("- chính thức") + 1


def test_numbers_of_tables_carry_their_measure_and_role() -> None:
    placed = [one for one in placed_numbers(report(appendices=True, words=WORDS)) if one.section.startswith("PL")]
    told = {(one.number.measure, one.number.role, one.number.part, one.number.value) for one in placed}
    assert ("members.admitted", Role.PERCENT_OF_TARGET, "", 44.2) in told
    assert ("members.total", Role.PART, "official", 5950) in told


def test_parts_stand_side_by_side_with_their_total() -> None:
    total = FigureView(10, breakdowns={"sector": {"unknown": 1, "state": 9}})
    figures = FIGURES | {"members.total": total}
    appendices = report(appendices=True, words=WORDS, figures=figures).appendices
    (table,) = [one for appendix in appendices for one in _tables(appendix) if one.footer]
    assert _cells(table) == [["1", "Khối nhà nước", "9"], ["2", "Chưa rõ", "1"], ["", "Cộng", "10"]]


def test_a_long_list_goes_to_an_appendix_and_not_to_a_footnote() -> None:
    figures = FIGURES | {"committees.consolidated": FigureView(31)}
    lists = {"committees.consolidated": [ListEntry(f"Đảng ủy số {order}", "bổ sung") for order in range(31)]}
    document = report(appendices=True, words=WORDS, figures=figures, lists=lists)
    assert document.appendices[-1].title.startswith("DANH SÁCH KÈM THEO")
    (table,) = _tables(document.appendices[-1])
    assert len(table.rows) == 31
    assert _cells(table)[0] == ["1", "Đảng ủy số 0", "bổ sung"]


DEFINITION = """
name = "small"
type_code = "BC"
type_name = "Báo cáo"
[[sections]]
id = "one"
level = 1
title = "MỘT"
[[sections.paragraphs]]
table = { title = "Số liệu", measures = ["members.total"], columns = ["value", "previous"] }
[[appendices]]
id = "a"
title = "BIỂU"
measures = ["members.total"]
"""


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"previous"]', '"before"]', "Không có cột «before»"),
        ('measures = ["members.total"], columns', "columns", "Bảng không có chỉ tiêu nào"),
        ('measures = ["members.total"], columns', "measures = [1], columns", "không phải danh sách chữ"),
        ('title = "BIỂU"', 'title = "{X}"', "Không có chỗ điền {X}"),
        ('id = "a"', 'id = "a"\nlandscape = "yes"', "kiểu bool"),
        ("[[sections.paragraphs]]", '[[sections.paragraphs]]\neach = "cluster"', "Mục «each» có giá trị «cluster»"),
    ],
)
def test_slips_in_tables_are_named(before: str, after: str, message: str) -> None:
    assert parse_definition(DEFINITION, where="x").measures() == ("members.total",)
    assert before in DEFINITION
    with pytest.raises(InvalidInput) as caught:
        parse_definition(DEFINITION.replace(before, after, 1), where="x")
    assert message in str(caught.value)


def test_a_table_in_the_text_stands_where_the_definition_has_it() -> None:
    document = report(words=WORDS, office=OFFICE)
    assert not [block for block in document.body if isinstance(block, Table)], "no figure of the economy is known"
    economy = {
        "economy.revenue": FigureView(7.5, breakdowns={"branch": {"services": 3, "industry": 4.5}}),
    }
    document = report(words=WORDS, figures=FIGURES | economy)
    (table,) = [block for block in document.body if isinstance(block, Table)]
    first = next(one for row in table.rows for cell in row for one in cell if isinstance(one, Number))
    assert (first.part, first.text) == ("services", "3")


def test_a_wide_appendix_lies_on_its_side_and_the_next_stands_again() -> None:
    table = Table((Column("Chỉ tiêu"), Column("Trong kỳ", Align.RIGHT)), (((Text("Kết nạp"),), (Text("53"),)),))
    appendices = (
        Appendix("1", "Biểu số liệu", (table,), landscape=True),
        Appendix("2", "Danh sách", (table,)),
        Appendix("3", "Danh sách khác", (table,)),
    )
    document = docx.Document(io.BytesIO(to_docx(replace(report(), appendices=appendices))))
    pages = [(round(one.page_width.mm), round(one.page_height.mm)) for one in document.sections if one.page_width]
    assert pages == [(210, 297), (297, 210), (210, 297)]
    assert [one.different_first_page_header_footer for one in document.sections] == [True, False, False]
    breaks = [one.paragraph_format.page_break_before for one in document.paragraphs if one.text.startswith("Phụ lục")]
    assert [bool(one) for one in breaks] == [False, False, True], "a new section begins a page by itself"
