"""Meetings by groups: at most so many a year, in cells of so many members; both are dated rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.apps.meetings.examples import CELL, at

from giaoban.apps.meetings.models import Meeting, MeetingForm, MeetingKind
from giaoban.apps.meetings.operations import MeetingDraft, Sitting, cancel_meetings, plan_meetings
from giaoban.apps.meetings.queries.group_meetings import group_meeting_warnings
from giaoban.apps.organizations.operations import set_rule

if TYPE_CHECKING:
    from tests.world import World


def by_groups(world: World, *months: int, form: MeetingForm = MeetingForm.BY_GROUPS) -> list[Meeting]:
    drafts = []
    for month in months:
        begins = at(f"2023-{month:02}-20 14:00")
        sitting = Sitting(begins, begins + timedelta(minutes=90), form=form)
        drafts.append(MeetingDraft(world.units[CELL], MeetingKind.REGULAR, (sitting,)))
    return plan_meetings(act=world.act("clerk"), drafts=drafts)


def test_the_fourth_of_a_year_warns(world: World) -> None:
    meetings = by_groups(world, 1, 2, 3, 4)
    assert [group_meeting_warnings(one, 60) for one in meetings[:3]] == [()] * 3
    [words] = group_meeting_warnings(meetings[3], 60)
    assert "kỳ thứ 4 họp theo tổ đảng trong năm 2023; nhiều nhất 3 kỳ một năm (03-HD/TW" in words
    cancel_meetings(act=world.act("clerk"), meetings=[meetings[0]], reason="Hoãn")
    assert group_meeting_warnings(meetings[3], 60) == (), "what was called off does not count"


def test_small_cells_meet_together(world: World) -> None:
    [meeting] = by_groups(world, 3)
    [words] = group_meeting_warnings(meeting, 12)
    assert "Chi bộ có 12 đảng viên phải dự; họp theo tổ đảng dành cho chi bộ từ 50 đảng viên" in words
    [together] = by_groups(world, 4, form=MeetingForm.IN_PERSON)
    assert group_meeting_warnings(together, 12) == ()


def test_a_committee_may_set_another_limit(world: World) -> None:
    act, owner = world.act("clerk"), world.units["DUK"]
    set_rule(act=act, owner=owner, key="group_meetings_members", value="10", start=date(2023, 1, 1))
    [meeting] = by_groups(world, 3)
    assert group_meeting_warnings(meeting, 12) == ()
