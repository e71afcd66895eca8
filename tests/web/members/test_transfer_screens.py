"""Transfers on screen: for a time, abroad, letters withdrawn or handed in elsewhere, who is on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.world import TODAY

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState
from giaoban.apps.members.operations import send_member
from giaoban.web.members import transfers

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]
LETTER = {"goal": "", "goal_code": "", "outside": "", "day": "03/04/2023", "decision_number": "", "decision_date": ""}


def letter_url(world: World, what: str) -> str:
    found = MemberEntry.objects.get(member=world.members["nga"], kind=MemberEvent.TRANSFER_SENT)
    return f"/dang-vien/dang-chuyen/{found.uid}/{what}"


def test_for_a_time_and_back(world: World, as_: As) -> None:
    client, em = as_("secretary"), world.members["em"]
    form = LETTER | {"outside": "Trường Chính trị tỉnh", "temporary": "on", "until": "30/09/2023"}
    page = client.post(f"/dang-vien/{em.uid}/chuyen-sinh-hoat/", form, follow=True).content.decode()
    assert "Chuyển sinh hoạt tạm thời, đến ngày 30/09/2023" in page
    assert "Đang sinh hoạt tạm thời nơi khác, chưa ghi trở về" in page
    listed = client.get("/dang-vien/dang-chuyen/").content.decode()
    assert "Trường Chính trị tỉnh" in listed
    page = client.post(f"/dang-vien/{em.uid}/het-tam-thoi/", {"day": "05/04/2023"}, follow=True).content.decode()
    assert "Đã ghi Trần Thị Em hết sinh hoạt tạm thời ngày 05/04/2023." in page
    assert world.refresh("em").state == MemberState.OFFICIAL
    again = client.post(f"/dang-vien/{em.uid}/het-tam-thoi/", {"day": "05/04/2023"})
    assert again.status_code == 422


def test_abroad(world: World, as_: As) -> None:
    client, em = as_("clerk"), world.members["em"]
    url = f"/dang-vien/{em.uid}/chuyen-sinh-hoat/"
    refused = client.post(url, LETTER | {"goal": "DUK.02", "abroad": "on"})
    assert "ghi tên tổ chức đảng nơi đến ở ô ngoài hệ thống" in refused.content.decode()
    page = client.post(url, LETTER | {"outside": "Đảng ủy tại Lào", "abroad": "on"}, follow=True).content.decode()
    assert "Chuyển sinh hoạt chính thức ra nước ngoài" in page
    official = client.post(url, LETTER | {"outside": "X", "until": "30/09/2023"})
    assert official.status_code == 422


def test_withdrawn(world: World, as_: As) -> None:
    page = as_("clerk").post(letter_url(world, "rut/"), {"day": "05/04/2023"}, follow=True).content.decode()
    assert "Đã ghi rút giấy giới thiệu của Đỗ Thúy Nga." in page
    assert "Rút giấy giới thiệu" in page
    assert "Chuyển sinh hoạt</a>" in page, "and may be sent again"
    assert as_("clerk").post(letter_url(world, "rut/"), {"day": "05/04/2023"}).status_code == 422


def test_handed_in_elsewhere(world: World, as_: As) -> None:
    client, url = as_("clerk"), letter_url(world, "noi-khac/")
    page = client.get(url).content.decode()
    assert 'value="DUK.01.01"' in page
    assert 'value="DUK.02"' not in page, "that is where the letter leads"
    both = client.post(url, {"goal": "DUK.01.01", "outside": "Đảng bộ X", "day": "05/04/2023"})
    assert "một trong hai" in both.content.decode()
    assert both.status_code == 422
    page = client.post(url, {"goal": "DUK.01.01", "outside": "", "day": "05/04/2023"}, follow=True).content.decode()
    assert "Đã ghi Đỗ Thúy Nga nộp giấy giới thiệu tại DUK.01.01." in page
    assert world.refresh("nga").unit.code == "DUK.01.01"


def test_handed_in_outside(world: World, as_: As) -> None:
    form = {"goal": "", "outside": "Đảng bộ huyện Khe Mây", "day": "05/04/2023"}
    as_("clerk").post(letter_url(world, "noi-khac/"), form)
    assert world.refresh("nga").state == MemberState.GONE_OUT


def test_the_list_tells_the_day_by_which(world: World, as_: As) -> None:
    page = as_("clerk").get("/dang-vien/dang-chuyen/").content.decode()
    assert "12/05/2023" in page
    for words in ("Tiếp nhận", "Nộp nơi khác", "Rút giấy"):
        assert words in page
    assert "Rút giấy" not in as_("inspector").get("/dang-vien/dang-chuyen/").content.decode()


def test_a_guest(world: World, as_: As) -> None:
    client = as_("clerk")
    form = {
        "cell": "DUK.02",
        "full_name": "Đoàn Thị Khách",
        "birth": "1990",
        "sex": "female",
        "outside": "Đảng bộ huyện Khe Mây",
        "day": "03/04/2023",
        "temporary": "on",
        "until": "30/06/2023",
        "status": "official",
        "admitted_on": "",
        "recognised_on": "",
        "card_number": "",
        "decision_number": "",
        "decision_date": "",
    }
    page = client.post("/dang-vien/tiep-nhan-tu-ngoai/", form, follow=True).content.decode()
    assert "Đã ghi sinh hoạt tạm thời Đoàn Thị Khách từ Đảng bộ huyện Khe Mây." in page
    assert "sinh hoạt tạm thời" in page
    assert "Kết thúc sinh hoạt tạm thời" in page
    member = Member.objects.get(full_name="Đoàn Thị Khách")
    client.post(f"/dang-vien/{member.uid}/het-tam-thoi/", {"day": "05/04/2023"})
    member.refresh_from_db()
    assert member.state == MemberState.GONE_OUT


def test_letters_page_by_page_and_whole_for_paper(world: World, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("dao", "quy"):
        send_member(act=world.act("clerk"), member=world.members[name], day=TODAY, to_unit=world.units["DUK.01.02"])
    monkeypatch.setattr(transfers, "PAGE", 2)
    client = as_("clerk")
    first, last = (client.get("/dang-vien/dang-chuyen/", {"trang": page}).content.decode() for page in ("1", "99"))
    assert "3 giấy, trang 1/2" in first
    assert "3 giấy, trang 2/2" in last
    assert (first.count("Rút giấy"), last.count("Rút giấy")) == (2, 1)
    assert "Bản in đầy đủ" in first
    whole = client.get("/dang-vien/dang-chuyen/", {"in": "tat-ca"}).content.decode()
    assert whole.count("Rút giấy") == 3
    assert "Bản in đầy đủ" not in whole
    trail = AuditRow.objects.get(action="members.worklist_printed")
    assert trail.detail == {"rows": 3, "list": "on_the_way"}
