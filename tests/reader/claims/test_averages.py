"""Averages: a total, how many share it, and what falls to each."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

AVERAGES = [
    ("Có 36 lớp, 1.500 học sinh, bình quân 35 học sinh/lớp ở bậc tiểu học.", [], "of fewer than all"),
    ("Mở 64 lớp tập huấn cho 3.840 lượt hội viên, bình quân 60 người/lớp.", ["ratio True"], "people by their rounds"),
    ("Trường có 36 lớp với 1.548 học sinh, bình quân 43 học sinh/lớp.", ["ratio True"], "pupils of a class"),
    ("Trường có 36 lớp với 1.548 học sinh, bình quân 34 học sinh/lớp.", ["ratio False"], "digits swapped"),
    ("Xây 34 nhà trị giá 2,72 tỷ đồng (bình quân 80 triệu đồng/nhà).", ["ratio True"], "money of two units"),
    ("Xây 34 nhà trị giá 2,72 tỷ đồng (bình quân 90 triệu đồng/nhà).", ["ratio False"], "80"),
    ("Khám cho 140 lượt người, trị giá 21 triệu đồng, bình quân 150.000 đồng/lượt.", ["ratio True"], "rounds"),
    ("Xây 34 nhà, 5 cầu trị giá 2,72 tỷ đồng, bình quân 90 triệu đồng/nhà.", [], "the money is for more"),
    ("Có 842 hộ, thu nhập bình quân 45 triệu đồng/người/năm.", [], "of a year"),
    ("Doanh thu 840 tỷ đồng, bình quân 70 tỷ đồng/tháng.", [], "months are not counted here"),
    ("Kết nạp 30 đảng viên. Bình quân 12 đảng viên/chi bộ.", [], "another sentence"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), AVERAGES)
def test_averages(text: str, expected: list[str], reason: str) -> None:
    assert [f"{claim.kind} {claim.holds}" for claim in find_claims(text)] == expected, reason


def test_an_average_is_of_this_year() -> None:
    text = (
        "Diễn 28 buổi, tăng 40% so với năm trước là 20 buổi; phục vụ 14.000 lượt người, bình quân 500 lượt người/buổi."
    )
    assert [claim.holds for claim in find_claims(text) if claim.holds is False] == []
