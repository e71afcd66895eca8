"""Headings are matched, every wrong cell is noted with its place."""

from __future__ import annotations

import pytest
from tests.apps.sheets.books import csv_file, xlsx

from giaoban.apps.sheets.columns import choice_column, day_column, text_column
from giaoban.apps.sheets.reading import Table, read_table
from giaoban.apps.sheets.source import SheetFile, open_sheet
from giaoban.core.errors import InvalidInput

_COLUMNS = (
    text_column("code", "Mã đơn vị", "Mã.", "A", longest=5, required=True),
    day_column("day", "Ngày", "Ngày.", "01/01/2023", required=True),
    choice_column("kind", "Loại", "Loại.", "Một", {"one": "Một", "two": "Hai"}),
)


def _read(file: SheetFile) -> Table:
    return read_table(open_sheet(file), _COLUMNS, where=file.name)


@pytest.mark.parametrize(
    "head", ["Mã đơn vị;Ngày;Loại", "code;day;kind", "MA DON VI;ngay;loai", "Mã đơn vị *;Ngày *;Loại", "kind;code;day"]
)
def test_headings_or_keys(head: str) -> None:
    by_head = {"loại": "Hai", "loai": "Hai", "kind": "Hai", "ngày": "2/1/2023", "ngay": "2/1/2023", "day": "2/1/2023"}
    cells = ";".join(by_head.get(name.lower().rstrip(" *"), "A") for name in head.split(";"))
    row = _read(SheetFile("a.csv", f"{head}\n{cells}\n".encode())).rows[0]
    assert (row["code"], row["day"].isoformat(), row["kind"]) == ("A", "2023-01-02", "two")


def test_a_column_that_is_not_used_may_be_left_out() -> None:
    assert _read(SheetFile("a.csv", b"code;day\nA;2/1/2023\n")).rows[0]["kind"] is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code;day;Nơi sinh\nA;2/1/2023;x\n", "Không có cột này trong mẫu: ô C, tiêu đề «Nơi sinh»"),
        ("code;Loại\nA;Một\n", "Thiếu cột «Ngày»"),
        ("code;day;Mã đơn vị\nA;2/1/2023;B\n", "Cột xuất hiện hai lần: ô C, tiêu đề «Mã đơn vị»"),
        ("code;day\n", "Chỉ có dòng tiêu đề"),
        ("A;2/1/2023\nB;3/1/2023\n", "Không có cột này trong mẫu: ô A, tiêu đề «A»"),
    ],
)
def test_wrong_headings(text: str, told: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _read(SheetFile("a.csv", text.encode()))
    assert told in str(refused.value)
    assert str(refused.value).startswith("a.csv")


def test_every_wrong_cell_is_noted_with_its_place() -> None:
    rows = [
        {"Mã đơn vị": "A", "Ngày": "2/1/2023", "Loại": ""},
        {"Mã đơn vị": "", "Ngày": "32/1/2023", "Loại": "Ba"},
        {"Mã đơn vị": "ABCDEF", "Ngày": "", "Loại": "Một"},
    ]
    found = []
    for file in (xlsx(rows, "Đơn vị"), csv_file(rows)):
        table = _read(file)
        found.append([(fault.row, fault.column, fault.heading) for fault in table.faults])
        assert [row.broken for row in table.rows] == [frozenset(), {"code", "day", "kind"}, {"code", "day"}]
    assert (
        found[0]
        == found[1]
        == [(3, 1, "Mã đơn vị"), (3, 2, "Ngày"), (3, 3, "Loại"), (4, 1, "Mã đơn vị"), (4, 2, "Ngày")]
    )
    assert str(_read(xlsx(rows, "Đơn vị")).faults[2]) == (
        "Đơn vị, dòng 3, cột C (Loại): «Ba» không có trong danh mục; cần: một trong: «Một», «Hai»"
    )


def test_a_value_under_no_heading_is_not_lost() -> None:
    table = _read(SheetFile("a.csv", b"code;;day\nA;x;2/1/2023\nB;;2/1/2023;y\n"))
    assert [(fault.row, fault.column, fault.message) for fault in table.faults] == [
        (2, 2, "«x» nằm ở cột không có tiêu đề"),
        (3, 4, "«y» nằm ở cột không có tiêu đề"),
    ]


def test_a_fault_in_a_column_that_the_file_lacks_names_the_column() -> None:
    table = _read(SheetFile("a.csv", b"code;day\nA;2/1/2023\n"))
    assert str(table.place.fault(2, "kind", "Chưa điền", "x")) == (
        "a.csv, dòng 2, cột «Loại» (tệp không có cột này): Chưa điền; cần: x"
    )
