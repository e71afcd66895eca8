"""What an organisation is given on screen: commendations, and the recognition as «bốn tốt»."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.world import World

from giaoban.apps.members.models import HonourEntry, HonourEvent

pytestmark = pytest.mark.django_db


def test_on_screen_beside_commendations(world: World, as_: Callable[[str], Client]) -> None:
    url, client = "/dang-vien/khen-to-chuc/?don-vi=DUK.01", as_("clerk")
    typed = {"what": "four_goods", "level": "upper", "day": "03/02/2023", "reason": "yearly", "form": "letter"}
    done = client.post(url, typed, follow=True).content.decode()
    assert "Đã ghi công nhận «bốn tốt» Đảng bộ cơ quan Sở Thử nghiệm." in done
    entry = HonourEntry.objects.get(kind=HonourEvent.FOUR_GOODS)
    assert (entry.unit.code, entry.reason, entry.form) == ("DUK.01", "", "")
    wrong = client.post(url, typed | {"what": "commended", "reason": ""})
    assert wrong.status_code == 422
    assert "Chưa có thành tích." in wrong.content.decode()
    assert "four_goods" not in client.get(f"/dang-vien/{world.members['dao'].uid}/khen-thuong/").content.decode()
