"""Records of one person side by side: joined with a choice, undone with one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.world import World

from giaoban.apps.members.models import Member, MemberAlias, MemberEvent, MemberState
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_member
from giaoban.core.dates_vi import PartialDate, Precision

pytestmark = pytest.mark.django_db
PAGE = "/dang-vien/trung/?don-vi=DUK"


@pytest.fixture
def second(world: World) -> Member:
    first = FirstEntry(MemberEvent.OPENING, date(2022, 1, 1), world.units["DUK.02"])
    birth = PartialDate(date(1970, 1, 1), Precision.YEAR)
    return enrol_member(act=world.act("clerk", at_console=True), draft=MemberDraft("Nguyễn Đức Đạo", birth, first))


def test_two_records_side_by_side_joined_and_taken_apart(
    world: World, as_: Callable[[str], Client], second: Member
) -> None:
    client, dao = as_("clerk"), world.members["dao"]
    page = client.get(PAGE).content.decode()
    assert "Trùng họ tên và năm sinh" in page
    assert "70000002" not in page, "numbers of cards need the right to open files"
    assert "70000002" in as_("organizer").get(PAGE).content.decode()
    both = client.post("/dang-vien/trung/noi/", {"giu": dao.uid, "kia": second.uid, "qua-trinh": "nhap"}, follow=True)
    assert "Chưa nối được" in both.content.decode()
    joined = client.post("/dang-vien/trung/noi/", {"giu": dao.uid, "kia": second.uid, "qua-trinh": "bo"}, follow=True)
    assert "Đã nối hai hồ sơ của Nguyễn Đức Đạo" in joined.content.decode()
    second.refresh_from_db()
    assert second.state == MemberState.ALIAS
    assert "15 đảng viên" in client.get("/dang-vien/?don-vi=DUK").content.decode()
    alias = MemberAlias.objects.get()
    assert as_("outsider").post(f"/dang-vien/trung/{alias.uid}/bo-noi/").status_code == 404
    apart = client.post(f"/dang-vien/trung/{alias.uid}/bo-noi/", follow=True)
    assert "Đã bỏ nối" in apart.content.decode()
    second.refresh_from_db()
    assert second.state == MemberState.OFFICIAL


def test_nothing_alike(as_: Callable[[str], Client]) -> None:
    assert "Không có hai hồ sơ nào trùng" in as_("clerk").get(PAGE).content.decode()
    assert as_("clerk").post("/dang-vien/trung/noi/", {"giu": "x", "kia": "y"}).status_code == 404
