"""Every measure once more, counted in the plainest way: one entry, one unit, one day at a time, by walking up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.figures import life, sittings
from tests.figures.world import World

from giaoban.figures.memory import MemoryEntry, MemorySpell, live

EVE = timedelta(days=1)
Counts = Callable[[World, str, date, date], int]


def ancestors(world: World, unit: str | None, day: date) -> list[str]:
    """The unit and all above it on a day; empty if it did not stand under its top."""
    found: list[str] = []
    while unit is not None:
        rows = [
            one
            for one in world.placements
            if one.unit == unit and one.valid_from <= day and (one.valid_to is None or day < one.valid_to)
        ]
        if not rows:
            return []
        found.append(unit)
        unit = rows[0].parent
    return found


def place(world: World, unit: str | None, day: date) -> list[str]:
    """Where an entry of a day counts: on that day, or on the day before if the unit ceased to stand."""
    return ancestors(world, unit, day) or ancestors(world, unit, day - EVE)


def happened(entries: list[MemoryEntry], fact: str, start: date, end: date) -> list[MemoryEntry]:
    return [entry for entry in live(entries) if entry.fact == fact and start <= entry.day < end]


def plain(journal: str, fact: str) -> Counts:
    """Entries of units at or under the asked one."""

    def count(world: World, unit: str, start: date, end: date) -> int:
        entries = happened(getattr(world, journal), fact, start, end)
        return sum(unit in place(world, entry.unit, entry.day) for entry in entries)

    return count


def transfers(*wanted: str) -> Counts:
    def count(world: World, unit: str, start: date, end: date) -> int:
        total = 0
        for entry in happened(world.member_entries, "transferred", start, end):
            sent = unit in place(world, entry.from_unit, entry.day)
            received = unit in place(world, entry.unit, entry.day)
            if sent or received:
                total += ("within" if sent and received else "in" if received else "out") in wanted
        return total

    return count


def moved(direction: str) -> Counts:
    def count(world: World, unit: str, start: date, end: date) -> int:
        total = 0
        for entry in happened(world.tree_entries, "unit_moved", start, end):
            before = unit in ancestors(world, entry.unit, entry.day - EVE)
            after = unit in ancestors(world, entry.unit, entry.day)
            total += (before, after) == ((False, True) if direction == "in" else (True, False))
        return total

    return count


def members_under(world: World, unit: str, day: date) -> list[MemorySpell]:
    return [spell for spell in world.spells if spell.covers(day) and unit in ancestors(world, spell.unit, day)]


def moved_members(direction: str) -> Counts:
    """Who is under the unit without having come, or no longer without having gone: unit by unit, day by day."""

    def count(world: World, unit: str, start: date, end: date) -> int:
        days = {day for row in world.placements for day in (row.valid_from, row.valid_to)}
        changes = [day for day in days if day is not None and start <= day < end]
        followed = happened(world.member_entries, "followed", start, end)
        return sum(_moved_on(world, unit, other, day, direction) for day in changes for other in world.units) + sum(
            ((unit in place(world, one.from_unit, one.day)), (unit in place(world, one.unit, one.day)))
            == ((False, True) if direction == "in" else (True, False))
            for one in followed
        )

    return count


def _moved_on(world: World, unit: str, other: str, day: date, direction: str) -> int:
    before, after = ancestors(world, other, day - EVE), ancestors(world, other, day)
    if ((unit in before), (unit in after)) != ((False, True) if direction == "in" else (True, False)):
        return 0
    read = day - EVE if after else day
    number = sum(spell.unit == other and spell.covers(read) for spell in world.spells)
    were_there = any(entry.unit == other and entry.day == day for entry in world.unit_openings)
    if not before and not were_there:
        openings = happened(world.member_entries, "opening", day, day + EVE)
        number += sum(entry.unit == other for entry in openings)
    return number


def opened(world: World, unit: str, start: date, end: date) -> int:
    """Opening entries, but not those of units that came from outside with their members."""
    were_there = {(entry.unit, entry.day) for entry in world.unit_openings}
    return sum(
        unit in place(world, entry.unit, entry.day)
        for entry in happened(world.member_entries, "opening", start, end)
        if (entry.unit, entry.day) in were_there or ancestors(world, entry.unit, entry.day - EVE)
    )


def standing(*kinds: str) -> Counts:
    """Units of some kinds at or under the asked one on the last day."""

    def count(world: World, unit: str, start: date, end: date) -> int:
        day = end - EVE
        return sum(
            kind.code in kinds
            and kind.valid_from <= day
            and (kind.valid_to is None or day < kind.valid_to)
            and unit in ancestors(world, kind.unit, day)
            for kind in world.kinds
        )

    return count


def total(world: World, unit: str, start: date, end: date) -> int:
    return len(members_under(world, unit, end - EVE))


def organizations_with_cards(world: World, unit: str, start: date, end: date) -> int:
    return grassroots_with(world, unit, happened(world.member_entries, "card_issued", start, end))


def grassroots_with(world: World, unit: str, entries: list[MemoryEntry]) -> int:
    """Grassroots organisations at or under the unit that have one of the entries."""
    found = set()
    for entry in entries:
        way = place(world, entry.unit, entry.day)
        grassroots = [one for one in way if _kind(world, one, entry.day).startswith("grassroots")]
        if grassroots and unit in way[way.index(grassroots[0]) :]:
            found.add(grassroots[0])
    return len(found)


def _kind(world: World, unit: str, day: date) -> str:
    kinds = [one for one in world.kinds if one.unit == unit]
    for one in kinds:
        if one.valid_from <= day and (one.valid_to is None or day < one.valid_to):
            return one.code
    return next((one.code for one in kinds if one.valid_to == day), "")


ORACLE: dict[str, Counts] = {
    "organizations.grassroots": standing("grassroots_committee", "grassroots_cell"),
    "organizations.cells": standing("cell"),
    "organizations.established": plain("tree_entries", "established"),
    "organizations.dissolved": plain("tree_entries", "dissolved"),
    "organizations.merged": plain("tree_entries", "merged"),
    "organizations.consolidated": plain("tree_entries", "consolidated"),
    "organizations.split": plain("tree_entries", "split"),
    "organizations.received": moved("in"),
    "organizations.handed_over": moved("out"),
    "organizations.establishment_opinions": plain("committee_entries", "establishment_opinion"),
    "committees.consolidated": plain("committee_entries", "consolidated"),
    "offices.inspection_commissions_planned": plain("committee_entries", "inspection_planned"),
    "offices.inspection_commissions_approved": plain("committee_entries", "inspection_approved"),
    "offices.appointed": plain("committee_entries", "appointed"),
    "offices.moved": plain("committee_entries", "moved"),
    "offices.planned": plain("committee_entries", "planned"),
    "offices.confidence_votes": plain("committee_entries", "confidence"),
    "organizations.members_received": moved_members("in"),
    "organizations.members_handed_over": moved_members("out"),
    "members.total": total,
    "members.admitted": plain("member_entries", "admitted"),
    "members.recognised": plain("member_entries", "recognised"),
    "members.cards_issued": plain("member_entries", "card_issued"),
    "members.cards_issued_organizations": organizations_with_cards,
    "members.transferred_in": transfers("in"),
    "members.transferred_out": transfers("out"),
    "members.transferred_within": transfers("within"),
    "members.transferred": transfers("in", "out", "within"),
    "members.cards_reissued": plain("member_entries", "card_reissued"),
    "members.status_opinions": plain("member_entries", "status_opinion"),
    "members.left": plain("member_entries", "left"),
    "members.died": plain("member_entries", "died"),
    "members.restored": plain("member_entries", "restored"),
    "members.opened": opened,
    "discipline.members": plain("discipline_entries", "disciplined"),
    **life.ORACLE,
    **sittings.ORACLE,
}
