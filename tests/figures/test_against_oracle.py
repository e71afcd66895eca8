"""The engine against the plainest counting there is, on offices whose tree and members change at random."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.figures.oracle import ORACLE
from tests.figures.world import CATALOGUE, FIRST_DAY, ROOT, STEPS, World, build, examples, worlds

from giaoban.core.numbers_vi import percent
from giaoban.core.period import Period, Window
from giaoban.figures import ALL_PARTS, VALUE_ONLY, Figure, FigureRequest, Kind, compute, compute_many, explain
from giaoban.figures.calendar import bounds_of

PERIODS = [Period.parse(text) for text in ("2022-M01", "2022-Q1", "2022-H1", "2022", "2023-Q1", "2023-M06")]
EXAMPLES = examples(20)
COUNTED = [measure.key for measure in CATALOGUE if measure.kind is not Kind.RATE]


def test_every_counted_measure_has_an_oracle() -> None:
    assert sorted(COUNTED) == sorted(ORACLE)


def plain_value(world: World, key: str, unit: str, window: Window) -> int:
    return ORACLE[key](world, unit, window.start, window.end)


def expected_value(world: World, figure: Figure, window: Window) -> int | None:
    """None where the unit did not stand, or not from before the office opened its registers; else the plain count."""
    if figure.value is None:
        return None
    return plain_value(world, figure.request.measure, figure.request.unit, window)


@EXAMPLES
@given(worlds, st.sampled_from(PERIODS))
def test_values_and_cumulative_equal_plain_counting(world: World, period: Period) -> None:
    requests = [FigureRequest(key, unit, period) for key in COUNTED for unit in world.units]
    bounds = bounds_of(period, {})
    for figure in compute_many(world.sources(), requests):
        assert figure.value == expected_value(world, figure, bounds.window), figure.request
        if figure.cumulative is not None:
            assert figure.cumulative == plain_value(
                world, figure.request.measure, figure.request.unit, bounds.cumulative
            ), figure.request
        # Windows that begin before the registers were opened are the matter of test_not_kept.py.
        if figure.previous is not None and bounds.previous.start >= FIRST_DAY:
            assert figure.previous == plain_value(world, figure.request.measure, figure.request.unit, bounds.previous)


@EXAMPLES
@given(worlds, st.sampled_from(PERIODS))
def test_what_is_unknown_is_what_did_not_stand_or_was_not_kept(world: World, period: Period) -> None:
    window = period.window
    for figure in compute_many(
        world.sources(), [FigureRequest("members.admitted", one, period) for one in world.units]
    ):
        stood = any(
            row.unit == figure.request.unit
            and row.valid_from < window.end
            and (row.valid_to is None or window.start < row.valid_to)
            for row in world.placements
        )
        assert (figure.coverage.expected > 0) == stood
        if stood:
            assert (figure.value is not None) == (figure.coverage.reported > 0)


@EXAMPLES
@given(worlds, st.sampled_from(PERIODS))
def test_a_figure_opens_into_as_much_as_it_says(world: World, period: Period) -> None:
    sources = world.sources()
    for key in CATALOGUE.keys:
        for unit in world.units[:4]:
            evidence = explain(sources, FigureRequest(key, unit, period))
            if evidence.numerator is not None and evidence.denominator is not None:
                parts = [sum(line.number for line in one.lines) for one in (evidence.numerator, evidence.denominator)]
                assert parts == [evidence.numerator.value, evidence.denominator.value]
                if evidence.value is not None:
                    assert evidence.value == percent(*parts)
            else:
                assert sum(line.number for line in evidence.lines) == (evidence.value or 0)


@EXAMPLES
@given(worlds, st.sampled_from(PERIODS))
def test_many_at_once_are_the_same_as_one_by_one(world: World, period: Period) -> None:
    sources = world.sources()
    requests = [FigureRequest(key, unit, period) for key in CATALOGUE.keys for unit in world.units[:4]]
    together = compute_many(sources, requests)
    assert together == [compute(sources, request) for request in requests]


@pytest.mark.parametrize("key", COUNTED)
def test_cheap_requests_give_the_same_value(key: str) -> None:
    world = build([(name, 7 * index, 3 * index, 17) for index, name in enumerate(STEPS * 2)])
    request = FigureRequest(key, ROOT, Period.parse("2022"))
    sources = world.sources()
    assert compute(sources, request, parts=VALUE_ONLY).value == compute(sources, request, parts=ALL_PARTS).value
