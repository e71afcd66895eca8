"""What a number is of may stand far from it: sentences before, in a bracket behind it, on the line above, in words."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

# Text, what is found («ratio True»), why.
TEXTS = [
    (
        "Đảng bộ có 2.846 đảng viên, sinh hoạt ở các khu phố. Miễn công tác và sinh hoạt 214 đồng chí (7,5%).",
        ["ratio True"],
        "a share of a number in the sentence before",
    ),
    (
        "Đảng bộ có 2.846 đảng viên, sinh hoạt ở các khu phố. Miễn công tác và sinh hoạt 214 đồng chí (7,9%).",
        [],
        "what stands far before proves nothing",
    ),
    (
        "Đồng chí Chung được 34 phiếu, đạt 97,1% so với số đảng viên được triệu tập (35).",
        ["ratio True"],
        "the bracket behind a share tells what it is of",
    ),
    (
        "Đồng chí Chung được 34 phiếu, đạt 91,9% so với số đảng viên được triệu tập (35).",
        ["ratio False"],
        "the same, wrong",
    ),
    ("Có 312 hộ; hộ nghèo 4 hộ, cận nghèo 7 hộ, chiếm 3,5%.", [], "a share of two kinds together"),
    ("Sau rà soát có 98 người; biên chế 94, hợp đồng 4.", ["sum True"], "behind a semicolon"),
    ("Nhận 14 cuộc, 12 cuộc khen, 2 cuộc phản ánh.", [], "small numbers fit by chance"),
    ("Nhận 44 cuộc, 32 cuộc khen, 12 cuộc phản ánh.", ["sum True"], "the first of a list is its whole"),
    (
        "Kết quả: 9/25 chỉ tiêu vượt, 13 chỉ tiêu đạt, 3 chỉ tiêu không đạt.",
        ["sum True"],
        "the lower number of a fraction",
    ),
    (
        "Xảy ra 37 vụ. Do thiết bị 11 vụ, do dông sét 14 vụ, do cây cối 12 vụ.",
        ["sum True"],
        "a list in the next sentence",
    ),
    ("Xảy ra 37 vụ. Do thiết bị 11 vụ, do dông sét 14 vụ, do cây cối 13 vụ.", [], "the same, not equal"),
    (
        "Đã chi 461 triệu đồng:\n- Xây mới 6 nhà (60 triệu đồng/nhà): 360 triệu đồng.\n- Sửa 3 nhà: 45 triệu đồng.\n"
        "- Quà Tết 84 hộ: 42 triệu đồng.\n- Học bổng: 14 triệu đồng.",
        ["sum True", "ratio True"],
        "an amount on each line",
    ),
    (
        "Đã chi 468 triệu đồng:\n- Xây mới 6 nhà (60 triệu đồng/nhà): 360 triệu đồng.\n- Sửa 3 nhà: 45 triệu đồng.\n"
        "- Quà Tết 84 hộ: 42 triệu đồng.\n- Học bổng: 14 triệu đồng.",
        ["sum False", "ratio True"],
        "the same, wrong",
    ),
    (
        "Giảm 11 trường, còn 86 trường. Cụ thể:\n- Mầm non: giảm 03 trường, còn 35 trường.\n"
        "- Tiểu học: giảm 07 trường, còn 24 trường.",
        [],
        "changes and what they lead to are no parts",
    ),
    ("Thi tốt nghiệp: 560/562 thí sinh đỗ; hai em trượt sẽ thi lại.", ["sum True"], "what is left, in words"),
    ("Thi tốt nghiệp: 560/562 thí sinh đỗ; ba em trượt sẽ thi lại.", [], "words prove nothing"),
    (
        "Diễn tập 18 xã, phường, trong đó 5 đơn vị xếp loại giỏi, 12 đơn vị xếp loại khá, một đơn vị đạt yêu cầu.",
        ["sum True"],
        "one of the parts in words",
    ),
    (
        "Chi 97.200.000 đồng: chi báo, tạp chí 41.300.000 đồng, chi đại hội 36.500.000 đồng, thăm hỏi 19.400.000 đồng.",
        ["sum True"],
        "a name with a comma",
    ),
    (
        "Chi 97.240.000 đồng: chi báo, tạp chí 41.300.000 đồng, chi đại hội 36.500.000 đồng, thăm hỏi 19.400.000 đồng.",
        ["sum False"],
        "the same, wrong",
    ),
    (
        "Chi trả cho 14.206 chủ rừng, gồm 14.085 hộ gia đình, cá nhân, cộng đồng và 111 tổ chức.",
        ["sum False"],
        "parts of another noun that miss their whole by one digit",
    ),
    (
        "Có 1.206 thanh niên được tư vấn, có việc làm 884 người, số còn lại (332 người) đang chờ.",
        ["sum False"],
        "what is left, in a bracket",
    ),
    (
        "Tiếp nhận 8.416 hồ sơ. Đã giải quyết 8.287 hồ sơ đúng hạn; đang giải quyết 129 hồ sơ.",
        ["sum True"],
        "what is left of a number in the sentence before",
    ),
    (
        "Thu 96,4 tỷ đồng (năm 2021: 15,2; năm 2022: 17,6; năm 2023: 19,1; năm 2024: 21,3; năm 2025: 23,2 tỷ đồng).",
        ["sum True"],
        "the last number prints the unit of all",
    ),
    (
        "Trồng 38.900 ha, vượt mục tiêu là 35.000 ha; trong đó năm 2024 trồng 18.900 ha, năm 2025 trồng 20.000 ha.",
        ["sum True"],
        "parts of another number before them",
    ),
    (
        "Có 58 chi bộ, trong đó: khu phố 34, cơ quan 7, trường học 9, doanh nghiệp 8.",
        ["sum True"],
        "a kind of place with its number in a list of kinds",
    ),
    ("Tặng quà 84 hộ, mỗi hộ 500.000 đồng: 42 triệu đồng.", ["ratio True"], "a price and what it comes to"),
    ("Tặng quà 84 hộ, mỗi hộ 500.000 đồng: 45 triệu đồng.", ["ratio False"], "the same, wrong"),
    ("Có 18 tổ, 126 thành viên (mỗi tổ 7 người).", ["ratio True"], "what falls to each"),
    ("Giải nhất 5 triệu đồng, 5 giải Khuyến khích mỗi giải 2 triệu đồng.", [], "the prize before it"),
    (
        "Có 38 trường mầm non, 31 trường tiểu học. Nay giảm:\n- Mầm non: giảm 03 trường, còn 35 trường.\n"
        "- Tiểu học: giảm 07 trường, còn 25 trường.",
        ["growth True", "growth False"],
        "a change of the number that the line is named after",
    ),
    ("Có 31 trường tiểu học. Năm học tới giảm 07 trường, còn 25 trường.", [], "of which number, nobody says"),
    ("Tỷ lệ khách quay lại 38%, cao hơn năm 2025 (35%) 3 điểm phần trăm.", ["growth True"], "higher by so much"),
    (
        "Chi 68,4 tỷ đồng (tỉnh 42,9 tỷ đồng, xã 25,5 tỷ đồng); tăng 6,4 tỷ đồng, tương ứng 11,3% so với năm 2025.",
        ["sum True", "growth False"],
        "a change behind the bracket of its number",
    ),
    ("Bảo vệ khu phố 3, khu phố 5 và thôn 7 (15 người).", [], "names of places"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), TEXTS, ids=lambda value: str(value)[:40])
def test_a_number_is_compared_with_one_that_stands_apart(text: str, expected: list[str], reason: str) -> None:
    found = [f"{claim.kind} {claim.holds}" for claim in find_claims(text) if claim.holds is not None]
    assert found == expected, reason
