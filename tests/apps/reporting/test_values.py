"""Numbers that units report: entered, corrected, withdrawn; and what the figures make of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.reporting.models import ValueEntry
from giaoban.apps.reporting.operations import ValueDraft, correct_value, report_values, void_values
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.apps.reporting.queries.values import unreported_days
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period, Window
from giaoban.figures import Coverage, Figure, FigureRequest, total_of

Q1 = Period.parse("2023-Q1")
MONTHS = Q1.months()
GIFTS = "welfare.gifts"


def figure(measure: str, unit: str = "DUK", period: Period = Q1) -> Figure:
    [found] = compute_figures([FigureRequest(measure, unit, period)])
    return found


def draft(
    world: World,
    number: Decimal | int | None,
    unit: str = "DUK",
    measure: str = GIFTS,
    period: object = Q1,
    **more: str,
) -> ValueDraft:
    assert isinstance(period, Period | Window)
    return ValueDraft(world.units[unit], measure, period, number, **more)


def tell(world: World, *drafts: ValueDraft, who: str = "clerk") -> list[ValueEntry]:
    return report_values(act=world.act(who), values=drafts)


def test_what_is_reported_comes_out_and_opens(world: World) -> None:
    made = tell(
        world,
        draft(world, 40, dimension="association", code="youth", mark="estimated"),
        draft(world, 25, dimension="association", code="trade_union"),
        draft(world, 100, part="expected"),
        draft(world, 12, unit="DUK.01"),
    )
    assert len(made) == 4
    found = figure(GIFTS)
    assert (found.value, found.expected, found.mark, found.coverage) == (77, 100, "estimated", Coverage(2, 2))
    assert dict(found.breakdown) == {"youth": 40, "trade_union": 25, "unknown": 12}
    assert dict(found.children) == {"DUK.01": 12, "DUK.02": None, "DUK": 65}
    lines = explain_figure(found.request).lines
    assert total_of(lines) == 77
    assert sorted(line.note for line in lines) == ["", "", "ước"]
    assert [row.unit_code for row in AuditRow.objects.filter(action="reporting.values_reported")] == ["DUK", "DUK.01"]


def test_the_same_again_adds_nothing_and_another_number_corrects(world: World) -> None:
    [first] = tell(world, draft(world, 40))
    assert tell(world, draft(world, 40)) == []
    [second] = tell(world, draft(world, 41, note="cộng thiếu một suất"))
    assert second.corrects == first
    assert figure(GIFTS).value == 41
    [withdrawn] = tell(world, draft(world, None, note="nhập nhầm đơn vị"))
    assert withdrawn.void
    assert figure(GIFTS).value is None
    assert tell(world, draft(world, None)) == [], "there is nothing to withdraw any more"
    assert ValueEntry.objects.count() == 3, "nothing is deleted"


def test_correcting_and_withdrawing_one_entry_want_a_reason(world: World) -> None:
    [entry] = tell(world, draft(world, 40))
    with pytest.raises(InvalidInput, match="lý do"):
        correct_value(act=world.act("clerk"), entry=entry, number=41, reason=" ")
    with pytest.raises(InvalidInput, match="Số mới bằng số đã có"):
        correct_value(act=world.act("clerk"), entry=entry, number=40, reason="x")
    corrected = correct_value(act=world.act("clerk"), entry=entry, number=41, mark="about", reason="đếm lại")
    assert (figure(GIFTS).value, figure(GIFTS).mark) == (41, "about")
    with pytest.raises(Conflict, match="người khác sửa"):
        correct_value(act=world.act("organizer"), entry=entry, number=42, reason="đếm lại")
    with pytest.raises(Conflict, match="người khác sửa"):
        void_values(act=world.act("clerk"), entries=[entry], reason="nhầm")
    void_values(act=world.act("clerk"), entries=[corrected], reason="nhầm")
    assert figure(GIFTS).value is None


def test_months_make_the_quarter_and_a_quarter_does_not_make_a_month(world: World) -> None:
    tell(world, *(draft(world, number, period=month) for number, month in zip((1, 2), MONTHS, strict=False)))
    assert figure(GIFTS).value is None, "March is missing"
    assert figure(GIFTS).coverage == Coverage(1, 0)
    assert unreported_days(world.units["DUK"], GIFTS, Q1.window) == MONTHS[2].window
    tell(world, draft(world, 4, period=MONTHS[2]))
    assert unreported_days(world.units["DUK"], GIFTS, Q1.window) is None
    assert (figure(GIFTS).value, figure(GIFTS).cumulative) == (7, 7)
    assert figure(GIFTS, period=MONTHS[1]).value == 2
    tell(world, draft(world, 9, measure="welfare.people"))
    assert figure("welfare.people", period=MONTHS[1]).value is None, "a month of it is not known"
    assert unreported_days(world.units["DUK"], "welfare.people", MONTHS[1].window) is None


def test_a_stock_is_read_on_the_last_day(world: World) -> None:
    january, february = MONTHS[0], MONTHS[1]
    tell(
        world,
        draft(world, 10, measure="associations.members", period=january),
        draft(world, 12, measure="associations.members", period=february),
    )
    assert figure("associations.members", period=february).value == 12
    assert figure("associations.members", period=february).cumulative is None
    assert figure("associations.members").value is None, "nobody said how many there were on 31/03"


def test_a_programme_holds_to_the_end_of_its_year_by_its_latest_edition(world: World) -> None:
    planned = "inspection.planned"
    tell(
        world,
        draft(world, 3, measure=planned, dimension="form", code="inspection"),
        draft(world, 4, measure=planned, dimension="form", code="supervision"),
        draft(world, 2, measure="inspection.completed"),
    )
    assert figure(planned).value == figure(planned, period=Period.parse("2023")).value == 7
    assert figure(planned, period=Period.parse("2022-Q4")).value is None
    done = figure("inspection.completed")
    assert (done.value, done.expected) == (2, 7)
    april = Period.parse("2023-M04")
    tell(
        world,
        draft(world, 3, measure=planned, period=april, dimension="form", code="inspection"),
        draft(world, 5, measure=planned, period=april, dimension="form", code="supervision"),
    )
    assert figure(planned, period=april).value == 8
    assert figure(planned).value == 7, "the first quarter was planned so"
    assert total_of(explain_figure(FigureRequest(planned, "DUK", april)).lines) == 8
    tell(world, draft(world, 6, measure=planned, period=april, dimension="form", code="supervision"))
    assert dict(figure(planned, period=april).breakdown) == {"inspection": 3, "supervision": 6}


def test_days_are_not_counted_twice(world: World) -> None:
    tell(world, draft(world, 7))
    with pytest.raises(Conflict, match="01/01/2023 - 31/03/2023") as caught:
        tell(world, draft(world, 1, unit="DUK.01"), draft(world, 3, period=MONTHS[0]))
    assert caught.value.index == 1
    assert figure(GIFTS, "DUK.01").value is None, "all or none"
    with pytest.raises(Conflict, match="vừa có số chung vừa có số tách"):
        tell(world, draft(world, 3, dimension="association", code="youth"))
    with pytest.raises(InvalidInput, match="hai lần"):
        tell(world, draft(world, 1, unit="DUK.01"), draft(world, 2, unit="DUK.01"))
    tell(world, draft(world, None, note="nay tách"), draft(world, 7, dimension="association", code="youth"))
    assert dict(figure(GIFTS).breakdown) == {"youth": 7}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"measure": "welfare.no"}, "Không có chỉ tiêu số liệu"),
        ({"measure": "members.admitted"}, "lấy từ sổ"),
        ({"measure": "members.admission_rate"}, "Tỷ lệ"),
        ({"number": -1}, "nhỏ hơn 0"),
        ({"number": Decimal("1.5")}, "phần lẻ"),
        ({"number": 10**20}, "quá lớn"),
        ({"dimension": "association", "code": "no"}, "Không có mã «no»"),
        ({"dimension": "sector", "code": "x"}, "không tách theo"),
        ({"mark": "surely"}, "Không có dấu"),
        ({"period_or_days": Period.parse("2023-Q3")}, "chưa bắt đầu"),
        ({"period_or_days": Period.parse("2019-Q3")}, "không có trong cây"),
    ],
)
def test_what_cannot_be_is_refused(world: World, change: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        tell(world, replace(draft(world, 1), **change))  # type: ignore[arg-type]
    assert not ValueEntry.objects.exists()


def test_a_loss_and_parts_of_a_number_where_they_make_sense(world: World) -> None:
    tell(world, draft(world, Decimal("-1.25"), measure="economy.profit"))
    tell(world, draft(world, Decimal("0.35"), measure="economy.profit", unit="DUK.01"))
    assert figure("economy.profit").value == -0.9
    assert total_of(explain_figure(FigureRequest("economy.profit", "DUK", Q1)).lines) == -0.9


def test_who_may_report(world: World) -> None:
    tell(world, draft(world, 1, unit="DUK.01.01"), who="secretary")
    with pytest.raises(NotFound):
        tell(world, draft(world, 1), who="secretary")
    with pytest.raises(NotAllowed):
        tell(world, draft(world, 1), who="deputy")
    with pytest.raises(NotFound):
        tell(world, draft(world, 1), who="outsider")


def test_the_days_are_those_of_the_office(world: World) -> None:
    from giaoban.apps.organizations.operations import set_reporting_bounds

    set_reporting_bounds(
        act=world.act("clerk"),
        unit=world.units["DUK"],
        period=Q1,
        first_day=date(2023, 1, 1),
        last_day=date(2023, 3, 15),
    )
    [entry] = tell(world, draft(world, 5, unit="DUK.01"))
    assert entry.last_day == date(2023, 3, 15)
    assert figure(GIFTS).value == 5


def test_queries_do_not_grow_with_units_or_measures(world: World) -> None:
    few = [draft(world, 1)]
    many = [
        draft(world, number, unit=unit, measure=key)
        for number, key in enumerate(("welfare.people", "welfare.amount", "publications.articles"))
        for unit in ("DUK", "DUK.01", "DUK.01.01", "DUK.02")
    ]
    counts = []
    for drafts in (few, many):
        with CaptureQueriesContext(connection) as queries:
            tell(world, *drafts)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    asked = []
    for units in (("DUK",), ("DUK", "DUK.01", "DUK.01.01", "DUK.02")):
        with CaptureQueriesContext(connection) as queries:
            compute_figures([FigureRequest(key, unit, Q1) for unit in units for key in (GIFTS, "welfare.people")])
        asked.append(len(queries))
    assert asked[0] == asked[1] < 12
