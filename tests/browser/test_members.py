"""Members in Chromium: one step for twenty to its end with their papers; a cell's secretary on a telephone."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from tests.apps.members.candidate_steps import DAYS, E, candidate, steps_to

from giaoban.apps.members.models import (
    AbsenceEntry,
    CandidateEntry,
    CandidateEvent,
    Member,
    MemberEntry,
    MemberEvent,
    Trait,
)
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_members
from giaoban.apps.organizations.operations import Decision, GrantTerms, give_grant
from giaoban.core.dates_vi import PartialDate, Precision

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser
Visit = Callable[..., "Office"]
PLACE = "?don-vi=DUK&ky=2023-Q1"


def _twenty(world: World) -> None:
    drafts = [
        MemberDraft(
            f"Lý Văn Dự {number}",
            PartialDate(date(1999, 1, number), Precision.DAY),
            FirstEntry(
                MemberEvent.ADMITTED,
                date(2022, 3, 1),
                world.units["DUK.01.01"],
                Decision(f"{number}-QĐ/ĐUK", date(2022, 3, 1)),
            ),
            traits=((Trait.SEX, "female"),),
        )
        for number in range(1, 21)
    ]
    enrol_members(act=world.act("clerk"), drafts=drafts)


def _choose_twenty(page: Page, work: str) -> None:
    page.get_by_label("Chọn tất cả trang này").check()
    page.get_by_label("Ghi cho những người đã chọn").select_option(label=work)
    page.get_by_role("button", name="Xem trước").click()


def test_twenty_are_recognised_and_given_cards_with_their_papers(visit: Visit, world: World) -> None:
    _twenty(world)
    office = visit()
    page = office.sign_in("lan")

    office.open("/giay-to/lap/recognition/" + PLACE)
    for number in range(1, 21):
        page.get_by_label(f"Lý Văn Dự {number}", exact=True).check()
    page.get_by_label("Ngày văn bản").fill("03/04/2023")
    page.get_by_label("Số bắt đầu").fill("51")
    page.get_by_label("Độ mật").select_option(label="Không mật")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Lập và tải về").click()
    with zipfile.ZipFile(taken.value.path()) as package:
        assert len(package.namelist()) == 22, "the proposal, the list, twenty decisions"

    office.open(f"/dang-vien/{PLACE}&dien=probationary&tim=Lý Văn Dự")
    _choose_twenty(page, "Ghi công nhận chính thức")
    expect(page.get_by_text("ghi cho 20 đảng viên")).to_be_visible()
    page.get_by_label("Số quyết định").fill("51-QĐ/ĐUK")
    page.get_by_label("Ngày", exact=True).fill("03/04/2033")
    page.get_by_role("button", name="Ghi công nhận chính thức").click()
    expect(page.get_by_text("ở tương lai")).to_be_visible()
    expect(page.get_by_label("Số quyết định")).to_have_value("51-QĐ/ĐUK")
    page.get_by_label("Ngày", exact=True).fill("03/04/2023")
    page.get_by_role("button", name="Ghi công nhận chính thức").click()
    expect(page.get_by_text("Đã ghi công nhận chính thức cho 20 đảng viên, ngày 03/04/2023.")).to_be_visible()
    assert "dien=probationary" in page.url, "back at the same filter"
    expect(page.get_by_text("Không có đảng viên nào khớp")).to_be_visible()

    office.open(f"/dang-vien/{PLACE}&dien=official&tim=Lý Văn Dự")
    _choose_twenty(page, "Ghi phát thẻ")
    page.get_by_label("Đợt").fill("19/5")
    page.get_by_label("Số thẻ của Lý Văn Dự 7", exact=True).fill("71000007")
    page.get_by_label("Ngày", exact=True).fill("04/04/2023")
    page.get_by_role("button", name="Ghi phát thẻ").click()
    expect(page.get_by_text("Đã ghi phát thẻ cho 20 đảng viên, ngày 04/04/2023.")).to_be_visible()
    counted = MemberEntry.objects.filter(member__full_name__startswith="Lý Văn Dự")
    assert counted.filter(kind=MemberEvent.RECOGNISED).count() == counted.filter(kind=MemberEvent.CARD_ISSUED).count()
    assert Member.objects.get(card_number="71000007").full_name == "Lý Văn Dự 7"

    office.open("/giay-to/lap/card/?don-vi=DUK&ky=2023-Q2")
    expect(page.get_by_label(re.compile("^Lý Văn Dự"))).to_have_count(20)
    # The one complaint is the browser's own about the refused form.
    assert [one for one in office.complaints if "422" not in one] == []


def _telephone(visit: Visit, world: World) -> Office:
    terms = GrantTerms("unit_secretary", world.units["DUK.02"], date(2022, 1, 1))
    give_grant(act=world.act("clerk", at_console=True), user=world.users["secretary"], terms=terms)
    office = visit(width=360, height=740)
    office.sign_in("tho")
    return office


def _fits(page: Page, button: str) -> None:
    """The whole step is seen without pushing the page."""
    box = page.get_by_role("button", name=button).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740


def test_away_takes_one_screen_of_a_telephone(visit: Visit, world: World) -> None:
    office = _telephone(visit, world)
    page = office.open(f"/dang-vien/{world.members['dao'].uid}/?don-vi=DUK.01.01")
    page.get_by_role("link", name="Đi xa").click()
    _fits(page, "Ghi đi xa")
    page.get_by_label("Nơi đến").fill("Bình Dương")
    page.get_by_label("Từ ngày").fill("01/04/2023")
    page.get_by_role("button", name="Ghi đi xa").click()
    expect(page.get_by_role("heading", name="Nguyễn Đức Đạo")).to_be_visible()
    assert AbsenceEntry.objects.get(member=world.members["dao"]).place == "Bình Dương"


def test_a_transfer_is_accepted_on_one_screen_of_a_telephone(visit: Visit, world: World) -> None:
    office = _telephone(visit, world)
    page = office.open("/dang-vien/dang-chuyen/?don-vi=DUK.02")
    page.get_by_role("link", name="Tiếp nhận").click()
    _fits(page, "Tiếp nhận")
    page.get_by_label("Ngày tiếp nhận").fill("04/04/2023")
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.get_by_text("Đỗ Thúy Nga").first).to_be_visible()
    assert world.refresh("nga").unit == world.units["DUK.02"]


@pytest.mark.parametrize("last", [None, *list(DAYS)[:-1]])
def test_every_step_of_admission_fits_one_screen_of_a_telephone(
    last: CandidateEvent | None, visit: Visit, world: World
) -> None:
    one = candidate(world)
    if last is not None:
        steps_to(world, one, last)
    office = _telephone(visit, world)
    page = office.open(f"/dang-vien/phat-trien/{one.uid}/?don-vi=DUK.01.01")
    _fits(page, "Ghi bước này")


def test_a_sponsor_of_another_cell_is_one_tap_away(visit: Visit, world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.APPLIED)
    page = _telephone(visit, world).open(f"/dang-vien/phat-trien/{one.uid}/?don-vi=DUK.01.01")
    page.get_by_text("Người ở chi bộ khác, tổ chức đoàn thể").click()
    page.get_by_label("Hoặc đảng viên ở chi bộ khác").fill("Nguyễn Văn Không Có")
    page.get_by_role("button", name="Ghi bước này").click()
    expect(page.get_by_label("Hoặc đảng viên ở chi bộ khác")).to_have_value("Nguyễn Văn Không Có")
    expect(page.get_by_text("Không tìm thấy đảng viên").first).to_be_visible()


def test_a_step_of_admission_is_recorded_on_one_screen_of_a_telephone(visit: Visit, world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.SPONSORED)
    office = _telephone(visit, world)
    page = office.open(f"/dang-vien/phat-trien/{one.uid}/?don-vi=DUK.01.01")
    _fits(page, "Ghi bước này")
    page.get_by_label("Ngày kết luận").fill("20/10/2022")
    page.get_by_role("button", name="Ghi bước này").click()
    expect(page.get_by_role("heading", name=re.compile("Nghị quyết của chi bộ"))).to_be_visible()
    assert CandidateEntry.objects.filter(candidate=one, kind=E.VETTED).count() == 1


def test_two_records_of_one_person_stand_side_by_side_on_a_telephone(visit: Visit, world: World) -> None:
    first = FirstEntry(MemberEvent.OPENING, date(2022, 1, 1), world.units["DUK.02"])
    birth = PartialDate(date(1970, 1, 1), Precision.YEAR)
    enrol_members(act=world.act("clerk"), drafts=[MemberDraft("Nguyễn Đức Đạo", birth, first)])
    office = visit(width=360, height=740)
    office.sign_in("lan")
    page = office.open(f"/dang-vien/trung/{PLACE}")
    heads = page.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Hồ sơ thứ nhất: Nguyễn Đức Đạo", "Hồ sơ thứ hai: Nguyễn Đức Đạo"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_left_out_on_paper_leaves_no_separator_behind(visit: Visit, world: World) -> None:
    office = visit()
    office.sign_in("lan")
    for path, place in ((f"/dang-vien/{world.members['an'].uid}/", ".who"), ("/", ".head .sub")):
        page = office.open(path + PLACE)
        assert "·" in page.locator(place).first.inner_text()
        page.emulate_media(media="print")
        assert not page.locator(place).first.inner_text().rstrip().endswith("·")
        page.emulate_media(media="screen")
