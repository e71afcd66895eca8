"""A share of a total that is named again, of a whole before «=», times an earlier value."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

TEXTS = [
    ("Tổng dư nợ 1.846 tỷ đồng, 512 tổ. Nợ quá hạn 2,2 tỷ đồng, chiếm 0,12% tổng dư nợ.", [True], "two numbers off"),
    ("Tổng dư nợ 1.846 tỷ đồng, 512 tổ. Nợ quá hạn 2,2 tỷ đồng, chiếm 0,21% tổng dư nợ.", [False], "the same, wrong"),
    ("Tổng dư nợ hộ nghèo 312 tỷ đồng. Nợ quá hạn 2,2 tỷ đồng, chiếm 0,21% tổng dư nợ.", [], "a narrower total"),
    (
        "Tổng dư nợ 1.846 tỷ đồng, 512 tổ. Tổng dư nợ 1.460 tỷ đồng. Nợ quá hạn 2,2 tỷ đồng, chiếm 0,21% tổng dư nợ.",
        [],
        "two totals of one name",
    ),
    ("Cho vay 148,3 tỷ đồng, 2.716 lượt; thu nợ 107,1 tỷ đồng, bằng 72,2% doanh số cho vay.", [True], "other words"),
    (
        "Cho vay 148,3 tỷ đồng, 2.716 lượt; thu nợ 107,1 tỷ đồng, bằng 77,2% doanh số cho vay.",
        [],
        "the same, not equal",
    ),
    (
        "Doanh số cho vay 148,3 tỷ đồng, 2.716 lượt; thu nợ 107,1 tỷ đồng, bằng 72,2% doanh số cho vay.",
        [True],
        "a name without «tổng»",
    ),
    (
        "Doanh số cho vay 148,3 tỷ đồng, 2.716 lượt; thu nợ 107,1 tỷ đồng, bằng 77,2% doanh số cho vay.",
        [],
        "such a name proves nothing",
    ),
    ("Kết nạp 34 đảng viên. Có 12 đảng viên nữ, chiếm 28% tổng số đảng viên.", [], "not the total of members"),
    ("Tổng 5.120 triệu đồng (Nhà nước 2.048 triệu đồng = 40%; dân góp 3.072 triệu đồng).", [True], "«=»"),
    ("Cấp 318 bản, bằng 1,5 lần quý trước (212 bản).", [True], "so many times"),
    ("Tiếp 2.416 lượt, tăng 1,2 lần so với năm 2024 (2.013 lượt).", [True], "«tăng 1,2 lần» for 1,2 times as many"),
    ("Kết nạp 187 HV, đạt 103,9% KH (180 HV).", [True], "«KH» for a plan"),
    ("Kết nạp 187 HV, đạt 109,3% KH (180 HV).", [False], "the same, wrong"),
    ("Đạt 58,3 tạ/ha, cao hơn vụ mùa trước 2,1 tạ/ha (57,1 tạ/ha).", [False], "the crop before"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), TEXTS)
def test_a_named_total_leads_back_to_its_number(text: str, expected: list[bool], reason: str) -> None:
    found = [claim for claim in find_claims(text) if claim.kind.value != "sum" and claim.holds is not None]
    assert [claim.holds for claim in found] == expected, reason
