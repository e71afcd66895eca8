"""The opening rolls: who stood in the cells on the day on which the books were opened, and who held which office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from giaoban.apps.members.models import MemberEvent, OfficeEvent
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.sample.chance import Newcomers
from giaoban.apps.sample.facts import CellFact, PersonFact, TopFact
from giaoban.apps.sample.life import arrival
from giaoban.apps.sample.roll import Chapter, OfficeStep, Person, Roll

_SMALL_CELL = 9  # below nine official members a cell elects no committee (domain.md 1.3)
_WITH_STANDING = 8  # with one more they are nine, who elect a standing committee (Điều lệ Đảng, điều 22)


@dataclass(frozen=True, slots=True)
class OpeningRoll:
    """What an opening roll holds.

    ``members`` are spread over the cells by chance, except for the groups of cells in ``sizes``; ``probationary`` and
    ``without_card`` (recognised a short time ago) are among them; ``known`` are people who sign in;
    ``officers`` are the offices of the ``committee`` itself.
    """

    day: date
    members: int
    probationary: int = 0
    without_card: int = 0
    sizes: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    known: Sequence[PersonFact] = ()
    committee: str = ""
    officers: Sequence[Office] = ()


def open_roll(roll: Roll, newcomers: Newcomers, tops: Sequence[TopFact], what: OpeningRoll) -> Chapter:
    """Return the opening entries of members and offices; the roll holds the people afterwards."""
    chapter = Chapter(recorded_on=what.day)
    cells = [cell for top in tops for cell in top.cells]
    sizes = _sizes(roll.rng, cells, what)
    recent = _recent_places(roll, cells, what)
    for cell in cells:
        fresh = recent.get(cell.code, [])
        known = [person for person in what.known if person.cell == cell.code]
        people = [newcomers.recent(cell, what.day, recognised=recognised) for recognised in fresh]
        people += [newcomers.settled(cell, what.day, fact) for fact in known]
        while len(people) < sizes[cell.code]:
            people.append(newcomers.settled(cell, what.day))
        for person in people:
            person.last_day = what.day - timedelta(days=1)
            roll.add(person)
            chapter.arrivals.append(arrival(person, MemberEvent.OPENING, what.day))
        for person, fact in zip(people[len(fresh) :], known, strict=False):
            if fact.office:
                _hold(chapter, person, fact.unit, Office(fact.office), what.day)
    _give_officers(roll, chapter, what)
    for top in tops:
        _give_offices(roll, chapter, top, what.day)
    return chapter


def _sizes(rng: Random, cells: Sequence[CellFact], what: OpeningRoll) -> dict[str, int]:
    """Return how many stand in each cell; a grassroots cell stays below the thirty of an đảng bộ (domain.md 1.2)."""
    sizes: dict[str, int] = {}
    for codes, members in what.sizes.items():
        for place, code in enumerate(codes):
            sizes[code] = members // len(codes) + (place < members % len(codes))
    free = [cell for cell in cells if cell.code not in sizes]
    drawn = {cell.code: rng.randint(11, 24) if cell.kind == "grassroots_cell" else rng.randint(7, 18) for cell in free}
    missing = what.members - sum(sizes.values()) - sum(drawn.values())
    while missing:
        cell = rng.choice(free)
        step = 1 if missing > 0 else -1
        if 6 <= drawn[cell.code] + step <= (26 if cell.kind == "grassroots_cell" else 24):
            drawn[cell.code] += step
            missing -= step
    return sizes | drawn


def _recent_places(roll: Roll, cells: Sequence[CellFact], what: OpeningRoll) -> dict[str, list[bool]]:
    """Return for each cell the people admitted lately: True for those who were recognised already."""
    places: dict[str, list[bool]] = {}
    lively = [cell for cell in cells if roll.cells[cell.code].lively(what.day)]
    for recognised in [True] * what.without_card + [False] * what.probationary:
        code = roll.rng.choice(lively).code
        if len(places.get(code, ())) < 3:
            places.setdefault(code, []).append(recognised)
    return places


def _give_officers(roll: Roll, chapter: Chapter, what: OpeningRoll) -> None:
    """The committee's own officers: people of about fifty from whatever cell."""
    held = {office for person in roll.standing() for unit, office in person.held if unit == what.committee}
    wanted = [office for office in what.officers if office not in held]
    free = (person for person in roll.standing() if person.official and not (person.held or person.kept))
    by_age = sorted(free, key=lambda person: (abs(what.day.year - person.born.year - 50), person.number))
    for office, person in zip(wanted, by_age, strict=False):
        _hold(chapter, person, what.committee, office, what.day)


def _give_offices(roll: Roll, chapter: Chapter, top: TopFact, day: date) -> None:
    """Secretaries of cells and, in a grassroots committee, its secretary, deputies and members."""
    codes = [cell.code for cell in top.cells]
    people = sorted(roll.of(codes), key=lambda person: (person.admitted_on, person.number))
    free = [person for person in people if person.official and not person.held]
    for code in codes:
        here = [person for person in free if person.cell and person.cell.code == code and not person.held]
        wanted = [Office.SECRETARY, Office.DEPUTY_SECRETARY, Office.COMMITTEE_MEMBER]
        wanted = wanted[: 3 if len(here) >= _SMALL_CELL else 1]
        have = {office for person in people for unit, office in person.held if unit == code}
        for office, person in zip(
            [office for office in wanted if office not in have], _seniors(roll.rng, here), strict=False
        ):
            _hold(chapter, person, code, office, day)
    if codes == [top.code]:
        return
    wanted = [Office.SECRETARY, Office.DEPUTY_SECRETARY, *[Office.COMMITTEE_MEMBER] * min(3 + len(codes) // 3, 7)]
    if len(wanted) >= _WITH_STANDING:
        wanted.append(Office.STANDING_MEMBER)  # three of nine with the secretary and the deputy
    wanted += [Office.INSPECTION_CHAIR, Office.INSPECTION_MEMBER, Office.INSPECTION_MEMBER]
    left = [person for person in free if not person.held]
    for office, person in zip(wanted, _seniors(roll.rng, left), strict=False):
        _hold(chapter, person, top.code, office, day)


def _seniors(rng: Random, people: Sequence[Person]) -> list[Person]:
    """Return people, longest in the Party first, somewhat mixed."""
    keys = {person.number: (place / max(len(people), 1) + rng.random() * 0.5) for place, person in enumerate(people)}
    return sorted(people, key=lambda person: keys[person.number])


def _hold(chapter: Chapter, person: Person, unit: str, office: Office, day: date) -> None:
    person.held.append((unit, office))
    chapter.offices.append(OfficeStep(person, unit, office, OfficeEvent.OPENING, day))
