"""What must hold between figures (decisions D3 to D7), on random offices; and that a breach is seen."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.figures.small import entry, figure, members, office
from tests.figures.world import CATALOGUE, ROOT, World, examples, worlds

from giaoban.core.period import Period
from giaoban.figures import Coverage, Figure, FigureRequest, compute, compute_many
from giaoban.figures.invariants import (
    balance_requests,
    breakdowns_add_up,
    children_add_up,
    members_balance,
    periods_add_up,
)

EXAMPLES = examples(20)
MONTHS = [f"2022-M{number:02}" for number in range(1, 13)]
PERIODS = [Period.parse(text) for text in ("2021-Q4", "2022-Q1", "2022", "2023-H1")]


@EXAMPLES
@given(worlds, st.sampled_from(PERIODS))
def test_children_and_parts_add_up(world: World, period: Period) -> None:
    requests = [FigureRequest(key, unit, period) for key in CATALOGUE.keys for unit in world.units]
    for found in compute_many(world.sources(), requests):
        assert children_add_up(CATALOGUE[found.request.measure], found) == []
        assert breakdowns_add_up(found) == []


@EXAMPLES
@given(worlds)
def test_months_make_quarters_and_quarters_the_year(world: World) -> None:
    sources, year = world.sources(), Period.parse("2022")
    quarters = [Period.quarter(2022, number) for number in (1, 2, 3, 4)]
    for measure in CATALOGUE:
        whole, *parts = compute_many(
            sources, [FigureRequest(measure.key, ROOT, one) for one in (year, *quarters, *year.months())]
        )
        assert periods_add_up(measure, whole, parts[:4]) == []
        assert periods_add_up(measure, whole, parts[4:]) == []


@EXAMPLES
@given(worlds)
def test_members_balance_in_every_unit_and_month(world: World) -> None:
    sources = world.sources()
    months = [Period.parse(text) for text in ("2021-M12", *MONTHS)]
    cells = [(unit, month) for unit in world.units for month in months]
    asked = [balance_requests(unit, month) for unit, month in cells]
    found = iter(compute_many(sources, [request for requests in asked for request in requests]))
    for requests in asked:
        assert members_balance([next(found) for _ in requests]) == []


@EXAMPLES
@given(worlds)
def test_an_entry_elsewhere_changes_nothing_here(world: World) -> None:
    period = Period.parse("2022")
    # A unit that was given up on its first day has never stood.
    assume(f"{ROOT}.1" in world.units)
    here = [FigureRequest(key, f"{ROOT}.1", period) for key in CATALOGUE.keys]
    before = compute_many(world.sources(), here)
    world.member_entries.append(entry("admitted", "2022-06-01", "KHAC.1", sex="male"))
    world.member_entries.append(entry("admitted", "2019-06-01", f"{ROOT}.1.1", sex="male"))
    world.discipline_entries.append(entry("disciplined", "2022-06-01", "KHAC.1", form="warning"))
    assert compute_many(world.sources(), here) == before


def _admissions() -> Figure:
    sources = office(entries=[entry("admitted", "2023-02-01", "MAU.1.1"), entry("admitted", "2023-02-02", "MAU.2")])
    return figure(sources, "members.admitted", "MAU", "2023-Q1")


def test_a_child_too_few_is_seen() -> None:
    wrong = replace(_admissions(), children={"MAU.1": 1})
    (breach,) = children_add_up(CATALOGUE["members.admitted"], wrong)
    assert str(breach) == "members.admitted tại MAU, quý I/2023: tổng các đơn vị trực thuộc: 2 khác 1"


def test_a_breakdown_too_large_is_seen() -> None:
    (breach,) = breakdowns_add_up(replace(_admissions(), breakdowns={"sex": {"male": 3}}))
    assert (breach.expected, breach.found) == (2, 3)


def test_a_month_too_many_is_seen() -> None:
    found = _admissions()
    (breach,) = periods_add_up(CATALOGUE["members.admitted"], found, [found, found])
    assert (breach.expected, breach.found) == (2, 4)


def _balance(closing: int) -> list[Figure]:
    sources = office(spells=members("MAU.1.1", 3))
    opening, end, *flows = (compute(sources, one) for one in balance_requests("MAU", Period.parse("2023-M02")))
    return [opening, replace(end, value=closing), *flows]


def test_members_who_came_from_nowhere_are_seen() -> None:
    assert members_balance(_balance(3)) == []
    (breach,) = members_balance(_balance(4))
    assert (breach.expected, breach.found) == (3, 4)


def test_what_is_not_known_everywhere_is_not_judged() -> None:
    opening, *others = _balance(4)
    assert members_balance([replace(opening, coverage=Coverage(5, 4)), *others]) == []
