"""Examples of reported numbers for the tests of every page and of permissions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from giaoban.apps.reporting.models import OwnMeasure, ValueEntry, ValueFeed
from giaoban.apps.reporting.operations import (
    OwnMeasureDraft,
    ValueDraft,
    report_values,
    set_feed,
    set_own_measure,
)
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

PERIOD = Period.parse("2023-Q1")


def example_value(world: World, unit: str = "DUK") -> ValueEntry:
    """A number that a unit reported for the first quarter of 2023, corrected once."""
    entry = ValueEntry.objects.live().filter(unit=world.units[unit], measure="welfare.gifts").first()
    for number, note in ((40, ""), (42, "cộng thiếu hai suất")):
        if entry is None or entry.number == 40:
            draft = ValueDraft(world.units[unit], "welfare.gifts", PERIOD, number, note=note)
            [entry] = report_values(act=world.act("clerk"), values=[draft])
    assert entry is not None
    return entry


def example_feed(world: World) -> ValueFeed:
    """A switch of DUK."""
    found = ValueFeed.objects.first()
    return found or set_feed(
        act=world.act("clerk"), unit=world.units["DUK"], measure="members.exempted", start=date(2023, 1, 1)
    )


def example_own(world: World) -> OwnMeasure:
    """A number that DUK asks for itself."""
    draft = OwnMeasureDraft("Hộ hiến đất làm đường", "hộ", date(2023, 1, 1))
    return OwnMeasure.objects.first() or set_own_measure(act=world.act("clerk"), owner=world.units["DUK"], draft=draft)


def value_args(name: str, world: World) -> list[object] | None:
    """The arguments of an address about a reported number; None where it is about something else."""
    match name:
        case "values:entry":
            return [example_value(world, "DUK.01.01").uid]
        case "values:end_feed":
            return [example_feed(world).uid]
        case "values:register":
            return ["conferences"]
        case "values:end_own":
            return [example_own(world).key]
        case _:
            return None


def value_pages(world: World) -> dict[str, tuple[str, list[object]]]:
    """Every page about reported numbers, with something on it."""
    return {
        "reported numbers": ("values:enter", []),
        "a reported number": ("values:entry", [example_value(world).uid]),
        "sources of numbers": ("values:sources", []),
        "take a register into use": ("values:register", ["conferences"]),
        "feed a number": ("values:set_feed", []),
        "end a feed": ("values:end_feed", [example_feed(world).uid]),
        "own number": ("values:set_own", []),
        "end an own number": ("values:end_own", [example_own(world).key]),
    }
