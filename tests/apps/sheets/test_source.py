"""Files that cannot be a sheet are refused with one line: which file, what is wrong, what would be right."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from tests.apps.sheets.books import csv_file, csv_text, with_member, xlsx

from giaoban.apps.sheets.source import SheetFile, open_sheet
from giaoban.core.errors import InvalidInput

_ROWS = [{"code": "A", "day": date(2023, 1, 2)}, {"code": "", "day": ""}, {"code": "B", "day": date(2023, 1, 3)}]
_GOOD = xlsx(_ROWS).data
_SHEET = "xl/worksheets/sheet1.xml"


def _with_sheet(old: bytes, new: bytes) -> bytes:
    changed = with_member(_GOOD, _SHEET, lambda part: part.replace(old, new))
    assert changed != _GOOD
    return changed


def _bomb() -> bytes:
    """A file that unpacks to 700 MB; it takes seconds to pack, so only the test that opens it does."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(700):
                part.write(bytes(1 << 20))
    return buffer.getvalue()


def _far() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "code")
        sheet.write(1048575, 16383, "x")
    return buffer.getvalue()


def _locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def _lying(data: bytes) -> bytes:
    """Change one byte of packed content: the checksum no longer fits."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(_SHEET)
    spot = info.header_offset + 30 + len(_SHEET) + info.compress_size // 2
    return data[:spot] + bytes([data[spot] ^ 0xFF]) + data[spot + 1 :]


_ENGLISH = re.compile(r"\b(file|not|error|bad|invalid|unexpected|unknown|token|encoding|while|missing|data)\b", re.I)

# name, bytes, what the message must say: one row for each way in which a file can be unfit
_UNFIT = [
    ("a.xlsx", b"", "Tệp trống"),
    ("a.csv", b" \n\n", "Tệp trống"),
    ("a.xlsx", b"PK\x03\x04 and nothing else", "hỏng"),
    ("a.xlsx", _GOOD[: len(_GOOD) // 2], "hỏng"),
    ("a.xlsx", _lying(_GOOD), "hỏng"),
    ("a.xlsx", with_member(_GOOD, _SHEET, lambda part: part[: len(part) // 2]), "hỏng"),
    ("a.xlsx", with_member(_GOOD, "xl/workbook.xml", lambda part: b"<"), "hỏng"),
    ("a.xlsx", with_member(_GOOD, _SHEET, lambda part: part.replace(b"<v>0<", b"<v>999<")), "hỏng"),
    ("a.xlsx", with_member(_GOOD, _SHEET, lambda part: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + part), "DOCTYPE"),
    ("a.xlsx", _with_sheet(b'r="A2"', b'r="ZZZZZZZZ9999999"'), "ZZZZZZZZ"),
    ("a.xlsx", _with_sheet(b'r="A2"', b'r="xfd2"'), "cột thứ 16384"),
    ("a.xlsx", _with_sheet(b'r="A2"', b'r="A1048576"'), "Dòng 1048576"),
    ("a.xlsx", _with_sheet(b'<c r="A2"', b'<c r="A2"r="XFD1048576"'), "hỏng"),  # the reader itself takes it
    (
        "a.xlsx",
        with_member(
            _GOOD, "xl/sharedStrings.xml", lambda part: part.replace(b'uniqueCount="', b'uniqueCount="9999999')
        ),
        "phần sst ghi uniqueCount lớn hơn",  # the reader would ask for that much memory and end the whole process
    ),
    (
        "a.xlsx",
        with_member(_GOOD, "xl/styles.xml", lambda part: part.replace(b"UTF-8", b"UTF-9")),
        "khai báo mã chữ lạ",
    ),
    ("a.xlsx", _bomb, "giải nén ra quá lớn"),
    ("a.xlsx", _far(), "Dòng 1048576 có nội dung"),
    ("a.xlsx", _locked(), "mật khẩu"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel đời cũ"),
    ("a.xlsx", b"%PDF-1.7", "PDF"),
    ("a.png", b"\x89PNG....", "PNG"),
    ("a.xlsx", "mã;ngày".encode(), "không phải là .xlsx"),
    ("a.txt", "mã;ngày".encode(), "Loại tệp «.txt» không nhận; cần: tệp .xlsx hoặc .csv"),
    ("a.docx", "mã;ngày".encode(), "Loại tệp «.docx» không nhận"),
    ("a.csv", "mã;ngày\nĐ;2".encode("cp1258", "replace") + b"\xff", "không phải mã UTF-8 (byte 0x"),
    ("a.csv", "mã;ngày".encode("utf-16"), "byte NUL"),
    ("a.csv", b"code;day\nA;\x00", "byte NUL ở vị trí 11"),
    ("a.csv", b'code;day\n"A;1\n', "không đọc được"),
]


@pytest.mark.parametrize(("name", "data", "told"), _UNFIT, ids=[told for _name, _data, told in _UNFIT])
def test_an_unfit_file_is_refused(name: str, data: bytes | Callable[[], bytes], told: str) -> None:
    content = data() if callable(data) else data
    with pytest.raises(InvalidInput) as refused:
        open_sheet(SheetFile(name, content))
    line = str(refused.value)
    assert line.startswith(name)
    assert told in line
    assert "\n" not in line
    assert not _ENGLISH.search(line)


def test_a_document_in_a_zip_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(InvalidInput, match=r"Không phải tệp \.xlsx"):
        open_sheet(SheetFile("a.xlsx", buffer.getvalue()))


def test_blank_rows_keep_their_numbers() -> None:
    assert [number for number, _cells in open_sheet(xlsx(_ROWS)).rows] == [1, 2, 4]
    assert [number for number, _cells in open_sheet(csv_file(_ROWS)).rows] == [1, 2, 4]


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_with_and_without_byte_order_mark(separator: str, mark: str) -> None:
    text = mark + csv_text([{"code": "Đ", "name": 'a "b"\n; , c'}], separator)
    assert open_sheet(SheetFile("a.csv", text.encode())).rows == [(1, ["code", "name"]), (2, ["Đ", 'a "b"\n; , c'])]


def test_columns_left_blank_on_the_left_keep_their_letters() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write(2, 2, "code")
        sheet.write(3, 2, "A")
    found = open_sheet(SheetFile("a.xlsx", buffer.getvalue()))
    assert found.rows == [(3, ["", "", "code"]), (4, ["", "", "A"])]


def test_cells_with_a_spreadsheet_error_are_seen_where_the_reader_says_blank() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Một")
        sheet.write(0, 0, "code")
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    assert open_sheet(SheetFile("a.xlsx", buffer.getvalue())).broken == {(2, 1): "#DIV/0!"}


def test_styled_blank_cells_far_out_do_no_harm() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        grey = book.add_format({"bg_color": "#eeeeee"})
        sheet.write(0, 0, "code")
        sheet.write(1, 0, "A")
        sheet.write_blank(1048575, 16383, None, grey)
    assert len(open_sheet(SheetFile("a.xlsx", buffer.getvalue())).rows) == 2
