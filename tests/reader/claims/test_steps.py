"""Changes and wholes that do not stand right before the numbers that belong to them, and their look-alikes."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

JUDGED = [
    ("Kết nạp tăng thêm 340 người, nâng tổng số lên 5.640 người, tăng 6,4%.", "growth", True),
    ("Đào tạo tăng thêm 48 người, nâng tổng số lên 312 người, so với 274 người của khóa trước.", "growth", False),
    ("Số vụ giảm 08 vụ (còn 17 vụ so với 25 vụ của năm trước), tương ứng giảm 32%.", "growth", True),
    ("Số vụ giảm 09 vụ (còn 17 vụ so với 25 vụ của năm trước).", "growth", False),
    ("Xảy ra 212 vụ, làm 96 người chết. So với năm 2023, giảm 28 vụ (11,7%).", "growth", True),
    ("Xảy ra 212 vụ, làm 96 người chết. So với năm 2023, giảm 14 người chết (17,2%).", "growth", False),
    ("Năm 2022, huy động 864 tỷ đồng; đến cuối năm 2023 là 972 tỷ đồng, tăng 12,5%.", "growth", True),
    ("Năm 2022, huy động 864 tỷ đồng; đến cuối năm 2023 là 972 tỷ đồng, tăng 15,2%.", "growth", False),
    ("Đầu năm có 312 chi bộ; cuối năm còn 298 chi bộ, giảm 16 chi bộ.", "growth", False),
    ("Đầu năm 412 hộ, cuối năm 318 hộ, giảm 90 hộ.", "growth", False),
    ("Nuôi 24 con bò, gấp đôi năm ngoái (12 con).", "growth", True),
    ("Nghèo giảm từ 6,8% xuống còn 5,1%, giảm 1,9 điểm phần trăm.", "growth", False),
    ("Phát hiện 245 vụ, điều tra làm rõ 221 vụ, đạt tỷ lệ 92%.", "ratio", False),
    ("Thu hoạch 2.150 ha, đạt 95,6% diện tích gieo trồng (2.250 ha).", "percent_of", True),
    ("Học viên là 540 người. Phân theo cấp: huyện 86 người, xã 274 người, thôn 190 người.", "sum", False),
    ("Có 128 mô hình. Kinh tế có 41 mô hình, văn hóa 52 mô hình, quốc phòng 35 mô hình.", "sum", True),
    ("Trong số 212 vụ, đường bộ xảy ra 203 vụ, đường sắt 5 vụ, đường thủy 3 vụ.", "sum", False),
    ("Trong 86 ha có 51 ha cúc, 22 ha lay ơn và 13 ha hoa hồng.", "sum", True),
    ("Kinh tế 18 đề tài, xã hội 11 đề tài; tổng cộng cả hai lĩnh vực có 29 đề tài.", "sum", True),
    ("Trao 64 đồng chí (loại 70 năm 2, 60 năm 9, 55 năm 14, 50 năm 39).", "sum", True),
    ("Lũy kế 9 tháng 22 đảng viên, đạt 73,3% chỉ tiêu (30 đảng viên).", "percent_of", True),
    ("Tỷ lệ kết nạp đạt 18,4% kế hoạch năm (46/250).", "ratio", True),
]

SILENT = [
    "Từ 27 thành viên ban đầu nay đã phát triển lên 112 thành viên, trong đó 64 thành viên là nữ.",
    "Tỉnh có 9 huyện, 1 thành phố. Trong đó có 4 huyện miền núi, 2 huyện biên giới.",
    "Đảng bộ có 12 đảng bộ trực thuộc với 927 tổ chức cơ sở đảng, trong đó có 58 đảng bộ xã.",
    "Trong số 50 học sinh giỏi, 20 em đạt giải, 15 em được khen, 6 em được tặng học bổng.",
    "Toàn xã có 412 hộ, bình xét 400 hộ, đạt 96% kế hoạch.",
    "Năm 2022, hỗ trợ 120 hộ nghèo; năm 2023 hỗ trợ 150 hộ cận nghèo, tăng 12% so với kế hoạch.",
    "Năm 2020 có 14 đảng viên; đến nay có 35 đảng viên, tăng 3 đảng viên so với năm trước.",
    "Xảy ra 12 vụ cháy, 30 vụ nổ. So với cùng kỳ, giảm 3 vụ (20%).",
    "Tổng số 540 người. Theo kế hoạch: mở 3 lớp, mỗi lớp 60 người, 2 lớp 80 người.",
    "Tổ 1 có 12 hộ, tổ 2 có 15 hộ, tổ 3 có 9 hộ; tổng cộng cả xã có 214 hộ.",
    "Đầu năm có 312 chi bộ; cuối năm còn 298 chi bộ, giảm 16 chi bộ so với kế hoạch.",
    "Sản lượng 1.200 tấn, đạt 90% diện tích (1.250 ha).",
    "Tổ chức 245 buổi, trực tiếp 221 buổi, đạt 60%.",
]


@pytest.mark.parametrize(("text", "kind", "holds"), JUDGED, ids=[text[:48] for text, _, _ in JUDGED])
def test_a_change_apart_from_its_value_is_judged(text: str, kind: str, holds: bool) -> None:
    found = [(claim.kind.value, claim.holds) for claim in find_claims(text)]
    assert (kind, holds) in found


@pytest.mark.parametrize("text", SILENT, ids=[text[:48] for text in SILENT])
def test_numbers_that_only_stand_near_each_other_are_not_called_false(text: str) -> None:
    assert [claim.text for claim in find_claims(text) if claim.holds is False] == []
