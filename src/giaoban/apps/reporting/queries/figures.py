"""The one entry to numbers for screens, commands and reports: the engine over the registers of this office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from django.utils import timezone

from giaoban.apps.directives.queries.annual import SqlTargets
from giaoban.apps.inspection.measures.declarations import DISCIPLINE
from giaoban.apps.inspection.measures.declarations import MEASURES as INSPECTION_MEASURES
from giaoban.apps.inspection.measures.registers import DisciplineRegister
from giaoban.apps.meetings.measures.declarations import ATTENDANCE, CONFERENCES, MEETINGS
from giaoban.apps.meetings.measures.declarations import MEASURES as MEETINGS_MEASURES
from giaoban.apps.meetings.measures.registers import (
    ATTENDANCE_REGISTER,
    CONFERENCES_REGISTER,
    MEETINGS_REGISTER,
)
from giaoban.apps.members.measures.candidate_register import CandidatesRegister
from giaoban.apps.members.measures.candidates import CANDIDATES
from giaoban.apps.members.measures.candidates import MEASURES as CANDIDATE_MEASURES
from giaoban.apps.members.measures.declarations import MEASURES as MEMBERS_MEASURES
from giaoban.apps.members.measures.declarations import MEMBERS
from giaoban.apps.members.measures.life import ABSENCES, HONOURS, RATINGS, VETTING
from giaoban.apps.members.measures.life import MEASURES as LIFE_MEASURES
from giaoban.apps.members.measures.life_registers import (
    AbsencesRegister,
    HonoursRegister,
    RatingsRegister,
    VettingRegister,
)
from giaoban.apps.members.measures.registers import MembersRegister, OfficesRegister
from giaoban.apps.obligations.measures.declarations import MEASURES as OBLIGATIONS_MEASURES
from giaoban.apps.obligations.measures.declarations import OBLIGATIONS
from giaoban.apps.obligations.measures.registers import ObligationsRegister
from giaoban.apps.organizations.measures.declarations import COMMITTEES, ORGANIZATIONS
from giaoban.apps.organizations.measures.declarations import MEASURES as ORGANIZATIONS_MEASURES
from giaoban.apps.organizations.measures.registers import CommitteesRegister, OrganizationsRegister
from giaoban.apps.organizations.queries.places import SqlCalendar, SqlPlaces, SqlUse
from giaoban.apps.reporting.measures.declarations import MEASURES as VALUE_MEASURES
from giaoban.apps.reporting.queries.values import OfficeCatalogue, SqlValues
from giaoban.figures import (
    ALL_PARTS,
    Catalogue,
    Evidence,
    Figure,
    FigureRequest,
    FlowAsk,
    Line,
    Measure,
    Parts,
    Register,
    Sources,
    StockAsk,
    Tally,
    compute_many,
    explain,
)
from giaoban.figures.registers import Calendar


class JoinedRegister:
    """One register that is kept in several journals: each part answers for its own facts."""

    def __init__(self, name: str, parts: Mapping[frozenset[str], Register]) -> None:
        self.name = name
        self._parts = parts

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return the tallies of all parts."""
        for register, own in self._split(ask):
            yield from register.flows(own)

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the entries of all parts, part by part."""
        for register, own in self._split(ask):
            yield from register.flow_lines(own)

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return the tallies of the part that has the fact."""
        for facts, register in self._parts.items():
            if ask.fact in facts:
                yield from register.stocks(ask)

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the states of the part that has the fact."""
        for facts, register in self._parts.items():
            if ask.fact in facts:
                yield from register.stock_lines(ask)

    def _split(self, ask: FlowAsk) -> Iterator[tuple[Register, FlowAsk]]:
        for facts, register in self._parts.items():
            own = {fact: dimensions for fact, dimensions in ask.facts.items() if fact in facts}
            if own:
                yield register, replace(ask, facts=own)


@cache
def shipped_catalogue() -> Catalogue:
    """Return all measures of this program, without those that offices declared themselves; no database is read."""
    return Catalogue(
        (
            *ORGANIZATIONS_MEASURES,
            *MEMBERS_MEASURES,
            *CANDIDATE_MEASURES,
            *LIFE_MEASURES,
            *MEETINGS_MEASURES,
            *INSPECTION_MEASURES,
            *OBLIGATIONS_MEASURES,
            *VALUE_MEASURES,
        )
    )


def catalogue() -> Catalogue:
    """Return all measures: those of this program and those that offices ask for themselves."""
    return OfficeCatalogue(shipped_catalogue())


def is_reported(measure: Measure) -> bool:
    """Tell whether only the numbers that units report answer a measure, since it has no register (yet)."""
    return measure.rate is None and measure.register not in {*_registers(), OBLIGATIONS}


def sources(calendar: Calendar | None = None, *, today: date | None = None, as_of: date | None = None) -> Sources:
    """Return the registers, tree, calendar and targets of this office.

    Args:
        calendar: instead of the office's own; checks of identities use the plain calendar.
        today: the last day of which anything is known, for what is counted only when it is due; the clock's without it.
        as_of: a day as of which duties are counted instead of the end of each period.
    """
    return Sources(
        catalogue=catalogue(),
        registers=_registers() | {OBLIGATIONS: ObligationsRegister(today or timezone.localdate(), as_of)},
        places=SqlPlaces(),
        calendar=calendar or SqlCalendar(),
        targets=SqlTargets(),
        use=SqlUse(),
        values=SqlValues(),
    )


def _registers() -> dict[str, Register]:
    """Return the registers that ask for no day."""
    committees: dict[frozenset[str], Register] = {
        CommitteesRegister.facts: CommitteesRegister(),
        OfficesRegister.facts: OfficesRegister(),
    }
    return {
        ORGANIZATIONS: OrganizationsRegister(),
        COMMITTEES: JoinedRegister(COMMITTEES, committees),
        MEMBERS: MembersRegister(),
        CANDIDATES: CandidatesRegister(),
        ABSENCES: AbsencesRegister(),
        HONOURS: HonoursRegister(),
        RATINGS: RatingsRegister(),
        VETTING: VettingRegister(),
        MEETINGS: MEETINGS_REGISTER,
        ATTENDANCE: ATTENDANCE_REGISTER,
        CONFERENCES: CONFERENCES_REGISTER,
        DISCIPLINE: DisciplineRegister(),
    }


def compute_figures(
    requests: Sequence[FigureRequest],
    *,
    parts: Parts = ALL_PARTS,
    tree_on: date | None = None,
    today: date | None = None,
) -> list[Figure]:
    """Return one figure for each request, in the same order; see ``figures.compute_many`` and ``sources``.

    Nobody's rights are asked here: screens come with a unit in the person's scope and hide what ``disclosure`` says.

    Raises:
        InvalidInput: there is no such measure. NotFound: there is no such unit.
    """
    return compute_many(sources(today=today), requests, parts=parts, tree_on=tree_on)


def explain_figure(request: FigureRequest, *, tree_on: date | None = None, today: date | None = None) -> Evidence:
    """Return the entries behind a figure; see ``figures.explain`` and ``sources``. Nobody's rights are asked here."""
    return explain(sources(today=today), request, tree_on=tree_on)
