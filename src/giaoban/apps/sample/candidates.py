"""Writes whom the cells consider at the end of the story, in every step, and the threads of those admitted last.

Nobody is admitted here: who has a decision was admitted in the story, and their thread is put beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import (
    Candidate,
    CandidateEvent,
    Member,
    MemberEntry,
    MemberEvent,
    MembershipSpell,
    MemberState,
)
from giaoban.apps.members.operations import (
    CandidateDraft,
    CandidateEntryDraft,
    add_candidates,
    record_candidate_entries,
)
from giaoban.apps.members.queries.candidate_threads import below_a_base
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.sample.facts import Facts
from giaoban.apps.sample.names import Ages, People
from giaoban.apps.sample.record import console
from giaoban.core.dates_vi import PartialDate, Precision

_SEEDS = {"MAU": 1951, "PHUONG": 1960}
_AGES = Ages(20, 40, women=52)
_DAY = timedelta(days=1)
_NUMBERS_FROM = 900_001
E = CandidateEvent
# Days from each step to the next one.
_GAPS = {
    E.CLASS_PASSED: 40,
    E.APPLIED: 60,
    E.SPONSORED: 45,
    E.VETTED: 25,
    E.CELL_RESOLVED: 12,
    E.BASE_RESOLVED: 7,
    E.PROPOSED: 25,
    E.DECIDED: 5,
    E.DECISION_RECEIVED: 12,
    E.CEREMONY: 0,
}
_STEPS = tuple(_GAPS)
# How many candidates have come to a step and no further; None: only entered by name.
_REACHED: dict[str, dict[CandidateEvent | None, int]] = {
    "MAU": {
        None: 2,
        E.CLASS_PASSED: 4,
        E.APPLIED: 4,
        E.SPONSORED: 4,
        E.VETTED: 4,
        E.CELL_RESOLVED: 4,
        E.BASE_RESOLVED: 3,
        E.PROPOSED: 3,
        E.STOPPED: 2,
    },
    "PHUONG": {E.CLASS_PASSED: 1, E.SPONSORED: 1, E.CELL_RESOLVED: 2, E.PROPOSED: 1},
}
# Of those admitted last, how many threads end with the decision, with its receipt, with the ceremony.
_ADMITTED: dict[str, dict[CandidateEvent, int]] = {
    "MAU": {E.DECIDED: 2, E.DECISION_RECEIVED: 2, E.CEREMONY: 8},
    "PHUONG": {E.DECIDED: 1, E.CEREMONY: 1},
}
_LEAST_OFFICIAL = 3


@dataclass(slots=True)
class CandidateWriter:
    """Writes for one committee, under the name of its clerk, after its whole story has been recorded."""

    known: Facts
    units: Mapping[str, Unit]
    committee: str
    clerk: User
    numbers: Counter[str] = field(default_factory=Counter)
    drafts: list[CandidateEntryDraft] = field(default_factory=list)

    def write(self) -> None:
        """This function will write the candidates and their steps."""
        last = self.known.quarters[self.committee][-1].period.end - _DAY
        rng = Random(_SEEDS[self.committee])
        officials = self._officials(last)
        based = below_a_base(officials, day=last)
        act = console(self.clerk, last + 2 * _DAY)
        plan: list[tuple[CandidateDraft, CandidateEvent | None, date, Decision]] = []
        plan += self._admitted(officials, last)
        people = People(rng, _NUMBERS_FROM)
        cells = sorted(officials)
        for reached, number in _REACHED[self.committee].items():
            fitting = [cell for cell in cells if cell in based] if reached == E.BASE_RESOLVED else cells
            for cell in rng.choices(fitting, k=number):
                sex = people.sex(_AGES.women)
                birth = PartialDate(people.birth(last, _AGES), Precision.DAY)
                draft = CandidateDraft(people.name(sex), birth, officials[cell][0].unit, sex)
                plan.append((draft, reached, last - timedelta(days=rng.randint(3, 40)), Decision()))
        made = add_candidates(act=act, drafts=[draft for draft, *_ in plan])
        for candidate, (_draft, reached, day, decision) in zip(made, plan, strict=True):
            self._tell(rng, candidate, reached, day, decision, officials[candidate.unit_id], candidate.unit_id in based)
        record_candidate_entries(act=act, drafts=self.drafts)

    def _officials(self, last: date) -> dict[int, list[Member]]:
        """Those who have been official members of a cell for a year, by cell; small cells are left out."""
        since = last - timedelta(days=400)
        below = Ancestry.objects.filter(on_day(last), ancestor__code=self.committee).values("descendant")
        spells = MembershipSpell.objects.filter(
            unit__in=below, official=True, valid_from__lte=since, valid_to__gt=last
        ).select_related("member__unit")
        found: dict[int, list[Member]] = defaultdict(list)
        for spell in spells.order_by("member__sort_key", "member_id"):
            found[spell.unit_id].append(spell.member)
        return {unit: members for unit, members in found.items() if len(members) >= _LEAST_OFFICIAL}

    def _admitted(
        self, officials: Mapping[int, Sequence[Member]], last: date
    ) -> Iterator[tuple[CandidateDraft, CandidateEvent | None, date, Decision]]:
        """Those who were admitted last and stand where they were admitted."""
        entries = MemberEntry.objects.live().filter(
            kind=MemberEvent.ADMITTED,
            unit__in=officials,
            effective_date__gt=last - timedelta(days=150),
            member__state=MemberState.PROBATIONARY,
            member__birth_precision=Precision.DAY,
        )
        found = [
            entry
            for entry in entries.select_related("member", "unit").order_by("-effective_date", "-pk")
            if entry.member.unit_id == entry.unit_id
        ]
        sexes = dict(
            Member.objects.filter(pk__in=[entry.member_id for entry in found], traits__trait="sex").values_list(
                "pk", "traits__value"
            )
        )
        for reached, number in _ADMITTED[self.committee].items():
            needs = timedelta(days=sum(_GAPS[step] for step in _STEPS[_STEPS.index(E.DECIDED) : _STEPS.index(reached)]))
            for _ in range(number):
                entry = next(one for one in found if one.effective_date + needs <= last)
                found.remove(entry)
                member = entry.member
                birth = PartialDate(member.birth_date, Precision.DAY)
                draft = CandidateDraft(member.full_name, birth, entry.unit, sexes.get(member.pk, ""))
                decision = Decision(entry.decision_number, entry.decision_date, entry.decision_issuer)
                yield draft, reached, entry.effective_date, decision

    def _tell(
        self,
        rng: Random,
        candidate: Candidate,
        reached: CandidateEvent | None,
        day: date,
        decision: Decision,
        officials: Sequence[Member],
        based: bool,
    ) -> None:
        """Tell the steps; ``day`` is that of the last one, of somebody admitted that of the decision."""
        if reached is None:
            return
        anchor = E.DECIDED if decision.number else reached
        if reached == E.STOPPED:
            self.drafts.append(CandidateEntryDraft(candidate, E.STOPPED, day))
            day, anchor, reached = day - timedelta(days=30), E.APPLIED, E.APPLIED
        at = _STEPS.index(anchor)
        for place, kind in enumerate(_STEPS[: _STEPS.index(reached) + 1]):
            if kind == E.BASE_RESOLVED and not based:
                continue
            gaps = [_GAPS[step] for step in _STEPS[min(place, at) : max(place, at)]]
            when = _weekday(day - timedelta(days=sum(gaps)) if place <= at else day + timedelta(days=sum(gaps)))
            self.drafts += self._step(rng, candidate, kind, day if kind == anchor else when, decision, officials)

    def _step(
        self,
        rng: Random,
        candidate: Candidate,
        kind: CandidateEvent,
        day: date,
        decision: Decision,
        officials: Sequence[Member],
    ) -> Iterator[CandidateEntryDraft]:
        match kind:
            case E.SPONSORED:
                for sponsor in rng.sample(list(officials), 2):
                    yield CandidateEntryDraft(candidate, kind, day, sponsor=sponsor)
            case E.CELL_RESOLVED:
                every = len(officials)
                votes = every - (1 if every > 6 and rng.random() < 0.3 else 0)
                yield CandidateEntryDraft(
                    candidate, kind, day, self._paper("NQ/CB", day), votes_for=votes, votes_of=every
                )
            case E.CLASS_PASSED:
                yield CandidateEntryDraft(candidate, kind, day, self._paper("GCN", day))
            case E.BASE_RESOLVED:
                yield CandidateEntryDraft(candidate, kind, day, self._paper("NQ/ĐU", day))
            case E.PROPOSED:
                yield CandidateEntryDraft(candidate, kind, day, self._paper("TTr/ĐU", day))
            case E.DECIDED:
                yield CandidateEntryDraft(candidate, kind, day, decision)
            case _:
                yield CandidateEntryDraft(candidate, kind, day)

    def _paper(self, letters: str, day: date) -> Decision:
        self.numbers[f"{letters} {day.year}"] += 1
        return Decision(f"{self.numbers[f'{letters} {day.year}']:02}-{letters}", day)


def _weekday(day: date) -> date:
    """The working day at or before a day, as far as weekends go."""
    return day - timedelta(days=max(0, day.weekday() - 4))
