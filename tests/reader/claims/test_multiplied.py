"""Products that a text writes out."""

from __future__ import annotations

import pytest

from giaoban.reader.claims.find import find_claims


def _products(text: str) -> list[tuple[str, bool | None]]:
    return [(claim.text, claim.holds) for claim in find_claims(text + "\n") if claim.kind == "ratio"]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Tiền thưởng: 14 tổ chức x 14.900.000 đồng = 208.600.000 đồng.", True),
        ("Mức chi: 2.235.000 đồng × 24 đảng viên = 53.640.000 đồng.", True),
        ("Hỗ trợ 24 người x 500.000 đồng/người = 12.500.000 đồng.", False),
        ("Tiền ăn: 50 người x 2 ngày x 0,2 triệu đồng = 20 triệu đồng.", True),
        ("Quỹ vì người nghèo được 14.480.000 đồng, bằng 362 hộ x 40.000 đồng.", True),
        ("Mức phụ cấp 0,3 x 2.340.000 đồng = 702.000 đồng/tháng.", True),
        ("Mở 3 lớp x 40 học viên = 125 học viên.", False),
    ],
)
def test_a_product_is_compared_with_what_it_is_said_to_be(text: str, holds: bool) -> None:
    ((_text, found),) = _products(text)
    assert found is holds


@pytest.mark.parametrize(
    "text",
    [
        "In trên khổ giấy A4 (210 mm x 297 mm), 2 bản.",
        "Phòng họp 6 m x 8 m = 48 m2.",
        "Chạy tiếp sức 4 x 100 m, bằng thành tích năm trước.",
        # A coefficient may have been rounded.
        "Mức phụ cấp 0,33 x 2.340.000 đồng = 780.000 đồng/tháng.",
        # Far from it: another number is meant.
        "Tặng 24 suất quà x 500.000 đồng bằng 2 triệu đồng tiền mặt.",
    ],
)
def test_what_is_no_product_of_one_thing_says_nothing(text: str) -> None:
    assert _products(text) == []
