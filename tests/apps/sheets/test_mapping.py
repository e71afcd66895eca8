"""An office's own file is recognised by its headings, looked over, and read as a template would be."""

from __future__ import annotations

import pytest

from giaoban.apps.members.sheets.columns import MEMBER_COLUMNS
from giaoban.apps.sheets.mapping import IGNORED, SheetMapping, apply, distinct_values, fingerprint, propose
from giaoban.apps.sheets.reading import read_table
from giaoban.apps.sheets.source import RawSheet
from giaoban.core.errors import InvalidInput

OWN = RawSheet(
    "DS 2023",
    [
        (1, ["ĐẢNG BỘ SỞ THỬ NGHIỆM", "", "", "", "", "", ""]),
        (2, ["DANH SÁCH ĐẢNG VIÊN", "", "", "", "", "", ""]),
        (4, ["STT", "Họ và tên đảng viên", "Ngày, tháng, năm sinh", "Nam/Nữ", "Chi bộ", "Số TĐV", "Quê quán"]),
        (5, [1.0, "Đặng Thị Hường", "31/03/1957", "Nữ", "CB Văn phòng", "12345678", "An Lạc"]),
        (6, [2.0, "Trần Văn Bình", "1960", "Nam", "CB  văn phòng", "", "An Lạc"]),
        (7, ["", "", "", "", "", "", ""]),
    ],
    {},
)


def test_headings_are_recognised_below_the_titles() -> None:
    found = propose(OWN, MEMBER_COLUMNS)
    assert found.row == 4
    assert found.mapping.headings == {
        "STT": IGNORED,
        "Họ và tên đảng viên": "full_name",
        "Ngày, tháng, năm sinh": "birth",
        "Nam/Nữ": "sex",
        "Chi bộ": "unit",
        "Số TĐV": "card_number",
        "Quê quán": IGNORED,
    }
    assert [column.key for column in found.missing] == ["day"]
    assert distinct_values(OWN, found, "unit") == ("CB Văn phòng", "CB văn phòng")
    assert distinct_values(OWN, found, "phone") == ()


def test_the_file_is_read_as_ours_and_rows_keep_their_numbers() -> None:
    mapping = SheetMapping(
        propose(OWN, MEMBER_COLUMNS).mapping.headings,
        {"day": "01/01/2022"},
        {"unit": {"CB Văn phòng": "DUK.01.01"}},
    )
    table = read_table(apply(OWN, mapping, MEMBER_COLUMNS), MEMBER_COLUMNS, where="own.xlsx")
    assert table.faults == []
    assert [row.number for row in table.rows] == [5, 6]
    first, second = table.rows
    assert (first["full_name"], first["unit"], first["card_number"]) == ("Đặng Thị Hường", "DUK.01.01", "12345678")
    assert (str(second["birth"]), second["unit"], second["day"].year) == ("1960", "DUK.01.01", 2022)


def test_a_fault_names_the_cell_of_the_own_file() -> None:
    rows = [*OWN.rows[:3], (5, [1.0, "Đặng Thị Hường", "31/02/1957", "Nữ", "DUK.01.01", "", ""])]
    own = RawSheet(OWN.name, rows, {})
    mapping = SheetMapping(propose(own, MEMBER_COLUMNS).mapping.headings, {"day": "01/01/2022"})
    (fault,) = read_table(apply(own, mapping, MEMBER_COLUMNS), MEMBER_COLUMNS, where="own.xlsx").faults
    assert (fault.row, fault.column) == (5, 3)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Ngày  vào  Đảng", "admitted_on"),
        ("Ngày vào đảng.", "admitted_on"),
        ("NGÀY CHÍNH THỨC *", "recognised_on"),
        ("Lí luận chính trị", "theory"),
        ("Số căn cước công dân", "identity_number"),
        ("Số thẻ ĐV", "card_number"),
        ("Dân tộc", IGNORED),
        ("Số", IGNORED),
    ],
)
def test_what_a_heading_means(heading: str, key: str) -> None:
    sheet = RawSheet("s", [(1, ["Họ và tên", heading])], {})
    assert (
        propose(sheet, MEMBER_COLUMNS).mapping.headings[
            heading.strip() if "  " not in heading else " ".join(heading.split())
        ]
        == key
    )


def test_one_column_is_not_meant_twice() -> None:
    sheet = RawSheet("s", [(1, ["Họ và tên", "Họ tên", "Ngày sinh"])], {})
    assert list(propose(sheet, MEMBER_COLUMNS).mapping.headings.values()) == ["full_name", IGNORED, "birth"]
    with pytest.raises(InvalidInput, match="Hai cột của tệp"):
        apply(sheet, SheetMapping({"Họ và tên": "full_name", "Họ tên": "full_name"}), MEMBER_COLUMNS)


def test_refusals() -> None:
    with pytest.raises(InvalidInput, match="Không tìm thấy dòng tiêu đề"):
        propose(RawSheet("s", [(1, ["a", "b"]), (2, [1.0, 2.0])], {}), MEMBER_COLUMNS)
    with pytest.raises(InvalidInput, match="Không có cột «salary»"):
        apply(OWN, SheetMapping({"STT": "salary"}), MEMBER_COLUMNS)
    with pytest.raises(InvalidInput, match="Tệp không có các cột đã ghép"):
        apply(OWN, SheetMapping({"Họ": "full_name"}), MEMBER_COLUMNS)


def test_the_same_headings_are_known_again_in_any_order() -> None:
    assert fingerprint(["Họ tên", "STT ", ""]) == fingerprint(["stt", "HỌ  TÊN"])
    assert fingerprint(["Họ tên"]) != fingerprint(["Họ tên", "STT"])
