"""Meetings of several sittings, each moved and recorded by itself; who was told is told again after a change."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse
from tests.apps.meetings.examples import at, planned
from tests.world import NOW

from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent
from giaoban.apps.meetings.operations import Sitting, change_plan

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]


def url(name: str, *args: object, **query: str) -> str:
    asked = "&".join(f"{key.replace('_', '-')}={value}" for key, value in query.items())
    return reverse(f"meetings:{name}", args=args) + (f"?{asked}" if asked else "")


def test_several_sittings_are_one_meeting(world: World, as_: As) -> None:
    sent = {"minutes": "90", "form": "in_person", "ngay-DUK.01.01-2023-04": "5; 3", "gio-DUK.01.01": "14h"}
    done = as_("clerk").post(url("plan", don_vi="DUK", ky="2023-M04"), sent, follow=True).content.decode()
    assert "Đã đăng ký 1 kỳ" in done
    meeting = Meeting.objects.get()
    assert meeting.day == date(2023, 4, 3)
    invited = as_("secretary").get(url("invite", meeting.uid)).content.decode()
    assert "14:00 đến 15:30, thứ Hai, ngày 03/04/2023; 14:00 đến 15:30, thứ Tư, ngày 05/04/2023." in invited
    assert as_("secretary").get(url("calendar", meeting.uid)).content.count(b"BEGIN:VEVENT") == 2
    for _twice in range(2):
        as_("secretary").post(url("tick", meeting.uid), {"dung-lich": "1", "seed": str(uuid.UUID(int=5))})
    held_entries = MeetingEntry.objects.filter(kind=MeetingEvent.HELD).order_by("sitting")
    assert [one.effective_date for one in held_entries] == [date(2023, 4, 3), date(2023, 4, 5)]
    page = as_("secretary").get(url("meeting", meeting.uid)).content.decode()
    assert "Họp 2 buổi" in page
    assert "(chưa họp)" not in page
    twice = as_("clerk").post(url("plan", don_vi="DUK", ky="2023-M05"), {**sent, "ngay-DUK.01.01-2023-05": "9, 9"})
    assert "có một ngày hai lần" in twice.content.decode()


def test_each_sitting_is_moved_and_recorded_by_itself(world: World, as_: As) -> None:
    sent = {"minutes": "90", "form": "in_person", "ngay-DUK.01.01-2023-04": "3; 10", "gio-DUK.01.01": "14h"}
    as_("clerk").post(url("plan", don_vi="DUK", ky="2023-M04"), sent)
    meeting, secretary = Meeting.objects.get(), as_("secretary")
    secretary.post(url("tick", meeting.uid), {"dung-lich": "1", "seed": str(uuid.UUID(int=5))})
    page = secretary.get(url("meeting", meeting.uid)).content.decode()
    assert "Đổi lịch buổi 2" in page, "its day is still to come when the first is recorded"
    assert "Đổi lịch buổi 1" not in page
    assert "Ghi buổi 2" not in page
    second = url("change", meeting.uid, buoi="2")
    assert 'value="10/04/2023"' in secretary.get(second).content.decode()
    moved = {"day": "04/04/2023", "starts": "8:00", "ends": "9:30", "form": "in_person", "place": "Phòng họp 2"}
    secretary.post(second, moved)
    page = secretary.get(url("meeting", meeting.uid)).content.decode()
    assert "thứ Ba 04/04/2023, 08:00 đến 09:30 (chưa họp)" in page
    assert "Ghi buổi 2" in page
    late = secretary.post(url("sitting", meeting.uid, buoi="2"), {**moved, "starts": "10:00"})
    assert late.status_code == 422
    assert "không sau giờ bắt đầu" in late.content.decode()
    secretary.post(url("sitting", meeting.uid, buoi="2"), moved)
    held_entries = MeetingEntry.objects.live().filter(kind=MeetingEvent.HELD).order_by("sitting")
    assert [one.effective_date for one in held_entries] == [date(2023, 4, 3), date(2023, 4, 4)]
    page = secretary.get(url("meeting", meeting.uid)).content.decode()
    assert "(chưa họp)" not in page
    assert "buổi 2" not in page
    again = secretary.post(second, moved)
    assert again.status_code == 422
    assert "không đổi lịch được nữa" in again.content.decode()
    assert secretary.get(url("sitting", meeting.uid, buoi="3")).status_code == 404
    assert secretary.get(url("change", meeting.uid, buoi="hai")).status_code == 404


def test_who_was_told_before_a_change_is_told_again(world: World, as_: As) -> None:
    meeting, secretary = planned(world, "2023-04-17 14:00"), as_("secretary")
    secretary.post(url("invite", meeting.uid), {"day": "05/04/2023"})
    assert "cần báo lại" not in secretary.get(url("meeting", meeting.uid)).content.decode()
    later = replace(world.act("clerk"), now=NOW + timedelta(minutes=5))
    change_plan(act=later, meeting=meeting, sitting=Sitting(at("2023-04-18 14:00"), at("2023-04-18 15:30")))
    assert "lịch đã đổi sau đó, cần báo lại" in secretary.get(url("meeting", meeting.uid)).content.decode()
