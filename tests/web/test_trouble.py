"""What no form can mend is told as a sentence, never as a broken page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.test import Client
from django.urls import reverse

from giaoban.apps.members import identity
from giaoban.core.office_dir import new_identity_keys

if TYPE_CHECKING:
    from tests.world import World


def test_a_missing_key_is_named(world: World, as_: Callable[[str], Client], settings: Any) -> None:
    settings.IDENTITY_KEYS_JSON = new_identity_keys()
    identity._cipher.cache_clear()
    try:
        response = as_("organizer").post(reverse("members:personal", args=[world.members["dao"].uid]))
    finally:
        identity._cipher.cache_clear()
    assert response.status_code == 409
    assert "thiếu khóa" in response.content.decode()


def test_a_form_of_another_site_or_of_long_ago_is_refused_in_words() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("accounts:sign_in"), {"username": "lan"})
    assert response.status_code == 403
    assert "nội dung vừa gửi chưa được nhận" in response.content.decode()
