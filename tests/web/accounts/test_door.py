"""The door: coming in, going out, the first password, and what happens after too many wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from tests.world import PASSWORD

from giaoban.apps.accounts.operations import print_code
from giaoban.apps.audit.models import AuditRow

if TYPE_CHECKING:
    from tests.world import World

DOOR = "/dang-nhap/"
pytestmark = pytest.mark.usefixtures("world")


def test_a_person_comes_in_and_it_is_recorded(client: Client) -> None:
    response = client.post(DOOR, {"username": " LAN ", "password": PASSWORD}, follow=True)
    assert response.redirect_chain[-1][0] == "/?don-vi=DUK&ky=2023-Q1", "the place is in the address"
    assert "Đảng bộ Khối các cơ quan tỉnh An Lạc" in response.content.decode()
    assert AuditRow.objects.filter(action="accounts.signed_in", actor__username="lan").count() == 1


@pytest.mark.parametrize(
    ("username", "password", "reason"),
    [
        ("lan", "sai-mat-khau-roi", "wrong password"),
        ("khong-co", PASSWORD, "nobody of that name; the answer is the same"),
    ],
)
def test_what_was_wrong_is_not_told(client: Client, username: str, password: str, reason: str) -> None:
    page = client.post(DOOR, {"username": username, "password": password}).content.decode()
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page, reason
    assert f'value="{username}"' in page, "the name stays"
    assert password not in page, "the password does not"


def test_empty_fields_say_what_is_missing(client: Client) -> None:
    page = client.post(DOOR, {}).content.decode()
    assert "Chưa có tên đăng nhập." in page
    assert "Chưa có mật khẩu." in page


def test_after_six_wrong_passwords_even_the_right_one_waits(client: Client) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(DOOR, {"username": "lan", "password": "sai-mat-khau-roi"})
    response = client.post(DOOR, {"username": "lan", "password": PASSWORD})
    assert response.status_code == 429
    assert "tạm dừng 15 phút" in response.content.decode()


@pytest.mark.parametrize(
    ("wanted", "goes_to", "reason"),
    [
        ("/dang-vien/?don-vi=DUK", "/dang-vien/?don-vi=DUK", "back to where they wanted to go"),
        ("https://noi-khac.example/", "/", "never out of the house"),
        ("//noi-khac.example/", "/", "nor by an address without a scheme"),
    ],
)
def test_where_the_door_leads(client: Client, wanted: str, goes_to: str, reason: str) -> None:
    response = client.post(DOOR, {"username": "lan", "password": PASSWORD, "next": wanted})
    assert response["Location"] == goes_to, reason


def test_an_unsigned_link_comes_back_after_the_door(client: Client) -> None:
    response = client.get("/dang-vien/?don-vi=DUK")
    assert response["Location"] == "/dang-nhap/?next=/dang-vien/%3Fdon-vi%3DDUK"


def test_htmx_is_sent_to_the_door_as_a_whole_page(client: Client) -> None:
    response = client.get("/dang-vien/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == "/dang-nhap/", "else the door would appear inside a table"


def test_who_is_in_needs_no_door(as_: Callable[[str], Client]) -> None:
    assert as_("clerk").get(DOOR)["Location"] == "/"


def test_going_out_ends_the_session_and_is_recorded(as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    assert client.get("/dang-xuat/").status_code == 405, "a link must not sign anybody out"
    assert client.post("/dang-xuat/")["Location"] == DOOR
    assert client.get("/dang-vien/").status_code == 302
    assert AuditRow.objects.filter(action="accounts.signed_out").count() == 1


def test_a_printed_code_sets_the_password_once(world: World, client: Client) -> None:
    code = print_code(act=world.act("clerk"), user=world.users["secretary"])
    form = {"username": "tho", "code": code.lower(), "password": "con-duong-lang-2023", "again": "con-duong-lang-2023"}
    response = client.post("/dat-mat-khau/", form, follow=True)
    assert "Mời đồng chí đăng nhập bằng mật khẩu mới" in response.content.decode()
    assert client.post(DOOR, {"username": "tho", "password": "con-duong-lang-2023"}).status_code == 302
    page = Client().post("/dat-mat-khau/", form).content.decode()
    assert "không đúng, đã dùng hoặc quá hạn" in page
    assert "con-duong-lang-2023" not in page


def test_two_different_passwords_and_a_weak_one_are_told(world: World, client: Client) -> None:
    code = print_code(act=world.act("clerk"), user=world.users["secretary"])
    form = {"username": "tho", "code": code, "password": "con-duong-lang-2023", "again": "con-duong-2023"}
    assert "Hai lần nhập chưa giống nhau" in client.post("/dat-mat-khau/", form).content.decode()
    page = client.post("/dat-mat-khau/", form | {"password": "ngan", "again": "ngan"}).content.decode()
    assert 'class="field wrong"' in page
    assert "10 ký tự" in page


def test_somebody_without_any_grant_is_told_whom_to_ask(as_: Callable[[str], Client]) -> None:
    response = as_("stranger").get("/")
    assert response.status_code == 403
    assert "Đề nghị văn phòng cấp ủy phân quyền" in response.content.decode()
