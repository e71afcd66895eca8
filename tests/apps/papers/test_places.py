"""Where somebody stands, as papers write it; and the period inside a sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from giaoban.apps.papers.queries.people import unit_fields

if TYPE_CHECKING:
    from tests.world import World


def test_a_grassroots_cell_is_named_once(world: World) -> None:
    below, alone = world.units["DUK.01.01"].pk, world.units["DUK.02"].pk
    found = unit_fields([below, alone], day=date(2023, 3, 31))
    assert found[below]["noi_sinh_hoat"] == f"{found[below]['chi_bo']}, {found[below]['to_chuc_co_so']}"
    assert found[alone]["noi_sinh_hoat"] == found[alone]["chi_bo"]
