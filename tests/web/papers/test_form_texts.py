"""The page of a form's words: kept with a day, mended, seen before, taken up again; two people are told."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.papers.models import OfficeForm
from giaoban.apps.papers.queries.forms import form_for

pytestmark = pytest.mark.django_db
CODE = "quyet-dinh-cong-nhan"
URL = reverse("papers:form", args=[CODE]) + "?don-vi=DUK&ky=2023-Q1"


def _text(world: World) -> str:
    return form_for(CODE, world.units["DUK"], day=TODAY).text


def _seen(client: Client) -> str:
    found = re.search(r'name="seen"(?: value="([^"]*)")?', client.get(URL).content.decode())
    assert found is not None
    return unescape(found[1] or "")


def _set(client: Client, text: str, start: str) -> int:
    return client.post(URL, {"text": text, "start": start, "seen": _seen(client)}).status_code


def test_two_people_at_one_form_are_told_and_what_was_typed_stays(world: World, as_: Callable[[str], Client]) -> None:
    first, second, text = as_("clerk"), as_("organizer"), _text(world)
    opened = _seen(second)
    assert _set(first, text.replace("Điều 2.", "Điều hai."), "04/04/2023") == 302
    typed = {"text": text.replace("Điều 2.", "Điều II."), "start": "05/04/2023", "seen": opened}
    told = second.post(URL, typed)
    page = told.content.decode()
    assert told.status_code == 422
    assert "Nguyễn Thị Lan đã đổi mẫu này trong lúc đồng chí đang sửa, dùng từ 04/04/2023" in page
    assert "Điều II." in page
    assert OfficeForm.objects.count() == 1
    again = re.search(r'name="seen" value="([^"]*)"', page)
    assert again is not None
    assert second.post(URL, typed | {"seen": unescape(again[1])}).status_code == 302, "told once, they may go on"


def test_a_slip_is_mended_on_the_day_from_which_the_form_holds(world: World, as_: Callable[[str], Client]) -> None:
    client, text = as_("clerk"), _text(world)
    assert _set(client, text.replace("Điều 2.", "Điều hia."), "05/04/2023") == 302
    assert _set(client, text.replace("Điều 2.", "Điều hai."), "05/04/2023") == 302
    (kept,) = OfficeForm.objects.all()
    assert "Điều hai." in kept.text
    row = AuditRow.objects.filter(action="papers.form_set").latest("pk")
    assert row.detail["replaced"] != row.detail["sha256"]
    same = client.post(URL, {"text": kept.text, "start": "06/04/2023", "seen": _seen(client)})
    assert "đã có đúng nội dung này" in same.content.decode()


def test_a_form_that_holds_later_may_be_followed_by_another(world: World, as_: Callable[[str], Client]) -> None:
    client, text = as_("clerk"), _text(world)
    assert _set(client, text.replace("Điều 2.", "Điều hai."), "01/07/2023") == 302
    early = client.post(URL, {"text": text + "# a", "start": "01/06/2023", "seen": _seen(client)}).content.decode()
    assert "Chọn từ ngày 01/07/2023 trở đi" in early
    assert _set(client, text + "# a", "01/09/2023") == 302
    page = client.get(URL).content.decode()
    for words in ("Bản dùng từ 01/07/2023 đến trước 01/09/2023", "Bản dùng từ 01/09/2023", "sẽ dùng", "đang dùng"):
        assert words in page


def test_an_older_text_is_opened_and_recorded_again(world: World, as_: Callable[[str], Client]) -> None:
    client, text = as_("clerk"), _text(world)
    _set(client, text.replace("Điều 2.", "Điều hai."), "01/04/2023")
    assert "Điều hai." in client.get(URL).content.decode()
    page = client.get(f"{URL}&ban=goc").content.decode()
    assert "Nội dung dưới đây là mẫu gốc của phần mềm" in page
    assert "Điều hai." not in page
    assert _set(client, text, "05/04/2023") == 302
    assert _text(world) == text
    older = OfficeForm.objects.earliest("valid_from")
    assert "Điều hai." in client.get(f"{URL}&ban={older.uid}").content.decode()
    assert client.get(f"{URL}&ban=khong-co").status_code == 200


def test_the_paper_is_seen_before_anything_is_recorded(world: World, as_: Callable[[str], Client]) -> None:
    client, text = as_("clerk"), _text(world)
    page = client.get(URL).content.decode().split('id="xem-truoc"')[1]
    assert "«họ và tên»" in page
    assert "QUYẾT ĐỊNH" in page
    typed = {"text": text.replace("Điều 2.", "Điều hai."), "start": "05/04/2023", "seen": "", "xem": "1"}
    seen = client.post(URL, typed).content.decode()
    assert "Điều hai." in seen.split('id="xem-truoc"')[1]
    wrong = client.post(URL, typed | {"text": text.replace("{ho_ten}", "{luong}")})
    assert wrong.status_code == 422
    assert "Mẫu dùng trường không có: {luong}" in wrong.content.decode()
    assert 'id="xem-truoc"' not in wrong.content.decode()
    assert not OfficeForm.objects.exists()


def test_whoever_may_not_change_a_form_reads_it(world: World, as_: Callable[[str], Client]) -> None:
    url = URL.replace("=DUK&", "=DUK.01.01&")
    page = as_("secretary").get(url).content.decode()
    assert "«họ và tên»" in page
    assert "Ghi mẫu" not in page
    assert as_("secretary").post(url, {"text": _text(world), "xem": "1"}).status_code == 403
