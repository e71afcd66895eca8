"""Rules over the layout on files of many makers: what is right in one way is not called wrong for its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Mm, Pt, Twips
from tests.checker.papers import (
    BODY,
    MOTTO,
    PARTY_TITLE,
    STATE,
    Look,
    Words,
    box,
    codes,
    fonts,
    number_in,
    old_margins,
    paper,
    setting,
)

LONG = "về tăng cường sự lãnh đạo của các cấp ủy đối với công tác phát triển đảng viên trong tình hình mới"
A4_STATE = (Mm(25), Mm(20), Mm(30), Mm(20))


def of_2026(**changes: object) -> Words:
    """The words of a paper under the guide of 2026."""
    return replace(Words(), right=(PARTY_TITLE, "", "An Bình, ngày 05 tháng 9 năm 2026"), **changes)  # type: ignore[arg-type]


LOOK_2026 = {PARTY_TITLE: 14.0, "ĐẢNG ỦY XÃ AN BÌNH": 13.0, "HUYỆN ỦY AN HÒA": 13.0}


def by_direct_formatting() -> Word:
    word = paper(look=Look(font="Calibri", size=11))
    for paragraph in [*word.paragraphs, *(p for t in word.tables for c in t._cells for p in c.paragraphs)]:
        for run in paragraph.runs:
            run.font.name = "Times New Roman"
            run.font.size = run.font.size or Pt(14)
    return word


def by_document_defaults() -> Word:
    word = paper()
    style = word.styles["Normal"].element
    style.remove(style.rPr)
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    fonts(defaults, ascii="Times New Roman", hAnsi="Times New Roman")
    for size in defaults.iter(qn("w:sz")):
        size.set(qn("w:val"), "28")
    return word


def by_a_theme() -> Word:
    word = paper()
    fonts(word.styles["Normal"].element, asciiTheme="minorHAnsi", hAnsiTheme="minorHAnsi", ascii="Arial", hAnsi="Arial")
    theme = next(part for part in word.part.package.iter_parts() if "theme" in str(part.partname))
    theme._blob = theme.blob.replace(b'<a:latin typeface="Cambria"/>', b'<a:latin typeface="Times New Roman"/>')
    return word


def by_styles_upon_styles() -> Word:
    word = paper(look=Look(font="Arial", size=11))
    first = word.styles.add_style("Van ban", 1)
    first.font.name = "Times New Roman"
    second = word.styles.add_style("Van ban 14", 1)
    second.base_style, second.font.size = first, Pt(14)
    for paragraph in [*word.paragraphs, *(p for t in word.tables for c in t._cells for p in c.paragraphs)]:
        paragraph.style = second
    return word


def by_a_table_style() -> Word:
    word = paper()
    style = word.styles.add_style("Dau van ban", 3)
    style.font.size = Pt(15)
    normal = word.styles["Normal"].element.rPr
    normal.remove(normal.find(qn("w:sz")))
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(14)
    head = word.tables[0]
    head.style = style
    for paragraph in (p for cell in head._cells for p in cell.paragraphs):
        for run in paragraph.runs:
            run.font.size = None if PARTY_TITLE in paragraph.text else Pt(14)
    return word


def accents_in_another_font() -> Word:
    word = paper(look=Look(font="Arial"))
    for paragraph in word.paragraphs:
        for run in paragraph.runs:
            fonts(run._r, ascii="Times New Roman")
    return word


def head_in_text_boxes() -> Word:
    words = replace(Words(), left=("HUYỆN ỦY AN HÒA", "ĐẢNG ỦY XÃ AN BÌNH"), right=(PARTY_TITLE,))
    word = paper(words)
    kind = next(paragraph for paragraph in word.paragraphs if paragraph.text == "BÁO CÁO")
    box(kind, ["Số 66-BC/ĐU"], 13)
    box(kind, ["An Bình, ngày 20 tháng 5 năm 2024"], 13)
    return word


def note_in_a_text_box() -> Word:
    word = paper()
    box(
        word.paragraphs[2],
        ["Số liệu của phần này tính đến ngày 15 tháng 5 năm 2024, lấy từ báo cáo của các chi bộ"],
        9,
    )
    return word


def annex_on_its_side() -> Word:
    word = paper()
    annex = word.add_section(WD_SECTION.NEW_PAGE)
    annex.orientation = WD_ORIENT.LANDSCAPE
    annex.page_width, annex.page_height = Mm(297), Mm(210)
    annex.left_margin = annex.right_margin = Mm(10)
    annex.header.is_linked_to_previous = annex.footer.is_linked_to_previous = False
    number_in(annex.footer.paragraphs[0])
    word.add_paragraph("PHỤ LỤC")
    return word


def feet_that_are_not_shown() -> Word:
    word = paper(look=Look(numbers=""))
    number_in(word.sections[0].even_page_footer.paragraphs[0])
    word.sections[0].different_first_page_header_footer = False
    number_in(word.sections[0].first_page_footer.paragraphs[0])
    return word


def old_margins_kept() -> Word:
    word = paper()
    old_margins(word)
    return word


def margins_with_units() -> Word:
    word = paper()
    margins = word.sections[0]._sectPr.find(qn("w:pgMar"))
    for side, length in (("top", "20mm"), ("bottom", "2cm"), ("left", "3cm"), ("right", "0.59in")):
        margins.set(qn(f"w:{side}"), length)
    return word


def margins_not_said() -> Word:
    word = paper()
    del word.sections[0]._sectPr.find(qn("w:pgMar")).attrib[qn("w:left")]
    return word


def gutter(at_top: bool) -> Word:
    top, left = (15, 30) if at_top else (20, 25)
    word = paper(look=Look(margins=(Mm(top), Mm(20), Mm(left), Mm(15))))
    word.sections[0].gutter = Mm(5)
    if at_top:
        setting(word, "gutterAtTop")
    return word


def hidden_words() -> Word:
    word = paper()
    run = word.paragraphs[2].insert_paragraph_before().add_run(BODY[0])
    run.font.hidden, run.font.name, run.font.size = True, "Arial", Pt(8)
    return word


def notes_and_contents() -> Word:
    word = paper()
    for text in (
        "I. Kết quả thực hiện quy chế làm việc của Đảng ủy và các chi bộ trực thuộc\t3",
        "(Kèm theo Báo cáo số 66-BC/ĐU, ngày 20 tháng 5 năm 2024 của Đảng ủy xã An Bình)",
        "Ghi chú: số liệu tính từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 5 năm báo cáo.",
        "Biểu 1: Tổng hợp kết quả phân công nhiệm vụ cho đảng viên của các chi bộ trực thuộc",
    ):
        word.paragraphs[2].insert_paragraph_before().add_run(text).font.size = Pt(12)
    return word


def head_in_one_line() -> Word:
    word = paper(replace(Words(), left=("*",), right=("", "An Bình, ngày 20 tháng 5 năm 2024")))
    line = word.tables[0]._tbl.addprevious
    first, second = word.add_paragraph(), word.add_paragraph("Số 66-BC/ĐU")
    for paragraph in (first, second):
        line(paragraph._p)
    first.add_run("ĐẢNG ỦY XÃ AN BÌNH\t")
    first.add_run(PARTY_TITLE).font.size = Pt(15)
    return word


def title_on_two_lines() -> Word:
    word = paper(replace(Words(), right=("ĐẢNG CỘNG SẢN", "VIỆT NAM", "An Bình, ngày 20 tháng 5 năm 2024")))
    for paragraph in word.tables[0]._cells[1].paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(15)
    return word


def letter_with_its_subject() -> Word:
    words = replace(
        Words(),
        left=("HUYỆN ỦY AN HÒA", "ĐẢNG ỦY XÃ AN BÌNH", "*", "Số 66-CV/ĐU"),
        kind="",
        subject="Về việc tăng cường lãnh đạo công tác phát triển đảng viên trong học sinh, sinh viên",
        body=("Kính gửi: Các chi bộ trực thuộc", *BODY),
    )
    return paper(words, Look(subject_size=12))


def youth_union() -> Word:
    words = replace(
        Words(),
        left=("HUYỆN ĐOÀN AN HÒA", "BCH ĐOÀN XÃ AN BÌNH", "***", "Số: 12-BC/ĐTN"),
        right=("ĐOÀN TNCS HỒ CHÍ MINH", "", "An Bình, ngày 20 tháng 5 năm 2024"),
        signature=("TM. BAN CHẤP HÀNH", "BÍ THƯ", "", "Hồ Đức Lâm"),
    )
    return paper(words, Look(numbers="footer", margins=(Mm(25), Mm(25), Mm(35), Mm(15)), size=13))


def farmers_union() -> Word:
    words = replace(
        Words(),
        left=("HỘI NÔNG DÂN HUYỆN AN HÒA", "BCH HỘI NÔNG DÂN XÃ AN BÌNH", "*", "Số 12-BC/HND"),
        right=(MOTTO, "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 20 tháng 5 năm 2024"),
        signature=("TM. BAN CHẤP HÀNH", "CHỦ TỊCH", "", "Hồ Đức Lâm"),
    )
    return paper(words, Look(size=13))


def signed_by_party_and_state() -> Word:
    words = replace(
        Words(),
        left=("ĐẢNG ỦY - UBND", "XÃ AN BÌNH", "*", "Số 02-CTr/ĐU-UBND"),
        kind="CHƯƠNG TRÌNH",
        signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Lê Văn Tám", "T/M ĐẢNG ỦY", "BÍ THƯ", "", "Hồ Đức Lâm"),
    )
    return paper(words)


RIGHT: dict[str, Callable[[], Word]] = {
    "all said by Normal": paper,
    "direct formatting": by_direct_formatting,
    "document defaults": by_document_defaults,
    "theme font, with another font beside it": by_a_theme,
    "styles upon styles": by_styles_upon_styles,
    "style of a table": by_a_table_style,
    "another font for a part of the letters": accents_in_another_font,
    "name of a font in a converted file": lambda: paper(look=Look(font="TimesNewRomanPSMT")),
    "inches": lambda: paper(look=Look(margins=(Inches(0.79), Inches(0.8), Inches(1.18), Inches(0.6)))),
    "twips of another program": lambda: paper(
        look=Look(paper=(Twips(11909), Twips(16834)), margins=(Twips(1138), Twips(1138), Twips(1699), Twips(850)))
    ),
    "margins with units": margins_with_units,
    "a margin that is not said": margins_not_said,
    "gutter at the side": lambda: gutter(at_top=False),
    "gutter at the top": lambda: gutter(at_top=True),
    "margins before a tracked change": old_margins_kept,
    "annex on its side": annex_on_its_side,
    "feet that are not shown": feet_that_are_not_shown,
    "head in text boxes": head_in_text_boxes,
    "note in a text box": note_in_a_text_box,
    "hidden words": hidden_words,
    "notes, contents, names of tables": notes_and_contents,
    "head in one line with a tab": head_in_one_line,
    "title on two lines": title_on_two_lines,
    "long subject of 2026": lambda: paper(of_2026(subject=LONG), Look(sizes=LOOK_2026, subject_size=15)),
    "letter with its subject": letter_with_its_subject,
    "title of a cover": lambda: paper(
        replace(Words(), subject="CỦA BAN CHẤP HÀNH ĐẢNG BỘ XÃ AN BÌNH TRÌNH ĐẠI HỘI ĐẢNG BỘ XÃ LẦN THỨ XV"),
        Look(subject_size=18),
    ),
    "Youth Union": youth_union,
    "Farmers' Union": farmers_union,
    "signed by Party and State": signed_by_party_and_state,
    "State": lambda: paper(STATE, Look(size=13, margins=A4_STATE, sizes={})),
    "State, the other end of each range": lambda: paper(
        STATE, Look(size=14, margins=(Mm(20), Mm(25), Mm(35), Mm(15)), sizes={})
    ),
    "State, an act with its year": lambda: paper(
        replace(STATE, left=("ỦY BAN NHÂN DÂN", "TỈNH AN HÒA", "Số: 66/2024/QĐ-UBND"), kind="QUYẾT ĐỊNH"),
        Look(size=12, margins=(Mm(10), Mm(10), Mm(10), Mm(10)), sizes={}),
    ),
    "State, before its decree": lambda: paper(
        replace(STATE, right=(MOTTO, "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 20 tháng 5 năm 2019")),
        Look(size=12, margins=(Mm(10), Mm(10), Mm(10), Mm(10)), sizes={}),
    ),
}


@pytest.mark.parametrize("make", RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_not_called_wrong_for_its_maker(make: Callable[[], Word], tmp_path: Path) -> None:
    assert codes(make(), tmp_path) == []


def accents_missing_from_times() -> Word:
    word = paper()
    for paragraph in word.paragraphs[2:]:
        for run in paragraph.runs:
            fonts(run._r, ascii="Calibri", hAnsi="Calibri")
    return word


def number_code_without_blank() -> Word:
    word = paper(look=Look(numbers=""))
    number_in(word.sections[0].footer.paragraphs[0], r"PAGE\* MERGEFORMAT")
    return word


def small_title_behind_a_tab() -> Word:
    word = head_in_one_line()
    word.paragraphs[0].runs[1].font.size = Pt(12)
    return word


def theme_of_another_font() -> Word:
    word = paper()
    fonts(word.styles["Normal"].element, asciiTheme="minorHAnsi", hAnsiTheme="minorHAnsi")
    return word


def body_of_one_style() -> Word:
    word = paper()
    style = word.styles.add_style("Doan", 1)
    style.base_style, style.font.size = word.styles["Normal"], Pt(13)
    for paragraph in word.paragraphs[2:]:
        paragraph.style = style
    return word


WRONG: dict[str, tuple[Callable[[], Word], list[str]]] = {
    "margins of a new document in Word": (lambda: paper(look=Look(margins=(Inches(1),) * 4)), ["GB301"]),
    "American paper": (lambda: paper(look=Look(paper=(Inches(8.5), Inches(11)))), ["GB301"]),
    "paragraphs in Calibri": (accents_missing_from_times, ["GB302"]),
    "theme font": (theme_of_another_font, ["GB302"]),
    "size by a style": (body_of_one_style, ["GB303"]),
    "15 points in 2026": (lambda: paper(of_2026(), Look(size=15, sizes=LOOK_2026)), ["GB303"]),
    "title behind a tab": (small_title_behind_a_tab, ["GB304"]),
    "numbers at the foot": (lambda: paper(look=Look(numbers="footer")), ["GB308"]),
    "code of a field without a blank": (number_code_without_blank, ["GB308"]),
    "number on the first page": (lambda: paper(look=Look(first_page_differs=False)), ["GB309"]),
    "State: margins, font, size, number": (
        lambda: paper(STATE, Look(font="Arial", size=12, margins=(Mm(20), Mm(20), Mm(25), Mm(15)), numbers="footer")),
        ["GB301", "GB302", "GB303", "GB308"],
    ),
    "State: capacity of the Party": (
        lambda: paper(
            replace(STATE, signature=("T/M ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Hồ Đức Lâm")),
            Look(margins=A4_STATE, sizes={}),
        ),
        ["GB307"],
    ),
    "cell of a mass body": (
        lambda: paper(
            replace(
                Words(),
                left=("ĐẢNG BỘ XÃ AN BÌNH", "CHI BỘ HỘI NÔNG DÂN", "*", "Số 12-BC/CB"),
                right=("", "An Bình, ngày 20 tháng 5 năm 2024"),
            )
        ),
        ["GB305"],
    ),
}


@pytest.mark.parametrize(("make", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_found_in_files_of_any_maker(
    make: Callable[[], Word], expected: list[str], tmp_path: Path
) -> None:
    assert codes(make(), tmp_path) == expected


def test_a_condition_in_a_field_is_no_number_on_the_first_page(tmp_path: Path) -> None:
    word = paper(look=Look(numbers="", first_page_differs=False))
    number_in(word.sections[0].header.paragraphs[0], ' IF  PAGE  > 1 "PAGE" ')
    assert codes(word, tmp_path) == []


def test_pages_that_begin_with_another_number_are_left_alone(tmp_path: Path) -> None:
    word = paper(look=Look(first_page_differs=False))
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "5")
    word.sections[0]._sectPr.append(start)
    assert codes(word, tmp_path) == []
