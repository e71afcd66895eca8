"""Attendance person by person; each tap sets a state under its own uid, repeats are answered alike (decision D22)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
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
from giaoban.apps.meetings.queries.roll import guests_count
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan, Member
from giaoban.apps.members.queries.standing import NOWHERE, Stands, stands_of
from giaoban.apps.members.queries.stays import elsewhere_on, guest_stays
from giaoban.apps.organizations.models import on_day
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
    by_code: bool = False


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
    _check(act, rows, waiting)
    for entry in _write_rounds(act, rows, waiting):
        found[entry.uid] = entry
    return [found[tap.uid] for tap in taps]


def set_presence(*, act: Act, taps: Sequence[Tap]) -> list[AttendanceEntry]:
    """This function will do as ``record_attendance`` for an operation that has asked itself who may."""
    rows = locked(tap.meeting for tap in taps)
    _check(act, rows, taps)
    return list(_write_rounds(act, rows, taps))


def _check(act: Act, rows: dict[int, Meeting], waiting: Sequence[Tap]) -> None:
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


def _write_rounds(act: Act, rows: dict[int, Meeting], taps: Sequence[Tap]) -> Iterator[AttendanceEntry]:
    waiting = list(taps)
    while waiting:
        # Several taps of one member come one after another: each corrects the one before.
        round_: list[Tap] = []
        rest: list[Tap] = []
        seen: set[tuple[int, int]] = set()
        for tap in waiting:
            key = (tap.meeting.pk, tap.member.pk)
            (rest if key in seen else round_).append(tap)
            seen.add(key)
        yield from _write(act, rows, round_)
        waiting = rest


def _write(act: Act, rows: dict[int, Meeting], taps: Sequence[Tap]) -> list[AttendanceEntry]:
    members = {tap.member.pk for tap in taps}
    live = {
        (entry.meeting_id, entry.member_id): entry
        for entry in AttendanceEntry.objects.live().filter(meeting__in=rows, member__in=members)
    }
    counted = _counted(rows, taps)
    entries = [
        AttendanceEntry(
            meeting=rows[tap.meeting.pk],
            unit=rows[tap.meeting.pk].unit,
            member=tap.member,
            state=tap.state,
            online=tap.online and tap.state == Presence.PRESENT,
            spoke=tap.spoke,
            sitting=tap.sitting,
            by_code=tap.by_code,
            counts=(tap.meeting.pk, tap.member.pk) in counted,
            **stamp(act, rows[tap.meeting.pk].day, corrects=live.get((tap.meeting.pk, tap.member.pk)), uid=tap.uid),
        )
        for tap in taps
    ]
    numbers = Counter(tap.meeting.pk for tap in taps)
    write_entries(act, entries, [happening("attendance", rows[pk], entries=number) for pk, number in numbers.items()])
    return entries


def _counted(rows: dict[int, Meeting], taps: Sequence[Tap]) -> set[tuple[int, int]]:
    """Return (meeting, member) of those who are to be counted among who should come, as `RollLine.called` says."""
    found = set()
    for pk in {tap.meeting.pk for tap in taps}:
        meeting = rows[pk]
        mine = {tap.member.pk: tap for tap in taps if tap.meeting.pk == pk}
        exempt = AbsenceSpan.objects.filter(on_day(meeting.day), member__in=mine, kind=AbsenceKind.EXEMPT)
        stands = stands_of(mine)
        guests = {
            member
            for member, unit in guest_stays(mine, meeting.day)
            if unit == meeting.unit_id and not _stands_here(stands.get(member, NOWHERE), meeting)
        }
        excused = set(exempt.values_list("member_id", flat=True)) | (elsewhere_on(mine, meeting.day) - guests)
        left_out = guests if guests and not guests_count(meeting) else set()
        found |= {
            (pk, member)
            for member, tap in mine.items()
            if member not in left_out and (member not in excused or tap.state == Presence.PRESENT)
        }
    return found


def _stands_here(stands: Stands, meeting: Meeting) -> bool:
    place = stands.on(meeting.day)
    return place is not None and place.unit == meeting.unit_id
