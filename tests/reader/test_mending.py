"""Broken words are mended before numbers, goals and work are read; every place leads back to what is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.reader import read_text
from giaoban.reader.footnotes import take_apart
from giaoban.reader.mending import mend
from giaoban.reader.model import Repair

TEXT = "Giao Văn plìòng tổng hợp,\n  báo cáo  trưóc ngày 10/11/2025."


def repair(text: str, printed: str, suggested: str, confidence: float = 0.9) -> Repair:
    start = text.index(printed)
    return Repair(start, start + len(printed), printed, suggested, confidence)


def test_mended_words_stand_in_the_flow_and_lead_back() -> None:
    layout = take_apart(TEXT)
    flow = mend(layout, [repair(TEXT, "plìòng", "phòng"), repair(TEXT, "trưóc", "trước")]).body
    assert flow.text == "Giao Văn phòng tổng hợp, báo cáo trước ngày 10/11/2025."
    for shown, printed in (
        ("phòng", "plìòng"),
        ("tổng", "tổng"),
        ("báo cáo trước", "báo cáo  trưóc"),
        ("2025.", "2025."),
    ):
        start = flow.text.index(shown)
        first, last = flow.span(start, start + len(shown))
        assert TEXT[first:last] == printed


@pytest.mark.parametrize("confidence", [0.5, 0.7])
def test_what_is_not_sure_stays_as_it_is(confidence: float) -> None:
    layout = take_apart(TEXT)
    assert mend(layout, [repair(TEXT, "trưóc", "trước", confidence)]) is layout


@given(
    st.lists(st.sampled_from(["kêt", "nạp ", "\n", "  ", "12 ", "đảng viên", "¹", "sinli "]), max_size=30).map("".join)
)
def test_every_place_leads_back_into_its_word(text: str) -> None:
    repairs = []
    for printed, suggested in (("kêt", "kết"), ("sinli", "sinh")):
        start = text.find(printed)
        while start >= 0:
            repairs.append(Repair(start, start + len(printed), printed, suggested, 0.9))
            start = text.find(printed, start + 1)
    plain = take_apart(text)
    mended = mend(plain, sorted(repairs, key=lambda one: one.start))
    assert mended.body.text == plain.body.text.replace("kêt", "kết").replace("sinli", "sinh")
    for place in range(len(mended.body.text)):
        first, last = mended.body.span(place, place + 1)
        assert 0 <= first < last <= len(text)


def test_claims_goals_and_work_are_read_in_mended_words() -> None:
    text = (
        "I. KẾT QUẢ\n1. Chuyển sinh hoạt cho 114 đảng viên, ừong đó chuyển đi 59, chuyển đến 33, nội bộ 22 đảng viên.\n"
        "II. NHIỆM VỤ\n1. Giao Văn phòng tổng hợp, báo cáo kêt quả truớc ngày 10/11/2025; các chi bộ thực hiên tôt.\n"
    )
    document = read_text(text)
    assert [(str(claim.kind), claim.holds) for claim in document.claims] == [("sum", True)]
    assert [(task.assignees, task.deadline) for task in document.tasks] == [
        (("Văn phòng",), "2025-11-10"),
        (("các chi bộ",), None),
    ]
    for item in (*document.claims, *document.tasks):
        assert item.text == text[item.start : item.end]
