"""Papers by their kinds, and prizes by who got them."""

from __future__ import annotations

import pytest

from giaoban.reader.claims import find_claims

RIGHT = [
    "Ban hành 204 văn bản (nghị quyết 12, chỉ thị 4, kế hoạch 36, công văn 152).",
    "Tổng số văn bản ban hành: 204, gồm nghị quyết 12, chỉ thị 4, kế hoạch 36 và công văn 152.",
    "Tặng 118 bằng khen cho 45 tập thể và 73 cá nhân.",
    "Trao 25 giấy khen của Đảng ủy cho 5 tập thể, 20 cá nhân có thành tích.",
]
WRONG = [
    ("Ban hành 214 văn bản (nghị quyết 12, chỉ thị 4, kế hoạch 36, công văn 152).", "= 204, văn bản ghi 214"),
    ("Tặng 118 bằng khen cho 46 tập thể và 73 cá nhân.", "46 + 73 = 119, văn bản ghi 118"),
]
SILENT = [
    "Tặng 30 giấy khen cho 10 tập thể và 25 cá nhân (05 cá nhân nhận 02 hình thức).",
    "Triển khai 5 văn bản (nghị quyết 12, chỉ thị 4, kế hoạch 36, công văn 152).",
    "Quán triệt 3 văn bản (Nghị quyết 12, Chỉ thị 4, Kế hoạch 36).",
    "Tặng 118 bằng khen cho 46 tập thể, 73 cá nhân và 8 hộ gia đình.",
    "Tặng 20 giấy khen cho các tập thể và 15 cá nhân.",
    "Tặng 10 giấy khen cho 46 tập thể và 73 cá nhân mỗi năm.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_adds_up_is_confirmed(text: str) -> None:
    assert [(str(claim.kind), claim.holds) for claim in find_claims(text)] == [("sum", True)]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_does_not_is_told(text: str, said: str) -> None:
    (claim,) = find_claims(text)
    assert claim.holds is False
    assert claim.explain.endswith(said)


@pytest.mark.parametrize("text", SILENT)
def test_numbers_of_documents_and_open_lists_stay_silent(text: str) -> None:
    assert [claim.text for claim in find_claims(text) if claim.holds is False] == []
