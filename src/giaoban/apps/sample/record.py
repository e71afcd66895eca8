"""Records what was told: chapters become drafts for the plural operations of the domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.inspection.operations import DisciplineDraft, record_discipline
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, Trait
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    MemberDraft,
    OfficeDraft,
    enrol_members,
    record_member_entries,
    record_office_events,
)
from giaoban.apps.members.operations.unit_endings import history_in_parts
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.sample.roll import Arrival, Chapter, Person, Punishment, Step
from giaoban.core.dates_vi import PartialDate, Precision

_DECIDED = (MemberEvent.ADMITTED, MemberEvent.RECOGNISED, MemberEvent.CARD_ISSUED, MemberEvent.LEFT)
_BATCH = 1000


def console(user: User, day: date) -> Act:
    """Return the act of recording at nine o'clock of a day, on the machine that holds the data."""
    return Act(user, datetime.combine(day, time(9, 0), HANOI), at_console=True)


@dataclass(slots=True)
class Recorder:
    """Writes one committee's chapters.

    Args:
        user: under whose name; units: by code, filled by the caller as units come; symbol, issuer: of decisions.
    """

    user: User
    units: Mapping[str, Unit]
    symbol: str
    issuer: str
    members: dict[Person, Member] = field(default_factory=dict)
    letters: dict[Step, MemberEntry] = field(default_factory=dict)
    numbers: Counter[int] = field(default_factory=Counter)
    decisions: dict[int, Decision] = field(default_factory=dict)

    def record(self, chapter: Chapter) -> Iterator[int]:
        """This function will write a chapter: people first, then letters, the other entries, discipline, offices.

        It yields, as it goes on, how many entries were written since the last time.
        """
        act = console(self.user, chapter.recorded_on)
        self._number_decisions(chapter)
        for first in range(0, len(chapter.arrivals), _BATCH):
            part = chapter.arrivals[first : first + _BATCH]
            self._enrol(act, part)
            yield len(part)
        with history_in_parts():
            entries = record_member_entries(act=act, drafts=[self._entry(step) for step in chapter.letters])
            self.letters |= dict(zip(chapter.letters, entries, strict=True))
            record_member_entries(act=act, drafts=[self._entry(step) for step in chapter.steps])
        record_discipline(
            act=act,
            drafts=[
                DisciplineDraft(self.members[one.person], one.form, one.level, one.day, self._decision(one))
                for one in chapter.punishments
            ],
        )
        record_office_events(
            act=act,
            drafts=[
                OfficeDraft(self.members[one.person], self.units[one.unit], one.office, one.kind, one.day)
                for one in chapter.offices
            ],
        )
        yield len(chapter) - len(chapter.arrivals)

    def _enrol(self, act: Act, arrivals: list[Arrival]) -> None:
        with history_in_parts():
            made = enrol_members(act=act, drafts=[self._member(one) for one in arrivals])
        self.members |= dict(zip([one.person for one in arrivals], made, strict=True))

    def _member(self, one: Arrival) -> MemberDraft:
        person = one.person
        return MemberDraft(
            person.name,
            PartialDate(person.born, Precision.YEAR if person.only_year else Precision.DAY),
            FirstEntry(one.kind, one.day, self.units[one.cell], one.official, one.outside, self._decision(one)),
            file_number=person.file_number,
            card_number=one.card_number,
            identity_number=person.identity_number,
            admitted_on=one.admitted_on,
            recognised_on=one.recognised_on,
            traits=(
                (Trait.SEX, person.sex),
                (Trait.EDUCATION, person.education),
                (Trait.THEORY, person.theory),
            ),
        )

    def _entry(self, step: Step) -> EntryDraft:
        return EntryDraft(
            self.members[step.person],
            step.kind,
            step.day,
            self.units[step.cell],
            from_unit=self.units[step.start] if step.start else None,
            to_unit=self.units[step.goal] if step.goal else None,
            outside=step.outside,
            temporary=step.temporary,
            how=step.how,
            round=step.round,
            card_number=step.card_number,
            sent=self.letters[step.letter] if step.letter else None,
            decision=self._decision(step),
        )

    def _number_decisions(self, chapter: Chapter) -> None:
        """Numbers run through the year in the order of days, whatever is decided."""
        decided: list[Arrival | Step | Punishment] = [*chapter.punishments]
        decided += [one for one in chapter.arrivals if one.kind in _DECIDED]
        decided += [one for one in chapter.steps if one.kind in _DECIDED]
        self.decisions = {}
        for one in sorted(decided, key=lambda one: one.day):
            self.numbers[one.day.year] += 1
            number = f"{self.numbers[one.day.year]}-QĐ/{self.symbol}"
            self.decisions[id(one)] = Decision(number, one.day, self.issuer)

    def _decision(self, one: Arrival | Step | Punishment) -> Decision:
        return self.decisions.get(id(one), Decision())
