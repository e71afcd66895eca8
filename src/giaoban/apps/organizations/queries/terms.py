"""Terms of committees on a day, those that end soon, and what is proposed for the next one."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from giaoban.apps.accounts.models import User
from giaoban.apps.organizations.models import TermEntry, Unit
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.apps.organizations.rules import RuleValue
from giaoban.apps.organizations.terms import Sizes, Term, TermFact, last_day_of, replay_terms
from giaoban.core.errors import NotFound

# What the replay needs of an entry; by itself, for of a whole committee there are hundreds.
_FACT = (
    "unit_id",
    "pk",
    "kind",
    "effective_date",
    "name",
    "until",
    "committee_size",
    "standing_size",
    "inspection_size",
)


@dataclass(frozen=True, slots=True)
class ProposedTerm:
    """What the rule of the day makes of a term that begins then: proposed, never imposed."""

    name: str
    until: date
    rule: RuleValue


def fact_of(entry: TermEntry) -> TermFact:
    """Return what the replay needs of an entry."""
    sizes = Sizes(entry.committee_size, entry.standing_size, entry.inspection_size)
    return TermFact(entry.pk, entry.kind, entry.effective_date, entry.name, entry.until, sizes)


def terms_of(unit_ids: Iterable[int] | QuerySet[Any]) -> dict[int, tuple[Term, ...]]:
    """Return the terms of units (keys, or a query for them) in order of time; one query however many units."""
    facts: dict[int, list[TermFact]] = defaultdict(list)
    wanted = unit_ids if isinstance(unit_ids, QuerySet) else set(unit_ids)
    rows = TermEntry.objects.live().filter(unit_id__in=wanted).values_list(*_FACT)
    for unit, pk, kind, day, name, until, *sizes in rows:
        facts[unit].append(TermFact(pk, kind, day, name, until, Sizes(*sizes)))
    return {unit: replay_terms(str(unit), found) for unit, found in facts.items()}


def terms_on(unit_ids: Iterable[int] | QuerySet[Any], day: date) -> dict[int, Term]:
    """Return the term that ran in each unit (keys, or a query for them) on a day, even past its last day."""
    found = {}
    for unit, terms in terms_of(unit_ids).items():
        running = next((term for term in terms if term.covers(day)), None)
        if running is not None:
            found[unit] = running
    return found


def term_on(unit: Unit, day: date) -> Term | None:
    """Return the term that ran in a unit on a day; None where none is recorded."""
    return terms_on([unit.pk], day).get(unit.pk)


def terms_ending(unit_ids: Iterable[int], day: date, *, months: int) -> dict[int, Term]:
    """Return the running terms whose last day meant has passed or comes within so many months after a day."""
    horizon = last_day_of(day, months)
    return {
        unit: term for unit, term in terms_on(unit_ids, day).items() if term.until is not None and term.until <= horizon
    }


def proposed_term(unit: Unit, day: date) -> ProposedTerm | None:
    """Return the name and last day that the rule in force gives to a term beginning on a day.

    None where the unit does not stand or its kind has no terms. Điều lệ Đảng, điều 22 and 24: five years; a cell under
    a đảng ủy cơ sở twice in five years.
    """
    kind = kind_on(kind_spans([unit.pk])[unit.pk], day)
    if kind is None or not kind.term:
        return None
    rule = rule_for(kind.term, unit, day)
    until = last_day_of(day, rule.whole)
    return ProposedTerm(f"{day.year} - {until.year}", until, rule)


def find_term_entry(user: User, uid: uuid.UUID, *, today: date) -> TermEntry:
    """Return an event of a term of a unit in the person's scope; also one that was corrected.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    seen = Unit.objects.visible_to(user, today=today)
    found: TermEntry | None = (
        TermEntry.objects.filter(uid=uid, unit__in=seen).select_related("unit", "corrected_by__actor").first()
    )
    if found is None:
        raise NotFound("Không tìm thấy lần ghi này trong phạm vi của đồng chí")
    return found
