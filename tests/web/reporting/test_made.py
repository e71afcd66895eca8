"""A report that takes long: the screen answers at once, it is made once, for one person, also after a new start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from tests.world import NOW, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.reporting.models import MadeReport
from giaoban.apps.reporting.operations import ask_report, made, make_report, take_made
from giaoban.apps.reporting.operations.made import beat
from giaoban.apps.reporting.queries.made import STALE, made_report, needs_maker, takes_long
from giaoban.core.errors import Conflict, NotAllowed
from giaoban.core.period import Period
from giaoban.web.reporting import making

CHOSEN = "?don-vi=DUK&ky=2023-Q1"
LIVE = reverse("reporting:live", args=["quarter"]) + CHOSEN
MAKE = reverse("reporting:make", args=["quarter"]) + CHOSEN
TAKE = reverse("reporting:take", args=["quarter"]) + CHOSEN
QUARTER = Period.parse("2023-Q1")


@pytest.fixture(autouse=True)
def _large(settings: LazySettings) -> None:
    settings.LARGE_REPORT_UNITS = 3


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[], None]]]:
    """What a thread was to do; the test does it when it wants to."""
    works: list[Callable[[], None]] = []
    monkeypatch.setattr(making, "in_background", works.append)
    monkeypatch.setattr(making.threading, "Thread", _Silent)
    return works


class _Silent:
    """A thread that gives no sign of life: the test's database is seen by one connection only."""

    def __init__(self, **_: object) -> None:
        pass

    def start(self) -> None:
        pass

    def join(self) -> None:
        pass


def test_the_screen_asks_answers_at_once_and_shows_the_report(
    as_: Callable[[str], Client], waiting: list[Callable[[], None]]
) -> None:
    client = as_("deputy")
    before = client.get(LIVE).content.decode()
    assert "Lập báo cáo</button>" in before
    assert "http-equiv" not in before
    assert client.post(MAKE).status_code == 302
    during = client.get(LIVE)
    assert during.status_code == 200
    assert '<meta http-equiv="refresh" content="2">' in during.content.decode()
    assert "Đang lập báo cáo" in during.content.decode()
    client.post(MAKE)
    assert MadeReport.objects.count() == 1, "asked for again while it is being made: the same"
    for work in waiting:
        work()
    assert MadeReport.objects.get().tries == 1, "however many were to make it, one did"
    after = client.get(LIVE).content.decode()
    assert "Xem thử, lập từ các sổ lúc" in after
    assert "kết nạp" in after
    assert "http-equiv" not in after
    taken = client.post(TAKE, {"do-mat": "none"})
    assert taken.content[:2] == b"PK"
    assert AuditRow.objects.get(action="reporting.written").unit_code == "DUK"
    assert "Lập báo cáo</button>" in as_("clerk").get(LIVE).content.decode(), "made for another person"


def test_nothing_is_taken_before_it_is_there(as_: Callable[[str], Client], waiting: list[Callable[[], None]]) -> None:
    client = as_("deputy")
    assert "Lập báo cáo</button>" in client.post(TAKE, {"do-mat": "none"}).content.decode()
    client.post(MAKE)
    assert "Đang lập báo cáo" in client.post(TAKE, {"do-mat": "none"}).content.decode()
    assert not AuditRow.objects.filter(action="reporting.written").exists()


def test_what_nobody_makes_any_more_is_begun_anew(world: World) -> None:
    act = world.act("deputy")
    asked = ask_report(act=act, unit=world.units["DUK"], name="quarter", period=QUARTER)
    assert needs_maker(asked, now=NOW)
    beat(asked, NOW)
    begun = MadeReport.objects.get()
    assert not needs_maker(begun, now=NOW)
    assert not make_report(act=act, made=begun), "somebody makes it"
    later = replace(act, now=NOW + STALE + timedelta(seconds=1))
    assert needs_maker(begun, now=later.now), "the server was started again in the midst of it"
    assert make_report(act=later, made=begun)
    done = MadeReport.objects.get()
    assert (done.done_at, done.refused, done.steps) == (later.now, "", 2)
    assert not make_report(act=later, made=done), "it is there"
    assert take_made(act=later, made=done, file_format="md").content.decode().count("BÁO CÁO") == 1


def test_it_is_given_up_after_some_tries(world: World) -> None:
    act = world.act("deputy")
    asked = ask_report(act=act, unit=world.units["DUK"], name="quarter", period=QUARTER)
    MadeReport.objects.update(tries=3)
    assert not make_report(act=act, made=asked)
    assert "sau nhiều lần thử" in MadeReport.objects.get().refused


def test_why_there_is_no_report_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    act = world.act("deputy")
    early = ask_report(act=act, unit=world.units["DUK"], name="quarter", period=Period.parse("2019-Q1"))
    make_report(act=act, made=early)
    assert "Sổ chưa được dùng trong kỳ này" in MadeReport.objects.get(period="2019-Q1").refused
    broken = ask_report(act=act, unit=world.units["DUK"], name="quarter", period=QUARTER)
    monkeypatch.setattr(made, "report_document", lambda *_, **__: 1 / 0)
    make_report(act=act, made=broken)
    assert "báo cho quản trị hệ thống" in MadeReport.objects.get(period="2023-Q1").refused


def test_it_is_kept_for_a_time_and_for_the_rights_it_was_made_with(world: World) -> None:
    act, unit = world.act("deputy"), world.units["DUK"]
    asked = ask_report(act=act, unit=unit, name="quarter", period=QUARTER)
    rights = frozenset(asked.rights)

    def kept(rights: frozenset[str], hours: float = 0) -> bool:
        now = NOW + timedelta(hours=hours)
        return made_report(act.user, unit, "quarter", QUARTER, rights=rights, now=now) is not None

    assert kept(rights, 23.9)
    assert not kept(rights, 24.1)
    assert not kept(rights - {"inspection_view"})
    with pytest.raises(NotAllowed):
        ask_report(act=world.act("inspector"), unit=unit, name="quarter", period=QUARTER)
    with pytest.raises(Conflict):
        take_made(act=act, made=asked, file_format="docx")
    make_report(act=act, made=asked)
    with pytest.raises(Conflict):
        take_made(act=world.act("clerk"), made=MadeReport.objects.get(), file_format="docx")
    ask_report(act=replace(world.act("clerk"), now=NOW + timedelta(days=2)), unit=unit, name="quarter", period=QUARTER)
    assert [one.asked_by.username for one in MadeReport.objects.all()] == ["lan"], "what is old is thrown away"


def test_only_a_large_unit_waits(world: World) -> None:
    assert takes_long(world.units["DUK"], day=NOW.date())
    assert not takes_long(world.units["DUK.01"], day=NOW.date())
