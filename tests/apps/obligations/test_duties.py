"""Duties: how each case stands on a day, leaves with a reason and a person, and who sees what."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.obligations import providers
from giaoban.apps.obligations.duties import (
    Case,
    DutyAsk,
    DutyRule,
    DutyStatus,
    Leave,
    Progress,
    count_by_status,
    leaves_by_case,
    status_of,
)
from giaoban.apps.obligations.models import LeaveEntry, LeaveEvent
from giaoban.apps.obligations.operations import (
    LeaveDraft,
    excuse_duty,
    extend_duty,
    give_leaves,
    take_leave_back,
)
from giaoban.apps.obligations.providers import register_duties
from giaoban.apps.obligations.queries.duties import duties, find_duty, find_leave, is_late, leave_lines
from giaoban.apps.organizations.operations import set_rule
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World

DUE, LATER = date(2023, 4, 10), date(2023, 4, 20)
CASE = Case("visit", "thing:1", "Việc một", 1, date(2023, 3, 1))


@pytest.mark.parametrize(
    ("today", "done", "progress", "extended", "locks_on", "excused", "expected"),
    [
        (DUE, None, Progress.NOTHING, None, None, False, DutyStatus.NOT_DUE),
        (date(2023, 4, 11), None, Progress.NOTHING, None, None, False, DutyStatus.MISSING),
        (date(2023, 4, 11), None, Progress.PARTIAL, None, None, False, DutyStatus.PARTIAL),
        (date(2023, 4, 11), None, Progress.RETURNED, None, None, False, DutyStatus.INSUFFICIENT),
        (DUE, None, Progress.RETURNED, None, None, False, DutyStatus.NOT_DUE),
        (date(2023, 4, 11), None, Progress.NOTHING, LATER, None, False, DutyStatus.LATE_WITH_LEAVE),
        (date(2023, 4, 21), None, Progress.NOTHING, LATER, None, False, DutyStatus.MISSING),
        (date(2023, 4, 11), None, Progress.NOTHING, None, None, True, DutyStatus.EXCUSED),
        (LATER, DUE, Progress.DONE, None, None, False, DutyStatus.ON_TIME),
        (LATER, DUE, Progress.DONE, None, None, True, DutyStatus.ON_TIME),
        (LATER, date(2023, 4, 11), Progress.DONE, None, None, False, DutyStatus.LATE),
        (LATER, date(2023, 4, 11), Progress.DONE, LATER, None, False, DutyStatus.LATE_WITH_LEAVE),
        (LATER, date(2023, 4, 11), Progress.DONE, None, date(2023, 4, 12), False, DutyStatus.LATE),
        (LATER, date(2023, 4, 13), Progress.DONE, None, date(2023, 4, 12), False, DutyStatus.MISSING),
    ],
)
def test_how_a_case_stands(
    today: date,
    done: date | None,
    progress: Progress,
    extended: date | None,
    locks_on: date | None,
    excused: bool,
    expected: DutyStatus,
) -> None:
    case = replace(CASE, progress=progress, done=done)
    found = status_of(case, due=DUE, extended=extended, locks_on=locks_on, excused=excused, today=today)
    assert found == expected


def test_a_leave_belongs_to_the_case_that_had_opened() -> None:
    first, second = CASE, replace(CASE, opened=date(2023, 6, 1))
    early = Leave(uuid.uuid4(), date(2023, 4, 1), None, "lý do")
    late = Leave(uuid.uuid4(), date(2023, 7, 1), None, "lý do")
    before = Leave(uuid.uuid4(), date(2023, 2, 1), None, "lý do")
    found = leaves_by_case([second, first], {("visit", "thing:1"): [before, early, late]})
    assert found == {1: [early], 0: [late]}


VISIT = DutyRule("visit", "Dự sinh hoạt", "ngày phân công", "lần dự đã ghi", days="transfer_hand_in_days")
REPORT = DutyRule(
    "report",
    "Gửi báo cáo",
    "ngày giao",
    "báo cáo đã gửi",
    days="transfer_hand_in_days",
    locks="transfer_do_days",
    right="figures_view",
)


class _Visits:
    """A provider with two cases of a cell and one of another committee."""

    rules = (VISIT, REPORT)

    def __init__(self, world: World) -> None:
        opened = date(2023, 1, 3)
        self.all = [
            Case("visit", "thing:1", "Việc một", world.units["DUK.01.01"].pk, opened),
            Case("visit", "thing:2", "Việc hai", world.units["DUK.01.01"].pk, date(2023, 3, 20)),
            Case("visit", "thing:3", "Việc ba", world.units["XA.01"].pk, opened),
            Case("report", "thing:4", "Việc bốn", world.units["DUK.01.01"].pk, opened, Progress.DONE, opened),
            Case("visit", "thing:5", "Việc năm", world.units["DUK.01.01"].pk, date(2023, 6, 1)),
        ]

    def cases(self, ask: DutyAsk) -> Iterable[Case]:
        units = set(ask.units.values_list("descendant", flat=True))
        return [
            case
            for case in self.all
            if case.unit in units and (case.done is None or (ask.since is not None and case.opened >= ask.since))
        ]


@pytest.fixture
def visits(world: World, monkeypatch: pytest.MonkeyPatch) -> _Visits:
    provider = _Visits(world)
    monkeypatch.setattr(providers, "_providers", [])
    register_duties(provider)
    return provider


def test_duties_by_the_rules_of_the_day_and_working_days(world: World, visits: _Visits) -> None:
    today = world.act("clerk").today
    found = duties(world.users["clerk"], world.units["DUK"], today=today)
    assert [(duty.case.subject, duty.due, duty.status) for duty in found] == [
        ("thing:1", date(2023, 2, 21), DutyStatus.MISSING),
        ("thing:2", date(2023, 5, 4), DutyStatus.NOT_DUE),
    ]
    assert [is_late(duty) for duty in found] == [True, False]
    assert found[0].left == -31
    set_rule(act=world.act("clerk"), owner=world.units["DUK.01"], key=VISIT.days, value="10", start=date(2023, 2, 1))
    found = duties(world.users["clerk"], world.units["DUK"], today=today)
    assert [duty.due for duty in found] == [date(2023, 2, 21), date(2023, 4, 3)], "the rule of the day it opened"


def test_what_is_done_is_told_when_asked_for(world: World, visits: _Visits) -> None:
    today = world.act("clerk").today
    found = duties(world.users["clerk"], world.units["DUK"], today=today, since=date(2023, 1, 1))
    done = next(duty for duty in found if duty.case.done)
    assert (done.status, done.locks_on) == (DutyStatus.ON_TIME, date(2023, 5, 19))
    counts = count_by_status(found)
    assert counts["visit"] == {DutyStatus.MISSING: 1, DutyStatus.NOT_DUE: 1}
    assert counts["report"] == {DutyStatus.ON_TIME: 1}
    everything = duties(world.users["clerk"], world.units["DUK"], today=today, ahead=90)
    assert "thing:5" in [duty.case.subject for duty in everything], "what opens later, where that is asked"


def test_everybody_sees_what_their_rights_say(world: World, visits: _Visits) -> None:
    today = world.act("clerk").today

    def seen(who: str, unit: str) -> set[str]:
        found = duties(world.users[who], world.units[unit], today=today, since=date(2023, 1, 1))
        return {duty.case.subject for duty in found}

    assert seen("secretary", "DUK.01.01") == {"thing:1", "thing:2", "thing:4"}
    assert seen("clerk", "DUK.02") == set()
    assert seen("outsider", "XA") == {"thing:3"}
    assert seen("outsider", "DUK") == set(), "another committee"
    assert seen("administrator", "DUK") == set(), "neither right"


def test_more_time_and_none_of_it(world: World, visits: _Visits) -> None:
    act = world.act("clerk")
    duty = find_duty(act.user, world.units["DUK"], "visit", "thing:1", today=act.today)
    first = extend_duty(act=act, duty=duty, until=date(2023, 4, 28), reason="  Chờ   thẩm tra ")
    again = find_duty(act.user, world.units["DUK"], "visit", "thing:1", today=act.today)
    assert (again.status, again.last_day, again.left) == (DutyStatus.LATE_WITH_LEAVE, date(2023, 4, 28), 17)
    [line] = leave_lines(act.user, again, today=act.today)
    assert (line.reason, line.by, line.until) == ("Chờ thẩm tra", "Nguyễn Thị Lan", date(2023, 4, 28))
    assert find_leave(act.user, first.uid, today=act.today) == first
    with pytest.raises(NotFound):
        find_leave(world.users["outsider"], first.uid, today=act.today)
    take_leave_back(act=act, entry=first)
    with pytest.raises(Conflict):
        take_leave_back(act=world.act("organizer"), entry=first)
    excuse_duty(act=act, duty=duty, reason="Đơn vị sắp giải thể")
    assert [one.case.subject for one in duties(act.user, world.units["DUK"], today=act.today)] == ["thing:2"]
    assert find_duty(act.user, world.units["DUK"], "visit", "thing:1", today=act.today).status == DutyStatus.EXCUSED
    assert AuditRow.objects.filter(action="obligations.extended").count() == 2, "given and taken back"


@pytest.mark.parametrize(
    ("kind", "until", "reason", "told"),
    [
        (LeaveEvent.EXTENDED, date(2023, 4, 28), "  ", "Chưa có lý do"),
        (LeaveEvent.EXTENDED, None, "Lý do", "Chưa có ngày gia hạn"),
        (LeaveEvent.EXTENDED, date(2023, 2, 21), "Lý do", "không muộn hơn hạn"),
    ],
)
def test_a_leave_needs_a_reason_and_a_later_day(
    kind: LeaveEvent, until: date | None, reason: str, told: str, world: World, visits: _Visits
) -> None:
    act = world.act("clerk")
    duty = find_duty(act.user, world.units["DUK"], "visit", "thing:1", today=act.today)
    with pytest.raises(InvalidInput, match=told):
        give_leaves(act=act, drafts=[LeaveDraft(duty, kind, reason, until)])
    assert not LeaveEntry.objects.exists()


def test_what_is_done_or_has_not_begun_needs_no_leave(world: World, visits: _Visits) -> None:
    act = world.act("clerk")
    done = find_duty(act.user, world.units["DUK"], "report", "thing:4", today=act.today)
    with pytest.raises(InvalidInput, match="đã làm ngày 03/01/2023"):
        excuse_duty(act=act, duty=done, reason="Lý do")
    visits.all[1] = replace(visits.all[1], opened=date(2023, 4, 20))
    coming = find_duty(act.user, world.units["DUK"], "visit", "thing:2", today=act.today)
    with pytest.raises(InvalidInput, match="bắt đầu tính từ 20/04/2023"):
        excuse_duty(act=act, duty=coming, reason="Lý do")


def test_a_cell_gives_no_leave_to_itself(world: World, visits: _Visits) -> None:
    act = world.act("secretary")
    duty = find_duty(act.user, world.units["DUK.01.01"], "visit", "thing:1", today=act.today)
    with pytest.raises(NotAllowed):
        excuse_duty(act=act, duty=duty, reason="Lý do")


def test_a_duty_outside_the_scope_is_not_there(world: World, visits: _Visits) -> None:
    with pytest.raises(NotFound):
        find_duty(world.users["clerk"], world.units["DUK"], "visit", "thing:3", today=world.act("clerk").today)


def test_a_rule_has_one_provider(world: World, visits: _Visits) -> None:
    register_duties(visits)
    assert len(providers.providers()) == 1, "the same provider twice is one"
    with pytest.raises(ValueError, match="report, visit"):
        register_duties(_Visits(world))
