"""The first page of the day opens the reporting cycles whose moment has come; no page waits for it twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError
from django.test import Client
from tests.apps.reporting.cycles.office import at, quarter_form

from giaoban.apps.reporting.models import Cycle, OpeningRound, ReportForm
from giaoban.apps.reporting.operations.cycles import open_in_time
from giaoban.web import daily

if TYPE_CHECKING:
    from tests.world import World

SignIn = Callable[[str], Client]
ANY_PAGE = "/dang-vien/"


@pytest.fixture(autouse=True)
def _nobody_came_yet(_the_day_has_begun: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("giaoban.web.access.begin_day", daily.begin_day)


def test_a_page_opens_what_is_due(world: World, as_: SignIn) -> None:
    quarter_form(world)
    ReportForm.objects.update(set_at=at("2023-01-02 09:00"))
    client = as_("secretary")
    assert client.get(ANY_PAGE).status_code == 200
    assert Cycle.objects.get().title == "Báo cáo quý I/2023"
    assert "Báo cáo quý I/2023" in client.get("/den-han/").content.decode()
    assert OpeningRound.objects.get().by == world.users["secretary"]


def test_a_sign_in_asks_once_a_day(world: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(daily, "open_in_time", lambda *, act: asked.append(act.today))
    client = as_("clerk")
    for _ in range(3):
        client.get(ANY_PAGE)
    assert len(asked) == 1


def test_a_database_that_cannot_keeps_nobody_away(
    world: World, as_: SignIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(**_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(daily, "open_in_time", locked)
    client = as_("clerk")
    assert client.get(ANY_PAGE).status_code == 200
    assert "could not be opened" in caplog.text
    monkeypatch.setattr(daily, "open_in_time", open_in_time)
    assert client.get(ANY_PAGE).status_code == 200
    assert OpeningRound.objects.exists(), "the next visit tried again"
