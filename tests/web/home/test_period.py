"""The committee's page for a period: the numbers are those of the figures, and each opens into its entries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from giaoban.apps.audit.act import HANOI
from giaoban.apps.directives.operations import set_annual_target
from giaoban.apps.meetings.models import MeetingKind
from giaoban.apps.meetings.operations import MeetingDraft, Sitting, cancel_meetings, plan_meetings
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.figures import FigureRequest
from giaoban.web.components.pieces import change_of, target_bar

if TYPE_CHECKING:
    from tests.world import World

PLACE = {"don-vi": "DUK", "ky": "2023-Q1"}
HTMX = {"HX-Request": "true"}


def test_every_number_is_the_figures_own(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/", PLACE).content.decode()
    period = Period.parse("2023-Q1")
    figures = compute_figures([FigureRequest(one.key, "DUK", period) for one in catalogue()])
    for figure in figures:
        measure = catalogue()[figure.request.measure]
        if not figure.value:
            continue
        assert figure.value is not None
        shown = f'aria-label="{measure.label}: {format_number(figure.value)} {measure.unit}.'
        assert shown in page, measure.key


def test_what_did_not_happen_is_one_line_that_still_opens(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/", PLACE).content.decode()
    quiet = re.findall(r'class="quiet">(.*?)</td>', page, re.S)
    assert any("sáp nhập tổ chức đảng" in line and "/so-lieu/organizations.merged/" in line for line in quiet)


def test_targets_last_year_and_the_books(world: World, as_: Callable[[str], Client]) -> None:
    set_annual_target(
        act=world.act("clerk"), unit=world.units["DUK"], measure="members.admitted", year=2023, value=Decimal(8),
        source="Nghị quyết năm 2023",
    )  # fmt: skip
    page = as_("clerk").get("/", PLACE).content.decode()
    assert "25 % của 8" in page
    assert 'width="25.0"' in page
    books = page.split("Đảng viên trong kỳ")[1].split("</table>")[0]
    assert re.findall(r'<td class="n">([^<]+)</td>', books) == ["14", "+2", "+1", "−1", "−1", "15"]


def test_children_with_the_engines_own_foot_and_sorting(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/", PLACE | {"xep": "members.admitted"}).content.decode()
    table = page.split('id="children"')[1]
    assert table.index("Đảng bộ cơ quan Sở Thử nghiệm") < table.index("Chi bộ Quỹ Thử nghiệm"), "2 before 0"
    assert 'aria-sort="descending"' in table
    foot = re.findall(r'<td class="n">([^<]+)</td>', table.split("<tfoot>")[1])
    assert foot[:5] == ["15", "2", "1", "1", "1"], "1 in and 1 out: what stays inside is neither"


def test_rows_that_are_more_than_the_foot_are_explained(as_: Callable[[str], Client]) -> None:
    told = "Chuyển giữa các đơn vị trực thuộc được tính ở cả hai nơi"
    within = as_("clerk").get("/", PLACE | {"don-vi": "DUK.01"}).content.decode()
    assert told in within, "Khoa went from one cell to the other"
    assert told not in as_("clerk").get("/", PLACE).content.decode(), "between the units of DUK nobody moved"


def test_the_opening_roll_is_not_told_as_something_that_happened(as_: Callable[[str], Client]) -> None:
    for period in ("2022-Q1", "2023-Q1"):  # the quarter in which the register begins, and one without
        page = as_("clerk").get("/", PLACE | {"ky": period}).content.decode()
        assert "/so-lieu/members.opened/" not in page


def test_the_page_of_a_cell_has_no_units(as_: Callable[[str], Client]) -> None:
    page = as_("secretary").get("/", {"don-vi": "DUK.01.01", "ky": "2023-Q1"}).content.decode()
    assert "Tổ chức đảng" not in page.split("<main")[1]
    assert "Theo đơn vị trực thuộc" not in page
    assert 'aria-label="Tổng số đảng viên: 4 đảng viên.' in page


def test_a_period_before_the_register_is_not_known_rather_than_zero(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/", {"don-vi": "DUK", "ky": "2021-Q1"}).content.decode()
    assert "chưa theo dõi trong kỳ này" in page
    assert "—" in page


def test_without_a_choice_the_address_gets_one(as_: Callable[[str], Client]) -> None:
    assert as_("clerk").get("/")["Location"] == "/?don-vi=DUK&ky=2023-Q1", "the last quarter in which was recorded"
    assert as_("clerk").get("/so-lieu/moi-nhat/", {"ky": "2019-Q1"})["Location"] == "/?don-vi=DUK&ky=2023-Q1"


def test_a_cell_that_meets_begins_in_this_quarter(world: World, as_: Callable[[str], Client]) -> None:
    assert as_("secretary").get("/")["Location"] == "/?don-vi=DUK.01.01&ky=2023-Q1"
    begins = datetime(2023, 4, 20, 14, tzinfo=HANOI)
    sitting = Sitting(begins, begins + timedelta(minutes=90))
    draft = MeetingDraft(world.units["DUK.01.01"], MeetingKind.REGULAR, (sitting,))
    [meeting] = plan_meetings(act=world.act("secretary"), drafts=[draft])
    assert as_("secretary").get("/")["Location"] == "/?don-vi=DUK.01.01&ky=2023-Q2"
    assert "20/04 14:00" in as_("secretary").get("/sinh-hoat/").content.decode()
    cancel_meetings(act=world.act("secretary"), meetings=[meeting], reason="bão")
    assert as_("secretary").get("/")["Location"] == "/?don-vi=DUK.01.01&ky=2023-Q1"


def test_a_manager_without_figures_lands_where_they_can_work(as_: Callable[[str], Client]) -> None:
    assert as_("administrator").get("/")["Location"].startswith("/to-chuc/")


@pytest.mark.parametrize(
    ("measure", "lines", "told"),
    [
        ("members.admitted", 2, "Nguyễn Bình An"),
        ("members.transferred", 3, "Tạ Hương Giang"),
        ("members.total", 15, "Nguyễn Đức Đạo"),
        ("organizations.grassroots", 2, "Chi bộ Quỹ Thử nghiệm"),
        ("members.died", 1, "Vũ Ngọc Lâm"),
        ("organizations.merged", 0, "con số là 0"),
    ],
)
def test_a_number_opens_into_as_many_lines(measure: str, lines: int, told: str, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    sheet = client.get(f"/so-lieu/{measure}/", PLACE, headers=HTMX).content.decode()
    whole = client.get(f"/so-lieu/{measure}/", PLACE).content.decode()
    for page in (sheet, whole):
        assert page.rsplit('id="entries"')[-1].count('<th scope="row">') == lines
        assert told in page


def test_transfers_tell_their_direction_and_the_committee_above_the_cell(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/so-lieu/members.transferred/", PLACE, headers=HTMX).content.decode()
    rows = page.split("<tbody>")[1]
    for way in ("chuyển đến", "chuyển đi", "chuyển nội bộ"):
        assert f"<td>{way}</td>" in rows
    assert "Chi bộ Thanh tra, Đảng bộ cơ quan Sở Thử nghiệm" in rows


def test_a_rate_opens_into_both_its_parts(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/so-lieu/members.admission_rate/", PLACE, headers=HTMX).content.decode()
    assert "Kết nạp đảng viên: 2" in page
    assert "Tổng số đảng viên: 14" in page


def test_few_disciplined_members_are_not_named_to_those_without_the_right(as_: Callable[[str], Client]) -> None:
    address = "/so-lieu/discipline.members/"
    told = as_("deputy").get(address, PLACE, headers=HTMX).content.decode()
    assert "Hoàng Nhật Minh" in told
    hidden = as_("clerk").get(address, PLACE, headers=HTMX).content.decode()
    assert "Hoàng Nhật Minh" not in hidden
    assert "Chi bộ Thanh tra" not in hidden, "in a small cell even the place would name the person"
    assert hidden.count('<th scope="row">') == 1, "as many lines as the value says"
    assert "hạn chế" in hidden
    page = as_("clerk").get("/", PLACE).content.decode()
    assert "khiển trách hạn chế" in page, "nor does the breakdown"
    assert '<td class="n">hạn chế</td>' in page, "nor the table of units"


def test_an_unknown_number_is_not_found(as_: Callable[[str], Client]) -> None:
    assert as_("clerk").get("/so-lieu/members.opinions/", PLACE).status_code == 404


@pytest.mark.parametrize(
    ("value", "previous", "sign", "text", "reason"),
    [
        (53, 33, "▲", "60,6 %", "growth in percent, one decimal"),
        (62, 70, "▼", "11,4 %", "falling"),
        (40, 40, "=", "", "equal"),
        (2, 0, "▲", "2", "no base: the amount"),
    ],
)
def test_change(value: int, previous: int, sign: str, text: str, reason: str) -> None:
    change = change_of(value, previous)
    assert change
    assert (change.sign, change.text) == (sign, text), reason


def test_a_rate_grows_in_points() -> None:
    change = change_of(95.2, 93.9, is_rate=True)
    assert change
    assert (change.text, change.words) == ("1,3 điểm", "tăng 1,3 điểm phần trăm")


def test_what_is_not_known_is_not_compared() -> None:
    assert change_of(None, 3) is None
    assert change_of(3, None) is None
    assert target_bar(None, 8) is None


def test_a_bar_ends_at_its_end() -> None:
    bar = target_bar(105.0, 120)
    assert bar
    assert (bar.width, bar.reached, bar.text) == ("100.0", True, "105 % của 120")
