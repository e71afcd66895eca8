"""The office in Chromium: the policy, the sheet, the keyboard, the telephone, and life without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web.pages import PLACE, pages

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser
Visit = Callable[..., "Office"]


def test_no_page_breaks_the_policy_or_complains_or_is_pushed_sideways_at_twice_the_size(
    visit: Visit, world: World
) -> None:
    office = visit()
    office.sign_in("lan")
    for name, path in pages(world).items():
        page = office.open(path)
        expect(page.locator("h1, h2").first).to_be_visible()
        assert office.complaints == [], name
        page.set_viewport_size({"width": 683, "height": 384})  # 1366 x 768 at 200 %
        extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert extra <= 0, name
        page.set_viewport_size({"width": 1366, "height": 768})


def test_no_page_can_be_pushed_sideways_on_a_telephone(visit: Visit, world: World) -> None:
    office = visit(width=360, height=740)
    office.sign_in("lan")
    too_wide = {}
    for name, path in pages(world).items():
        page = office.open(path)
        extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if extra > 0:
            too_wide[name] = extra
    assert too_wide == {}


def test_the_printing_button_is_there_with_scripts(visit: Visit) -> None:
    expect(visit().sign_in("lan").get_by_role("button", name="In trang này")).to_be_visible()


def test_everything_works_without_scripts(visit: Visit, world: World) -> None:
    office = visit(scripts=False)
    page = office.sign_in("lan")
    expect(page.locator("[data-print]")).to_be_hidden()
    page.get_by_role("link", name=re.compile("^Kết nạp đảng viên: 2 đảng viên")).first.click()
    expect(page.get_by_role("heading", name="Kết nạp đảng viên: 2 đảng viên")).to_be_visible()
    page.get_by_role("link", name="Nguyễn Bình An").click()
    expect(page.get_by_role("heading", name="Nguyễn Bình An")).to_be_visible()
    page.get_by_role("link", name="Đảng viên", exact=True).click()
    page.get_by_label("Họ tên, số thẻ hoặc số lý lịch").fill("huong")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("link", name="Tạ Hương Giang")).to_be_visible()
    page.get_by_role("link", name="Ghi kết nạp").click()
    page.get_by_label("Chi bộ").select_option("DUK.02")
    page.get_by_label("Họ và tên khai sinh").fill("Nguyễn Thị Hường")
    page.get_by_label("Ngày sinh").fill("12/04/1998")
    page.get_by_label("Nữ").check()
    page.get_by_label("Ngày kết nạp").fill("31/02/2023")
    page.get_by_role("button", name="Ghi kết nạp").click()
    expect(page.get_by_text("Không có ngày «31/02/2023» trong lịch")).to_be_visible()
    expect(page.get_by_label("Họ và tên khai sinh")).to_have_value("Nguyễn Thị Hường")
    page.get_by_label("Ngày kết nạp").fill("31/03/2023")
    page.get_by_role("button", name="Ghi kết nạp").click()
    expect(page.get_by_text("Đã ghi kết nạp Nguyễn Thị Hường ngày 31/03/2023.")).to_be_visible()
    page.locator("summary", has_text="Lan").click()
    page.get_by_role("button", name="Thoát").click()
    expect(page.get_by_role("heading", name="Giao ban")).to_be_visible()


def test_a_number_opens_beside_the_page_and_focus_comes_back(visit: Visit) -> None:
    office = visit()
    page = office.sign_in("lan")
    number = page.locator("#dau-members-admitted").first
    number.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("dialog#sheet")
    expect(sheet.get_by_role("heading", name="Kết nạp đảng viên: 2 đảng viên")).to_be_focused()
    expect(sheet.get_by_role("link", name="Lê Thanh Bình")).to_be_visible()
    expect(page.locator("#said")).to_have_text("Đã mở căn cứ của Kết nạp đảng viên: 2 đảng viên")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(number).to_be_focused()
    assert "/so-lieu/" not in page.url, "the page was not left"
    number.click()
    expect(sheet).to_be_visible()
    page.get_by_role("link", name="Đóng").click()
    expect(sheet).to_be_hidden()
    assert office.complaints == []


def test_keys(visit: Visit, world: World) -> None:
    office = visit()
    office.sign_in("lan")
    page = office.open(pages(world)["members"])
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    names = page.locator('#list th[scope="row"] a')
    names.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(names.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nguyễn Bình An")).to_be_visible()
    page.locator("summary", has_text="Quý I/2023").click()
    expect(page.get_by_role("link", name="Quý IV").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Quý IV").first).to_be_hidden()
    page = office.open("/dang-vien/" + PLACE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()


def test_the_list_answers_while_one_types_and_says_so(visit: Visit, world: World) -> None:
    office = visit()
    office.sign_in("lan")
    page = office.open(pages(world)["members"])
    field = page.get_by_label("Họ tên, số thẻ hoặc số lý lịch")
    field.press_sequentially("thi em", delay=20)
    expect(page.locator("#said")).to_have_text("1 đảng viên")
    expect(page.locator('#list th[scope="row"]')).to_have_count(1)
    expect(field).to_be_focused()
    assert "?don-vi=DUK&ky=2023-Q1&tim=thi%20em&" in page.url, "the address can be kept"
    assert office.complaints == []


def test_personal_data_unfold_in_place(visit: Visit, world: World) -> None:
    office = visit()
    office.sign_in("binh")
    page = office.open(f"/dang-vien/{world.members['dao'].uid}/{PLACE}")
    page.get_by_role("button", name="Mở dữ liệu riêng").click()
    expect(page.get_by_text("099090123456")).to_be_visible()
    expect(page.locator("#said")).to_have_text("Đã mở dữ liệu riêng; việc mở đã được ghi lại")
    assert office.complaints == []


def test_a_failed_request_is_said_in_the_page(visit: Visit, world: World) -> None:
    office = visit()
    page = office.sign_in("lan")
    page.route("**/so-lieu/**", lambda route: route.fulfill(status=500, body="x"))
    page.locator("#dau-members-admitted").first.click()
    expect(page.locator("#trouble")).to_contain_text("Máy chủ chưa trả lời được (mã 500)")
    page.unroute("**/so-lieu/**")
    page.route("**/so-lieu/**", lambda route: route.abort())
    page.locator("#dau-members-admitted").first.click()
    expect(page.locator("#trouble")).to_contain_text("Không kết nối được máy chủ")


def test_the_first_page_is_light(visit: Visit) -> None:
    page = visit().open("/dang-nhap/")
    sizes = page.evaluate(_SIZES)
    assert sum(sizes.values()) < 100_000, sizes


def test_both_themes_can_be_read(visit: Visit) -> None:
    """Text against its ground at least 4.5 to 1 for every colour that text has (WCAG 2.2, 1.4.3)."""
    for dark in (False, True):
        page = visit(dark=dark).open("/dang-nhap/")
        ratios = page.evaluate(_RATIOS)
        assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}, f"dark={dark}"


_SIZES = """() => Object.fromEntries(
  [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .map((entry) => [entry.name.split("/").slice(3).join("/"), entry.decodedBodySize]))"""

_RATIOS = """() => {
  const style = getComputedStyle(document.documentElement);
  const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = (name) => {
    const hex = style.getPropertyValue(name).trim().slice(1);
    const [r, g, b] = [0, 2, 4].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const found = {};
  for (const ground of ["--paper", "--sheet", "--sunk"])
    for (const text of ["--ink", "--ink-soft", "--red", "--gold", "--green", "--amber"])
      found[`${text} on ${ground}`] = ratio(text, ground);
  found["--on-red on --red"] = ratio("--on-red", "--red");
  found["--red on --red-tint"] = ratio("--red", "--red-tint");
  return found;
}"""
