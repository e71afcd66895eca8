"""A sheet as plain text: what it tells of itself, and what no program may run."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.apps.members.sheets import LIFE_SHEETS
from giaoban.apps.sheets.filled import SheetFormat, format_of, write_sheet
from giaoban.apps.sheets.listing import Cell
from giaoban.apps.sheets.reading import read_table
from giaoban.apps.sheets.source import SheetFile, open_sheet
from giaoban.core.errors import InvalidInput

RATINGS = next(sheet for sheet in LIFE_SHEETS if sheet.key == "ratings")
TOLD = ("MAU: 1 dòng, Lan lấy lúc 08:00 ngày 01/03/2023.", "Không kèm số thẻ; số lý lịch, số định danh.")


def row(**cells: Cell) -> list[Cell]:
    return [cells.get(column.key, "") for column in RATINGS.columns]


def test_what_it_tells_of_itself_is_no_row() -> None:
    data = write_sheet(RATINGS, SheetFormat.CSV, rows=[row(full_name="Lê Thị Sáng")], told=TOLD)
    sheet = open_sheet(SheetFile("so.csv", data))
    assert [number for number, _ in sheet.rows] == [3, 4]
    assert "Lê Thị Sáng" in sheet.rows[1][1]


@pytest.mark.parametrize("separator", [";", ","])
def test_a_program_may_have_filled_the_lines_above_with_blank_cells(separator: str) -> None:
    text = separator.join(("# MAU, 1 dòng" if separator == ";" else "# MAU: 1 dòng", "", "")) + "\r\n"
    text += separator.join(("Họ và tên", "Năm", "Mức")) + "\r\n" + separator.join(("Lê Sáng", "2022", "Tốt"))
    sheet = open_sheet(SheetFile("so.csv", text.encode()))
    assert [list(cells) for _, cells in sheet.rows] == [["Họ và tên", "Năm", "Mức"], ["Lê Sáng", "2022", "Tốt"]]


def test_a_heading_that_is_a_number_sign_is_a_heading() -> None:
    sheet = open_sheet(SheetFile("so.csv", "#;Họ và tên\n1;Lê Sáng\n".encode()))
    assert [list(cells) for _, cells in sheet.rows] == [["#", "Họ và tên"], ["1", "Lê Sáng"]]


@pytest.mark.parametrize("text", ["=HYPERLINK(A1)", "+84912345678", "-2+3", "@SUM(A1)"])
def test_no_program_runs_a_cell(text: str) -> None:
    """And what people typed comes back as they typed it."""
    data = write_sheet(RATINGS, SheetFormat.CSV, rows=[row(full_name=text, year="2022")])
    assert f"\t{text}".encode() in data
    table = read_table(open_sheet(SheetFile("so.csv", data)), RATINGS.columns, where="so.csv")
    assert table.rows[0]["full_name"] == text


def test_days_numbers_and_blanks_are_written_as_people_write_them() -> None:
    days = [place for place, column in enumerate(RATINGS.columns) if column.as_date]
    cells = row(full_name="Lê Sáng")
    cells[days[0]] = date(2022, 12, 20)
    cells[-1] = 2.5
    line = write_sheet(RATINGS, SheetFormat.CSV, rows=[cells]).decode("utf-8-sig").splitlines()[1].split(";")
    assert (line[days[0]], line[-1]) == ("20/12/2022", "2,5")


def test_the_format_is_what_the_name_asks_for() -> None:
    assert (format_of("SO.CSV"), format_of("so.xlsx")) == (SheetFormat.CSV, SheetFormat.XLSX)
    with pytest.raises(InvalidInput, match=r"«so\.xls»"):
        format_of("so.xls")
