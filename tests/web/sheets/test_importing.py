"""An office's own Excel file on screen: looked over, tried, written, remembered; what was chosen stays."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.world import World

from giaoban.apps.members.models import Member
from giaoban.apps.reporting.models import HeadingMemory
from giaoban.apps.reporting.operations import TAKEN
from giaoban.apps.sheets.source import SheetFile
from giaoban.web.sheets.forms import MOST_BYTES, packed

pytestmark = pytest.mark.django_db
PLACE = "?don-vi=DUK"
HEAD = ["STT", "Họ và tên đảng viên", "Ngày, tháng, năm sinh", "Nam/Nữ", "Chi bộ", "Số TĐV", "Quê quán"]
ROWS = [
    ["1", "Phạm Thị Ước", "31/03/1987", "Nữ", "Chi bộ Thanh tra", "12340001", "An Lạc"],
    ["2", "Trần Văn Nguyện", "1960", "Nam", "CB văn phòng", "12340002", "An Lạc"],
]


def _file(rows: list[list[str]]) -> SimpleUploadedFile:
    text = io.StringIO()
    csv.writer(text).writerows([["DANH SÁCH ĐẢNG VIÊN"] + [""] * 6, HEAD, *rows])
    return SimpleUploadedFile("cua-toi.csv", text.getvalue().encode("utf-8"))


def _hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def _look(client: Client, rows: list[list[str]]) -> str:
    response = client.post(f"/nhap-excel/xem-tep/{PLACE}", {"kind": "members", "file": _file(rows)})
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def _chosen(page: str, **changes: str) -> dict[str, str]:
    sent = {name: _hidden(page, name) for name in ("loai", "ten", "tep")}
    sent |= {"cot-1": "full_name", "cot-2": "birth", "cot-3": "sex", "cot-4": "unit", "cot-5": "card_number"}
    sent |= {"cot-0": "", "cot-6": "", "chung-day": "01/01/2022"}
    return sent | changes


def test_an_own_file_is_looked_over_tried_written_and_known_again(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    page = _look(client, ROWS)
    assert "tiêu đề ở dòng 2" in page
    assert 'value="card_number" selected' in page
    assert 'value="DUK.01.02"' in page, "a name that one unit has is known"
    assert "Ngày vào sổ" in page, "what the file lacks is asked once for all rows"
    tried = client.post(f"/nhap-excel/ghi/{PLACE}", _chosen(page, **{"dv-0": "DUK.01.02", "dv-1": ""}))
    assert tried.status_code == 422
    assert "chưa ghi gì vào sổ" in tried.content.decode()
    assert 'value="01/01/2022"' in tried.content.decode(), "what was typed stays"
    units = {"dv-0": "DUK.01.02", "dv-1": "DUK.01.01"}
    tried = client.post(f"/nhap-excel/ghi/{PLACE}", _chosen(page, **units))
    assert "Đã kiểm tra 2 dòng: 2 dòng mới" in tried.content.decode()
    assert not Member.objects.filter(card_number="12340001").exists()
    written = client.post(f"/nhap-excel/ghi/{PLACE}", _chosen(page, ghi="1", **units))
    assert "Đã ghi 2 dòng: 2 dòng mới" in written.content.decode()
    assert Member.objects.get(card_number="12340002").unit == world.units["DUK.01.01"]
    assert HeadingMemory.objects.count() == 1
    again = _look(client, [["3", "Lê Thị Mới", "02/02/1990", "Nữ", "CB văn phòng", "12340003", "Khác"]])
    assert "đọc như lần trước" in again
    assert 'value="DUK.01.01"' in again
    assert 'value="01/01/2022"' in again


def test_a_list_cell_by_cell_shows_its_headings_and_takes_the_unit_from_them(
    world: World, as_: Callable[[str], Client]
) -> None:
    text, head = io.StringIO(), ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số thẻ"]
    first, second = (
        ["1", name, *rest]
        for name, *rest in (("Lê Thị Ba", "1987", "Nữ", "12340001"), ("Lê Tư", "1960", "Nam", "12340002"))
    )
    rows = [head, ["I", "CHI BỘ THANH TRA (1 đ/c)", "", "", ""], first, ["II", "CB văn phòng", "", "", ""], second]
    csv.writer(text).writerows([*rows, ["", "Cộng mục II: 1", "", "", ""], ["2", "Lê Năm", "1970", "Nam", ""]])
    file = SimpleUploadedFile("theo-chi-bo.csv", text.getvalue().encode("utf-8"))
    client = as_("clerk")
    page = client.post(f"/nhap-excel/xem-tep/{PLACE}", {"kind": "members", "file": file}).content.decode()
    assert "3 dòng trong danh sách không phải là người" in page
    assert "dòng 2 «I CHI BỘ THANH TRA (1 đ/c)», dòng 4 «II CB văn phòng», dòng 6 «Cộng mục II: 1»" in page
    assert "Mục trong danh sách" in page
    assert 'value="DUK.01.02"' in page, "the cell is known by its name"
    sent = {name: _hidden(page, name) for name in ("loai", "ten", "tep")} | {"chung-day": "01/01/2022"}
    written = client.post(
        f"/nhap-excel/ghi/{PLACE}", sent | {"dv-0": "DUK.01.02", "dv-1": "DUK.01.01", "ghi": "1"}
    ).content.decode()
    assert "Đã ghi 3 dòng: 3 dòng mới" in written
    found = Member.objects.filter(full_name__in=["Lê Thị Ba", "Lê Tư", "Lê Năm"]).order_by("pk")
    assert [one.unit.code for one in found] == ["DUK.01.02", "DUK.01.01", "DUK.01.01"]


def test_refusals_tell_and_keep(as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    none = client.post(f"/nhap-excel/xem-tep/{PLACE}", {"kind": "members"})
    assert none.status_code == 422
    assert "Chưa có tệp excel" in none.content.decode()
    junk = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")
    assert (
        "Không tìm thấy dòng tiêu đề"
        in client.post(f"/nhap-excel/xem-tep/{PLACE}", {"kind": "members", "file": junk}).content.decode()
    )
    page = _look(client, ROWS)
    torn = client.post(f"/nhap-excel/ghi/{PLACE}", _chosen(page, tep="@@@"))
    assert "Tệp không còn nguyên" in torn.content.decode()
    twice = client.post(f"/nhap-excel/ghi/{PLACE}", _chosen(page, **{"cot-6": "full_name"}))
    assert "Hai cột của tệp cùng là" in twice.content.decode()
    assert as_("clerk").get(f"/nhap-excel/mau/tien-luong/{PLACE}").status_code == 404
    assert as_("clerk").get(f"/nhap-excel/mau/members/{PLACE}")["Content-Type"].endswith("sheet")


def _weighty(megabytes: int) -> SimpleUploadedFile:
    """A list of few people that weighs much."""
    away = "x" * 1000
    rows = [["1", f"Phạm Thị Số {number}", "31/03/1987", "Nữ", "CB", str(12340001 + number), away] for number in (1, 2)]
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows, *([[away] * 10] * (100 * megabytes))])
    return SimpleUploadedFile("nang.csv", text.getvalue().encode("utf-8"))


def test_a_file_of_some_megabytes_goes_through_and_says_that_it_takes_time(
    world: World, as_: Callable[[str], Client]
) -> None:
    sent = {"kind": "members", "file": _weighty(4)}
    page = as_("clerk").post(f"/nhap-excel/xem-tep/{PLACE}", sent).content.decode()
    assert "Tệp lớn: mỗi lần kiểm tra" in page
    tried = as_("clerk").post(f"/nhap-excel/ghi/{PLACE}", _chosen(page))
    assert tried.status_code == 422
    assert "chưa ghi gì vào sổ" in tried.content.decode()
    assert _hidden(tried.content.decode(), "tep") == _hidden(page, "tep"), "the file travels on, byte by byte"


def test_a_file_too_large_for_a_page_is_told_both_ways_out(as_: Callable[[str], Client]) -> None:
    sent = {"kind": "members", "file": _weighty(8)}
    refused = as_("clerk").post(f"/nhap-excel/xem-tep/{PLACE}", sent)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "Tệp nang.csv có 8 MB; trang này nhận tệp đến 7 MB, khoảng 70.000 dòng." in text
    assert "Chia tệp thành nhiều tệp nhỏ hơn" in text
    assert "«giaoban import LOẠI nang.csv» (đến 60 MB, 200.000 dòng" in text


def test_what_a_page_takes_fits_into_what_a_form_may_hold() -> None:
    room = settings.DATA_UPLOAD_MAX_MEMORY_SIZE - len(packed(SheetFile("x.xlsx", b"\xff" * MOST_BYTES)))
    assert room > 500_000, "the choices of the mapping travel beside the file"


def test_a_row_outside_the_scope_is_refused(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    page = _look(client, ROWS)
    units = {"dv-0": "XA.01", "dv-1": "DUK.01.01"}
    refused = client.post(f"/nhap-excel/ghi/{PLACE}", _chosen(page, ghi="1", **units))
    assert refused.status_code == 422
    assert not Member.objects.filter(card_number="12340002").exists()


def test_a_list_from_another_system_is_compared(as_: Callable[[str], Client]) -> None:
    response = as_("organizer").post(f"/nhap-excel/doi-chieu/{PLACE}", {"other": _file(ROWS)})
    assert response["Content-Disposition"].startswith('attachment; filename="doi-chieu-DUK-')
    torn = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")
    refused = as_("organizer").post(f"/nhap-excel/doi-chieu/{PLACE}", {"other": torn})
    assert refused.status_code == 422
    assert "Không tìm thấy dòng tiêu đề" in refused.content.decode()
    assert "Đối chiếu với danh sách khác" not in as_("clerk").get(f"/nhap-excel/{PLACE}").content.decode()


def test_registers_and_their_templates_come_as_text_too(as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    page = client.get(reverse("sheets:home"), {"don-vi": "DUK"}).content.decode()
    assert page.count('<button name="dang" value="csv"') == len(TAKEN)
    taken = client.post(f"{reverse('sheets:take', args=['members'])}?don-vi=DUK&ky=2023-Q1", {"dang": "csv"})
    assert (taken["Content-Type"], taken.content[:3]) == ("text/csv; charset=utf-8", b"\xef\xbb\xbf")
    assert taken["Content-Disposition"].endswith('.csv"')
    lines = [line for line in taken.content.decode("utf-8-sig").splitlines() if not line.lstrip('"').startswith("# ")]
    assert len(lines) > 1
    assert lines[0].startswith("Họ và tên *;")
    empty = client.get(reverse("sheets:template", args=["members"]), {"don-vi": "DUK", "dang": "csv"})
    assert empty.content.decode("utf-8-sig").splitlines() == lines[:1]
