"""«Bốn tốt» is recognised of an organisation: counted apart from commendations."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world import World

from giaoban.apps.members.models import HonourEvent
from giaoban.apps.members.operations import HonourDraft, record_honour
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.figures import FigureRequest

pytestmark = pytest.mark.django_db
DAY = date(2023, 2, 3)


def asked(key: str) -> FigureRequest:
    return FigureRequest(key, "DUK", Period.parse("2023-Q1"))


def test_it_is_counted_apart_and_opens(world: World) -> None:
    for code in ("DUK.01", "DUK.01.01"):
        draft = HonourDraft(HonourEvent.FOUR_GOODS, DAY, unit=world.units[code], level="upper")
        record_honour(act=world.act("clerk"), draft=draft)
    [found, commended] = compute_figures([asked("organizations.four_goods"), asked("organizations.commended")])
    assert (found.value, found.breakdown) == (2, {"upper": 2})
    assert commended.value == 0
    lines = explain_figure(asked("organizations.four_goods")).lines
    assert [(line.unit, line.kind) for line in lines] == [
        ("DUK.01", "Công nhận «bốn tốt»"),
        ("DUK.01.01", "Công nhận «bốn tốt»"),
    ]


def test_nobody_is_four_goods(world: World) -> None:
    draft = HonourDraft(HonourEvent.FOUR_GOODS, DAY, world.members["dao"])
    with pytest.raises(InvalidInput, match="công nhận cho tổ chức đảng"):
        record_honour(act=world.act("clerk"), draft=draft)
