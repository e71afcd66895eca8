"""One question to chosen units, answered by tonight: few taps to send it, and it adds itself up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from giaoban.apps.reporting.models import Cycle, Submission, SubmissionState

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser
Visit = Callable[..., "Office"]
# What waits for the server, on a machine that is busy with other tests too.
WAIT = 30_000
# The question and its noun; twice a link, whom to ask, the button. At thirty seconds for each thing that is read and
# typed and five for a tap that is under two minutes.
MOST_TYPED, MOST_TAPS = 2, 4


class _Hand:
    """Does what a person does, and counts it."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.typed = page, 0, 0

    def tap(self, role: str, name: str) -> None:
        self.taps += 1
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def tick(self, text: str) -> None:
        self.taps += 1
        self.page.get_by_label(text).first.check()

    def type(self, label: str, text: str) -> None:
        self.typed += 1
        self.page.get_by_role("textbox", name=label).first.fill(text)


def _answer(visit: Visit, who: str, number: str) -> None:
    office = visit(width=360, height=740)
    page = office.sign_in(who)
    hand = _Hand(page)
    hand.tap("link", "Báo cáo đơn vị")
    hand.tap("link", "Nhập")
    hand.type("Số hộ bị ngập trong đêm qua", number)
    hand.tap("button", "Gửi")
    expect(page.get_by_role("heading", name="Các bước")).to_be_visible(timeout=WAIT)
    assert (hand.taps, hand.typed) == (3, 1)
    assert office.complaints == []


def test_a_question_is_sent_in_few_taps_answered_by_telephone_and_adds_itself_up(visit: Visit, world: World) -> None:
    office = visit()
    page = office.sign_in("lan")
    hand = _Hand(page)
    hand.tap("link", "Báo cáo đơn vị")
    hand.tap("link", "Hỏi nhanh một câu")
    hand.type("Câu hỏi", "Số hộ bị ngập trong đêm qua")
    hand.type("Đơn vị tính của con số", "hộ")
    hand.tick("Chi bộ trực thuộc")
    hand.tap("button", "Gửi câu hỏi")
    expect(page.get_by_role("heading", name="Số hộ bị ngập trong đêm qua").first).to_be_visible(timeout=WAIT)
    assert hand.typed <= MOST_TYPED
    assert hand.taps <= MOST_TAPS
    assert hand.typed * 30 + hand.taps * 5 < 2 * 60
    asked = Submission.objects.filter(cycle=Cycle.objects.get())
    assert set(asked.values_list("unit__code", flat=True)) == {"DUK.01.01", "DUK.01.02"}
    _answer(visit, "tho", "12")
    answered = asked.get(unit__code="DUK.01.01")
    assert answered.state == SubmissionState.ACCEPTED, "an answer counts at once, nobody has to accept it"
    page.reload()
    expect(page.locator("#answers")).to_contain_text("Cộng: 12")
    expect(page.locator("#answers")).to_contain_text("Chi bộ Thanh tra")
    office.page.get_by_role("link", name="12").first.click()
    expect(page.locator("#sheet")).to_contain_text("đơn vị báo cáo 12", timeout=WAIT)
    assert office.complaints == []
