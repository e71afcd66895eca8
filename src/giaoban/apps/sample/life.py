"""Tells one quarter of a committee: as many of everything as the facts say, to people and on days drawn by chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from giaoban.apps.inspection.models import DecidingLevel, DisciplineForm
from giaoban.apps.members.models import LeavingHow, MemberEvent, OfficeEvent
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.sample.chance import Newcomers, probation_end
from giaoban.apps.sample.facts import CellFact, CommitteeFact, MoveFact, QuarterFact
from giaoban.apps.sample.roll import Arrival, Chapter, OfficeStep, Person, Punishment, Roll, Step

# Cards are handed out on the four days of the year on which badges are, too (domain.md 2.5, 2.6).
_ROUNDS = {1: ("3/2", 2, 3), 2: ("19/5", 5, 19), 3: ("2/9", 9, 1), 4: ("7/11", 11, 7)}
_HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2)}
_DAY = timedelta(days=1)
_LETTER_DAYS = 25


@dataclass(frozen=True, slots=True)
class Planned:
    """Something that will be told when its day comes."""

    day: date
    order: int
    tell: Callable[[date], None]


class Quarter:
    """One quarter at work; ``chapter`` is what it tells."""

    def __init__(self, roll: Roll, newcomers: Newcomers, outside: Sequence[str], fact: QuarterFact) -> None:
        self.roll = roll
        self.rng: Random = roll.rng
        self.newcomers = newcomers
        self.outside = outside
        self.fact = fact
        self.start, self.end = fact.period.start, fact.period.end
        self.days = list(_working_days(self.start, self.end))
        self.chapter = Chapter(recorded_on=self.end + 2 * _DAY)
        self.plans: list[Planned] = []
        self.leaving: set[str] = set()

    def tell(self, moves: Iterable[MoveFact], decisions: Iterable[CommitteeFact]) -> Chapter:
        """Return the quarter's chapter; the roll stands as on its last day afterwards.

        Raises:
            LookupError: the facts ask for more than the roll can give.
        """
        for move in moves:
            self.leaving.add(move.start)
            self._plan([move.day], partial(self._move, move))
        for decision in decisions:
            self._plan([decision.day], partial(self._consolidate, decision))
        self._plan_recognitions()
        self._plan_cards()
        by_chance: tuple[tuple[str, Callable[[date], None]], ...] = (
            ("admitted", self._admit),
            ("came", self._come),
            ("went", self._go),
            ("within", self._change_cells),
            ("temporary", self._go_for_a_time),
            ("died", self._die),
            ("resigned", partial(self._leave, LeavingHow.RESIGNED)),
            ("struck_off", partial(self._leave, LeavingHow.STRUCK_OFF)),
        )
        for key, tell in by_chance:
            self._plan(self._some_days(self.fact[key]), tell)
        for form, number in self.fact.discipline.items():
            self._plan(self._some_days(number), partial(self._discipline, DisciplineForm(form)))
        for plan in sorted(self.plans, key=lambda plan: (plan.day, plan.order)):
            plan.tell(plan.day)
        for _ in range(self.fact["waiting"]):
            self._send(self.days[-3])
        for person in self.roll.people:
            person.busy = False
        return self.chapter

    def _staying(self) -> Iterable[Person]:
        """Those of whom something may be planned: an event of the tree moves nobody away from under it."""
        return (person for person in self.roll.standing() if person.cell and person.cell.code not in self.leaving)

    def _some_days(self, number: int) -> list[date]:
        return self.rng.choices(self.days, k=number)

    def _plan(self, days: Iterable[date], tell: Callable[[date], None]) -> None:
        self.plans += [Planned(day, len(self.plans) + offset, tell) for offset, day in enumerate(days)]

    def _plan_recognitions(self) -> None:
        """The oldest probations first; a cell reviews them within some weeks after their end."""
        limit = self.end - 5 * _DAY
        due = sorted(
            (person for person in self._staying() if not person.official and probation_end(person.admitted_on) < limit),
            key=lambda person: (person.admitted_on, person.number),
        )
        chosen = due[: self.fact["recognised"]]
        if len(chosen) < self.fact["recognised"]:
            raise LookupError(f"{self.fact.period}: only {len(chosen)} probations end in time")
        for person in chosen:
            person.busy = True
            first = max(self.start, probation_end(person.admitted_on), person.last_day + _DAY)
            day = self.rng.choice([day for day in self.days if day >= first])
            self._plan([day], partial(self._recognise, person))

    def _plan_cards(self) -> None:
        name, month, day_of_month = _ROUNDS[self.fact.period.number]
        day = date(self.start.year, month, day_of_month)
        waiting = [
            person
            for person in self._staying()
            if person.official and not (person.card_number or person.busy) and person.last_day < day
        ]
        for person in _choose(waiting, self.fact["cards"], self.fact["card_units"], self.rng):
            person.busy = True
            self._plan([day], partial(self._give_card, person, name))

    def _step(self, person: Person, kind: MemberEvent, day: date, **more: object) -> Step:
        assert person.cell is not None
        step = Step(person, kind, day, person.cell.code, **more)  # type: ignore[arg-type]
        person.last_day = day
        (self.chapter.letters if kind == MemberEvent.TRANSFER_SENT else self.chapter.steps).append(step)
        return step

    def _admit(self, day: date) -> None:
        person = self.newcomers.admitted(self.roll.lively_cell(day), day)
        self._arrive(person, MemberEvent.ADMITTED, day)

    def _come(self, day: date) -> None:
        person = self.newcomers.settled(self.roll.lively_cell(day), day)
        self._arrive(person, MemberEvent.TRANSFERRED, day, self.rng.choice(self.outside))

    def _arrive(self, person: Person, kind: MemberEvent, day: date, outside: str = "") -> None:
        self.roll.add(person)
        self.chapter.arrivals.append(arrival(person, kind, day, outside))

    def _recognise(self, person: Person, day: date) -> None:
        person.recognised_on = day
        self._step(person, MemberEvent.RECOGNISED, day)

    def _give_card(self, person: Person, name: str, day: date) -> None:
        person.card_number = self.newcomers.people.card_number()
        self._step(person, MemberEvent.CARD_ISSUED, day, round=name, card_number=person.card_number)

    def _go(self, day: date) -> None:
        person = self.roll.draw(day, day)
        self._step(person, MemberEvent.TRANSFERRED, day, start=_code(person), outside=self.rng.choice(self.outside))
        person.cell = None

    def _go_for_a_time(self, day: date) -> None:
        person = self.roll.draw(day, day)
        where = self.rng.choice(self.outside)
        self._step(person, MemberEvent.TRANSFERRED, day, start=_code(person), outside=where, temporary=True)

    def _change_cells(self, day: date) -> None:
        """Most changes begin with a letter and are dated by its receipt (decision D5)."""
        sent_on = max(self.start, day - timedelta(days=self.rng.randint(3, _LETTER_DAYS)))
        # Letters are recorded before the other entries of the quarter: nothing may have happened to them in it.
        person = self.roll.draw(self.start, day)
        goal = self._goal(person, day)
        letter = None
        sent_on = max(sent_on, self.roll.cells[goal.code].opens)  # nobody is sent to a cell before it stands
        if self.rng.random() < 0.7:
            letter = self._step(person, MemberEvent.TRANSFER_SENT, sent_on, start=_code(person), goal=goal.code)
        self._receive(person, goal, day, letter)

    def _receive(self, person: Person, goal: CellFact, day: date, letter: Step | None = None) -> None:
        start = _code(person)
        person.cell = goal
        self._step(person, MemberEvent.TRANSFERRED, day, start=start, goal=goal.code, letter=letter)

    def _send(self, day: date) -> None:
        person = self.roll.draw(self.start, day)
        goal = self._goal(person, day)
        self._step(person, MemberEvent.TRANSFER_SENT, day, start=_code(person), goal=goal.code)

    def _goal(self, person: Person, day: date) -> CellFact:
        here = person.cell
        assert here is not None
        near = self.rng.random() < 0.6
        try:
            return self.roll.lively_cell(day, lambda cell: cell is not here and (cell.top == here.top or not near))
        except IndexError:
            return self.roll.lively_cell(day, lambda cell: cell is not here)

    def _die(self, day: date) -> None:
        person = self.roll.draw(day, day, lambda person: day.year - person.born.year >= 45)
        self._step(person, MemberEvent.DIED, day)
        person.cell = None

    def _leave(self, how: LeavingHow, day: date) -> None:
        person = self.roll.draw(day, day)
        self._step(person, MemberEvent.LEFT, day, how=how.value)
        person.cell = None

    def _discipline(self, form: DisciplineForm, day: date) -> None:
        person = self.roll.draw(day, day)
        lower = form in (DisciplineForm.REPRIMAND, DisciplineForm.WARNING)
        levels = (DecidingLevel.CELL, DecidingLevel.GRASSROOTS) if lower else (DecidingLevel.UPPER,)
        self.chapter.punishments.append(Punishment(person, form, self.rng.choice(levels), day))
        person.last_day = day
        if form is DisciplineForm.EXPULSION:
            # The register of discipline ends the membership itself.
            person.cell = None

    def _move(self, move: MoveFact, day: date) -> None:
        """People whom an event of the tree brings to other cells; offices of the cell they leave end."""
        there = self.roll.of([move.start])
        if move.number:
            there = [person for person in there if not person.held and person.last_day < day][: move.number]
        left = self.roll.cells[move.start].fact
        for place, person in enumerate(there):
            if left.kind == "cell":
                for office in [office for unit, office in person.held if unit == left.code]:
                    self._end_office(person, left.code, office, day)
            goal = self.roll.cells[move.goals[place % len(move.goals)]]
            self._receive(person, goal.fact, day)
            if goal.opens >= self.start and not person.held and not self._holder(goal.fact.code, Office.SECRETARY):
                self._take_office(person, goal.fact.code, Office.SECRETARY, day)

    def _consolidate(self, decision: CommitteeFact, day: date) -> None:
        """Somebody comes to the office that the decision on the committee speaks of."""
        office = Office(decision.office)
        before = self._holder(decision.unit, office) if decision.ends else None
        if before is not None:
            self._end_office(before, decision.unit, office, day)
        people = self.roll.standing()
        fitting = [
            person
            for person in people
            if person.cell
            and person.cell.top == decision.unit
            and person.official
            and not (person.held or person.busy or person.kept)
        ]
        self._take_office(
            self.rng.choice([person for person in fitting if person.last_day < day]), decision.unit, office, day
        )

    def _holder(self, unit: str, office: Office) -> Person | None:
        return next((person for person in self.roll.standing() if (unit, office) in person.held), None)

    def _take_office(self, person: Person, unit: str, office: Office, day: date) -> None:
        person.held.append((unit, office))
        self.chapter.offices.append(OfficeStep(person, unit, office, OfficeEvent.APPOINTED, day))

    def _end_office(self, person: Person, unit: str, office: Office, day: date) -> None:
        person.held.remove((unit, office))
        self.chapter.offices.append(OfficeStep(person, unit, office, OfficeEvent.ENDED, day))


def arrival(person: Person, kind: MemberEvent, day: date, outside: str = "") -> Arrival:
    """Return the entry with which somebody comes into the register as they are now."""
    assert person.cell is not None
    return Arrival(
        person,
        kind,
        day,
        person.cell.code,
        official=person.official,
        admitted_on=person.admitted_on,
        recognised_on=person.recognised_on,
        outside=outside,
        card_number=person.card_number,
    )


def _code(person: Person) -> str:
    assert person.cell is not None
    return person.cell.code


def _working_days(start: date, end: date) -> Iterable[date]:
    for number in range((end - start).days):
        day = start + number * _DAY
        if day.weekday() < 5 and (day.month, day.day) not in _HOLIDAYS:
            yield day


def _choose(waiting: list[Person], number: int, units: int, rng: Random) -> list[Person]:
    """Return so many of those who wait for a card; with ``units`` they stand in exactly so many organisations."""
    if not units:
        chosen = waiting[:number]
    else:
        by_top: dict[str, list[Person]] = defaultdict(list)
        for person in waiting:
            assert person.cell is not None
            by_top[person.cell.top].append(person)
        tops = [top for top, _ in Counter({top: len(people) for top, people in by_top.items()}).most_common(units)]
        chosen = [by_top[top].pop(0) for top in tops]
        rest = [person for top in tops for person in by_top[top]]
        chosen += rng.sample(rest, min(len(rest), number - len(chosen)))
    if len(chosen) < number or len({person.cell.top for person in chosen if person.cell}) < units:
        raise LookupError(f"only {len(chosen)} wait for a card")
    return chosen
