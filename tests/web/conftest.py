"""The small world behind the screens, seen at the world's own moment, by people who have signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from tests.world import NOW

if TYPE_CHECKING:
    from tests.standing_world import StandingWorld
    from tests.world import World


@pytest.fixture(autouse=True)
def _the_worlds_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("giaoban.web.http", "giaoban.web.accounts.door"):
        monkeypatch.setattr(f"{module}.clock", lambda: NOW)


@pytest.fixture(autouse=True)
def _the_day_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody came before: what the first visit of a day does is seen in ``test_daily``, pages are measured alone."""
    monkeypatch.setattr("giaoban.web.access.begin_day", lambda _request, _act: None)


@pytest.fixture
def as_(world: World, _standing_world: StandingWorld) -> Callable[[str], Client]:
    """Give a browser in which a person of the world has signed in."""

    def sign_in(who: str) -> Client:
        assert who in world.users
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = _standing_world.sessions[who]
        return client

    return sign_in
