"""Shares that are everything, numbers in a row, and what is left, right and wrong."""

from __future__ import annotations

import time

import pytest

from giaoban.reader.claims import find_claims
from giaoban.reader.claims.base.passage import make_passage
from giaoban.reader.claims.rests.complements import find_complements
from giaoban.reader.claims.sums.divisions import find_divisions
from giaoban.reader.claims.sums.listed import find_listed
from giaoban.reader.flow import make_flow

ROWS = [
    ("Cơ cấu kinh tế: nông nghiệp 32,4%; công nghiệp 38,1%; dịch vụ 29,5%.", [True], "a hundred"),
    ("Cơ cấu kinh tế năm 2020: nông nghiệp chiếm 35,2%, công nghiệp 37,6%, dịch vụ 28,2%.", [False], "101"),
    ("Xếp loại học lực: giỏi 21,4%, khá 40,3%, trung bình 35,1%, yếu 4,6%.", [False], "101,4"),
    ("Tín nhiệm cao 82,1%, tín nhiệm 15,4%, tín nhiệm thấp 3,5%.", [False], "kinds that name each other"),
    ("Độ tuổi: dưới 35 tuổi 12,5%; 35 - 45 tuổi 43,8%; 46 - 55 tuổi 37,5%; trên 55 tuổi 6,3%.", [True], "rounding"),
    ("Tỷ lệ cử tri hài lòng 92,4%, không hài lòng 5,1%, không có ý kiến 2,5%.", [True], "opposites and the rest"),
    ("Cơ cấu: nông nghiệp 30%, công nghiệp 40%, dịch vụ 25%.", [], "a share may be left out"),
    ("Trình độ: đại học 81,5%, trên đại học 12,3%, cao cấp lý luận 24,6%, trung cấp 61,5%.", [], "one may be both"),
    ("Tăng trưởng: công nghiệp 42,4%, xây dựng 39,8%, dịch vụ 18,6%.", [], "growth divides nothing"),
    ("Nam 58,3%, nữ 41,7%, dân tộc thiểu số 33,5%.", [], "two divisions"),
    ("Cơ cấu vốn: tỉnh 60%, huyện 35%, xã 15% (trong đó xã hội hóa 5%).", [], "a part of a part"),
    ("Các khối lần lượt có 1.214, 1.186 và 1.143 em, tổng cộng 3.543 em.", [True], "in a row"),
    ("Ba đợt kết nạp lần lượt là 14, 19 và 22 đảng viên, tổng cộng 56 đảng viên.", [False], "55"),
    ("Ba cụm có 7, 8, 9 đơn vị (tổng 25 đơn vị).", [False], "24"),
    ("Năm 2023, 2024, 2025 lần lượt trồng 412, 438 và 455 ha, cả ba năm trồng 1.305 ha.", [True], "all three years"),
    ("Ba đợt lần lượt là 14, 19 và 22 đảng viên; cùng kỳ là 16, 15 và 20 đảng viên.", [], "another row"),
    ("Có 48 học viên nam + 17 học viên nữ = 66 học viên.", [False], "65"),
    ("Đạt 20 điểm + 15 điểm = 35 điểm.", [True], "a sum with its signs"),
    ("Gồm: 12 kế hoạch, 9 thông báo, 31 công văn, tổng cộng 53 văn bản.", [False], "a total of another noun"),
    ("Hội đồng gồm có: 01 chủ tịch, 02 phó chủ tịch, 09 ủy viên; tất cả 12 người.", [True], "persons"),
    ("Có 64 doanh nghiệp được thanh tra, đã có 51 doanh nghiệp chấp hành tốt, 13 doanh nghiệp còn vi phạm.",
     [True], "done and not done"),
    ("Thu 186,4 tỷ đồng, gồm thuế, phí 112,8 tỷ đồng; tiền đất 61,2 tỷ đồng; thu khác 13,4 tỷ đồng.", [False], "187,4"),
    ("Giảm cả 3 tiêu chí: số vụ 14 (giảm 4 vụ), số người chết 5 (giảm 1 người).", [], "a count of what is named"),
    ("Hỗ trợ lần lượt 12,4 tỷ đồng, 14,1 tỷ đồng và 15,8 tỷ đồng, tổng cộng 42,3 tỷ đồng.", [True], "units in a row"),
    ("Giải quyết 86 hồ sơ, từ chối 14 hồ sơ, tổng cộng tiếp nhận 102 hồ sơ.", [False], "a verb before the total"),
    ("Doanh thu than 2.918 tỷ đồng; doanh thu khác 146 tỷ đồng; tổng doanh thu 3.046 tỷ đồng.", [False], "a name"),
    ("Huyện được giao 86 biên chế, hiện có 79 biên chế, chưa sử dụng 9 biên chế.", [False], "7"),
    ("Có 41/48 chi bộ đã báo cáo, 8 chi bộ chưa báo cáo.", [False], "7"),
    ("Có 41/48 chi bộ đã báo cáo, 2 chi bộ không phải báo cáo.", [], "others than those left"),
    ("Cả huyện còn 4 xã chưa đạt trong tổng số 18 xã, như vậy 13 xã đã đạt.", [False], "14"),
    ("Tỷ lệ hộ dùng nước máy đạt 78%; 22% số hộ còn lại dùng nước giếng.", [True], "shares"),
    ("Trong số 27 dự án, 14 dự án hoàn thành, 8 dự án đang thi công.", [], "a part is left out"),
    ("Trên 300 hộ đăng ký, đến nay 268 hộ đã làm xong, còn 40 hộ đang làm.", [], "a bound"),
    ("Đầu kỳ tồn 36 vụ, thụ lý mới 148 vụ, giải quyết 151 vụ, tồn cuối kỳ 23 vụ.", [False], "33"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS)
def test_sums_without_a_list(text: str, expected: list[bool], reason: str) -> None:
    found = [claim.holds for claim in find_claims(text) if str(claim.kind) == "sum"]
    assert found == expected, reason


@pytest.mark.parametrize("unit", ["nông nghiệp 32,4%; ", "12, ", "còn lại 12 hộ, ", "4 + ", "chưa đạt 3%; "])
@pytest.mark.parametrize("finder", [find_divisions, find_listed, find_complements])
def test_their_time_grows_with_the_text(finder, unit: str) -> None:  # type: ignore[no-untyped-def]
    passage = make_passage(text := unit * (60_000 // len(unit)), make_flow(text))
    begun = time.process_time()
    for _ in finder(passage):
        pass
    assert time.process_time() - begun < 3.0
