"""The same document as Markdown and as a list of numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.writer.sample import FIGURES, report

from giaoban.writer.blocks import (
    Align,
    Appendix,
    Column,
    Footnote,
    FootnoteRef,
    Heading,
    ListItem,
    Number,
    PageBreak,
    Paragraph,
    Table,
    Text,
)
from giaoban.writer.json import to_json
from giaoban.writer.markdown import to_markdown


def test_markdown_holds_the_whole_document() -> None:
    text = to_markdown(report())
    parts = [
        "TỈNH ỦY MẪU SƠN\n\n**ĐẢNG ỦY KHỐI CÁC CƠ QUAN VÀ DOANH NGHIỆP TỈNH**\n\n\\*\n\nSố 45-BC/ĐUK\n",
        "**ĐẢNG CỘNG SẢN VIỆT NAM**\n\n*Mẫu Sơn, ngày 31 tháng 3 năm 2023*",
        "# BÁO CÁO\n\n**Kết quả công tác quý I/2023**",
        "\n-----\n\n## I- CÔNG TÁC",
        "- Chỉ đạo các chi, đảng bộ cơ sở",
        "#### 1.2. Công tác đảng viên",
        "kết nạp 53 đảng viên, tăng 20 đồng chí (60,6%) so với cùng kỳ",
        "của Đảng ủy Khối./.",
        "Nơi nhận:\n\n- Thường trực Tỉnh ủy (để báo cáo),",
        "**T/M BAN THƯỜNG VỤ**\n\n**PHÓ BÍ THƯ**\n\n**Trần Thị Minh Mẫu**",
        "[^1]: Gồm: (1) Đảng ủy Sở Công nghiệp nhẹ (bổ sung Phó Bí thư)",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)
    assert text.count("[^2]") == 2


def test_markdown_escapes_what_would_become_markup() -> None:
    body = (
        Paragraph((Text("1. *Về* [xây dựng] đơn_vị | A"),)),
        Paragraph((Text("- gạch đầu câu"),)),
        ListItem((Text("mục"),)),
        Paragraph((Text("đậm", bold=True), Text(" rồi "), Text("cả hai", bold=True, italic=True))),
    )
    text = to_markdown(replace(report(), body=body))
    assert r"1\. \*Về\* \[xây dựng\] đơn\_vị \| A" in text
    assert "\n\\- gạch đầu câu\n" in text
    assert "\n- mục\n" in text
    assert "**đậm** rồi ***cả hai./.***" in text


def tabled() -> tuple[Table, Appendix]:
    note = FootnoteRef(Footnote((Text("Tính đến "), Number("31", "days", 31))))
    table = Table(
        (Column("TT", Align.CENTER), Column("Tên"), Column("Số", Align.RIGHT)),
        (((Text("1"),), (Text("Sở A"), note), (Number("05", "members.admitted", 5),)),),
        ((), (Text("Cộng"),), (Number("05", "members.admitted", 5),)),
        "Biểu 1",
    )
    return table, Appendix("2", "BIỂU", (Heading(1, "I-", "SỐ LIỆU"), PageBreak(), table))


def test_markdown_table_and_appendix() -> None:
    table, appendix = tabled()
    source = replace(report(), number=None, draft_mark="Dự thảo lần 2", body=(table,), appendices=(appendix,))
    text = to_markdown(source)
    assert "**Biểu 1**\n\n| TT | Tên | Số |\n|:---:|:---|---:|\n| 1 | Sở A[^1] | 05 |\n|  | Cộng | 05 |" in text
    assert "*Dự thảo lần 2*" in text
    assert "## Phụ lục 2\n\n**BIỂU**\n\n*(Kèm theo Báo cáo số ……)*\n\n## I- SỐ LIỆU" in text
    assert "[^2]: Tính đến 31" in text


def test_every_number_of_the_text_has_its_measure() -> None:
    data = to_json(report())
    assert json.loads(json.dumps(data)) == data
    assert (data["type"], data["symbol"], data["date"]) == ("BC", "45-BC/ĐUK", "2023-03-31")
    by_key = {(n["measure"], n["role"], n["part"]): n for n in data["numbers"]}
    assert by_key["members.admitted", "value", None] == {
        "text": "53",
        "measure": "members.admitted",
        "role": "value",
        "part": None,
        "value": 53,
        "unit": "đảng viên",
        "period": "2023-Q1",
        "section": "II.1.2",
        "footnote": False,
    }
    assert by_key["members.admitted", "growth_percent", None]["text"] == "60,6%"
    assert by_key["discipline.members", "part", "reprimand"]["section"] == "II.1.3"
    assert {n["measure"] for n in data["numbers"]} <= set(FIGURES)


def test_numbers_of_the_json_are_those_of_the_figures() -> None:
    for number in to_json(report())["numbers"]:
        figure = FIGURES[number["measure"]]
        if number["role"] == "value":
            assert number["value"] == figure.value
        if number["role"] == "part":
            assert number["value"] == figure.breakdown[number["part"]]


def test_numbers_in_tables_footnotes_and_appendices() -> None:
    table, appendix = tabled()
    body = (Heading(1, "I-", "A"), Heading(2, "1.", "B"), Heading(3, "1.1.", "C"), Heading(4, "a)", "D"), table)
    source = replace(report(), number=None, body=body, appendices=(appendix,), dated=date(2023, 3, 31))
    data = to_json(source)
    assert (data["symbol"], data["date"]) == (None, None)
    assert [(n["text"], n["section"], n["footnote"]) for n in data["numbers"]] == [
        ("31", "I.1.1.a", True),
        ("05", "I.1.1.a", False),
        ("05", "I.1.1.a", False),
        ("31", "PL2.I", True),
        ("05", "PL2.I", False),
        ("05", "PL2.I", False),
    ]


def test_decimals_are_plain_numbers() -> None:
    body = (Paragraph((Number("90,5", "welfare.amount", Decimal("90.5")),)),)
    assert to_json(replace(report(), body=body))["numbers"][0]["value"] == 90.5
