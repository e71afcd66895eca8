"""Word files as offices make them, for the rules over the layout: each setting can be made by another hand."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from giaoban.checker import check_document, file_facts
from giaoban.reader import read_file

PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
BODY = (
    "Đảng ủy xã đã chỉ đạo các chi bộ trực thuộc thực hiện nghiêm túc quy chế làm việc, giữ nền nếp sinh hoạt.",
    "Các chi bộ đã rà soát nhiệm vụ của từng đảng viên, phân công người theo dõi và báo cáo kết quả hằng tháng.",
    "Công tác kiểm tra, giám sát được thực hiện theo chương trình đã đề ra, không có vụ việc phức tạp phát sinh.",
)


@dataclass(frozen=True)
class Words:
    """What is written: the head's two sides, the kind, the subject, the body, the foot's two sides."""

    left: Sequence[str] = ("HUYỆN ỦY AN HÒA", "ĐẢNG ỦY XÃ AN BÌNH", "*", "Số 66-BC/ĐU")
    right: Sequence[str] = (PARTY_TITLE, "", "An Bình, ngày 20 tháng 5 năm 2024")
    kind: str = "BÁO CÁO"
    subject: str = "về việc thực hiện quy chế làm việc"
    body: Sequence[str] = BODY
    recipients: Sequence[str] = ("Nơi nhận:", "- Huyện ủy (để báo cáo),", "- Các chi bộ,", "- Lưu Văn phòng.")
    signature: Sequence[str] = ("T/M ĐẢNG ỦY", "BÍ THƯ", "", "Hồ Đức Lâm")


STATE = Words(
    left=("ỦY BAN NHÂN DÂN", "XÃ AN BÌNH", "Số: 66/BC-UBND"),
    right=(MOTTO, "Độc lập - Tự do - Hạnh phúc", "An Bình, ngày 20 tháng 5 năm 2024"),
    recipients=("Nơi nhận:", "- UBND huyện;", "- Lưu: VT."),
    signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Hồ Đức Lâm"),
)


@dataclass
class Look:
    """How it looks: by default as the guide of 2018 has it, with everything said by the style Normal."""

    font: str = "Times New Roman"
    size: float = 14
    paper: tuple[Length, Length] = (Mm(210), Mm(297))
    margins: tuple[Length, Length, Length, Length] = (Mm(20), Mm(20), Mm(30), Mm(15))
    sizes: dict[str, float] = field(default_factory=lambda: {PARTY_TITLE: 15})
    subject_size: float | None = None
    numbers: str = "header"
    first_page_differs: bool = True


def paper(words: Words | None = None, look: Look | None = None) -> Word:
    """Return a whole paper: a head and a foot in tables without lines, a body in paragraphs."""
    words, look = words or Words(), look or Look()
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = look.paper
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = look.margins
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = look.font, Pt(look.size)
    section.different_first_page_header_footer = look.first_page_differs
    if look.numbers:
        number_in(getattr(section, look.numbers).paragraphs[0])
    side_by_side(made, words.left, words.right, look.sizes)
    made.add_paragraph(words.kind)
    run = made.add_paragraph().add_run(words.subject)
    if look.subject_size:
        run.font.size = Pt(look.subject_size)
    for text in words.body:
        made.add_paragraph(text)
    side_by_side(made, words.recipients, words.signature, dict.fromkeys(words.recipients[1:], 12.0))
    return made


def side_by_side(word: Word, left: Sequence[str], right: Sequence[str], sizes: dict[str, float]) -> None:
    """Add two columns, line by line."""
    for cell, lines in zip(word.add_table(1, 2).rows[0].cells, (left, right), strict=True):
        _fill(cell, lines, sizes)


def _fill(cell: _Cell, lines: Sequence[str], sizes: dict[str, float]) -> None:
    for index, line in enumerate(lines):
        paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
        run = paragraph.add_run(line)
        if line in sizes:
            run.font.size = Pt(sizes[line])


def number_in(paragraph: Paragraph, code: str = " PAGE ") -> None:
    """Print the number of the page in a paragraph, as Word writes a field."""
    for kind in ("begin", "", "separate", "end"):
        run = paragraph.add_run()._r
        item = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            item.set(qn("w:fldCharType"), kind)
        else:
            item.text = code
        run.append(item)


def box(paragraph: Paragraph, lines: Sequence[str], size: float) -> None:
    """Hang a text box on a paragraph, twice: for new programs and, in VML, for old ones."""
    inside = "".join(
        f'<w:p><w:r><w:rPr><w:sz w:val="{size * 2:.0f}"/></w:rPr><w:t>{line}</w:t></w:r></w:p>' for line in lines
    )
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    run = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:mc="{mc}" xmlns:wps="{wps}" xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{inside}'
        "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    paragraph._p.append(run)


def fonts(element: BaseOxmlElement, **named: str) -> None:
    """Give a run or style these fonts and no others: ``ascii``, ``hAnsi``, ``asciiTheme``, ``hAnsiTheme``."""
    properties = element.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        element.insert(0, properties)
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    item = OxmlElement("w:rFonts")
    for name, value in named.items():
        item.set(qn(f"w:{name}"), value)
    properties.insert(0, item)


def setting(word: Word, name: str) -> None:
    """Switch on a setting of the whole document."""
    word.settings.element.insert(0, OxmlElement(f"w:{name}"))


def old_margins(word: Word) -> None:
    """Leave the margins of before in the file, as tracking of changes does."""
    section = word.sections[0]._sectPr
    before = deepcopy(section)
    before.find(qn("w:pgMar")).set(qn("w:left"), "1000")
    change = OxmlElement("w:sectPrChange")
    change.append(before)
    section.append(change)


def codes(word: Word, folder: Path) -> list[str]:
    """Return the codes of what is found in a file, in order of their code."""
    file = folder / "van-ban.docx"
    word.save(str(file))
    return sorted(finding.code for finding in check_document(read_file(file), facts=file_facts(file)))
