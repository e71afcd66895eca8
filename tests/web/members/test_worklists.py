"""The page of all worklists, each of them whole, on paper and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.world import TODAY, World

from giaoban.apps.audit.act import HANOI
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import MemberEntry, MemberEvent
from giaoban.apps.members.operations import exempt_member, member_goes_away
from giaoban.web.members import worklists
from giaoban.web.members.worklist_rows import WORKLISTS

pytestmark = pytest.mark.django_db
PAGE = "/dang-vien/theo-doi/"


def test_all_lists_on_one_page_with_what_mends_each(world: World, as_: Callable[[str], Client]) -> None:
    act, members = world.act("clerk"), world.members
    exempt_member(act=act, member=members["dao"], day=date(2022, 6, 1), until=date(2023, 4, 30))
    member_goes_away(act=act, member=members["em"], day=date(2022, 6, 1), place="Bình Dương")
    page = as_("clerk").get(PAGE).content.decode()
    for one in WORKLISTS.values():
        assert f'id="{one.key}"' in page
    letter = MemberEntry.objects.get(member=members["nga"], kind=MemberEvent.TRANSFER_SENT)
    assert f"/dang-vien/dang-chuyen/{letter.uid}/?" in page, "accept"
    assert f"/dang-vien/{members['dao'].uid}/mien-sinh-hoat/?" in page
    assert "còn 25 ngày" in page
    assert f"/dang-vien/{members['em'].uid}/di-xa/?" in page
    assert "/to-chuc/DUK/cap-uy/thay-doi/?" in page, "the secretary of DUK is not recorded"
    assert "Đề nghị đính chính" in page


def test_those_who_only_look_get_no_links_that_record(world: World, as_: Callable[[str], Client]) -> None:
    member_goes_away(act=world.act("clerk"), member=world.members["em"], day=date(2022, 6, 1), place="Bình Dương")
    page = as_("deputy").get(PAGE).content.decode()
    assert "Trần Thị Em" in page
    assert "Ghi liên lạc" not in page
    assert "/cap-uy/thay-doi/" not in page
    assert "/to-chuc/DUK/cap-uy/?" in page
    assert "Đề nghị đính chính" not in page
    assert "Trần Thị Em" not in as_("outsider").get(PAGE).content.decode()


def test_first_rows_here_the_rest_on_its_own_page(
    world: World, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("dao", "em", "minh", "phong"):
        member_goes_away(act=world.act("clerk"), member=world.members[name], day=date(2022, 6, 1), place="Huế")
    monkeypatch.setattr(worklists, "FIRST", 3)
    monkeypatch.setattr(worklists, "PAGE", 3)
    client = as_("clerk")
    assert "Xem cả 4 dòng" in client.get(PAGE).content.decode()
    first, second = (client.get(f"{PAGE}di-xa/", {"trang": number}).content.decode() for number in ("1", "2"))
    assert "4 dòng, trang 2/2" in second
    assert first.count("Ghi liên lạc") == 3
    assert second.count("Ghi liên lạc") == 1
    assert not AuditRow.objects.filter(action="members.worklist_printed").exists()
    whole = client.get(f"{PAGE}di-xa/", {"in": "tat-ca"}).content.decode()
    assert whole.count("Ghi liên lạc") == 4
    assert AuditRow.objects.get(action="members.worklist_printed").detail == {"rows": 4, "list": "di-xa"}
    assert client.get(f"{PAGE}di-xa/", {"trang": "99"}).content.decode().count("Ghi liên lạc") == 1


@pytest.mark.parametrize("key", WORKLISTS)
def test_a_workbook_of_each_with_its_row_in_the_audit(key: str, world: World, as_: Callable[[str], Client]) -> None:
    act = world.act("clerk")
    exempt_member(act=act, member=world.members["dao"], day=date(2022, 6, 1), until=TODAY)
    member_goes_away(act=act, member=world.members["em"], day=date(2022, 6, 1), place="Bình Dương")
    answer = as_("clerk").post(f"{PAGE}{key}/lay-ve/")
    assert f"theo-doi-{key}-DUK-2023-04-05.xlsx" in answer["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert tuple(rows[2][1:5]) == WORKLISTS[key].headings
    trail = AuditRow.objects.get(action="members.worklist_exported")
    assert (trail.detail["list"], trail.detail["rows"]) == (key, len(rows) - 3)
    if key == "mien":
        assert rows[3][1] == "Nguyễn Đức Đạo"
        assert rows[3][4] == TODAY
        assert rows[3][5] == "đến hạn hôm nay"


def test_of_a_wide_unit_each_list_is_counted_by_the_units_below(
    world: World, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("dao", "em", "minh"):
        member_goes_away(act=world.act("clerk"), member=world.members[name], day=date(2022, 6, 1), place="Huế")
    client = as_("clerk")
    narrow = client.get(f"{PAGE}di-xa/").content.decode()
    monkeypatch.setattr(worklists, "WIDEST", 3)
    page = client.get(PAGE).content.decode()
    for key in WORKLISTS:
        assert f'id="{key}"' in page
        assert f'hx-get="{PAGE}{key}/?don-vi=DUK' in page
        assert f'<a href="{PAGE}{key}/?don-vi=DUK' in page, "without scripts too"
    wide = client.get(f"{PAGE}di-xa/").content.decode()
    assert "Trần Thị Em" in narrow
    assert "Trần Thị Em" not in wide
    assert '<td class="number">3</td></tr></tfoot>' in wide
    numbers = 0
    for code, unit in (("DUK.01", world.units["DUK.01"]), ("DUK.02", world.units["DUK.02"])):
        below = client.get(f"{PAGE}di-xa/?don-vi={code}").content.decode()
        rows = below.count("Ghi liên lạc")
        numbers += rows
        assert (f"{PAGE}di-xa/?don-vi={unit.code}&" in wide) == (rows > 0)
    assert numbers == 3
    assert "DUK.01.01" not in wide, "only those directly below"
    seats = client.get(f"{PAGE}khuyet/").content.decode()
    assert "Không đếm chung" in seats
    assert all(f"{PAGE}khuyet/?don-vi={code}&" in seats for code in ("DUK.01", "DUK.02"))
    assert client.post(f"{PAGE}di-xa/lay-ve/").status_code == 404
    part = client.get(f"{PAGE}di-xa/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "</tfoot>" in part


@pytest.mark.parametrize(
    ("path", "about"),
    [
        (f"{PAGE}du-bi/", "recognition"),
        (f"{PAGE}chuyen/", "transfer"),
        ("/dang-vien/dang-chuyen/", "transfer"),
    ],
)
def test_the_papers_of_a_list_are_one_step_away(
    path: str, about: str, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = {"don-vi": "DUK", "ky": "2024-Q1"}
    link = f'href="/giay-to/lap/{about}/?don-vi=DUK&amp;ky=2024-Q1"'
    shown = as_("clerk").get(path, place).content.decode()
    assert (link in shown) == (about == "transfer"), "in April 2023 nobody's probation ends soon"
    monkeypatch.setattr("giaoban.web.http.clock", lambda: datetime(2023, 12, 1, 8, tzinfo=HANOI))
    assert link in as_("clerk").get(path, place).content.decode()
    assert link not in as_("deputy").get(path, place).content.decode(), "who only looks writes no papers"


def test_no_such_list(as_: Callable[[str], Client]) -> None:
    assert as_("clerk").get(f"{PAGE}gi-do/").status_code == 404
    assert as_("clerk").post(f"{PAGE}gi-do/lay-ve/").status_code == 404


def test_the_list_of_members_leads_here(as_: Callable[[str], Client]) -> None:
    assert "/dang-vien/theo-doi/?" in as_("deputy").get("/dang-vien/").content.decode()
