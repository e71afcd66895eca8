"""The code on the secretary's screen, its picture, and the member's page: without scripts, for those invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.urls import reverse
from tests.apps.meetings.examples import planned, taps
from tests.standing_world import BACKEND
from tests.web.members.self_examples import own_user
from tests.world import NOW, TODAY

from giaoban.apps.meetings.models import AttendanceEntry, Meeting
from giaoban.apps.meetings.queries.presence_code import code_for

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]


@pytest.fixture
def meeting(world: World) -> Meeting:
    return planned(world, f"{TODAY} 08:00")


def member(world: World, name: str = "em") -> Client:
    client = Client()
    client.force_login(own_user(world, name), backend=BACKEND)
    return client


def test_the_secretary_shows_it_and_sees_who_came(world: World, as_: As, meeting: Meeting) -> None:
    secretary = as_("secretary")
    assert "Mã điểm danh" in secretary.get(reverse("meetings:meeting", args=[meeting.uid])).content.decode()
    page = secretary.get(reverse("meetings:code", args=[meeting.uid]))
    assert page["Refresh"] == "60"
    assert "Có mặt 0 / 4" in page.content.decode()
    picture = secretary.get(reverse("meetings:code_image", args=[meeting.uid]))
    assert picture["Content-Type"] == "image/svg+xml"
    drawn = ElementTree.fromstring(picture.content)
    assert drawn.tag.endswith("svg")
    assert b"style=" not in picture.content, "the policy forbids styles"
    member(world).post(reverse("meetings:present", args=[code_for(meeting, NOW)]))
    page = secretary.get(reverse("meetings:code", args=[meeting.uid])).content.decode()
    assert "Có mặt 1 / 4" in page
    assert 'Trần Thị Em <span class="small soft">08:30' in page
    shown = secretary.get(reverse("meetings:meeting", args=[meeting.uid])).content.decode()
    assert "tự báo bằng mã" in shown
    taps(world, meeting, absent=("em",))
    assert "Chưa ai báo bằng mã" in secretary.get(reverse("meetings:code", args=[meeting.uid])).content.decode()


def test_a_member_says_present(world: World, meeting: Meeting) -> None:
    url, client = reverse("meetings:present", args=[code_for(meeting, NOW)]), member(world)
    page = client.get(url)
    assert "Tôi có mặt" in page.content.decode()
    assert not AttendanceEntry.objects.exists(), "opening the page says nothing yet"
    assert page["Cache-Control"] == "private, no-store"
    page = client.post(url, follow=True).content.decode()
    assert "Đã ghi đồng chí <strong>Trần Thị Em</strong> có mặt lúc 08:30" in page
    client.post(url)
    assert AttendanceEntry.objects.count() == 1


def test_who_has_not_signed_in_comes_back_to_the_code(world: World, meeting: Meeting) -> None:
    url = reverse("meetings:present", args=[code_for(meeting, NOW)])
    response = Client().get(url)
    assert response.status_code == 302
    assert response["Location"].startswith("/dang-nhap/?next=/sinh-hoat/co-mat/")


def test_a_helper_is_led_to_the_list(world: World, as_: As, meeting: Meeting) -> None:
    url = reverse("meetings:present", args=[code_for(meeting, NOW)])
    response = as_("secretary").get(url)
    assert response["Location"] == reverse("meetings:tick", args=[meeting.uid]) + "?don-vi=DUK.01.01"
    refused = as_("deputy").get(url)
    assert refused.status_code == 422
    assert "chưa gắn với đảng viên nào" in refused.content.decode()


def test_who_is_not_invited_is_told_why(world: World, meeting: Meeting) -> None:
    response = member(world, "son").post(reverse("meetings:present", args=[code_for(meeting, NOW)]))
    assert response.status_code == 422
    assert "không thuộc DUK.01.01" in response.content.decode()
    assert member(world).get(reverse("meetings:present", args=["x:y"])).status_code == 422
    assert not AttendanceEntry.objects.exists()
