"""Rates in tables that their rows do not make."""

from __future__ import annotations

from giaoban.reader.claims import find_claims

SHARES = """STT\tĐơn vị\tChỉ tiêu năm\tĐã kết nạp\tTỷ lệ (%)
1\tXã Mường Cang\t12\t7\t58,3
2\tXã Nậm Tha\t10\t6\t60,0
3\tXã Phiêng Luông\t14\t9\t64,3
4\tThị trấn Sông Cài\t18\t12\t66,7
\tTổng cộng\t54\t34\t63,0
"""
GROWTH = """| Chỉ tiêu | Năm 2023 | Năm 2024 | Tăng, giảm (%) |
| --- | --- | --- | --- |
| Hộ kinh doanh | 812 | 864 | 6,4 |
| Hợp tác xã | 45 | 52 | 15,6 |
| Tổ hợp tác | 120 | 108 | -10 |
| Trang trại | 64 | 70 | 9,4 |
"""


def _false(text: str) -> list[tuple[str, str]]:
    return [(claim.text, claim.explain) for claim in find_claims(text) if claim.holds is False]


def test_a_share_beside_shares_that_fit_is_judged() -> None:
    assert _false(SHARES) == []
    assert _false(SHARES.replace("66,7", "67,7")) == [("67,7", "12/18 = 66,67%, bảng ghi 67,7%")]
    assert _false(SHARES.replace("66,7", "66,6")) == []


def test_growth_between_two_columns_is_judged() -> None:
    assert _false(GROWTH) == []
    assert _false(GROWTH.replace("| 15,6 |", "| 13,6 |")) == [("13,6", "(52 - 45)/45 = 15,56%, bảng ghi 13,6%")]


def test_rates_of_something_that_is_not_in_the_table_stay_silent() -> None:
    other = SHARES.replace("58,3", "41,2").replace("60,0", "77,0").replace("63,0", "51,9")
    assert _false(other) == []
    # Two rows alone show nothing.
    assert _false("TT\tXã\tSố\tĐạt\tTỷ lệ\n1\tA\t12\t7\t58,3\n2\tB\t10\t6\t61,0\n") == []


def test_a_rate_of_a_wrong_total_is_not_told_again() -> None:
    assert [shown for shown, _ in _false(SHARES.replace("54\t34", "54\t36"))] == ["36"]
