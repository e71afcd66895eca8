"""The threads of candidates as they are recorded: facts of many at once, and the rules they are judged by."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from giaoban.apps.audit.act import HANOI
from giaoban.apps.members.candidate_walk import RULES, CandidateFact, CandidateThread, Rules, read_candidate
from giaoban.apps.members.models import Candidate, CandidateEntry, CandidateEvent
from giaoban.apps.organizations.kinds import UnitKind
from giaoban.apps.organizations.models import Ancestry, UnitKindSpan, on_day
from giaoban.apps.organizations.queries.rulebook import rule_book
from giaoban.apps.organizations.rules import RuleValue

_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement
_FIELDS = (
    "candidate_id",
    "uid",
    "actor__full_name",
    "recorded_at",
    "kind",
    "effective_date",
    "decision_number",
    "decision_date",
    "decision_issuer",
    "sponsor_id",
    "sponsor_body",
    "votes_for",
    "votes_of",
    "unit_id",
)


def facts_of(candidates: Iterable[int]) -> dict[int, dict[uuid.UUID, CandidateFact]]:
    """Return the live steps of candidates (primary keys) by the uid of the entry, in the order of recording."""
    ids = sorted(set(candidates))
    found: dict[int, dict[uuid.UUID, CandidateFact]] = defaultdict(dict)
    for start in range(0, len(ids), _CHUNK):
        rows = CandidateEntry.objects.live().filter(candidate__in=ids[start : start + _CHUNK]).order_by("pk")
        for candidate, uid, actor, at, kind, *values in rows.values_list(*_FIELDS):
            by = f"{actor} ghi lúc {at.astimezone(HANOI):%H:%M ngày %d/%m/%Y}"
            found[candidate][uid] = replace(CandidateFact(CandidateEvent(kind), *values), by=by)
    return found


def rules_of(candidates: Collection[Candidate]) -> dict[int, Rules]:
    """Return, by primary key, what tells the rules that hold for each candidate's cell on a day."""
    book = rule_book(RULES, {one.unit_id for one in candidates})

    def rules(unit: int) -> Rules:
        def value(key: str, day: date) -> RuleValue:
            return book.value(key, unit, day)

        return value

    return {one.pk: rules(one.unit_id) for one in candidates}


def threads_of(candidates: Collection[Candidate]) -> dict[int, CandidateThread]:
    """Return the threads of candidates by primary key; three queries however many they are."""
    facts, rules = facts_of(one.pk for one in candidates), rules_of(candidates)
    return {
        one.pk: read_candidate(one.full_name, one.birth_date, facts[one.pk].values(), rules[one.pk])
        for one in candidates
    }


def below_a_base(units: Collection[int], *, day: date) -> set[int]:
    """Return those of the units (primary keys) that stand below a grassroots committee on a day.

    There the committee resolves on an admission too; a grassroots cell proposes to the level above at once.
    """
    bases = UnitKindSpan.objects.filter(on_day(day), kind=UnitKind.GRASSROOTS_COMMITTEE).values("unit")
    rows = Ancestry.objects.filter(on_day(day), descendant__in=units, ancestor__in=bases, depth__gt=0)
    return set(rows.values_list("descendant_id", flat=True))
