"""Attendance by a code: signed, short-lived, for those who are invited; the secretary has the last word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.apps.meetings.examples import at, held, planned
from tests.apps.meetings.test_guests import lent
from tests.web.members.self_examples import own_user
from tests.world import World

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import AttendanceEntry, Meeting, MeetingKind, Presence
from giaoban.apps.meetings.operations import Tap, cancel_meetings, look_at_code, record_attendance, say_present
from giaoban.apps.meetings.queries.presence_code import CODE_MINUTES, code_for, meeting_of
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

DAY = "2023-04-05"
NOW = at(f"{DAY} 14:10")


@pytest.fixture
def meeting(world: World) -> Meeting:
    return planned(world, f"{DAY} 14:00")


def member_act(world: World, name: str = "em", now: datetime = NOW) -> Act:
    return Act(own_user(world, name), now)


def test_said_once_kept_once(world: World, meeting: Meeting) -> None:
    act, code = member_act(world), code_for(meeting, NOW)
    assert look_at_code(act=act, code=code).entry is None
    entry = say_present(act=act, code=code)
    assert (entry.member, entry.state, entry.by_code, entry.counts) == (
        world.members["em"],
        Presence.PRESENT,
        True,
        True,
    )
    assert entry.actor == act.user
    later = NOW + timedelta(minutes=1)
    again = say_present(act=replace(act, now=later), code=code_for(meeting, later))
    assert again == entry
    assert AttendanceEntry.objects.count() == 1


def test_the_secretary_has_the_last_word(world: World, meeting: Meeting) -> None:
    act, code, clerk = member_act(world), code_for(meeting, NOW), replace(world.act("clerk"), now=NOW)
    say_present(act=act, code=code)
    record_attendance(act=clerk, taps=[Tap(meeting, world.members["em"], Presence.ABSENT)])
    with pytest.raises(Conflict, match="Thư ký đã ghi đồng chí vắng không lý do"):
        say_present(act=act, code=code)
    live = AttendanceEntry.objects.live().get()
    assert (live.state, live.by_code) == (Presence.ABSENT, False)


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(CODE_MINUTES + 1, "Mã đã quá 10 phút"), (-2, "Mã đã quá"), (24 * 60, "Mã đã quá")],
)
def test_a_code_grows_old(world: World, meeting: Meeting, minutes: int, told: str) -> None:
    code = code_for(meeting, NOW)
    with pytest.raises(InvalidInput, match=told):
        say_present(act=member_act(world, now=NOW + timedelta(minutes=minutes)), code=code)
    assert meeting_of(code, NOW + timedelta(minutes=CODE_MINUTES)) == meeting


def test_a_code_of_another_hand_is_none(world: World, meeting: Meeting) -> None:
    code = code_for(meeting, NOW)
    other = held(world)
    for wrong in (code[:-1], other.uid.hex + code[32:], "", "x" * 500, code.replace(":", "")):
        with pytest.raises(NotFound, match="Mã điểm danh không đúng"):
            meeting_of(wrong, NOW)


def test_only_around_the_meeting(world: World, meeting: Meeting) -> None:
    for moment, told in ((f"{DAY} 13:00", "Chưa đến giờ"), (f"{DAY} 16:30", "Đã hết giờ")):
        with pytest.raises(InvalidInput, match=told):
            code_for(meeting, at(moment))
    assert code_for(meeting, at(f"{DAY} 13:30"))
    cancel_meetings(act=world.act("clerk"), meetings=[meeting], reason="Dời sang tuần sau")
    meeting.refresh_from_db()
    with pytest.raises(InvalidInput, match="đã hủy"):
        code_for(meeting, NOW)


def test_only_those_who_are_invited(world: World, meeting: Meeting) -> None:
    code = code_for(meeting, NOW)
    with pytest.raises(InvalidInput, match=r"không thuộc DUK\.01\.01"):
        say_present(act=member_act(world, "son"), code=code)
    with pytest.raises(NotAllowed, match="chưa gắn với đảng viên nào"):
        say_present(act=replace(world.act("clerk"), now=NOW), code=code)
    committee = planned(world, f"{DAY} 13:50", unit="DUK.02", kind=MeetingKind.CELL_COMMITTEE)
    with pytest.raises(InvalidInput, match=r"không thuộc DUK\.02"):
        say_present(act=member_act(world, "son"), code=code_for(committee, NOW))
    assert not AttendanceEntry.objects.exists()


def test_a_guest_says_so_too(world: World, meeting: Meeting) -> None:
    lent(world)
    entry = say_present(act=member_act(world, "phong"), code=code_for(meeting, NOW))
    assert (entry.by_code, entry.counts) == (True, False)
