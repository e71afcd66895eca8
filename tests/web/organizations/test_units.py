"""The tree on a day, and a unit's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.apps.meetings.examples import held, planned
from tests.apps.organizations.acting import do

from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import (
    ActKind,
    Decision,
    GrantTerms,
    NewUnit,
    TreeDraft,
    give_grant,
    record_tree_events,
)

if TYPE_CHECKING:
    from tests.world import World

HTMX = {"HX-Request": "true"}


@pytest.fixture
def changed(world: World) -> World:
    """In February 2023 a cell moves, one is renamed, one is founded, one is handed over."""
    record_tree_events(
        act=world.act("clerk", at_console=True),
        drafts=[
            TreeDraft(UnitEvent.RENAMED, date(2023, 2, 1), "DUK.01.01", name="Chi bộ Văn phòng - Tổng hợp"),
            TreeDraft(
                UnitEvent.ESTABLISHED,
                date(2023, 2, 1),
                "DUK.01.03",
                parent="DUK.01",
                name="Chi bộ Tin học",
                unit_kind="cell",
                decision=Decision("7-QĐ/DUK", date(2023, 1, 30), "Đảng ủy Khối"),
            ),
            TreeDraft(
                UnitEvent.ESTABLISHED, date(2023, 2, 1), "DUK.03", parent="DUK", name="Đảng bộ cơ quan Sở Mới",
                unit_kind="grassroots_committee",
            ),
        ],
    )  # fmt: skip
    record_tree_events(
        act=world.act("clerk", at_console=True),
        drafts=[
            TreeDraft(UnitEvent.MOVED, date(2023, 2, 10), "DUK.01.02", parent="DUK.03"),
            TreeDraft(UnitEvent.HANDED_OVER, date(2023, 3, 1), "DUK.02", outside="Đảng bộ thành phố Vân Sơn"),
        ],
    )
    return world


def _tree(client: Client, **query: str) -> str:
    return client.get("/to-chuc/", {"ky": "2023-Q1", **query}, headers=HTMX).content.decode()


def test_the_tree_of_a_day(changed: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    before, after = _tree(client, tai_ngay="31/12/2022"), _tree(client)
    assert "Chi bộ Quỹ Thử nghiệm" in before
    assert "Chi bộ Quỹ Thử nghiệm" not in after
    assert "Chi bộ Tin học" not in before
    assert "Chi bộ Tin học" in after
    assert "Văn phòng - Tổng hợp" not in before
    assert "Văn phòng - Tổng hợp" in after
    assert "ngày 31/03/2023" in after, "without a day it is the period's last"


def test_comparing_two_days_says_what_was_done_to_each_unit(changed: World, as_: Callable[[str], Client]) -> None:
    page = _tree(as_("clerk"), so_voi="31/12/2022")
    assert "Mới có 02 tổ chức: thành lập 02" in page
    assert "Không còn 01 tổ chức: chuyển giao 01" in page
    assert "Có cả hai ngày mà đã khác: " in page
    for sign in ("thành lập 01/02/2023", "chuyển trực thuộc 10/02/2023", "đổi tên 01/02/2023"):
        assert f">{sign}</span>" in page, "each line says by what act and when"
    gone = page.split("không còn ngày")[1]
    assert "Chi bộ Quỹ Thử nghiệm" in gone
    assert "Chuyển giao đến Đảng bộ thành phố Vân Sơn ngày 01/03/2023" in gone


def test_the_earlier_tree_tells_what_came_later(changed: World, as_: Callable[[str], Client]) -> None:
    page = _tree(as_("clerk"), tai_ngay="31/12/2022", so_voi="31/03/2023")
    assert "về sau chuyển giao 01/03/2023" in page
    assert "về sau đổi tên 01/02/2023" in page
    missing = page.split("chưa có ngày 31/12/2022")[1]
    assert "Chi bộ Tin học, Đảng bộ cơ quan Sở Thử nghiệm</a>" in missing, "many cells bear one name"
    assert "Thành lập, trực thuộc Đảng bộ cơ quan Sở Thử nghiệm ngày 01/02/2023" in missing


def test_units_that_left_with_another_are_told_with_it(world: World, as_: Callable[[str], Client]) -> None:
    do(world, ActKind.HAND_OVER, units=("DUK.01",), outside="Đảng ủy khác")
    page = _tree(as_("clerk"), tai_ngay="05/04/2023", so_voi="31/03/2023")
    gone = page.split("không còn ngày")[1]
    assert gone.count("<li>") == 1
    assert "cùng 02 tổ chức trực thuộc" in gone
    assert "Chuyển giao đến Đảng ủy khác ngày 03/04/2023, theo Quyết định số 15-QĐ/ĐUK" in gone


def test_units_that_others_left_or_joined_are_marked(world: World, as_: Callable[[str], Client]) -> None:
    do(world, ActKind.SPLIT, units=("DUK.01.01",), new=(NewUnit("+1", "Chi bộ Một", "cell"),))
    do(world, ActKind.MERGE, units=("DUK.02",), goal="DUK.01.02")
    page = _tree(as_("clerk"), tai_ngay="05/04/2023", so_voi="31/03/2023")
    assert ">tách ra Chi bộ Một 03/04/2023</span>" in page
    assert ">nhận sáp nhập Chi bộ Quỹ Thử nghiệm 03/04/2023</span>" in page
    assert "Có cả hai ngày mà đã khác: tách ra 01, nhận sáp nhập 01" in page
    earlier = _tree(as_("clerk"), tai_ngay="31/03/2023", so_voi="05/04/2023")
    assert ">về sau tách ra Chi bộ Một 03/04/2023</span>" in earlier


def test_a_day_before_the_register_is_nothing_to_compare_with(world: World, as_: Callable[[str], Client]) -> None:
    assert "Ngày 01/01/1990 chưa có gì trong sổ để so" in _tree(as_("clerk"), so_voi="01/01/1990")
    assert "Hai ngày có cùng các tổ chức" in _tree(as_("clerk"), so_voi="30/03/2023")


def test_search_keeps_the_way_to_the_root(changed: World, as_: Callable[[str], Client]) -> None:
    page = _tree(as_("clerk"), tim="tin hoc")
    assert "Chi bộ <mark>Tin học</mark>" in page
    assert "Đảng bộ cơ quan Sở Thử nghiệm" in page, "the way"
    assert "Thanh tra" not in page, "nothing beside it"
    assert "Tìm thấy 1 tổ chức" in page
    assert "Gõ một phần của tên" in _tree(as_("clerk"), tim="zzz")


def test_a_day_that_is_none_is_told(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/to-chuc/", {"tai_ngay": "31/02/2023"}).content.decode()
    assert "Không có ngày «31/02/2023» trong lịch" in page


def test_numbers_of_members_stand_at_the_units(as_: Callable[[str], Client]) -> None:
    page = _tree(as_("clerk"))
    assert '<span class="count">4 tổ chức · 15 đảng viên</span>' in page, "the committee"
    assert '<span class="count">4 đảng viên</span>' in page, "a cell"


def test_a_units_page(changed: World, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/to-chuc/DUK.01/", {"ky": "2023-Q1"}).content.decode()
    assert "Đảng bộ cơ sở · mã DUK.01" in page
    assert "In trang này" in page, "it has a printed twin"
    assert "Nguyễn Đức Đạo" in page, "its secretary"
    assert "Thành lập Chi bộ Tin học" in page
    assert "Văn bản số 7-QĐ/DUK ngày 30/01/2023 của Đảng ủy Khối" in page
    assert "Chuyển sang trực thuộc Đảng bộ cơ quan Sở Mới Chi bộ Thanh tra" in page
    cell = as_("clerk").get("/to-chuc/DUK.01.01/", {"ky": "2023-Q1"}).content.decode()
    assert "Đổi tên thành «Chi bộ Văn phòng - Tổng hợp»" in cell


def test_a_unit_that_ended_can_still_be_read(changed: World, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/to-chuc/DUK.02/", {"ky": "2023-Q1"}).content.decode()
    assert "không hoạt động ngày 31/03/2023" in page
    assert "Chuyển giao đến Đảng bộ thành phố Vân Sơn" in page
    assert "/?don-vi=DUK.02&amp;ky=2023-Q1" in page, "and its figures of that time"
    later = as_("clerk").get("/to-chuc/DUK.02/", {"ky": "2023-Q2"}).content.decode()
    assert "Số liệu kỳ cuối (quý I/2023)" in later


@pytest.mark.parametrize(
    ("who", "address", "period", "status", "reason"),
    [
        ("clerk", "/", "2022-Q4", 200, "a period in which the unit stood here"),
        ("clerk", "/so-lieu/members.total/", "2022-Q4", 200, "and the entries behind it"),
        ("clerk", "/bao-cao/xem/quarter/", "2022-Q4", 200, "and the report of it"),
        ("clerk", "/", "2023-Q1", 200, "the period in which it left"),
        ("clerk", "/", "2023-Q2", 403, "what came after is not ours to read"),
        ("clerk", "/dang-vien/", "2022-Q4", 403, "files of persons belong to the unit of today"),
        ("clerk", "/dang-vien/ket-nap/", "2022-Q4", 403, "so does recording"),
        ("administrator", "/", "2022-Q4", 403, "no figures before, none after"),
        ("outsider", "/", "2022-Q4", 404, "never in their scope"),
    ],
)
def test_the_past_of_a_unit_that_left_stays_open_for_reading(
    who: str, address: str, period: str, status: int, reason: str, changed: World, as_: Callable[[str], Client]
) -> None:
    assert as_(who).get(address, {"don-vi": "DUK.02", "ky": period}).status_code == status, reason


def test_the_report_of_a_unit_that_left_is_read_but_not_taken(changed: World, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/bao-cao/xem/quarter/", {"don-vi": "DUK.02", "ky": "2022-Q4"}).content.decode()
    assert "Tải về" not in page
    assert (
        as_("clerk").post("/bao-cao/xem/quarter/tai/?don-vi=DUK.02&ky=2022-Q4", {"do-mat": "none"}).status_code == 403
    )


def test_a_unit_that_moved_is_not_read_by_its_former_secretary_any_more(
    changed: World, as_: Callable[[str], Client]
) -> None:
    give_grant(
        act=changed.act("clerk", at_console=True),
        user=changed.users["stranger"],
        terms=GrantTerms("unit_secretary", changed.units["DUK.01"], date(2022, 1, 1)),
    )
    client = as_("stranger")
    assert client.get("/", {"don-vi": "DUK.01.02", "ky": "2022-Q4"}).status_code == 200
    assert client.get("/", {"don-vi": "DUK.01.02", "ky": "2023-Q2"}).status_code == 403


def test_the_administrator_sees_units_without_figures(as_: Callable[[str], Client]) -> None:
    page = as_("administrator").get("/to-chuc/DUK.01/", {"ky": "2023-Q1"}).content.decode()
    assert "Đảng bộ cơ quan Sở Thử nghiệm" in page
    assert 'class="figures"' not in page
    assert "/dang-vien/" not in page.split("<main")[1], "nor a way to members"
    assert "Đảng viên</th>" not in page, "nor how many stand in the units below"
    assert 'data-label="Đảng viên">4</td>' in as_("clerk").get("/to-chuc/DUK.01/", {"ky": "2023-Q1"}).content.decode()


def test_a_unit_shows_its_last_meetings(world: World, as_: Callable[[str], Client]) -> None:
    page = "/to-chuc/DUK.01.01/?don-vi=DUK&ky=2023-Q1"
    assert "Chưa ghi kỳ sinh hoạt nào đến ngày 31/03/2023" in as_("clerk").get(page).content.decode()
    done, later = held(world), planned(world, "2023-04-20 14:00")
    shown = as_("clerk").get(page).content.decode()
    assert "Sinh hoạt chi bộ thường kỳ 20/03/2023" in shown
    assert str(done.uid) in shown
    assert str(later.uid) not in shown, "of the period's last day, not later"
