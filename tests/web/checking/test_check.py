"""«Soát văn bản»: a document goes in, findings come out, nothing is stored."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from giaoban.apps.audit.models import AuditRow
from giaoban.checker import check_document
from giaoban.reader import read_text

URL = reverse("checking:check")
WRONG = (
    "BÁO CÁO\nI- KẾT QUẢ\n1. Công tác đảng viên\n"
    "Chuyển sinh hoạt đảng cho 108 đảng viên (trong đó 33 hồ sơ chuyển đến, 59 hồ sơ chuyển đi, 22 hồ sơ nội bộ) theo "
    "Kế hoạch số 12-KH/ĐUK ngày 05/01/2023 <b>&</b>.\n"
)


def sent(client: Client, **data: object) -> tuple[int, str]:
    response = client.post(URL, data)
    return response.status_code, response.content.decode()


def test_a_slip_is_shown_in_its_place(as_: Callable[[str], Client]) -> None:
    before = AuditRow.objects.count()
    status, page = sent(as_("clerk"), text=WRONG)
    assert status == 200
    assert "33 + 59 + 22 = 114, văn bản ghi 108" in page
    assert 'href="#cho-1"' in page
    assert 'id="cho-1"' in page
    assert "12-KH/ĐUK" in page
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in page, "the document's own signs are text"
    assert AuditRow.objects.count() == before, "nothing is stored"


def test_a_cited_document_leads_into_the_registers(as_: Callable[[str], Client]) -> None:
    text = "BÁO CÁO\nThực hiện Hướng dẫn số 06-HD/TW ngày 09/6/2022 và Kế hoạch số 12-KH/ĐUK ngày 05/01/2023.\n"
    _status, page = sent(as_("secretary"), text=text)
    assert "Viện dẫn (2 văn bản, 1 có trong sổ)" in page
    rules = reverse("organizations:rules")
    assert f'href="{rules}?don-vi=DUK.01.01' in page
    assert as_("secretary").get(f"{rules}?don-vi=DUK.01.01").status_code == 200


def test_a_word_file_is_read(as_: Callable[[str], Client]) -> None:
    word = docx.Document()
    for line in WRONG.splitlines():
        word.add_paragraph(line)
    kept = io.BytesIO()
    word.save(kept)
    status, page = sent(as_("deputy"), file=SimpleUploadedFile("báo cáo.docx", kept.getvalue()))
    assert status == 200
    assert "báo cáo.docx" in page
    assert "văn bản ghi 108" in page


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"PK not a zip", "a.docx"),
        ("a.txt", b"abc\x00def", "a.txt"),
        ("a.txt", "chữ".encode("utf-16-le"), "a.txt"),
        ("a.exe", b"MZ", "a.exe"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_name(
    as_: Callable[[str], Client], name: str, content: bytes, said: str
) -> None:
    status, page = sent(as_("clerk"), file=SimpleUploadedFile(name, content))
    assert status == 422
    assert f"{said}: " in page
    assert "/tmp" not in page


def test_nothing_given_is_told(as_: Callable[[str], Client]) -> None:
    status, page = sent(as_("clerk"), text="  ")
    assert status == 422
    assert "hãy chọn một tệp hoặc dán nội dung" in page


def test_a_secret_paper_is_refused_at_the_door(as_: Callable[[str], Client]) -> None:
    status, page = sent(as_("clerk"), text="TỈNH ỦY\nMẬT\n" + WRONG)
    assert status == 422
    assert "«MẬT»" in page
    assert "114" not in page


@pytest.mark.parametrize(("form", "kind"), [("json", "application/json"), ("sarif", "application/sarif+json")])
def test_findings_are_taken_along(as_: Callable[[str], Client], form: str, kind: str) -> None:
    data = {"text": WRONG, "name": "bc.txt", "format": form}
    response = as_("clerk").post(reverse("checking:findings"), data)
    assert response["Content-Type"] == kind
    assert "GB202" in json.dumps(json.loads(response.content))


def test_a_sound_paper_says_so(as_: Callable[[str], Client]) -> None:
    status, page = sent(as_("clerk"), text="Đảng bộ có 82 tổ chức cơ sở đảng.")
    assert status == 200
    assert "Không thấy gì sai" in page


def test_what_a_word_file_hides_is_named(as_: Callable[[str], Client]) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Đảng bộ có 82 tổ chức cơ sở đảng.")
    paragraph._p.append(
        parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="An"><w:r><w:delText>Câu đã xóa.</w:delText></w:r></w:del>')
    )
    kept = io.BytesIO()
    word.save(kept)
    status, page = sent(as_("clerk"), file=SimpleUploadedFile("a.docx", kept.getvalue()))
    assert status == 200
    assert "Câu đã xóa" not in page
    assert 'class="note"' in page


def test_letters_that_scanning_broke_are_listed(as_: Callable[[str], Client]) -> None:
    status, page = sent(as_("clerk"), text="Chi bộ tổ chức sirứi hoạt chuyên đề, hoàn thànli nhiệm vụ được giao.")
    assert status == 200
    assert "sinh" in page
    assert "hoàn thànli" in page


def word_of(*lines: str) -> bytes:
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def test_a_word_file_comes_back_with_its_safe_fixes(as_: Callable[[str], Client]) -> None:
    file = SimpleUploadedFile("tờ trình.docx", word_of("Số: 12/NQ-TU", "Kết nạp 446/450 đảng viên, đạt 98,1%."))
    response = as_("clerk").post(URL, {"file": file, "sua": "1"})
    assert response.status_code == 200
    assert "da-sua-2-cho.docx" in response["Content-Disposition"]
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(response.content)).paragraphs]
    assert lines == ["Số 12-NQ/TU", "Kết nạp 446/450 đảng viên, đạt 98,1%."], "numbers are for people"


def test_a_pasted_text_comes_back_with_its_safe_fixes(as_: Callable[[str], Client]) -> None:
    response = as_("clerk").post(URL, {"text": "Số: 05-NQ/ĐU", "sua": "1"})
    assert response.content.decode() == "Số 05-NQ/ĐU"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", "<p>Số: 05-NQ/ĐU</p>".encode(), "Không sửa được ngay trong tệp .html"),
        ("a.txt", WRONG.encode(), "Không có chỗ nào máy sửa được chắc chắn"),
    ],
)
def test_what_cannot_be_fixed_is_told(as_: Callable[[str], Client], name: str, content: bytes, said: str) -> None:
    response = as_("clerk").post(URL, {"file": SimpleUploadedFile(name, content), "sua": "1"})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_findings_about_the_pages_are_taken_along(as_: Callable[[str], Client]) -> None:
    lines = (
        "ĐẢNG BỘ TỈNH SƠN KHÊ",
        "ĐẢNG ỦY KHỐI",
        "*",
        "Số 12-BC/ĐUK",
        "Sơn Khê, ngày 15 tháng 11 năm 2023",
        *WRONG.splitlines(),
    )
    page = as_("clerk").post(URL, {"file": SimpleUploadedFile("a.docx", word_of(*lines))})
    kept, text = page.context["kept"]["layout"], page.context["page"].text
    shown = {row.code for row in page.context["page"].findings}
    assert any(code.startswith("GB3") for code in shown)
    data = {"text": text.replace("\n", "\r\n"), "name": "a.docx", "format": "json", "layout": kept}
    taken = json.loads(as_("clerk").post(reverse("checking:findings"), data).content)
    found = taken["files"][0]["findings"] if "files" in taken else taken[0]["findings"]
    assert {one["code"] for one in found} == shown
    sums = next(one for one in found if one["code"] == "GB202")
    assert text[sums["start"] : sums["end"]].startswith("108"), "places count in the document, not in what was sent"


def test_findings_that_were_not_signed_here_are_left_out(as_: Callable[[str], Client]) -> None:
    data = {"text": WRONG, "format": "text", "layout": "eyJhIjoxfQ:x"}
    response = as_("clerk").post(reverse("checking:findings"), data)
    assert response.status_code == 200
    assert "GB3" not in response.content.decode()


def test_a_long_paper_is_shown_with_all_its_findings(as_: Callable[[str], Client]) -> None:
    """60 KB of reports, resolutions and damaged scans; how long that takes is measured by ``bench/checking.py``."""
    folder = Path(__file__).parents[3] / "corpus" / "data"
    files = [file for part in ("ocr", "reports", "fifth") for file in sorted((folder / part).glob("*.txt"))]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    while len(text.encode()) < 60_000:
        text += text
    text = text.encode()[:60_000].decode(errors="ignore")
    status, page = sent(as_("clerk"), text=text)
    found = len(check_document(read_text(text)))
    assert found > 20
    assert (status, page.count('id="cho-')) == (200, found)
