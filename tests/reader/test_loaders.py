"""Files: what is read from them, and the one clear line where they cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import pytest

from giaoban.core.errors import GiaobanError
from giaoban.reader import read_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(body: str, **parts: str) -> bytes:
    """Make the smallest Word file with this body; parts are further members, dots in their names as «_»."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return stream.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def text_of(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return read_file(path).text


@pytest.mark.parametrize(
    ("data", "expected", "reason"),
    [
        ("Đảng ủy\r\nxã".encode(), "Đảng ủy\r\nxã", "line breaks stay as they are"),
        ("Đảng".encode("utf-8-sig"), "Đảng", "the byte order mark is no character"),
        ("Đảng".encode("utf-16"), "Đảng", "UTF-16, little end first"),
        (b"\xfe\xff" + "Đảng".encode("utf-16-be"), "Đảng", "UTF-16, big end first"),
        (b"", "", "an empty file is an empty text"),
    ],
)
def test_txt(tmp_path: Path, data: bytes, expected: str, reason: str) -> None:
    assert text_of(tmp_path / "a.txt", data) == expected, reason


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"Qu\xfd I", "Byte thứ 3 (0xFD) không phải UTF-8; cần: văn bản UTF-8, hoặc UTF-16 có BOM"),
        ("a.txt", b"ab\x00c", "Có byte NUL ở byte thứ 3"),
        ("a.txt", b"\xff\xfea", "không phải UTF-16"),
        ("a.xls", b"", "Chưa đọc được định dạng .xls; cần: tệp .txt, .docx"),
        ("a", b"", "Chưa đọc được định dạng (không đuôi)"),
        ("a.docx", b"xin chao", "Nội dung không phải tệp .docx"),
        ("a.docx", b"PK\x03\x04 cut off", "Tệp bị hỏng hoặc bị cắt cụt"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "Đây là tệp Word dạng cũ (.doc)"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "Tệp được đặt mật khẩu",
        ),
        ("a.docx", package(paragraph("x"))[:-40], "Tệp bị hỏng hoặc bị cắt cụt"),
        ("a.docx", package("<w:p>"), "không phải XML đúng"),
    ],
)
def test_refusals_name_file_and_reason(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(GiaobanError) as caught:
        read_file(path)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(GiaobanError, match="Không có tệp này"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(GiaobanError, match="thư mục"):
        read_file(tmp_path)


def refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(GiaobanError, match=message):
        read_file(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    bomb = '<!DOCTYPE a [<!ENTITY b "lol">]><a>&b;</a>'
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    refused(tmp_path, stream.getvalue(), "thực thể XML")


def test_zip_bombs_are_refused(tmp_path: Path) -> None:
    refused(tmp_path, package(paragraph("x"), big="0" * 3_000_000), "nén bất thường")
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(5_001):
            archive.writestr(f"{number}", "")
    refused(tmp_path, many.getvalue(), "quá nhiều")


def test_other_packages_are_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    refused(tmp_path, stream.getvalue(), "không chứa văn bản Word")


def test_docx_paragraphs_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "ĐẢNG ỦY XÃ TÂN AN\n*\nSố 12-BC/ĐU"
    head.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM\nTân An, ngày 05 tháng 4 năm 2023"
    document.add_paragraph("BÁO CÁO")
    document.add_paragraph("Kết quả quý I")
    table = document.add_table(2, 2)
    for row in range(2):
        for column in range(2):
            table.cell(row, column).text = f"{row}{column}"
    path = tmp_path / "a.docx"
    document.save(str(path))
    read = read_file(path)
    assert read.text.startswith("ĐẢNG ỦY XÃ TÂN AN\n*\nSố 12-BC/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\n")
    assert "00\t01\n10\t11" in read.text
    assert (read.header.symbol, read.header.place, read.header.issuer) == ("12-BC/ĐU", "Tân An", "ĐẢNG ỦY XÃ TÂN AN")


def test_docx_footnotes_stand_behind_the_body(tmp_path: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">'
        f"{paragraph('Quyết định số 04-QĐ/BCĐ ngày 28/12/2022')}</w:footnote></w:footnotes>"
    )
    body = f"<w:p><w:r><w:t>Kiện toàn tổ</w:t></w:r>{mark}<w:r><w:t>.</w:t></w:r></w:p>{paragraph('Hết.')}"
    path = tmp_path / "a.docx"
    path.write_bytes(package(body, footnotes=notes))
    read = read_file(path)
    assert read.text == "Kiện toàn tổ¹.\nHết.\n\n¹ Quyết định số 04-QĐ/BCĐ ngày 28/12/2022\n"
    assert [citation.symbol for citation in read.citations] == ["04-QĐ/BCĐ"]


def test_docx_counts_its_lists(tmp_path: Path) -> None:
    def listed(text: str, depth: int) -> str:
        return paragraph(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>')

    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate([("upperRoman", "%1-"), ("decimal", "%2."), ("decimal", "%2.%3.")])
    )
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="3">{levels}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num></w:numbering>'
    )
    body = listed("KẾT QUẢ", 0) + listed("Tổ chức", 1) + listed("Kết nạp", 2) + listed("Kinh tế", 1) + listed("HẾT", 0)
    text = text_of(tmp_path / "a.docx", package(body, numbering=numbering))
    assert text.splitlines() == ["I- KẾT QUẢ", "1. Tổ chức", "1.1. Kết nạp", "2. Kinh tế", "II- HẾT"]


def test_docx_tracked_changes(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>"
    )
    assert text_of(tmp_path / "a.docx", package(body)) == "Giữ thêm"
