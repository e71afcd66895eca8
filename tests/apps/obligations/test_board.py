"""The board: who owes, how it stands, what counts where; queries do not grow."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.obligations.standing_office import FakeSource, make_duty
from tests.world import TODAY

from giaoban.apps.obligations import evidence
from giaoban.apps.obligations.duties import DutyStatus, Progress
from giaoban.apps.obligations.evidence import register_evidence
from giaoban.apps.obligations.models import LeaveEntry, LeaveEvent, Rhythm
from giaoban.apps.obligations.queries.board import Board, board
from giaoban.apps.organizations.models import GroupKind, Unit, UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, define_group, place_in_group, record_tree_events
from giaoban.core.errors import NotFound
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

QUARTER = Period.parse("2023-Q1")
MARCH = Period.parse("2023-M03")


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> FakeSource:
    monkeypatch.setattr(evidence, "_sources", {})
    made = FakeSource()
    register_evidence(made)
    return made


def look(world: World, unit: str = "DUK", period: Period = MARCH, **more: Any) -> Board:
    return board(None, Unit.objects.get(code=unit), period, **{"today": date(2024, 1, 1), **more})


def told(found: Board, code: str = "schedule") -> dict[str, tuple[str, int, int]]:
    [column] = [one for one in found.as_json() if one["obligation"] == code]
    return {unit["code"]: (unit["status"], unit["done"], unit["expected"]) for unit in column["units"]}


def tree_event(world: World, kind: UnitEvent, day: date, code: str, **more: Any) -> None:
    record_tree_events(act=world.act("clerk", at_console=True), drafts=[TreeDraft(kind, day, code, **more)])


def test_rows_count_the_units_under_them(world: World, source: FakeSource) -> None:
    make_duty(world)
    units = world.units
    source.tell(units["DUK.01.01"].pk, date(2023, 3, 5), date(2023, 3, 4))
    source.tell(units["DUK.01.02"].pk, date(2023, 3, 9), date(2023, 4, 1))
    source.tell(units["DUK.02"].pk, date(2023, 3, 9), date(2023, 3, 31))
    assert told(look(world)) == {"DUK.01": ("missing", 1, 2), "DUK.02": ("on_time", 1, 1)}
    assert told(look(world, as_of=date(2023, 4, 1))) == {"DUK.01": ("late", 2, 2), "DUK.02": ("on_time", 1, 1)}
    assert told(look(world, as_of=date(2023, 3, 10)))["DUK.01"] == ("not_due", 1, 2)
    assert told(look(world, "DUK.01")) == {"DUK.01.01": ("on_time", 1, 1), "DUK.01.02": ("missing", 0, 1)}
    assert told(look(world, "DUK.01.02")) == {"DUK.01.02": ("missing", 0, 1)}, "a unit without children shows itself"


def test_a_unit_is_done_when_every_instance_is(world: World, source: FakeSource) -> None:
    make_duty(world)
    cell = world.units["DUK.02"].pk
    for month in (1, 2):
        source.tell(cell, date(2023, month, 7), date(2023, month, 7))
    found = look(world, period=QUARTER)
    assert told(found)["DUK.02"] == ("missing", 0, 1)
    assert told(found)["DUK.01"] == ("missing", 0, 2)
    source.tell(cell, date(2023, 3, 7), date(2023, 3, 7))
    found = look(world, period=QUARTER)
    assert told(found)["DUK.02"] == ("on_time", 1, 1)
    [column] = found.columns
    assert (column.due_from, column.due_to) == (date(2023, 1, 31), date(2023, 3, 31))
    cell_of_row = column.cells[world.units["DUK.01"].pk]
    assert (cell_of_row.turns, cell_of_row.turns_done) == (6, 0)


def test_json_says_what_shows_it(world: World, source: FakeSource) -> None:
    make_duty(world, title="Đăng ký lịch")
    source.tell(world.units["DUK.02"].pk, date(2023, 3, 9), date(2023, 3, 2), text="lịch tháng 3", ref="r1")
    [column] = look(world).as_json()
    assert {key: column[key] for key in ("obligation", "title", "due_from", "due_to")} == {
        "obligation": "schedule",
        "title": "Đăng ký lịch",
        "due_from": "2023-03-31",
        "due_to": "2023-03-31",
    }
    assert column["units"][1] == {
        "code": "DUK.02",
        "name": "Chi bộ Quỹ Thử nghiệm",
        "status": "on_time",
        "done": 1,
        "expected": 1,
        "reason": "",
        "evidence": [
            {"unit": "DUK.02", "period": "2023-M03", "date": "2023-03-02", "text": "lịch tháng 3", "ref": "r1"}
        ],
    }


@pytest.mark.parametrize(
    ("progress", "more", "expected"),
    [
        (Progress.PARTIAL, {}, ("partial", 0, 1)),
        (Progress.RETURNED, {}, ("insufficient", 0, 1)),
        (Progress.NOTHING, {"excused": True, "text": "trực chiến"}, ("excused", 1, 1)),
    ],
)
def test_what_is_not_done_in_full(
    world: World, source: FakeSource, progress: Progress, more: dict[str, Any], expected: tuple[str, int, int]
) -> None:
    make_duty(world)
    source.tell(world.units["DUK.02"].pk, date(2023, 3, 9), date(2023, 3, 9), progress, **more)
    found = look(world)
    assert told(found)["DUK.02"] == expected
    assert found.as_json()[0]["units"][1]["reason"] == more.get("text", "")
    source.tell(world.units["DUK.02"].pk, date(2023, 3, 9), date(2023, 3, 20))
    assert told(look(world))["DUK.02"] == ("on_time", 1, 1), "the best counts"


def leave(world: World, kind: LeaveEvent, day: date, until: date | None = None, unit: str = "DUK.02") -> None:
    found = world.units[unit]
    act = world.act("clerk")
    LeaveEntry.objects.create(
        unit=found,
        rule="schedule",
        subject=f"2023-M03@{found.uid}",
        kind=kind,
        until=until,
        reason="chuyển trụ sở",
        effective_date=day,
        recorded_at=act.now,
        actor=act.user,
    )


def test_leaves_count_from_the_day_they_were_given(world: World, source: FakeSource) -> None:
    make_duty(world)
    leave(world, LeaveEvent.EXTENDED, date(2023, 4, 3), date(2023, 4, 10))
    assert told(look(world))["DUK.02"] == ("missing", 0, 1)
    found = look(world, as_of=date(2023, 4, 4))
    assert told(found)["DUK.02"] == ("late_with_leave", 0, 1), "more time is no doing"
    assert found.as_json()[0]["units"][1]["reason"] == "chuyển trụ sở"
    source.tell(world.units["DUK.02"].pk, date(2023, 3, 9), date(2023, 4, 9))
    assert told(look(world, as_of=date(2023, 4, 12)))["DUK.02"] == ("late_with_leave", 1, 1)
    leave(world, LeaveEvent.EXCUSED, date(2023, 4, 3), unit="DUK.01.01")
    assert told(look(world, as_of=date(2023, 4, 4)))["DUK.01"] == ("missing", 1, 2)


def test_nothing_is_taken_after_the_lock(world: World, source: FakeSource) -> None:
    make_duty(world, lock_days=5)
    source.tell(world.units["DUK.02"].pk, date(2023, 3, 9), date(2023, 4, 6))
    assert told(look(world, as_of=date(2023, 5, 1)))["DUK.02"] == ("missing", 0, 1)


def test_who_was_opened_or_closed_in_the_period_owes_nothing_for_it(world: World, source: FakeSource) -> None:
    make_duty(world)
    tree_event(
        world, UnitEvent.ESTABLISHED, date(2023, 2, 10), "DUK.03", parent="DUK", name="Chi bộ Mới",
        unit_kind="grassroots_cell",
    )  # fmt: skip
    tree_event(world, UnitEvent.DISSOLVED, date(2023, 3, 20), "DUK.03")
    [column] = look(world, period=QUARTER).columns
    made = world.units["DUK"].__class__.objects.get(code="DUK.03")
    owed = [one.instance.key for one in column.instances if any(made.pk in units for units in one.rows.values())]
    assert owed == [], "February began before it, March was not over when it ended"
    assert told(look(world, period=QUARTER))["DUK.03"] == ("not_due", 0, 0)
    tree_event(
        world, UnitEvent.ESTABLISHED, date(2023, 2, 1), "DUK.04", parent="DUK", name="Chi bộ Khác",
        unit_kind="grassroots_cell",
    )  # fmt: skip
    assert told(look(world, period=QUARTER))["DUK.04"] == ("missing", 0, 1), "on the first day it stood already"


def test_who_moved_counts_where_it_stands_on_the_due_day(world: World, source: FakeSource) -> None:
    make_duty(world)
    tree_event(
        world, UnitEvent.ESTABLISHED, date(2022, 6, 1), "DUK.05", parent="DUK", name="Đảng bộ Năm",
        unit_kind="grassroots_committee",
    )  # fmt: skip
    tree_event(world, UnitEvent.MOVED, date(2023, 3, 15), "DUK.01.02", parent="DUK.05")
    assert told(look(world)) == {"DUK.01": ("missing", 0, 1), "DUK.02": ("missing", 0, 1), "DUK.05": ("missing", 0, 1)}
    february = told(look(world, period=Period.parse("2023-M02")))
    assert (february["DUK.01"][2], february["DUK.05"][2]) == (2, 0)
    both = told(look(world, period=QUARTER))
    assert (both["DUK.01"][2], both["DUK.05"][2]) == (2, 1), "in each row for the instances that it owed there"


def test_who_was_merged_leaves_it_to_who_stood_all_the_time(world: World, source: FakeSource) -> None:
    make_duty(world)
    tree_event(
        world, UnitEvent.ESTABLISHED, date(2022, 6, 1), "DUK.01.03", parent="DUK.01", name="Chi bộ Ba", unit_kind="cell"
    )
    assert told(look(world))["DUK.01"] == ("missing", 0, 3)
    tree_event(world, UnitEvent.MERGED, date(2023, 3, 15), "DUK.01.03", other="DUK.01.01")
    assert told(look(world))["DUK.01"] == ("missing", 0, 2)


def test_kind_groups_and_list(world: World, source: FakeSource) -> None:
    act = world.act("clerk", at_console=True)
    other = define_group(act=act, owner=world.units["DUK"], kind=GroupKind.SECTOR, code="fund", name="Khối quỹ")
    make_duty(world, "grouped", groups=[other])
    make_duty(world, "listed", listed=[world.units["DUK.01.01"]])
    make_duty(world, "committees", kinds=["grassroots_committee"])
    place_in_group(act=act, group=other, units=[world.units["DUK.01"]], start=date(2023, 3, 1))
    assert told(look(world), "grouped")["DUK.01"][2] == 2, "cells are in the group of the committee above them"
    assert told(look(world), "grouped")["DUK.02"][2] == 0
    assert [column.code for column in look(world, period=Period.parse("2023-M02")).columns] == ["committees", "listed"]
    assert told(look(world), "listed")["DUK.01"][2] == 1
    assert told(look(world), "committees") == {"DUK.01": ("missing", 0, 1), "DUK.02": ("not_due", 0, 0)}
    own = look(world, "DUK.01")
    assert own.owes_itself
    assert told(own, "committees") == {"DUK.01.01": ("not_due", 0, 0), "DUK.01.02": ("not_due", 0, 0)}


def test_the_nearest_committee_decides(world: World, source: FakeSource) -> None:
    make_duty(world)
    make_duty(world, owner="DUK.01", rhythm=Rhythm.QUARTER, title="Của cơ sở")
    make_duty(world, "own", owner="DUK.01")
    february = look(world, period=Period.parse("2023-M02"))
    assert told(february)["DUK.01"] == ("not_due", 0, 0), "there it is owed by the quarter"
    march = look(world)
    assert told(march)["DUK.01"][2] == 2
    assert [column.title for column in march.columns] == ["Đăng ký lịch sinh hoạt"], "the duties that DUK set"
    assert {column.code for column in look(world, "DUK.01").columns} == {"schedule", "own"}


def test_in_force_when_the_period_begins(world: World, source: FakeSource) -> None:
    make_duty(world, valid_from=date(2023, 1, 2), valid_to=date(2023, 3, 2))
    [column] = look(world, period=QUARTER).columns
    assert [one.instance.key for one in column.instances] == ["2023-M02", "2023-M03"]


def test_once_and_days_around_the_period(world: World, source: FakeSource) -> None:
    make_duty(world, "once", rhythm=Rhythm.ONCE, due_on=date(2023, 3, 10))
    make_duty(world, "early", from_start=True, due_days=-5)
    make_duty(world, "after", rhythm=Rhythm.QUARTER, due_days=5, valid_from=date(2022, 1, 1))
    make_duty(world, "gone", rhythm=Rhythm.ONCE, due_on=date(2023, 3, 10), valid_to=date(2023, 3, 10))
    source.tell(world.units["DUK.02"].pk, date(2023, 3, 10), date(2023, 2, 1))
    found = {column.code: column for column in look(world).columns}
    assert found.keys() == {"once", "early"}, "what was withdrawn before it was due is not owed"
    assert found["early"].due_from == date(2023, 3, 27)
    assert found["early"].instances[0].instance.key == "2023-M04"
    april = {column.code: column for column in look(world, period=Period.parse("2023-M04")).columns}
    assert april["after"].due_from == date(2023, 4, 5)
    assert april["after"].instances[0].instance.key == "2023-Q1"
    assert told(look(world), "once")["DUK.02"] == ("on_time", 1, 1)


def test_open_too(world: World, source: FakeSource) -> None:
    make_duty(world)
    for unit in ("DUK.01.01", "DUK.02"):
        source.tell(world.units[unit].pk, date(2023, 2, 9), date(2023, 2, 9))
    [column] = look(world, as_of=date(2023, 4, 2), open_too=True).columns
    keys = [one.instance.key for one in column.instances]
    assert keys == ["2023-M01", "2023-M02", "2023-M03", "2023-M04"]
    by_key = {one.instance.key: frozenset().union(*one.rows.values()) for one in column.instances}
    assert by_key["2023-M02"] == {world.units["DUK.01.02"].pk}
    assert column.instances[-1].state(world.units["DUK.02"].pk).status is DutyStatus.NOT_DUE


def test_rows_by_cluster_then_without(world: World, source: FakeSource) -> None:
    make_duty(world)
    tree_event(
        world, UnitEvent.ESTABLISHED, date(2022, 6, 1), "DUK.00", parent="DUK", name="Chi bộ Không",
        unit_kind="grassroots_cell",
    )  # fmt: skip
    rows = look(world).rows
    assert [(row.card.code, row.cluster_name) for row in rows] == [
        ("DUK.01", "Cụm số 1"),
        ("DUK.02", "Cụm số 1"),
        ("DUK.00", ""),
    ]


def test_who_sees_it(world: World, source: FakeSource) -> None:
    make_duty(world)
    unit = world.units["DUK"]
    assert board(world.users["deputy"], unit, MARCH, today=TODAY).columns
    for who in ("outsider", "stranger", "secretary", "administrator"):
        with pytest.raises(NotFound):
            board(world.users[who], unit, MARCH, today=TODAY)
    assert board(world.users["secretary"], world.units["DUK.01.01"], MARCH, today=TODAY).columns


def test_what_was_due_elsewhere_stays_there(world: World, source: FakeSource) -> None:
    make_duty(world)
    make_duty(world, owner="XA")
    tree_event(world, UnitEvent.MOVED, date(2023, 3, 15), "DUK.02", parent="XA")
    fund, who = world.units["DUK.02"], world.users["outsider"]
    assert not board(who, fund, Period.parse("2023-M02"), today=TODAY).columns
    assert board(who, fund, MARCH, today=TODAY).columns


def count_queries(world: World, period: Period) -> int:
    with CaptureQueriesContext(connection) as found:
        look(world, period=period, as_of=date(2023, 12, 31)).as_json()
    return len(found)


def test_queries_do_not_grow(world: World, source: FakeSource) -> None:
    make_duty(world)
    source.tell(world.units["DUK.02"].pk, date(2023, 3, 9), date(2023, 3, 9))
    few = count_queries(world, MARCH)
    for number in range(12):
        tree_event(
            world, UnitEvent.ESTABLISHED, date(2022, 6, 1), f"DUK.1{number}", parent="DUK",
            name=f"Chi bộ {number}", unit_kind="grassroots_cell",
        )  # fmt: skip
    leave(world, LeaveEvent.EXCUSED, date(2023, 4, 3))
    assert count_queries(world, Period.parse("2023-H1")) == few


def test_a_source_is_asked_once_for_all_periods(world: World, source: FakeSource) -> None:
    duty = make_duty(world, subject="x")
    look(world, period=QUARTER)
    [ask] = source.asks
    assert (ask.start, ask.end, ask.subject) == (date(2023, 1, 1), date(2023, 4, 1), "x")
    assert (ask.owner, ask.code, ask.as_of) == (duty.owner_id, "schedule", date(2023, 3, 31))
    assert ask.everybody
    board(None, world.units["DUK.01"], MARCH, today=TODAY)
    assert not source.asks[-1].everybody, "others owe it too"


def test_a_duty_whose_source_is_gone_is_missing(world: World, source: FakeSource) -> None:
    make_duty(world, evidence=uuid.uuid4().hex)
    assert told(look(world))["DUK.02"] == ("missing", 0, 1)
