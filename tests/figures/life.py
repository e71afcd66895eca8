"""Absences, grades, honours and conclusions of the random world: plain data, in-memory registers, plain counting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from giaoban.figures import Register
from giaoban.figures.memory import MemoryEntry, MemoryRegister, MemorySpell, live
from giaoban.figures.tree import FAR

if TYPE_CHECKING:
    from tests.figures.world import World

NAMES = ("absences", "honours", "ratings", "vetting")
GRADES = ("excellent", "good", "fair", "poor", "not_rated")
STEPS = ("exempt", "end_absence", "go_away", "rate", "rate_unit", "honour", "honour_unit", "badge", "vet", "opinion")
_EVE = timedelta(days=1)
_Counts = Callable[["World", str, date, date], int]


@dataclass
class Absent:
    """A member is exempt or away from a day on."""

    kind: str
    who: str
    start: date
    end: date = FAR
    temporary: bool = False
    abroad: bool = False


@dataclass(frozen=True)
class Rated:
    """The grade of a year, of a member or of a unit."""

    year: int
    grade: str
    unit: str
    who: str = ""


@dataclass
class Life:
    """What is kept beside the journals of the tree and of membership."""

    absences: list[Absent] = field(default_factory=list)
    ratings: list[Rated] = field(default_factory=list)
    honours: list[MemoryEntry] = field(default_factory=list)
    vettings: list[MemoryEntry] = field(default_factory=list)

    def registers(self, spells: list[MemorySpell]) -> dict[str, Register]:
        """The in-memory registers; ``spells`` say where each member stood."""
        by_member: dict[str, list[MemorySpell]] = {}
        for spell in spells:
            by_member.setdefault(spell.subject, []).append(spell)
        absent = [
            _part(
                f"a{number}/{spell.ref}",
                one.kind,
                spell,
                one.start,
                one.end,
                exemption="temporary" if one.temporary else "lasting",
                where="abroad" if one.abroad else "domestic",
            )
            for number, one in enumerate(self.absences)
            for spell in by_member.get(one.who, [])
        ]
        graded = [one for one in self.ratings if one.grade != "not_rated"]
        rated = [
            _part(f"r{number}/{spell.ref}", "member_rated", spell, *_held(one.year), grade=one.grade)
            for number, one in enumerate(graded)
            for spell in by_member.get(one.who, [])
        ]
        of_units = [
            MemorySpell(f"u{number}", "unit_rated", one.unit, *_held(one.year), {"grade": one.grade})
            for number, one in enumerate(graded)
            if not one.who
        ]
        return {
            "absences": MemoryRegister("absences", spells=[one for one in absent if one is not None]),
            "honours": MemoryRegister("honours", self.honours),
            "ratings": MemoryRegister("ratings", spells=[*(one for one in rated if one is not None), *of_units]),
            "vetting": MemoryRegister("vetting", self.vettings),
        }


def _held(year: int) -> tuple[date, date]:
    """A grade is shown from the last day of its year to the last day of the next."""
    return date(year, 12, 31), date(year + 1, 12, 31)


def _part(ref: str, fact: str, spell: MemorySpell, start: date, end: date, **codes: str) -> MemorySpell | None:
    """The days of a spell on which something held."""
    first, last = max(spell.valid_from, start), min(spell.valid_to, end)
    return MemorySpell(ref, fact, spell.unit, first, last, codes, spell.subject) if first < last else None


def _standing(world: World, unit: str, day: date) -> list[str]:
    from tests.figures.oracle import members_under

    return [spell.subject for spell in members_under(world, unit, day)]


def absent(kind: str) -> _Counts:
    """Members under the unit on the last day who are absent on it."""

    def count(world: World, unit: str, start: date, end: date) -> int:
        day = end - _EVE
        away = {one.who for one in world.life.absences if one.kind == kind and one.start <= day < one.end}
        return sum(who in away for who in _standing(world, unit, day))

    return count


def rated(world: World, unit: str, start: date, end: date) -> int:
    """Members under the unit on the last day with a grade of that year (31 December), else of the year before."""
    day = end - _EVE
    year = day.year if day == date(day.year, 12, 31) else day.year - 1
    graded = {one.who for one in world.life.ratings if one.who and one.year == year and one.grade != "not_rated"}
    return sum(who in graded for who in _standing(world, unit, day))


def units_rated(world: World, unit: str, start: date, end: date) -> int:
    """The same of organisations."""
    from tests.figures.oracle import ancestors

    day = end - _EVE
    year = day.year if day == date(day.year, 12, 31) else day.year - 1
    return sum(
        not one.who and one.year == year and one.grade != "not_rated" and unit in ancestors(world, one.unit, day)
        for one in world.life.ratings
    )


def happened(journal: str, fact: str) -> _Counts:
    """Entries of units at or under the asked one."""

    def count(world: World, unit: str, start: date, end: date) -> int:
        from tests.figures.oracle import place

        entries = [one for one in live(getattr(world.life, journal)) if one.fact == fact and start <= one.day < end]
        return sum(unit in place(world, one.unit, one.day) for one in entries)

    return count


def vetted_organizations(world: World, unit: str, start: date, end: date) -> int:
    """Grassroots organisations with a conclusion."""
    from tests.figures.oracle import grassroots_with

    return grassroots_with(world, unit, [one for one in live(world.life.vettings) if start <= one.day < end])


ORACLE: dict[str, _Counts] = {
    "members.exempted": absent("exempt"),
    "members.away": absent("away"),
    "members.rated": rated,
    "organizations.rated": units_rated,
    "members.badges_awarded": happened("honours", "badge_awarded"),
    "members.badges_proposed": happened("honours", "badge_proposed"),
    "members.commended": happened("honours", "commended"),
    "members.commendation_proposed": happened("honours", "commend_proposed"),
    "organizations.commended": happened("honours", "unit_commended"),
    "organizations.commendation_proposed": happened("honours", "unit_commend_proposed"),
    "organizations.four_goods": happened("honours", "unit_four_goods"),
    "members.vetted": happened("vettings", "vetted"),
    "members.vetted_organizations": vetted_organizations,
}
