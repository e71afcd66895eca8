"""Who takes part elsewhere for a time, and guests: on the roll of both, counted as the rule says, never twice."""

from __future__ import annotations

from datetime import date

import pytest
from tests.apps.meetings.examples import CELL, PEOPLE, held, taps
from tests.world import World

from giaoban.apps.meetings.models import AttendanceEntry, MeetingKind, Presence
from giaoban.apps.meetings.operations import HeldDraft, Tap, hold_meeting, record_attendance
from giaoban.apps.meetings.queries.drafting import draft_minutes
from giaoban.apps.meetings.queries.material import gather
from giaoban.apps.meetings.queries.roll import roll_of
from giaoban.apps.members.models import Member
from giaoban.apps.members.operations import end_temporary_stay, exempt_member, receive_member, send_member
from giaoban.apps.organizations.operations import set_rule
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.figures import FigureRequest

MARCH = Period.parse("2023-M03")


def lent(world: World, name: str = "phong", day: date = date(2023, 3, 1)) -> Member:
    """Send a member of DUK.01.02 to DUK.01.01 for a time."""
    act, member = world.act("clerk"), world.members[name]
    sent = send_member(act=act, member=member, day=day, to_unit=world.units[CELL], temporary=True)
    receive_member(act=act, sent=sent, day=day)
    return member


def value(key: str, unit: str) -> int | None:
    """Return a figure of March."""
    (figure,) = compute_figures([FigureRequest(key, unit, MARCH)])
    return figure.value  # type: ignore[return-value]


def test_a_guest_is_listed_and_not_counted(world: World) -> None:
    guest, meeting = lent(world), held(world)
    roll = roll_of(meeting)
    assert [line.member for line in roll.guests] == [guest.pk]
    assert (len(roll.members), roll.called) == (4, 4)
    taps(world, meeting)
    record_attendance(act=world.act("clerk"), taps=[Tap(meeting, guest, Presence.PRESENT)])
    roll = roll_of(meeting)
    assert (roll.count(Presence.PRESENT), roll.percent, roll.complete) == (4, 100.0, True)
    assert not AttendanceEntry.objects.get(member=guest).counts
    assert (value("meetings.present", "DUK"), value("meetings.called", "DUK")) == (4, 4)
    words = draft_minutes(gather(meeting).material)
    assert "Tổng số 04 đồng chí" in words
    assert "đảng viên nơi khác sinh hoạt tạm thời dự 01/01" in words
    assert "Được triệu tập: 04 đồng chí" in words


def test_the_rule_counts_guests(world: World) -> None:
    clerk = world.act("clerk")
    set_rule(act=clerk, owner=world.units["DUK.01"], key="meeting_guests", value="counted", start=date(2023, 3, 1))
    guest, meeting = lent(world), held(world)
    record_attendance(act=clerk, taps=[Tap(meeting, guest, Presence.ABSENT)])
    taps(world, meeting)
    roll = roll_of(meeting)
    assert (roll.called, roll.count(Presence.PRESENT), roll.percent) == (5, 4, 80.0)
    assert (value("meetings.present", "DUK"), value("meetings.called", "DUK")) == (4, 5)


def test_at_home_they_count_only_where_they_came(world: World) -> None:
    """Absentees who take part elsewhere for a time are not among those who were called."""
    clerk, away = world.act("clerk"), lent(world)
    home = held(world, unit="DUK.01.02")
    line = next(one for one in roll_of(home).lines if one.member == away.pk)
    assert (line.elsewhere, line.guest, line.called) == (True, False, False)
    record_attendance(act=clerk, taps=[Tap(home, away, Presence.EXCUSED)])
    assert value("meetings.called", "DUK.01.02") == 0
    record_attendance(act=clerk, taps=[Tap(home, away, Presence.PRESENT)])
    assert (value("meetings.called", "DUK.01.02"), value("meetings.present", "DUK.01.02")) == (1, 1)
    assert next(one for one in roll_of(home).lines if one.member == away.pk).called


def test_both_meetings_in_one_month_count_once(world: World) -> None:
    clerk, away = world.act("clerk"), lent(world)
    host, home = held(world), held(world, "2023-03-21 14:00", unit="DUK.01.02")
    record_attendance(act=clerk, taps=[Tap(host, away, Presence.PRESENT), Tap(home, away, Presence.EXCUSED)])
    assert (value("meetings.called", "DUK"), value("meetings.present", "DUK")) == (0, 0), "listed only"
    assert AttendanceEntry.objects.live().filter(member=away).count() == 2


def test_before_and_after_the_stay(world: World) -> None:
    clerk, guest = world.act("clerk"), lent(world)
    before, after = held(world, "2023-02-20 14:00"), held(world, "2023-03-30 14:00")
    end_temporary_stay(act=clerk, member=guest, day=date(2023, 3, 25))
    for meeting in (before, after):
        assert not roll_of(meeting).guests
        with pytest.raises(InvalidInput, match=r"không thuộc DUK\.01\.01"):
            record_attendance(act=clerk, taps=[Tap(meeting, guest, Presence.PRESENT)])
    during = held(world, kind=MeetingKind.THEMATIC)
    assert len(roll_of(during).guests) == 1


def test_a_meeting_of_the_committee_has_no_guests(world: World) -> None:
    guest, meeting = lent(world), held(world, "2023-03-15 08:00", kind=MeetingKind.CELL_COMMITTEE)
    assert not roll_of(meeting).guests
    with pytest.raises(InvalidInput):
        record_attendance(act=world.act("clerk"), taps=[Tap(meeting, guest, Presence.PRESENT)])


def test_page_and_figure_agree_about_the_exempt(world: World) -> None:
    clerk = world.act("clerk")
    exempt_member(act=clerk, member=world.members["em"], day=date(2023, 2, 1))
    meeting = held(world)
    taps(world, meeting, absent=("em",))
    roll = roll_of(meeting)
    assert (roll.called, roll.count(Presence.PRESENT)) == (3, 3)
    assert (value("meetings.called", CELL), value("meetings.present", CELL)) == (3, 3)
    assert AttendanceEntry.objects.live().filter(meeting=meeting).count() == len(PEOPLE)


def test_what_counts_moves_with_the_meeting(world: World) -> None:
    clerk, guest, meeting = world.act("clerk"), lent(world), held(world)
    record_attendance(act=clerk, taps=[Tap(meeting, guest, Presence.PRESENT, by_code=True)])
    later = meeting.starts_at.replace(day=22)
    hold_meeting(act=clerk, draft=HeldDraft(meeting, later, later.replace(hour=16)))
    entry = AttendanceEntry.objects.live().get(member=guest)
    assert (entry.effective_date, entry.counts, entry.by_code) == (date(2023, 3, 22), False, True)
