"""Reported numbers against the plainest adding up there is, on trees that change at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.figures.small import KINDS, OLD, TREE, entry, office
from tests.figures.world import CATALOGUE, examples

from giaoban.core.period import Period
from giaoban.figures import (
    Asked,
    Catalogue,
    Code,
    Coverage,
    Dimension,
    Feed,
    FigureRequest,
    Kind,
    Measure,
    Reported,
    Sources,
    compute,
    compute_many,
    explain,
    total_of,
)
from giaoban.figures.invariants import breakdowns_add_up
from giaoban.figures.memory import MemoryValues
from giaoban.figures.tree import Placement
from giaoban.figures.values import joint_mark

DAY = timedelta(days=1)
SIDE = Dimension("side", "bên", (Code("a", "A"), Code("b", "B")))
FLOW = Measure("value.flow", "Suất quà", "suất", Kind.VALUE, dimensions=(SIDE,), decimals=2)
STOCK = Measure("value.stock", "Hội viên", "người", Kind.VALUE, time=Kind.STOCK)
PLAN = Measure("value.plan", "Theo chương trình", "cuộc", Kind.PLAN)
DONE = Measure("value.done", "Đã làm", "cuộc", Kind.FLOW, "later", "done", plan="value.plan")
KNOWN = Catalogue((*CATALOGUE, FLOW, STOCK, PLAN, DONE))
UNITS = ("MAU", "MAU.1", "MAU.1.1", "MAU.1.2", "MAU.2")
Q1 = Period.parse("2023-Q1")
ASKED = [Period.parse(text) for text in ("2023-M02", "2023-Q1", "2023-Q2", "2023-H1", "2023")]


def row(unit: str, period: str, number: float, measure: str = "value.flow", **more: object) -> Reported:
    window = Period.parse(period).window
    code = str(more.pop("code", ""))
    found = Reported(
        f"{measure}/{unit}/{period}/{code}/{more}",
        measure,
        unit,
        window.start,
        window.last_day,
        "side" if code else "",
        code,
        False,
        Decimal(str(number)),
    )
    return found._replace(**more)  # type: ignore[arg-type]


def told(*rows: Reported, feeds: Sequence[Feed] = (), **more: object) -> Sources:
    return replace(office(**more), catalogue=KNOWN, values=MemoryValues(rows, feeds))  # type: ignore[arg-type]


# The oracle: walk up day by day, one number at a time.


def above(placements: Sequence[Placement], unit: str | None, day: date) -> list[str]:
    found: list[str] = []
    while unit is not None:
        held = [
            one
            for one in placements
            if one.unit == unit and one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
        ]
        if not held:
            return []
        found.append(unit)
        unit = held[0].parent
    return found


def days(start: date, end: date) -> list[date]:
    return [start + number * DAY for number in range((end - start).days)]


@dataclass(frozen=True)
class Oracle:
    """What the unit's number is, and of how many that were to report how many did."""

    rows: Sequence[Reported]
    placements: Sequence[Placement]

    def answer(self, asked: str, start: date, end: date) -> tuple[Decimal | None, int, int]:
        total, expected, reported = Decimal(0), 0, 0
        for unit in {one.unit for one in self.rows}:
            own = [one for one in self.rows if one.unit == unit and one.first_day < end]
            stood = [day for day in days(start, end) if above(self.placements, unit, day)]
            if not stood or not any(one.last_day >= min(start, end - 366 * DAY) for one in own):
                continue
            there = [one for one in own if one.last_day >= start]
            covered = {day for one in there for day in days(one.first_day, one.last_day + DAY)}
            fits = bool(there) and all(start <= one.first_day and one.last_day < end for one in there)
            fits = fits and covered.issuperset(stood)
            places = [above(self.placements, unit, stood[-1])]
            for one in there if fits else ():
                mine = [day for day in days(one.first_day, one.last_day + DAY) if above(self.placements, unit, day)]
                places.append(above(self.placements, unit, mine[-1]) if mine else [])
                total += one.number if asked in places[-1] else 0
            if any(asked in place for place in places):
                expected += 1
                reported += fits
        return (total if reported else None), expected, reported


QUARTERS = [f"2023-Q{number}" for number in (1, 2, 3, 4)]
MONTHS = [f"2023-M{number:02}" for number in range(1, 13)]


@st.composite
def offices(draw: st.DrawFn) -> tuple[list[Reported], list[Placement]]:
    """Units that report by months or by quarters with gaps, and one that moves, ends or comes within the year."""
    rows = []
    for unit in UNITS:
        periods = draw(st.sampled_from((MONTHS, QUARTERS, ["2023"], [])))
        for period in draw(st.lists(st.sampled_from(periods), unique=True)) if periods else ():
            if draw(st.booleans()):
                rows += [row(unit, period, draw(st.integers(0, 9)) / 4, code=code) for code in ("a", "b")]
            else:
                rows.append(row(unit, period, draw(st.integers(0, 9)) / 10))
    day = date(2023, 1, 1) + draw(st.integers(1, 300)) * DAY
    placements = list(TREE)
    match draw(st.sampled_from(("still", "moves", "ends", "comes"))):
        case "moves":
            placements[3] = Placement("MAU.1.2", "MAU.1", OLD, day)
            placements.append(Placement("MAU.1.2", "MAU.2", day))
        case "ends":
            placements[4] = Placement("MAU.2", "MAU", OLD, day)
        case "comes":
            placements[4] = Placement("MAU.2", "MAU", day)
    return rows, placements


@examples(60)
@given(offices())
def test_numbers_coverage_and_lines_are_those_of_plain_adding_up(
    drawn: tuple[list[Reported], list[Placement]],
) -> None:
    rows, placements = drawn
    sources, oracle = told(*rows, placements=placements), Oracle(rows, placements)
    for found in compute_many(sources, [FigureRequest("value.flow", unit, one) for unit in UNITS for one in ASKED]):
        window = found.request.period.window
        value, expected, reported = oracle.answer(found.request.unit, window.start, window.end)
        assert (None if found.value is None else Decimal(str(found.value))) == value, found.request
        if expected:
            assert found.coverage == Coverage(expected, reported), found.request
        assert total_of(explain(sources, found.request).lines) == (found.value or 0)
        if found.value is not None:
            children = sum(Decimal(str(one)) for one in found.children.values() if one is not None)
            assert children == value, "a parent is the sum of its children and of what it tells itself"
            parts = sum(Decimal(str(one)) for one in found.breakdown.values())
            assert parts == value
            assert breakdowns_add_up(found) == []


def test_a_stock_is_the_last_days_number_whatever_was_told_before() -> None:
    sources = told(
        row("MAU.1", "2023-Q1", 10, "value.stock"),
        row("MAU.1", "2023-Q2", 12, "value.stock"),
        row("MAU.2", "2023-Q1", 5, "value.stock"),
    )
    first = compute(sources, FigureRequest("value.stock", "MAU", Q1))
    assert (first.value, first.coverage, first.cumulative) == (15, Coverage(2, 2), None)
    half = compute(sources, FigureRequest("value.stock", "MAU", Period.parse("2023-H1")))
    assert (half.value, half.coverage) == (12, Coverage(2, 1)), "MAU.2 did not say"
    assert dict(half.children) == {"MAU.1": 12, "MAU.2": None}
    nobody = compute(sources, FigureRequest("value.stock", "MAU", Period.parse("2023-M02")))
    assert nobody.value is None


def test_what_is_done_stands_beside_the_programme_and_its_total() -> None:
    sources = told(
        row("MAU", "2023", 7, "value.plan"),
        row("MAU", "2023", 8, "value.plan", first_day=date(2023, 4, 1)),
        row("MAU", "2023-Q1", 2, "value.done"),
        row("MAU.1", "2023-Q1", 25),
        row("MAU.1", "2023-Q1", 55, of_total=True),
    )
    done = compute(sources, FigureRequest("value.done", "MAU", Q1))
    assert (done.value, done.expected) == (2, 7)
    assert compute(sources, FigureRequest("value.plan", "MAU", Period.parse("2023-M04"))).value == 8
    ratio = compute(sources, FigureRequest("value.flow", "MAU", Q1))
    assert (ratio.value, ratio.expected) == (25, 55)


def test_last_year_growth_and_marks_come_along() -> None:
    sources = told(row("MAU.1", "2022-Q1", 20), row("MAU.1", "2023-Q1", 25, mark="about"), row("MAU.2", "2023-Q1", 5))
    found = compute(sources, FigureRequest("value.flow", "MAU", Q1))
    assert (found.previous, found.growth_percent, found.cumulative, found.mark) == (20, 50.0, 30, "about")
    assert found.as_json()["mark"] == "about"


def test_of_a_loss_there_is_no_growth_in_percent() -> None:
    sources = told(row("MAU.1", "2022-Q1", -3), row("MAU.1", "2023-Q1", 5))
    found = compute(sources, FigureRequest("value.flow", "MAU", Q1))
    assert (found.value, found.previous, found.growth_percent) == (5, -3, None)


@pytest.mark.parametrize(
    ("marks", "joint"),
    [([], ""), ([""], ""), (["over", ""], "over"), (["over", "nearly"], "about"), (["over", "estimated"], "estimated")],
)
def test_marks_join(marks: list[str], joint: str) -> None:
    assert joint_mark(marks) == joint


def test_nobody_told_is_not_none_told() -> None:
    found = compute(told(), FigureRequest("value.flow", "MAU", Q1))
    assert (found.value, found.coverage) == (None, Coverage(1, 0))
    zero = compute(told(row("MAU.1", "2023-Q1", 0)), FigureRequest("value.flow", "MAU", Q1))
    assert zero.value == 0


def test_who_was_asked_and_never_told_anything_is_missing_too() -> None:
    window = Q1.window
    wanted = [Asked(unit, "value.flow", window.start, window.end) for unit in ("MAU.1", "MAU.2")]
    sources = told(row("MAU.1", "2023-Q1", 3))
    asked = replace(sources, values=MemoryValues([row("MAU.1", "2023-Q1", 3)], wanted=wanted))
    request = FigureRequest("value.flow", "MAU", Q1)
    assert compute(sources, request).coverage == Coverage(1, 1)
    assert compute(asked, request).coverage == Coverage(2, 1)
    assert compute(asked, request).value == 3
    assert compute(asked, replace(request, unit="MAU.2")).coverage == Coverage(1, 0)


def test_a_feed_stands_for_a_register_in_its_days_only() -> None:
    feed = Feed("MAU.1", "members.admitted", date(2023, 1, 1), date(2023, 3, 1))
    entries = [entry("admitted", f"2023-0{month}-10", unit) for month in (1, 2, 3) for unit in ("MAU.1.1", "MAU.2")]
    sources = told(
        row("MAU.1.1", "2023-M01", 4, "members.admitted"),
        row("MAU.1.1", "2023-M02", 5, "members.admitted"),
        feeds=[feed],
        entries=entries,
    )
    found = compute(sources, FigureRequest("members.admitted", "MAU", Q1))
    assert found.value == 4 + 5 + 1 + 3, "told until March, then the register; MAU.2 has its own"
    assert dict(found.children) == {"MAU.1": 10, "MAU.2": 3}
    lines = explain(sources, found.request).lines
    assert total_of(lines) == 13
    assert len(lines) == 6
    before = compute(replace(sources, values=MemoryValues()), found.request)
    assert before.value == 6
    assert before.coverage == found.coverage


def test_who_tells_nothing_under_a_feed_is_seen_in_the_coverage() -> None:
    feed = Feed("MAU.1", "members.admitted", date(2022, 1, 1), date(2024, 1, 1))
    sources = told(row("MAU.1.1", "2022-Q4", 4, "members.admitted"), feeds=[feed])
    found = compute(sources, FigureRequest("members.admitted", "MAU", Q1))
    # MAU and MAU.2 keep the register; MAU.1.1 told last quarter, and now does not.
    assert (found.value, found.coverage) == (0, Coverage(3, 2))
    assert compute(sources, FigureRequest("members.admitted", "MAU.1", Q1)).value is None


def test_on_the_tree_of_another_day_what_was_told_stands_there_too() -> None:
    moved = date(2023, 5, 1)
    placements = [*TREE[:3], Placement("MAU.1.2", "MAU.1", OLD, moved), Placement("MAU.1.2", "MAU.2", moved), TREE[4]]
    sources = told(row("MAU.1.2", "2023-Q1", 3), placements=placements, attributes=KINDS)
    request = FigureRequest("value.flow", "MAU.2", Q1)
    assert compute(sources, request).value is None
    assert compute(sources, request, tree_on=date(2023, 6, 1)).value == 3
    assert total_of(explain(sources, request, tree_on=date(2023, 6, 1)).lines) == 3


ALL_2023 = Feed("MAU.1", "members.cards_issued_organizations", date(2023, 1, 1), date(2024, 1, 1))
CARDS = ALL_2023.measure


def test_what_is_counted_once_counts_for_exactly_the_unit_and_days_it_was_told_for() -> None:
    cards = [entry("card_issued", f"2023-0{month}-10", unit) for month in (1, 2) for unit in ("MAU.1.1", "MAU.2")]
    rows = [row("MAU.1", "2023-M01", 1, CARDS), row("MAU.1", "2023-M02", 1, CARDS), row("MAU.1", "2023-Q1", 2, CARDS)]
    sources = told(*rows, feeds=[ALL_2023], entries=cards)
    quarter = compute(sources, FigureRequest(CARDS, "MAU.1", Q1))
    assert (quarter.value, quarter.cumulative, quarter.previous) == (2, 2, 0), "last year the register spoke"
    assert quarter.coverage == Coverage(1, 1)
    assert [line.number for line in explain(sources, quarter.request).lines] == [2]
    half = compute(sources, FigureRequest(CARDS, "MAU.1", Period.parse("2023-H1")))
    assert (half.value, half.coverage) == (None, Coverage(1, 0)), "of the months and the quarter no half year is made"
    assert explain(sources, half.request).lines == ()
    committee = compute(sources, FigureRequest(CARDS, "MAU", Q1))
    assert (committee.value, dict(committee.children)) == (1, {"MAU.1": 2, "MAU.2": 1}), "the 2 is no part of the 1"
    assert committee.coverage == Coverage(5, 2), "MAU and MAU.2 keep the register"
    assert [line.unit for line in explain(sources, committee.request).lines] == ["MAU.2"]
    own = compute(sources, FigureRequest(CARDS, "MAU.1.1", Q1))
    assert own.value is None, "fed as well, and told nothing"


def test_what_was_told_across_the_switch_of_a_number_counted_once_is_nobodys() -> None:
    feed = replace(ALL_2023, valid_to=date(2023, 3, 1))
    rows = [row("MAU.1", "2023-M02", 1, CARDS), row("MAU.1", "2023-Q1", 2, CARDS)]
    entries = [entry("card_issued", "2023-03-10", "MAU.1.1")]
    sources = told(*rows, feeds=[feed], entries=entries)
    found = {one: compute(sources, FigureRequest(CARDS, "MAU.1", Period.parse(one))).value for one in MONTHS[:3]}
    assert found == {"2023-M01": None, "2023-M02": 1, "2023-M03": 1}
    assert compute(sources, FigureRequest(CARDS, "MAU.1", Q1)).value is None


def test_transfers_told_by_a_unit_are_those_seen_from_it() -> None:
    key = "members.transferred_in"
    feed = Feed("MAU.1", key, date(2023, 1, 1), date(2024, 1, 1))
    entries = [
        entry("transferred", "2023-01-10", "MAU.1.1", "MAU.2", term="official"),
        entry("transferred", "2023-01-11", "MAU.1.1", term="official"),
        entry("transferred", "2023-01-12", "MAU.2", term="official"),
    ]
    rows = [row("MAU.1", "2023-Q1", 7, key, mark="about")]
    sources = told(*rows, feeds=[feed], entries=entries)
    found = compute(sources, FigureRequest(key, "MAU.1", Q1))
    assert (found.value, found.mark) == (7, "about")
    assert dict(found.breakdown) == {"unknown": 7}
    committee = compute(sources, FigureRequest(key, "MAU", Q1))
    assert (committee.value, committee.children["MAU.1"], committee.children["MAU.2"]) == (1, 7, 1)
    assert total_of(explain(sources, committee.request).lines) == 1


def test_transfers_told_by_months_make_a_quarter_that_leaves_out_none() -> None:
    key = "members.transferred_in"
    feed = Feed("MAU.1", key, date(2023, 1, 1), date(2023, 7, 1))
    rows = [row("MAU.1", month, 2, key) for month in MONTHS[:5]]
    sources = told(*rows, feeds=[feed])
    values = {one: compute(sources, FigureRequest(key, "MAU.1", Period.parse(one))).value for one in QUARTERS}
    assert values == {"2023-Q1": 6, "2023-Q2": None, "2023-Q3": 0, "2023-Q4": 0}, "nobody told of June"
    assert [line.number for line in explain(sources, FigureRequest(key, "MAU.1", Q1)).lines] == [2, 2, 2]
    year = compute(sources, FigureRequest(key, "MAU.1", Period.parse("2023")))
    assert (year.value, year.coverage) == (None, Coverage(1, 0)), "a part of it is the register's"


def test_of_how_many_there_were_to_be_is_told_for_the_same_days() -> None:
    rows = [
        row("MAU.1", period, number, CARDS, of_total=of_total)
        for period, number, of_total in (("2023-Q2", 2, False), ("2023-Q2", 3, True), ("2023-H1", 4, True))
    ]
    sources = told(*rows, feeds=[ALL_2023])
    quarter = compute(sources, FigureRequest(CARDS, "MAU.1", Period.parse("2023-Q2")))
    assert (quarter.value, quarter.expected) == (2, 3)
    half = compute(sources, FigureRequest(CARDS, "MAU.1", Period.parse("2023-H1")))
    assert (half.value, half.expected) == (None, 4)


def test_on_the_tree_of_another_day_a_number_told_exactly_is_its_units() -> None:
    moved = date(2023, 5, 1)
    placements = [*TREE[:3], Placement("MAU.1.2", "MAU.1", OLD, moved), Placement("MAU.1.2", "MAU.2", moved), TREE[4]]
    feed = replace(ALL_2023, unit="MAU")
    sources = told(row("MAU.1.2", "2023-Q1", 1, CARDS), feeds=[feed], placements=placements, attributes=KINDS)
    request = FigureRequest(CARDS, "MAU.2", Q1)
    assert "MAU.1.2" not in compute(sources, request).children
    assert compute(sources, request, tree_on=date(2023, 6, 1)).children["MAU.1.2"] == 1
