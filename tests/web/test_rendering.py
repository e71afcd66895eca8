"""What holds for every page: nothing is asked while it is rendered, and more rows do not cost more questions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.pages import pages
from tests.world import START

from giaoban.apps.members.models import MemberEvent, Trait
from giaoban.apps.members.operations import EntryDraft, FirstEntry, MemberDraft, enrol_members, record_member_entries
from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import GrantTerms, TreeDraft, give_grant, record_tree_events
from giaoban.core.dates_vi import PartialDate, Precision

if TYPE_CHECKING:
    from tests.world import World


def _grow(world: World, *, cells: range, times: int) -> None:
    """New cells; six members and entries in the quarter, and two letters on the way, this many times."""
    act = world.act("clerk", at_console=True)
    codes = [f"DUK.01.{number}" for number in cells]
    record_tree_events(
        act=act,
        drafts=[
            TreeDraft(UnitEvent.ESTABLISHED, date(2023, 2, 1), code, parent="DUK.01", name=f"Chi bộ {code}",
                      unit_kind="cell")
            for code in codes
        ],
    )  # fmt: skip
    cell, other = world.units["DUK.01.01"], world.units["DUK.02"]
    made = enrol_members(
        act=act,
        drafts=[
            MemberDraft(
                f"Nguyễn Văn Thứ {cells.start}-{number}",
                PartialDate(date(1990, 1, 1), Precision.DAY),
                FirstEntry(MemberEvent.ADMITTED, date(2023, 3, 1), cell, official=False),
                traits=((Trait.SEX, "male"),),
            )
            for number in range(6 * times)
        ],
    )
    record_member_entries(
        act=act,
        drafts=[
            EntryDraft(one, MemberEvent.TRANSFER_SENT, date(2023, 3, 20), cell, from_unit=cell, to_unit=other)
            for one in made[: 2 * times]
        ],
    )


def _grant(world: World) -> None:
    act = world.act("clerk", at_console=True)
    for who in ("organizer", "inspector", "deputy", "administrator"):
        give_grant(act=act, user=world.users[who], terms=GrantTerms("unit_secretary", world.units["DUK.02"], START))


def _count(client: Client, url: str) -> int:
    # The log is of limited length, and all pages together ask more than that.
    connection.queries_log.clear()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(queries)


@pytest.mark.one_engine
def test_no_page_asks_more_because_there_are_more_rows(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    addresses = pages(world)
    _grow(world, cells=range(8, 9), times=1)  # a list that is empty asks for nothing more
    before = {name: _count(client, url) for name, url in addresses.items()}
    _grow(world, cells=range(10, 20), times=10)
    _grant(world)
    after = {name: _count(client, url) for name, url in addresses.items()}
    assert after == before


def test_nothing_is_asked_while_a_page_is_rendered(
    world: World, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, list[str]] = {}

    def watched(request: Any, template: str, *args: Any, **kwargs: Any) -> HttpResponse:
        with CaptureQueriesContext(connection) as queries:
            response = render(request, template, *args, **kwargs)
        asked[f"{request.path} {template}"] = [query["sql"] for query in queries]
        return response

    monkeypatch.setattr("giaoban.web.http.render", watched)
    client = as_("clerk")
    addresses = pages(world)
    for url in addresses.values():
        client.get(url)
        client.get(url, headers={"HX-Request": "true"})
    assert len(asked) >= len(addresses) - 5, "some addresses differ only in their query"
    assert {where: sql for where, sql in asked.items() if sql} == {}


# Each rendering masks the token of a form anew.
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def test_a_page_for_htmx_is_only_its_part(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    for name in ("members", "tree", "entries of a flow"):
        url = pages(world)[name]
        whole, part = (
            _TOKEN.sub("", client.get(url, headers=headers).content.decode())
            for headers in ({}, {"HX-Request": "true"})
        )
        assert "<!doctype html>" in whole, name
        assert "<html" not in part, name
        assert part.strip() in whole, f"{name}: the part is the same as in the page"


def test_pages_are_not_kept_by_caches_and_tell_htmx_apart(world: World, as_: Callable[[str], Client]) -> None:
    response = as_("clerk").get(pages(world)["members"])
    assert "HX-Request" in response["Vary"]
    assert response["Cache-Control"] == "private, no-store"


# What every page holds, read once by whichever test comes first: the same pages for those that only look at them.
_SEEN: dict[str, HttpResponse] = {}


@pytest.fixture
def seen(world: World, as_: Callable[[str], Client]) -> dict[str, HttpResponse]:
    """Give every page as the clerk sees it."""
    client = as_("clerk")
    if not _SEEN:
        _SEEN.update({name: client.get(url) for name, url in pages(world).items()})
    return _SEEN


@pytest.mark.one_engine
@pytest.mark.xdist_group("pages")
def test_every_page_has_the_strict_policy_and_nothing_inline(seen: dict[str, HttpResponse]) -> None:
    for name, response in seen.items():
        policy = response["Content-Security-Policy"]
        assert "script-src 'self'" in policy, name
        assert "unsafe" not in policy, name
        html = response.content.decode()
        for forbidden in (" style=", "<style", " onclick=", " onload=", "javascript:", "http://", "https://"):
            assert forbidden not in html, f"{name}: {forbidden}"


@pytest.mark.one_engine
def test_unit_and_period_stay_chosen(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    for name, url in pages(world).items():
        html = client.get(url.replace("DUK&", "DUK.01&").replace("2023-Q1", "2022-H2")).content.decode()
        areas = html.split('<nav class="rail"')[1].split("</nav>")[0]
        assert areas.count("don-vi=DUK.01&amp;ky=2022-H2") == areas.count("href="), name


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"don-vi": "KHONG.CO"}, "no such unit"),
        ({"ky": "2023-Q5"}, "no such quarter"),
        ({"ky": "abc"}, "no period at all"),
        ({"ky": "0000"}, "a year that the calendar does not know"),
    ],
)
def test_an_address_that_means_nothing_is_not_found(
    query: dict[str, str], reason: str, as_: Callable[[str], Client]
) -> None:
    response = as_("clerk").get("/dang-vien/", query)
    assert response.status_code == 404, reason
    assert "Không tìm thấy trang này" in response.content.decode()


class _Outline(HTMLParser):
    """Collects what a screen reader leans on."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.targets: set[str] = set()
        self._inside_label = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if identity := found.get("id"):
            self.ids.append(identity)
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)
        if tag == "label":
            self._inside_label += 1
            self.labelled.add(found.get("for") or "")
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.fields.append(found | {"inside": str(self._inside_label)})
        self.targets |= set((found.get("aria-describedby") or "").split())
        self.targets |= set((found.get("aria-labelledby") or "").split())

    def handle_endtag(self, tag: str) -> None:
        self._inside_label -= tag == "label"


@pytest.mark.one_engine
@pytest.mark.xdist_group("pages")
def test_every_page_can_be_read_aloud(seen: dict[str, HttpResponse]) -> None:
    """One main heading, every field with its label, every id once, every reference to an id that is there."""
    for name, response in seen.items():
        outline = _Outline()
        outline.feed(response.content.decode())
        assert outline.headings.count("h1") == 1, name
        assert outline.headings[0] == "h1", name
        assert {one for one in outline.ids if outline.ids.count(one) > 1} == set(), name
        assert outline.targets <= set(outline.ids), name
        nameless = [
            field
            for field in outline.fields
            if field["inside"] == "0"
            and field.get("id") not in outline.labelled
            and not (field.get("aria-label") or field.get("aria-labelledby"))
        ]
        assert nameless == [], name
