"""Two people have one form about groups, visits or a committee open: the second is told, nothing is twice or lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.web.organizations.examples import visit_of
from tests.web.organizations.test_committee import hold
from tests.world import World

from giaoban.apps.members.models import OfficeEntry, VisitAssignment
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import CommitteeEntry, Group, GroupMembership, TermEntry

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
LAN = "Nguyễn Thị Lan ghi lúc 08:30 ngày 05/04/2023"
COMMITTEE = "/to-chuc/DUK.01/cap-uy/"
PAPER = {"decision_number": "12-QĐ/DUK", "decision_date": "20/01/2023", "decision_issuer": "Đảng ủy Khối"}
TERM = {"kind_of": "opening", "day": "01/01/2022", "name": "2020 - 2025", "until": "30/06/2025", **PAPER}
PLAN = {"kind_of": "inspection_planned", "day": "02/03/2023", "note": "nhiệm kỳ 2025 - 2030", **PAPER}


def _page(response: Any) -> str:
    return html.unescape(response.content.decode())


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found is not None
    return found.group(1)


def test_a_name_that_somebody_else_gave_meanwhile_is_not_written_over(world: World, as_: As) -> None:
    url, first, second = "/to-chuc/DUK/cum-khoi/cluster/1/ten/?don-vi=DUK", as_("clerk"), as_("organizer")
    seen = [_seen(_page(one.get(url))) for one in (first, second)]
    assert first.post(url, {"name": "Cụm các sở", "position": "2", "seen": seen[0]}).status_code == 302
    answer = second.post(url, {"name": "Cụm hành chính", "position": "3", "seen": seen[1]})
    page = _page(answer)
    assert answer.status_code == 422
    assert f"Cụm này đã đổi thành «Cụm các sở», thứ tự 2 ({LAN})" in page
    assert 'value="Cụm hành chính"' in page, "what was typed stays"
    assert Group.objects.get(code="1", kind="cluster").name == "Cụm các sở"
    assert second.post(url, {"name": "", "seen": seen[1]}).status_code == 422
    assert second.post(url, {"name": "Cụm hành chính", "position": "3", "seen": _seen(page)}).status_code == 302
    assert Group.objects.get(code="1", kind="cluster").name == "Cụm hành chính", "who was told may mean it"


def test_a_form_that_is_wrong_in_itself_does_not_forget_what_it_was_opened_on(world: World, as_: As) -> None:
    url, first, second = "/to-chuc/DUK/cum-khoi/cluster/1/ten/?don-vi=DUK", as_("clerk"), as_("organizer")
    seen = _seen(_page(second.get(url)))
    first.post(url, {"name": "Cụm các sở", "position": "2", "seen": _seen(_page(first.get(url)))})
    page = _page(second.post(url, {"name": "", "position": "3", "seen": seen}))
    assert _seen(page) == seen
    answer = second.post(url, {"name": "Cụm hành chính", "position": "3", "seen": _seen(page)})
    assert "đã đổi thành «Cụm các sở»" in _page(answer)


def test_an_end_that_somebody_else_wrote_meanwhile_is_not_written_over(world: World, as_: As) -> None:
    visit = visit_of(world)
    url, first, second = f"/to-chuc/theo-doi/{visit.uid}/?don-vi=DUK", as_("clerk"), as_("organizer")
    seen = _seen(_page(second.get(url)))
    assert first.post(url, {"last_day": "31/03/2023", "seen": seen}).status_code == 302
    answer = second.post(url, {"last_day": "15/03/2023", "seen": seen})
    page = _page(answer)
    assert answer.status_code == 422
    assert f"đã được ghi đến hết ngày 31/03/2023 ({LAN})" in page
    assert 'value="15/03/2023"' in page, "what was typed stays"
    assert VisitAssignment.objects.get(pk=visit.pk).valid_to == date(2023, 4, 1)
    assert second.post(url, {"last_day": "15/03/2023", "seen": _seen(page)}).status_code == 302
    assert VisitAssignment.objects.get(pk=visit.pk).valid_to == date(2023, 3, 16)


def test_units_that_are_in_the_group_already_are_not_said_to_be_put_there(world: World, as_: As) -> None:
    url = "/to-chuc/DUK/cum-khoi/cluster/1/?don-vi=DUK"
    sent = {"what": "in", "day": "01/04/2023", "units": ["DUK.01"]}
    before = GroupMembership.objects.count()
    page = _page(as_("organizer").post(url, sent, follow=True))
    assert "Đã xếp" not in page
    assert "1 tổ chức đã ở «" in page
    assert GroupMembership.objects.count() == before


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("nhiem-ky/", TERM, f"Đã có «Nhiệm kỳ đang có khi bắt đầu dùng sổ» ngày 01/01/2022 ({LAN})"),
        ("quyet-dinh/", PLAN, f"Đã có «Quy hoạch ủy ban kiểm tra» như vậy ngày 02/03/2023 ({LAN})"),
    ],
)
def test_the_same_term_or_decision_is_not_recorded_twice(
    path: str, typed: dict[str, str], told: str, world: World, as_: As
) -> None:
    first, second = as_("clerk"), as_("organizer")
    assert first.post(COMMITTEE + path, typed).status_code == 302
    once = (TermEntry.objects.count(), CommitteeEntry.objects.count())
    answer = second.post(COMMITTEE + path, typed)
    page = _page(answer)
    assert answer.status_code == 422
    assert told in page
    for value in typed.values():
        assert value in page, "what was typed stays"
    assert (TermEntry.objects.count(), CommitteeEntry.objects.count()) == once


@pytest.mark.parametrize("path", ["thoi-giu/", "thay-doi/"])
def test_who_has_left_an_office_meanwhile_is_told_by_name(path: str, world: World, as_: As) -> None:
    hold(world, "DUK.01", Office.COMMITTEE_MEMBER, "minh")  # somebody is left whose leaving could be written
    first, second = as_("clerk"), as_("organizer")
    key = f"{world.members['dao'].uid}:secretary"
    leaves = {f"end_{key}": "on", f"day_{key}": "01/02/2023", **PAPER}
    changes = {"day": "01/02/2023", "how": "appointed", "note": "", "leaving": [key], "rows": "0", **PAPER}
    assert first.post(f"{COMMITTEE}thoi-giu/", leaves).status_code == 302
    once = OfficeEntry.objects.count()
    answer = second.post(COMMITTEE + path, leaves if path == "thoi-giu/" else changes)
    assert answer.status_code == 422
    page = _page(answer)
    assert f"Bí thư Nguyễn Đức Đạo đã thôi giữ chức vụ từ ngày 01/02/2023 ({LAN}); không cần ghi nữa." in page
    assert 'value="12-QĐ/DUK"' in page, "what was typed stays"
    assert OfficeEntry.objects.count() == once
