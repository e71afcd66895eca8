"""The schedule: meetings are planned for many units at once, changed, cancelled; people are invited (domain.md 3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent, MeetingForm, MeetingKind, MeetingState
from giaoban.apps.meetings.operations._clashes import refuse_clashes, refuse_thematic_alone, refuse_two_regular
from giaoban.apps.meetings.operations._entries import (
    allow,
    happening,
    locked,
    not_after_today,
    project,
    stamp,
    write_entries,
)
from giaoban.apps.organizations.models import Group, Unit
from giaoban.apps.organizations.operations.terms import lock_units
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import tidy

_AHEAD = timedelta(days=366)
# A March meeting may be held a few days early or late, not in May.
_BESIDE = timedelta(days=15)
_OF_CELLS = (MeetingKind.REGULAR, MeetingKind.THEMATIC, MeetingKind.CELL_COMMITTEE)
_OF_COMMITTEES = (MeetingKind.COMMITTEE, MeetingKind.WORKING)
_OF_CONFERENCES = (MeetingKind.CONFERENCE, MeetingKind.BRIEFING)


@dataclass(frozen=True, slots=True)
class Sitting:
    """When and where people come together; ``ends_at`` None where it is not settled, ``group`` the cluster it is for.

    Moments carry a time zone.
    """

    starts_at: datetime
    ends_at: datetime | None = None
    form: MeetingForm = MeetingForm.IN_PERSON
    place: str = ""
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting to be planned, with its sittings (one or more, in order).

    ``month`` is any day of the month that it counts for (None: of its first sitting); ``registered`` the day on which
    the schedule was handed in (None: today).
    """

    unit: Unit
    kind: MeetingKind
    sittings: tuple[Sitting, ...]
    month: date | None = None
    topic: str = ""
    title: str = ""
    registered: date | None = None

    @property
    def counted(self) -> date:
        """The first day of the month that it counts for."""
        return (self.month or day_of(self.sittings[0].starts_at)).replace(day=1)

    @property
    def where(self) -> str:
        """Return the place that an error names."""
        return f"{self.unit.code}, {self.kind.label.lower()} tháng {self.counted.month}/{self.counted.year}"


@transaction.atomic
def plan_meetings(*, act: Act, drafts: Sequence[MeetingDraft]) -> list[Meeting]:
    """This function will register meetings of many units, all or none.

    Raises:
        InvalidInput: a kind that units of this kind do not hold, a unit that does not stand on the day, times that run
            backwards or lie more than a year ahead, a thematic meeting in a month without a regular one.
        Conflict: the unit has another meeting at that hour, or a regular one in that month already.
        NotAllowed, NotFound: no right ``meetings_record`` at a unit.
    """
    units = {draft.unit.pk: draft.unit for draft in drafts}
    allow(act, units.values())
    lock_units(units)
    spans = kind_spans(units)
    for index, draft in enumerate(drafts):
        with blame(index):
            _check(act, draft, spans[draft.unit.pk])
    made = [
        Meeting(
            unit=draft.unit,
            kind=draft.kind,
            month=draft.counted,
            title=tidy(draft.title),
            day=day_of(draft.sittings[0].starts_at),
            starts_at=draft.sittings[0].starts_at,
            ends_at=draft.sittings[0].ends_at,
        )
        for draft in drafts
    ]
    refuse_clashes([(m.unit, s.starts_at, s.ends_at, None, i) for i, m, s in _sittings(made, drafts)])
    refuse_two_regular(made)
    insert_objects(made)
    entries = [
        _planned(act, made[index], number, sitting, drafts[index].topic, drafts[index].registered or act.today)
        for index, draft in enumerate(drafts)
        for number, sitting in enumerate(draft.sittings, 1)
    ]
    write_entries(act, entries, [happening("planned", one, kind=one.kind, month=one.month.isoformat()) for one in made])
    project(one.pk for one in made)
    refuse_thematic_alone({(one.unit_id, one.month) for one in made})
    return _fresh(made)


def plan_meeting(*, act: Act, draft: MeetingDraft) -> Meeting:
    """This function will register one meeting; see ``plan_meetings``."""
    return plan_meetings(act=act, drafts=[draft])[0]


def _sittings(made: Sequence[Meeting], drafts: Sequence[MeetingDraft]) -> Iterable[tuple[int, Meeting, Sitting]]:
    return ((index, made[index], one) for index, draft in enumerate(drafts) for one in draft.sittings)


def _fresh(made: Sequence[Meeting]) -> list[Meeting]:
    found = Meeting.objects.select_related("unit").in_bulk([one.pk for one in made])
    return [found[one.pk] for one in made]


def _check(act: Act, draft: MeetingDraft, spans: Sequence[tuple[str, date, date]]) -> None:
    if not draft.sittings:
        raise InvalidInput("Chưa có ngày, giờ họp", where=draft.where, expected="ít nhất một buổi")
    not_after_today(act, draft.registered or act.today, "Ngày đăng ký")
    for sitting in draft.sittings:
        check_times(sitting.starts_at, sitting.ends_at, draft.where)
        day = day_of(sitting.starts_at)
        if day > act.today + _AHEAD:
            raise InvalidInput(
                f"Ngày {format_date(day)} còn quá xa", where=draft.where, expected="ngày không quá một năm sau hôm nay"
            )
        _check_month(day, draft.counted, draft.where)
        _check_kind(draft, spans, day)


def _check_month(day: date, month: date, where: str) -> None:
    after = (month + timedelta(days=32)).replace(day=1)
    if not month - _BESIDE <= day < after + _BESIDE:
        raise InvalidInput(
            f"Ngày {format_date(day)} quá xa tháng {month.month}/{month.year}",
            where=where,
            expected="ngày trong tháng, sớm hoặc muộn không quá 15 ngày",
        )


def _check_kind(draft: MeetingDraft, spans: Sequence[tuple[str, date, date]], day: date) -> None:
    kind = kind_on(spans, day)
    if kind is None:
        raise InvalidInput(
            f"Đơn vị {draft.unit.code} không hoạt động ngày {format_date(day)}",
            where=draft.where,
            expected="ngày đơn vị đang hoạt động",
        )
    if draft.kind in _OF_CONFERENCES:
        raise InvalidInput("Hội nghị không ghi ở lịch sinh hoạt", where=draft.where, expected="ghi ở phần Hội nghị")
    if (draft.kind in _OF_CELLS and not kind.members) or (draft.kind in _OF_COMMITTEES and kind.members):
        right = "họp cấp ủy, hội nghị đảng viên" if draft.kind in _OF_CELLS else "sinh hoạt chi bộ, họp chi ủy"
        raise InvalidInput(f"{kind.label} không có {draft.kind.label.lower()}", where=draft.where, expected=right)


def check_times(starts_at: datetime, ends_at: datetime | None, where: str) -> None:
    """Return quietly if a sitting ends after it begins and within a day.

    Raises:
        InvalidInput: it does not.
    """
    if ends_at is not None and not timedelta(0) < ends_at - starts_at <= timedelta(days=1):
        raise InvalidInput(
            f"Giờ kết thúc {ends_at:%H:%M} không sau giờ bắt đầu {starts_at:%H:%M}",
            where=where,
            expected="giờ kết thúc sau giờ bắt đầu, trong cùng một ngày",
        )


def _planned(act: Act, meeting: Meeting, number: int, sitting: Sitting, topic: str, day: date) -> MeetingEntry:
    return MeetingEntry(
        meeting=meeting,
        unit=meeting.unit,
        kind=MeetingEvent.PLANNED,
        sitting=number,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        form=sitting.form,
        place=tidy(sitting.place),
        topic=tidy(topic),
        group=sitting.group,
        **stamp(act, day),
    )


@transaction.atomic
def change_plan(*, act: Act, meeting: Meeting, sitting: Sitting, number: int = 1, topic: str = "") -> Meeting:
    """This function will give a planned sitting another time, place or form; a later one also when the first was held.

    The change takes the place of the first registration and keeps its day: a unit that registered in time did so.

    Raises:
        InvalidInput: it was held or cancelled already, another month, times that run backwards; Conflict: another
            meeting of the unit at that hour.
    """
    found = locked([meeting])[meeting.pk]
    allow(act, [found.unit])
    was_held = found.entries.filter(kind=MeetingEvent.HELD, sitting=number).live().exists()
    if found.state == MeetingState.CANCELLED or was_held:
        how = MeetingState.HELD.label if was_held else found.get_state_display()
        raise InvalidInput(
            f"Kỳ họp ngày {format_date(found.day)} {how.lower()}, không đổi lịch được nữa",
            expected="một buổi chưa diễn ra",
        )
    check_times(sitting.starts_at, sitting.ends_at, "Giờ kết thúc")
    _check_month(day_of(sitting.starts_at), found.month, "Ngày họp")
    refuse_clashes([(found.unit, sitting.starts_at, sitting.ends_at, found.pk, 0)])
    before = found.entries.filter(kind=MeetingEvent.PLANNED, sitting=number).live().first()
    if before is None:
        raise InvalidInput(f"Kỳ họp không có buổi thứ {number}", expected="một buổi đã đăng ký")
    entry = _planned(act, found, number, sitting, topic or before.topic, before.effective_date)
    entry.corrects = before
    write_entries(act, [entry], [happening("plan_changed", found, starts_at=sitting.starts_at.isoformat())])
    project([found.pk])
    return _fresh([found])[0]


@transaction.atomic
def cancel_meetings(*, act: Act, meetings: Sequence[Meeting], reason: str) -> list[MeetingEntry]:
    """This function will cancel planned meetings, all or none.

    Raises:
        InvalidInput: no reason, one was held, or only a thematic meeting would be left in a month.
        Conflict: one is cancelled already.
    """
    rows = locked(meetings)
    allow(act, [row.unit for row in rows.values()])
    if not tidy(reason):
        raise InvalidInput("Chưa ghi lý do hủy", where="Lý do", expected="một câu ngắn, ví dụ hoãn do bão")
    for row in rows.values():
        if row.state == MeetingState.HELD:
            raise InvalidInput(
                f"Kỳ họp ngày {format_date(row.day)} đã diễn ra", where=row.unit.code, expected="kỳ họp chưa diễn ra"
            )
        if row.state == MeetingState.CANCELLED:
            raise Conflict(f"Kỳ họp ngày {format_date(row.day)} đã hủy rồi", where=row.unit.code)
    entries = [
        MeetingEntry(
            meeting=row, unit=row.unit, kind=MeetingEvent.CANCELLED, note=tidy(reason)[:300], **stamp(act, act.today)
        )
        for row in rows.values()
    ]
    write_entries(act, entries, [happening("cancelled", row) for row in rows.values()])
    project(rows)
    refuse_thematic_alone({(row.unit_id, row.month) for row in rows.values()})
    return entries


@transaction.atomic
def invite_to_meetings(*, act: Act, meetings: Sequence[Meeting], day: date | None = None) -> list[MeetingEntry]:
    """This function will note on which day notice and papers were sent (default today); a later note replaces it.

    Raises:
        InvalidInput: a day after today or after the meeting, or a cancelled meeting.
    """
    rows = locked(meetings)
    allow(act, [row.unit for row in rows.values()])
    sent = day or act.today
    not_after_today(act, sent, "Ngày gửi")
    before = {
        entry.meeting_id: entry
        for entry in MeetingEntry.objects.live().filter(meeting__in=rows, kind=MeetingEvent.INVITED)
    }
    entries = []
    for row in rows.values():
        if row.state == MeetingState.CANCELLED:
            raise InvalidInput(f"Kỳ họp ngày {format_date(row.day)} đã hủy", where=row.unit.code)
        if sent > row.day:
            raise InvalidInput(
                f"Ngày gửi {format_date(sent)} sau ngày họp {format_date(row.day)}",
                where="Ngày gửi",
                expected="ngày không sau ngày họp",
            )
        fields = stamp(act, sent, corrects=before.get(row.pk))
        entries.append(MeetingEntry(meeting=row, unit=row.unit, kind=MeetingEvent.INVITED, **fields))
    write_entries(act, entries, [happening("invited", row, day=sent.isoformat()) for row in rows.values()])
    return entries
