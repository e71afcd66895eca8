"""Meetings of the small world: the cell DUK.01.01 in March 2023 and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingKind, Presence
from giaoban.apps.meetings.operations import (
    HeldDraft,
    MeetingDraft,
    Sitting,
    Tap,
    hold_meeting,
    plan_meeting,
    record_attendance,
    review_meeting,
    score_meeting,
)
from giaoban.apps.meetings.queries.rubric import rubric_of

if TYPE_CHECKING:
    from tests.world import World

CELL = "DUK.01.01"
# Who stood in the cell on 20/03/2023.
PEOPLE = ("an", "chi", "dao", "em")


def at(text: str) -> datetime:
    """Return a moment in Ha Noi: «2023-03-20 14:00»."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)


def draft(
    world: World,
    start: str = "2023-03-20 14:00",
    *,
    unit: str = CELL,
    kind: MeetingKind = MeetingKind.REGULAR,
    minutes: int = 90,
) -> MeetingDraft:
    """Return a meeting with one sitting."""
    begins = at(start)
    sitting = Sitting(begins, begins + timedelta(minutes=minutes), place="Phòng họp 1")
    return MeetingDraft(world.units[unit], kind, (sitting,))


def planned(world: World, start: str = "2023-03-20 14:00", who: str = "clerk", **given: object) -> Meeting:
    """Plan a meeting."""
    return plan_meeting(act=world.act(who), draft=draft(world, start, **given))  # type: ignore[arg-type]


def held(world: World, start: str = "2023-03-20 14:00", **given: object) -> Meeting:
    """Plan a meeting and hold it as planned, led by Em with Chi as secretary."""
    meeting = planned(world, start, **given)
    assert meeting.ends_at is not None
    cell = meeting.unit.code == CELL
    hold_meeting(
        act=world.act("clerk"),
        draft=HeldDraft(
            meeting,
            meeting.starts_at,
            meeting.ends_at,
            chair=world.members["em"] if cell else None,
            secretary=world.members["chi"] if cell else None,
        ),
    )
    meeting.refresh_from_db()
    return meeting


def taps(world: World, meeting: Meeting, *, absent: Sequence[str] = (), state: Presence = Presence.EXCUSED) -> None:
    """Take attendance of the cell: all present but some."""
    record_attendance(
        act=world.act("clerk"),
        taps=[
            Tap(meeting, world.members[name], state if name in absent else Presence.PRESENT, spoke=name == "dao")
            for name in PEOPLE
        ],
    )


def scored(world: World, meeting: Meeting, *, lower: int = 0, by: str = "clerk", review: bool = False) -> None:
    """Score with the best bands, the first ``lower`` items with their worst."""
    rubric, thematic = rubric_of(meeting)
    points = {}
    for number, (code, item) in enumerate(rubric.asked(thematic=thematic).items()):
        bands = [band.points for band in item.bands]
        points[code] = min(bands) if number < lower else max(bands)
    write = review_meeting if review else score_meeting
    write(act=world.act(by, at_console=review), meeting=meeting, points=points)
