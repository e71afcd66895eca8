"""Changes in further wordings: the ends behind the step, shares of a plan behind the excess, plans in brackets."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

CHANGES = [
    ("Số chi bộ giảm 27, từ 241 chi bộ xuống còn 214 chi bộ (giảm 11,2%).", ["growth True"], "step, ends, share"),
    ("Số chi bộ giảm 27, từ 241 chi bộ xuống còn 214 chi bộ (giảm 12,6%).", ["growth False"], "27/214 is no decrease"),
    ("Cắt giảm 86 thủ tục, từ 312 thủ tục xuống còn 224 thủ tục.", ["growth False"], "88"),
    ("Thu nhập tăng 14,6 triệu đồng (từ 42,8 lên 57,4 triệu đồng/người/năm).", ["growth True"], "ends in a bracket"),
    (
        "Hộ nghèo giảm 312 hộ, từ 1.405 hộ năm 2021 xuống 1.093 hộ năm 2022, tương ứng giảm 28,5%.",
        ["growth False"],
        "22",
    ),
    ("Tỷ lệ hộ nghèo giảm 1,84 điểm phần trăm, còn 6,21% (năm 2022: 8,05%).", ["growth True"], "points first"),
    ("Tỷ lệ hộ nghèo giảm 1,48 điểm phần trăm, còn 6,21% (năm 2022: 8,05%).", ["growth False"], "digits swapped"),
    ("Tỷ lệ giảm 25%, từ 5,2% xuống 3,9%.", ["growth True"], "relative"),
    ("Tỷ lệ giảm 1,3%, từ 5,2% xuống 3,9%.", ["growth True"], "absolute"),
    ("Thu ngân sách tăng gấp 2,1 lần so với năm 2015 (từ 186 tỷ đồng lên 390,6 tỷ đồng).", ["growth True"], "times"),
    ("Thu ngân sách gấp 2,4 lần so với năm 2015 (từ 186 tỷ đồng lên 390,6 tỷ đồng).", ["growth False"], "2,1 times"),
    ("Tăng 12 xã, từ năm 2020 đến nay có 40 xã, lên 52 xã.", [], "no end of a change"),
    ("Tăng 500 đồng/lít, từ 0 giờ ngày 12/4 giá lên 23.420 đồng/lít.", [], "from an hour on"),
    ("Giảm từ 15 đến 20% so với ngày thường, từ 5 vụ còn 4 vụ.", [], "a range is no step"),
]
PLANS = [
    ("Trồng 1.150 ha rừng, vượt 150 ha so với kế hoạch (1.000 ha), bằng 115% kế hoạch.", ["percent_of True"], "right"),
    ("Trồng 1.150 ha rừng, vượt 150 ha so với kế hoạch (1.000 ha), bằng 105% kế hoạch.", ["percent_of False"], "115"),
    (
        "Kết nạp 35 đảng viên, tăng 07 đồng chí so với cùng kỳ (28 đồng chí), đạt 25% chỉ tiêu cả năm (140 đảng viên).",
        ["growth True", "percent_of True"],
        "the share is of another number",
    ),
    ("Kết nạp 16 đảng viên (chỉ tiêu 24), đạt 66,7%.", ["percent_of True"], "plan in a bracket"),
    ("Thu 21,4 tỷ đồng (kế hoạch giao 26 tỷ đồng), mới đạt 72,3%.", ["percent_of False"], "82,3"),
    ("Kết nạp 16 đảng viên (chỉ tiêu 24), đạt 95% so với cùng kỳ.", [], "of something else"),
]
LOOSE = [
    ("Tỷ lệ hộ nghèo giảm 2%/năm, từ 10% xuống 4%.", [], "a step of each year"),
    ("Mỗi năm giảm 12 hộ, từ 80 hộ xuống 44 hộ.", [], "the same in words"),
    (
        "Kết nạp 48 đảng viên, giảm 12,7% so với năm 2022 (55 đảng viên), đạt 96% kế hoạch.",
        ["growth True"],
        "of a plan",
    ),
    ("Kết nạp 30 đồng chí, tăng 6 so với cùng kỳ (24 đồng chí), đạt 60%.", ["growth True"], "a plan not printed"),
    ("Thực hiện 45 cuộc (kế hoạch 40 cuộc), vượt 12,5%.", ["percent_of True"], "the plan in the bracket"),
    ("Thực hiện 45 cuộc (kế hoạch 40 cuộc), vượt 15,2%.", ["percent_of False"], "12,5"),
    ("Vốn đối ứng 12 tỷ đồng chiếm 24% tổng mức đầu tư 50 tỷ đồng.", ["ratio True"], "a share, no growth"),
    (
        "Đàn lợn 24.500 con, tăng 1.200 con so với tháng trước, giảm 3% so với cùng kỳ (25.260 con).",
        ["growth True"],
        "two changes that go two ways",
    ),
    ("Có 18 vụ, cùng kỳ 24 vụ, giảm 25%.", ["growth True"], "the earlier value between"),
    ("Có 18 vụ, cùng kỳ 24 vụ, giảm 35%.", ["growth False"], "the earlier value names its time"),
    ("Điểm trung bình đạt 7,04 điểm, tăng 0,31 điểm so với năm 2023 (6,73 điểm).", ["growth True"], "marks"),
    ("Điểm trung bình đạt 7,04 điểm, tăng 0,13 điểm so với năm 2023 (6,73 điểm).", ["growth False"], "marks, wrong"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CHANGES + PLANS + LOOSE)
def test_changes(text: str, expected: list[str], reason: str) -> None:
    assert [f"{claim.kind} {claim.holds}" for claim in find_claims(text)] == expected, reason


def test_what_a_share_is_of_does_not_grow() -> None:
    text = "Giá trị đạt 2.916 tỷ đồng, bằng 81% kế hoạch năm 3.600 tỷ đồng, tăng 8% so với cùng kỳ (2.700 tỷ đồng)."
    assert [claim.holds for claim in find_claims(text)] == [True, True]
