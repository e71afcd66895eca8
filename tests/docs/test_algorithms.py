"""The worked numbers of docs/algorithms are computed anew: what the pages say is what the program does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from tests.world import World

from giaoban.apps.members.measures.declarations import MEASURES
from giaoban.apps.reporting.queries.figures import sources
from giaoban.core.period import Period
from giaoban.figures import VALUE_ONLY, Catalogue, FigureRequest, Parts, Sources, compute, compute_many
from giaoban.figures.memory import (
    MemoryCalendar,
    MemoryEntry,
    MemoryPlaces,
    MemoryRegister,
    MemoryTargets,
    MemoryUse,
)
from giaoban.figures.tree import Placement

PAGES = sorted((Path(__file__).parents[2] / "docs" / "algorithms").glob("*.md"))
MOVE = "after a move, "
_HEAD = re.compile(rf"(?P<scene>{MOVE})?`(?P<period>\d{{4}}[^`]*)`\Z")


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table."""

    page: str
    scene: str
    measure: str
    unit: str
    period: str
    value: float | None


def _cells() -> list[Cell]:
    found: list[Cell] = []
    for page in PAGES:
        head: re.Match[str] | None = None
        units: list[str] = []
        for line in page.read_text(encoding="utf-8").splitlines():
            parts = [part.strip() for part in line.strip().strip("|").split("|")] if line.startswith("|") else []
            if not parts:
                head = None
            elif match := _HEAD.match(parts[0]):
                head, units = match, parts[1:]
            elif head is not None and parts[0].startswith("`"):
                measure = parts[0].strip("`")
                for unit, text in zip(units, parts[1:], strict=True):
                    value = None if text == "null" else float(text)
                    found.append(Cell(page.name, head["scene"] or "", measure, unit, head["period"], value))
    return found


CELLS = _cells()


def _wrong(sources: Sources, cells: list[Cell]) -> list[str]:
    requests = [FigureRequest(cell.measure, cell.unit, Period.parse(cell.period)) for cell in cells]
    figures = compute_many(sources, requests, parts=VALUE_ONLY)
    return [
        f"{cell.page}: {cell.measure} of {cell.unit} in {cell.period} is {figure.value}, not {cell.value}"
        for cell, figure in zip(cells, figures, strict=True)
        if figure.value != cell.value
    ]


def test_tables_of_the_small_world(world: World) -> None:
    cells = [cell for cell in CELLS if not cell.scene]
    assert len(cells) > 100
    assert not _wrong(sources(), cells)


@pytest.fixture(scope="module")
def moved() -> Sources:
    """Cell C stands under A until 14/02/2023, then under B; the top and all else stand since 2022."""
    start, move = date(2022, 1, 1), date(2023, 2, 15)
    placements = [
        Placement("TOP", None, start),
        Placement("A", "TOP", start),
        Placement("B", "TOP", start),
        Placement("C", "A", start, move),
        Placement("C", "B", move),
    ]
    days = (date(2023, 2, 10), move, date(2023, 3, 20))
    entries = [MemoryEntry(f"e{number}", "admitted", day, "C") for number, day in enumerate(days)]
    return Sources(
        Catalogue(measure for measure in MEASURES if measure.key == "members.admitted"),
        {"members": MemoryRegister("members", entries)},
        MemoryPlaces(placements),
        MemoryCalendar(),
        MemoryTargets(),
        MemoryUse(always=("TOP",)),
    )


def test_tables_of_a_unit_that_moves(moved: Sources) -> None:
    cells = [cell for cell in CELLS if cell.scene == MOVE]
    assert len(cells) == 4
    assert not _wrong(moved, cells)


@pytest.mark.parametrize(
    ("unit", "children"), [("TOP", {"A": 1, "B": 2}), ("A", {"C": 1}), ("B", {"C": 2}), ("C", {"C": 3})]
)
def test_a_unit_that_moves_is_a_child_of_both(moved: Sources, unit: str, children: dict[str, int]) -> None:
    request = FigureRequest("members.admitted", unit, Period.parse("2023-Q1"))
    assert dict(compute(moved, request, parts=Parts(children=True)).children) == children


def test_additivity_is_declared_as_the_page_says() -> None:
    by_key = {measure.key: measure for measure in MEASURES}
    declared = {
        key: (by_key[key].additive_units, by_key[key].additive_time)
        for key in (
            "members.admitted",
            "members.transferred_in",
            "members.cards_issued_organizations",
            "members.total",
            "members.admission_rate",
        )
    }
    assert declared == {
        "members.admitted": (True, True),
        "members.transferred_in": (False, True),
        "members.cards_issued_organizations": (False, False),
        "members.total": (True, False),
        "members.admission_rate": (False, False),
    }
