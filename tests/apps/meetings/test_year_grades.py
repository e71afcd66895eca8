"""The year's grade of a cell, from the grades of its regular meetings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.meetings.examples import CELL, held, planned, scored
from tests.world import TODAY

from giaoban.apps.meetings.queries.year_grades import year_grade, year_grades
from giaoban.apps.organizations.operations import set_rule
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

YEAR = Period.parse("2023").window


@pytest.mark.parametrize(
    ("grades", "made"),
    [
        (["good"] * 7 + ["fair"] * 5, "good"),
        (["good"] * 6 + ["fair"] * 6, "fair"),
        (["good"] * 11 + ["average"], "fair"),
        (["good"] * 3 + ["fair"] * 4 + ["average"] * 5, "fair"),
        (["good"] * 3 + ["fair"] * 3 + ["average"] * 6, ""),
        (["good"] * 11 + ["poor"], ""),
        (["good"] * 7, "good"),
    ],
)
def test_what_the_meetings_of_a_year_make(grades: list[str], made: str) -> None:
    assert year_grade(grades, good_least=7, fair_least=7) == made


def test_the_year_of_a_cell(world: World) -> None:
    first, second = held(world, "2023-01-20 14:00"), held(world, "2023-02-20 14:00")
    held(world, "2022-12-20 14:00")
    planned(world, "2023-04-20 14:00")
    owner = world.units["DUK"]
    for key in ("meeting_year_good", "meeting_year_fair"):
        set_rule(act=world.act("clerk"), owner=owner, key=key, value="2", start=date(2023, 1, 1))

    def cell() -> tuple[int, dict[str, int], int, int, str | None]:
        found = {one.unit.code: one for one in year_grades(world.users["clerk"], owner, YEAR, today=TODAY)}
        assert list(found) == ["DUK.01.01", "DUK.01.02", "DUK.02"]
        assert found["DUK.02"].grade is None, "it never met"
        one = found[CELL]
        return one.held, dict(one.by_grade), one.left, one.reviewed, one.grade

    scored(world, first)
    assert cell() == (2, {"good": 1}, 1, 0, None)
    scored(world, second)
    assert cell() == (2, {"good": 2}, 0, 0, "good")
    scored(world, second, lower=8, review=True)
    held_then, by_grade, left, reviewed, grade = cell()
    assert (held_then, left, reviewed, grade) == (2, 0, 1, ""), "the level above found it poorer, and that counts"
    assert by_grade == {"good": 1, "poor": 1} or by_grade == {"good": 1, "average": 1}


def test_queries_do_not_grow(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            year_grades(world.users["clerk"], world.units["DUK"], YEAR, today=TODAY)
        return len(queries)

    scored(world, held(world))
    before = asked()
    scored(world, held(world, "2023-01-20 14:00"))
    scored(world, held(world, "2023-03-21 14:00", unit="DUK.02"))
    assert asked() == before
