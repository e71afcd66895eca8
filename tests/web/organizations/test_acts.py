"""An act on its pages: what, what follows, preview, record; taken back it is still to be read."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from django import forms
from django.test import Client

from giaoban.apps.audit.act import HANOI, day_of
from giaoban.apps.members.models import MemberEvent, RollCount
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_member
from giaoban.apps.organizations.models import Grant, Unit, UnitEntry, UnitKindSpan, UnitName, on_day
from giaoban.apps.organizations.operations.acts import END
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.text_vi import lower_first
from giaoban.web.forms import OfficeForm
from giaoban.web.organizations.act_fields import by_committee

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]
PAPER = {
    "day": "03/04/2023",
    "decision_number": "15-QĐ/ĐUK",
    "decision_date": "30/03/2023",
    "decision_issuer": "Đảng ủy Khối",
}
NEW_CELL = {"name": "Chi bộ Tin học", "unit_kind": "cell", **PAPER}


def _post(client: Client, code: str, kind: str, fields: dict[str, str], step: str = "ask") -> tuple[int, str]:
    answer = client.post(f"/to-chuc/{code}/ghi/{kind}/?don-vi=DUK&ky=2023-Q1", {**fields, "step": step}, follow=True)
    return answer.status_code, html.unescape(answer.content.decode())


def _record(client: Client, code: str, kind: str, fields: dict[str, str], step: str = "ask") -> str:
    """Go through preview and record; the page of the act."""
    status, page = _post(client, code, kind, fields, step)
    assert status == 200, page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None, page
    status, page = _post(client, code, kind, {**fields, "seen": seen[1]}, "record")
    assert status == 200, page
    return page


def test_a_cell_that_is_established_stands_after_the_preview(world: World, as_: As) -> None:
    page = _record(as_("clerk"), "DUK.01", "thanh-lap", NEW_CELL)
    assert "Đã ghi thành lập ngày 03/04/2023" in page
    assert "theo Quyết định số 15-QĐ/ĐUK ngày 30/03/2023 của Đảng ủy Khối" in page
    assert Unit.objects.filter(code="DUK.01.03").exists()


def test_units_below_one_that_ends_are_not_sent_back_to_it(world: World, as_: As) -> None:
    _status, page = _post(as_("clerk"), "DUK.01", "giai-the", PAPER)
    offered = re.search(r'<select name="child_DUK.01.01".*?</select>', page, re.DOTALL)
    assert offered is not None, page
    codes = re.findall(r'<option value="([^"]+)"', offered[0])
    assert "DUK" in codes
    assert "DUK.01" not in codes


def test_only_committees_that_can_be_above_are_offered_for_a_move(world: World, as_: As) -> None:
    client = as_("clerk")
    page = client.get("/to-chuc/DUK.01.01/ghi/chuyen-truc-thuoc/?don-vi=DUK").content.decode()
    offered = set(re.findall(r'<option value="(DUK[^"]*)"', page))
    assert "DUK.01" not in offered, "there it stands already"
    assert "DUK.01.02" not in offered, "no cell stands under a cell"
    assert offered, "but there are others"
    kinds = dict(
        UnitKindSpan.objects.filter(on_day(date(2023, 4, 5)), unit__code__in=offered).values_list("unit__code", "kind")
    )
    assert set(kinds.values()) <= {"upper", "grassroots_committee", "section"}, kinds
    top = client.get("/to-chuc/DUK.01/ghi/chuyen-truc-thuoc/?don-vi=DUK").content.decode()
    assert '<option value="DUK.01' not in top, "nothing stands below itself"


@pytest.mark.parametrize(
    ("code", "kind", "fields"),
    [
        ("DUK.01", "thanh-lap", NEW_CELL),
        ("DUK", "tiep-nhan", {"outside": "Đảng bộ phường Hai", "listed": "Chi bộ Tin học; chi bộ cơ sở", **PAPER}),
    ],
)
def test_an_act_that_was_taken_back_can_be_read(
    code: str, kind: str, fields: dict[str, str], world: World, as_: As
) -> None:
    client = as_("clerk")
    _record(client, code, kind, fields)
    event = UnitEntry.objects.latest("pk").event
    answer = client.post(f"/to-chuc/viec/{event}/rut-lai/?don-vi=DUK&ky=2023-Q1", follow=True)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "rút lại ngày 05/04/2023" in page
    assert "Việc của tổ chức ngày 03/04/2023" in page
    assert "Chi bộ Tin học" in page
    assert "theo Quyết định số 15-QĐ/ĐUK" in page
    assert as_("outsider").get(f"/to-chuc/viec/{event}/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "fields", "told", "reason"),
    [
        ("thanh-lap", {**NEW_CELL, "code": "A/B"}, "Mã đơn vị «A/B» không dùng được", "it would break addresses"),
        ("thanh-lap", {**NEW_CELL, "code": "quy-tac"}, "Mã đơn vị «quy-tac» không dùng được", "a page's own word"),
        ("doi-ten", {"name": "Đảng bộ cơ quan Sở Thử nghiệm", **PAPER}, "trùng với tên đang dùng", "nothing changes"),
        ("doi-ten", {"name": "N", **PAPER, "day": "01/01/2019"}, "Sổ ghi đơn vị này từ 01/01/2022", "the first day"),
        ("doi-ten", {"name": "N", **PAPER, "day": "5/2023"}, "cần đủ ngày, tháng, năm", "a month will not do"),
    ],
)
def test_what_cannot_be_is_told(
    kind: str, fields: dict[str, str], told: str, reason: str, world: World, as_: As
) -> None:
    if kind == "doi-ten":
        short = Unit.objects.get(code="DUK.01").names.get().short_name
        fields = {"short_name": short, **fields}
    status, page = _post(as_("clerk"), "DUK.01", kind, fields, "preview")
    assert status == 422, reason
    assert told in page, reason


def test_the_short_name_that_ends_with_the_old_name_is_told(world: World, as_: As) -> None:
    short = "ĐB Sở Thử"
    UnitName.objects.filter(unit__code="DUK.01").update(short_name=short)
    page = html.unescape(as_("clerk").get("/to-chuc/DUK.01/ghi/doi-ten/?don-vi=DUK&ky=2023-Q1").content.decode())
    assert f"Đang dùng «{short}». Để trống thì từ ngày đổi tên không còn tên ngắn" in page
    assert f'value="{short}"' not in page


def test_a_name_that_is_too_long_is_told_before_the_database_says_it(world: World, as_: As) -> None:
    fields = {"outside": "Đảng bộ phường Hai", "listed": "Chi bộ " + "x" * 9_000, **PAPER}
    status, page = _post(as_("clerk"), "DUK", "tiep-nhan", fields)
    assert status == 422
    assert "dài 9.007 ký tự; cần không quá 250" in page


def test_days_are_those_of_viet_nam() -> None:
    assert day_of(datetime(2023, 4, 5, 0, 30, tzinfo=HANOI)) == date(2023, 4, 5)


def test_long_lists_are_folded_behind_what_an_act_needs(world: World, as_: As) -> None:
    page = as_("clerk").get("/to-chuc/DUK.01/ghi/sap-nhap/?don-vi=DUK&ky=2023-Q1").content.decode()
    assert page.index("Sáp nhập vào") < page.index("<summary>Cùng với")
    assert page.index("<summary>Cùng với") < page.index("Ngày có hiệu lực")
    status, page = _post(as_("clerk"), "DUK.01", "sap-nhap", PAPER)
    assert status == 422
    assert "Chưa chọn đơn vị nhận sáp nhập." in page


def test_the_tree_leads_to_acts_and_to_the_registers_beside_it(world: World, as_: As) -> None:
    page = as_("clerk").get("/to-chuc/?don-vi=DUK&ky=2023-Q1").content.decode()
    for way in ("DUK/ghi/", "cap-uy/", "cum-khoi/", "theo-doi/", "quy-tac/"):
        assert f'href="/to-chuc/{way}?' in page, way
    page = as_("inspector").get("/to-chuc/?don-vi=DUK&ky=2023-Q1").content.decode()
    assert "Ghi việc của tổ chức" not in page


def test_names_keep_their_capitals_inside_a_sentence() -> None:
    assert lower_first("Tặng Huy hiệu Đảng") == "tặng Huy hiệu Đảng"


def test_limits_are_told_in_the_words_of_the_office() -> None:
    class Votes(OfficeForm):
        votes = forms.IntegerField(label="Số phiếu", min_value=0)
        reason = forms.CharField(label="Lý do", max_length=10)

    form = Votes({"votes": "-1", "reason": "x" * 11})
    assert form.errors["votes"] == ["Số này nhỏ hơn 0; cần từ 0 trở lên."]
    assert form.errors["reason"] == ["Dài 11 ký tự; cần không quá 10 ký tự."]


def test_a_committee_dissolves_with_one_answer_for_all(world: World, as_: As) -> None:
    """«All to ...» without a script: nothing is asked one by one, and a cell that is answered for itself goes there."""
    client = as_("clerk")
    dissolve = {**PAPER, "answered": "1", "all_units": END, "all_members": "DUK.02"}
    grants = {f"grant_{one.uid}": END for one in Grant.objects.filter(unit__code__startswith="DUK.01")}
    status, page = _post(client, "DUK.01", "giai-the", PAPER)
    assert status == 200
    assert "Tất cả tổ chức" in page
    assert "Tất cả đảng viên của các chi bộ này" in page
    before = RollCount.objects.filter(unit__code="DUK.02", official=True).latest("valid_from").members
    page = _record(client, "DUK.01", "giai-the", {**dissolve, **grants}, "preview")
    assert "Đã ghi giải thể" in page
    assert RollCount.objects.filter(unit__code="DUK.02", official=True).latest("valid_from").members > before
    assert not UnitKindSpan.objects.filter(on_day(date(2023, 4, 3)), unit__code__startswith="DUK.01").exists()


def test_one_that_is_answered_for_itself_goes_where_it_says(world: World, as_: As) -> None:
    dissolve = {**PAPER, "answered": "1", "all_units": END, "all_members": "DUK.02", "child_DUK.01.02": "DUK"}
    grants = {f"grant_{one.uid}": END for one in Grant.objects.filter(unit__code__startswith="DUK.01")}
    _record(as_("clerk"), "DUK.01", "giai-the", {**dissolve, **grants}, "preview")
    left = UnitKindSpan.objects.filter(on_day(date(2023, 4, 3)), unit__code__startswith="DUK.01")
    assert [span.unit.code for span in left] == ["DUK.01.02"]
    assert RollCount.objects.filter(on_day(date(2023, 4, 3)), unit__code="DUK.01.02").exists()


def test_many_units_to_choose_from_stand_under_their_committees() -> None:
    units = [(f"C{number}", f"Chi bộ {number}, Sở {number % 3}") for number in range(15)]
    above = {code: name.rpartition(", ")[2] for code, name in units}
    grouped = by_committee([("TOP", "Đảng bộ Khối"), *units], above)
    assert grouped[0] == ("TOP", "Đảng bộ Khối")
    assert [heading for heading, _units in grouped[1:]] == ["Sở 0", "Sở 1", "Sở 2"]
    assert grouped[1][1][0] == ("C0", "Chi bộ 0")
    assert by_committee(units[:12], above) == units[:12]
    assert by_committee(units, dict.fromkeys(above, "Sở 0")) == units


def test_a_unit_that_was_received_leads_to_its_members(world: World, as_: As) -> None:
    client = as_("clerk")
    fields = {"outside": "Đảng bộ phường Hai", "listed": "Chi bộ Tin học; chi bộ cơ sở", **PAPER}
    page = _record(client, "DUK", "tiep-nhan", fields)
    unit = Unit.objects.latest("pk")
    assert "Nhập đảng viên của Chi bộ Tin học" in page
    assert "«Ngày vào sổ» là 03/04/2023" in page
    way = re.search(r'<a href="([^"]+)">Nhập đảng viên của', page)
    assert way is not None
    assert f"don-vi={unit.code}&" in way[1]
    assert client.get(way[1]).status_code == 200
    first = FirstEntry(MemberEvent.OPENING, date(2023, 4, 3), unit)
    birth = PartialDate(date(1980, 1, 1), Precision.YEAR)
    enrol_member(act=world.act("clerk", at_console=True), draft=MemberDraft("Lê Thị Sáng", birth, first))
    event = UnitEntry.objects.latest("pk").event
    assert "Nhập đảng viên của" not in client.get(f"/to-chuc/viec/{event}/?don-vi=DUK").content.decode()
