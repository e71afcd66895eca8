"""Lists of members, one person's page, and the personal data behind a recorded act."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.world import IDENTITY

from giaoban.apps.audit.act import HANOI
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_members
from giaoban.core.dates_vi import PartialDate, Precision

if TYPE_CHECKING:
    from tests.world import World


@pytest.mark.parametrize(
    ("text", "found", "not_found", "reason"),
    [
        ("huong", ["Tạ Hương Giang"], ["Đặng Thị Chi"], "without diacritics"),
        ("dang", ["Đặng Thị Chi", "Lê Đăng Khoa"], ["Trần Thị Em"], "đ and ă are found by d and a"),
        ("Đăng", ["Lê Đăng Khoa"], ["Đặng Thị Chi"], "typed with diacritics they must be so"),
        ("đăng", ["Lê Đăng Khoa"], ["Đặng Thị Chi"], "small letters find the name too"),
        ("thi em", ["Trần Thị Em"], ["Đặng Thị Chi"], "every word must be there, in any place"),
        ("70000002", ["Nguyễn Đức Đạo"], ["Trần Thị Em"], "a card number"),
        ("000003alc", ["Trần Thị Em"], ["Nguyễn Đức Đạo"], "a file number, in small letters"),
    ],
)
def test_search(text: str, found: list[str], not_found: list[str], reason: str, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/dang-vien/", {"tim": text}, headers={"HX-Request": "true"}).content.decode()
    for name in found:
        assert name in page, reason
    for name in not_found:
        assert name not in page, reason


def test_nothing_found_says_what_to_try(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/dang-vien/", {"tim": "zzz <b>"}).content.decode()
    assert "có dấu hay không dấu đều được" in page
    assert "zzz &lt;b&gt;" in page, "and what was typed is only text"


@pytest.mark.parametrize(
    ("query", "count", "reason"),
    [
        ({}, 15, "members who stand now"),
        ({"dien": "probationary"}, 2, "probationary"),
        ({"dien": "gone"}, 2, "one transferred out, one died"),
        ({"gioi": "female"}, 9, "women"),
        ({"don-vi": "DUK.01.01"}, 4, "the chosen cell only"),
        ({"dien": "no-such"}, 15, "an unknown filter does not narrow"),
    ],
)
def test_filters(query: dict[str, str], count: int, reason: str, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/dang-vien/", query).content.decode()
    assert f"{count} đảng viên" in page, reason
    assert page.count('<th scope="row"><a') == count, reason


def test_names_stand_in_vietnamese_order(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/dang-vien/").content.decode()
    order = [page.index(name) for name in ("Nguyễn Bình An", "Lê Thanh Bình", "Đặng Thị Chi", "Nguyễn Đức Đạo")]
    assert order == sorted(order)


def _many(world: World) -> None:
    first = FirstEntry(MemberEvent.OPENING, date(2022, 1, 1), world.units["DUK.02"])
    birth = PartialDate(date(1980, 1, 1), Precision.YEAR)
    enrol_members(
        act=world.act("clerk", at_console=True),
        drafts=[MemberDraft(f"Lê Văn Zuân {number:03}", birth, first) for number in range(90)],
    )


def test_paging_walks_through_all_once(world: World, as_: Callable[[str], Client]) -> None:
    _many(world)
    client = as_("clerk")
    pages = [client.get("/dang-vien/", {"trang": str(number)}).content.decode() for number in (1, 2, 3, 99)]
    assert "Từ 1 đến 50 trong 105 đảng viên" in pages[0]
    assert "Từ 51 đến 100 trong 105 đảng viên" in pages[1]
    assert "Từ 101 đến 105 trong 105 đảng viên" in pages[2]
    assert "Từ 101 đến 105" in pages[3], "beyond the last is the last"
    assert 'rel="prev"' not in pages[0]
    assert 'rel="next"' not in pages[2]
    names = "".join(pages[:3])
    assert all(names.count(f"Zuân {number:03}") == 1 for number in range(90))


def test_the_whole_list_for_paper_is_recorded(world: World, as_: Callable[[str], Client]) -> None:
    _many(world)
    page = as_("clerk").get("/dang-vien/", {"in": "tat-ca", "don-vi": "DUK"}).content.decode()
    assert page.count('<th scope="row"><a') == 105
    row = AuditRow.objects.get(action="members.list_printed")
    assert (row.actor.username, row.unit_code, row.detail["rows"]) == ("lan", "DUK", 105)


def test_a_secretary_sees_the_own_cell(as_: Callable[[str], Client]) -> None:
    page = as_("secretary").get("/dang-vien/").content.decode()
    assert "Nguyễn Đức Đạo" in page
    assert "Hoàng Nhật Minh" not in page


def test_a_probation_that_is_over_is_not_told_as_something_to_come(
    world: World, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    for now, told in (
        (datetime(2024, 1, 9, 8, tzinfo=HANOI), "Hết thời hạn dự bị ngày 10/01/2024"),
        (datetime(2024, 1, 10, 8, tzinfo=HANOI), "Đã hết thời hạn dự bị ngày 10/01/2024, chưa ghi quyết định"),
    ):
        monkeypatch.setattr("giaoban.web.http.clock", lambda now=now: now)
        page = as_("clerk").get(f"/dang-vien/{world.members['an'].uid}/?don-vi=DUK").content.decode()
        assert f"<li>{told}" in page


def test_the_timeline_is_newest_first_with_decisions(world: World, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get(f"/dang-vien/{world.members['khoa'].uid}/").content.decode()
    order = [page.index(words) for words in ("06/03/2023", "20/02/2023", "01/01/2022")]
    assert order == sorted(order)
    assert "Từ Chi bộ Văn phòng đến Chi bộ Thanh tra" in page
    admitted = as_("clerk").get(f"/dang-vien/{world.members['an'].uid}/").content.decode()
    assert "Văn bản số 1-QĐ/DUK ngày 10/01/2023" in admitted
    assert "Hết thời hạn dự bị ngày 10/01/2024" in admitted


@pytest.mark.parametrize(
    ("role", "sees"), [("deputy", True), ("inspector", True), ("clerk", False)], ids=lambda value: str(value)
)
def test_discipline_by_name_needs_its_own_right(
    role: str, sees: bool, world: World, as_: Callable[[str], Client]
) -> None:
    page = as_(role).get(f"/dang-vien/{world.members['minh'].uid}/").content.decode()
    assert ("khiển trách" in page) is sees


def test_personal_data_are_folded_opening_them_is_recorded_and_said(world: World, as_: Callable[[str], Client]) -> None:
    client, dao = as_("organizer"), world.members["dao"]
    folded = client.get(f"/dang-vien/{dao.uid}/").content.decode()
    assert IDENTITY not in folded
    assert "0900000001" not in folded
    assert dao.card_number not in folded
    assert "Ai mở, lúc nào đều được ghi lại" in folded
    assert not AuditRow.objects.filter(action="members.file_read").exists(), "looking at the page is not opening"
    for headers in ({}, {"HX-Request": "true"}):
        page = client.post(f"/dang-vien/{dao.uid}/du-lieu-rieng/", headers=headers).content.decode()
        assert IDENTITY in page
        assert "Việc mở này đã được ghi vào nhật ký" in page
    rows = AuditRow.objects.filter(action="members.file_read", object_uid=str(dao.uid), actor__username="binh")
    assert rows.count() == 2
    assert all(IDENTITY not in str(row.detail) for row in rows)


@pytest.mark.parametrize("address", ["/dang-vien/?don-vi=DUK", "/tim/?tim=dao"], ids=["list", "search"])
def test_lists_tell_the_year_of_birth_and_where_the_cell_is(address: str, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get(address).content.decode()
    assert "1970" in page
    assert "19/05/1970" not in page, "the day of birth is opened in the file, and that is recorded"
    assert "Chi bộ Văn phòng, Đảng bộ cơ quan Sở Thử nghiệm" in page


def test_a_long_list_asks_no_more_for_its_places(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    with CaptureQueriesContext(connection) as few:
        client.get("/dang-vien/", {"don-vi": "DUK", "tim": "dao"})
    _many(world)
    with CaptureQueriesContext(connection) as many:
        client.get("/dang-vien/", {"don-vi": "DUK"})
    assert len(many) <= len(few)


def test_search_of_the_whole_scope(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/tim/", {"tim": "thu nghiem", "don-vi": "DUK.01.01"}).content.decode()
    assert "Đảng bộ cơ quan Sở Thử nghiệm" in page
    page = as_("clerk").get("/tim/", {"tim": "minh"}).content.decode()
    assert "Hoàng Nhật Minh" in page
    outside = as_("outsider").get("/tim/", {"tim": "minh"}).content.decode()
    assert "Hoàng Nhật Minh" not in outside
    assert "Không có đảng viên hay tổ chức nào khớp" in outside


def test_who_goes_from_one_own_cell_to_another_leads_to_their_page(world: World, as_: Callable[[str], Client]) -> None:
    link = f'href="/dang-vien/{world.members["nga"].uid}/'
    for page in ("/dang-vien/dang-chuyen/", "/dang-vien/theo-doi/chuyen/"):
        for unit, leads in (("DUK", True), ("DUK.01", True), ("DUK.02", False)):
            shown = as_("clerk").get(page, {"don-vi": unit}).content.decode()
            assert "Đỗ Thúy Nga" in shown
            assert (link in shown) == leads, (page, unit)


def test_every_step_offered_for_a_letter_opens(as_: Callable[[str], Client]) -> None:
    for unit, steps in (("DUK", 3), ("DUK.01", 2), ("DUK.02", 1)):
        page = as_("clerk").get("/dang-vien/dang-chuyen/", {"don-vi": unit}).content.decode()
        links = re.findall(r'href="(/dang-vien/dang-chuyen/[0-9a-f-]{36}/[^"]*)"', page)
        assert len(links) == steps, unit
        assert {as_("clerk").get(unescape(link)).status_code for link in links} == {200}


def test_who_is_on_the_way_is_seen_from_both_ends(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/dang-vien/dang-chuyen/", {"don-vi": "DUK.02"}).content.decode()
    assert "Đỗ Thúy Nga" in page
    assert "Chi bộ Thanh tra, Đảng bộ cơ quan Sở Thử nghiệm" in page
    assert ">Tiếp nhận</a>" in page, "the one who receives may accept"
    page = as_("clerk").get("/dang-vien/dang-chuyen/", {"don-vi": "DUK.01"}).content.decode()
    assert "Đỗ Thúy Nga" in page
    assert ">Tiếp nhận</a>" not in page, "the one who sends waits"
    assert "Không có đảng viên nào đang chuyển" in as_("secretary").get("/dang-vien/dang-chuyen/").content.decode()
