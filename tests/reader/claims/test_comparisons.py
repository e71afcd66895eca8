"""Comparisons with an earlier value, balances, opposites, turns, sums in words, changes that went both ways."""

from __future__ import annotations

import pytest

from giaoban.reader import read_text
from giaoban.reader.claims import find_claims

TEXTS = [
    ("Xử lý 2.184 vụ, nhiều hơn cùng kỳ 164 vụ (2.020 vụ).", [True], "«nhiều hơn»"),
    ("Xử lý 2.184 vụ, nhiều hơn cùng kỳ 146 vụ (2.020 vụ).", [False], "the same, wrong"),
    ("Có 46 vụ, ít hơn 9 vụ so với cùng kỳ năm trước (55 vụ), tức giảm 16,4%.", [True], "«ít hơn» is no bound"),
    ("Có 46 vụ, ít hơn 9 vụ so với cùng kỳ năm trước (55 vụ), tức giảm 18,4%.", [False], "its percentage is wrong"),
    ("Đàn lợn 21.600 con, gấp 1,8 lần năm 2020 (12.000 con).", [True], "times"),
    ("Đàn lợn 21.600 con, gấp 1,8 lần năm 2020 (14.400 con).", [False], "times, wrong"),
    ("Có 45 sản phẩm, gấp 3 lần năm 2019 (18 sản phẩm).", [True], "2,5 times may be told as 3"),
    ("Tài sản từ 2.310 tỷ đồng đầu năm tăng lên 2.541 tỷ đồng cuối năm, tăng 10,0%.", [True], "from and up to"),
    ("Tài sản từ 2.310 tỷ đồng đầu năm tăng lên 2.541 tỷ đồng cuối năm, tăng 11,0%.", [False], "the same, wrong"),
    ("Nộp 41,5 tỷ đồng, tăng hơn 8% so với cùng kỳ (38,2 tỷ đồng).", [True], "more than so many percent"),
    ("Nộp 27,3 tỷ đồng, tăng hơn 6% so với cùng kỳ (26,0 tỷ đồng).", [False], "less than so many percent"),
    ("Nộp 27,3 tỷ đồng, tăng khoảng 9% so với cùng kỳ (26,0 tỷ đồng).", [], "about so many says nothing"),
    ("Biên chế giao 64, hiện có mặt 58, còn thiếu 6.", [True], "what is lacking"),
    ("Biên chế giao 72, hiện có mặt 67, còn thiếu 6.", [False], "what is lacking, wrong"),
    ("Họp 72 buổi, hiện có 67 người, còn thiếu 6 ghế.", [], "three different things"),
    (
        "Dư đầu kỳ 412 triệu đồng, thu 1.286 triệu đồng, chi 1.315 triệu đồng, dư cuối kỳ 383 triệu đồng.",
        [True],
        "a balance",
    ),
    (
        "Dư đầu kỳ 412 triệu đồng, thu 1.286 triệu đồng, chi 1.315 triệu đồng, dư cuối kỳ 393 triệu đồng.",
        [False],
        "a balance, wrong",
    ),
    ("Thu về 214 phiếu, hợp lệ 210 phiếu, không hợp lệ 4 phiếu.", [True], "opposites"),
    ("Thu về 214 phiếu, hợp lệ 210 phiếu, không hợp lệ 3 phiếu.", [False], "opposites that leave one out"),
    ("Có 203 đảng viên (nữ 121; chính thức 194, dự bị 9).", [True], "opposites behind another kind"),
    ("Phát 900 suất quà; đợt 1: 350 suất, đợt 2: 320 suất, đợt 3: 240 suất.", [False], "turns"),
    ("Phát 900 suất quà; đợt 1: 350 suất, đợt 2: 120 suất.", [], "more turns may follow"),
    ("Xã có mười hai chi bộ, trong đó bảy chi bộ thôn, ba chi bộ trường học và hai chi bộ cơ quan.", [True], "words"),
    ("Xã có mười một chi bộ, trong đó bảy chi bộ thôn, ba chi bộ trường học và hai chi bộ cơ quan.", [False], "words"),
    ("Có ba mươi hai đại biểu, gồm 18 nam và 13 nữ.", [False], "a whole in words, parts in digits"),
    ("Có mười hai thôn, trong đó bảy thôn vùng cao.", [], "one part alone"),
    ("Ông có ba người con, trong đó hai liệt sĩ và một cháu nuôi.", [], "other things than the whole"),
    ("Tăng 21 đảng viên (kết nạp 18, tiếp nhận 12, chuyển đi 7, từ trần 2).", [True], "what came and what went"),
    ("Tăng 21 đảng viên (kết nạp 18, tiếp nhận 12, chuyển đi 7, từ trần 5).", [False], "the same, wrong"),
    (
        "Thu 37,2 triệu đồng; trích nộp cấp trên 70% là 26,04 triệu đồng, để lại 30% là 11,16 triệu đồng.",
        [True, True, True],
        "shares before what they are",
    ),
    ("Nhận 41 đơn: khiếu nại 6, tố cáo 3, phản ánh 32; đã giải quyết 37 đơn, đạt 92,2%.", [True, False], "of all"),
    ("Đầu năm có 86 hộ nghèo, thoát nghèo 31 hộ, phát sinh mới 4 hộ, cuối năm còn 59 hộ.", [True], "a year of steps"),
    ("Đầu năm có 86 hộ nghèo, thoát nghèo 31 hộ, phát sinh mới 4 hộ, cuối năm còn 57 hộ.", [False], "the same, wrong"),
    ("Trả đúng hạn 1.431 hồ sơ, quá hạn 29 hồ sơ trên tổng số 1.460 hồ sơ.", [True], "the whole behind opposites"),
    ("Thu 48,6 tỷ đồng; so với cùng kỳ (45,0 tỷ đồng) tăng 8%.", [True], "the base before the change"),
    ("Tỷ lệ đạt 95,2%, tăng 1,4 điểm % so với năm trước (93,6%).", [False], "points written «điểm %»"),
    ("Kỷ niệm 70 năm giải phóng thị xã (1954 - 2024), 35 năm tái lập tỉnh (1991 - 2025).", [True, False], "a list"),
    ("Lực lượng 275 người: công an 35, quân sự 48, dân quân 112 và nhân dân 70.", [False], "«và» counts nothing"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), TEXTS)
def test_what_numbers_say_of_each_other(text: str, expected: list[bool], reason: str) -> None:
    found = find_claims(text)
    assert [claim.holds for claim in found if claim.holds is not None] == expected, reason
    assert all(text[claim.start : claim.end] == claim.text for claim in found)


def test_a_claim_that_ends_the_text_ends_with_its_last_number() -> None:
    # The word that is mended is longer than what is printed, so places behind it lie farther on in the running text.
    text = "8412hợp lệ 8377,không hp lệ 3"
    (claim,) = read_text(text).claims
    assert (claim.start, claim.end, claim.text) == (0, len(text), text)
    (claim,) = read_text("Thu về 214 phiếu, hợp lệ 210 phiếu, không hợp lệ 4 phiếu.").claims
    assert claim.text == "214 phiếu, hợp lệ 210 phiếu, không hợp lệ 4"
