"""A meeting was held: real times, form, chair, secretary; each sitting for itself."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.meetings.models import (
    AttendanceEntry,
    Meeting,
    MeetingEntry,
    MeetingEvent,
    MeetingForm,
    MeetingState,
)
from giaoban.apps.meetings.operations._clashes import refuse_clashes
from giaoban.apps.meetings.operations._entries import allow, happening, locked, project, stamp, write_entries
from giaoban.apps.meetings.operations._people import refuse_strangers
from giaoban.apps.meetings.operations.schedule import check_times
from giaoban.apps.members.models import Member
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import tidy


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """One sitting as it was; the chair and the secretary are members who stood at or under the unit that day.

    ``uid`` comes from where it was typed, so that the same sent twice is known (decision D22).
    """

    meeting: Meeting
    starts_at: datetime
    ends_at: datetime
    form: MeetingForm = MeetingForm.IN_PERSON
    place: str = ""
    chair: Member | None = None
    secretary: Member | None = None
    sitting: int = 1
    uid: uuid.UUID | None = None


@transaction.atomic
def hold_meetings(*, act: Act, drafts: Sequence[HeldDraft]) -> list[MeetingEntry]:
    """This function will record that sittings were held, all or none; what was recorded before is replaced.

    Raises:
        InvalidInput: a day after today, times that run backwards, a cancelled meeting, a chair or secretary who was
            not of the unit.
        Conflict: the unit met elsewhere at that hour, or somebody else recorded it at the same time.
        NotAllowed, NotFound: no right ``meetings_record`` at a unit.
    """
    rows = locked(draft.meeting for draft in drafts)
    allow(act, [row.unit for row in rows.values()])
    known = {entry.uid: entry for entry in MeetingEntry.objects.filter(uid__in=[one.uid for one in drafts if one.uid])}
    new = [draft for draft in drafts if draft.uid not in known]
    for index, draft in enumerate(new):
        with blame(index):
            _check(act, rows[draft.meeting.pk], draft)
    refuse_clashes([(rows[d.meeting.pk].unit, d.starts_at, d.ends_at, d.meeting.pk, i) for i, d in enumerate(new)])
    led = [
        (rows[one.meeting.pk], who, day_of(one.starts_at)) for one in new for who in (one.chair, one.secretary) if who
    ]
    refuse_strangers(led, leading=True)
    before = {
        (entry.meeting_id, entry.sitting): entry
        for entry in MeetingEntry.objects.live().filter(meeting__in=rows, kind=MeetingEvent.HELD)
    }
    entries = [
        MeetingEntry(
            meeting=rows[draft.meeting.pk],
            unit=rows[draft.meeting.pk].unit,
            kind=MeetingEvent.HELD,
            sitting=draft.sitting,
            starts_at=draft.starts_at,
            ends_at=draft.ends_at,
            form=draft.form,
            place=tidy(draft.place),
            chair=draft.chair,
            secretary=draft.secretary,
            **stamp(
                act, day_of(draft.starts_at), corrects=before.get((draft.meeting.pk, draft.sitting)), uid=draft.uid
            ),
        )
        for draft in new
    ]
    write_entries(act, entries, [happening("held", one.meeting, day=one.effective_date.isoformat()) for one in entries])
    project({entry.meeting_id for entry in entries})
    _move_attendance(act, {entry.meeting_id for entry in entries})
    written = iter(entries)
    return [known[one.uid] if one.uid is not None and one.uid in known else next(written) for one in drafts]


@transaction.atomic
def hold_meeting(*, act: Act, draft: HeldDraft) -> MeetingEntry:
    """This function will record a sitting that was held, and with the first the others, as far as their day has come,
    as they were planned; see ``hold_meetings``.
    """
    return hold_meetings(act=act, drafts=[draft, *_others(act, draft)])[0]


def _others(act: Act, draft: HeldDraft) -> list[HeldDraft]:
    if draft.sitting != 1:
        return []
    placed: dict[int, MeetingEntry] = {}
    rows = MeetingEntry.objects.live().filter(meeting=draft.meeting, sitting__gt=1)
    for entry in rows.filter(kind__in=(MeetingEvent.PLANNED, MeetingEvent.HELD)).order_by("sitting", "pk"):
        if entry.kind == MeetingEvent.HELD or entry.sitting not in placed:
            placed[entry.sitting] = entry
    return [
        HeldDraft(
            draft.meeting,
            one.starts_at,
            one.ends_at or one.starts_at + (draft.ends_at - draft.starts_at),
            MeetingForm(one.form),
            one.place,
            draft.chair,
            draft.secretary,
            number,
        )
        for number, one in placed.items()
        if one.kind == MeetingEvent.PLANNED and one.starts_at is not None and day_of(one.starts_at) <= act.today
    ]


def _check(act: Act, meeting: Meeting, draft: HeldDraft) -> None:
    where = f"{meeting.unit.code}, {meeting.get_kind_display().lower()}"
    if meeting.state == MeetingState.CANCELLED:
        raise InvalidInput(
            f"Kỳ họp ngày {format_date(meeting.day)} đã hủy", where=where, expected="đăng ký kỳ họp mới rồi ghi"
        )
    check_times(draft.starts_at, draft.ends_at, "Giờ kết thúc")
    if day_of(draft.starts_at) > act.today:
        raise InvalidInput(
            f"Ngày họp {format_date(day_of(draft.starts_at))} ở tương lai",
            where="Ngày họp",
            expected="ngày không sau hôm nay",
        )


def _move_attendance(act: Act, meetings: set[int]) -> None:
    """Attendance that was taken before the real day was known moves to that day."""
    days = dict(Meeting.objects.filter(pk__in=meetings).values_list("pk", "day"))
    stale = [
        entry
        for entry in AttendanceEntry.objects.live().filter(meeting__in=meetings)
        if entry.effective_date != days[entry.meeting_id]
    ]
    moved = [
        AttendanceEntry(
            meeting_id=entry.meeting_id,
            unit_id=entry.unit_id,
            member_id=entry.member_id,
            state=entry.state,
            online=entry.online,
            spoke=entry.spoke,
            sitting=entry.sitting,
            by_code=entry.by_code,
            counts=entry.counts,
            **stamp(act, days[entry.meeting_id], corrects=entry),
        )
        for entry in stale
    ]
    write_entries(act, moved, [])


@transaction.atomic
def void_meeting_entry(*, act: Act, entry: MeetingEntry) -> MeetingEntry:
    """This function will take back an event that never was: a meeting held, cancelled, filed by mistake.

    Raises:
        InvalidInput: a registration (cancel the meeting instead), or a meeting held whose people are counted already.
        Conflict: it was corrected already.
    """
    meeting = locked([entry.meeting])[entry.meeting_id]
    allow(act, [meeting.unit])
    current = MeetingEntry.objects.live().filter(pk=entry.pk).first()
    if current is None:
        raise Conflict("Lần ghi này đã được đính chính", hint="Mở lại trang để xem nội dung mới")
    if current.kind == MeetingEvent.PLANNED:
        raise InvalidInput("Lịch đã đăng ký không bỏ ghi được", expected="hủy kỳ họp, ghi rõ lý do")
    if current.kind == MeetingEvent.HELD and meeting.scores.filter(corrected_by__isnull=True, void=False).exists():
        raise InvalidInput(
            "Kỳ họp này đã chấm điểm",
            where="Bỏ ghi đã họp",
            expected="kỳ họp chưa chấm điểm; nếu sai giờ thì ghi lại giờ",
        )
    void = MeetingEntry(
        meeting=meeting,
        unit=meeting.unit,
        kind=current.kind,
        sitting=current.sitting,
        **stamp(act, current.effective_date, corrects=current, void=True),
    )
    write_entries(act, [void], [happening(f"{current.kind}_void", meeting)])
    project([meeting.pk])
    return void
