"""Standing duties on a unit's own desk, and leave of them through the operations that all duties share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.obligations.standing_office import FakeSource, make_duty
from tests.world import TODAY

from giaoban.apps.obligations import evidence
from giaoban.apps.obligations.duties import Duty, DutyStatus
from giaoban.apps.obligations.evidence import register_evidence
from giaoban.apps.obligations.models import Rhythm
from giaoban.apps.obligations.operations import excuse_duty, extend_duty, take_leave_back
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.obligations.queries.duties import duties, find_duty, find_leave, leave_lines
from giaoban.core.errors import NotAllowed, NotFound
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

MARCH = Period.parse("2023-M03")


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> FakeSource:
    monkeypatch.setattr(evidence, "_sources", {})
    made = FakeSource()
    register_evidence(made)
    return made


def own(world: World, who: str = "secretary", unit: str = "DUK.01.01", **more: date) -> list[Duty]:
    return [duty for duty in duties(world.users[who], world.units[unit], today=TODAY, **more) if duty.rule.owner]


def subject(world: World, unit: str, key: str = "2023-M03") -> str:
    return f"{key}@{world.units[unit].uid}"


def test_what_a_unit_owes_itself(world: World, source: FakeSource) -> None:
    make_duty(world, "programme:01-NQ/DUK", valid_from=date(2023, 2, 1), title="Đăng ký lịch")
    source.tell(world.units["DUK.01.01"].pk, date(2023, 2, 3), date(2023, 2, 3))
    found = own(world)
    assert [(duty.case.name, duty.status, duty.due) for duty in found] == [
        ("tháng 3/2023", DutyStatus.MISSING, date(2023, 3, 31)),
        ("tháng 4/2023", DutyStatus.NOT_DUE, date(2023, 4, 30)),
    ]
    assert found[0].case.subject == subject(world, "DUK.01.01")
    assert own(world, since=date(2022, 1, 1))[0].case.name == "tháng 2/2023"
    assert not own(world, "clerk", "DUK"), "those under it are on the board"
    assert not own(world, "administrator", "DUK.01.01"), "no right on meetings"


def test_from_what_its_days_run(world: World, source: FakeSource) -> None:
    make_duty(world, "month", valid_from=date(2023, 4, 1))
    make_duty(world, "early", valid_from=date(2023, 4, 1), from_start=True, due_days=4, remind_days=7)
    make_duty(world, "once", rhythm=Rhythm.ONCE, due_on=date(2023, 4, 20), valid_from=date(2023, 3, 15))
    told = {duty.rule.code: (duty.rule.since, duty.case.opened) for duty in own(world)}
    assert told == {
        "month": ("đầu kỳ", date(2023, 4, 1)),
        "early": ("ngày bắt đầu nhắc", date(2023, 3, 29)),
        "once": ("ngày giao việc", date(2023, 3, 15)),
    }


def test_queries_of_a_desk_do_not_grow(world: World, source: FakeSource) -> None:
    make_duty(world, valid_from=date(2023, 4, 1))
    with CaptureQueriesContext(connection) as few:
        assert len(own(world)) == 1
    world.units["DUK"].standing_duties.update(valid_from=date(2022, 6, 1))
    with CaptureQueriesContext(connection) as many:
        assert len(own(world)) > 5
    assert len(many) == len(few)


def test_leave_is_given_by_the_committee_that_asks(world: World, source: FakeSource) -> None:
    make_duty(world, "programme:01-NQ/DUK")
    named = subject(world, "DUK.01.01")
    found = find_duty(world.users["clerk"], world.units["DUK"], "programme:01-NQ/DUK", named, today=TODAY)
    assert (found.status, found.case.unit) == (DutyStatus.MISSING, world.units["DUK.01.01"].pk)
    with pytest.raises((NotAllowed, NotFound)):
        excuse_duty(act=world.act("secretary"), duty=found, reason="bận")
    entry = extend_duty(act=world.act("clerk"), duty=found, until=date(2023, 4, 20), reason="chờ số liệu")
    found = find_duty(world.users["clerk"], world.units["DUK"], "programme:01-NQ/DUK", named, today=TODAY)
    assert (found.status, found.last_day) == (DutyStatus.LATE_WITH_LEAVE, date(2023, 4, 20))
    assert [line.reason for line in leave_lines(world.users["clerk"], found, today=TODAY)] == ["chờ số liệu"]
    shown = board(None, world.units["DUK.01"], MARCH, today=date(2023, 5, 1), as_of=TODAY).as_json()[0]
    assert (shown["units"][0]["status"], shown["units"][0]["reason"]) == ("late_with_leave", "chờ số liệu")
    assert find_leave(world.users["clerk"], entry.uid, today=TODAY) == entry
    with pytest.raises(NotFound):
        find_leave(world.users["outsider"], entry.uid, today=TODAY)
    with pytest.raises((NotAllowed, NotFound)):
        take_leave_back(act=world.act("secretary"), entry=entry)
    take_leave_back(act=world.act("clerk"), entry=entry)
    assert own(world)[2].status is DutyStatus.MISSING


@pytest.mark.parametrize("named", ["2023-M03@x", "x@{uid}", "2023-M03", "2019-M03@{uid}"])
def test_no_such_duty(world: World, source: FakeSource, named: str) -> None:
    make_duty(world)
    with pytest.raises(NotFound):
        find_duty(
            world.users["clerk"],
            world.units["DUK"],
            "schedule",
            named.format(uid=world.units["DUK.01.01"].uid),
            today=TODAY,
        )
