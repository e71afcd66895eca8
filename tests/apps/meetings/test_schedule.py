"""The schedule of units: registered together, changed, cancelled, people invited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.meetings.examples import CELL, at, draft, held, planned
from tests.world import TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent, MeetingKind, MeetingState
from giaoban.apps.meetings.operations import (
    Sitting,
    cancel_meetings,
    change_plan,
    invite_to_meetings,
    plan_meetings,
    void_meeting_entry,
)
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound


def test_many_units_register_at_once(world: World) -> None:
    drafts = [draft(world, "2023-04-10 14:00", unit=unit) for unit in ("DUK.01.01", "DUK.01.02", "DUK.02")]
    made = plan_meetings(act=world.act("clerk"), drafts=drafts)
    assert [(one.unit.code, one.state, one.month) for one in made] == [
        ("DUK.01.01", "planned", date(2023, 4, 1)),
        ("DUK.01.02", "planned", date(2023, 4, 1)),
        ("DUK.02", "planned", date(2023, 4, 1)),
    ]
    assert made[0].place == "Phòng họp 1"
    assert set(MeetingEntry.objects.values_list("effective_date", flat=True)) == {TODAY}
    assert AuditRow.objects.filter(action="meetings.planned").count() == 3


def test_queries_do_not_grow_with_meetings(world: World) -> None:
    counts = []
    for drafts in (
        [draft(world, "2023-04-10 14:00", unit="DUK.02")],
        [draft(world, "2023-05-10 14:00", unit=unit) for unit in ("DUK.01.01", "DUK.01.02", "DUK.02")],
    ):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            plan_meetings(act=world.act("clerk"), drafts=drafts)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("start", "given", "error", "told"),
    [
        ("2023-04-10 14:00", {"unit": "DUK.01"}, InvalidInput, "Đảng bộ cơ sở không có sinh hoạt chi bộ thường kỳ"),
        ("2023-04-10 14:00", {"kind": MeetingKind.COMMITTEE}, InvalidInput, "Chi bộ trực thuộc không có họp cấp ủy"),
        ("2023-04-10 14:00", {"kind": MeetingKind.BRIEFING}, InvalidInput, "Hội nghị không ghi ở lịch sinh hoạt"),
        ("2024-06-10 14:00", {}, InvalidInput, "còn quá xa"),
        ("2021-04-10 14:00", {}, InvalidInput, "không hoạt động ngày 10/04/2021"),
        ("2023-04-10 14:00", {"minutes": -30}, InvalidInput, "không sau giờ bắt đầu"),
        ("2023-04-10 14:00", {"unit": "XA.01"}, NotFound, "Không tìm thấy đơn vị"),
        ("2023-05-10 14:00", {"kind": MeetingKind.THEMATIC}, InvalidInput, "chỉ có sinh hoạt chuyên đề"),
        ("2023-03-28 14:00", {}, Conflict, "đã đăng ký sinh hoạt thường kỳ ngày 20/03/2023"),
        ("2023-03-20 15:00", {"kind": MeetingKind.CELL_COMMITTEE}, Conflict, "đã có kỳ họp lúc 14:00"),
    ],
)
def test_refused(start: str, given: dict[str, object], error: type[Exception], told: str, world: World) -> None:
    planned(world)
    with pytest.raises(error, match=told):
        planned(world, start, **given)
    assert Meeting.objects.count() == 1


def test_two_in_one_batch_at_one_hour(world: World) -> None:
    pair = [
        draft(world, "2023-04-10 14:00"),
        draft(world, "2023-04-10 14:30", kind=MeetingKind.CELL_COMMITTEE),
    ]
    with pytest.raises(Conflict, match="đã có kỳ họp") as caught:
        plan_meetings(act=world.act("clerk"), drafts=pair)
    assert caught.value.index == 1


def test_thematic_beside_the_regular_one(world: World) -> None:
    pair = [draft(world, "2023-04-10 14:00"), draft(world, "2023-04-20 14:00", kind=MeetingKind.THEMATIC)]
    regular, thematic = plan_meetings(act=world.act("clerk"), drafts=pair)
    with pytest.raises(InvalidInput, match="không thay sinh hoạt thường kỳ"):
        cancel_meetings(act=world.act("clerk"), meetings=[regular], reason="bão")
    cancel_meetings(act=world.act("clerk"), meetings=[regular, thematic], reason="bão")


def test_sittings_of_one_meeting_side_by_side(world: World) -> None:
    one = draft(world, "2023-04-10 14:00", unit="DUK.01", kind=MeetingKind.ALL_MEMBERS)
    both = replace(one, sittings=(*one.sittings, Sitting(at("2023-04-10 14:00"), place="Phòng họp 2")))
    [made] = plan_meetings(act=world.act("clerk"), drafts=[both])
    assert MeetingEntry.objects.filter(meeting=made).count() == 2


def test_a_change_keeps_the_day_of_registration(world: World) -> None:
    early = replace(draft(world, "2023-04-10 14:00"), registered=date(2023, 3, 30))
    [meeting] = plan_meetings(act=world.act("clerk"), drafts=[early])
    moved = change_plan(act=world.act("clerk"), meeting=meeting, sitting=Sitting(at("2023-04-12 08:00")))
    assert (moved.day, moved.place) == (date(2023, 4, 12), "")
    [live] = MeetingEntry.objects.live().filter(meeting=meeting, kind=MeetingEvent.PLANNED)
    assert live.effective_date == date(2023, 3, 30)
    with pytest.raises(InvalidInput, match="quá xa tháng 4/2023"):
        change_plan(act=world.act("clerk"), meeting=meeting, sitting=Sitting(at("2023-06-12 08:00")))
    with pytest.raises(InvalidInput, match="ở tương lai"):
        plan_meetings(
            act=world.act("clerk"), drafts=[replace(draft(world, unit="DUK.02"), registered=date(2023, 4, 6))]
        )


def test_cancelling(world: World) -> None:
    meeting = planned(world, "2023-04-10 14:00")
    with pytest.raises(InvalidInput, match="Chưa ghi lý do"):
        cancel_meetings(act=world.act("clerk"), meetings=[meeting], reason=" ")
    [entry] = cancel_meetings(act=world.act("clerk"), meetings=[meeting], reason="hoãn do bão")
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED
    with pytest.raises(Conflict, match="đã hủy rồi"):
        cancel_meetings(act=world.act("clerk"), meetings=[meeting], reason="hoãn do bão")
    planned(world, "2023-04-10 14:00")
    void_meeting_entry(act=world.act("clerk"), entry=entry)
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED
    with pytest.raises(Conflict, match="đã được đính chính"):
        void_meeting_entry(act=world.act("clerk"), entry=entry)
    with pytest.raises(InvalidInput, match="đã diễn ra"):
        cancel_meetings(act=world.act("clerk"), meetings=[held(world)], reason="nhầm")


def test_inviting(world: World) -> None:
    meeting = planned(world, "2023-04-10 14:00")
    invite_to_meetings(act=world.act("clerk"), meetings=[meeting], day=date(2023, 4, 4))
    invite_to_meetings(act=world.act("clerk"), meetings=[meeting])
    [live] = MeetingEntry.objects.live().filter(meeting=meeting, kind=MeetingEvent.INVITED)
    assert live.effective_date == TODAY
    with pytest.raises(InvalidInput, match="sau ngày họp"):
        invite_to_meetings(act=world.act("clerk"), meetings=[planned(world)])


def test_who_may(world: World) -> None:
    planned(world, "2023-04-10 14:00", who="secretary")
    with pytest.raises(NotAllowed, match="Ghi lịch, điểm danh"):
        planned(world, "2023-05-10 14:00", who="inspector")
    with pytest.raises(NotFound):
        planned(world, "2023-05-10 14:00", who="secretary", unit="DUK.02")
    assert set(Meeting.objects.visible_to(world.users["outsider"], today=TODAY)) == set()
    assert Meeting.objects.visible_to(world.users["clerk"], today=TODAY).get().unit.code == CELL
