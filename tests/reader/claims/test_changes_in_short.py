"""Changes told in order with signs in brackets, columns of accidents, cases that were solved, shares over a change."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

POLICE = (
    "Xảy ra 64 vụ; khám phá 52 vụ; bắt giữ 97 đối tượng, đạt tỷ lệ {0}%. So với tháng 4/2026, tăng 04 vụ (+ 6,7%), "
    "số vụ khám phá tăng 02 vụ (+ {1}%), số đối tượng bị bắt giữ giảm 11 đối tượng (-10,2%)."
)
ROWS = [
    (POLICE.format("81", "4,0"), [True, True, True, True], "all right: 52/64, 4/60, 2/50, 11/108"),
    (POLICE.format("81", "4,9"), [True, True, False, True], "2/50 is 4"),
    (POLICE.format("90", "4,0"), [True, True, True], "it may be of something else"),
    ("Xảy ra 21 vụ tai nạn, làm chết 12 người, bị thương 15 người. So với tháng 4/2026, số vụ tăng 01 (+5,0%), số "
     "người chết giảm 03 (-20,0%).", [True, True], "«số vụ tăng 01» counts cases"),
    ("Phải giải quyết 412 vụ, 530 bị can, giảm 8 vụ, tăng 21 bị can so với cùng kỳ, đã giải quyết 409 vụ, 528 bị can, "
     "đạt tỷ lệ 99,3%.", [True], "the cases, not the persons"),
    ("Xuất khẩu đạt 64,2 triệu USD. Trong đó, doanh nghiệp trong nước đạt 41,1 triệu USD, tăng 12,4% so với cùng kỳ, "
     "chiếm 64% kim ngạch.", [True], "a share behind a change"),
    ("Toàn tỉnh xảy ra 160 vụ, so với cùng kỳ xảy ra ít hơn 05 vụ = 3,0% (160/165 vụ).", [], "no share"),
    ("Có 4.180 hồ sơ đến hạn. Đã trả đúng hạn 4.162 hồ sơ (đạt 99,57%). Quá hạn 18 hồ sơ (chiếm 0,43%).", [True, True],
     "both shares are of those that were due"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS)
def test_changes_and_shares_in_short(text: str, expected: list[bool], reason: str) -> None:
    assert [claim.holds for claim in find_claims(text)] == expected, reason


def test_two_shares_of_one_number_name_that_number() -> None:
    *_, last = find_claims(ROWS[-1][0])
    assert [str(value) for value in last.values] == ["18", "4180", "0.43"]


SUMS = [
    ("Xảy ra 41 vụ, làm chết 23 người, bị thương 30 người; trong đó:\nĐường bộ: xảy ra 38 vụ, làm chết 20 người, bị "
     "thương 30 người.\nĐường sắt: xảy ra 03 vụ, làm chết 3 người.", [True, True], "lines with labels"),
    ("Lập biên bản 118 trường hợp vi phạm (52 xe khách, 41 xe con, 25 xe tải).", [True], "vehicles that were stopped"),
    ("Thụ lý 1.462 vụ việc; trong đó, có 680 vụ việc cũ năm trước chuyển sang và 792 vụ mới thụ lý.", [False],
     "old and new ones are all there are"),
    ("Thụ lý 1.472 vụ việc; trong đó, có 680 vụ việc cũ năm trước chuyển sang và 792 vụ mới thụ lý.", [True], "1.472"),
    ("Phát triển 54 đảng viên (gồm 22 đảng viên người dân tộc, 32 đảng viên trong độ tuổi Đoàn, 29 đảng viên nữ).", [],
     "two of three make it by chance"),
    ("Gieo trồng 412 ha. Trong đó, lúa 263 ha, bằng 31% kế hoạch; ngô 61 ha, đạt 64% kế hoạch. Ngoài ra, còn trồng 88 "
     "ha rau.", [True], "three numbers over two sentences"),
    ("Về trình độ, sơ cấp 1,02%, trung cấp 22,11%, đại học 76,87%. Cấp xã: đại học trở lên là 78,45%, cao đẳng là "
     "21,55%.", [True, True], "degrees that everyone has just one of"),
    ("So với cùng kỳ nhiều hơn 15 vụ. Trong đó, xảy ra 180 vụ, ít hơn 03 vụ.", [], "a step is no whole"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), SUMS)
def test_sums_of_lines_and_lists(text: str, expected: list[bool], reason: str) -> None:
    assert [claim.holds for claim in find_claims(text) if str(claim.kind) == "sum"] == expected, reason
