"""A draft that goes out as a Word file and comes back: its words are found again, its figures are not taken over."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from tests.writer.sample import report

from giaoban.core.errors import InvalidInput
from giaoban.reader.loaders.docx import load_marked
from giaoban.writer.anchors import PREFIX
from giaoban.writer.blocks import OfficialDocument
from giaoban.writer.docx import to_docx
from giaoban.writer.pdf import COMMAND
from giaoban.writer.returned import Returned, SlotReturn, compare

TEXTS = {
    "leadership": "Ban hành 05 nghị quyết chuyên đề.\n- Chỉ đạo tổng kết 10 năm thi hành nghị quyết.",
    "strengths": "Các cấp ủy chủ động, có 12 mô hình mới.",
    "tasks": "Chuẩn bị đại hội chi bộ.\nTriển khai chương trình kiểm tra.",
}
VERSIONS = {"leadership": 3, "strengths": 1, "tasks": 2}


def _draft(*, mark_empty: bool = False) -> OfficialDocument:
    return report(narratives=TEXTS, mark_empty=mark_empty)


def _back(change: Callable[[Document], None], *, marks: bool = True) -> Returned:
    """Send the draft out, let somebody change it in Word, and compare what comes back."""
    document = docx.Document(io.BytesIO(to_docx(_draft(), versions=VERSIONS if marks else None)))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return _compared(saved.getvalue())


def _compared(data: bytes) -> Returned:
    lines, _ = load_marked(data, "ve.docx", prefix=PREFIX)
    return compare(_draft(mark_empty=True), lines, TEXTS)


def _paragraph(document: Document, words: str) -> docx.text.paragraph.Paragraph:
    return next(one for one in document.paragraphs if words in one.text)


def _replace(document: Document, old: str, new: str) -> None:
    """Change words as a person does: the first run takes the whole text, the others lose theirs."""
    paragraph = _paragraph(document, old)
    text = paragraph.text.replace(old, new)
    first, *others = paragraph.runs
    first.text = text
    for run in others:
        if run.text:
            run.text = ""


def _texts(found: Returned) -> dict[str, str]:
    return {one.slot: one.text for one in found.slots}


@pytest.mark.parametrize("marks", [True, False])
def test_an_untouched_file_says_what_went_out(marks: bool) -> None:
    found = _back(lambda document: None, marks=marks)
    assert _texts(found) == TEXTS
    assert found.sentences == ()
    assert found.loose == ()
    if marks:
        assert {one.slot: one.version for one in found.slots} == VERSIONS


@pytest.mark.parametrize("marks", [True, False])
def test_words_of_a_slot_are_found_again(marks: bool) -> None:
    def change(document: Document) -> None:
        _replace(document, "chủ động, có 12 mô hình mới", "nỗ lực, sáng tạo, có 12 mô hình")
        _paragraph(document, "Triển khai chương trình").insert_paragraph_before("Hoàn thành quy hoạch cấp ủy.")

    found = _back(change, marks=marks)
    assert _texts(found) == TEXTS | {
        "strengths": "Các cấp ủy nỗ lực, sáng tạo, có 12 mô hình.",
        "tasks": "Chuẩn bị đại hội chi bộ.\nHoàn thành quy hoạch cấp ủy.\nTriển khai chương trình kiểm tra.",
    }
    assert found.sentences == ()


def test_a_number_changed_by_hand_is_named_with_its_measure() -> None:
    found = _back(lambda document: _replace(document, "kết nạp 53 đảng viên", "kết nạp 58 đảng viên"))
    assert _texts(found) == TEXTS
    (sentence,) = found.sentences
    (number,) = sentence.numbers
    assert (number.measure, number.printed, number.by_hand) == ("members.admitted", "53", "58")
    assert sentence.section == "Công tác đảng viên"


def test_words_taken_out_are_told() -> None:
    def change(document: Document) -> None:
        for words in ("Các cấp ủy chủ động", "kết nạp 53 đảng viên"):
            paragraph = _paragraph(document, words)
            paragraph._p.getparent().remove(paragraph._p)

    found = _back(change)
    assert _texts(found)["strengths"] == ""
    assert [(one.returned, bool(one.numbers)) for one in found.sentences] == [("", True)]


def test_words_written_under_a_heading_go_to_its_empty_slot() -> None:
    def change(document: Document) -> None:
        paragraph = _paragraph(document, "Trong quý I/2023, toàn Đảng bộ")
        paragraph._p.addnext(document.add_paragraph("Chất lượng đảng viên mới được nâng lên.")._p)

    assert _texts(_back(change)) == TEXTS | {"members": "Chất lượng đảng viên mới được nâng lên."}


def test_tracked_changes_are_read_as_accepted() -> None:
    def change(document: Document) -> None:
        paragraph = _paragraph(document, "12 mô hình mới")
        run = paragraph.runs[0]._r
        deleted = docx.oxml.OxmlElement("w:del")
        run.addprevious(deleted)
        deleted.append(run)
        paragraph.add_run("Các cấp ủy vào cuộc.")

    assert _texts(_back(change))["strengths"] == "Các cấp ủy vào cuộc."


@pytest.mark.skipif(shutil.which(COMMAND) is None, reason="LibreOffice is not installed")
def test_the_marks_come_back_from_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "di.docx").write_bytes(to_docx(_draft(), versions=VERSIONS))
    subprocess.run(
        [
            *(COMMAND, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--norestore"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "ve"), str(tmp_path / "di.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = _compared((tmp_path / "ve" / "di.docx").read_bytes())
    assert found.sentences == ()
    assert set(found.slots) == {SlotReturn(slot, text, VERSIONS[slot]) for slot, text in TEXTS.items()}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 cut off", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        load_marked(data, "la.docx", prefix=PREFIX)
