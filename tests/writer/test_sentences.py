"""Every pattern in every state that a figure can be in; the words are checked letter by letter."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from giaoban.core.errors import Conflict, InvalidInput, NotFound
from giaoban.writer.blocks import FootnoteRef, Number, Role, plain_text
from giaoban.writer.sentences import (
    Attached,
    Context,
    Count,
    Duty,
    FigureView,
    ListEntry,
    Plan,
    Rate,
    Sentence,
    Series,
    Show,
)

ADMITTED = Count("m", "kết nạp", "đảng viên", subject="toàn Đảng bộ", counter="đồng chí")
DISCIPLINE = Count(
    "m",
    "thi hành kỷ luật",
    "đảng viên",
    counter="trường hợp",
    parts={"reprimand": "khiển trách", "warning": "cảnh cáo", "expulsion": "khai trừ"},
    percent=False,
    zero="không có đảng viên bị thi hành kỷ luật",
)
PLAN = Plan("m", "kết nạp", "đảng viên", counter="đồng chí", since="lũy kế 9 tháng")
WITH_PLAN = replace(ADMITTED, plan="chỉ tiêu năm")
RATE = Rate("m", "tỷ lệ đảng viên dự sinh hoạt")
DUTY = Duty("m", "đơn vị", "gửi báo cáo đúng hạn", {"late": "gửi chậm", "missing": "chưa gửi"})
STOCK = Count(
    "m",
    "có",
    "đảng viên",
    subject="Đảng bộ",
    lead="đến 15/3/2023",
    parts={"official": "chính thức", "probationary": "dự bị"},
    compare=False,
)
TRANSFERS = Count(
    "m",
    "chuyển sinh hoạt đảng cho",
    "đảng viên",
    parts={"in": "chuyển đến", "out": "chuyển đi", "within": "chuyển nội bộ"},
    parts_clause=True,
    compare=False,
)


def said(sentence: Sentence, figure: FigureView, **context: object) -> str | None:
    """Return what the sentence prints for one figure."""
    line = sentence.write(Context({"m": figure}, "2023-Q1", "2022-Q1", **context))  # type: ignore[arg-type]
    return None if line is None else plain_text(line)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(
            FigureView(53, previous=33, growth_percent=60.6),
            "Toàn Đảng bộ kết nạp 53 đảng viên, tăng 20 đồng chí (60,6%) so với cùng kỳ.",
            id="rising",
        ),
        pytest.param(
            FigureView(62, previous=70, growth_percent=-11.4),
            "Toàn Đảng bộ kết nạp 62 đảng viên, giảm 08 đồng chí (11,4%) so với cùng kỳ.",
            id="falling: difference and percentage without a sign, 8 with its zero",
        ),
        pytest.param(
            FigureView(40, previous=40, growth_percent=0.0),
            "Toàn Đảng bộ kết nạp 40 đảng viên, bằng cùng kỳ năm trước.",
            id="equal",
        ),
        pytest.param(
            FigureView(2, previous=0),
            "Toàn Đảng bộ kết nạp 02 đảng viên (cùng kỳ năm trước không có).",
            id="no base: no percentage exists",
        ),
        pytest.param(FigureView(2), "Toàn Đảng bộ kết nạp 02 đảng viên.", id="last year not known: not compared"),
        pytest.param(
            FigureView(0, previous=3, growth_percent=-100.0),
            "Toàn Đảng bộ không kết nạp đảng viên nào (cùng kỳ năm trước 03 đồng chí).",
            id="none after some",
        ),
        pytest.param(FigureView(0, previous=0), "Toàn Đảng bộ không kết nạp đảng viên nào.", id="none both years"),
        pytest.param(FigureView(0), "Toàn Đảng bộ không kết nạp đảng viên nào.", id="none, last year not known"),
        pytest.param(FigureView(None), None, id="not known: nothing is said"),
        pytest.param(FigureView(None, previous=3), None, id="not known although last year is"),
        pytest.param(
            FigureView(6001, previous=6000, growth_percent=0.0),
            "Toàn Đảng bộ kết nạp 6.001 đảng viên, tăng 01 đồng chí so với cùng kỳ.",
            id="a growth that rounds to 0% is not printed; dot between thousands",
        ),
        pytest.param(
            FigureView(53, previous=33),
            "Toàn Đảng bộ kết nạp 53 đảng viên, tăng 20 đồng chí so với cùng kỳ.",
            id="growth not given: it is not made up here",
        ),
        pytest.param(
            FigureView(53, previous=1, growth_percent=5200.0),
            "Toàn Đảng bộ kết nạp 53 đảng viên, tăng 52 đồng chí (5.200%) so với cùng kỳ.",
            id="large growth",
        ),
        pytest.param(
            FigureView(Decimal("90.5"), previous=Decimal("90.2"), growth_percent=Decimal("0.3")),
            "Toàn Đảng bộ kết nạp 90,5 đảng viên, tăng 0,3 đồng chí (0,3%) so với cùng kỳ.",
            id="amounts with decimals: the difference is exact",
        ),
        pytest.param(
            FigureView(300, mark="khoảng"), "Toàn Đảng bộ kết nạp khoảng 300 đảng viên.", id="a mark stays in print"
        ),
    ],
)
def test_count_compared_with_last_year(figure: FigureView, expected: str | None) -> None:
    assert said(ADMITTED, figure) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(
            FigureView(6, previous=5, breakdown={"reprimand": 5, "warning": 1, "expulsion": 0}),
            "Thi hành kỷ luật 06 đảng viên (khiển trách 05, cảnh cáo 01), tăng 01 trường hợp so với cùng kỳ.",
            id="parts of 0 are left out",
        ),
        pytest.param(
            FigureView(6, previous=0, breakdown={"reprimand": 6}),
            "Thi hành kỷ luật 06 đảng viên (khiển trách 06), cùng kỳ năm trước không có.",
            id="no second pair of brackets",
        ),
        pytest.param(
            FigureView(6, breakdown={"reprimand": 4, "removal": 2}),
            "Thi hành kỷ luật 06 đảng viên (khiển trách 04, khác 02).",
            id="what has no label is summed, so that the parts add up",
        ),
        pytest.param(
            FigureView(6, breakdown={"reprimand": None, "warning": 1}),
            "Thi hành kỷ luật 06 đảng viên.",
            id="a part not known: no parts",
        ),
        pytest.param(FigureView(6), "Thi hành kỷ luật 06 đảng viên.", id="no breakdown"),
        pytest.param(FigureView(6, breakdown={"removal": 6}), "Thi hành kỷ luật 06 đảng viên.", id="no label fits"),
        pytest.param(
            FigureView(0, previous=2, breakdown={"reprimand": 0}),
            "Không có đảng viên bị thi hành kỷ luật (cùng kỳ năm trước 02 trường hợp).",
            id="none, in the definition's words",
        ),
    ],
)
def test_parts_in_brackets(figure: FigureView, expected: str) -> None:
    assert said(DISCIPLINE, figure) == expected


def test_parts_as_a_clause() -> None:
    figure = FigureView(114, previous=98, growth_percent=16.3, breakdown={"in": 33, "out": 59, "within": 22})
    assert said(TRANSFERS, figure) == (
        "Chuyển sinh hoạt đảng cho 114 đảng viên, trong đó chuyển đến 33, chuyển đi 59, chuyển nội bộ 22."
    )
    # Behind a comparison «trong đó» would seem to divide the difference: brackets stand beside the whole.
    assert said(replace(TRANSFERS, compare=True, counter="trường hợp"), figure) == (
        "Chuyển sinh hoạt đảng cho 114 đảng viên (chuyển đến 33, chuyển đi 59, chuyển nội bộ 22), "
        "tăng 16 trường hợp (16,3%) so với cùng kỳ."
    )


def test_parts_above_the_whole_are_refused() -> None:
    with pytest.raises(Conflict, match="7, lớn hơn tổng 6"):
        said(DISCIPLINE, FigureView(6, breakdown={"reprimand": 6, "warning": 1}))


def test_stock() -> None:
    assert said(STOCK, FigureView(6120, breakdown={"official": 5950, "probationary": 170})) == (
        "Đến 15/3/2023, Đảng bộ có 6.120 đảng viên (chính thức 5.950, dự bị 170)."
    )
    assert said(STOCK, FigureView(0)) == "Đến 15/3/2023, Đảng bộ không có đảng viên nào."


def plan_figure(cumulative: int | None, target: int | None, percent: float | None, value: int = 53) -> FigureView:
    return FigureView(value, cumulative=cumulative, target=target, percent_of_target=percent)


@pytest.mark.parametrize(
    ("figure", "elapsed", "expected"),
    [
        pytest.param(
            plan_figure(126, 120, 105.0),
            Decimal("0.75"),
            "Lũy kế 9 tháng kết nạp 126 đảng viên, đạt 105% chỉ tiêu năm, vượt 06 đồng chí.",
            id="above the plan",
        ),
        pytest.param(
            plan_figure(84, 120, 70.0),
            Decimal("0.75"),
            "Lũy kế 9 tháng kết nạp 84 đảng viên, mới đạt 70% chỉ tiêu năm, còn thiếu 36 đồng chí.",
            id="behind the calendar: «mới»",
        ),
        pytest.param(
            plan_figure(100, 120, 83.3),
            Decimal("0.75"),
            "Lũy kế 9 tháng kết nạp 100 đảng viên, đạt 83,3% chỉ tiêu năm, còn thiếu 20 đồng chí.",
            id="ahead of the calendar, not yet done: without «mới»",
        ),
        pytest.param(
            plan_figure(120, 120, 100.0),
            Decimal(1),
            "Lũy kế 9 tháng kết nạp 120 đảng viên, đạt 100% chỉ tiêu năm.",
            id="exactly the plan",
        ),
        pytest.param(
            plan_figure(120, 120, None),
            Decimal(1),
            "Lũy kế 9 tháng kết nạp 120 đảng viên, đạt 100% chỉ tiêu năm.",
            id="exactly the plan, percentage not given",
        ),
        pytest.param(
            plan_figure(0, 120, 0.0),
            Decimal("0.25"),
            "Lũy kế 9 tháng chưa kết nạp đảng viên nào, còn thiếu 120 đồng chí so với chỉ tiêu năm.",
            id="nothing yet",
        ),
        pytest.param(
            plan_figure(9999, 10000, 100.0),
            Decimal(1),
            "Lũy kế 9 tháng kết nạp 9.999 đảng viên, còn thiếu 01 đồng chí so với chỉ tiêu năm.",
            id="99,99% must not print as 100% with one missing",
        ),
        pytest.param(
            plan_figure(10001, 10000, 100.0),
            Decimal(1),
            "Lũy kế 9 tháng kết nạp 10.001 đảng viên, vượt 01 đồng chí so với chỉ tiêu năm.",
            id="100,01% must not print as 100% with one above",
        ),
        pytest.param(
            plan_figure(126, None, None), Decimal(1), "Lũy kế 9 tháng kết nạp 126 đảng viên.", id="no plan known"
        ),
        pytest.param(plan_figure(5, 0, None), Decimal(1), "Lũy kế 9 tháng kết nạp 05 đảng viên.", id="a plan of 0"),
        pytest.param(plan_figure(None, 120, None), Decimal(1), None, id="sum not known"),
    ],
)
def test_plan(figure: FigureView, elapsed: Decimal, expected: str | None) -> None:
    assert said(PLAN, figure, elapsed=elapsed) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(
            plan_figure(53, 120, 44.2),
            "Toàn Đảng bộ kết nạp 53 đảng viên; đạt 44,2% chỉ tiêu năm, còn thiếu 67 đồng chí.",
            id="the first period of a year: the number is not said twice",
        ),
        pytest.param(
            plan_figure(153, 120, 127.5),
            "Toàn Đảng bộ kết nạp 53 đảng viên; lũy kế từ đầu năm kết nạp 153 đảng viên, "
            "đạt 127,5% chỉ tiêu năm, vượt 33 đồng chí.",
            id="later period",
        ),
        pytest.param(
            plan_figure(153, None, None),
            "Toàn Đảng bộ kết nạp 53 đảng viên; lũy kế từ đầu năm kết nạp 153 đảng viên.",
            id="sum without a plan",
        ),
        pytest.param(plan_figure(53, None, None), "Toàn Đảng bộ kết nạp 53 đảng viên.", id="neither sum nor plan"),
        pytest.param(
            plan_figure(30, 120, 25.0, value=0),
            "Toàn Đảng bộ không kết nạp đảng viên nào; lũy kế từ đầu năm kết nạp 30 đảng viên, "
            "đạt 25% chỉ tiêu năm, còn thiếu 90 đồng chí.",
            id="none now, some before",
        ),
        pytest.param(
            plan_figure(0, 120, 0.0, value=0),
            "Toàn Đảng bộ không kết nạp đảng viên nào; còn thiếu 120 đồng chí so với chỉ tiêu năm.",
            id="none all year",
        ),
    ],
)
def test_count_with_plan(figure: FigureView, expected: str) -> None:
    assert said(WITH_PLAN, figure, elapsed=Decimal("0.25")) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(
            FigureView(95.2, previous=93.9),
            "Tỷ lệ đảng viên dự sinh hoạt đạt 95,2%, tăng 1,3 điểm phần trăm so với cùng kỳ.",
            id="points, and no binary tail in 95.2 - 93.9",
        ),
        pytest.param(
            FigureView(93.9, previous=95.2),
            "Tỷ lệ đảng viên dự sinh hoạt đạt 93,9%, giảm 1,3 điểm phần trăm so với cùng kỳ.",
            id="falling",
        ),
        pytest.param(
            FigureView(95.2, previous=95.2),
            "Tỷ lệ đảng viên dự sinh hoạt đạt 95,2%, bằng cùng kỳ năm trước.",
            id="equal",
        ),
        pytest.param(FigureView(95.0), "Tỷ lệ đảng viên dự sinh hoạt đạt 95%.", id="last year not known"),
        pytest.param(
            FigureView(5, previous=0),
            "Tỷ lệ đảng viên dự sinh hoạt đạt 5%, tăng 5 điểm phần trăm so với cùng kỳ.",
            id="a rate of 0 is a base for points; points have no leading zero",
        ),
        pytest.param(FigureView(0), "Tỷ lệ đảng viên dự sinh hoạt đạt 0%.", id="a rate of 0"),
        pytest.param(FigureView(None), None, id="not known"),
    ],
)
def test_rate(figure: FigureView, expected: str | None) -> None:
    assert said(RATE, figure) == expected


def test_rate_with_plan() -> None:
    assert said(replace(RATE, plan="chỉ tiêu năm"), FigureView(0.9, target=3)) == (
        "Tỷ lệ đảng viên dự sinh hoạt đạt 0,9% (chỉ tiêu năm 3%)."
    )


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(
            FigureView(81, expected=82, breakdown={"on_time": 78, "late": 3, "missing": 1}),
            "Có 78/82 đơn vị gửi báo cáo đúng hạn (95,1%); 03 đơn vị gửi chậm, 01 đơn vị chưa gửi.",
            id="some late, one missing",
        ),
        pytest.param(FigureView(82, expected=82), "Có 82/82 đơn vị gửi báo cáo đúng hạn (100%).", id="all"),
        pytest.param(
            FigureView(0, expected=82, breakdown={"on_time": 0, "missing": 82}),
            "Không có đơn vị nào trong số 82 đơn vị gửi báo cáo đúng hạn; 82 đơn vị chưa gửi.",
            id="nobody",
        ),
        pytest.param(FigureView(5, expected=7), "Có 05/07 đơn vị gửi báo cáo đúng hạn (71,4%).", id="leading zeros"),
        pytest.param(
            FigureView(2999, expected=3000),
            "Có 2.999/3.000 đơn vị gửi báo cáo đúng hạn.",
            id="not 100% with one missing",
        ),
        pytest.param(FigureView(0, expected=0), None, id="nobody owed it"),
        pytest.param(FigureView(5), None, id="who owes it is not known"),
        pytest.param(FigureView(None, expected=82), None, id="who did it is not known"),
    ],
)
def test_duty(figure: FigureView, expected: str | None) -> None:
    assert said(DUTY, figure) == expected


def test_duty_with_more_than_expected_is_refused() -> None:
    with pytest.raises(Conflict, match="82"):
        said(DUTY, FigureView(82, expected=82, breakdown={"missing": 1}))


def test_duty_lists_who_is_missing() -> None:
    figure = FigureView(81, expected=82, breakdown={"on_time": 81, "missing": 1})
    line = DUTY.write(Context({"m": figure}, lists={"m:missing": [ListEntry("Chi bộ Bưu điện")]}))
    assert line is not None
    assert [plain_text(inline.note.inlines) for inline in line if isinstance(inline, FootnoteRef)] == [
        "Chi bộ Bưu điện."
    ]


def attached(first: int | None, second: int | None) -> str | None:
    sentence = Count(
        "m",
        "chuyển giao",
        "tổ chức đảng",
        attached=Attached("n", "với", "đảng viên", "chuyển giao {n} đảng viên cùng với tổ chức đảng"),
    )
    line = sentence.write(Context({"m": FigureView(first), "n": FigureView(second)}))
    return None if line is None else plain_text(line)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (3, 210, "Chuyển giao 03 tổ chức đảng với 210 đảng viên."),
        (3, 0, "Chuyển giao 03 tổ chức đảng."),
        (3, None, "Chuyển giao 03 tổ chức đảng."),
        (0, 210, "Chuyển giao 210 đảng viên cùng với tổ chức đảng."),
        (None, 210, "Chuyển giao 210 đảng viên cùng với tổ chức đảng."),
        (0, 0, "Không chuyển giao tổ chức đảng nào."),
        (None, None, None),
    ],
)
def test_attached_number(first: int | None, second: int | None, expected: str | None) -> None:
    assert attached(first, second) == expected


ITEMS = tuple(
    Count(key, verb, "tổ chức đảng", compare=False, show=Show.POSITIVE)
    for key, verb in (("a", "thành lập"), ("b", "giải thể"), ("c", "sáp nhập"))
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1, 0, 2), "Trong quý, Đảng ủy đã quyết định: (1) thành lập 01 tổ chức đảng; (2) sáp nhập 02 tổ chức đảng."),
        ((0, 4, None), "Trong quý, Đảng ủy đã quyết định giải thể 04 tổ chức đảng."),
        ((0, 0, 0), "Trong quý, không có thay đổi về tổ chức đảng."),
        ((0, None, 0), None),
    ],
    ids=["two of three", "one alone has no number", "none", "none, but one is not known: nothing is claimed"],
)
def test_series(values: tuple[int | None, ...], expected: str | None) -> None:
    series = Series(ITEMS, "Đảng ủy đã quyết định", "trong quý", "không có thay đổi về tổ chức đảng")
    line = series.write(Context({key: FigureView(value) for key, value in zip("abc", values, strict=True)}))
    assert (None if line is None else plain_text(line)) == expected


def test_series_without_words_for_none_is_left_out() -> None:
    assert Series(ITEMS, "Đảng ủy đã").write(Context({key: FigureView(0) for key in "abc"})) is None


def test_footnote_stands_behind_the_noun_and_lists_as_many_as_the_number() -> None:
    entries = [ListEntry("Đảng ủy Sở A", "bổ sung Phó Bí thư"), ListEntry("Chi ủy Công ty B")]
    sentence = Count("m", "kiện toàn cấp ủy tại", "tổ chức cơ sở đảng")
    line = sentence.write(Context({"m": FigureView(2, previous=1, growth_percent=100)}, lists={"m": entries}))
    assert line is not None
    place = next(i for i, inline in enumerate(line) if isinstance(inline, FootnoteRef))
    assert plain_text(line[:place]) == "Kiện toàn cấp ủy tại 02 tổ chức cơ sở đảng"
    assert plain_text(line[place + 1 :]).startswith(", tăng")
    note = line[place]
    assert isinstance(note, FootnoteRef)
    assert plain_text(note.note.inlines) == "Gồm: (1) Đảng ủy Sở A (bổ sung Phó Bí thư); (2) Chi ủy Công ty B."


def test_list_that_does_not_fit_its_number_is_refused() -> None:
    with pytest.raises(Conflict, match="1 dòng nhưng số liệu là 2"):
        said(ADMITTED, FigureView(2), lists={"m": [ListEntry("A")]})


def test_numbers_carry_measure_role_and_period() -> None:
    line = WITH_PLAN.write(
        Context(
            {"m": FigureView(0, previous=3, cumulative=30, target=120, percent_of_target=25.0)}, "2023-Q2", "2022-Q2"
        )
    )
    assert line is not None
    numbers = [inline for inline in line if isinstance(inline, Number)]
    assert [(n.text, n.role, n.value, n.period) for n in numbers] == [
        ("không", Role.VALUE, 0, "2023-Q2"),
        ("03", Role.PREVIOUS, 3, "2022-Q2"),
        ("30", Role.CUMULATIVE, 30, "2023-Q2"),
        ("25%", Role.PERCENT_OF_TARGET, 25.0, "2023-Q2"),
        ("90", Role.GAP_TO_TARGET, 90, "2023-Q2"),
    ]
    assert {n.measure for n in numbers} == {"m"}


def test_none_said_in_the_series_keeps_its_measure() -> None:
    series = Series(ITEMS, "Đảng ủy đã", zero="không có thay đổi")
    line = series.write(Context({key: FigureView(0) for key in "abc"}))
    assert line is not None
    assert isinstance(line[0], Number)
    assert (line[0].text, line[0].value) == ("Không", 0)


def test_negative_number_is_refused() -> None:
    with pytest.raises(InvalidInput, match="−3"):
        said(ADMITTED, FigureView(-3))


def test_a_loss_is_not_said_as_a_profit() -> None:
    profit = Count("m", "đạt", "tỷ đồng", subject="lợi nhuận", plan="kế hoạch năm", show=Show.POSITIVE)
    assert said(profit, FigureView(-3, cumulative=-3, target=10, percent_of_target=-30.0)) is None
    assert said(profit, FigureView(5, cumulative=-2, target=10)) == "Lợi nhuận đạt 05 tỷ đồng."


def test_figure_that_was_not_handed_over_is_named() -> None:
    with pytest.raises(NotFound, match="«m»"):
        ADMITTED.write(Context({}))


def test_show_positive_says_nothing_of_none() -> None:
    assert said(replace(ADMITTED, show=Show.POSITIVE), FigureView(0, previous=4)) is None
