"""People and their grants, by those who manage them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import Grant

if TYPE_CHECKING:
    from tests.world import World

NEW = {
    "full_name": "Trịnh Văn Mới",
    "username": "moi.trinh",
    "role": "unit_secretary",
    "unit": "DUK.02",
    "first_day": "05/04/2023",
    "last_day": "31/12/2023",
    "decision": "12-QĐ/DUK",
}


def test_a_person_is_added_and_comes_in_with_the_printed_code(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").post("/nguoi-dung/them/", NEW).content.decode()
    found = re.search(r'class="code">([A-Z2-9-]+)<', page)
    assert found
    assert "đến hết ngày 08/04/2023" in page, "three days"
    password = "mot-hai-ba-bon-2023"
    Client().post(
        "/dat-mat-khau/", {"username": "moi.trinh", "code": found[1], "password": password, "again": password}
    )
    response = Client().post("/dang-nhap/", {"username": "moi.trinh", "password": password}, follow=True)
    assert response.redirect_chain[-1][0] == "/?don-vi=DUK.02&ky=2023-Q1"
    grant = Grant.objects.get(user__username="moi.trinh")
    assert (grant.valid_from, grant.valid_to) == (date(2023, 4, 5), date(2024, 1, 1)), "the last day belongs to it"


@pytest.mark.parametrize(
    ("change", "told", "reason"),
    [
        ({"username": "lan"}, "đã có người dùng", "the name is taken"),
        ({"username": "Ơ hay"}, "không hợp lệ", "letters that a sign-in name cannot have"),
        ({"full_name": "Mới"}, "cả họ và tên", "half a name"),
        ({"unit": "XA.01"}, "Không tìm thấy đơn vị", "another committee's unit is not there"),
        ({"unit": "KHONG"}, "cần mã của một đơn vị đồng chí quản lý", "no such unit"),
        ({"last_day": "01/04/2023"}, "không sau ngày bắt đầu", "the days run backwards"),
        ({"role": "vua"}, "Hãy chọn vai trò trong danh sách", "no such role"),
    ],
)
def test_a_refusal_stands_in_the_form_and_nothing_is_written(
    change: dict[str, str], told: str, reason: str, as_: Callable[[str], Client]
) -> None:
    before = User.objects.count()
    response = as_("clerk").post("/nguoi-dung/them/", NEW | change)
    page = response.content.decode()
    assert response.status_code == 422, reason
    assert told in page, reason
    assert (NEW | change)["full_name"] in page, "what was typed stays"
    assert User.objects.count() == before


def test_the_list_shows_only_the_own_committee(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/nguoi-dung/").content.decode()
    assert "Bùi Văn Thọ" in page
    assert "Hoàng Thị Mai" not in page


def test_a_grant_is_given_ended_and_handed_over(world: World, as_: Callable[[str], Client]) -> None:
    client, person = as_("clerk"), world.users["secretary"]
    form = {"role": "standing_deputy", "unit": "DUK.01", "first_day": "01/04/2023", "last_day": "", "decision": ""}
    response = client.post(f"/nguoi-dung/{person.uid}/vai-tro/", form, follow=True)
    assert "Đã giao thêm vai trò cho Bùi Văn Thọ" in response.content.decode()
    given = Grant.objects.get(user=person, role="standing_deputy")
    client.post(
        f"/nguoi-dung/vai-tro/{given.uid}/ban-giao/",
        {"successor": str(world.users["deputy"].uid), "day": "03/04/2023", "decision": ""},
    )
    given.refresh_from_db()
    assert given.valid_to == date(2023, 4, 3)
    taken = Grant.objects.get(user=world.users["deputy"], unit=world.units["DUK.01"])
    assert taken.valid_from == date(2023, 4, 3)
    client.post(f"/nguoi-dung/vai-tro/{taken.uid}/ket-thuc/", {"last_day": "04/04/2023"})
    taken.refresh_from_db()
    assert taken.valid_to == date(2023, 4, 5), "the last day still belongs to it"


def test_an_end_before_the_beginning_is_refused(world: World, as_: Callable[[str], Client]) -> None:
    grant = Grant.objects.get(user=world.users["secretary"])
    response = as_("clerk").post(f"/nguoi-dung/vai-tro/{grant.uid}/ket-thuc/", {"last_day": "01/01/2021"})
    assert response.status_code == 422
    assert "không nằm trong thời hạn phân quyền" in response.content.decode()


def test_a_new_code_replaces_the_old_one(world: World, as_: Callable[[str], Client]) -> None:
    client, person = as_("clerk"), world.users["secretary"]
    codes = [
        re.search(r'class="code">([A-Z2-9-]+)<', client.post(f"/nguoi-dung/{person.uid}/ma/").content.decode())
        for _ in range(2)
    ]
    assert codes[0]
    assert codes[1]
    password = "mot-hai-ba-bon-2023"
    form = {"username": "tho", "password": password, "again": password}
    assert "đã dùng" in Client().post("/dat-mat-khau/", form | {"code": codes[0][1]}).content.decode()
    assert Client().post("/dat-mat-khau/", form | {"code": codes[1][1]}).status_code == 302
