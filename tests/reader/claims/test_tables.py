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
