"""Numbers of every unit below at once are the numbers that the engine gives for each unit asked alone."""

from __future__ import annotations

import pytest
from tests.world import World

from giaoban.apps.organizations.models import Ancestry
from giaoban.apps.reporting.queries.figure_table import TakenBy, figure_table
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.period import Period
from giaoban.figures import VALUE_ONLY, FigureRequest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["2022", "2023-Q1", "2023-M02"])
def test_each_unit_has_its_own_figure(world: World, text: str) -> None:
    period = Period.parse(text)
    table = figure_table("DUK", period, taken_by=TakenBy.UNIT)
    parts = {row.measure.key: {part.code: part.value for part in row.parts} for row in table.rows if row.parts}
    if text == "2023-Q1":
        assert parts["members.admitted"] == {"DUK.01": 2, "DUK.01.01": 1, "DUK.01.02": 1}
    below = Ancestry.objects.filter(ancestor=world.units["DUK"], depth__gt=0).values_list("descendant__code", flat=True)
    codes = sorted(set(below))
    for key, found in parts.items():
        alone = compute_figures([FigureRequest(key, code, period) for code in codes], parts=VALUE_ONLY)
        assert found == {one.request.unit: one.value for one in alone if one.value}
    assert table.as_json()["units"]["members.total"] == {}, "a stock is not taken apart like this"
