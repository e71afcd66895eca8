"""Which papers of a candidate's dossier are there, and which are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.dossier import ADMISSION, PaperKind, paper_kinds
from giaoban.apps.members.models import Candidate, CandidateEntry, DossierEntry, DossierEvent

_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a dossier: ``by_step``: a step that was recorded shows it, nobody ticked it."""

    kind: PaperKind
    filed: bool
    by_step: bool


def papers_of(candidate: Candidate, *, day: date, part: str = ADMISSION) -> tuple[Paper, ...]:
    """Return the papers of one part of a dossier as the rules of a day ask for them; two queries."""
    return papers_of_many([candidate], day=day, part=part)[candidate.pk]


def papers_of_many(
    candidates: Collection[Candidate], *, day: date, part: str = ADMISSION
) -> dict[int, tuple[Paper, ...]]:
    """Return the papers of many dossiers by primary key; two queries for 5,000 of them.

    What somebody ticked or took back decides; without that the step of the thread that cannot be without the paper.
    """
    keys = sorted(one.pk for one in candidates)
    ticked: dict[int, dict[str, bool]] = defaultdict(dict)
    steps: dict[int, set[str]] = defaultdict(set)
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        entries = DossierEntry.objects.live().filter(candidate__in=chunk).order_by("pk")
        for pk, code, kind in entries.values_list("candidate_id", "code", "kind"):
            ticked[pk][code] = kind == DossierEvent.FILED
        for pk, step in CandidateEntry.objects.live().filter(candidate__in=chunk).values_list("candidate_id", "kind"):
            steps[pk].add(step)
    kinds = [kind for kind in paper_kinds().values() if kind.part == part and kind.holds(day)]
    return {
        pk: tuple(
            Paper(
                kind,
                ticked[pk].get(kind.code, kind.step in steps[pk]),
                kind.code not in ticked[pk] and kind.step in steps[pk],
            )
            for kind in kinds
        )
        for pk in keys
    }
