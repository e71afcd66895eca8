"""A secretary records a finished meeting on a telephone: how many taps it takes, and that none is lost off the net."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.apps.meetings.examples import held, planned
from tests.world import START

from giaoban.apps.meetings.models import (
    AttendanceEntry,
    ConclusionEntry,
    ConclusionEvent,
    Meeting,
    MeetingState,
    Presence,
    ScoreEntry,
)
from giaoban.apps.meetings.operations import ConclusionDraft, invite_to_meetings, record_conclusions
from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_members
from giaoban.core.dates_vi import PartialDate, Precision

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser
Visit = Callable[..., "Office"]
MOST_TAPS = 12
SENTENCE = "Hoàn thành hồ sơ kết nạp 01 quần chúng trước ngày 30/4."


class Thumb:
    """Counts taps."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, what: Locator) -> None:
        """Tap once."""
        self.taps += 1
        what.click()


def _a_cell_of_25(world: World) -> Meeting:
    """Fill the secretary's cell up to 25, with a conclusion of last month and a meeting planned for March."""
    act, cell = world.act("clerk"), world.units["DUK.01.01"]
    first = FirstEntry(MemberEvent.OPENING, START, cell)
    born = PartialDate(date(1980, 1, 1), Precision.DAY)
    enrol_members(
        act=act,
        drafts=[
            MemberDraft(f"Trần Văn Số {number:02}", born, first, file_number=f"25{number:04}ALC")
            for number in range(21)
        ],
    )
    before = held(world, "2023-02-20 14:00")
    record_conclusions(
        act=act, drafts=[ConclusionDraft(before, ConclusionEvent.MADE, "Giới thiệu 01 quần chúng ưu tú.")]
    )
    meeting = planned(world)
    invite_to_meetings(act=act, meetings=[meeting], day=date(2023, 3, 17))
    return meeting


def _row(page: Page, name: str) -> Locator:
    return page.locator("fieldset.pick", has_text=name)


def test_a_finished_meeting_takes_few_taps(visit: Visit, world: World) -> None:
    meeting = _a_cell_of_25(world)
    office, thumb = visit(width=360, height=740), Thumb()
    page = office.sign_in("tho")
    thumb.tap(page.get_by_role("link", name="Sinh hoạt", exact=True))
    thumb.tap(page.get_by_role("link", name="20/03 14:00"))
    thumb.tap(page.get_by_role("link", name="Ghi buổi họp"))
    thumb.tap(page.get_by_text("Họp đúng lịch, 14:00 đến 15:30"))
    thumb.tap(page.get_by_role("button", name="Tất cả có mặt"))
    expect(page.locator("#who")).to_have_text("Có mặt 25 / 25")
    for number in (3, 7, 11):
        thumb.tap(_row(page, f"Trần Văn Số {number:02}").get_by_label("Có lý do", exact=True))
    expect(page.locator("#who")).to_have_text("Có mặt 22 / 25")
    thumb.tap(_row(page, "Giới thiệu 01 quần chúng ưu tú.").get_by_label("Đã làm xong"))
    thumb.tap(page.get_by_label("Kết luận mới"))
    page.keyboard.type(SENTENCE)
    thumb.tap(page.get_by_text(re.compile("^Nhận 5 mục có căn cứ trong sổ")))
    thumb.tap(page.get_by_role("button", name="Gửi"))
    page.wait_for_url(f"**/sinh-hoat/{meeting.uid}/?**")
    assert thumb.taps <= MOST_TAPS
    assert office.complaints == []
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.HELD
    live = AttendanceEntry.objects.live().filter(meeting=meeting)
    assert live.filter(state=Presence.PRESENT).count() == 22
    assert live.filter(state=Presence.EXCUSED).count() == 3
    told = ConclusionEntry.objects.live().filter(meeting=meeting).order_by("pk")
    assert [(one.kind, one.text) for one in told] == [("done", ""), ("made", SENTENCE)]
    score = ScoreEntry.objects.live().get(meeting=meeting)
    assert score.points == {"1b": "5", "2a": "15", "2b": "5"}, "what the register proves, the rest is blank"
    assert page.evaluate("localStorage.length") == 0, "what was sent is erased"


def test_no_tap_is_lost_off_the_net(visit: Visit, world: World) -> None:
    meeting = _a_cell_of_25(world)
    office = visit(width=360, height=740)
    office.sign_in("tho")
    page = office.open(f"/sinh-hoat/{meeting.uid}/ghi/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Tất cả có mặt").click()
    _row(page, "Trần Văn Số 03").get_by_label("Có lý do", exact=True).click()
    _row(page, "Giới thiệu 01 quần chúng ưu tú.").get_by_label("Đã làm xong").click()
    page.get_by_label("Họp đúng lịch, 14:00 đến 15:30").check()
    page.get_by_label("Kết luận mới").fill(SENTENCE)
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("#kept")).to_contain_text("Chưa có mạng; sẽ tự gửi khi có mạng.")
    assert not AttendanceEntry.objects.filter(meeting=meeting).exists()
    page.context.set_offline(False)
    page.wait_for_url(f"**/sinh-hoat/{meeting.uid}/?**")
    live = AttendanceEntry.objects.live().filter(meeting=meeting)
    assert live.filter(state=Presence.PRESENT).count() == 24
    assert AttendanceEntry.objects.filter(meeting=meeting).count() == 26, "every tap came, once"
    assert ConclusionEntry.objects.live().filter(meeting=meeting).count() == 2
    assert page.evaluate("localStorage.length") == 0


def test_a_queue_is_never_sent_for_another_person(visit: Visit, world: World) -> None:
    meeting = _a_cell_of_25(world)
    office = visit(width=360, height=740)
    office.sign_in("tho")
    path = f"/sinh-hoat/{meeting.uid}/ghi/"
    page = office.open(path)
    page.context.set_offline(True)
    _row(page, "Trần Văn Số 03").get_by_label("Có mặt", exact=True).click()
    expect(page.locator("#kept")).to_contain_text("Đã giữ trên máy")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.context.clear_cookies()
    office.sign_in("lan")
    page = office.open(path)
    page.wait_for_load_state("networkidle")
    assert not AttendanceEntry.objects.filter(meeting=meeting).exists()
    page.goto("about:blank")
    page.context.clear_cookies()
    office.sign_in("tho")
    page = office.open(path)
    expect(page.locator("#kept")).to_contain_text("Đã gửi lúc")
    assert AttendanceEntry.objects.get(meeting=meeting).actor == world.users["secretary"]


def test_without_scripts_the_form_keeps_what_was_typed(visit: Visit, world: World) -> None:
    meeting = _a_cell_of_25(world)
    office = visit(width=360, height=740, scripts=False)
    office.sign_in("tho")
    page = office.open(f"/sinh-hoat/{meeting.uid}/ghi/")
    _row(page, "Trần Văn Số 03").get_by_label("Có lý do", exact=True).click()
    page.get_by_role("button", name="Tất cả có mặt").click()
    expect(page.locator("#who")).to_have_text("Có mặt 24 / 25")
    page.get_by_label("Kết luận mới").fill(SENTENCE)
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_text("Chưa ghi giờ họp")).to_be_visible()
    expect(page.get_by_label("Kết luận mới")).to_have_value(SENTENCE)
    expect(page.locator("#who")).to_have_text("Có mặt 24 / 25")
    assert not AttendanceEntry.objects.filter(meeting=meeting).exists(), "all or nothing"
    page.get_by_label("Họp đúng lịch, 14:00 đến 15:30").check()
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_text("Đã ghi buổi họp.")).to_be_visible()
    assert AttendanceEntry.objects.live().filter(meeting=meeting, state=Presence.PRESENT).count() == 24
