"""A member at the door says with an own telephone that they are there: from the code to the thanks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.apps.meetings.examples import planned
from tests.web.members.self_examples import own_user
from tests.world import NOW, PASSWORD, TODAY

from giaoban.apps.meetings.models import AttendanceEntry
from giaoban.apps.meetings.queries.presence_code import code_for

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser


def test_a_member_comes_in_by_the_code(visit: Callable[..., Office], world: World) -> None:
    meeting, user = planned(world, f"{TODAY} 08:00"), own_user(world, "em")
    user.set_password(PASSWORD)
    user.save()
    office = visit(width=360, height=740)
    page = office.open(f"/sinh-hoat/co-mat/{code_for(meeting, NOW)}/")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Tôi có mặt").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi đồng chí Trần Thị Em có mặt lúc 08:30")
    assert AttendanceEntry.objects.get(meeting=meeting).by_code
    assert office.complaints == []
