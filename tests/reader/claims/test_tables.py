"""Totals of tables that their columns do not make."""

from __future__ import annotations

from giaoban.reader.claims import find_claims

_RIGHT = """Biểu 1. Hộ và nhà
TT\tThôn\tSố hộ\tNhà mới\tTỷ lệ (%)
1\tTân Lập\t120\t12\t10,0
2\tTân Tiến\t84\t7\t8,3
3\tTân Bình\t96\t3\t3,1
\tTổng cộng\t300\t22\t7,3
"""


def _false(text: str) -> list[tuple[str, str]]:
    return [(claim.text, claim.explain) for claim in find_claims(text) if claim.holds is False]


def test_a_column_beside_one_that_adds_up_is_judged() -> None:
    assert _false(_RIGHT) == []
    wrong = _RIGHT.replace("300\t22", "300\t25")
    ((shown, explain),) = _false(wrong)
    assert shown == "25"
    assert explain == "12 + 7 + 3 = 22, dòng tổng ghi 25"


def test_totals_in_the_first_line_are_judged() -> None:
    head, *body, total = _RIGHT.splitlines()[1:]
    above = "\n".join([head, total, *body]) + "\n"
    assert _false(above) == []
    assert [shown for shown, _ in _false(above.replace("300\t22", "300\t25"))] == ["25"]


def test_cells_parted_by_bars_are_read_too() -> None:
    text = "| Cấp | Trường | Lớp |\n| --- | --- | --- |\n| Một | 21 | 248 |\n| Hai | 19 | 402 |\n| Cộng | 40 | 640 |\n"
    assert [shown for shown, _ in _false(text)] == ["640"]
    assert _false(text.replace("640", "650")) == []


def test_one_column_alone_is_judged_where_it_is_near() -> None:
    text = "TT\tNội dung\tSố tiền\n1\tIn ấn\t45\n2\tHội nghị\t95\n3\tKhảo sát\t70\nTổng\t\t{}\n"
    assert _false(text.format(210)) == []
    assert [shown for shown, _ in _false(text.format(220))] == ["220"]
    assert _false(text.format(640)) == []


def test_what_is_not_added_up_stays_silent() -> None:
    averages = "| Cụm | Đơn vị | Điểm |\n| 1 | 8 | 91,2 |\n| 2 | 7 | 88,6 |\n| Tổng | 15 | 90,0 |\n"
    groups = "TT\tTên\tSố\nI\tXã\t30\n1\tA\t10\n2\tB\t20\nII\tPhường\t15\n1\tC\t15\n\tTổng\t45\n"
    rounded = "TT\tTên\tTriệu đồng\n1\tA\t10,4\n2\tB\t20,4\n3\tC\t9,4\n\tTổng\t40,3\n"
    for text in (averages, groups, rounded):
        assert _false(text) == []


_ROWS = """TT\tĐơn vị\tTháng 7\tTháng 8\tTháng 9\tQuý III
1\tCông ty mẹ\t42,5\t44,1\t47,3\t133,9
2\tCảng\t18,2\t17,9\t19,4\t55,5
3\tXưởng\t26,8\t25,0\t31,2\t83,0
4\tĐội tàu\t61,3\t63,7\t60,5\t185,5
\tCộng\t148,8\t150,7\t158,4\t457,9
"""


def test_a_row_is_judged_beside_rows_that_add_up() -> None:
    assert _false(_ROWS) == []
    ((shown, explain),) = _false(_ROWS.replace("83,0", "84,0"))
    assert (shown, explain) == ("84,0", "26,8 + 25,0 + 31,2 = 83, cột tổng ghi 84,0")


def test_columns_that_make_nothing_are_not_added_up() -> None:
    text = "TT\tXã\tHộ\tNhà\tXe\n1\tA\t120\t12\t9\n2\tB\t84\t7\t8\n3\tC\t96\t3\t1\n4\tD\t20\t12\t8\n"
    assert _false(text) == []


def test_parts_of_inspection_are_amounts() -> None:
    text = (
        "| Đơn vị | Kiểm tra | Giám sát | Cộng |\n| A | 4 | 2 | 6 |\n| B | 3 | 3 | 6 |\n| C | 5 | 2 | 8 |\n"
        "| Cộng | 12 | 7 | 20 |\n"
    )
    assert [shown for shown, _ in _false(text)] == ["8"]


def test_a_total_that_a_wrong_cell_above_explains_is_not_blamed() -> None:
    # 84,0 is wrong in its row; the line of totals would be right with 83,0.
    assert [shown for shown, _ in _false(_ROWS.replace("83,0", "84,0"))] == ["84,0"]
    # 151,7 is wrong in its column, so the row of totals does not come out either.
    assert [shown for shown, _ in _false(_ROWS.replace("150,7", "151,7"))] == ["151,7"]


def test_a_cell_that_spoils_its_row_and_its_column_is_told_alone() -> None:
    text = (
        "TT\tChi bộ\tĐã thu\tTrích lại (30%)\tNộp lên (70%)\n"
        "1\tTổ 7\t6.300\t1.890\t4.410\n2\tTổ 8\t5.700\t1.710\t3.990\n"
        "3\tTổ 9\t7.650\t2.295\t5.355\n4\tTổ 10\t4.350\t1.305\t{}\n\tCộng\t24.000\t7.200\t16.800\n"
    )
    assert _false(text.format("3.045")) == []
    said = "Theo tổng của hàng (4.350) và tổng của cột (16.800) là 3.045, ô ghi 3.145"
    assert _false(text.format("3.145")) == [("3.145", said)]
