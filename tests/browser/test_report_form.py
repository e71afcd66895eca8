"""A cell's secretary fills a report on a telephone: few fields, kept one by one, nothing lost off the net."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.apps.reporting.cycles.office import act_of, of

from giaoban.apps.reporting.forms.shipped import shipped_forms
from giaoban.apps.reporting.models import Cycle, SubmissionState
from giaoban.apps.reporting.operations.cycles import copy_shipped_form, open_cycle, save_field
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser
Visit = Callable[..., "Office"]
CELL = "DUK.01.01"
MOST_FIELDS = 5
# What waits for the server, on a machine that is busy with other tests too.
WAIT = 30_000


@pytest.fixture
def cycle(world: World) -> Cycle:
    form = copy_shipped_form(
        act=world.act("clerk"), owner=world.units["DUK"], code="month-cell", start=date(2023, 1, 1)
    )
    return open_cycle(act=world.act("clerk"), form=form, period=Period.parse("2023-M03"))


def _fill_url(cycle: Cycle) -> str:
    return f"/bao-cao/ky/bao/{of(cycle, CELL).uid}/nhap/"


def _place(page: Page, label: str) -> Locator:
    """Where something is typed; beside a number stands how sure it is."""
    return page.get_by_role("textbox", name=label)


def _draft_with(page: Page, cycle: Cycle, field: str) -> dict[str, dict[str, str]]:
    """What is kept on the server as soon as a field is there."""
    for _ in range(WAIT // 500):
        draft: dict[str, dict[str, str]] = of(cycle, CELL).draft
        if field in draft:
            break
        page.wait_for_timeout(500)
    return draft


def test_few_fields_one_thumb_and_it_is_sent(visit: Visit, world: World, cycle: Cycle) -> None:
    office = visit(width=360, height=740)
    page = office.sign_in("tho")
    page.get_by_role("link", name="Báo cáo đơn vị", exact=True).click()
    page.get_by_role("link", name="Nhập", exact=True).click()
    places = page.locator("[data-place]")
    assert 0 < places.count() <= MOST_FIELDS
    assert places.count() == sum(
        field["kind"] != "measure"
        for section in shipped_forms()["month-cell"].body["sections"]
        for field in section["fields"]
    )
    _place(page, "Suất quà an sinh xã hội đã trao").fill("12")
    _place(page, "Số người được giúp đỡ").fill("10")
    expect(page.locator("#kept")).to_contain_text("Đã lưu lúc", timeout=WAIT)
    _place(page, "Tình hình tư tưởng chung").fill("Cán bộ, đảng viên yên tâm công tác.")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", name="Các bước")).to_be_visible(timeout=WAIT)
    assert office.complaints == []
    row = of(cycle, CELL)
    assert row.state == SubmissionState.SUBMITTED
    assert row.draft["gifts"]["value"] == "12"
    assert row.draft["gifts"]["version"] == 1, "kept once"
    assert page.evaluate("localStorage.length") == 0, "what was kept is erased"


def test_nothing_is_lost_off_the_net(visit: Visit, world: World, cycle: Cycle) -> None:
    office = visit(width=360, height=740)
    office.sign_in("tho")
    page = office.open(_fill_url(cycle))
    page.context.set_offline(True)
    _place(page, "Suất quà an sinh xã hội đã trao").fill("7")
    _place(page, "Tình hình tư tưởng chung").fill("Ổn định.")
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("#kept")).to_contain_text("Chưa có mạng; sẽ tự lưu khi có mạng.")
    assert of(cycle, CELL).draft == {}
    page.context.set_offline(False)
    expect(page.locator("#kept")).to_contain_text("Đã lưu lúc", timeout=WAIT)
    draft = _draft_with(page, cycle, "opinion")
    assert (draft["gifts"]["value"], draft["opinion"]["value"]) == ("7", "Ổn định.")


def test_typed_off_the_net_and_closed_it_comes_back(visit: Visit, world: World, cycle: Cycle) -> None:
    office = visit(width=360, height=740)
    office.sign_in("tho")
    page = office.open(_fill_url(cycle))
    page.route("**/o/**", lambda route: route.abort())
    _place(page, "Khó khăn, kiến nghị").fill("Đề nghị sửa nhà văn hóa.")
    _place(page, "Suất quà an sinh xã hội đã trao").focus()
    expect(page.locator("#kept")).to_contain_text("Giữ trên máy lúc", timeout=WAIT)
    page.unroute("**/o/**")
    page.reload()
    expect(_place(page, "Khó khăn, kiến nghị")).to_have_value("Đề nghị sửa nhà văn hóa.")
    expect(page.locator("#kept")).to_contain_text("Đã lưu lúc", timeout=WAIT)
    assert of(cycle, CELL).draft["problems"]["value"] == "Đề nghị sửa nhà văn hóa."


def test_the_slower_of_two_sees_both_texts(visit: Visit, world: World, cycle: Cycle) -> None:
    office = visit()
    office.sign_in("tho")
    page = office.open(_fill_url(cycle))
    act = act_of(world, "clerk")
    save_field(act=act, submission=of(cycle, CELL), field="opinion", value="Bản của văn phòng", seen=0)
    _place(page, "Tình hình tư tưởng chung").fill("Bản của chi bộ")
    _place(page, "Khó khăn, kiến nghị").focus()
    told = page.locator('[data-place="opinion"] .told')
    expect(told).to_contain_text("Nguyễn Thị Lan vừa sửa mục này", timeout=WAIT)
    expect(told).to_contain_text("Bản của văn phòng")
    expect(_place(page, "Tình hình tư tưởng chung")).to_have_value("Bản của chi bộ")
    page.get_by_role("button", name="Giữ bản của tôi").click()
    expect(page.get_by_text("Đã lưu. Chưa gửi")).to_be_visible(timeout=WAIT)
    assert of(cycle, CELL).draft["opinion"]["value"] == "Bản của chi bộ"


def test_without_scripts_one_button_keeps_and_one_sends(visit: Visit, world: World, cycle: Cycle) -> None:
    office = visit(width=360, height=740, scripts=False)
    office.sign_in("tho")
    page = office.open(_fill_url(cycle))
    _place(page, "Suất quà an sinh xã hội đã trao").fill("hai")
    _place(page, "Số người được giúp đỡ").fill("2")
    page.get_by_role("button", name="Lưu").last.click()
    expect(page.get_by_text("Không đọc được số «hai»")).to_be_visible()
    expect(_place(page, "Suất quà an sinh xã hội đã trao")).to_have_value("hai")
    _place(page, "Suất quà an sinh xã hội đã trao").fill("2")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible(timeout=WAIT)
    assert of(cycle, CELL).state == SubmissionState.SUBMITTED
