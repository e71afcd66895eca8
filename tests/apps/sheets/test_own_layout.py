"""Lists as offices really lay them out: another sheet first, merged headings, columns numbered, sums at the end."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter

from giaoban.apps.members.sheets.columns import MEMBER_COLUMNS
from giaoban.apps.sheets.mapping import SECTION, SheetMapping, apply, propose
from giaoban.apps.sheets.own_layout import lay_out, open_own
from giaoban.apps.sheets.reading import Table, read_table
from giaoban.apps.sheets.source import RawSheet, SheetFile

TITLE = ["DANH SÁCH TRÍCH NGANG ĐẢNG VIÊN", "", "", "", "", "", ""]
ABOVE = ["STT", "HỌ VÀ TÊN", "", "NGÀY SINH", "GIỚI TÍNH", "NGÀY VÀO ĐẢNG", ""]
BELOW = ["", "", "", "", "", "DỰ BỊ", "CHÍNH THỨC"]
THE = [1.0, "NGUYỄN VĂN THẾ", "", "5/7/1980", "Nam", "3.2.2005", "03/02/2006"]
LOAN = [2.0, "Trần Thị Bích LOAN", "", "1985", "Nữ", "19-5-2010", "2/9/2011"]
SUM = ["", "TỔNG CỘNG", 2.0, "2 đồng chí", "", "", ""]
SIGNED = ["", "", "", "", "", "NGƯỜI LẬP BIỂU", ""]


def sheet(*rows: Sequence[Any], start: int = 1) -> RawSheet:
    return RawSheet("DS", list(enumerate(rows, start)), {})


def read(raw: RawSheet) -> Table:
    mapping = SheetMapping(propose(raw, MEMBER_COLUMNS).mapping.headings, {"day": "01/01/2023", "unit": "DUK.02"})
    return read_table(apply(raw, mapping, MEMBER_COLUMNS), MEMBER_COLUMNS, where="own.xlsx")


def test_a_list_with_merged_headings_and_a_sum_is_read_as_it_is_meant() -> None:
    plain, left_out, _sections = lay_out(sheet(TITLE, ABOVE, BELOW, THE, LOAN, SUM, SIGNED), MEMBER_COLUMNS)
    table = read(plain)
    assert table.faults == []
    assert [(row.number, row["full_name"]) for row in table.rows] == [
        (4, "Nguyễn Văn Thế"),
        (5, "Trần Thị Bích Loan"),
    ]
    assert [str(row["admitted_on"]) for row in table.rows] == ["2005-02-03", "2010-05-19"]
    assert [str(row["recognised_on"]) for row in table.rows] == ["2006-02-03", "2011-09-02"]
    assert left_out == ("dòng 6 «TỔNG CỘNG»", "dòng 7 «NGƯỜI LẬP BIỂU»")


def test_a_row_that_numbers_the_columns_is_passed_over() -> None:
    numbered = ["(1)", "(2)", "", "(3)", "(4)", "(5)", "(6)"]
    plain, _left_out, _sections = lay_out(sheet(ABOVE, BELOW, numbered, THE), MEMBER_COLUMNS)
    assert [number for number, _cells in plain.rows] == [1, 4]


def test_the_birth_date_in_a_column_for_men_or_women_says_the_sex() -> None:
    above, below = ["TT", "Họ và tên", "Ngày sinh", "", "Số thẻ"], ["", "", "Nam", "Nữ", ""]
    rows = ["1", "Lê An", "03/02/1979", "", "98000003"], ["2", "Lê Bình", "", "1980", ""]
    plain, _left_out, _sections = lay_out(sheet(above, below, *rows), MEMBER_COLUMNS)
    assert [(row["sex"], row["birth"].day.year) for row in read(plain).rows] == [("male", 1979), ("female", 1980)]


def test_a_wrong_birth_date_is_told_in_the_column_in_which_it_stands() -> None:
    above, below = ["TT", "Họ và tên", "Ngày sinh", "", "Số thẻ"], ["", "", "Nam", "Nữ", ""]
    rows = ["1", "Lê An", "31/02/1979", "", ""], ["2", "Lê Mai", "", "", "98000005"], ["3", "Lê Bình", "", "31/02/1980"]
    own = sheet(above, below, *rows)
    broken = RawSheet(own.name, own.rows, {(own.rows[-2][0], 4): "#REF!"})
    faults = [str(one) for one in read(lay_out(broken, MEMBER_COLUMNS).sheet).faults if "sinh" in one.heading]
    assert [("cột C" in one, "cột D" in one) for one in faults] == [(True, False), (False, True), (False, True)]
    assert "Ô có lỗi công thức #REF!" in faults[1]
    assert "31/02/1980" in faults[2]


def test_crosses_under_men_and_women_say_the_sex() -> None:
    above, below = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "", "Số thẻ"], ["", "", "", "Nam", "Nữ", ""]
    rows = ["1", "Lê An", "03/02/1979", "x", "", "98000003"], ["2", "Lê Bình", "1980", "", "x", ""]
    plain, _left_out, _sections = lay_out(sheet(above, below, *rows), MEMBER_COLUMNS)
    assert [row["sex"] for row in read(plain).rows] == ["male", "female"]


@pytest.mark.parametrize(
    "row",
    [
        ["", "Lê Cường", "", "", "", "", ""],  # a person of whom little is known, before others
        ["3", "Tống Văn Cộng", "", "1970", "Nam", "", ""],
    ],
)
def test_no_person_is_left_out_without_a_word(row: list[str]) -> None:
    plain, left_out, _sections = lay_out(sheet(ABOVE, BELOW, row, THE), MEMBER_COLUMNS)
    assert [cells[1] for _number, cells in plain.rows[1:]] == [row[1], THE[1]]
    assert left_out == ()


def test_a_list_of_one_row_of_headings_stays_as_it_is() -> None:
    own = sheet(["Họ và tên", "Ngày sinh", "Giới tính"], ["Lê An", "03/02/1979", "Nam"], ["Lê Bình", "1980", "Nữ"])
    plain, left_out, _sections = lay_out(own, MEMBER_COLUMNS)
    assert (list(plain.rows), left_out) == (list(own.rows), ())


def test_the_sheet_with_the_list_is_found_behind_others() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("Bìa").write("B2", "DANH SÁCH ĐẢNG VIÊN")
        page = book.add_worksheet("DS 2023")
        for number, row in enumerate((TITLE, ABOVE, BELOW, THE)):
            page.write_row(number, 0, row)
    plain, _left_out, _sections = open_own(SheetFile("own.xlsx", buffer.getvalue()), MEMBER_COLUMNS)
    assert plain.name == "DS 2023"
    assert [row["full_name"] for row in read(plain).rows] == ["Nguyễn Văn Thế"]


CELL_ONE = ["I", "CHI BỘ THANH TRA (02 đồng chí)", "", "", "", "", ""]
CELL_TWO = ["II. Chi bộ Văn phòng: 1 đ/c", "", "", "", "", "", ""]
SUBTOTAL = ["", "Cộng chi bộ Thanh tra", "2", "", "", "", ""]


def test_headings_in_between_and_subtotals_are_named_and_give_their_rows_the_unit() -> None:
    raw = sheet(ABOVE, BELOW, CELL_ONE, THE, LOAN, SUBTOTAL, CELL_TWO, ABOVE, BELOW, THE, SUM)
    plain, left_out, sections = lay_out(raw, MEMBER_COLUMNS)
    assert sections == (
        "dòng 3 «I CHI BỘ THANH TRA (02 đồng chí)»",
        "dòng 6 «Cộng chi bộ Thanh tra»",
        "dòng 7 «II. Chi bộ Văn phòng: 1 đ/c»",
        "dòng 8 «dòng tiêu đề lặp lại»",
        "dòng 9 «dòng tiêu đề lặp lại»",
    )
    assert left_out == ("dòng 11 «TỔNG CỘNG»",)
    mapping = SheetMapping(propose(plain, MEMBER_COLUMNS).mapping.headings, {"day": "01/01/2023"})
    assert mapping.headings[SECTION] == "unit"
    table = read_table(apply(plain, mapping, MEMBER_COLUMNS), MEMBER_COLUMNS, where="own.xlsx")
    assert table.faults == []
    assert [(row.number, row["unit"]) for row in table.rows] == [
        (4, "CHI BỘ THANH TRA"),
        (5, "CHI BỘ THANH TRA"),
        (10, "Chi bộ Văn phòng"),
    ]


def test_a_file_that_names_the_unit_keeps_its_own_column() -> None:
    head = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Chi bộ"]
    body = ["1", "Lê An", "03/02/1979", "Nam", "Chi bộ 2"]
    plain, _left_out, sections = lay_out(sheet(head, ["A", "ĐẢNG BỘ SỞ", "", "", ""], body), MEMBER_COLUMNS)
    assert sections == ("dòng 2 «A ĐẢNG BỘ SỞ»",)
    assert plain.rows[0][1] == head


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Phòng Tài chính", "", "", "", "", "", ""], "Phòng Tài chính"),
        (["1.2", "Tổ đảng số 2", "", "", "", "", ""], "Tổ đảng số 2"),
        (["", "Đảng viên dự bị", "3", "", "", "", ""], "Đảng viên dự bị"),
        (["", "B/ Khối mặt trận", "", "", "", "", ""], "B/ Khối mặt trận"),
        (["", "Cộng: 12", "", "", "", "", ""], "Cộng: 12"),
        (["(1)", "(2)", "", "(3)", "(4)", "(5)", "(6)"], "dòng tiêu đề lặp lại"),
    ],
)
def test_what_says_that_it_is_nobody(row: list[str], words: str) -> None:
    plain, _left_out, sections = lay_out(sheet(ABOVE, BELOW, THE, row, LOAN), MEMBER_COLUMNS)
    assert sections == (f"dòng 4 «{words}»",)
    assert [number for number, _cells in plain.rows] == [1, 3, 5]


@pytest.mark.parametrize(
    "row",
    [
        ["7", "Ban Văn Khối", "", "", "", "", ""],
        ["8", "Văn Phòng", "", "", "Nam", "", ""],
        ["9", "Đảng Thị Chi", "", "1970", "", "", ""],
        ["", "C Văn Tổng", "", "", "", "", ""],
    ],
)
def test_a_person_of_whom_little_is_known_stays(row: list[str]) -> None:
    plain, _left_out, sections = lay_out(sheet(ABOVE, BELOW, THE, row, LOAN), MEMBER_COLUMNS)
    assert sections == ()
    assert [number for number, _cells in plain.rows] == [1, 3, 4, 5]
