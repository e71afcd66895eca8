"""What a meeting shows is rebuilt from its journal and compared."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.apps.meetings.examples import held

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.integrity import CHECKS
from giaoban.apps.meetings.models import AttendanceEntry, Meeting, MeetingForm, MeetingKind, Presence
from giaoban.apps.meetings.operations import SittingDraft, Tap, plan_conference, record_attendance

if TYPE_CHECKING:
    from tests.world import World


def found() -> list[list[str]]:
    return [list(check.rows()) for check in CHECKS]


def test_meetings_are_rebuilt_and_compared(world: World) -> None:
    act = world.act("clerk")
    meeting = held(world)
    conference = plan_conference(
        act=act,
        owner=world.units["DUK"],
        kind=MeetingKind.BRIEFING,
        title="Hội nghị giao ban",
        sittings=[SittingDraft(datetime(2023, 3, 28, 8, 0, tzinfo=HANOI), place="Hội trường")],
        form=MeetingForm.ONLINE,
    )
    assert found() == [[], []]
    Meeting.objects.filter(pk=meeting.pk).update(day=meeting.day + timedelta(days=1))
    Meeting.objects.filter(pk=conference.pk).update(state="held")
    assert found()[0] == [
        "DUK: hội nghị giao ban ngày 28/03/2023",
        f"DUK.01.01: sinh hoạt chi bộ thường kỳ ngày {meeting.day + timedelta(days=1):%d/%m/%Y}",
    ]


def test_nobody_is_counted_twice(world: World) -> None:
    act = world.act("clerk")
    meeting, member = held(world), world.members["chi"]
    record_attendance(act=act, taps=[Tap(meeting, member, Presence.PRESENT)])
    entry = AttendanceEntry.objects.live().get()
    entry.pk, entry.uid = None, meeting.uid
    entry.save(force_insert=True)
    assert found()[1] == [f"DUK.01.01: điểm danh ngày {meeting.day:%d/%m/%Y} có 2 lần"]
