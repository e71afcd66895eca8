"""The steps of the random world: each does one thing that can happen in an office, or nothing if it cannot be now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.figures.world import OUTSIDE, ROOT, Person, Player

from giaoban.figures.memory import MemoryEntry, live
from giaoban.figures.tree import Attribute

Play = Callable[[Player, int, int], None]
_PLAYS: dict[str, Play] = {}
# Entries that may be corrected without changing anybody's spells.
_CORRECTABLE = ("card_issued", "discipline", "consolidated", "appointed", "commended", "badge_awarded", "vetted")


def play(player: Player, name: str, first: int, second: int) -> None:
    """Do one step."""
    _PLAYS[name](player, first, second)


def step(function: Play) -> Play:
    _PLAYS[function.__name__] = function
    return function


def pick(options: list[str], number: int) -> str | None:
    return options[number % len(options)] if options else None


def someone(options: list[Person], number: int) -> Person | None:
    return options[number % len(options)] if options else None


def cells(player: Player) -> list[str]:
    return player.units_of("cell", "grassroots_cell")


@step
def open_late(player: Player, first: int, second: int) -> None:
    """Somebody who was there all the time is found in the old roll."""
    unit = pick(cells(player), first)
    if unit is not None:
        player.open_roll(unit, 1)


@step
def open_unit_late(player: Player, first: int, second: int) -> None:
    """A cell that was there all the time is entered, with its roll."""
    parent = pick(player.units_of("grassroots_committee"), first)
    if parent is not None:
        unit = f"{parent}.o{player.number}"
        player.stand(unit, parent, "cell", "opening")
        player.open_roll(unit, 1 + second % 2)


@step
def establish(player: Player, first: int, second: int) -> None:
    kind = ("grassroots_committee", "grassroots_cell")[second % 2]
    player.stand(f"{ROOT}.e{player.number}", (ROOT, OUTSIDE)[first % 3 == 0], kind, "established")


@step
def establish_cell(player: Player, first: int, second: int) -> None:
    parent = pick(player.units_of("grassroots_committee"), first)
    if parent is not None:
        player.stand(f"{parent}.e{player.number}", parent, "cell", "established")


@step
def dissolve(player: Player, first: int, second: int) -> None:
    unit = pick(cells(player), first)
    if unit is not None:
        player.fall(unit, "dissolved")


@step
def merge(player: Player, first: int, second: int) -> None:
    unit, other = pick(cells(player), first), pick(cells(player), second)
    if unit is None or other is None or unit == other:
        return
    for person in [one for one in player.members() if one.unit == unit]:
        official = person.official
        player.record("transferred", other, person, unit, term="official")
        player.begin(person, other, official=official)
    player.fall(unit, "merged")


def _follow(player: Player, people: list[Person], unit: str, goal: str) -> None:
    for person in people:
        official = person.official
        player.record("followed", goal, person, unit)
        player.begin(person, goal, official=official)


@step
def merge_following(player: Player, first: int, second: int) -> None:
    """A cell is merged, or consolidated, into another; its members follow it."""
    unit, other = pick(cells(player), first), pick(cells(player), second)
    if unit is not None and other is not None and unit != other:
        _follow(player, [one for one in player.members() if one.unit == unit], unit, other)
        player.fall(unit, ("merged", "consolidated")[second % 2])


@step
def split_off(player: Player, first: int, second: int) -> None:
    """A part of a cell becomes a cell of its own; some members follow into it."""
    unit = pick(player.units_of("cell"), first)
    if unit is not None:
        new = f"{unit}.s{player.number}"
        player.stand(new, player.parent[unit], "cell", "split")
        _follow(player, [one for one in player.members() if one.unit == unit][second % 2 :: 2], unit, new)


@step
def hand_over(player: Player, first: int, second: int) -> None:
    unit = pick([one for one in player.parent if one not in (ROOT, OUTSIDE)], first)
    # A unit handed over on the day on which the one above it is too goes as a part of it, without an entry that counts.
    went_today = {one.unit for one in player.world.tree_entries if one.day == player.day and one.unit in player.gone}
    below = {row.unit for row in player.world.placements if row.parent == unit and row.valid_to == player.day}
    if unit is not None and went_today.isdisjoint(below):
        player.fall(unit, "unit_moved")


@step
def receive(player: Player, first: int, second: int) -> None:
    unit = f"{ROOT}.r{player.number}"
    player.stand(unit, ROOT, "grassroots_committee", "unit_moved")
    player.world.sectors.append(Attribute(unit, "sector", "S2", player.day))
    for index in range(1 + first % 2):
        player.stand(f"{unit}.{index}", unit, "cell", "")
        player.open_roll(f"{unit}.{index}", second % 3)


@step
def move(player: Player, first: int, second: int) -> None:
    """A cell changes its committee, or a committee its upper committee."""
    unit = pick([one for one in player.parent if one not in (ROOT, OUTSIDE)], first)
    if unit is None:
        return
    parents = player.units_of("grassroots_committee") if player.kind[unit] == "cell" else [ROOT, OUTSIDE]
    parent = pick([one for one in parents if one not in (unit, player.parent[unit])], second)
    if parent is not None:
        kind = player.kind[unit]
        player.end(player.world.placements, unit)
        player.end(player.world.kinds, unit)
        player.stand(unit, parent, kind, "unit_moved")


def _return(player: Player, first: int, second: int) -> None:
    """A unit that was handed over or dissolved comes back, with whoever was left in it."""
    unit = pick(list(player.gone), first)
    if unit is not None and unit not in player.parent and player.gone[unit] != "cell":
        player.stand(unit, (ROOT, OUTSIDE)[second % 2], player.gone.pop(unit), "unit_moved")


_PLAYS["return"] = _return


@step
def rename_kind(player: Player, first: int, second: int) -> None:
    """A grassroots cell becomes a grassroots committee; the decision says that this establishes it, or does not."""
    unit = pick(player.units_of("grassroots_cell"), first)
    if unit is not None:
        player.end(player.world.kinds, unit)
        player.kind[unit] = "grassroots_committee"
        player.world.kinds.append(Attribute(unit, "form", "grassroots_committee", player.day))
        if second % 2:
            player.world.tree_entries.append(MemoryEntry(player.ref(), "established", player.day, unit))


@step
def admit(player: Player, first: int, second: int) -> None:
    unit = pick(cells(player), first)
    if unit is not None:
        person = player.new_person()
        player.record("admitted", unit, person)
        player.begin(person, unit, official=False)


@step
def recognise(player: Player, first: int, second: int) -> None:
    person = someone(player.members(official=False), first)
    if person is not None:
        assert person.unit is not None
        player.record("recognised", person.unit, person)
        player.begin(person, person.unit, official=True)


@step
def card(player: Player, first: int, second: int) -> None:
    person = someone(player.members(official=True), first)
    if person is not None:
        player.record("card_issued", person.unit, person, round=("03/02", "19/05")[second % 2])


@step
def transfer_in(player: Player, first: int, second: int) -> None:
    unit = pick(cells(player), first)
    if unit is None:
        return
    person = player.new_person()
    if second % 4:
        player.record("transferred", unit, person, term="official")
        player.begin(person, unit, official=True)
    else:
        player.record("transferred", unit, person, term="temporary")


@step
def transfer_out(player: Player, first: int, second: int) -> None:
    person = someone(player.members(), first)
    if person is None:
        return
    term = "official" if second % 4 else "temporary"
    where = "abroad" if second % 3 == 0 else "domestic"
    player.record("transferred", None, person, person.unit, term=term, where=where)
    if term == "official":
        player.finish(person)


@step
def transfer_within(player: Player, first: int, second: int) -> None:
    person, unit = someone(player.members(), first), pick(cells(player), second)
    if person is None or unit is None or unit == person.unit:
        return
    term = "official" if second % 4 else "temporary"
    player.record("transferred", unit, person, person.unit, term=term)
    if term == "official":
        player.begin(person, unit, official=person.official)


@step
def transfer_away(player: Player, first: int, second: int) -> None:
    """From the office's tree to the outsider's, or back."""
    person = someone(player.members(), first)
    goals = [one for one in cells(player) if person is not None and one[:3] != (person.unit or "")[:3]]
    goal = pick(goals, second)
    if person is not None and goal is not None:
        player.record("transferred", goal, person, person.unit, term="official")
        player.begin(person, goal, official=person.official)


@step
def leave(player: Player, first: int, second: int) -> None:
    person = someone(player.members(), first)
    if person is not None:
        player.record("left", person.unit, person, how=("resigned", "struck_off", "expelled")[second % 3])
        player.finish(person)


@step
def die(player: Player, first: int, second: int) -> None:
    person = someone(player.members(), first)
    if person is not None:
        player.record("died", person.unit, person)
        player.finish(person)


@step
def restore(player: Player, first: int, second: int) -> None:
    left = {entry.subject for entry in player.world.member_entries if entry.fact == "left"}
    person = someone([one for one in player.world.people.values() if one.ref in left and one.unit is None], first)
    unit = pick(cells(player), second)
    if person is not None and unit is not None:
        player.record("restored", unit, person)
        player.begin(person, unit, official=True)


@step
def discipline(player: Player, first: int, second: int) -> None:
    person = someone(player.members(), first)
    if person is not None:
        codes = {"form": ("reprimand", "warning", "removal")[second % 3], "level": ("cell", "upper")[second % 2]}
        entry = MemoryEntry(player.ref(), "disciplined", player.day, person.unit, codes=codes, subject=person.ref)
        player.world.discipline_entries.append(entry)


@step
def consolidate(player: Player, first: int, second: int) -> None:
    unit = pick(player.units_of("grassroots_committee", "grassroots_cell"), first)
    fact = ("consolidated", "inspection_planned", "inspection_approved", "establishment_opinion")[second % 4]
    if unit is not None:
        player.world.committee_entries.append(MemoryEntry(player.ref(), fact, player.day, unit))


@step
def appoint(player: Player, first: int, second: int) -> None:
    person = someone(player.members(official=True), first)
    if person is not None:
        codes = {"office": ("secretary", "deputy_secretary")[second % 2]}
        fact = ("appointed", "moved", "planned", "confidence")[second // 2 % 4]
        player.world.committee_entries.append(
            MemoryEntry(player.ref(), fact, player.day, person.unit, codes=codes, subject=person.ref)
        )


def _journals(player: Player) -> list[list[MemoryEntry]]:
    world = player.world
    journals = [world.member_entries, world.discipline_entries, world.committee_entries]
    return [*journals, world.life.honours, world.life.vettings]


def _correct(player: Player, first: int, *, void: bool) -> None:
    found = [
        (journal, entry)
        for journal in _journals(player)
        for entry in live(journal)
        if entry.fact in (*_CORRECTABLE, "disciplined")
    ]
    if found:
        journal, entry = found[first % len(found)]
        day = entry.day if void else player.day
        journal.append(replace(entry, ref=player.ref(), day=day, corrects=entry.ref, void=void))


@step
def void(player: Player, first: int, second: int) -> None:
    """An entry was a mistake."""
    _correct(player, first, void=True)


def _replace(player: Player, first: int, second: int) -> None:
    """An entry had the wrong day."""
    _correct(player, first, void=False)


_PLAYS["replace"] = _replace
