"""What falls due on screen: the desk, the list, its workbook, more time and none of it, the days that are worked."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.apps.members.candidate_steps import E, candidate, steps_to

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Candidate
from giaoban.apps.obligations.models import CalendarEntry, LeaveEntry

if TYPE_CHECKING:
    from tests.world import World


@pytest.fixture
def late(world: World) -> Candidate:
    """Somebody whose decision is late, beside the letter of nga that is on the way."""
    one = candidate(world)
    steps_to(world, one, E.CELL_RESOLVED)
    return one


def _duty_url(one: Candidate) -> str:
    return f"/den-han/viec/admission-decision/candidate:{one.uid}/"


def test_the_first_page_begins_with_what_is_due(late: Candidate, as_: Callable[[str], Client]) -> None:
    page = as_("secretary").get("/", follow=True).content.decode()
    part = page.split('id="due"')[1].split("</section>")[0]
    assert "1 việc, 1 quá hạn" in part
    assert "Nguyễn Thị Hường" in part
    assert f"/dang-vien/phat-trien/{late.uid}/" in part, "the link that mends it"
    assert "quá hạn 35 ngày làm việc" in part
    assert page.index('id="due"') < page.index('class="figures"'), "before the numbers"


def test_nothing_due_shows_nothing(world: World, as_: Callable[[str], Client]) -> None:
    assert 'id="due"' not in as_("secretary").get("/", follow=True).content.decode()
    assert "Không có việc nào đến hạn" in as_("secretary").get("/den-han/").content.decode()


def test_the_list_puts_late_first(world: World, late: Candidate, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/den-han/").content.decode()
    assert "3 việc, trong đó 1 việc quá hạn" in page
    assert page.index("Nguyễn Thị Hường") < page.index("Đỗ Thúy Nga")
    assert "còn 24 ngày làm việc" in page
    only = as_("clerk").get("/den-han/", {"hien": "late"}).content.decode()
    assert "Đỗ Thúy Nga" not in only
    assert "Nguyễn Thị Hường" not in as_("clerk").get("/den-han/", {"viec": "transfer-done"}).content.decode()
    assert "Đỗ Thúy Nga" in as_("clerk").get("/den-han/", {"viec": "khong-co", "hien": "x"}).content.decode()


def test_the_workbook(late: Candidate, as_: Callable[[str], Client]) -> None:
    response = as_("clerk").post("/den-han/lay-danh-sach/", {"viec": "", "hien": "late"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Đảng bộ Khối các cơ quan tỉnh An Lạc (DUK): việc đến hạn ngày 05/04/2023"
    assert rows[3][1:4] == [
        "Ra quyết định kết nạp",
        "Nguyễn Thị Hường",
        "Chi bộ Văn phòng, Đảng bộ cơ quan Sở Thử nghiệm",
    ]
    assert rows[3][6] == date(2023, 2, 15)
    assert AuditRow.objects.get(action="obligations.exported").detail["rows"] == 1


def test_more_time_with_a_reason(late: Candidate, as_: Callable[[str], Client]) -> None:
    client, url = as_("clerk"), _duty_url(late)
    assert "Tính từ nghị quyết của chi bộ" in client.get(url).content.decode()
    refused = client.post(url, {"how": "extend", "until": "", "reason": "Chờ thẩm tra"})
    assert refused.status_code == 422
    assert "cần ngày sau 15/02/2023" in refused.content.decode()
    assert "Chờ thẩm tra" in refused.content.decode(), "what was typed stays"
    assert (
        "không muộn hơn hạn"
        in client.post(url, {"how": "extend", "until": "10/02/2023", "reason": "Chờ"}).content.decode()
    )
    page = client.post(url, {"how": "extend", "until": "28/04/2023", "reason": "Chờ thẩm tra"}, follow=True)
    assert "Đã ghi gia hạn cho việc «Ra quyết định kết nạp» của Nguyễn Thị Hường." in page.content.decode()
    assert "còn 17 ngày làm việc" in page.content.decode()
    leave = LeaveEntry.objects.get()
    back = client.post(f"/den-han/gia-han/{leave.uid}/bo/", follow=True).content.decode()
    assert "Đã bỏ lần gia hạn." in back
    assert "đã được bỏ" in client.post(f"/den-han/gia-han/{leave.uid}/bo/", follow=True).content.decode()


def test_an_excuse(late: Candidate, as_: Callable[[str], Client]) -> None:
    client = as_("organizer")
    page = client.post(_duty_url(late), {"how": "excuse", "until": "", "reason": "Người này xin rút đơn"}, follow=True)
    assert "được miễn" in page.content.decode()
    assert "Nguyễn Thị Hường" not in client.get("/den-han/").content.decode()


def test_a_cell_reads_and_does_not_excuse_itself(late: Candidate, as_: Callable[[str], Client]) -> None:
    client = as_("secretary")
    assert "Gia hạn hoặc cho miễn" not in client.get(_duty_url(late)).content.decode()
    assert client.post(_duty_url(late), {"how": "excuse", "until": "", "reason": "Lý do"}).status_code == 403
    assert as_("outsider").get(_duty_url(late)).status_code == 404
    assert as_("clerk").get(f"/den-han/viec/khong-co/candidate:{late.uid}/").status_code == 404


def test_the_days_that_are_worked(world: World, late: Candidate, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    page = client.get("/den-han/lich/", {"nam": "2024"}).content.decode()
    assert "10/02/2024" in page
    assert "04/05/2024" in page
    form = {"day": "27/01/2023", "kind": "off", "note": "Nghỉ thêm Tết", "number": "3-TB/ĐUK", "signed": "10/01/2023"}
    page = client.post("/den-han/lich/", form, follow=True).content.decode()
    assert "Đã ghi 27/01/2023 là ngày nghỉ." in page
    assert "Nghỉ thêm Tết; Văn bản số 3-TB/ĐUK ngày 10/01/2023" in page
    assert "16/02/2023" in client.get(_duty_url(late)).content.decode(), "the clocks count it"
    refused = client.post("/den-han/lich/", form | {"day": "22/01/2023"})
    assert refused.status_code == 422
    assert "đã là ngày nghỉ" in refused.content.decode()
    entry = CalendarEntry.objects.get()
    assert "Đã bỏ dòng ngày 27/01/2023." in client.post(f"/den-han/lich/{entry.uid}/bo/", follow=True).content.decode()
    again = client.post(f"/den-han/lich/{entry.uid}/bo/", follow=True).content.decode()
    assert "đã được bỏ" in again
    assert as_("secretary").post("/den-han/lich/", form).status_code == 403
    assert as_("secretary").get("/den-han/lich/", {"nam": "abc"}).status_code == 200
