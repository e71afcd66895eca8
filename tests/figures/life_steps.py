"""The steps of the random world that fill the registers of absences, grades, honours and conclusions."""

from __future__ import annotations

from datetime import timedelta

from tests.figures.life import GRADES, Absent, Rated
from tests.figures.steps import cells, pick, someone, step
from tests.figures.world import Player

from giaoban.figures.memory import MemoryEntry
from giaoban.figures.tree import FAR

_REASONS = ("five_years", "yearly", "term", "thematic", "special")
_LEVELS = ("grassroots", "upper", "provincial", "central")


def _open(player: Player, kind: str) -> list[Absent]:
    return [one for one in player.world.life.absences if one.kind == kind and one.end > player.day]


@step
def exempt(player: Player, first: int, second: int) -> None:
    """For good, or for a time."""
    running = {one.who for one in _open(player, "exempt")}
    person = someone([one for one in player.members() if one.ref not in running], first)
    if person is not None:
        end = player.day + timedelta(days=1 + second % 90) if second % 2 else FAR
        player.world.life.absences.append(Absent("exempt", person.ref, player.day, end, temporary=bool(second % 2)))


@step
def go_away(player: Player, first: int, second: int) -> None:
    away = {one.who for one in _open(player, "away")}
    person = someone([one for one in player.members() if one.ref not in away], first)
    if person is not None:
        player.world.life.absences.append(Absent("away", person.ref, player.day, abroad=bool(second % 3 == 0)))


@step
def end_absence(player: Player, first: int, second: int) -> None:
    found = [one for one in _open(player, ("exempt", "away")[second % 2]) if one.start < player.day]
    if found:
        found[first % len(found)].end = player.day


@step
def rate(player: Player, first: int, second: int) -> None:
    person, year = someone(player.members(), first), player.day.year - second % 2
    known = {(one.who, one.year) for one in player.world.life.ratings}
    if person is not None and person.unit is not None and (person.ref, year) not in known:
        player.world.life.ratings.append(Rated(year, GRADES[second % 5], person.unit, person.ref))


@step
def rate_unit(player: Player, first: int, second: int) -> None:
    unit, year = pick(list(player.parent), first), player.day.year - second % 2
    known = {(one.unit, one.year) for one in player.world.life.ratings if not one.who}
    if unit is not None and (unit, year) not in known:
        player.world.life.ratings.append(Rated(year, GRADES[second % 5], unit))


def _honour(player: Player, fact: str, unit: str, who: str, **codes: str) -> None:
    entry = MemoryEntry(player.ref(), fact, player.day, unit, codes=codes, subject=who)
    player.world.life.honours.append(entry)


@step
def honour(player: Player, first: int, second: int) -> None:
    person = someone(player.members(), first)
    if person is not None and person.unit is not None:
        fact = ("commended", "commend_proposed")[second % 2]
        _honour(player, fact, person.unit, person.ref, reason=_REASONS[second % 5], level=_LEVELS[second % 4])


@step
def honour_unit(player: Player, first: int, second: int) -> None:
    unit = pick(cells(player), first)
    if unit is not None:
        fact = ("unit_commended", "unit_commend_proposed", "unit_four_goods")[second % 3]
        reason = {} if fact == "unit_four_goods" else {"reason": _REASONS[second % 5]}
        _honour(player, fact, unit, "", level=_LEVELS[second % 4], **reason)


@step
def badge(player: Player, first: int, second: int) -> None:
    person = someone(player.members(official=True), first)
    if person is not None and person.unit is not None:
        fact = ("badge_awarded", "badge_proposed")[second % 2]
        how = ("regular", "early", "posthumous")[second % 3]
        years, round_ = ("30", "40", "70")[second % 3], ("3/2/2022", "19/5/2022")[second % 2]
        _honour(player, fact, person.unit, person.ref, years=years, level="provincial", round=round_, how=how)


@step
def vet(player: Player, first: int, second: int) -> None:
    person = someone(player.members(), first)
    if person is not None:
        codes = {"purpose": ("cadre", "admission")[second % 2]}
        entry = MemoryEntry(player.ref(), "vetted", player.day, person.unit, codes=codes, subject=person.ref)
        player.world.life.vettings.append(entry)


@step
def opinion(player: Player, first: int, second: int) -> None:
    """An opinion on a member's standing, or a card issued once more: entries of the member's own journal."""
    person = someone(player.members(official=True), first)
    if person is not None and second % 2:
        player.record("status_opinion", person.unit, person)
    elif person is not None:
        player.record("card_reissued", person.unit, person, reason=("lost", "damaged", "exchanged")[second % 3])
