"""What was done of a whole, and an office's own words that a figure calls up or keeps silent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from giaoban.core.errors import InvalidInput
from giaoban.writer.blocks import FootnoteRef, Number, Role, plain_text
from giaoban.writer.definitions.model import SentenceSpec
from giaoban.writer.definitions.sentence import make_sentence
from giaoban.writer.sentences import (
    Attached,
    Context,
    Count,
    FigureView,
    Fraction,
    Free,
    ListEntry,
    Sentence,
    Show,
    When,
)

PROGRAMME = Fraction(
    "m",
    "đã hoàn thành",
    "cuộc kiểm tra, giám sát",
    subject="Ủy ban Kiểm tra",
    tail="theo chương trình",
    parts={"inspection": "kiểm tra", "supervision": "giám sát"},
    share=False,
)


def said(sentence: Sentence, elapsed: Decimal = Decimal(1), **figures: FigureView) -> str | None:
    line = sentence.write(Context(figures, elapsed=elapsed))
    return None if line is None else plain_text(line)


def test_a_programme_is_said_with_its_whole_and_parts() -> None:
    figure = FigureView(5, expected=7, breakdown={"inspection": 2, "supervision": 3})
    assert said(PROGRAMME, m=figure) == (
        "Ủy ban Kiểm tra đã hoàn thành 05/07 cuộc kiểm tra, giám sát theo chương trình (kiểm tra 02, giám sát 03)."
    )


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        (FigureView(25, expected=55), "Có 25/55 đơn vị tổ chức xong đại hội (45,5%)."),
        (FigureView(55, expected=55), "Có 55/55 đơn vị tổ chức xong đại hội (100%)."),
        (FigureView(1999, expected=2000), "Có 1.999/2.000 đơn vị tổ chức xong đại hội."),
        (FigureView(25, mark="gần"), "Có gần 25 đơn vị tổ chức xong đại hội."),
        (FigureView(0, expected=55), "Chưa có đơn vị nào trong số 55 đơn vị tổ chức xong đại hội."),
        (FigureView(0), None),
        (FigureView(None, expected=55), None),
    ],
)
def test_done_of_total(figure: FigureView, sentence: str | None) -> None:
    assert said(Fraction("m", "có", "đơn vị", tail="tổ chức xong đại hội"), m=figure) == sentence


def test_nothing_done_may_be_left_unsaid() -> None:
    assert said(Fraction("m", "có", "đơn vị", show=Show.POSITIVE), m=FigureView(0, expected=3)) is None


def test_the_whole_may_be_another_measure_and_one_code() -> None:
    sentence = Fraction("done", "thực hiện", "lượt việc", of="due", code="schedule")
    figures = {"done": FigureView(9, breakdown={"schedule": 3}), "due": FigureView(12, breakdown={"schedule": 4})}
    line = sentence.write(Context(figures))
    assert line is not None
    assert plain_text(line) == "Thực hiện 03/04 lượt việc (75%)."
    numbers = [(one.measure, one.role, one.part, one.value) for one in line if isinstance(one, Number)]
    assert numbers[:2] == [("done", Role.PART, "schedule", 3), ("due", Role.PART, "schedule", 4)]


def test_a_whole_that_has_shrunk_since_is_not_said() -> None:
    told = said(Fraction("m", "có", "chi bộ", tail="đăng ký lịch"), m=FigureView(463, expected=449))
    assert told == "Có 463 chi bộ đăng ký lịch."


def test_the_list_behind_what_was_done_stands_in_a_footnote() -> None:
    context = Context({"m": FigureView(1, expected=2)}, lists={"m": [ListEntry("Đảng ủy Sở A")]})
    line = PROGRAMME.write(context)
    assert line is not None
    assert any(not isinstance(one, Number) and hasattr(one, "note") for one in line)


@pytest.mark.parametrize(
    ("when", "figure", "holds"),
    [
        (When.KNOWN, FigureView(0), True),
        (When.KNOWN, FigureView(None), False),
        (When.POSITIVE, FigureView(1), True),
        (When.POSITIVE, FigureView(0), False),
        (When.ZERO, FigureView(0), True),
        (When.ZERO, FigureView(1), False),
        (When.RISES, FigureView(3, previous=2), True),
        (When.RISES, FigureView(3), False),
        (When.FALLS, FigureView(1, previous=2), True),
        (When.FALLS, FigureView(2, previous=2), False),
        (When.EQUAL, FigureView(2, previous=2), True),
        (When.TARGET_REACHED, FigureView(1, cumulative=10, target=10), True),
        (When.TARGET_AHEAD, FigureView(1, cumulative=6, target=10), True),
        (When.TARGET_AHEAD, FigureView(1, cumulative=4, target=10), False),
        (When.TARGET_LAGS, FigureView(1, cumulative=4, target=10), True),
        (When.TARGET_LAGS, FigureView(1, cumulative=4), False),
        (When.TARGET_MISSED, FigureView(1, cumulative=9, target=10), True),
        (When.TARGET_MISSED, FigureView(1, cumulative=10, target=10), False),
        (When.COMPLETE, FigureView(4, expected=4), True),
        (When.COMPLETE, FigureView(4), False),
        (When.INCOMPLETE, FigureView(3, expected=4), True),
    ],
)
def test_conditions(when: When, figure: FigureView, holds: bool) -> None:
    words = said(Free("m", "công tác này được quan tâm", when), elapsed=Decimal("0.5"), m=figure)
    assert words == ("Công tác này được quan tâm." if holds else None)


def test_own_words_carry_numbers_with_their_roles() -> None:
    text = "mới kết nạp {cumulative} đảng viên, đạt {percent} chỉ tiêu, còn thiếu {gap} đồng chí"
    figure = FigureView(9, cumulative=84, target=120, percent_of_target=70)
    line = Free("m", text, When.TARGET_LAGS).write(Context({"m": figure}))
    assert line is not None
    assert plain_text(line) == "Mới kết nạp 84 đảng viên, đạt 70% chỉ tiêu, còn thiếu 36 đồng chí."
    assert [(one.role, one.value) for one in line if isinstance(one, Number)] == [
        (Role.CUMULATIVE, 84),
        (Role.PERCENT_OF_TARGET, 70),
        (Role.GAP_TO_TARGET, 36),
    ]


def test_a_sentence_with_a_number_that_is_not_known_is_not_said() -> None:
    assert said(Free("m", "còn thiếu {left} đơn vị"), m=FigureView(3)) is None
    assert said(Free("m", "tăng {points} điểm phần trăm, đạt {rate}"), m=FigureView(95.25, previous=93.94)) == (
        "Tăng 1,4 điểm phần trăm, đạt 95,3%."
    )


def test_parts_of_another_dimension() -> None:
    sentence = Count("m", "tặng Huy hiệu Đảng cho", "đồng chí", by="years", parts={"40": "40 năm", "50": "50 năm"})
    figure = FigureView(3, breakdown={"upper": 3}, breakdowns={"years": {"40": 2, "50": 1}})
    assert said(sentence, m=figure) == "Tặng Huy hiệu Đảng cho 03 đồng chí (40 năm 02, 50 năm 01)."


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"measure": "m", "text": "tăng {valeu}"}, "Không có chỗ điền {valeu}"),
        ({"measure": "m", "text": "tăng", "when": "always"}, "known, positive"),
    ],
)
def test_slips_are_named(words: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        make_sentence(SentenceSpec("free", words, "own.toml"), {})
    assert message in str(caught.value)


def test_numbers_stand_only_in_sentences_that_have_them() -> None:
    with pytest.raises(InvalidInput, match=r"Không có chỗ điền \{value\}"):
        make_sentence(SentenceSpec("words", {"text": "tăng {value}"}, "own.toml"), {})


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        ("ước", "Doanh thu ước đạt 10.213,5 tỷ đồng; lũy kế từ đầu năm ước đạt 27.581 tỷ đồng."),
        ("trên", "Doanh thu đạt trên 10.213,5 tỷ đồng; lũy kế từ đầu năm đạt trên 27.581 tỷ đồng."),
        ("", "Doanh thu đạt 10.213,5 tỷ đồng; lũy kế từ đầu năm đạt 27.581 tỷ đồng."),
    ],
)
def test_marks_stay_in_print(mark: str, sentence: str) -> None:
    revenue = Count("m", "đạt", "tỷ đồng", subject="doanh thu", plan="kế hoạch năm")
    assert said(revenue, m=FigureView(10213.5, cumulative=27581, mark=mark)) == sentence


def test_each_of_two_numbers_has_its_own_list() -> None:
    sentence = Count("m", "chuyển giao", "tổ chức đảng", attached=Attached("n", "của", "đảng ủy"))
    figures = {"m": FigureView(1), "n": FigureView(2)}
    lists = {"m": [ListEntry("Chi bộ A")], "n": [ListEntry("Đảng ủy B"), ListEntry("Đảng ủy C")]}
    line = sentence.write(Context(figures, lists=lists))
    assert line is not None
    said_of = [plain_text(one.note.inlines) if isinstance(one, FootnoteRef) else one.text for one in line]
    assert "".join(said_of) == "Chuyển giao 01 tổ chức đảngChi bộ A. của 02 đảng ủyGồm: (1) Đảng ủy B; (2) Đảng ủy C.."
