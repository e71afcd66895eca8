"""Lists of parts in further wordings: shares of one number, runs of numbers, what is left, points below a total."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

SHARES = [
    (
        "Thu 120 tỷ đồng, thu đất 30 tỷ đồng (25%), thuế 50 tỷ đồng (41,7%), phí 12 tỷ đồng (đạt 80%).",
        [True] * 2,
        "plan",
    ),
    (
        "Xếp loại: xuất sắc 79 đồng chí (19,5%), tốt 318 đồng chí (78,5%), hoàn thành 08 đồng chí (2%) trên tổng số "
        "405 đồng chí.",
        [True] * 3,
        "the whole behind its parts",
    ),
    (
        "Kết nạp 187 đảng viên, vượt 27 đảng viên, trong đó nữ 92 đồng chí (49,2%), đoàn viên 121 đồng chí (64,7%), "
        "người có đạo 06 đồng chí (3,2%), đại học 74 đồng chí (39,6%).",
        [True] * 4,
        "overlapping groups, all of one number",
    ),
    (
        "Trong số 6.044 đảng viên, có 1.021 đồng chí xuất sắc, chiếm tỷ lệ 16,9%; 4.618 đồng chí tốt, chiếm 74,6%.",
        [True, False],
        "two digits swapped",
    ),
    (
        "Xếp loại 58 tổ chức: xuất sắc 11 (19%), hoàn thành tốt 39 (67,2%), hoàn thành 08 (12,1%).",
        [True, True, False],
        "8/58 is 13,8",
    ),
    (
        "Có 449 đại biểu, nữ 82 đồng chí (18,3%), trẻ 61 đồng chí (13,6%), trong đó bí thư chi bộ 11 đồng chí (18%).",
        [True, True, True],
        "a share of the part before it",
    ),
    (
        "Đội ngũ gồm 96 cán bộ và 114 công chức; 84 cán bộ có trình độ đại học (87,5%), "
        "109 công chức đạt chuẩn (92,6%).",
        [True, False],
        "each of its own noun; 109/114 is 95,6",
    ),
    (
        "Trường có 38 lớp, 78 giáo viên; giáo viên dạy giỏi 22 người (28,2%); lớp bán trú 14 lớp (36,8%).",
        [True, True],
        "a noun before the nearest",
    ),
    ("Kiểm tra 40 đơn vị, đạt 90%; giám sát 12 đơn vị (120%), kỷ luật 02 đồng chí (tăng 5%).", [], "other percentages"),
    ("Có 200 hộ; vay vốn 45 hộ (tăng 12%), thoát nghèo 30 hộ (đạt 85% kế hoạch).", [], "changes and plans"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), SHARES)
def test_shares_of_a_list(text: str, expected: list[bool], reason: str) -> None:
    found = [claim.holds for claim in find_claims(text) if str(claim.kind) == "ratio"]
    assert found == expected, reason


SUMS = [
    (
        "Đã làm rõ 41/46 vụ, đạt 89,1%, bắt 63 đối tượng. Trong đó, trộm cắp 20 vụ, lừa đảo 9 vụ, đánh bạc 6 vụ, "
        "gây thương tích 7 vụ, khác 4 vụ.",
        [True],
        "parts of the lower number",
    ),
    ("Đến nay 12/15 xã đã về đích, vẫn còn 02 xã đặc biệt khó khăn.", [], "others than those left"),
    (
        "Trong 120 đồng chí có 80 đồng chí đã học, còn lại 38 đồng chí học sau, 02 đồng chí nghỉ hưu.",
        [True],
        "a third part",
    ),
    ("Có 45 hộ nghèo, đã hỗ trợ 20 hộ, còn lại 15 hộ cận nghèo chờ vốn.", [], "no division"),
    ("Cấp 2.150 thẻ cho người nghèo (1.240 thẻ), cận nghèo (615 thẻ), người cao tuổi (295 thẻ).", [True], "brackets"),
    ("Cấp 2.150 thẻ cho người nghèo (1.240 thẻ), cận nghèo (615 thẻ), người cao tuổi (395 thẻ).", [], "only confirms"),
    ("Tổng số 1.906 đảng viên; nam 1.204, nữ 702.", [True], "behind a semicolon"),
    (
        "Đã nhận 58 ý kiến, thuộc thẩm quyền huyện 33, thuộc thẩm quyền tỉnh 21, thuộc Trung ương 04.",
        [True],
        "no nouns",
    ),
    ("Có 96 ý kiến, đất đai 41 ý kiến (42,7%), đầu tư 29 ý kiến (30,2%), an sinh 26 ý kiến (27,1%).", [True], "shares"),
    ("Trong 34 đồng chí thì 20 đồng chí từ tỉnh về huyện, còn lại 14 đồng chí.", [True], "what is left"),
    ("Trong 34 đồng chí thì 20 đồng chí từ tỉnh về huyện, còn lại 15 đồng chí.", [False], "not what is left"),
    ("Trong 34 đồng chí có 20 đồng chí đã học, chưa kể 02 đồng chí ốm, còn lại 12 đồng chí.", [], "something left out"),
    ("Mới di dời 38/95 hộ, đạt 40%; vẫn còn 67 hộ chưa di dời.", [False], "57 are left"),
    ("Mới di dời 38/95 hộ, đạt 40%; vẫn còn 57 hộ chưa di dời.", [], "nothing to say"),
    ("Hoàn thành 38/95 hộ, còn 12 xã chưa làm.", [], "another thing is left"),
    ("Có 12 đảng bộ và 31 chi bộ cơ sở, tất cả là 43 tổ chức cơ sở đảng.", [True], "«tất cả là»"),
    ("Tặng Huy hiệu cho 22 đồng chí: 40 năm tuổi Đảng 13 đồng chí, 30 năm tuổi Đảng 10 đồng chí.", [False], "badges"),
    ("Họp 5 xã, 3 phường, 2 thị trấn; kết nạp 30 đảng viên, chuyển 12 đồng chí, xóa tên 18.", [], "small numbers"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), SUMS)
def test_sums_of_a_run(text: str, expected: list[bool], reason: str) -> None:
    assert [claim.holds for claim in find_claims(text) if str(claim.kind) == "sum"] == expected, reason


POINTS = [
    (
        "Tổng chi: 786.420 triệu đồng, bao gồm:\na) Đầu tư: 142.300 triệu đồng;\nb) Thường xuyên: 628.500 triệu đồng;\n"
        "c) Dự phòng: 15.700 triệu đồng.\n",
        [False],
        "letters",
    ),
    (
        "Tổng chi: 786.500 triệu đồng, gồm:\n1. Đầu tư: 142.300 triệu đồng;\n2. Thường xuyên: 628.500 triệu đồng;\n"
        "3. Dự phòng: 15.700 triệu đồng.\n",
        [True],
        "numbers",
    ),
    (
        "Thành lập 05 tổ công tác, cụ thể:\na) Tổ 1 kiểm tra 12 đơn vị;\nb) Tổ 2 kiểm tra 9 đơn vị.\n",
        [],
        "points that tell something else",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), POINTS)
def test_points_below_a_total(text: str, expected: list[bool], reason: str) -> None:
    assert [claim.holds for claim in find_claims(text) if str(claim.kind) == "sum"] == expected, reason
