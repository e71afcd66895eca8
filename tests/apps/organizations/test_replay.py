"""From the journal of a unit to where it stood, and from placements to ancestry: no database."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.apps.organizations.models import OPEN_END, UnitEvent
from giaoban.apps.organizations.operations._replay import Kinship, Span, TreeFact, ancestry_of, replay_unit
from giaoban.core.errors import InvalidInput

JAN, FEB, MAR, APR = (date(2023, month, 1) for month in (1, 2, 3, 4))
TOP, A, B, CELL = 1, 2, 3, 4


def start(day: date, parent: int | None = TOP) -> TreeFact:
    return TreeFact(UnitEvent.ESTABLISHED, day, parent, "Chi bộ A", "", "cell")


def test_a_unit_that_moves_and_is_handed_over() -> None:
    life = replay_unit(
        "X",
        [
            start(JAN),
            TreeFact(UnitEvent.MOVED, FEB, A),
            TreeFact(UnitEvent.RENAMED, MAR, name="Chi bộ B"),
            TreeFact(UnitEvent.HANDED_OVER, APR),
        ],
    )
    assert life.placements == (Span(TOP, JAN, FEB), Span(A, FEB, APR))
    assert life.names == (Span(("Chi bộ A", ""), JAN, MAR), Span(("Chi bộ B", ""), MAR, APR))
    assert life.kinds == (Span("cell", JAN, APR),)


def test_a_unit_may_come_back() -> None:
    life = replay_unit("X", [start(JAN), TreeFact(UnitEvent.HANDED_OVER, FEB), start(APR)])
    assert life.placements == (Span(TOP, JAN, FEB), Span(TOP, APR, OPEN_END))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ([start(JAN), start(FEB)], "đang hoạt động"),
        ([TreeFact(UnitEvent.MOVED, JAN, A)], "không hoạt động"),
        (
            [start(JAN), TreeFact(UnitEvent.DISSOLVED, FEB), TreeFact(UnitEvent.RENAMED, MAR, name="Y")],
            "không hoạt động",
        ),
    ],
)
def test_what_cannot_be_is_refused(facts: list[TreeFact], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        replay_unit("X", facts)


def test_ancestry_follows_the_dates_of_everything_above() -> None:
    placements = {
        TOP: [Span(None, JAN, OPEN_END)],
        A: [Span(TOP, JAN, MAR)],
        B: [Span(TOP, JAN, OPEN_END)],
        CELL: [Span(A, JAN, FEB), Span(B, FEB, OPEN_END)],
    }
    rows = set(ancestry_of(CELL, placements))
    assert rows == {
        Kinship(CELL, CELL, 0, JAN, OPEN_END),
        Kinship(A, CELL, 1, JAN, FEB),
        Kinship(B, CELL, 1, FEB, OPEN_END),
        Kinship(TOP, CELL, 2, JAN, OPEN_END),
    }


def test_what_hangs_below_a_unit_that_went_stands_nowhere() -> None:
    placements = {
        TOP: [Span(None, JAN, OPEN_END)],
        A: [Span(TOP, JAN, MAR)],
        CELL: [Span(A, JAN, OPEN_END)],
    }
    assert set(ancestry_of(CELL, placements)) == {
        Kinship(CELL, CELL, 0, JAN, MAR),
        Kinship(A, CELL, 1, JAN, MAR),
        Kinship(TOP, CELL, 2, JAN, MAR),
    }


def test_a_circle_is_refused() -> None:
    with pytest.raises(InvalidInput, match="vòng"):
        ancestry_of(A, {A: [Span(B, JAN, OPEN_END)], B: [Span(A, JAN, OPEN_END)]})


def test_turns_at_different_times_are_no_circle() -> None:
    placements = {
        TOP: [Span(None, JAN, OPEN_END)],
        A: [Span(TOP, JAN, FEB), Span(B, FEB, OPEN_END)],
        B: [Span(A, JAN, FEB), Span(TOP, FEB, OPEN_END)],
    }
    assert Kinship(A, B, 1, JAN, FEB) in ancestry_of(B, placements)
    assert Kinship(B, A, 1, FEB, OPEN_END) in ancestry_of(A, placements)
