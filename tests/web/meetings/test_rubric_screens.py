"""The office's own rubrics on screen: list, copy, edit, refuse with the place, scored by the new version."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import lxml.html
from django.test import Client
from django.urls import reverse
from tests.apps.meetings.examples import held

from giaoban.apps.meetings.models import OfficeRubric
from giaoban.apps.meetings.rubrics import read_rubric, rubrics

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]
PLACE = {"don-vi": "DUK", "ky": "2023-Q2"}
SET = reverse("meetings:set_rubric") + "?don-vi=DUK&ky=2023-Q2"


def sent_by(page: str) -> dict[str, str]:
    """Return what the editor would send as it stands."""
    (form,) = lxml.html.fromstring(page).xpath('//form[contains(@class, "wide")]')
    return {name: value.replace("\r", "") for name, value in form.form_values()}


def test_a_shipped_rubric_is_copied_changed_and_in_force(world: World, as_: As) -> None:
    client = as_("clerk")
    listed = client.get(reverse("meetings:rubrics"), PLACE).content.decode()
    assert "Mẫu chấm điểm bốn phần" in listed
    assert "Chưa đặt mẫu riêng" in listed
    page = client.get(SET + "&san=b").content.decode()
    sent = sent_by(page) | {"code": "phieu", "source": "05-HD/ĐUK", "limit_good": "85", "start": "01/03/2023"}
    response = client.post(SET + "&san=b", {**sent, "luu": "1"}, follow=True)
    assert "Đã đặt mẫu «Mẫu chấm điểm chi tiết cấp phường», áp dụng từ 01/03/2023." in response.content.decode()
    made = OfficeRubric.objects.get()
    kept, shipped = read_rubric(made.body), rubrics()["b"]
    assert kept.sections == shipped.sections, "the editor loses nothing"
    assert dict(kept.limits)["good"] == 85
    assert "Đang áp dụng: <strong>Mẫu chấm điểm chi tiết" in response.content.decode()

    meeting = held(world)
    sheet = as_("secretary").get(reverse("meetings:score", args=[meeting.uid])).content.decode()
    assert "Mẫu chấm điểm chi tiết cấp phường (05-HD/ĐUK)" in sheet
    look = client.get(reverse("meetings:rubric"), PLACE | {"mau": str(made.uid)}).content.decode()
    assert "Tốt từ 85" in look
    rule = client.get(reverse("organizations:rules"), PLACE).content.decode()
    assert "Mẫu chấm điểm chi tiết cấp phường" in rule, "the rule says the rubric's own name"

    page = client.get(SET + f"&mau={made.uid}").content.decode()
    sent = sent_by(page) | {"start": "01/04/2023", "nd-0-0-bands": "5: Đủ thời gian\n0: Thiếu"}
    client.post(SET + f"&mau={made.uid}", {**sent, "luu": "1"})
    found = OfficeRubric.objects.order_by("valid_from")
    assert [one.valid_from for one in found] == [date(2023, 3, 1), date(2023, 4, 1)]
    assert len(read_rubric(found[1].body).items["1"].bands) == 2


def test_what_was_typed_stays_and_the_place_is_told(world: World, as_: As) -> None:
    client = as_("clerk")
    sent = sent_by(client.get(SET + "&san=c").content.decode()) | {"code": "phieu", "source": "05-HD/ĐUK"}
    sent["nd-1-0-bands"] = "20: Đủ [độ vui >= 3]"
    response = client.post(SET + "&san=c", {**sent, "luu": "1"})
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert "Dòng 1, sổ không biết «độ vui >= 3»" in page
    assert "20: Đủ [độ vui >= 3]</textarea>" in page
    response = client.post(SET + "&san=c", {**sent, "nd-1-0-bands": "19: Đủ", "luu": "1"})
    assert "cần 100 điểm" in html.unescape(response.content.decode())
    response = client.post(SET + "&san=c", {**sent, "code": "a", "nd-1-0-bands": "", "luu": "1"})
    assert "Chưa có mức điểm nào" in html.unescape(response.content.decode())
    assert not OfficeRubric.objects.exists()


def test_the_buttons_of_the_editor(world: World, as_: As) -> None:
    client = as_("clerk")
    sent = sent_by(client.get(SET + "&san=c").content.decode())
    page = client.post(SET, {**sent, "lam": "them-muc"}).content.decode()
    assert 'name="muc-4-code" value="5"' in page
    page = client.post(SET, {**sent, "lam": "bo-muc:0"}).content.decode()
    assert 'name="muc-3-code"' not in page
    assert "20 + 45 + 20 = 85; cả phiếu phải đủ 100 điểm" in page
    page = client.post(SET, {**sent, "lam": "len-nd:0:1"}).content.decode()
    assert sent_by(page)["nd-0-0-title"] == sent["nd-0-1-title"]
    page = client.post(SET, {**sent, "lam": "bo-nd:0:1"}).content.decode()
    assert sent_by(page)["nd-0-1-title"] == sent["nd-0-2-title"]
    page = client.post(SET, {**sent, "lam": "them-nd:1"}).content.decode()
    assert len([name for name in sent_by(page) if name.endswith("-bands")]) == len(rubrics()["c"].items) + 1
    assert client.post(SET, {**sent, "lam": "bo-nd:9:9"}).status_code == 200
