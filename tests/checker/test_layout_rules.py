"""Rules over the layout on real Word files: their own writer's, and ones made by hand with styles and themes."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from tests.writer.sample import report

from giaoban.checker import check_document, file_facts, select
from giaoban.checker.gb3_layout.facts import PageFacts
from giaoban.checker.gb3_layout.word import page_facts
from giaoban.reader import read_file
from giaoban.writer.docx import to_docx

BODY = "Đảng ủy xã đã chỉ đạo các chi bộ trực thuộc thực hiện nghiêm túc quy chế làm việc, giữ nền nếp sinh hoạt."


def saved(word: Word) -> PageFacts:
    raw = io.BytesIO()
    word.save(raw)
    facts = page_facts(raw.getvalue(), "tep.docx")
    assert facts is not None
    return facts


@pytest.fixture
def word() -> Word:
    """A letter of the Party as Word makes it: letters by the theme, everything else to be set by a test."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    return made


@pytest.mark.parametrize("day", [date(2023, 3, 31), date(2026, 9, 5)], ids=str)
def test_what_the_writer_writes_has_no_finding(day: date, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(to_docx(replace(report(), dated=day)))
    facts = file_facts(file)
    assert facts is not None
    assert len(facts.passages) > 20
    assert facts.numbers_at_top == (True,)
    document = read_file(file)
    assert document.header.date == day
    assert check_document(document, facts=facts) == ()


@pytest.mark.parametrize(
    ("spoil", "codes", "reason"),
    [
        (lambda word: _margin(word, 25), ["GB301"], "a margin"),
        (lambda word: _face(word, "Body Text", font="Arial"), ["GB302"], "the typeface of a style"),
        (lambda word: _face(word, "Body Text", size=12), ["GB303"], "the size of a style"),
        (lambda word: _face(word, "Tiêu đề Đảng", size=13), ["GB304"], "the size of the Party's title"),
        (lambda word: _replace(word, "T/M BAN THƯỜNG VỤ", "TM. BAN THƯỜNG VỤ"), ["GB307"], "the State's sign"),
        (lambda word: _replace(word, "ĐẢNG CỘNG SẢN VIỆT NAM", ""), ["GB305"], "the Party's title"),
    ],
)
def test_one_thing_spoilt_is_one_finding(
    spoil: Callable[[Word], None], codes: list[str], reason: str, tmp_path: Path
) -> None:
    word = docx.Document(io.BytesIO(to_docx(report())))
    spoil(word)
    file = tmp_path / "bao-cao.docx"
    word.save(str(file))
    found = check_document(read_file(file), facts=file_facts(file))
    assert [finding.code for finding in found] == codes, reason


def _margin(word: Word, left: float) -> None:
    word.sections[0].left_margin = Mm(left)


def _face(word: Word, style: str, *, font: str | None = None, size: float | None = None) -> None:
    face = word.styles[style].font
    if font is not None:
        face.name = font
    if size is not None:
        face.size = Pt(size)


def _replace(word: Word, old: str, new: str) -> None:
    for text in word.element.body.iter(qn("w:t")):
        text.text = (text.text or "").replace(old, new)


def test_letters_of_the_theme_of_the_style_and_of_the_run(word: Word) -> None:
    paragraph = word.add_paragraph("theo giao diện ")
    paragraph.add_run("theo đoạn chữ").font.name = "Times New Roman"
    paragraph.runs[1].font.size = Pt(14)
    (passage,) = saved(word).passages
    # python-docx's own template gives Normal the minor font of its theme, Cambria, in 11 points.
    assert [(piece.font, piece.size) for piece in passage.pieces] == [("Cambria", 11), ("Times New Roman", 14)]


def test_a_style_hands_down_what_it_does_not_say(word: Word) -> None:
    child = word.styles.add_style("Con", 1)
    child.base_style = word.styles["Body Text"]
    child.font.size = Pt(15)
    word.styles["Body Text"].font.name = "Arial"
    word.add_paragraph(BODY, style="Con")
    (passage,) = saved(word).passages
    assert (passage.font, passage.size) == ("Arial", 15)


def test_two_fonts_for_one_run_are_no_font(word: Word) -> None:
    run = word.add_paragraph().add_run(BODY)
    run.font.name = "Times New Roman"
    run._r.rPr.rFonts.set(qn("w:hAnsi"), "Arial")
    assert saved(word).passages[0].font is None


def test_deleted_words_and_tables(word: Word) -> None:
    word.add_table(1, 1).rows[0].cells[0].text = "trong bảng"
    paragraph = word.add_paragraph()
    deleted = OxmlElement("w:del")
    deleted.append(paragraph.add_run("đã xóa")._r)
    paragraph._p.append(deleted)
    assert [(passage.text, passage.in_table) for passage in saved(word).passages] == [("trong bảng", True)]


def test_a_landscape_appendix_is_another_section(word: Word) -> None:
    word.add_paragraph(BODY)
    appendix = word.add_section(WD_SECTION.NEW_PAGE)
    appendix.orientation = WD_ORIENT.LANDSCAPE
    appendix.page_width, appendix.page_height = Mm(297), Mm(210)
    pages = saved(word).pages
    assert [page.is_landscape for page in pages] == [False, True]
    assert pages[0].left == pytest.approx(30, abs=0.1)


@pytest.mark.parametrize("at_top", [True, False])
def test_the_place_of_page_numbers(word: Word, at_top: bool) -> None:
    section = word.sections[0]
    paragraph = (section.header if at_top else section.footer).paragraphs[0]
    # Word cuts the code of a field wherever the typist paused.
    for code in (" PA", "GE  \\* MERGEFORMAT "):
        run = paragraph.add_run()
        instruction = OxmlElement("w:instrText")
        instruction.text = code
        run._r.append(instruction)
    assert saved(word).numbers_at_top == (at_top,)


def test_the_number_of_pages_is_no_page_number(word: Word) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "NUMPAGES")
    word.sections[0].footer.paragraphs[0]._p.append(field)
    assert saved(word).numbers_at_top == ()


def test_a_text_says_nothing_about_pages(tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.txt"
    file.write_text(BODY, encoding="utf-8")
    assert file_facts(file) is None
    assert check_document(read_file(file), select(["GB3"]), facts=None) == ()
