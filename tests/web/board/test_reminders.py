"""The call list with the contact's telephone, and setting whom to call."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.board.examples import example_duty

from giaoban.apps.obligations.models import UnitContact
from giaoban.apps.obligations.operations import send_reminders

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]
PLACE = {"don-vi": "DUK", "ky": "2023-Q1"}


def test_the_secretary_names_a_contact_and_the_office_calls(world: World, as_: As, settings: Settings) -> None:
    example_duty(world)
    listed = as_("clerk").get(reverse("board:reminders"), PLACE).content.decode()
    assert "Trần Thị Em" in listed, "who leads the cell where nobody else is named"
    url = reverse("board:contact", args=["DUK.01.01"])
    sent = {"name": "đ/c Thọ", "phone": "0912 345 678", "email": "tho@coquan.vn", "start": "01/04/2023"}
    page = as_("secretary").post(url, sent | {"phone": "x"})
    assert page.status_code == 422
    assert "không phải số điện thoại" in page.content.decode()
    assert 'value="tho@coquan.vn"' in page.content.decode()
    page = as_("secretary").post(url, sent, follow=True).content.decode()
    assert "0912 345 678" in page
    assert UnitContact.objects.get().email == "tho@coquan.vn"
    listed = as_("clerk").get(reverse("board:reminders"), PLACE).content.decode()
    assert "đ/c Thọ" in listed
    assert "0912 345 678" in listed
    assert "tho@coquan.vn" not in listed, "the printed list is for the telephone"
    settings.REMIND_BY_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "vanphong@coquan.vn"
    send_reminders(act=world.act("clerk"), unit=world.units["DUK"])
    assert "đã gửi thư 08:30 hôm nay" in as_("clerk").get(reverse("board:reminders"), PLACE).content.decode()
