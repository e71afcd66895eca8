"""Who comes: people for an opening roll, for an admission, for a transfer from outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.sample.facts import CellFact, PersonFact
from giaoban.apps.sample.names import Ages, People
from giaoban.apps.sample.roll import Person
from giaoban.core.period import add_months

_EDUCATION = (("doctor", 2), ("master", 24), ("university", 60), ("college", 7), ("intermediate", 7))
# Many rolls say nothing about a level below the middle one.
_THEORY = (("advanced", 14), ("intermediate", 41), ("", 45))
_PROBATION_MONTHS = 12
_WITH_IDENTITY = 0.3


@dataclass(frozen=True, slots=True)
class Setting:
    """Where people come from: the letters of file numbers at home, and the ages of those on an old roll."""

    letters: str
    ages: Ages


class Newcomers:
    """Makes people for the roll, numbered in order."""

    def __init__(self, people: People, setting: Setting) -> None:
        self.people = people
        self.rng = people.rng
        self.setting = setting
        self._made = 0

    def settled(self, cell: CellFact, day: date, known: PersonFact | None = None) -> Person:
        """Return an official member who has been in the Party for some time, with a card."""
        sex = known.sex if known else self.people.sex(self.setting.ages.women)
        born = self.people.birth(day, self.setting.ages)
        if known:
            born = born.replace(year=known.born, day=min(born.day, 28))
        earliest = born.replace(year=born.year + 20, day=min(born.day, 28))
        # The last probation must have ended before the day.
        latest = day - timedelta(days=800)
        span = min((latest - earliest).days, 18 * 365)
        admitted = earliest + timedelta(days=self.rng.randint(0, max(span, 0)))
        person = self._person(cell, sex, born, admitted, day)
        person.recognised_on = probation_end(admitted) + timedelta(days=self.rng.randint(0, 30))
        person.card_number = self.people.card_number()
        if known:
            person.name, person.kept = known.name, True
        return person

    def recent(self, cell: CellFact, day: date, *, recognised: bool) -> Person:
        """Return somebody admitted in the year before: on probation still, or recognised and without a card yet."""
        back = self.rng.randint(400, 520) if recognised else self.rng.randint(5, 390)
        admitted = day - timedelta(days=back)
        person = self.admitted(cell, admitted)
        if recognised:
            person.recognised_on = probation_end(admitted) + timedelta(days=self.rng.randint(1, 25))
        person.last_day = day
        return person

    def admitted(self, cell: CellFact, day: date) -> Person:
        """Return somebody who is admitted on the day."""
        sex = self.people.sex(50)
        return self._person(cell, sex, self.people.birth(day, Ages(20, 42)), day, day)

    def _person(self, cell: CellFact, sex: str, born: date, admitted: date, day: date) -> Person:
        self._made += 1
        only_year = born.year < 1965 and self.rng.random() < 0.3
        identity = self.people.identity_number(sex, born) if self.rng.random() < _WITH_IDENTITY else ""
        return Person(
            number=self._made,
            name=self.people.name(sex),
            sex=sex,
            born=date(born.year, 1, 1) if only_year else born,
            only_year=only_year,
            file_number=self.people.file_number(self.setting.letters),
            identity_number=identity,
            education=self._one_of(_EDUCATION),
            theory=self._one_of(_THEORY),
            admitted_on=admitted,
            recognised_on=None,
            cell=cell,
            last_day=day,
        )

    def _one_of(self, values: tuple[tuple[str, int], ...]) -> str:
        [value] = self.rng.choices([name for name, _ in values], [weight for _, weight in values])
        return value


def probation_end(admitted: date) -> date:
    """Return the first day on which probation is over: twelve months after admission (domain.md 2.2)."""
    first = add_months(admitted, _PROBATION_MONTHS)
    return first + timedelta(days=admitted.day - 1)
