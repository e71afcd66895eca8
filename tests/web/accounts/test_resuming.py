"""What was sent after a session had ended is not lost: the door keeps it, and the person sends it again."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.world import PASSWORD

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Member

if TYPE_CHECKING:
    from tests.world import World

DOOR = "/dang-nhap/"
TYPED = {"part": "phone", "value": "0912 345 678", "cause": "mistake", "reason": "phiếu «A»\nvà <b>phiếu B</b>"}


def hidden(page: HttpResponse) -> dict[str, str]:
    """Return the hidden fields of a page by name."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode())
    return {name: html.unescape(value) for name, value in found}


def test_what_was_typed_is_sent_again_after_the_door(world: World) -> None:
    client = Client()
    url = reverse("members:amend", args=[world.members["dao"].uid]) + "?don-vi=DUK"
    door = client.post(url, TYPED)
    assert door.status_code == 401
    assert "Nội dung còn giữ ở trang này" in door.content.decode()
    kept = hidden(door)
    missed = client.post(DOOR, kept | {"username": "binh", "password": "sai-mat-khau-roi"})
    assert hidden(missed)["sent"] == kept["sent"], "a wrong password loses nothing either"
    back = client.post(DOOR, kept | {"username": "binh", "password": PASSWORD})
    text = back.content.decode()
    assert f'action="{html.escape(url)}"' in text
    assert "<b>phiếu B</b>" not in text
    assert AuditRow.objects.filter(action="accounts.signed_in", actor__username="binh").count() == 1
    again = hidden(back)
    assert again.pop("csrfmiddlewaretoken")
    assert again == TYPED
    assert Member.objects.get(pk=world.members["dao"].pk).phone == "0900000001", "nothing is recorded by itself"
    client.post(url, again)
    assert Member.objects.get(pk=world.members["dao"].pk).phone == TYPED["value"]


def test_files_cannot_be_kept_and_that_is_told(world: World, client: Client) -> None:
    sheet = SimpleUploadedFile("so.csv", b"a;b")
    kept = hidden(client.post(reverse("sheets:look"), {"kind": "members", "file": sheet}))
    page = client.post(DOOR, kept | {"username": "binh", "password": PASSWORD}).content.decode()
    assert "Tệp đã chọn lúc trước không giữ lại được" in page


def test_what_nobody_signed_is_not_sent_on(world: World, client: Client) -> None:
    answer = client.post(DOOR, {"username": "binh", "password": PASSWORD, "sent": "WyIvIixbXSwwXQ:x:y"})
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_what_is_too_long_is_said_to_be_lost(world: World, client: Client) -> None:
    page = client.post(reverse("checking:findings"), {"text": "chữ " * 200_000})
    assert "dài quá, không giữ lại được" in page.content.decode()
    assert "sent" not in hidden(page)


def test_opening_the_address_of_a_refused_form_is_told_in_words(world: World, as_: Callable[[str], Client]) -> None:
    answer = as_("clerk").get(reverse("members:personal", args=[world.members["dao"].uid]))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "chỉ nhận nội dung gửi từ một biểu mẫu" in answer.content.decode()
