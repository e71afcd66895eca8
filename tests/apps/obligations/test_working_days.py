"""Working days: Tet 2023 and 2024, swapped days, and what a committee decides for its subtree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.obligations.models import CalendarEntry, DayKind
from giaoban.apps.obligations.operations import set_calendar_day, take_calendar_day_back
from giaoban.apps.obligations.queries.calendars import (
    calendar_lines,
    calendar_of,
    calendars_of,
    find_calendar_entry,
    working_days_after,
)
from giaoban.apps.obligations.working_days import WorkingCalendar
from giaoban.apps.organizations.operations import Decision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World

PLAIN = WorkingCalendar()


@pytest.mark.parametrize(
    ("day", "number", "expected", "reason"),
    [
        (date(2023, 3, 1), 1, date(2023, 3, 2), "a plain day"),
        (date(2023, 3, 3), 1, date(2023, 3, 6), "over a weekend"),
        (date(2023, 3, 4), 1, date(2023, 3, 6), "from a Saturday"),
        (date(2023, 3, 1), 0, date(2023, 3, 1), "none"),
        (date(2023, 1, 19), 1, date(2023, 1, 27), "Tet 2023: off from 20 to 26 January"),
        (date(2023, 1, 3), 30, date(2023, 2, 21), "thirty over Tet 2023"),
        (date(2024, 2, 7), 1, date(2024, 2, 15), "Tet 2024: off from 8 to 14 February"),
        (date(2024, 1, 15), 30, date(2024, 3, 4), "thirty over Tet 2024"),
        (date(2024, 1, 15), 60, date(2024, 4, 15), "sixty over Tet 2024"),
        (date(2023, 12, 29), 1, date(2024, 1, 2), "over New Year"),
        (date(2023, 4, 28), 1, date(2023, 5, 4), "Hung Kings 2023 fell on a Saturday: two days in lieu"),
        (date(2024, 4, 26), 1, date(2024, 5, 2), "29 April 2024 was off"),
        (date(2024, 5, 3), 1, date(2024, 5, 4), "and Saturday 4 May worked for it"),
    ],
)
def test_days_after(day: date, number: int, expected: date, reason: str) -> None:
    assert PLAIN.after(day, number) == expected, reason


def test_days_between_is_the_other_way_round() -> None:
    start = date(2024, 1, 15)
    for number in (0, 1, 7, 30, 60):
        assert PLAIN.between(start, PLAIN.after(start, number)) == number
        assert PLAIN.between(PLAIN.after(start, number), start) == -number


@pytest.mark.parametrize("overrides", [{}, {date(2024, 2, 15): False, date(2023, 12, 30): True}])
def test_counting_is_walking_day_by_day(overrides: dict[date, bool]) -> None:
    calendar = WorkingCalendar(overrides)
    start = date(2023, 12, 1)
    days = [start + timedelta(days=offset) for offset in range(1, 430)]
    worked = [day for day in days if calendar.works(day)]
    assert [calendar.after(start, number) for number in range(1, len(worked) + 1)] == worked
    assert [calendar.between(start, day) for day in days] == [sum(one <= day for one in worked) for day in days]


def test_an_override_holds_before_the_common_calendar() -> None:
    calendar = WorkingCalendar({date(2024, 2, 15): False, date(2024, 2, 17): True})
    assert calendar.after(date(2024, 2, 7), 1) == date(2024, 2, 16), "one day more of Tet"
    assert calendar.after(date(2024, 2, 16), 1) == date(2024, 2, 17), "made up for on a Saturday"


def test_the_nearest_committee_decides(world: World) -> None:
    act = world.act("clerk")
    upper, base, cell = world.units["DUK"], world.units["DUK.01"], world.units["DUK.01.01"]
    day, decision = date(2024, 2, 15), Decision("12-TB/DUK", date(2024, 1, 20))
    off = set_calendar_day(act=act, owner=upper, day=day, kind=DayKind.OFF, note="Nghỉ thêm Tết", decision=decision)
    assert working_days_after(date(2024, 2, 7), 1, cell) == date(2024, 2, 16)
    assert working_days_after(date(2024, 2, 7), 1, world.units["XA.01"]) == day, "another committee works"
    set_calendar_day(act=act, owner=base, day=day, kind=DayKind.WORKED)
    assert working_days_after(date(2024, 2, 7), 1, cell) == day, "the base decided otherwise"
    assert working_days_after(date(2024, 2, 7), 1, world.units["DUK.02"]) == date(2024, 2, 16)
    assert AuditRow.objects.filter(action="obligations.calendar_day").count() == 2
    told = [line for line in calendar_lines(cell, 2024, today=act.today) if line.day == day]
    assert [(line.works, line.owner_code) for line in told] == [(False, "DUK"), (True, "DUK.01")], "the last one holds"
    assert told[0].note == "Nghỉ thêm Tết; Văn bản số 12-TB/DUK ngày 20/01/2024"
    take_calendar_day_back(act=act, entry=off)
    assert working_days_after(date(2024, 2, 7), 1, world.units["DUK.02"]) == day


def test_a_year_lists_what_is_not_as_its_weekday(world: World) -> None:
    lines = calendar_lines(world.units["DUK"], 2024, today=world.act("clerk").today)
    days = {line.day: line for line in lines}
    assert not days[date(2024, 2, 10)].works
    assert "Tết" in days[date(2024, 2, 10)].note
    assert days[date(2024, 5, 4)].works, "a Saturday that was worked"
    assert [line.day for line in lines] == sorted(line.day for line in lines)


@pytest.mark.parametrize(
    ("day", "kind", "told"),
    [
        (date(2024, 2, 12), DayKind.OFF, "đã là ngày nghỉ"),
        (date(2024, 2, 15), DayKind.WORKED, "đã là ngày làm việc"),
        (date(2024, 2, 17), DayKind.OFF, "đã là ngày nghỉ"),
    ],
)
def test_what_the_day_is_already_is_not_set(day: date, kind: DayKind, told: str, world: World) -> None:
    with pytest.raises(InvalidInput, match=told):
        set_calendar_day(act=world.act("clerk"), owner=world.units["DUK"], day=day, kind=kind)


def test_two_people_at_one_day_are_told(world: World) -> None:
    act, owner, day = world.act("clerk"), world.units["DUK"], date(2024, 2, 15)
    entry = set_calendar_day(act=act, owner=owner, day=day, kind=DayKind.OFF)
    with pytest.raises(Conflict, match="Nguyễn Thị Lan đã ghi ngày 15/02/2024 là ngày nghỉ"):
        set_calendar_day(act=world.act("organizer"), owner=owner, day=day, kind=DayKind.OFF)
    take_calendar_day_back(act=act, entry=entry)
    with pytest.raises(Conflict, match="đã được bỏ"):
        take_calendar_day_back(act=world.act("organizer"), entry=entry)
    assert CalendarEntry.objects.live().count() == 0


def test_only_who_manages_the_unit(world: World) -> None:
    with pytest.raises(NotAllowed):
        set_calendar_day(
            act=world.act("secretary"), owner=world.units["DUK.01.01"], day=date(2024, 2, 15), kind=DayKind.OFF
        )
    entry = set_calendar_day(act=world.act("clerk"), owner=world.units["DUK"], day=date(2024, 2, 15), kind=DayKind.OFF)
    assert find_calendar_entry(world.users["clerk"], entry.uid, today=date(2023, 4, 5)) == entry
    with pytest.raises(NotFound):
        find_calendar_entry(world.users["outsider"], entry.uid, today=date(2023, 4, 5))


def test_many_units_cost_no_more_questions(world: World) -> None:
    set_calendar_day(act=world.act("clerk"), owner=world.units["DUK"], day=date(2024, 2, 15), kind=DayKind.OFF)
    with CaptureQueriesContext(connection) as few:
        calendar_of(world.units["DUK.02"])
    with CaptureQueriesContext(connection) as many:
        calendars_of(unit.pk for unit in world.units.values())
    assert len(few) == len(many) == 2
