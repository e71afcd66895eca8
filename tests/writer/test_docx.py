"""The written file, opened again with python-docx: what a clerk and Word find in it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph
from lxml import etree
from tests.writer.sample import report

from giaoban.core.errors import NotFound
from giaoban.core.layouts import layout_on
from giaoban.writer.blocks import (
    Align,
    Appendix,
    Column,
    Footnote,
    FootnoteRef,
    ListItem,
    Number,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Signature,
    Table,
    Text,
)
from giaoban.writer.docx import to_docx


def opened(source: OfficialDocument) -> Document:
    return docx.Document(io.BytesIO(to_docx(source)))


def part(source: OfficialDocument, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(to_docx(source))) as package:
        return etree.fromstring(package.read(name))


def words(text: str) -> tuple[Text]:
    return (Text(text),)


@pytest.fixture(scope="module")
def quarter() -> Document:
    return opened(report())


def test_paper_and_margins(quarter: Document) -> None:
    section = quarter.sections[0]
    sizes = [section.page_width, section.page_height]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(size.mm) for size in sizes if size] == [210, 297]
    assert [round(margin.mm) for margin in margins if margin] == [20, 20, 30, 15]


def test_fonts_and_language(quarter: Document) -> None:
    defaults = quarter.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    fonts = defaults.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}
    assert defaults.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    assert defaults.find(qn("w:sz")).get(qn("w:val")) == "28"


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic"),
    [
        ("Tiêu đề Đảng", 15, True, None),
        ("Cơ quan cấp trên", 14, None, None),
        ("Cơ quan ban hành", 14, True, None),
        ("Địa danh, ngày tháng", 14, None, True),
        ("Title", 16, True, None),
        ("Subtitle", 15, True, None),
        ("Body Text", 14, None, None),
        ("Heading 1", 14, True, None),
        ("Heading 3", 14, True, True),
        ("Danh sách nơi nhận", 12, None, None),
        ("Chức vụ người ký", 14, True, None),
    ],
)
def test_face_of_each_part(quarter: Document, style: str, size: float, bold: bool | None, italic: bool | None) -> None:
    font = quarter.styles[style].font
    assert font.size is not None
    assert (font.size.pt, font.bold, font.italic) == (size, bold, italic)


def test_body_is_justified_indented_and_never_leaves_a_widow(quarter: Document) -> None:
    form = quarter.styles["Body Text"].paragraph_format
    assert form.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
    assert form.first_line_indent is not None
    assert round(form.first_line_indent.mm) == 10
    assert form.space_after is not None
    assert (form.space_after.pt, form.widow_control) == (6, True)


def cells(table: DocxTable) -> list[list[list[str]]]:
    return [[[p.text for p in cell.paragraphs] for cell in row.cells] for row in table.rows]


def test_head_of_the_first_page(quarter: Document) -> None:
    issuer = ["TỈNH ỦY MẪU SƠN", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN\nVÀ DOANH NGHIỆP TỈNH", "*"]
    assert cells(quarter.tables[0]) == [
        [issuer, ["ĐẢNG CỘNG SẢN VIỆT NAM", ""]],
        [["Số 45-BC/ĐUK"], ["Mẫu Sơn, ngày 31 tháng 3 năm 2023"]],
    ]


def test_line_under_the_party_title_is_as_long_as_its_words(quarter: Document) -> None:
    rule = quarter.tables[0].rows[0].cells[1].paragraphs[1]
    border = rule._p.find(f".//{qn('w:top')}")
    assert border.get(qn("w:val")) == "single"
    indent = rule.paragraph_format.left_indent
    assert indent is not None
    assert indent == rule.paragraph_format.right_indent
    width = quarter.tables[0].rows[0].cells[1].width
    assert width is not None
    # 13.78 em: measured on the letters of Times New Roman Bold.
    assert width.pt - 2 * indent.pt == pytest.approx(13.78 * 15, abs=0.2)


def test_draft_leaves_number_and_day_blank() -> None:
    source = replace(report(), number=None, draft_mark="Dự thảo lần 1")
    _, (symbol, dated) = cells(opened(source).tables[0])
    assert symbol == ["Số      -BC/ĐUK", "Dự thảo lần 1"]
    assert dated == ["Mẫu Sơn, ngày     tháng 3 năm 2023"]


def test_number_below_ten_and_days_of_february() -> None:
    source = replace(report(), number=5, dated=date(2023, 2, 3))
    _, (symbol, dated) = cells(opened(source).tables[0])
    assert symbol == ["Số 05-BC/ĐUK"]
    assert dated == ["Mẫu Sơn, ngày 03 tháng 02 năm 2023"]


def test_order_of_the_text(quarter: Document) -> None:
    texts = [(p.style.name, p.text) for p in quarter.paragraphs if p.style is not None]
    assert texts[:4] == [
        ("Title", "BÁO CÁO"),
        ("Subtitle", "Kết quả công tác quý I/2023"),
        ("Subtitle", "và nhiệm vụ trọng tâm quý II/2023"),
        ("Gạch dưới trích yếu", "-----"),
    ]
    headings = [(name, text) for name, text in texts if name and name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "I- CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO"),
        ("Heading 1", "II- KẾT QUẢ CÔNG TÁC QUÝ I/2023"),
        ("Heading 2", "1. Công tác xây dựng Đảng"),
        ("Heading 3", "1.1. Công tác tổ chức"),
        ("Heading 3", "1.2. Công tác đảng viên"),
        ("Heading 3", "1.3. Công tác kiểm tra, giám sát, thi hành kỷ luật"),
        ("Heading 2", "2. Đánh giá chung"),
        ("Heading 3", "2.1. Ưu điểm"),
        ("Heading 3", "2.2. Hạn chế, khuyết điểm"),
        ("Heading 1", "III- NHIỆM VỤ TRỌNG TÂM QUÝ II/2023"),
    ]
    assert texts[-2][1] == "Trên đây là báo cáo kết quả công tác quý I/2023 của Đảng ủy Khối./."


def test_headings_have_outline_levels_and_stay_with_their_text(quarter: Document) -> None:
    for level in range(1, 5):
        properties = quarter.styles[f"Heading {level}"].element.pPr
        assert properties.find(qn("w:outlineLvl")).get(qn("w:val")) == str(level - 1)
        assert quarter.styles[f"Heading {level}"].paragraph_format.keep_with_next is True


def test_recipients_left_and_signature_right(quarter: Document) -> None:
    assert cells(quarter.tables[-1]) == [
        [
            [
                "Nơi nhận:",
                "- Thường trực Tỉnh ủy (để báo cáo),",
                "- Các ban Đảng Tỉnh ủy,",
                "- Các chi, đảng bộ cơ sở trực thuộc,",
                "- Lưu Văn phòng Đảng ủy.",
            ],
            ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Trần Thị Minh Mẫu"],
        ]
    ]
    assert quarter.styles["Nơi nhận"].font.underline is True


def test_signature_stays_together_with_the_last_words(quarter: Document) -> None:
    block = quarter.tables[-1]
    assert quarter.paragraphs[-2].paragraph_format.keep_with_next is True
    assert block.rows[0]._tr.find(f".//{qn('w:cantSplit')}") is not None
    for cell in block.rows[0].cells:
        for paragraph in cell.paragraphs:
            assert paragraph.style is not None
            assert paragraph.style.paragraph_format.keep_with_next is True


def test_file_copy_is_named_where_the_office_forgets_it() -> None:
    lines = cells(opened(replace(report(), recipients=("Tỉnh ủy",))).tables[-1])[0][0]
    assert lines == ["Nơi nhận:", "- Tỉnh ủy,", "- Lưu Văn phòng."]


def test_two_signatures_stand_side_by_side() -> None:
    pair = (Signature((), "Người ghi biên bản", "Lê Văn Ghi"), Signature((), "Chủ trì hội nghị", "Trần Thị Chủ"))
    made = opened(replace(report(), signatures=pair))
    assert cells(made.tables[-2]) == [[["NGƯỜI GHI BIÊN BẢN", "Lê Văn Ghi"], ["CHỦ TRÌ HỘI NGHỊ", "Trần Thị Chủ"]]]
    assert cells(made.tables[-1])[0][0][0] == "Nơi nhận:"


def test_no_signature_and_no_recipients() -> None:
    made = opened(replace(report(), signatures=(), recipients=()))
    assert len(made.tables) == 1


def test_page_number_from_page_two(quarter: Document) -> None:
    section = quarter.sections[0]
    assert section.different_first_page_header_footer is True
    assert section.first_page_header.is_linked_to_previous is True, "the first page has no header of its own"
    header = section.header.paragraphs[0]
    assert [code.text for code in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert header.style is not None
    assert header.style.paragraph_format.alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert section.header_distance is not None
    assert round(section.header_distance.mm) == 10


def test_footnotes_are_real() -> None:
    source = report()
    notes = part(source, "word/footnotes.xml")
    texts = {n.get(qn("w:id")): "".join(t.text for t in n.iter(qn("w:t"))).strip() for n in notes}
    assert texts.pop("-1") == texts.pop("0") == ""
    assert list(texts) == ["1", "2", "3"]
    assert texts["1"].startswith("Gồm: (1) Đảng ủy Sở Công nghiệp nhẹ (bổ sung Phó Bí thư); (2)")
    assert texts["3"] == "Đảng ủy Viễn thông Mẫu Sơn."
    body = part(source, "word/document.xml")
    assert [ref.get(qn("w:id")) for ref in body.iter(qn("w:footnoteReference"))] == ["1", "2", "3"]
    settings = part(source, "word/settings.xml")
    assert [n.get(qn("w:id")) for n in settings.iter(qn("w:footnote"))] == ["-1", "0"]


def _words_of(runs: list[Any]) -> str:
    return "".join(text.text or "" for run in runs for text in run.iter(qn("w:t")))


def test_footnote_reference_follows_its_words(quarter: Document) -> None:
    paragraph = next(p for p in quarter.paragraphs if "kiện toàn cấp ủy" in p.text)
    runs = list(paragraph._p.iter(qn("w:r")))
    place = next(i for i, run in enumerate(runs) if run.find(qn("w:footnoteReference")) is not None)
    before, after = (_words_of(chosen) for chosen in (runs[:place], runs[place + 1 :]))
    assert before.endswith("kiện toàn cấp ủy tại 04 tổ chức cơ sở đảng")
    assert after.startswith("; (4)")


def table_report() -> OfficialDocument:
    rows = ((words("1"), (Number("77", "members.cards_issued", 77),)), (words("2"), words("33")))
    columns = (Column("TT", Align.CENTER, 1), Column("Số đảng viên", Align.RIGHT, 4))
    table = Table(columns, rows, (words("Cộng"), (Number("110", "members.admitted", 110),)), "Biểu tổng hợp")
    return replace(report(), body=(Paragraph(words("Số liệu như sau:")), table))


def test_table_repeats_its_heading_and_keeps_rows_whole() -> None:
    table = opened(table_report()).tables[1]
    assert cells(table) == [[["TT"], ["Số đảng viên"]], [["1"], ["77"]], [["2"], ["33"]], [["Cộng"], ["110"]]]
    assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows] == [True, False, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    last = table.rows[-1].cells[1].paragraphs[0]
    assert last.alignment is WD_ALIGN_PARAGRAPH.RIGHT
    assert last.runs[0].bold is True
    widths = [cell.width.mm for cell in table.rows[0].cells if cell.width]
    assert widths == pytest.approx([33, 132], abs=0.1)


def test_table_at_the_end_gets_no_ending_mark() -> None:
    assert not any("./." in p.text for p in opened(table_report()).paragraphs)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        pytest.param(words("Hết năm."), "Hết năm./.", id="full stop is replaced"),
        pytest.param(words("Hết năm./."), "Hết năm./.", id="not twice"),
        pytest.param(words("Hết năm"), "Hết năm./.", id="nothing there yet"),
        pytest.param((Text("Đạt "), Number("05", "m", 5)), "Đạt 05./.", id="after a number"),
        pytest.param((Text("Hết"), FootnoteRef(Footnote(words("Ghi chú.")))), "Hết./.", id="after a footnote"),
    ],
)
def test_ending(last: tuple[Any, ...], expected: str) -> None:
    made = opened(replace(report(), body=(Paragraph(last),)))
    assert made.paragraphs[-2].text == expected


def test_ending_of_2026_is_a_full_stop_and_the_position_is_not_bold() -> None:
    made = opened(replace(report(), dated=date(2026, 6, 30)))
    assert made.paragraphs[-2].text.endswith("Đảng ủy Khối.")
    assert made.styles["Chức vụ người ký"].font.bold is None
    size = made.styles["Tiêu đề Đảng"].font.size
    assert size is not None
    assert size.pt == 14


def test_layout_may_be_given() -> None:
    made = docx.Document(io.BytesIO(to_docx(report(), layout_on(date(2026, 6, 1)))))
    assert made.paragraphs[-2].text.endswith("Khối.")


def test_no_layout_for_the_day() -> None:
    with pytest.raises(NotFound, match="01/01/1999"):
        to_docx(replace(report(), dated=date(1999, 1, 1)))


def test_appendix_starts_a_page_and_names_its_document() -> None:
    appendix = Appendix("1", "DANH SÁCH", (Paragraph(words("Một.")), PageBreak(), ListItem(words("Hai"))))
    made = opened(replace(report(), appendices=(appendix,)))
    texts = [p.text for p in made.paragraphs]
    place = texts.index("Phụ lục 1")
    assert made.paragraphs[place].paragraph_format.page_break_before is True
    assert texts[place : place + 4] == [
        "Phụ lục 1",
        "DANH SÁCH",
        "(Kèm theo Báo cáo số 45-BC/ĐUK, ngày 31/3/2023)",
        "Một.",
    ]
    assert texts[-1] == "- Hai", "an appendix has no ending mark"


def test_faces_within_a_paragraph() -> None:
    faces = (Text("thường "), Text("đậm", bold=True), Text(" nghiêng", italic=True))
    body = (Paragraph(faces), Paragraph(words("Hết.")))
    paragraph: DocxParagraph = opened(replace(report(), body=body)).paragraphs[4]
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [
        ("thường ", None, None),
        ("đậm", True, None),
        (" nghiêng", None, True),
    ]


def test_same_input_gives_the_same_bytes() -> None:
    first, second = to_docx(report()), to_docx(report())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_come_from_the_document_alone(quarter: Document) -> None:
    properties = quarter.core_properties
    assert properties.title == "Báo cáo Kết quả công tác quý I/2023 và nhiệm vụ trọng tâm quý II/2023"
    assert properties.author == properties.last_modified_by == "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh"
    assert properties.created is not None
    assert properties.created.date() == date(2023, 3, 31)
    assert properties.modified == properties.created
    assert (properties.language, properties.revision, properties.comments) == ("vi-VN", 1, "")


def test_package_holds_nothing_that_is_not_used() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(report()))) as package:
        names = set(package.namelist())
        text = b"".join(package.read(name) for name in names).decode()
    assert names == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/footnotes.xml",
        "word/header1.xml",
    }
    assert not re.search(r"python-docx|Macintosh|thumbnail", text)


ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "spacing", "ind", "jc"),
    "outlineLvl",
)


def test_properties_stand_in_the_order_that_word_asks_for() -> None:
    source = replace(table_report(), appendices=(Appendix("", "A", (Paragraph(words("B")),)),))
    for name in ("word/document.xml", "word/styles.xml", "word/footnotes.xml"):
        root = part(source, name)
        for properties in root.iter(qn("w:pPr")):
            places = [ORDER.index(etree.QName(child).localname) for child in properties]
            assert places == sorted(places)
        for properties in root.iter(qn("w:tblPr")):
            known = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook")
            places = [known.index(etree.QName(child).localname) for child in properties]
            assert places == sorted(places)
