"""«Dữ liệu của tôi» and the office's side of it: sign-ins of members, requests and answers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.standing_world import BACKEND
from tests.web.members.self_examples import example_request, own_user
from tests.world import IDENTITY, NOW, PASSWORD, World

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import CorrectionRequest, MemberAccount, RequestState
from giaoban.apps.members.operations import ask_correction, link_account

pytestmark = pytest.mark.django_db
OWN = "/dang-vien/cua-toi/"


@pytest.fixture
def dao(world: World) -> Client:
    """A browser of «dao», who holds no grant."""
    client = Client()
    client.force_login(own_user(world, "dao"), backend=BACKEND)
    return client


def test_own_data_without_any_grant_and_each_opening_recorded(world: World, dao: Client) -> None:
    page = dao.get(OWN)
    text = page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    for words in ("Nguyễn Đức Đạo", IDENTITY, "0900000001", "70000002", "Chi bộ Văn phòng"):
        assert words in text
    dao.get(OWN)
    rows = AuditRow.objects.filter(action="members.own_data_read", object_uid=str(world.members["dao"].uid))
    assert rows.count() == 2
    for url in (
        "/",
        "/dang-vien/",
        f"/dang-vien/{world.members['dao'].uid}/",
        f"/dang-vien/{world.members['em'].uid}/",
    ):
        assert dao.get(url).status_code == 403, "one's own data open no other page"


def test_no_other_member_whatever_the_address_says(world: World, dao: Client) -> None:
    text = dao.get(OWN, {"don-vi": "DUK", "uid": str(world.members["em"].uid)}).content.decode()
    assert "Nguyễn Đức Đạo" in text
    assert "Trần Thị Em" not in text
    assert dao.post(OWN).status_code == 405


def test_ones_own_discipline_but_nobody_elses(world: World) -> None:
    client = Client()
    client.force_login(own_user(world, "minh"), backend=BACKEND)
    assert "Kỷ luật: khiển trách" in client.get(OWN).content.decode()


def test_without_a_linked_member(world: World, as_: Callable[[str], Client]) -> None:
    answer = as_("clerk").get(OWN)
    assert answer.status_code == 403
    assert "chưa nối với hồ sơ đảng viên" in answer.content.decode()
    assert not AuditRow.objects.filter(action="members.own_data_read").exists()
    link_account(act=world.act("organizer"), user=world.users["clerk"], member=world.members["em"])
    page = as_("clerk").get(OWN).content.decode()
    assert "Về trang làm việc" in page
    assert OWN in as_("clerk").get("/dang-vien/").content.decode(), "the menu of the person leads here"


def test_after_signing_in_a_member_without_grants_comes_to_their_own_data(world: World) -> None:
    user = own_user(world, "dao")
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    answer = client.post("/dang-nhap/", {"username": user.username, "password": PASSWORD})
    assert answer["Location"] == OWN
    clerk = Client().post("/dang-nhap/", {"username": "lan", "password": PASSWORD})
    assert clerk["Location"] == "/"


def test_asked_refused_and_answered(world: World, dao: Client, as_: Callable[[str], Client]) -> None:
    wrong = dao.post(f"{OWN}de-nghi/", {"about": "phone", "wish": f"Số của tôi là {IDENTITY}"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "có số định danh cá nhân" in text
    assert f"Số của tôi là {IDENTITY}</textarea>" in text, "what was typed stays"
    assert dao.post(f"{OWN}de-nghi/", {"about": "", "wish": ""}).status_code == 422
    sent = dao.post(f"{OWN}de-nghi/", {"about": "phone", "wish": "Số máy đã đổi"}, follow=True).content.decode()
    assert "Đã gửi đề nghị" in sent
    assert "chờ xem xét" in sent
    asked = CorrectionRequest.objects.get()

    office = as_("secretary")
    page = office.get("/dang-vien/de-nghi/").content.decode()
    assert "Số máy đã đổi" in page
    assert f"/dang-vien/{world.members['dao'].uid}/?" in page
    empty = office.post(f"/dang-vien/de-nghi/{asked.uid}/", {f"{asked.uid}-answer": " ", "tra-loi": "dong-y"})
    assert empty.status_code == 422
    assert "Chưa có trả lời" in empty.content.decode()
    typed = {f"{asked.uid}-answer": "Đã ghi số mới", "tra-loi": "dong-y"}
    done = office.post(f"/dang-vien/de-nghi/{asked.uid}/", typed, follow=True).content.decode()
    assert "Đã trả lời Nguyễn Đức Đạo: đồng ý đính chính." in done
    again = as_("clerk").post(f"/dang-vien/de-nghi/{asked.uid}/", typed | {"tra-loi": "khong"})
    assert again.status_code == 422
    assert "đã có người trả lời" in again.content.decode()
    asked.refresh_from_db()
    assert asked.state == RequestState.ACCEPTED
    own = dao.get(OWN).content.decode()
    assert "đồng ý đính chính" in own
    assert "Đã ghi số mới" in own


def test_a_request_about_an_entry_leads_to_its_correction(
    world: World, dao: Client, as_: Callable[[str], Client]
) -> None:
    choice = re.search(r'<option value="(members:[0-9a-f-]+)">', dao.get(OWN).content.decode())
    assert choice is not None
    dao.post(f"{OWN}de-nghi/", {"about": choice[1], "wish": "Ngày chưa đúng"})
    page = as_("secretary").get("/dang-vien/de-nghi/").content.decode()
    assert f"/dang-vien/lan-ghi/{choice[1].removeprefix('members:')}/?" in page


def test_nobody_answers_their_own_request(world: World, as_: Callable[[str], Client]) -> None:
    link_account(act=world.act("clerk"), user=world.users["secretary"], member=world.members["em"])
    asked = ask_correction(act=world.act("secretary"), about="phone", wish="Số máy đã đổi")
    page = as_("secretary").get("/dang-vien/de-nghi/").content.decode()
    assert "Đề nghị của chính đồng chí" in page
    typed = {f"{asked.uid}-answer": "Được", "tra-loi": "dong-y"}
    assert as_("secretary").post(f"/dang-vien/de-nghi/{asked.uid}/", typed).status_code == 403


def test_a_sign_in_is_linked_on_the_page_of_the_member(world: World, as_: Callable[[str], Client]) -> None:
    dao = world.members["dao"]
    url = f"/dang-vien/{dao.uid}/tai-khoan/"
    secretary = as_("secretary")
    assert url in secretary.get(f"/dang-vien/{dao.uid}/").content.decode()
    page = secretary.get(url).content.decode()
    assert "Nối tài khoản đã có" in page
    assert "Tạo tài khoản mới" not in page, "who records members does not make people"
    wrong = secretary.post(url, {"viec": "noi", "username": "khong.co"})
    assert wrong.status_code == 422
    assert "khong.co" in wrong.content.decode()
    self_made = secretary.post(url, {"viec": "noi", "username": "tho"})
    assert "Không tự nối tài khoản của mình" in self_made.content.decode()
    done = secretary.post(url, {"viec": "noi", "username": "khach"}, follow=True).content.decode()
    assert "Đã nối tài khoản khach (Vũ Không Quyền) với Nguyễn Đức Đạo." in done
    assert "In mã một lần mới" not in done
    assert secretary.post(url, {"viec": "ma"}).status_code == 403
    assert secretary.post(url, {"viec": "gi-do"}).status_code == 404
    gone = secretary.post(url, {"viec": "bo"}, follow=True).content.decode()
    assert "Đã bỏ nối tài khoản khach" in gone
    assert not MemberAccount.objects.exists()


def test_a_new_sign_in_is_printed_on_a_slip(world: World, as_: Callable[[str], Client]) -> None:
    url = f"/dang-vien/{world.members['dao'].uid}/tai-khoan/"
    clerk = as_("clerk")
    taken = clerk.post(url, {"viec": "tao", "username": "lan"})
    assert taken.status_code == 422
    assert "đã có người dùng" in taken.content.decode()
    slip = clerk.post(url, {"viec": "tao", "username": "dao.nguyen"}).content.decode()
    code = re.search(r'<p class="code">([^<]+)</p>', slip)
    assert code is not None
    password = {"password": PASSWORD, "again": PASSWORD}
    first = Client().post("/dat-mat-khau/", {"username": "dao.nguyen", "code": code[1], **password})
    assert first.status_code == 302
    assert "Phiếu mã một lần" in clerk.post(url, {"viec": "ma"}).content.decode()


def test_own_page_asks_the_same_whatever_was_asked(world: World, dao: Client) -> None:
    example_request(world)
    dao.post(f"{OWN}de-nghi/", {"about": "phone", "wish": "Số máy đã đổi"})
    with CaptureQueriesContext(connection) as few:
        dao.get(OWN)
    act = Act(own_user(world, "dao"), NOW)
    for number in range(12):
        ask_correction(act=act, about="other", wish=f"Việc {number}")
    with CaptureQueriesContext(connection) as many:
        dao.get(OWN)
    assert len(many) == len(few)
