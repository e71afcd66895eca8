"""«Sửa dữ liệu»: from the member's page and from what the member asked; what was typed stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.members.self_examples import example_request
from tests.world import World

from giaoban.apps.members.models import CorrectionEntry, CorrectionRequest, RequestState

pytestmark = pytest.mark.django_db
TYPED = {"part": "name", "value": "Nguyễn Đức Đạt", "cause": "mistake", "reason": "Giấy khai sinh"}


def _seen(client: Client, url: str) -> str:
    return client.get(url).content.decode().split('name="da-xem" value="')[1].split('"')[0]


def test_a_name_is_corrected_and_shown_in_the_life(world: World, as_: Callable[[str], Client]) -> None:
    url, client = f"/dang-vien/{world.members['dao'].uid}/sua-du-lieu/", as_("secretary")
    home = client.get(f"/dang-vien/{world.members['dao'].uid}/").content.decode()
    assert url in home
    page = client.get(url).content.decode()
    assert '<dt>Giới tính</dt><dd class="number">Nam</dd>' in page
    assert "19/05/1970" not in page, "the day of birth opens with the personal file only"
    done = client.post(url, TYPED | {"da-xem": _seen(client, url)}, follow=True).content.decode()
    assert "Đã sửa họ và tên của Nguyễn Đức Đạt." in done
    assert "Đính chính họ và tên: Nguyễn Đức Đạo → Nguyễn Đức Đạt" in done
    assert "Căn cứ: Giấy khai sinh" in done


def test_what_was_typed_stays_and_two_at_once_are_told(world: World, as_: Callable[[str], Client]) -> None:
    url, client = f"/dang-vien/{world.members['dao'].uid}/sua-du-lieu/", as_("secretary")
    wrong = client.post(url, TYPED | {"value": "Đạt", "reason": "Giấy khai sinh số 5"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "cả họ và tên" in text
    assert "Giấy khai sinh số 5" in text
    none = client.post(url, {}).content.decode()
    assert "Chưa chọn mục cần sửa." in none
    seen = _seen(client, url)
    as_("clerk").post(url, TYPED | {"part": "phone", "value": "0912000000"})
    late = client.post(url, TYPED | {"da-xem": seen})
    assert late.status_code == 422
    assert "Nguyễn Thị Lan sửa điện thoại lúc 08:30" in late.content.decode()
    assert CorrectionEntry.objects.count() == 1


def test_who_becomes_alike_is_told(world: World, as_: Callable[[str], Client]) -> None:
    """An and binh were born on one day."""
    url = f"/dang-vien/{world.members['an'].uid}/sua-du-lieu/"
    done = as_("clerk").post(url, TYPED | {"value": "Lê Thanh Bình"}, follow=True).content.decode()
    assert "Có thể trùng với Lê Thanh Bình (trùng họ tên và ngày sinh)." in done


def test_a_request_leads_to_the_correction_that_answers_it(world: World, as_: Callable[[str], Client]) -> None:
    asked, client = example_request(world), as_("secretary")
    uid = world.members["em"].uid
    assert f"/dang-vien/{uid}/sua-du-lieu/?" in client.get("/dang-vien/de-nghi/").content.decode()
    url = f"/dang-vien/{uid}/sua-du-lieu/?de-nghi={asked.uid}"
    page = client.get(url).content.decode()
    assert "Đảng viên đề nghị về mục «Điện thoại»: Số máy đã đổi" in page
    assert '<option value="phone" selected>' in page
    typed = {"part": "phone", "value": "0912000000", "cause": "changed", "day": "01/04/2023", "reason": "Đề nghị"}
    done = client.post(url, typed, follow=True).content.decode()
    assert "Đề nghị của đảng viên đã được trả lời." in done
    assert CorrectionRequest.objects.get().state == RequestState.ACCEPTED
    late = as_("clerk").get(url)
    assert late.status_code == 409
    told = "Đề nghị này đã có người trả lời (Bùi Văn Thọ, "
    assert told in late.content.decode()
    assert "đã đính chính, «Đã sửa điện thoại" in late.content.decode(), "the list of open requests shows it no more"
    kept = as_("clerk").post(url, typed | {"value": "0912111111"})
    assert kept.status_code == 422
    assert told in kept.content.decode()
    assert 'value="0912111111"' in kept.content.decode(), "what was typed stays"
    assert client.get(f"/dang-vien/{uid}/sua-du-lieu/?de-nghi=khong").status_code == 404


def test_changes_of_private_parts_open_with_the_file(world: World, as_: Callable[[str], Client]) -> None:
    uid, client = world.members["dao"].uid, as_("organizer")
    client.post(f"/dang-vien/{uid}/sua-du-lieu/", TYPED | {"part": "birth", "value": "20/05/1970"})
    page = client.get(f"/dang-vien/{uid}/").content.decode()
    assert "Đính chính ngày sinh" in page
    assert "20/05/1970" not in page
    opened = client.post(f"/dang-vien/{uid}/du-lieu-rieng/").content.decode()
    assert "Ngày sinh: 19/05/1970 → 20/05/1970" in opened
