"""What the dated rules say of committees on a day: for one unit, or for all units of a committee at the same cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from giaoban.apps.members.committee_rules import (
    RULES,
    CommitteeState,
    Finding,
    Seat,
    Verdict,
    judge_committee,
)
from giaoban.apps.members.models import MembershipSpell
from giaoban.apps.members.queries.office_holders import HeldOffice, offices_held
from giaoban.apps.organizations.models import on_day
from giaoban.apps.organizations.queries.rulebook import rule_book
from giaoban.apps.organizations.queries.standing import KindSpans, kind_on, kind_spans, registers_kept
from giaoban.apps.organizations.queries.terms import terms_on
from giaoban.apps.organizations.rules import RuleValue
from giaoban.apps.organizations.terms import Term


class Asked(NamedTuple):
    """Of which kinds units (by key) were, and which terms run there on a day."""

    kinds: KindSpans
    terms: Mapping[int, Term]

    @classmethod
    def of(cls, unit_ids: Iterable[int], day: date) -> Asked:
        """Ask for both; two queries."""
        wanted = set(unit_ids)
        return cls(kind_spans(wanted), terms_on(wanted, day))


def committee_findings(
    unit_ids: Iterable[int], day: date, *, held: Sequence[HeldOffice] | None = None, asked: Asked | None = None
) -> dict[int, tuple[Finding, ...]]:
    """Return for each unit (by key) that stands on a day what is wrong with its committee, then what is not known.

    Units about which there is nothing to say are left out; the number of queries does not grow with the units.

    Args:
        unit_ids: by key.
        day: the committee and the rules of this day.
        held, asked: who holds the offices, of which kinds the units are and which terms run there, where the caller
            has asked already.
    """
    states = committee_states(unit_ids, day, held=held, asked=asked)
    book = rule_book(RULES, states)
    found = {}
    for unit, state in states.items():

        def rule(key: str, unit: int = unit) -> RuleValue:
            return book.value(key, unit, day)

        told = [one for one in judge_committee(state, rule) if one.verdict is not Verdict.RIGHT]
        if told:
            found[unit] = tuple(sorted(told, key=lambda one: one.verdict is Verdict.UNKNOWN))
    return found


def committee_states(
    unit_ids: Iterable[int], day: date, *, held: Sequence[HeldOffice] | None = None, asked: Asked | None = None
) -> dict[int, CommitteeState]:
    """Return what the registers know of the committees of units (by key) that stand on a day."""
    spans, terms = asked or Asked.of(unit_ids, day)
    known = {unit: kind for unit, rows in spans.items() if (kind := kind_on(rows, day)) is not None and kind.offices}
    seats: dict[int, list[Seat]] = defaultdict(list)
    for one in offices_held(known, day) if held is None else held:
        # Who should leave the office is told as that, not as somebody from elsewhere.
        seats[one.unit].append(Seat(one.member, one.full_name, one.office, one.inside or one.to_end))
    cells = {unit for unit, kind in known.items() if kind.members}
    official = _official_members(cells, day)
    kept = registers_kept(("members", "committees"), known, day)
    return {
        unit: CommitteeState(
            kind,
            day,
            tuple(seats[unit]),
            official.get(unit, 0) if kind.members and unit in kept["members"] else None,
            terms.get(unit),
            unit in kept["committees"],
        )
        for unit, kind in known.items()
    }


def _official_members(cells: set[int], day: date) -> dict[int, int]:
    rows = MembershipSpell.objects.filter(on_day(day), unit_id__in=cells, official=True)
    return dict(rows.order_by().values_list("unit_id").annotate(number=Count("pk")))
