"""The registers of the database against the in-memory ones, on offices whose tree and members change at random."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.figures.database import write
from tests.figures.world import CATALOGUE, World, examples, worlds

from giaoban.apps.reporting.queries.figures import sources
from giaoban.core.period import Period
from giaoban.figures import VALUE_ONLY, FigureRequest, Parts, compute_many, explain

PERIODS = [Period.parse(text) for text in ("2022-M01", "2022-Q1", "2022-H1", "2022", "2023-Q1", "2023-M06")]
EXAMPLES = examples(20)

pytestmark = pytest.mark.django_db


@EXAMPLES
@given(worlds, st.sampled_from(PERIODS), st.integers(1, 15))
def test_all_parts_of_all_figures_agree(world: World, period: Period, step: int) -> None:
    # Every so many units: what is asked together shapes what the queries leave out.
    requests = [FigureRequest(key, unit, period) for key in CATALOGUE.keys for unit in world.units[step - 1 :: step]]
    expected = compute_many(world.sources(), requests)
    with transaction.atomic():
        write(world)
        found = compute_many(sources(), requests)
        transaction.set_rollback(True)
    for one, other in zip(expected, found, strict=True):
        assert one == other, one.request


# What a page asks: numbers without breakdowns by place. The database then folds the tree up to the units asked about.
FOLDING = [
    key
    for key in CATALOGUE.keys
    if CATALOGUE[key].directed is None and not CATALOGUE[key].distinct_kinds and CATALOGUE[key].rate is None
]
OF_A_PAGE = Parts(previous=True, cumulative=True, children=True)


@EXAMPLES
@given(worlds, st.sampled_from(PERIODS), st.integers(0, 99), st.booleans())
def test_a_folded_tree_gives_the_same_figures(world: World, period: Period, number: int, several: bool) -> None:
    unit = world.units[number % len(world.units)]
    units = world.units[number % 7 :: 3] if several else [unit]
    requests = [FigureRequest(key, unit, period) for key in FOLDING for unit in units]
    with transaction.atomic():
        write(world)
        for parts in (OF_A_PAGE, VALUE_ONLY):
            expected = compute_many(world.sources(), requests, parts=parts)
            for one, other in zip(expected, compute_many(sources(), requests, parts=parts), strict=True):
                assert one == other, one.request
        transaction.set_rollback(True)


@examples(6)
@given(worlds, st.sampled_from(PERIODS), st.integers(0, 99))
def test_a_figure_opens_into_as_many_entries_as_it_says(world: World, period: Period, number: int) -> None:
    unit = world.units[number % len(world.units)]
    with transaction.atomic():
        write(world)
        found = [explain(sources(), FigureRequest(key, unit, period)) for key in CATALOGUE.keys]
        transaction.set_rollback(True)
    for evidence in found:
        if evidence.numerator is None:
            assert sum(line.number for line in evidence.lines) == (evidence.value or 0), evidence.request
