"""Numbers that confirm each other in sentences that are read loosely, and those that only stand near each other."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

CONFIRMED = [
    ("Kết nạp 74 đảng viên, nhiều hơn cùng kỳ 09 đồng chí (cùng kỳ 65).", "growth", "«nhiều hơn»"),
    (
        "Thu phí đạt 4,83 tỷ đồng, tăng 15% so với cùng kỳ năm trước là 4,2 tỷ đồng.",
        "growth",
        "an earlier value by «là»",
    ),
    ("Khách tăng từ 84.000 lượt (năm 2021) lên 147.000 lượt (năm 2022), tăng 75%.", "growth", "years in brackets"),
    ("Sản lượng 58.920 tấn, tăng 1.920 tấn, bằng 103,4% so với cùng kỳ.", "growth", "a step and an index"),
    ("Đỗ đại học 412 em, gấp 2 lần so với năm học trước (206 em).", "growth", "«gấp … lần»"),
    ("Tỷ lệ che phủ từ 56,1% năm 2020 tăng lên 57,8% năm 2023, tăng 1,7%.", "growth", "two rates and their difference"),
    ("Số doanh nghiệp là 145, tăng 20 doanh nghiệp so với năm 2022, đạt tốc độ tăng 16%.", "growth", "a rate later on"),
    ("Kim ngạch đạt 96,5 triệu USD/86,2 triệu USD cùng kỳ, tăng 11,9%.", "growth", "a slash"),
    ("Giảm nghèo: đầu năm 412 hộ, cuối năm 318 hộ, giảm 94 hộ.", "growth", "both ends of a year"),
    ("Hài lòng đạt 88,6%, tăng 2,1 điểm % so với năm 2022 (86,5%).", "growth", "points with a sign"),
    ("Tăng 9,24%, cao hơn 1,1 điểm phần trăm so với cùng kỳ (8,14%).", "growth", "«cao hơn» is no bound"),
    ("Dư nợ 1.846 tỷ đồng, tăng 203 tỷ đồng (+12,4%).", "growth", "a plus sign"),
    ("Kết nạp 14 đảng viên, gồm 11 sinh viên và 03 giảng viên, tăng 04 đồng chí (40%).", "growth", "past the parts"),
    ("Kết nạp được 66 đảng viên/chỉ tiêu 60 đảng viên, đạt 110%.", "percent_of", "the plan behind a slash"),
    ("Cấp mã số 14.250 cơ sở, vượt kế hoạch 14% (12.500 cơ sở).", "percent_of", "beyond the plan"),
    ("Lợi nhuận 9,8 tỷ đồng, hoàn thành 103% kế hoạch cấp trên giao là 9,5 tỷ đồng.", "percent_of", "«hoàn thành»"),
    ("Thoát nghèo 27 hộ, tăng 8 hộ so với năm 2021, vượt 35% chỉ tiêu (20 hộ).", "percent_of", "a step is no value"),
    ("Trong 820 ý kiến gửi về có 697 ý kiến tán thành, bằng 85%.", "ratio", "«có», «bằng»"),
    ("Đoàn viên là đảng viên 214 đồng chí, chiếm 12,5% số đoàn viên (1.712 đoàn viên).", "ratio", "the whole behind"),
    ("Kết nạp 33 đảng viên thì 19 người dưới 40 tuổi, chiếm 57,6%.", "ratio", "an age between"),
    ("Có 1.520 thí sinh dự thi, 862 thí sinh đạt giải (56,7%).", "ratio", "no word between"),
    ("Thu 84,6 triệu đồng; trích nộp cấp trên 25,4 triệu đồng, bằng 30%.", "ratio", "behind a semicolon"),
    ("Đạt 92,3% với 24/26 tiêu chí.", "ratio", "the fraction behind «với»"),
    (
        "Trao Huy hiệu cho 17 đảng viên: 60 năm 01 đồng chí, 55 năm 06 đồng chí, 30 năm 10 đồng chí.",
        "sum",
        "years and counts",
    ),
    ("Kết nạp 1.036 đoàn viên mới (học sinh 874, thanh niên nông thôn 122, công nhân 40).", "sum", "no village 122"),
    ("Có 415 ý kiến gửi các cơ quan: Trung ương 37, tỉnh 161, huyện 217.", "sum", "no 37th meeting"),
    ("Kiểm tra 652 tay súng: giỏi 301, khá 271, đạt 80.", "sum", "«đạt» as a mark"),
    ("Ban hành 08 NQ, 15 KH, 61 TB (tổng 84 văn bản).", "sum", "the total in a bracket"),
    ("Tuần 1 có 1.215 lượt thi, tuần 2 có 1.430 lượt thi, cộng 2.645 lượt thi.", "sum", "weeks have numbers"),
]


@pytest.mark.parametrize(("text", "kind", "reason"), CONFIRMED)
def test_numbers_that_confirm_each_other(text: str, kind: str, reason: str) -> None:
    found = [(str(claim.kind), claim.holds) for claim in find_claims(text)]
    assert (kind, True) in found, reason
    assert all(holds for _, holds in found), reason


SILENT = [
    ("Kết nạp 50 đảng viên, đạt 87% kế hoạch, tăng 58 đồng chí.", "a step is no plan"),
    ("Có 120 hộ, 30 hộ nghèo; hoàn thành 25% công trình.", "whole percentages of something else"),
    ("Trong 820 ý kiến gửi về có 697 ý kiến tán thành, bằng 90%.", "a loose reading proves nothing wrong"),
    ("Kết nạp 80 đảng viên; đạt trên 80% kế hoạch (100).", "a bound confirms nothing"),
]


@pytest.mark.parametrize(("text", "reason"), SILENT)
def test_loose_readings_stay_silent(text: str, reason: str) -> None:
    assert find_claims(text) == (), reason


NAMES = [
    ("Tổ 7 có 15 đảng viên, khu phố 5 có 20 đảng viên, tổng cộng 35 đảng viên.", ["sum True"], "numbers of groups"),
    ("Hội nghị Trung ương 8 và Trung ương 6, tổng cộng 14 nghị quyết.", [], "numbers of meetings"),
    ("Khối phường 48 đảng viên, khối xã 21 đảng viên, tổng cộng 69 đảng viên.", ["sum True"], "«phường 48 đảng viên»"),
    ("Năm 2023 có 412 hộ; năm 2022 có 400 hộ.", [], "years"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), NAMES)
def test_numbers_that_only_name(text: str, expected: list[str], reason: str) -> None:
    assert [f"{claim.kind} {claim.holds}" for claim in find_claims(text)] == expected, reason
