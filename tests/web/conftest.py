"""The small world behind the screens, seen at the world's own moment, by people who have signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.world import NOW

if TYPE_CHECKING:
    from tests.world import World

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _the_worlds_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("giaoban.web.http", "giaoban.web.accounts.door"):
        monkeypatch.setattr(f"{module}.clock", lambda: NOW)


@pytest.fixture(autouse=True)
def _the_day_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody came before: what the first visit of a day does is seen in ``test_daily``, pages are measured alone."""
    monkeypatch.setattr("giaoban.web.access.begin_day", lambda _request, _act: None)


@pytest.fixture
def as_(world: World) -> Callable[[str], Client]:
    """Give a browser in which a person of the world has signed in."""

    def sign_in(who: str) -> Client:
        client = Client()
        client.force_login(world.users[who], backend=BACKEND)
        return client

    return sign_in
