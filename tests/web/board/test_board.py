"""The board on screen: cells in sign and word that open, filters, workbook, reminders; what committees ask."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.apps.obligations.standing_office import make_duty
from tests.web.board.examples import CELL, example_duty

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.obligations.models import HandInEntry, Rhythm, StandingDuty
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.organizations.models import GroupKind
from giaoban.apps.organizations.operations import define_group, place_in_group
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.period import Period
from giaoban.figures import FigureRequest

if TYPE_CHECKING:
    from tests.world import World

PLACE = "?don-vi=DUK&ky=2023-M03"


@pytest.fixture
def duty(world: World) -> StandingDuty:
    return example_duty(world)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_cells_say_it_in_sign_and_word(duty: StandingDuty, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/bang-giao-ban/" + PLACE).content.decode()
    table = page.split("table stack board")[1].split("</table>")[0]
    assert "Cụm số 1 (2 đơn vị)" in words(table)
    assert '<span class="status late" data-sign="◐">1/2</span>' in table
    assert '<span class="status bad" data-sign="✕">chưa</span>' in table
    foot = words(table.split("<tfoot>")[1])
    assert "33,3 % 1/3; 33,3 %" in foot
    assert "2/2 đơn vị còn việc đến hạn chưa xong" in page


def test_only_what_is_open(duty: StandingDuty, world: World, as_: Callable[[str], Client]) -> None:
    StandingDuty.objects.filter(pk=duty.pk).update(kinds=["cell"])
    page = as_("clerk").get(f"/bang-giao-ban/{PLACE}&thieu=on").content.decode()
    assert "Đảng bộ cơ quan Sở Thử nghiệm</a></th>" in page
    assert "Chi bộ Quỹ Thử nghiệm</a></th>" not in page
    early = as_("clerk").get(f"/bang-giao-ban/{PLACE}&den=01/03/2023").content.decode()
    assert 'data-sign="○">0/2</span>' in early
    older = as_("clerk").get(f"/bang-giao-ban/{PLACE}&cu=on").content.decode()
    assert "26/01 - " in older
    assert as_("clerk").get(f"/bang-giao-ban/{PLACE}&den=hom-qua").status_code == 200, "the field says what is wrong"


def test_a_cell_opens(duty: StandingDuty, as_: Callable[[str], Client]) -> None:
    url = f"/bang-giao-ban/o/{PLACE}{CELL}"
    page = as_("clerk").get(url).content.decode()
    assert "nhận ngày 25/03/2023, số 05-BC/CB" in page
    assert "Kính gửi Chi bộ Thanh tra" in page
    assert "Báo cáo tháng, tháng 3/2023: hạn 26/03/2023" in page
    sheet = as_("clerk").get(url, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in sheet
    assert as_("clerk").get(f"/bang-giao-ban/o/{PLACE}&viec=report&hang=DUK.01").status_code == 404
    link = re.search(r'href="(/den-han/viec/[^"]+)"', page)
    assert link is not None
    one = as_("clerk").get(link[1].replace("&amp;", "&"))
    assert "Gia hạn hoặc cho miễn" in one.content.decode()


def test_workbook(duty: StandingDuty, as_: Callable[[str], Client]) -> None:
    response = as_("clerk").post(f"/bang-giao-ban/lay-bang/{PLACE}")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[2] == ["Cụm", "Mã", "Đơn vị", "Báo cáo"]
    assert rows[3][1:] == ["DUK.01", "Đảng bộ cơ quan Sở Thử nghiệm", "1/2 quá hạn, chưa làm"]
    assert rows[-1] == ["", "", "Cả DUK", "1/3 lượt đã làm (33,3 %), đúng hạn 33,3 %"]
    assert AuditRow.objects.filter(action="obligations.board_exported").count() == 1


def test_the_workbook_adds_up_by_cluster(world: World, duty: StandingDuty, as_: Callable[[str], Client]) -> None:
    act, units = world.act("clerk"), world.units
    small = define_group(act=act, owner=units["DUK"], kind=GroupKind.CLUSTER, code="2", name="Cụm số 2", position=2)
    place_in_group(act=act, group=small, units=[units["DUK.02"]], start=date(2023, 1, 1))
    place = f"/bang-giao-ban/lay-bang/{PLACE}"
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_("clerk").post(place).content))
    board_sheet, sums = (book.get_sheet_by_name(name).to_python() for name in ("Bảng giao ban", "Cộng theo cụm"))
    added = {row[2]: row[3] for row in board_sheet[3:] if str(row[2]).startswith(("Cộng", "Cả"))}
    assert added == {
        "Cộng Cụm số 1": "1/2 lượt đã làm (50 %), đúng hạn 50 %",
        "Cộng Cụm số 2": "0/1 lượt đã làm (0 %), đúng hạn 0 %",
        "Cả DUK": "1/3 lượt đã làm (33,3 %), đúng hạn 33,3 %",
    }
    assert sums[3:] == [
        ["Cụm số 1", "Báo cáo tháng", 2, 1, 1, 50, 50],
        ["Cụm số 2", "Báo cáo tháng", 1, 0, 0, 0, 0],
        ["Cả DUK", "Báo cáo tháng", 3, 1, 1, 33.3, 33.3],
    ]
    one = as_("clerk").post("/bang-giao-ban/lay-bang/?don-vi=DUK.02&ky=2023-M03").content
    alone = CalamineWorkbook.from_filelike(io.BytesIO(one)).get_sheet_by_index(0).to_python()
    assert [row[1:] for row in alone[3:]] == [
        ["DUK.02", "Chi bộ Quỹ Thử nghiệm", "0/1 quá hạn, chưa làm"],
        ["", "Cả DUK.02", "0/1 lượt đã làm (0 %), đúng hạn 0 %"],
    ]


def test_reminders_gather_by_unit(duty: StandingDuty, world: World, as_: Callable[[str], Client]) -> None:
    make_duty(world, "second", title="Việc hai", short="Hai", evidence="handed-in")
    page = as_("clerk").get(f"/bang-giao-ban/nhac/{PLACE}").content.decode()
    assert page.count("Kính gửi Chi bộ Thanh tra") == 1
    assert "Nông Văn Phong" in page, "the secretary to be called"
    assert "Báo cáo, tháng 3/2023" in page
    assert "0900000001" not in page, "the telephone stands in the personal file"


def test_what_is_due_much_later_is_neither_open_nor_reminded_of(world: World, as_: Callable[[str], Client]) -> None:
    later = make_duty(world, "later", evidence="handed-in", rhythm=Rhythm.QUARTER)
    place = "?don-vi=DUK&ky=2023-Q2"
    page = as_("clerk").get(f"/bang-giao-ban/{place}").content.decode()
    assert "0/2 đơn vị còn việc đến hạn chưa xong" in page
    assert "chưa đến hạn" in page
    assert "Không có gì phải nhắc" in as_("clerk").get(f"/bang-giao-ban/nhac/{place}").content.decode()
    StandingDuty.objects.filter(pk=later.pk).update(remind_days=90)
    assert "hạn 30/06/2023" in as_("clerk").get(f"/bang-giao-ban/nhac/{place}").content.decode()


def test_the_units_own_desk(duty: StandingDuty, as_: Callable[[str], Client]) -> None:
    page = as_("secretary").get("/den-han/").content.decode()
    assert "tháng 4/2023" in page
    assert "Báo cáo tháng" in page
    assert "tháng 4/2023" in as_("secretary").get("/", follow=True).content.decode()


def test_queries_do_not_grow(duty: StandingDuty, as_: Callable[[str], Client]) -> None:
    def count(period: str) -> int:
        with CaptureQueriesContext(connection) as found:
            as_("clerk").get(f"/bang-giao-ban/?don-vi=DUK&ky={period}")
        return len(found)

    assert count("2023-Q1") == count("2023-M03")


def test_setting_copying_and_ending(world: World, as_: Callable[[str], Client]) -> None:
    clerk = as_("clerk")
    sent = {
        "code": "report", "title": "Báo cáo quý", "short": "BC quý", "evidence": "handed-in", "rhythm": "quarter",
        "due_from": "end", "due_days": "-10", "kinds": ["grassroots_cell"], "start": "01/01/2023",
    }  # fmt: skip
    refused = clerk.post(f"/bang-giao-ban/viec/dat/{PLACE}", {**sent, "code": "Báo cáo"})
    assert refused.status_code == 422
    assert "Mã việc «Báo cáo» không dùng được" in refused.content.decode()
    assert 'value="BC quý"' in refused.content.decode(), "what was typed stays"
    assert clerk.post(f"/bang-giao-ban/viec/dat/{PLACE}", sent).status_code == 302
    for _twice in range(2):
        assert clerk.post(f"/bang-giao-ban/viec/dat/{PLACE}", {**sent, "code": ""}).status_code == 302
    made_codes = StandingDuty.objects.order_by("code").values_list("code", flat=True)
    assert list(made_codes) == ["bc-quy", "bc-quy-2", "report"], "a code of the short name takes the place of none"
    made = StandingDuty.objects.get(code="report")
    assert (made.due_days, made.valid_from) == (-10, date(2023, 1, 1))
    page = clerk.get(f"/bang-giao-ban/viec/{PLACE}").content.decode()
    assert "10 ngày trước ngày cuối kỳ" in page
    copied = {"keys": ["action-programme"], "start": "01/03/2023", "subject": "02-NQ/DUK", "due_on": "20/03/2023"}
    assert clerk.post(f"/bang-giao-ban/viec/mau/{PLACE}", {**copied, "subject": ""}).status_code == 422
    assert clerk.post(f"/bang-giao-ban/viec/mau/{PLACE}", copied).status_code == 302
    assert StandingDuty.objects.get(code="action-programme:02-NQ/DUK").due_on == date(2023, 3, 20)
    assert clerk.post(f"/bang-giao-ban/viec/{made.uid}/thoi/{PLACE}", {"day": "01/01/2022"}).status_code == 422
    assert clerk.post(f"/bang-giao-ban/viec/{made.uid}/thoi/{PLACE}", {"day": "01/07/2023"}).status_code == 302
    made.refresh_from_db()
    assert made.valid_to == date(2023, 7, 1)


def test_papers_are_ticked_all_or_none(duty: StandingDuty, as_: Callable[[str], Client]) -> None:
    clerk, url = as_("clerk"), f"/bang-giao-ban/nhan/{duty.uid}/{PLACE}"
    page = clerk.get(url).content.decode()
    assert "Chi bộ Văn phòng, Đảng bộ cơ quan Sở Thử nghiệm: đã nhận 25/03/2023" in page
    sent = {"what": "received", "day": "28/03/2023", "units": ["DUK.01.02", "DUK.01.01"]}
    refused = clerk.post(url, sent)
    assert refused.status_code == 422
    assert "DUK.01.01: văn bản kỳ tháng 3/2023 đã nhận" in refused.content.decode()
    assert HandInEntry.objects.count() == 1
    both = clerk.post(url, {**sent, "units": ["DUK.01.02", "DUK.02"], "number": "1-BC"})
    assert "không thể của nhiều đơn vị" in both.content.decode()
    assert clerk.post(url, {**sent, "units": ["DUK.01.02", "DUK.02"]}).status_code == 302
    back = {"what": "returned", "day": "29/03/2023", "units": ["DUK.02"]}
    assert "chưa có lý do trả lại" in clerk.post(url, back).content.decode()
    assert clerk.post(url, {**back, "fault": "formal"}).status_code == 302
    assert HandInEntry.objects.filter(kind="returned", fault="formal").count() == 1
    board = clerk.get(f"/bang-giao-ban/{PLACE}").content.decode()
    assert "phải bổ sung" in board
    own = as_("secretary").get(f"/bang-giao-ban/nhan/{duty.uid}/?ky=2023-M03").content.decode()
    assert "Trả lại để bổ sung" not in own, "what is in order is said by the level above"


def test_clusters_and_single_units_may_be_asked(world: World, as_: Callable[[str], Client]) -> None:
    clerk = as_("clerk")
    act = world.act("clerk")
    group = define_group(act=act, owner=world.units["DUK"], kind=GroupKind.SECTOR, code="fund", name="Khối quỹ")
    url = f"/bang-giao-ban/viec/dat/{PLACE}"
    asked = words(clerk.get(url).content.decode())
    assert "Khối quỹ" in asked
    assert "Khối Khối quỹ" not in asked, "the kind stands in the name already"
    sent = {
        "code": "correction", "title": "Báo cáo khắc phục", "short": "Khắc phục", "evidence": "handed-in",
        "rhythm": "once", "due_on": "31/03/2023", "due_from": "end", "kinds": ["cell", "grassroots_cell"],
        "start": "01/03/2023", "groups": [str(group.pk)], "listed": ["DUK.01"],
    }  # fmt: skip
    refused = clerk.post(url, {**sent, "listed": ["XA"]})
    assert refused.status_code == 422, "of another committee"
    assert clerk.post(url, sent).status_code == 302
    made = StandingDuty.objects.get(code="correction")
    assert ([one.pk for one in made.groups.all()], [one.code for one in made.listed.all()]) == ([group.pk], ["DUK.01"])
    [column] = board(None, world.units["DUK"], Period.parse("2023-M03"), today=date(2023, 4, 5)).columns
    assert column.cell(world.units["DUK.01"].pk).expected == 2, "the cells of the listed unit owe it"
    assert column.cell(world.units["DUK.02"].pk).expected == 0
    listed = clerk.get(f"/bang-giao-ban/viec/{PLACE}").content.decode()
    assert "Khối quỹ, Đảng bộ" in words(listed), "by name, not by code"
    again = clerk.get(f"{url}&viec=correction").content.decode()
    assert re.search(r'name="listed" value="DUK.01"[^>]* checked', again), "what holds stands in the form"
    assert 'value="Báo cáo khắc phục"' in again


def test_reviews_of_regulations_are_recorded_for_many_at_once(world: World, as_: Callable[[str], Client]) -> None:
    clerk, url = as_("clerk"), f"/bang-giao-ban/quy-che/{PLACE}"
    assert "0/2 cấp ủy đã rà soát" in words(clerk.get(url).content.decode())
    sent = {"kind": "amended", "day": "10/03/2023", "units": ["DUK.01", "DUK.02"]}
    refused = clerk.post(url, {**sent, "number": "05-QC/ĐU"})
    assert refused.status_code == 422
    assert "Một số văn bản không thể của nhiều đơn vị" in refused.content.decode()
    future = clerk.post(url, {**sent, "day": "01/01/2031"})
    assert "Ngày 01/01/2031" in words(future.content.decode())
    assert clerk.post(url, sent).status_code == 302
    page = clerk.get(url).content.decode()
    assert "2/2 cấp ủy đã rà soát" in words(page)
    assert "Sửa đổi, bổ sung" in words(page)
    assert "Ghi cho các cấp ủy" not in page, "everybody has done it"
    assert clerk.post(url, {**sent, "units": ["DUK.02"]}).status_code == 422
    [figure] = compute_figures([FigureRequest("committee.regulations_reviewed", "DUK", Period.parse("2023-Q1"))])
    assert (figure.value, figure.expected) == (2, 2)
    back = re.findall(r'action="(/bang-giao-ban/quy-che/[^"]*/bo/[^"]*)"', page)
    assert clerk.post(back[0]).status_code == 302
    assert "1/2 cấp ủy đã rà soát" in words(clerk.get(url).content.decode())
    assert as_("deputy").get(url).status_code == 403


def test_an_empty_board_leads_to_the_nearest_period_with_duties(
    duty: StandingDuty, as_: Callable[[str], Client]
) -> None:
    StandingDuty.objects.filter(pk=duty.pk).update(valid_to=date(2023, 4, 1))
    client = as_("clerk")
    for period, nearest in (("2023-Q4", "2023-Q1"), ("2023-9M", ""), ("2021-Q4", "")):
        page = client.get(f"/bang-giao-ban/?don-vi=DUK&ky={period}")
        found = page.context["page"].nearest
        assert (found.url if found else "") == (f"/bang-giao-ban/?don-vi=DUK&ky={nearest}" if nearest else ""), period
    assert client.get("/bang-giao-ban/?don-vi=DUK&ky=2023-Q1").context["page"].columns
    later = client.get("/bang-giao-ban/?don-vi=DUK&ky=2022-Q4").context["page"].nearest
    assert later.name == "quý I/2023", "what is to come where nothing was before"
