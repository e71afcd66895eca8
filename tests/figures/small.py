"""A handful of units and entries by hand, for tests that say one thing each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tests.figures.world import CATALOGUE

from giaoban.core.period import Period, Window
from giaoban.figures import Figure, FigureRequest, Parts, Sources, compute
from giaoban.figures.memory import (
    MemoryCalendar,
    MemoryEntry,
    MemoryPlaces,
    MemoryRegister,
    MemorySpell,
    MemoryTargets,
    MemoryUse,
)
from giaoban.figures.model import ALL_PARTS
from giaoban.figures.registers import Target
from giaoban.figures.tree import Attribute, Placement, Succession

OLD = date(2000, 1, 1)
TREE = (
    Placement("MAU", None, OLD),
    Placement("MAU.1", "MAU", OLD),
    Placement("MAU.1.1", "MAU.1", OLD),
    Placement("MAU.1.2", "MAU.1", OLD),
    Placement("MAU.2", "MAU", OLD),
)
KINDS = (
    Attribute("MAU", "form", "upper", OLD),
    Attribute("MAU.1", "form", "grassroots_committee", OLD),
    Attribute("MAU.1.1", "form", "cell", OLD),
    Attribute("MAU.1.2", "form", "cell", OLD),
    Attribute("MAU.2", "form", "grassroots_cell", OLD),
)


def entry(fact: str, day: str, unit: str | None, from_unit: str | None = None, **codes: str) -> MemoryEntry:
    """One entry; the day as 2023-02-01."""
    ref = f"{fact}/{day}/{unit}/{from_unit}/{sorted(codes.items())}"
    return MemoryEntry(ref, fact, date.fromisoformat(day), unit, from_unit, codes)


def members(unit: str, count: int, since: date = OLD) -> list[MemorySpell]:
    """So many official members of one unit."""
    return [
        MemorySpell(f"{unit}/{number}", "membership", unit, since, codes={"status": "official"})
        for number in range(count)
    ]


def office(
    *,
    entries: Sequence[MemoryEntry] = (),
    spells: Sequence[MemorySpell] = (),
    tree_entries: Sequence[MemoryEntry] = (),
    discipline: Sequence[MemoryEntry] = (),
    placements: Sequence[Placement] = TREE,
    attributes: Sequence[Attribute] = KINDS,
    bounds: Mapping[str, Window] | None = None,
    targets: Mapping[tuple[str, str, int], Sequence[Target]] | None = None,
    use: Mapping[tuple[str, str], date] | None = None,
    successions: Sequence[Succession] = (),
) -> Sources:
    """The sources of a small office; every register has been kept since 2000 unless ``use`` says otherwise."""
    kept = {("MAU", name): OLD for name in ("organizations", "committees", "members", "discipline")}
    return Sources(
        CATALOGUE,
        {
            "organizations": MemoryRegister("organizations", tree_entries),
            "committees": MemoryRegister("committees"),
            "members": MemoryRegister("members", entries, spells),
            "discipline": MemoryRegister("discipline", discipline),
        },
        MemoryPlaces(placements, attributes, successions),
        MemoryCalendar(bounds or {}),
        MemoryTargets(targets or {}),
        MemoryUse(kept if use is None else use),
    )


def figure(sources: Sources, measure: str, unit: str, period: str, parts: Parts = ALL_PARTS) -> Figure:
    """One figure, asked for in a few words."""
    return compute(sources, FigureRequest(measure, unit, Period.parse(period)), parts=parts)
