"""Steps with what was before, totals that a number is raised to, and lists behind a label, of numbers told before."""

from __future__ import annotations

import time

import pytest

from giaoban.reader.claims import find_claims
from giaoban.reader.claims.base.passage import make_passage
from giaoban.reader.claims.changes.raised import find_raised
from giaoban.reader.claims.changes.steps_from import find_steps_from
from giaoban.reader.claims.sums.labelled_lists import find_labelled_lists
from giaoban.reader.flow import make_flow

HOMES = (
    "Hội có 64 hộ nghèo và 118 hộ cận nghèo. So với đầu năm, giảm {0} hộ nghèo (91 hộ) và {1} hộ cận nghèo (137 hộ)."
)
ROWS = [
    (HOMES.format(27, 19), [True, True], "both, the second without its verb"),
    (HOMES.format(27, 9), [True, False], "137 - 118 = 19"),
    (HOMES.format(20, 9), [], "nothing tells that the sentences speak of the same"),
    ("Kỷ luật 23 đảng viên; so với năm 2023 giảm 5 trường hợp (28 trường hợp).", [True], "cases are of persons"),
    ("Toàn ngành có 9.814 nhóm, lớp; so với năm học trước tăng 102 lớp (9.712 lớp).", [True], "the second name"),
    ("Tiếp 1.486 lượt công dân; so với quý I/2026 tăng 9,3% số lượt (1.360 lượt).", [True], "in percent"),
    ("Dư nợ 150 tỷ đồng, tăng 12 tỷ đồng so với đầu năm, tốc độ tăng 8,7% (đầu năm 138 tỷ đồng).", [True], "one step"),
    ("Xã có 42 hộ; giảm 5 hộ (3 hộ chuyển đi, 2 hộ gộp).", [], "what a step is made of"),
    ("Kết nạp 148 đoàn viên, nâng tổng số đoàn viên lên 3.364 người.", [], "nothing tells what was before"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS)
def test_steps_from_what_was_before(text: str, expected: list[bool], reason: str) -> None:
    assert [claim.holds for claim in find_claims(text) if str(claim.kind) == "growth"] == expected, reason


SUMS = [
    ("Hội có 3.216 hội viên; kết nạp 148 hội viên, nâng tổng số hội viên lên 3.364 người.", [True], "raised"),
    ("Hội có 3.216 hội viên; kết nạp 148 hội viên, nâng tổng số hội viên lên 3.350 người.", [], "some have left"),
    ("Thành lập 9 tổ hợp tác, nâng tổng số lên 41 tổ hợp tác (đầu năm có 32 tổ hợp tác).", [True], "32 + 9"),
    ("Kỷ luật 14 đảng viên. Nội dung vi phạm: dân số 05, đạo đức 03, quản lý tài chính 06.", [True], "a label"),
    ("Kỷ luật 14 đảng viên. Nội dung vi phạm: dân số 05, đạo đức 03, tài chính 06 và một số nội dung khác.", [],
     "more than is counted"),
    ("Kỷ luật 14 đảng viên. Nội dung vi phạm: dân số 05, đạo đức 03, tài chính 04.", [], "a list may leave some out"),
    ("Đảng ủy kiểm điểm 11 cá nhân (3 lãnh đạo, 8 công chức).", [True], "no point of an article"),
    ("Theo điểm 11 quy định này, 3 lãnh đạo, 8 công chức được biểu dương.", [], "a point of an article"),
    ("Hội viên khá, giàu 614 hộ, trung bình 287 hộ, nghèo 33 hộ; tổng số 934 hộ.", [True], "a grade"),
    ("Ước đạt 342.000 lượt khách (quốc tế khoảng 128.000 lượt; trong nước khoảng 214.000 lượt).", [True], "as printed"),
    ("Kết nạp 54 đảng viên (gồm 21 đảng viên nữ, 35 đảng viên trẻ, 27 đảng viên dân tộc thiểu số).", [], "some"),
    ("Quy hoạch cấp ủy 148 đồng chí (bí thư: 41, phó bí thư: 42, chủ tịch: 40).", [], "others have no post"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), SUMS)
def test_sums_of_numbers_told_before(text: str, expected: list[bool], reason: str) -> None:
    found = [claim.holds for claim in find_claims(text) if str(claim.kind) == "sum"]
    assert found == expected, reason


def test_a_list_that_goes_on_with_trong_do_is_of_the_sentence_before() -> None:
    text = "Đã kết nạp 64 đảng viên. Trong đó, có 21 đảng viên nữ, chiếm 35,9%; 35 đảng viên là đoàn viên, chiếm 54,7%."
    assert [claim.holds for claim in find_claims(text) if str(claim.kind) == "ratio"] == [False, True]


@pytest.mark.parametrize(
    "unit", ["tăng 3 hộ (5 hộ), ", "Nội dung: a 3, b 4, ", "3 hộ, nâng tổng số lên 7 hộ, ", "nâng ", "hình thức: a 5, "]
)
@pytest.mark.parametrize("finder", [find_steps_from, find_raised, find_labelled_lists])
def test_their_time_grows_with_the_text(finder, unit: str) -> None:  # type: ignore[no-untyped-def]
    passage = make_passage(text := unit * (60_000 // len(unit)), make_flow(text))
    begun = time.process_time()
    for _ in finder(passage):
        pass
    assert time.process_time() - begun < 3.0
