"""How many people the cells consider: a stock that opens into the people, by the day on which it is asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.apps.members.candidate_steps import DAYS, E, candidate, step, steps_to

from giaoban.apps.members.operations import record_candidate_step, void_candidate_entry
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.core.period import Period
from giaoban.figures import FigureRequest

if TYPE_CHECKING:
    from tests.world import World

KEY = "members.candidates"


def _value(period: str, unit: str = "DUK") -> float | None:
    [figure] = compute_figures([FigureRequest(KEY, unit, Period.parse(period))])
    return figure.value


def test_from_the_first_step_to_the_decision(world: World) -> None:
    steps_to(world, candidate(world), E.DECIDED)
    one = candidate(world, "DUK.02", name="Trần Văn Mạnh", sex="male")
    steps_to(world, one, E.APPLIED)
    candidate(world, name="Lê Thị Chưa Bước")
    assert [_value(f"2022-M{month:02}") for month in (4, 5, 12)] == [0, 2, 2]
    assert _value("2023-M01") == 1, "the decision was made on the last day of the month"
    assert (DAYS[E.DECIDED].month, _value("2022-Q4", "DUK.01")) == (1, 1)
    stopped = record_candidate_step(act=world.act("clerk"), draft=step(one, E.STOPPED, date(2023, 3, 1)))
    assert (_value("2023-Q1"), _value("2022-Q4")) == (0, 2), "last year's number stays"
    void_candidate_entry(act=world.act("clerk"), entry=stopped)
    assert _value("2023-Q1") == 1


def test_it_opens_into_the_people_and_adds_up(world: World) -> None:
    steps_to(world, candidate(world), E.CELL_RESOLVED)
    steps_to(world, candidate(world, "DUK.02", name="Trần Văn Mạnh", sex="male"), E.APPLIED)
    request = FigureRequest(KEY, "DUK", Period.parse("2023-Q1"))
    [figure] = compute_figures([request])
    assert figure.breakdowns["sex"] == {"male": 1, "female": 1}
    assert figure.children == {"DUK.01": 1, "DUK.02": 1}
    assert figure.breakdowns["sector"] == {"state": 2}
    proof = explain_figure(request)
    assert [line.subject for line in proof.lines] == ["Nguyễn Thị Hường", "Trần Văn Mạnh"]
    assert {line.since for line in proof.lines} == {DAYS[E.CLASS_PASSED]}


@pytest.mark.parametrize("period", ["2021-Q4", "2020"])
def test_before_the_register_was_kept_it_is_not_known(period: str, world: World) -> None:
    steps_to(world, candidate(world), E.APPLIED)
    assert _value(period) is None
