"""Who is called, is there and is not; full members and those on probation, as minutes list them."""

from __future__ import annotations

import pytest

from giaoban.reader.claims.find import find_claims


def _sums(text: str) -> list[tuple[str, bool | None]]:
    return [(claim.text, claim.holds) for claim in find_claims(text + "\n") if claim.kind == "sum"]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Tổng số đảng viên của chi bộ: 43 đồng chí; có mặt: 40, vắng mặt: 03.", True),
        ("Tổng số đảng viên của chi bộ: 43 đồng chí; có mặt: 40, vắng mặt: 04.", False),
        ("Tổng số hội viên: 43. Có mặt: 40. Vắng: 02.", False),
        ("- Số đại biểu được triệu tập: 160.\n- Có mặt: 157.\n- Vắng: 03 (có lý do).", True),
        ("Tổng số: 43 đồng chí. Dự họp: 40 đồng chí (trong đó dự bị 02). Vắng: 03 đồng chí.", True),
        ("Đảng số: 43 đồng chí (chính thức 40, dự bị 03).", True),
        ("Đảng số: 43 đồng chí (chính thức 40, dự bị 02).", False),
        ("Tổng số đảng viên: 43 (nữ 12, dân tộc 5; chính thức: 40, dự bị: 02).", False),
        ("Đảng viên chính thức: 40; dự bị: 03; tổng số: 43.", True),
    ],
)
def test_nothing_is_left_beside_the_two(text: str, holds: bool) -> None:
    ((_text, found),) = _sums(text)
    assert found is holds


@pytest.mark.parametrize(
    "text",
    [
        # Somebody else is counted between them, or more of the absent follow.
        "Tổng số đảng viên: 43; có mặt 38 đồng chí và 03 đại biểu; vắng 05.",
        "Tổng số đảng viên: 43, có mặt: 40, vắng có lý do 02, vắng không lý do 02.",
        # Not of one number: a third of those called would be lost.
        "Tổng số học sinh được triệu tập: 430. Có mặt: 40. Vắng: 02.",
        "Trong quý có 12 đảng viên chính thức vi phạm; 03 đảng viên dự bị chuyển đi.",
        "Công nhận 12 đảng viên chính thức, kết nạp 05 đảng viên dự bị; tổng số tiền thưởng: 20 triệu đồng.",
    ],
)
def test_what_does_not_say_that_nobody_else_is_counted_says_nothing(text: str) -> None:
    assert [found for found in _sums(text) if found[1] is False] == []


def test_what_is_kept_of_what_is_handed_on() -> None:
    text = "Thu đảng phí được 5.250.000 đồng, trích nộp cấp trên 70% là 3.675.000 đồng, để lại chi bộ {} đồng."
    assert [holds for _text, holds in _sums(text.format("1.575.000"))] == [True]
    assert [holds for _text, holds in _sums(text.format("1.557.000"))] == [False]
