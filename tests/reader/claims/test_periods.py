"""Changes between two values that each name their time, in either order."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

RIGHT = [
    "Trồng 1.840 ha, đạt 96,8% kế hoạch (1.900 ha), năm 2022 là 1.712 ha, tăng 7,5%.",
    "Quý I tuyển 128 lao động, quý II tuyển 152 lao động, tăng 18,8% so với quý I.",
    "Năng suất lao động năm nay đạt 156 triệu đồng/người, năm ngoái đạt 142 triệu đồng/người, tăng 9,9%.",
    "So với 96 vụ của năm ngoái, năm nay xảy ra 84 vụ, giảm 12,5%.",
    "Doanh thu 6 tháng cuối năm 214 tỷ đồng, 6 tháng đầu năm 178 tỷ đồng; tăng 20,2%.",
    "Tháng 5 tiếp 42 lượt công dân, tháng 6 tiếp 35 lượt công dân, giảm 7 lượt.",
    "Phạm pháp hình sự xảy ra 46 vụ; so với tháng trước giảm 5 vụ (46/51 vụ).",
    "Tai nạn giao thông tăng 12,2% (46/41 vụ).",
]
WRONG = [
    ("Trồng 1.840 ha chè, năm 2022 là 1.712 ha, tăng 9,5%.", "từ 1.712 đến 1.840 là tăng 7,48%"),
    ("Năm nay quỹ giúp 24 gia đình, năm ngoái giúp 19 gia đình, tăng 36,3%.", "từ 19 đến 24 là tăng 26,3"),
    ("Quý I tuyển 128 lao động, quý II tuyển 152 lao động, tăng 25% so với quý I.", "từ 128 đến 152 là tăng 18,8%"),
    ("Năm nay thu 156 triệu đồng, năm ngoái thu 142 triệu đồng, tăng 8,9%.", "từ 142 đến 156 là tăng 9,86%"),
    ("So với 96 vụ của năm ngoái, năm nay xảy ra 84 vụ, giảm 14,5%.", "từ 96 đến 84 là giảm 12,5%"),
    ("Tháng 5 tiếp 42 lượt công dân, tháng 6 tiếp 35 lượt công dân, giảm 9 lượt.", "từ 42 đến 35 là giảm 7"),
    ("Phạm pháp hình sự xảy ra 46 vụ; so với tháng trước giảm 6 vụ (46/51 vụ).", "từ 51 đến 46 là giảm 5"),
]
SILENT = [
    "Xuất khẩu 45 tấn, nhập khẩu năm 2022 là 30 tấn, tăng 20%.",
    "Quý I nhập 12 tấn, quý II xuất 15 tấn, tăng 20%.",
    "Quý I tuyển 128 lao động, quý II tuyển 152 lao động, tăng 25% so với cùng kỳ.",
    "Quý I tuyển 128 lao động, quý II tuyển 152 lao động nữ, tăng 25% kế hoạch.",
    "Năm 2023 hỗ trợ 120 hộ nghèo, năm 2024 hỗ trợ 150 hộ cận nghèo, tăng 12%.",
    "Quý I tuyển khoảng 128 lao động, quý II tuyển gần 152 lao động, tăng 25%.",
    "Tháng 5 tiếp 42 lượt công dân, tháng 6 nhận 35 đơn, giảm 20%.",
    "Xảy ra 46 vụ, giảm 5 vụ (điều tra làm rõ 41/46 vụ).",
    "Năm nay kết nạp 20 đảng viên, quý trước 15 đảng viên, tăng 12%.",
]


def verdicts(text: str) -> list[bool | None]:
    return [claim.holds for claim in find_claims(text)]


@pytest.mark.parametrize("text", RIGHT)
def test_what_fits_is_confirmed(text: str) -> None:
    found = verdicts(text)
    assert found
    assert all(found)


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_does_not_fit_is_told_with_both_values(text: str, said: str) -> None:
    (claim,) = find_claims(text)
    assert claim.holds is False
    assert said in claim.explain.lower()


@pytest.mark.parametrize("text", SILENT)
def test_what_is_compared_with_something_else_stays_silent(text: str) -> None:
    assert False not in verdicts(text)
