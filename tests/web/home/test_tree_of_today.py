"""Figures along the tree of today: the choice stays on the way, and the numbers are those of the figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.apps.organizations.acting import do
from tests.world import TODAY

from giaoban.apps.organizations.operations import ActKind
from giaoban.apps.reporting.queries.figures import sources
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, compute_many

if TYPE_CHECKING:
    from tests.world import World

PLACE = {"don-vi": "DUK.01", "ky": "2023-Q1"}
QUARTER = Period.quarter(2023, 1)


@pytest.fixture
def moved(world: World) -> World:
    """One of the two cells of a committee stands elsewhere since this month."""
    do(world, ActKind.MOVE, units=("DUK.01.02",), parent="DUK")
    return world


def _members(*, today: bool) -> int:
    asked = [FigureRequest("members.total", "DUK.01", QUARTER)]
    (figure,) = compute_many(sources(today=TODAY), asked, tree_on=TODAY if today else None)
    assert figure.value is not None
    return int(figure.value)


def test_a_past_quarter_is_read_along_the_tree_of_today(moved: World, as_: Callable[[str], Client]) -> None:
    then, now = _members(today=False), _members(today=True)
    assert then > now, "the cell that left took its members along"
    for query, number in ((PLACE, then), (PLACE | {"cay": "nay"}, now)):
        page = as_("clerk").get("/", query).content.decode()
        assert f'aria-label="Tổng số đảng viên: {number} đảng viên.' in page
        entries = as_("clerk").get("/so-lieu/members.total/", query).content.decode()
        assert entries.rsplit('id="entries"')[-1].count('<th scope="row">') == number
    assert "theo cây tổ chức hiện nay" in entries


def test_the_chosen_tree_stays_in_the_next_period_unit_and_entries(moved: World, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get("/", PLACE | {"don-vi": "DUK", "cay": "nay"}).content.decode()
    links = [unescape(one) for one in re.findall(r'href="([^"]+)"', page)]
    assert "/?don-vi=DUK&ky=2022-Q4&cay=nay" in links, "another period"
    assert "/?don-vi=DUK.01&ky=2023-Q1&cay=nay" in links, "a unit below"
    assert "/so-lieu/members.total/?don-vi=DUK&ky=2023-Q1&cay=nay" in links, "the entries"
    assert "/?don-vi=DUK&ky=2023-Q1" in links, "the way back to the trees of then"
    then = as_("clerk").get("/", PLACE | {"don-vi": "DUK"}).content.decode()
    assert '/?don-vi=DUK&amp;ky=2022-Q4"' in then, "who did not choose it does not get it"


def test_a_unit_that_ended_since_says_where_its_numbers_are(world: World, as_: Callable[[str], Client]) -> None:
    do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    place = PLACE | {"don-vi": "DUK.01.02"}
    page = as_("clerk").get("/", place | {"cay": "nay"}).content.decode()
    assert "không còn trong cây tổ chức ngày 05/04/2023" in page
    assert "tính cho tổ chức tiếp nối" in page
    assert "Chưa có lần ghi nào" not in page
    assert "không còn trong cây" not in as_("clerk").get("/", place).content.decode()
