"""What the operations of meetings share: who may record, locking, the fields of a journal row, writing it, projecting.

Helpers (decision D15): an act that is entered for somebody needs the right of both, at the same units.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.audit.bulk import insert_objects, update_objects
from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent, MeetingForm, MeetingState
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require, units_allowed
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed

EntryT = TypeVar("EntryT", bound=JournalEntry)
_MEANWHILE = "Người khác vừa ghi nội dung này trong lúc đồng chí đang ghi"
# What a meeting is projected from, the later of two deciding.
_PLACED = (MeetingEvent.PLANNED, MeetingEvent.HELD)


def allow(act: Act, units: Iterable[Unit], right: str = "meetings_record") -> None:
    """Return quietly if the person, and whoever they enter it for, holds the right on every unit.

    Raises:
        NotAllowed, NotFound: one of the two does not.
    """
    wanted = {unit.pk: unit for unit in units}
    require(act, right, wanted.values())
    helped = act.entered_for
    if helped is not None and wanted.keys() - units_allowed(helped, right, wanted, today=act.today):
        raise NotAllowed(
            f"{helped.full_name} không có quyền ghi ở đơn vị này nên không nhập giúp được",
            hint="Chọn người được giao ghi sinh hoạt của đơn vị, hoặc tự ghi",
        )


def locked(meetings: Iterable[Meeting]) -> dict[int, Meeting]:
    """Return the meetings as they are now, by key; two acts about one of them happen one after another."""
    wanted = {meeting.pk for meeting in meetings}
    rows = Meeting.objects.select_for_update(of=("self",)).filter(pk__in=wanted).select_related("unit").order_by("pk")
    return {row.pk: row for row in rows}


def stamp(
    act: Act, day: date, *, corrects: JournalEntry | None = None, void: bool = False, uid: uuid.UUID | None = None
) -> dict[str, Any]:
    """Return the fields that every row of a journal has."""
    fields: dict[str, Any] = {
        "effective_date": day,
        "recorded_at": act.now,
        "actor_id": act.user.pk,
        "entered_for_id": act.entered_for.pk if act.entered_for is not None else None,
        "corrects_id": corrected.pk if (corrected := corrects) is not None else None,
        "void": void,
    }
    return fields | ({"uid": uid} if uid is not None else {})


def write_entries(act: Act, entries: Sequence[EntryT], happenings: Iterable[Happening]) -> None:
    """This function will add rows and their audit rows; the caller has authorised and projects after.

    Raises:
        Conflict: somebody else recorded the same first.
    """
    try:
        with transaction.atomic():
            insert_objects(entries)
    except IntegrityError:
        raise Conflict(_MEANWHILE, hint="Mở lại trang để xem nội dung mới rồi ghi tiếp") from None
    write_trail(act, happenings)


def happening(action: str, meeting: Meeting, **detail: Any) -> Happening:
    """Return the audit row of something done to a meeting."""
    return Happening(f"meetings.{action}", "meeting", str(meeting.uid), meeting.unit.code, detail)


def refuse_future(act: Act, meeting: Meeting, what: str) -> None:
    """Return quietly unless the meeting is still to come or was cancelled.

    Raises:
        InvalidInput: what is to be recorded cannot have happened.
    """
    if meeting.state == MeetingState.CANCELLED:
        raise InvalidInput(
            f"Kỳ họp ngày {format_date(meeting.day)} đã hủy", where=what, expected="một kỳ họp không hủy"
        )
    if meeting.day > act.today:
        raise InvalidInput(
            f"Kỳ họp ngày {format_date(meeting.day)} chưa diễn ra",
            where=what,
            expected=f"ghi từ ngày {format_date(meeting.day)}, hoặc đổi lịch nếu đã họp sớm",
        )


def not_after_today(act: Act, day: date, where: str) -> None:
    """Return quietly unless a day lies after today.

    Raises:
        InvalidInput: it does; what has not happened yet is not recorded.
    """
    if day > act.today:
        raise InvalidInput(f"Ngày {format_date(day)} ở tương lai", where=where, expected="ngày không sau hôm nay")


class Shown(NamedTuple):
    """What a meeting shows, told from its live entries."""

    state: str
    day: date
    starts_at: datetime
    ends_at: datetime | None
    form: str
    place: str
    topic: str


def shown_by_entries(meetings: Collection[int] | None = None) -> dict[int, Shown]:
    """Return what meetings (by key; None: all) show; those of which nothing live says when they are, are left out."""
    placed: dict[int, dict[tuple[bool, int], MeetingEntry]] = {}
    cancelled: set[int] = set()
    rows = MeetingEntry.objects.live().filter(kind__in=(*_PLACED, MeetingEvent.CANCELLED))
    if meetings is not None:
        rows = rows.filter(meeting__in=meetings)
    for entry in rows.in_order():
        if entry.kind == MeetingEvent.CANCELLED:
            cancelled.add(entry.meeting_id)
        else:
            held = entry.kind == MeetingEvent.HELD
            placed.setdefault(entry.meeting_id, {})[(not held, entry.sitting)] = entry
    return {pk: _shown(found, pk in cancelled) for pk, found in placed.items()}


def _shown(found: Mapping[tuple[bool, int], MeetingEntry], cancelled: bool) -> Shown:
    # Sittings that were held before those that are planned; of these the earliest, for one may be moved before another.
    ordered = [found[key] for key in sorted(found, key=lambda key: (key[0], found[key].starts_at, key[1]))]
    first = ordered[0]
    assert first.starts_at is not None
    was_held = first.kind == MeetingEvent.HELD
    state = MeetingState.HELD if was_held else MeetingState.CANCELLED if cancelled else MeetingState.PLANNED
    return Shown(
        state,
        day_of(first.starts_at),
        first.starts_at,
        first.ends_at,
        # Where nothing was said of form or place they were those that were planned.
        next((one.form for one in ordered if one.form), MeetingForm.IN_PERSON),
        next((one.place for one in ordered if one.place), ""),
        next((one.topic for one in found.values() if one.topic), ""),
    )


def project(meetings: Iterable[int]) -> None:
    """This function will set what meetings (by key) show from their live entries; the caller holds the transaction."""
    told = shown_by_entries(set(meetings))
    rows = list(Meeting.objects.filter(pk__in=told))
    for meeting in rows:
        for name, value in told[meeting.pk]._asdict().items():
            setattr(meeting, name, value)
    update_objects(rows, Shown._fields)
