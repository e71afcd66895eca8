"""A small invented office whose tree and members change at random: the material of the property tests.

`build` plays a list of drawn steps in the order of time; a step that cannot be is left out. What comes out is plain
data, from which the in-memory sources and the rows of a database are made alike.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from tests.figures import life, sittings

from giaoban.apps.inspection.measures.declarations import MEASURES as INSPECTION
from giaoban.apps.meetings.measures.declarations import MEASURES as MEETINGS
from giaoban.apps.members.measures.declarations import AGE_GROUPS
from giaoban.apps.members.measures.declarations import MEASURES as MEMBERS
from giaoban.apps.members.measures.life import MEASURES as LIFE
from giaoban.apps.organizations.measures.declarations import MEASURES as ORGANIZATIONS
from giaoban.figures import Catalogue, Register, Sources
from giaoban.figures.calendar import PlainCalendar
from giaoban.figures.memory import (
    MemoryEntry,
    MemoryPlaces,
    MemoryRegister,
    MemorySpell,
    MemoryTargets,
    MemoryUse,
    members_moved,
)
from giaoban.figures.tree import FAR, Attribute, Placement

# What is owed is counted from the duties: tests/apps/obligations/test_board_figures.py.
_KEPT_HERE = [replace(one, plan="") if one.plan == "meetings.registration_due" else one for one in MEETINGS]
CATALOGUE = Catalogue(
    (*ORGANIZATIONS, *MEMBERS, *LIFE, *INSPECTION, *(one for one in _KEPT_HERE if one.register != "obligations"))
)
FIRST_DAY = date(2021, 12, 20)
ROOT = "GOC"
OUTSIDE = "KHAC"
SECTORS = ("S1", "S2")

STEPS = (
    "open_late", "open_unit_late",
    "establish", "establish_cell", "dissolve", "merge", "merge_following", "split_off", "hand_over", "receive", "move",
    "return", "rename_kind",
    "admit", "admit", "recognise", "card", "transfer_in", "transfer_out", "transfer_within", "transfer_within",
    "transfer_away", "leave", "die", "restore", "discipline", "consolidate", "appoint", "void", "replace",
    *life.STEPS, *sittings.STEPS,
)  # fmt: skip
Step = tuple[str, int, int, int]


@dataclass
class Person:
    """Where a member stands now."""

    ref: str
    born: date
    sex: str
    unit: str | None = None
    official: bool = False
    since: date = FIRST_DAY


class World:
    """Everything that happened, as plain data."""

    def __init__(self) -> None:
        self.name = ""
        self.placements: list[Placement] = []
        self.kinds: list[Attribute] = []
        self.sectors: list[Attribute] = []
        self.tree_entries: list[MemoryEntry] = []
        self.committee_entries: list[MemoryEntry] = []
        self.member_entries: list[MemoryEntry] = []
        self.discipline_entries: list[MemoryEntry] = []
        self.life = life.Life()
        self.sittings = sittings.Sittings()
        self.spells: list[MemorySpell] = []
        self.people: dict[str, Person] = {}
        self.use: dict[tuple[str, str], date] = {}

    def __repr__(self) -> str:
        """What makes it again."""
        return self.name

    @property
    def unit_openings(self) -> list[MemoryEntry]:
        """Entries of the units that were there when the registers were opened."""
        return [one for one in self.tree_entries if one.fact == "opening"]

    @property
    def units(self) -> list[str]:
        """All units that ever stood, in the order of their coming."""
        return list(dict.fromkeys(one.unit for one in self.placements))

    def codes_of(self, ref: str) -> dict[str, object]:
        """The breakdown codes of a member as a stock sees them."""
        person = self.people[ref]
        return {"sex": person.sex, "age_group": lambda day: age_group(person.born, day)}

    def sources(self) -> Sources:
        """The in-memory sources of this world."""
        openings = [one for one in self.member_entries if one.fact == "opening"]
        moved = members_moved(self.placements, self.spells, openings, self.unit_openings)
        # Who follows a unit into another goes with units too, by an entry that names both.
        moved += [replace(one, fact="members_moved") for one in self.member_entries if one.fact == "followed"]
        forms = {"grassroots_committee": "grassroots", "grassroots_cell": "grassroots", "cell": "cells"}
        standing = [
            MemorySpell(
                f"{place.unit}/{kind.valid_from}",
                forms[kind.code],
                place.unit,
                max(place.valid_from, kind.valid_from),
                min(place.valid_to or FAR, kind.valid_to or FAR),
            )
            for place in self.placements
            for kind in self.kinds
            if kind.unit == place.unit and kind.code in forms
        ]
        registers: dict[str, Register] = {
            "organizations": MemoryRegister("organizations", self.tree_entries, standing),
            "committees": MemoryRegister("committees", self.committee_entries),
            "members": MemoryRegister("members", [*self.member_entries, *moved], self.spells),
            "discipline": MemoryRegister("discipline", self.discipline_entries),
            "obligations": MemoryRegister("obligations"),
            **self.life.registers(self.spells),
            **self.sittings.registers(),
        }
        return Sources(
            CATALOGUE,
            registers,
            MemoryPlaces(self.placements, [*self.kinds, *self.sectors]),
            PlainCalendar(),
            MemoryTargets(),
            MemoryUse(self.use),
        )


def age_group(born: date, day: date) -> str:
    """The age group of somebody on a day, counted in the plain way."""
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return [code for youngest, code, _label in AGE_GROUPS if age >= youngest][-1]


class Player:
    """Plays steps; keeps what stands now beside what happened."""

    def __init__(self) -> None:
        self.world = World()
        self.day = FIRST_DAY
        self.number = 0
        self.parent: dict[str, str | None] = {}
        self.kind: dict[str, str] = {}
        self.gone: dict[str, str] = {}
        self._begin()

    def _begin(self) -> None:
        self.stand(ROOT, None, "upper", "opening")
        self.stand(OUTSIDE, None, "upper", "opening")
        for index in (1, 2, 3):
            self.stand(f"{ROOT}.{index}", ROOT, "grassroots_committee", "opening")
            self.world.sectors.append(Attribute(f"{ROOT}.{index}", "sector", SECTORS[index % 2], FIRST_DAY))
            for cell in (1, 2):
                self.stand(f"{ROOT}.{index}.{cell}", f"{ROOT}.{index}", "cell", "opening")
                self.open_roll(f"{ROOT}.{index}.{cell}", 2)
        self.stand(f"{OUTSIDE}.1", OUTSIDE, "grassroots_cell", "opening")
        self.open_roll(f"{OUTSIDE}.1", 2)
        self.world.use = {
            (top, register): FIRST_DAY
            for top in (ROOT, OUTSIDE)
            for register in ("organizations", "committees", "members", "discipline", *life.NAMES, *sittings.NAMES)
        }

    def ref(self) -> str:
        self.number += 1
        return f"n{self.number:04}"

    def stand(self, unit: str, parent: str | None, kind: str, fact: str, from_unit: str | None = None) -> None:
        """A unit comes to stand."""
        self.parent[unit], self.kind[unit] = parent, kind
        self.world.placements.append(Placement(unit, parent, self.day))
        self.world.kinds.append(Attribute(unit, "form", kind, self.day))
        if fact:
            self.world.tree_entries.append(MemoryEntry(self.ref(), fact, self.day, unit))

    def fall(self, unit: str, fact: str) -> None:
        """A unit and all below it cease to stand."""
        for below in [one for one, parent in self.parent.items() if parent == unit]:
            self.fall(below, "")
        self.end(self.world.placements, unit)
        self.end(self.world.kinds, unit)
        self.gone[unit] = self.kind.pop(unit)
        del self.parent[unit]
        if fact:
            self.world.tree_entries.append(MemoryEntry(self.ref(), fact, self.day, unit))

    def end(self, rows: list[Placement] | list[Attribute], unit: str) -> None:
        """Close the open row of a unit; one that began today has never been."""
        for index, row in enumerate(rows):
            if row.unit == unit and row.valid_to is None:
                if row.valid_from == self.day:
                    del rows[index]
                else:
                    rows[index] = replace(row, valid_to=self.day)  # type: ignore[assignment]
                return

    def open_roll(self, unit: str, count: int) -> None:
        """Members come into the register with an old roll."""
        for _ in range(count):
            person = self.new_person()
            self.record("opening", unit, person)
            self.begin(person, unit, official=True)

    def new_person(self) -> Person:
        ref = f"m{len(self.world.people):04}"
        born = date(1950, 1, 1) + timedelta(days=(len(self.world.people) * 7919) % 18000)
        person = Person(ref, born, ("male", "female")[len(self.world.people) % 2])
        self.world.people[ref] = person
        return person

    def record(self, fact: str, unit: str | None, person: Person, from_unit: str | None = None, **codes: str) -> None:
        if fact == "transferred":
            codes.setdefault("where", "domestic")
        self.world.member_entries.append(
            MemoryEntry(self.ref(), fact, self.day, unit, from_unit, {"sex": person.sex, **codes}, subject=person.ref)
        )

    def begin(self, person: Person, unit: str, *, official: bool) -> None:
        self.finish(person)
        person.unit, person.official, person.since = unit, official, self.day

    def finish(self, person: Person) -> None:
        if person.unit is not None and person.since < self.day:
            self.world.spells.append(self.spell(person, self.day))
        person.unit = None

    def spell(self, person: Person, end: date) -> MemorySpell:
        assert person.unit is not None
        codes = {"status": "official" if person.official else "probationary", **self.world.codes_of(person.ref)}
        ref = f"{person.ref}/{person.since}"
        return MemorySpell(ref, "membership", person.unit, person.since, end, codes, person.ref)  # type: ignore[arg-type]

    def result(self) -> World:
        """Close the books: whoever stands keeps an open spell."""
        for person in self.world.people.values():
            if person.unit is not None:
                self.world.spells.append(self.spell(person, FAR))
        return self.world

    def units_of(self, *kinds: str) -> list[str]:
        return [unit for unit, kind in self.kind.items() if kind in kinds]

    def members(self, *, official: bool | None = None) -> list[Person]:
        """Members who stand in a unit that stands."""
        return [
            person
            for person in self.world.people.values()
            if person.unit in self.parent and official in (None, person.official)
        ]


def build(steps: list[Step]) -> World:
    """Play the steps."""
    from tests.figures import life_steps, sittings_steps
    from tests.figures.steps import play

    assert life_steps, "imported for its steps"
    assert sittings_steps, "imported for its steps"

    player = Player()
    for name, first, second, gap in steps:
        # Half of the gaps are 0: several things happen on one day.
        player.day += timedelta(days=max(0, gap - 20))
        play(player, name, first, second)
    return player.result()


def world(seed: int, length: int) -> World:
    """Play steps drawn from a seed; a shorter world of the same seed is the beginning of the longer one."""
    draw = random.Random(seed)
    steps = [
        (draw.choice(STEPS), draw.randrange(1000), draw.randrange(1000), draw.randrange(41)) for _ in range(length)
    ]
    played = build(steps)
    played.name = f"world(seed={seed}, length={length})"
    return played


def examples(count: int) -> settings:
    """How many worlds a test plays, times ``GIAOBAN_WORLDS`` for a long run.

    A failing world is told by its seed; to shrink it would only take minutes.
    """
    return settings(
        max_examples=count * int(os.environ.get("GIAOBAN_WORLDS", "1")),
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        # Each example is written and rolled back inside one test, so sharing the database is what is meant.
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


# Drawn by seed: lists that hypothesis draws itself resemble each other too much for some twenty examples.
worlds = st.builds(world, st.integers(0, 2**32), st.integers(10, 90))
