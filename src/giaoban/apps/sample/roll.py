"""The roll in memory while the story is told: who stands in which cell, and what was told so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from giaoban.apps.inspection.models import DecidingLevel, DisciplineForm
from giaoban.apps.members.models import MemberEvent, OfficeEvent
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.sample.facts import CellFact


@dataclass(slots=True, eq=False)
class Person:
    """A member as the story goes on; ``cell`` is where they stand now, None once they are gone.

    ``held`` are the offices with their units; ``busy`` marks somebody of whom this quarter already has plans, ``kept``
    somebody to whom nothing happens by chance (they sign in); ``last_day`` is the day of what was told of them last.
    """

    number: int
    name: str
    sex: str
    born: date
    only_year: bool
    file_number: str
    identity_number: str
    education: str
    theory: str
    admitted_on: date
    recognised_on: date | None
    cell: CellFact | None
    last_day: date
    card_number: str = ""
    held: list[tuple[str, Office]] = field(default_factory=list)
    busy: bool = False
    kept: bool = False

    @property
    def official(self) -> bool:
        """Whether they are an official member now."""
        return self.recognised_on is not None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The entry that makes somebody a member of the register; the Party dates are those known on that day."""

    person: Person
    kind: MemberEvent
    day: date
    cell: str
    official: bool
    admitted_on: date
    recognised_on: date | None
    outside: str = ""
    card_number: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A later entry of somebody's life; ``letter`` is the step that a receipt answers."""

    person: Person
    kind: MemberEvent
    day: date
    cell: str
    start: str = ""
    goal: str = ""
    outside: str = ""
    temporary: bool = False
    how: str = ""
    round: str = ""
    letter: Step | None = None
    card_number: str = ""


@dataclass(frozen=True, slots=True)
class Punishment:
    """A decision of discipline."""

    person: Person
    form: DisciplineForm
    level: DecidingLevel
    day: date


@dataclass(frozen=True, slots=True)
class OfficeStep:
    """Somebody comes to an office or leaves it."""

    person: Person
    unit: str
    office: Office
    kind: OfficeEvent
    day: date


@dataclass(slots=True)
class Chapter:
    """What was told of one stretch of time; recorded in the order of the fields, on ``recorded_on``."""

    recorded_on: date
    arrivals: list[Arrival] = field(default_factory=list)
    letters: list[Step] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    punishments: list[Punishment] = field(default_factory=list)
    offices: list[OfficeStep] = field(default_factory=list)

    def __len__(self) -> int:
        after = len(self.letters) + len(self.steps) + len(self.punishments) + len(self.offices)
        return len(self.arrivals) + after


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell with the days on which it stands, and those on which nobody comes or goes by chance, all half-open."""

    fact: CellFact
    opens: date
    closes: date = OPEN_END
    quiet_from: date = OPEN_END

    def lively(self, day: date) -> bool:
        """Whether somebody may come or go by chance on a day."""
        return self.opens <= day < min(self.closes, self.quiet_from)


class Roll:
    """Everybody, by cell and at random."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.cells: dict[str, OpenCell] = {}
        self.people: list[Person] = []
        self._standing: list[Person] = []

    def open_cell(self, cell: OpenCell) -> None:
        """Add a cell (or replace what was known of it)."""
        self.cells[cell.fact.code] = cell

    def add(self, person: Person) -> None:
        """Take somebody into the roll."""
        self.people.append(person)
        self._standing.append(person)

    def lively_cell(self, day: date, fits: Callable[[CellFact], bool] = lambda _: True) -> CellFact:
        """Draw a cell to which somebody may come on a day."""
        fitting = [cell.fact for cell in self.cells.values() if cell.lively(day) and fits(cell.fact)]
        return self.rng.choice(fitting)

    def draw(self, since: date, day: date, fits: Callable[[Person], bool] = lambda _: True) -> Person:
        """Draw an official member without office who stands in a lively cell and of whom nothing is told since a day.

        Raises:
            LookupError: nobody fits; the facts ask for more than there is.
        """
        for _ in range(20_000):
            place = self.rng.randrange(len(self._standing))
            person = self._standing[place]
            if person.cell is None:
                self._standing[place] = self._standing[-1]
                self._standing.pop()
                continue
            if (
                person.official
                and not (person.held or person.busy or person.kept)
                and person.last_day < since
                and self.cells[person.cell.code].lively(day)
                and fits(person)
            ):
                return person
        raise LookupError(f"nobody fits on {day}")

    def standing(self) -> Iterator[Person]:
        """Walk through all who stand in a cell, in order of entry."""
        return (person for person in self.people if person.cell is not None)

    def of(self, codes: Iterable[str]) -> list[Person]:
        """Return those who stand in one of the cells, in order of entry."""
        wanted = set(codes)
        return [person for person in self.people if person.cell is not None and person.cell.code in wanted]

    def drop_closed(self, day: date) -> None:
        """Let those go who stand in cells that no longer stand on a day: they left with their cell."""
        for person in self.people:
            if person.cell is not None and self.cells[person.cell.code].closes <= day:
                person.cell = None
