"""Two people have the same form open and both send it: the second is told, what they typed stays, nothing is twice."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import World

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.members.models import AbsenceEntry, HonourEntry, MemberEntry, MemberEvent, OfficeEntry, VettingEntry
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_member
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import PartialDate, Precision

pytestmark = pytest.mark.django_db
Form = tuple[str, Callable[[World], object], dict[str, str], str]


def _of(key: str) -> Callable[[World], object]:
    return lambda world: world.members[key].uid


def _letter(world: World) -> object:
    return MemberEntry.objects.get(member=world.members["nga"], kind=MemberEvent.TRANSFER_SENT).uid


def _probationer(world: World) -> object:
    first = FirstEntry(MemberEvent.ADMITTED, date(2022, 3, 1), world.units["DUK.01.01"], Decision("1-QĐ/DUK"))
    draft = MemberDraft("Lý Văn Dự", PartialDate(date(1999, 1, 5), Precision.DAY), first)
    return enrol_member(act=world.act("clerk"), draft=draft).uid


DAY = {"day": "03/04/2023"}
FORMS: list[Form] = [
    ("members:accept", _letter, DAY, "đã được tiếp nhận hoặc giấy giới thiệu đã rút"),
    ("members:withdraw", _letter, DAY, "đã được tiếp nhận hoặc giấy giới thiệu đã rút"),
    ("members:hand_in", _letter, {**DAY, "goal": "DUK.01.01"}, "đã được tiếp nhận hoặc giấy giới thiệu đã rút"),
    ("members:recognise", _probationer, {**DAY, "decision_number": "9-QĐ/DUK"}, "đã là đảng viên chính thức"),
    ("members:issue_card", _of("giang"), {**DAY, "card_number": "71000001", "round": "19/5"}, "đã có thẻ đảng viên"),
    ("members:death", _of("quy"), DAY, "đã từ trần ngày 03/04/2023"),
    (
        "members:leave",
        _of("quy"),
        {**DAY, "how": "struck_off", "ground": "standard", "decision_number": "8-QĐ/ĐU"},
        "đã ra khỏi Đảng",
    ),
    ("members:away", _of("quy"), {**DAY, "place": "Bình Dương"}, "đang đi xa"),
]


def _written() -> int:
    registers: tuple[type[JournalEntry], ...] = (MemberEntry, AbsenceEntry, HonourEntry, OfficeEntry, VettingEntry)
    return sum(register._default_manager.count() for register in registers)


@pytest.mark.parametrize(("name", "whom", "typed", "told"), FORMS, ids=[form[0] for form in FORMS])
def test_the_second_of_two_is_told(
    name: str,
    whom: Callable[[World], object],
    typed: dict[str, str],
    told: str,
    world: World,
    as_: Callable[[str], Client],
) -> None:
    url = reverse(name, args=[whom(world)]) + "?don-vi=DUK&ky=2023-Q1"
    first, second = as_("clerk"), as_("organizer")
    for one in (first, second):
        assert one.get(url).status_code == 200
    before = _written()
    assert first.post(url, typed).status_code == 302
    once = _written()
    assert once > before
    answer = second.post(url, typed)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert told in page
    for value in typed.values():
        assert value in page, "what was typed stays"
    assert _written() == once, "nothing is recorded twice"


def test_of_two_who_let_one_person_return_the_second_is_told(world: World, as_: Callable[[str], Client]) -> None:
    url = reverse("members:away", args=[world.members["quy"].uid]) + "?don-vi=DUK&ky=2023-Q1"
    first, second = as_("clerk"), as_("organizer")
    first.post(url, {"day": "01/03/2023", "place": "Bình Dương"})
    for one in (first, second):
        assert "Đã trở về" in one.get(url).content.decode()
    assert first.post(url, {**DAY, "what": "returned"}).status_code == 302
    once = _written()
    page = second.post(url, {**DAY, "what": "returned"}, follow=True).content.decode()
    assert "không đang đi xa, đã có người ghi trở về trước" in html.unescape(page)
    assert _written() == once
