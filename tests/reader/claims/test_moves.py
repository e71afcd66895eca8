"""A step with its percentage and the value before, whatever has been reached; numbers of one noun that are far off."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

TEXTS = [
    ("So với năm 2025 (68 thanh niên), chỉ tiêu tăng 4 thanh niên, bằng 5,9%.", [True], "the base first"),
    ("So với năm 2025 (68 thanh niên), chỉ tiêu tăng 4 thanh niên, bằng 6,9%.", [False], "the same, wrong"),
    ("So với năm 2025 (68 thanh niên), chỉ tiêu tăng 4 thanh niên, bằng 105,9%.", [], "what has been reached"),
    ("Đạt kế hoạch, tăng 154 tỷ đồng (5,0%) so với năm 2024 (3.060 tỷ đồng).", [True], "no value"),
    ("Đạt kế hoạch, tăng 154 tỷ đồng (5,3%) so với năm 2024 (3.060 tỷ đồng).", [False], "the same, wrong"),
    ("Đạt kế hoạch, tăng 154 tỷ đồng (5,3%) so với năm 2024 (3.060 hộ).", [], "of something else"),
    (
        "Bắt 97 vụ, 121 đối tượng, thu 2,41 kg heroin, 1.206 viên ma túy, 03 khẩu súng, 11 viên đạn; "
        "so với năm trước tăng 15 vụ (18,3%).",
        [True],
        "the number of cases is six numbers back",
    ),
    (
        "Có 58 trường, trong đó 19 trường mầm non, 20 trường tiểu học, 16 trường trung học cơ sở, 03 trường trung học "
        "phổ thông; 47 trường đạt chuẩn (81,0%).",
        [True],
        "so is the number of schools",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), TEXTS)
def test_a_step_is_read_with_what_it_is_of(text: str, expected: list[bool], reason: str) -> None:
    found = [claim for claim in find_claims(text) if claim.kind.value != "sum" and claim.holds is not None]
    assert [claim.holds for claim in found] == expected, reason
