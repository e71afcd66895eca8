"""Another period chosen on a page of the board: it says that nothing is owed there, and the frame keeps the choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse
from tests.web.board.examples import CELL, board_pages

if TYPE_CHECKING:
    from tests.world import World


def test_unit_and_period_stay_chosen(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    for name, (view, args) in board_pages(world).items():
        more = CELL if view == "board:cell" else ""
        page = client.get(f"{reverse(view, args=args)}?don-vi=DUK.01&ky=2022-H2{more}")
        assert page.status_code == 200, name
        areas = page.content.decode().split('<nav class="rail"')[1].split("</nav>")[0]
        assert areas.count("don-vi=DUK.01&amp;ky=2022-H2") == areas.count("href="), name
