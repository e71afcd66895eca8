"""Every kind of act on the tree in Chromium: asked, previewed, recorded, read, taken back, and nothing of it left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.apps.organizations.state import everything

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser
Visit = Callable[..., "Office"]

# kind, unit, what is typed on the first page by the names of fields, to whom members go, words of the preview
_ACTS: list[tuple[str, str, dict[str, str], str]] = [
    ("thanh-lap", "DUK.01", {"name": "Chi bộ Tin học", "unit_kind": "cell"}, "Chi bộ Tin học"),
    ("doi-ten", "DUK.02", {"name": "Chi bộ Quỹ Phát triển"}, "Chi bộ Quỹ Phát triển"),
    (
        "chuyen-loai-hinh",
        "DUK.02",
        {"unit_kind": "grassroots_committee", "name": "Đảng bộ Quỹ", "new1_name": "Chi bộ Một", "new1_kind": "cell"},
        "Đảng bộ Quỹ",
    ),
    ("chuyen-loai-hinh", "DUK.01", {"unit_kind": "grassroots_cell"}, "chi bộ cơ sở"),
    ("chuyen-truc-thuoc", "DUK.01.02", {"parent": "DUK"}, "Đảng bộ Khối"),
    (
        "chia-tach",
        "DUK.02",
        {
            "goes_on": "no",
            "new1_name": "Chi bộ Một",
            "new1_kind": "grassroots_cell",
            "new2_name": "Chi bộ Hai",
            "new2_kind": "grassroots_cell",
        },
        "Chi bộ Hai",
    ),
    ("sap-nhap", "DUK.01.02", {"goal": "DUK.01.01"}, "Chi bộ Văn phòng"),
    ("hop-nhat", "DUK.01.01", {"beside": "DUK.01.02", "new1_name": "Chi bộ Một", "new1_kind": "cell"}, "Chi bộ Một"),
    ("chuyen-giao", "DUK.01", {"outside": "Đảng bộ tỉnh Vân Sơn"}, "Vân Sơn"),
    ("tiep-nhan", "DUK", {"outside": "Đảng bộ phường Hai", "listed": "Chi bộ Tin học; chi bộ cơ sở"}, "Tin học"),
    ("giai-the", "DUK.01", {}, "giải thể"),
]


def _fill(main: Locator, name: str, value: str) -> None:
    """Type or choose as the field asks; what is folded is opened first."""
    field = main.locator(f"[name={name}]:not([type=hidden])")
    assert field.count(), name
    one = field.first
    if one.get_attribute("type") in ("radio", "checkbox"):
        one = main.locator(f"[name={name}][value='{value}']")
        for fold in main.locator("details:not([open])", has=one).all():
            fold.locator("> summary").click()
        one.check()
    elif one.evaluate("one => one.tagName") == "SELECT":
        one.select_option(value)
    else:
        one.fill(value)


def _answer(main: Locator) -> None:
    """Give every open question the first answer that is offered."""
    for one in main.locator("select:visible").all():
        if not one.input_value():
            one.select_option(
                next(value for value in one.evaluate("one => [...one.options].map(o => o.value)") if value)
            )
    for group in main.locator("[role=radiogroup]").all():
        if not group.locator("input:checked").count():
            group.locator("input").first.check()


def _through(page: Page, office: Office, kind: str, code: str, typed: dict[str, str]) -> None:
    """Go from the unit's menu to the preview."""
    office.open(f"/to-chuc/{code}/ghi/?don-vi=DUK&ky=2023-Q1")
    page.locator(f"main a[href*='/ghi/{kind}/']").click()
    main = page.locator("main")
    paper = {"day": "03/04/2023", "decision_number": "15-QĐ/ĐUK", "decision_date": "30/03/2023"}
    for name, value in {**typed, **paper}.items():
        _fill(main, name, value)
    page.get_by_role("button", name="Tiếp tục").click()
    if page.get_by_role("button", name="Xem trước").count():
        _answer(main)
        page.get_by_role("button", name="Xem trước").click()


def test_every_kind_of_act_is_previewed_recorded_and_taken_back(visit: Visit, world: World) -> None:
    office = visit()
    page = office.sign_in("lan")
    before = everything()
    for kind, code, typed, words in _ACTS:
        _through(page, office, kind, code, typed)
        expect(page.get_by_role("heading", name="xem trước"), f"{kind} {code}").to_be_visible()
        expect(page.get_by_role("heading", name="Cần lưu ý")).to_be_visible()
        expect(page.locator("main").get_by_text(words).locator("visible=true").first).to_be_visible()
        assert everything() == before, "nothing is kept by looking"
        page.get_by_role("button", name="Ghi", exact=True).click()
        expect(page.get_by_text("Đã ghi ").first, f"{kind} {code}").to_be_visible()
        expect(page.locator("main").get_by_text("Quyết định số 15-QĐ/ĐUK").first).to_be_visible()
        assert everything() != before
        page.get_by_role("link", name="Rút lại").click()
        page.get_by_role("button", name="Rút lại").click()
        expect(page.get_by_text("rút lại ngày 05/04/2023").first, f"{kind} {code}").to_be_visible()
        assert everything() == before, f"{kind} {code}"
    assert office.complaints == []
