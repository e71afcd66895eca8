"""A meeting is held: times, people, conclusions, texts, visits, dues; what cannot be is refused with its reason."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.meetings.examples import CELL, PEOPLE, at, held, planned, taps
from tests.world import NOW, World

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import (
    AttendanceEntry,
    ConclusionEntry,
    ConclusionEvent,
    DuesEntry,
    MeetingEntry,
    MeetingEvent,
    MeetingKind,
    MeetingState,
    Presence,
    ScoreEntry,
    TextPart,
    VisitEntry,
)
from giaoban.apps.meetings.operations import (
    ConclusionDraft,
    DuesTick,
    HeldDraft,
    Tap,
    TickedMeeting,
    file_meeting_text,
    hold_meeting,
    hold_meetings,
    record_attendance,
    record_conclusions,
    record_ticked_meeting,
    record_visit,
    save_meeting_text,
    tick_dues,
    void_conclusion_entry,
    void_meeting_entry,
)
from giaoban.apps.members.operations import VisitDraft, assign_visits
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed


def test_real_times_replace_planned_ones(world: World) -> None:
    meeting = held(world)
    assert (meeting.state, meeting.starts_at) == (MeetingState.HELD, at("2023-03-20 14:00"))
    taps(world, meeting)
    uid = uuid.uuid4()
    late = HeldDraft(meeting, at("2023-03-21 14:10"), at("2023-03-21 15:00"), uid=uid)
    entry = hold_meeting(act=world.act("clerk"), draft=late)
    assert hold_meetings(act=world.act("clerk"), drafts=[late]) == [entry], "sent twice: answered alike"
    meeting.refresh_from_db()
    assert meeting.day == date(2023, 3, 21)
    days = AttendanceEntry.objects.live().values_list("effective_date", flat=True)
    assert list(days) == [date(2023, 3, 21)] * len(PEOPLE), "attendance moves with the day"
    assert MeetingEntry.objects.live().filter(kind=MeetingEvent.HELD).count() == 1


@pytest.mark.parametrize(
    ("start", "end", "chair", "told"),
    [
        ("2023-04-06 14:00", "2023-04-06 15:00", None, "Ngày họp 06/04/2023 ở tương lai"),
        ("2023-03-20 14:00", "2023-03-20 13:00", None, "không sau giờ bắt đầu"),
        ("2023-03-20 14:00", "2023-03-20 15:00", "quy", "Ngô Thị Quý không thuộc DUK.01.01 ngày 20/03/2023"),
    ],
)
def test_holding_refused(start: str, end: str, chair: str | None, told: str, world: World) -> None:
    meeting = planned(world)
    draft = HeldDraft(meeting, at(start), at(end), chair=world.members[chair] if chair else None)
    with pytest.raises(InvalidInput, match=told):
        hold_meeting(act=world.act("clerk"), draft=draft)


def test_a_mistake_is_taken_back(world: World) -> None:
    meeting = held(world)
    entry = MeetingEntry.objects.live().get(meeting=meeting, kind=MeetingEvent.HELD)
    void_meeting_entry(act=world.act("clerk"), entry=entry)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    plan = MeetingEntry.objects.live().get(meeting=meeting, kind=MeetingEvent.PLANNED)
    with pytest.raises(InvalidInput, match="hủy kỳ họp"):
        void_meeting_entry(act=world.act("clerk"), entry=plan)


def test_a_tap_sets_a_state_and_is_answered_alike(world: World) -> None:
    meeting = held(world)
    first = Tap(meeting, world.members["an"], Presence.EXCUSED)
    second = Tap(meeting, world.members["an"], Presence.PRESENT, online=True)
    one, two = record_attendance(act=world.act("secretary"), taps=[first, second])
    assert record_attendance(act=world.act("secretary"), taps=[first]) == [one]
    assert AttendanceEntry.objects.count() == 2, "repeats write nothing"
    assert two.corrects == one
    assert AttendanceEntry.objects.live().get().state == Presence.PRESENT
    with pytest.raises(Conflict, match="đã dùng cho người khác"):
        record_attendance(
            act=world.act("secretary"), taps=[Tap(meeting, world.members["em"], Presence.PRESENT, uid=first.uid)]
        )


def test_attendance_refused(world: World) -> None:
    coming = planned(world, "2023-04-10 14:00")
    with pytest.raises(InvalidInput, match="chưa diễn ra"):
        record_attendance(act=world.act("clerk"), taps=[Tap(coming, world.members["an"], Presence.PRESENT)])
    meeting = held(world)
    for name in ("quy", "hung"):  # of another cell; gone out on 14/03
        with pytest.raises(InvalidInput, match=r"không thuộc DUK\.01\.01 ngày 20/03/2023"):
            record_attendance(act=world.act("clerk"), taps=[Tap(meeting, world.members[name], Presence.PRESENT)])
    with pytest.raises(InvalidInput, match="không phát biểu được"):
        record_attendance(act=world.act("clerk"), taps=[Tap(meeting, world.members["an"], Presence.ABSENT, spoke=True)])
    chiefs = held(world, "2023-03-15 08:00", kind=MeetingKind.CELL_COMMITTEE)
    record_attendance(act=world.act("clerk"), taps=[Tap(chiefs, world.members["em"], Presence.PRESENT)])
    with pytest.raises(InvalidInput, match="một đồng chí trong cấp ủy"):
        record_attendance(act=world.act("clerk"), taps=[Tap(chiefs, world.members["an"], Presence.PRESENT)])
    assert not AttendanceEntry.objects.filter(meeting=meeting).exists()


def test_queries_do_not_grow_with_people(world: World) -> None:
    meeting = held(world)
    counts = []
    for names in (PEOPLE[:1], PEOPLE):
        with CaptureQueriesContext(connection) as queries:
            record_attendance(
                act=world.act("clerk"), taps=[Tap(meeting, world.members[name], Presence.PRESENT) for name in names]
            )
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_helper_enters_under_both_names(world: World) -> None:
    meeting = held(world)
    act = Act(world.users["clerk"], NOW, entered_for=world.users["secretary"])
    [entry] = record_attendance(act=act, taps=[Tap(meeting, world.members["an"], Presence.PRESENT)])
    assert (entry.actor, entry.entered_for) == (world.users["clerk"], world.users["secretary"])
    stranger = Act(world.users["clerk"], NOW, entered_for=world.users["outsider"])
    with pytest.raises(NotAllowed, match="không nhập giúp được"):
        record_attendance(act=stranger, taps=[Tap(meeting, world.members["an"], Presence.ABSENT)])


def test_a_whole_meeting_is_recorded_or_nothing(world: World) -> None:
    meeting, act = planned(world), world.act("secretary")
    times = HeldDraft(meeting, at("2023-03-20 14:00"), at("2023-03-20 15:30"), uid=uuid.uuid4())
    people = [Tap(meeting, world.members[name], Presence.PRESENT) for name in PEOPLE]
    wrong = ConclusionDraft(meeting, ConclusionEvent.MADE, " ")
    with pytest.raises(InvalidInput, match="Chưa ghi nội dung kết luận"):
        record_ticked_meeting(act=act, ticked=TickedMeeting(meeting, times, people, [wrong], {}))
    assert not AttendanceEntry.objects.exists()
    uid = uuid.uuid4()
    for _time in range(2):
        record_ticked_meeting(act=act, ticked=TickedMeeting(meeting, times, people, (), {}, uid))
    assert AttendanceEntry.objects.count() == len(PEOPLE)
    score = ScoreEntry.objects.get()
    assert (score.uid, score.points, score.grade) == (uid, {"2a": "15", "2b": "5"}, "")


def test_conclusions_come_back_until_done(world: World) -> None:
    act = world.act("clerk")
    first, second = held(world, "2023-02-20 14:00"), held(world)
    [made] = record_conclusions(
        act=act,
        drafts=[
            ConclusionDraft(
                first,
                ConclusionEvent.MADE,
                "Lập danh sách quần chúng ưu tú.",
                world.members["em"],
                due=date(2023, 3, 15),
            )
        ],
    )
    with pytest.raises(InvalidInput, match="của kỳ họp trước"):
        record_conclusions(act=act, drafts=[ConclusionDraft(first, ConclusionEvent.DONE, thread=made.thread)])
    record_conclusions(act=act, drafts=[ConclusionDraft(second, ConclusionEvent.CARRIED, thread=made.thread)])
    [done] = record_conclusions(act=act, drafts=[ConclusionDraft(second, ConclusionEvent.DONE, thread=made.thread)])
    assert ConclusionEntry.objects.live().filter(thread=made.thread).count() == 2, "said once at a meeting"
    third = held(world, "2023-04-03 14:00")
    with pytest.raises(InvalidInput, match="đã ghi «đã làm xong» ngày 20/03/2023"):
        record_conclusions(act=act, drafts=[ConclusionDraft(third, ConclusionEvent.CARRIED, thread=made.thread)])
    with pytest.raises(InvalidInput, match="Kỳ họp sau đã nói"):
        void_conclusion_entry(act=act, entry=made)
    void_conclusion_entry(act=act, entry=done)
    for draft, told in (
        (ConclusionDraft(third, ConclusionEvent.MADE, "  "), "Chưa ghi nội dung"),
        (ConclusionDraft(third, ConclusionEvent.MADE, "x", due=date(2023, 4, 1)), "trước ngày họp 03/04/2023"),
        (ConclusionDraft(third, ConclusionEvent.DONE, thread=uuid.uuid4()), "Không có kết luận này"),
    ):
        with pytest.raises(InvalidInput, match=told):
            record_conclusions(act=act, drafts=[draft])


def test_two_editors_of_a_text(world: World) -> None:
    meeting, act = held(world), world.act("clerk")
    one = save_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, text="Bản một", seen=0)
    assert save_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, text="Bản một\n", seen=0) == one
    with pytest.raises(Conflict, match="Nguyễn Thị Lan đã lưu một bản biên bản khác"):
        save_meeting_text(act=world.act("secretary"), meeting=meeting, part=TextPart.MINUTES, text="Bản hai", seen=0)
    two = save_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, text="Bản hai", seen=1)
    assert two.version == 2
    with pytest.raises(InvalidInput, match="Biên bản trống"):
        save_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, text=" ", seen=2)


def test_filing(world: World) -> None:
    meeting, act = held(world), world.act("clerk")
    with pytest.raises(InvalidInput, match="Chưa có biên bản"):
        file_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES)
    save_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, text="Bản một", seen=0)
    with pytest.raises(InvalidInput, match="trước ngày họp"):
        file_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, day=date(2023, 3, 19))
    file_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES)
    again = file_meeting_text(act=act, meeting=meeting, part=TextPart.MINUTES, day=date(2023, 3, 22))
    assert MeetingEntry.objects.live().get(kind=MeetingEvent.MINUTES_FILED) == again
    with pytest.raises(InvalidInput, match="không phải nộp"):
        file_meeting_text(act=act, meeting=meeting, part=TextPart.AGENDA)


def test_visits_of_those_who_follow_the_cell(world: World) -> None:
    meeting, act, em = held(world), world.act("clerk"), world.members["quy"]
    with pytest.raises(InvalidInput, match="không được phân công theo dõi"):
        record_visit(act=act, meeting=meeting, visitor=em)
    visit = VisitDraft(world.units["DUK"], world.units["DUK.01"], em, date(2023, 3, 1))
    assign_visits(act=act, drafts=[visit])
    record_visit(act=act, meeting=meeting, visitor=em, remarks="Nền nếp tốt.")
    record_visit(act=act, meeting=meeting, visitor=em, remarks="Nền nếp tốt, nên gửi tài liệu sớm hơn.")
    assert VisitEntry.objects.live().get().remarks.endswith("sớm hơn.")


def test_dues(world: World) -> None:
    act, cell = world.act("clerk"), world.units[CELL]
    tick = DuesTick(cell, world.members["an"], date(2023, 3, 20), paid=True)
    [one] = tick_dues(act=act, ticks=[tick])
    assert tick_dues(act=act, ticks=[tick]) == [one]
    tick_dues(act=act, ticks=[DuesTick(cell, world.members["an"], date(2023, 3, 1), paid=False)])
    assert not DuesEntry.objects.live().get().paid
    tick_dues(act=act, ticks=[DuesTick(cell, world.members["hung"], date(2023, 3, 1), paid=True)])
    for member, month, told in (
        ("hung", date(2023, 4, 1), "không sinh hoạt ở DUK.01.01 trong tháng 04/2023"),
        ("an", NOW.date() + timedelta(days=40), "chưa đến"),
    ):
        with pytest.raises(InvalidInput, match=told):
            tick_dues(act=act, ticks=[DuesTick(cell, world.members[member], month, paid=True)])
