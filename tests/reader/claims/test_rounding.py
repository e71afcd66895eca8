"""One writer rounds all amounts of a statement in one way: what only mixed roundings would explain is wrong."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

ROUNDED = [
    ("Lợi nhuận 56 tỷ đồng, bằng 112% kế hoạch năm (48 tỷ đồng).", ["percent_of False"], "56/48 is 116,7"),
    ("Lợi nhuận 56 tỷ đồng, bằng 117% kế hoạch năm (48 tỷ đồng).", ["percent_of True"], "116,7"),
    ("Lợi nhuận 56 tỷ đồng, bằng 118% kế hoạch năm (48 tỷ đồng).", ["percent_of True"], "56,4 over 47,8"),
    ("Lợi nhuận 56,9 tỷ đồng, bằng 118,5% kế hoạch năm (48 tỷ đồng).", ["percent_of True"], "exact plan"),
    ("Thu nhập đạt 61,2 triệu đồng, tăng 15,5% so với năm 2021 (54 triệu đồng).", ["growth False"], "54 is no 53,0"),
    ("Thu nhập đạt 61,2 triệu đồng, tăng 13,3% so với năm 2021 (54 triệu đồng).", ["growth True"], "61,2/54"),
    ("Thu nhập đạt 61,2 triệu đồng, tăng 14,1% so với năm 2021 (54 triệu đồng).", ["growth True"], "from 53,6"),
    (
        "Tổng chi 402,7 tỷ đồng (đầu tư 118,9 tỷ đồng, thường xuyên 279,8 tỷ đồng, dự phòng 5 tỷ đồng).",
        ["sum False"],
        "5",
    ),
    (
        "Tổng chi 403,7 tỷ đồng (đầu tư 118,9 tỷ đồng, thường xuyên 279,8 tỷ đồng, dự phòng 5 tỷ đồng).",
        ["sum True"],
        "5,0",
    ),
    (
        "Tổng chi 404,1 tỷ đồng (đầu tư 118,9 tỷ đồng, thường xuyên 279,8 tỷ đồng, dự phòng 5 tỷ đồng).",
        ["sum True"],
        "5,4",
    ),
    ("Diện tích 100,1 ha, trong đó lúa 33,3 ha, ngô 33,3 ha, còn lại 33,3 ha.", ["sum True"], "all cut off"),
    ("Tỷ lệ đạt 95,2%, tăng 1,4 điểm phần trăm so với cùng kỳ (93,9%).", ["growth True"], "rates are rounded"),
    ("Có 31,7/52 tỷ đồng (đạt 61%).", ["ratio True"], "fraction of amounts"),
    ("Có 31,7/52 tỷ đồng (đạt 63%).", ["ratio False"], "52 is not 50,4"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROUNDED)
def test_amounts_of_one_statement_are_rounded_alike(text: str, expected: list[str], reason: str) -> None:
    assert [f"{claim.kind} {claim.holds}" for claim in find_claims(text)] == expected, reason


AMOUNTS = [
    ("Diện tích cả năm 1.846 ha, trong đó lúa 912 ha, ngô 534 ha, màu 400 ha.", ["sum True"], "no year has groups"),
    ("Lũy kế 9 tháng 238.704 lượt, bằng 77,9% kế hoạch năm (306.400 lượt).", ["percent_of True"], "nor has a month"),
    ("Vốn cuối năm 4.218 tỷ đồng, tăng 436 tỷ đồng (+11,5%).", ["growth True"], "nor the end of a year"),
    ("- 13/15 bản có nhà văn hóa, đạt 86,7%.", ["ratio True"], "the bullet is no label"),
    ("Kiểm tra chi tiết 14/52 trường (26,9%).", ["ratio True"], "«chi tiết»"),
    ("Giải quyết 68 đầu việc, gồm 41 việc cũ, 19 việc mới, 08 việc chung.", ["sum True"], "«giải quyết»"),
    ("Nghị quyết 35, gồm 19 điều, 16 khoản.", [], "«nghị quyết» still names"),
    (
        "Thu ngân sách ước đạt 14.860 tỷ đồng, tăng 11,7% so với năm 2025 (13.300 tỷ đồng).",
        ["growth True"],
        "estimates",
    ),
    (
        "Thu ngân sách ước đạt 14.860 tỷ đồng, tăng 17,1% so với năm 2025 (13.300 tỷ đồng).",
        ["growth False"],
        "count too",
    ),
    ("Thu ngân sách khoảng 14.860 tỷ đồng, tăng 17,1% so với năm 2025 (13.300 tỷ đồng).", [], "«khoảng» says less"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), AMOUNTS)
def test_words_before_a_number(text: str, expected: list[str], reason: str) -> None:
    assert [f"{claim.kind} {claim.holds}" for claim in find_claims(text)] == expected, reason
