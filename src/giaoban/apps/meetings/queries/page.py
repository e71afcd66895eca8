"""One meeting to read: its texts, conclusions old and new, scores, visits, dues."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.models import (
    ConclusionEntry,
    ConclusionEvent,
    DuesEntry,
    Meeting,
    MeetingKind,
    MeetingText,
    ScoreEntry,
    TextPart,
    VisitEntry,
)
from giaoban.apps.members.models import VisitAssignment
from giaoban.apps.organizations.models import Ancestry, on_day
from giaoban.core.errors import NotFound
from giaoban.core.text_vi import quoted

_CLOSED = (ConclusionEvent.DONE, ConclusionEvent.DROPPED)
# Held as conferences on screens of their own.
CONFERENCES = (MeetingKind.CONFERENCE, MeetingKind.BRIEFING)


def find_meeting(user: User, uid: uuid.UUID, *, today: date) -> Meeting:
    """Return a meeting of a unit that the person may see.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    seen = Meeting.objects.visible_to(user, today=today).exclude(kind__in=CONFERENCES)
    found = seen.filter(uid=uid).select_related("unit").first()
    if found is None:
        raise NotFound("Không tìm thấy kỳ họp này trong phạm vi của đồng chí")
    return found


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A conclusion as it stands for a meeting; ``said`` is what was said of it there, empty where nothing yet."""

    thread: uuid.UUID
    entry: uuid.UUID
    text: str
    owner: str
    made: date
    due: date | None
    said: str


def conclusions_of(meeting: Meeting) -> tuple[tuple[Conclusion, ...], tuple[Conclusion, ...]]:
    """Return the conclusions that come back at a meeting, and those made there; one query.

    What was closed at an earlier meeting does not come back; what is closed here is shown with what was said.
    """
    told: dict[uuid.UUID, list[ConclusionEntry]] = defaultdict(list)
    rows = ConclusionEntry.objects.live().filter(unit=meeting.unit_id, effective_date__lte=meeting.day)
    for entry in rows.select_related("owner").in_order():
        told[entry.thread].append(entry)
    old, new = [], []
    for thread, entries in told.items():
        first = entries[0]
        if first.kind != ConclusionEvent.MADE:
            continue
        here = next((one for one in entries if one.meeting_id == meeting.pk and one is not first), None)
        line = Conclusion(
            thread,
            first.uid,
            first.text,
            first.owner.full_name if first.owner is not None else first.owner_words,
            first.effective_date,
            first.due,
            here.kind if here is not None else "",
        )
        if first.meeting_id == meeting.pk:
            new.append(line)
        elif here is not None or not any(one.kind in _CLOSED for one in entries):
            old.append(line)
    return tuple(old), tuple(new)


def newest_texts(meeting: Meeting) -> dict[str, MeetingText]:
    """Return the newest version of each text by its part."""
    rows = MeetingText.objects.filter(meeting=meeting).select_related("written_by", "entered_for").order_by("version")
    return {row.part: row for row in rows}


def scores_of(meeting: Meeting) -> dict[str, ScoreEntry]:
    """Return the live sheets by stage."""
    rows = ScoreEntry.objects.live().filter(meeting=meeting).select_related("by_unit", "actor", "entered_for")
    return {row.stage: row for row in rows}


@dataclass(frozen=True, slots=True)
class VisitLine:
    """Who came, with their remarks."""

    name: str
    remarks: str
    recorded_at: datetime


def visits_of(meeting: Meeting) -> tuple[VisitLine, ...]:
    """Return who of those who follow the unit came."""
    rows = VisitEntry.objects.live().filter(meeting=meeting).select_related("visitor").order_by("visitor__sort_key")
    return tuple(VisitLine(row.visitor.full_name, row.remarks, row.recorded_at) for row in rows)


def followers_of(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Return who follows the unit, or one above it, on the day: uid and name."""
    above = Ancestry.objects.filter(on_day(meeting.day), descendant=meeting.unit_id).values("ancestor")
    rows = VisitAssignment.objects.filter(on_day(meeting.day), unit__in=above).select_related("member")
    people = {str(row.member.uid): row.member.full_name for row in rows.order_by("member__sort_key")}
    return tuple(people.items())


def dues_of(meeting: Meeting) -> dict[int, bool]:
    """Return whose dues (member by key) of the meeting's month are ticked: paid or not."""
    rows = DuesEntry.objects.live().filter(unit=meeting.unit_id, month=meeting.month)
    return dict(rows.values_list("member_id", "paid"))


def part_of(text: str) -> TextPart:
    """Return the part that an address names.

    Raises:
        NotFound: there is no such part.
    """
    if text not in TextPart.values:
        raise NotFound(f"Không có phần {quoted(text)}")
    return TextPart(text)
