"""Annual targets: several sources, one main (decision D10)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.world import World

from giaoban.apps.directives.models import AnnualTarget
from giaoban.apps.directives.operations import set_annual_target
from giaoban.core.errors import InvalidInput, NotAllowed


def test_the_last_main_one_is_the_main_one(world: World) -> None:
    act, unit = world.act("clerk"), world.units["DUK"]
    for value, source in ((150, "Nghị quyết Đại hội"), (160, "Kế hoạch năm"), (155, "Nghị quyết Đại hội")):
        set_annual_target(
            act=act, unit=unit, measure="members.admitted", year=2023, value=Decimal(value), source=source
        )
    held = {row.source: (row.value, row.is_main) for row in AnnualTarget.objects.all()}
    assert held == {"Nghị quyết Đại hội": (155, True), "Kế hoạch năm": (160, False)}


@pytest.mark.parametrize(("value", "source"), [("0", "Kế hoạch"), ("10", " ")])
def test_a_target_has_a_value_and_a_source(world: World, value: str, source: str) -> None:
    with pytest.raises(InvalidInput):
        set_annual_target(
            act=world.act("clerk"),
            unit=world.units["DUK"],
            measure="members.admitted",
            year=2023,
            value=Decimal(value),
            source=source,
        )


def test_those_who_only_read_set_none(world: World) -> None:
    with pytest.raises(NotAllowed):
        set_annual_target(
            act=world.act("deputy"),
            unit=world.units["DUK"],
            measure="members.admitted",
            year=2023,
            value=Decimal(9),
            source="Kế hoạch",
        )
