"""Attendance person by person; each tap sets a state under its own uid, repeats are answered alike (decision D22)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import AttendanceEntry, Meeting, Presence
from giaoban.apps.meetings.operations._entries import (
    allow,
    happening,
    locked,
    refuse_future,
    stamp,
    write_entries,
)
from giaoban.apps.meetings.operations._people import refuse_strangers
from giaoban.apps.members.models import Member
from giaoban.core.errors import Conflict, InvalidInput


@dataclass(frozen=True, slots=True)
class Tap:
    """A member is set to a state at a meeting; ``uid`` is made where the tap is made."""

    meeting: Meeting
    member: Member
    state: Presence
    uid: uuid.UUID = field(default_factory=uuid.uuid4)
    online: bool = False
    spoke: bool = False
    sitting: int = 1


@transaction.atomic
def record_attendance(*, act: Act, taps: Sequence[Tap]) -> list[AttendanceEntry]:
    """This function will set members' presence, all or none; the later of two taps of one member holds.

    Returns the entry of each tap; one that was sent before is answered with the entry that it made then.

    Raises:
        InvalidInput: a meeting that is still to come or was cancelled, a person who is not of the cell (or committee)
            on that day: so there are never more present than members; an absent person who spoke.
        Conflict: the uid stands for something else.
        NotAllowed, NotFound: no right ``meetings_record`` at a unit.
    """
    rows = locked(tap.meeting for tap in taps)
    allow(act, [row.unit for row in rows.values()])
    found = {entry.uid: entry for entry in AttendanceEntry.objects.filter(uid__in=[tap.uid for tap in taps])}
    for tap in taps:
        entry = found.get(tap.uid)
        if entry is not None and (entry.meeting_id, entry.member_id) != (tap.meeting.pk, tap.member.pk):
            raise Conflict("Lần ghi này đã dùng cho người khác", where=tap.member.full_name, hint="Tải lại trang")
    waiting = [tap for tap in taps if tap.uid not in found]
    for row in {tap.meeting.pk: rows[tap.meeting.pk] for tap in waiting}.values():
        refuse_future(act, row, "Điểm danh")
    for tap in waiting:
        if tap.spoke and tap.state != Presence.PRESENT:
            raise InvalidInput(
                f"{tap.member.full_name} vắng mặt nên không phát biểu được",
                where=tap.member.full_name,
                expected="có mặt, hoặc bỏ đánh dấu phát biểu",
            )
    refuse_strangers((rows[tap.meeting.pk], tap.member, rows[tap.meeting.pk].day) for tap in waiting)
    while waiting:
        # Several taps of one member come one after another: each corrects the one before.
        round_: list[Tap] = []
        rest: list[Tap] = []
        seen: set[tuple[int, int]] = set()
        for tap in waiting:
            key = (tap.meeting.pk, tap.member.pk)
            (rest if key in seen else round_).append(tap)
            seen.add(key)
        for entry in _write(act, rows, round_):
            found[entry.uid] = entry
        waiting = rest
    return [found[tap.uid] for tap in taps]


def _write(act: Act, rows: dict[int, Meeting], taps: Sequence[Tap]) -> list[AttendanceEntry]:
    members = {tap.member.pk for tap in taps}
    live = {
        (entry.meeting_id, entry.member_id): entry
        for entry in AttendanceEntry.objects.live().filter(meeting__in=rows, member__in=members)
    }
    entries = [
        AttendanceEntry(
            meeting=rows[tap.meeting.pk],
            unit=rows[tap.meeting.pk].unit,
            member=tap.member,
            state=tap.state,
            online=tap.online and tap.state == Presence.PRESENT,
            spoke=tap.spoke,
            sitting=tap.sitting,
            **stamp(act, rows[tap.meeting.pk].day, corrects=live.get((tap.meeting.pk, tap.member.pk)), uid=tap.uid),
        )
        for tap in taps
    ]
    counts = Counter(tap.meeting.pk for tap in taps)
    write_entries(act, entries, [happening("attendance", rows[pk], entries=number) for pk, number in counts.items()])
    return entries
