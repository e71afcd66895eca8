"""What the register knows of the people whom a sheet of candidates names; by a fixed number of queries."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from giaoban.apps.audit.act import Act
from giaoban.apps.members.candidate_walk import RULES, CandidateFact
from giaoban.apps.members.models import Candidate, CandidateState, Member
from giaoban.apps.members.queries.candidate_threads import facts_of
from giaoban.apps.members.queries.standing import Stands, stands_of
from giaoban.apps.members.sheets.places import PlacesKnown, look_places
from giaoban.apps.organizations.queries.rulebook import RuleBook, rule_book
from giaoban.apps.sheets.reading import SheetRow
from giaoban.core.text_vi import fold

T = TypeVar("T")
_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement
# Unit (primary key), folded name, day of birth: by what a candidate is known again.
Key = tuple[int, str, date]


@dataclass(frozen=True, slots=True)
class KnownCandidate:
    """A candidate as the register has them, with the live steps by the uid of their entries."""

    pk: int
    full_name: str
    born: date
    unit: int
    state: str
    facts: dict[uuid.UUID, CandidateFact]


@dataclass(frozen=True, slots=True)
class KnownSponsor:
    """A member whom a row names by a number."""

    pk: int
    full_name: str
    unit: int


@dataclass(frozen=True, slots=True)
class CandidatesKnown:
    """What the register knows of these rows; plain values that can be compared."""

    places: PlacesKnown
    people: dict[Key, KnownCandidate]
    sponsors: dict[str, KnownSponsor]
    stands: dict[int, Stands]
    names: dict[int, str]
    book: RuleBook

    def key(self, row: SheetRow) -> Key | None:
        """Return by what the person of a row is known; None where unit or birth is not known."""
        unit = self.places.find(row["unit"]) if row["unit"] else None
        if unit is None or row["birth"] is None:
            return None
        return unit, fold(row["full_name"]), row["birth"].day


def look(act: Act, rows: Sequence[SheetRow]) -> CandidatesKnown:
    """Return what is known of the people and sponsors that the rows name."""
    places = look_places(act)
    candidates = [one for part in _parts(sorted({fold(row["full_name"]) for row in rows})) for one in _named(part)]
    facts = facts_of(one.pk for one in candidates)
    people: dict[Key, KnownCandidate] = {}
    for one in candidates:  # of several with one key the one under consideration, else the last
        key = one.unit_id, one.folded_name, one.birth_date
        known = people.get(key)
        if known is None or known.state != CandidateState.PREPARING:
            people[key] = KnownCandidate(
                one.pk, one.full_name, one.birth_date, one.unit_id, one.state, dict(facts.get(one.pk, {}))
            )
    sponsors: dict[str, KnownSponsor] = {}
    for part in _parts(sorted({row["sponsor"] for row in rows} - {""})):
        for field in ("card_number", "file_number"):
            members = Member.objects.filter(**{f"{field}__in": part})
            for number, pk, name, unit in members.values_list(field, "pk", "full_name", "unit_id"):
                sponsors[number] = KnownSponsor(pk, name, unit)
    recorded = {fact.sponsor for one in people.values() for fact in one.facts.values() if fact.sponsor is not None}
    wanted = recorded | {one.pk for one in sponsors.values()}
    names: dict[int, str] = {}
    for keys in _parts(sorted(wanted)):
        names |= dict(Member.objects.filter(pk__in=keys).values_list("pk", "full_name"))
    units = {unit for row in rows if row["unit"] and (unit := places.find(row["unit"])) is not None}
    return CandidatesKnown(places, people, sponsors, stands_of(wanted), names, rule_book(RULES, units))


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))


def _named(folded: Sequence[str]) -> list[Candidate]:
    return list(Candidate.objects.filter(folded_name__in=folded).order_by("pk"))
