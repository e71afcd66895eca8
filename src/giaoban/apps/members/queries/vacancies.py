"""Seats without a holder: offices that the kind of unit requires, and seats below the size decided for the term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from giaoban.apps.members.models import OfficeTerm
from giaoban.apps.organizations.kinds import COMMITTEE, INSPECTION, STANDING_COMMITTEE, Kind, Office, kinds
from giaoban.apps.organizations.models import Ancestry, TermEntry, Unit, UnitKindSpan, on_day
from giaoban.apps.organizations.queries.standing import kept_below, kind_on, kind_spans, units_keeping
from giaoban.apps.organizations.queries.terms import terms_on
from giaoban.apps.organizations.terms import Term

# Member (by key), office, from, to (half-open).
Span = tuple[int, str, date, date]
_BODIES = (
    ("committee", "cấp ủy viên", COMMITTEE),
    ("standing", "ủy viên ban thường vụ", STANDING_COMMITTEE),
    ("inspection", "ủy viên ủy ban kiểm tra", INSPECTION),
)

_NAMED = 2_000  # so many units are asked for by name; of more the whole tree below is read

# Of these bodies the size that a term decides.
_SIZES = ("committee_size", "standing_size", "inspection_size")


@dataclass(frozen=True, slots=True)
class Vacancy:
    """``missing`` seats are without a holder since ``since``; ``held_before``: somebody held them until then.

    ``office`` is the code of an office, or committee, standing, inspection for seats of a body.
    """

    office: str
    name: str
    missing: int
    since: date
    held_before: bool


class Short(NamedTuple):
    """A unit that may have a vacancy: its kind, and since when it has that kind."""

    code: str
    kind: Kind
    begin: date


def units_short_of_people(unit: Unit, day: date) -> dict[int, Short]:
    """Return, by key, the units at or under a unit that may have a vacancy on a day: who else has none.

    Asked by the set: an office that the kind requires and nobody holds, fewer people in a body than a term's size.
    One query.
    """
    held = OfficeTerm.objects.filter(on_day(day), unit=OuterRef("unit"))
    short = Q()
    for office in sorted({office for kind in kinds().values() for office in kind.required}):
        obliged = [kind.code for kind in kinds().values() if office in kind.required]
        short |= Q(kind__in=obliged) & Q(~Exists(held.filter(office=office)))
    fewer = Q()
    for field, (_body, _name, offices) in zip(_SIZES, _BODIES, strict=True):
        people = held.filter(unit=OuterRef("unit"), office__in=offices).order_by().values("unit")
        number = Subquery(people.annotate(number=Count("member", distinct=True)).values("number"))
        # Most terms of cells decide no size: of those nobody is counted.
        fewer |= Q(**{f"{field}__isnull": False}) & Q(**{f"{field}__gt": Coalesce(number, 0)})
    short |= Q(Exists(TermEntry.objects.filter(fewer, unit=OuterRef("unit"))))
    below = Ancestry.objects.filter(on_day(day), ancestor=unit).values("descendant")
    spans = UnitKindSpan.objects.filter(on_day(day), short, unit__in=below)
    rows = spans.values_list("unit_id", "unit__code", "kind", "valid_from")
    return {pk: Short(code, kinds()[kind], begin) for pk, code, kind, begin in rows}


def vacancies(unit_ids: Iterable[int], day: date) -> dict[int, tuple[Vacancy, ...]]:
    """Return the vacancies of units (by key) on a day; units that have none or keep no register then are left out.

    The number of queries does not grow with the units.
    """
    spans = kind_spans(unit_ids)
    known = {unit: kind for unit, rows in spans.items() if (kind := kind_on(rows, day)) is not None and kind.offices}
    known = {unit: known[unit] for unit in units_keeping("committees", known, day)}
    held = _held(OfficeTerm.objects.filter(unit_id__in=known), day)
    terms = terms_on(known, day)
    found = {}
    for unit, kind in known.items():
        begin = next(first for _kind, first, last in spans[unit] if first <= day < last)
        told = vacancies_of(kind, begin, held[unit], terms.get(unit), day)
        if told:
            found[unit] = told
    return found


def _held(terms: QuerySet[OfficeTerm], day: date) -> dict[int, list[Span]]:
    """Return who held which office up to a day, by unit, in the order of time; one query."""
    held: dict[int, list[Span]] = defaultdict(list)
    rows = terms.filter(valid_from__lte=day).order_by("valid_from")
    for unit, member, office, start, end in rows.values_list(
        "unit_id", "member_id", "office", "valid_from", "valid_to"
    ):
        held[unit].append((member, office, start, end))
    return held


def vacancies_below(unit: Unit, short: Mapping[int, Short], day: date) -> dict[int, tuple[Vacancy, ...]]:
    """Return the same of those of the units under a unit that may have one; asked by the unit, they are many."""
    wanted = {pk: one for pk, one in short.items() if one.kind.offices}
    keeping = kept_below("committees", unit, day, wanted)
    known: Collection[int] | QuerySet[Any] = keeping
    if len(keeping) > _NAMED:
        known = Ancestry.objects.filter(on_day(day), ancestor=unit).values("descendant")
    held = _held(OfficeTerm.objects.filter(unit_id__in=known), day)
    terms = terms_on(known, day)
    found = {
        pk: vacancies_of(one.kind, one.begin, held.get(pk, ()), terms.get(pk), day)
        for pk, one in wanted.items()
        if pk in keeping
    }
    return {pk: told for pk, told in found.items() if told}


def vacancies_of(kind: Kind, begin: date, held: Sequence[Span], term: Term | None, day: date) -> tuple[Vacancy, ...]:
    """Return the vacancies of one unit on a day. Pure.

    Args:
        kind: its kind that day, since ``begin``.
        held: who held which of its offices, up to that day.
        term: the running one.
        day: the day that is asked about.
    """
    found = []
    for office in kind.required:
        spans = [span for span in held if span[1] == office]
        if not any(start <= day < end for _member, _office, start, end in spans):
            last = max((end for *_rest, end in spans), default=begin)
            name = kind.office_name(Office(office))
            found.append(Vacancy(office, name, 1, max(last, begin), last > begin))
    if term is not None:
        sizes = {
            "committee": term.sizes.committee,
            "standing": term.sizes.standing,
            "inspection": term.sizes.inspection,
        }
        for body, name, offices in _BODIES:
            size = sizes[body]
            spans = [span for span in held if span[1] in offices]
            people = _people(spans, day)
            if size is not None and people < size:
                since, before = _below_since(spans, size, term.start, day)
                found.append(Vacancy(body, name, size - people, since, before))
    return tuple(found)


def _people(spans: Iterable[Span], day: date) -> int:
    return len({member for member, _office, start, end in spans if start <= day < end})


def _below_since(spans: Sequence[Span], size: int, begin: date, day: date) -> tuple[date, bool]:
    """Return since when there were fewer people than seats, without a break up to ``day``; whether it was ever full."""
    turns = {turn for _member, _office, start, end in spans for turn in (start, end) if begin < turn <= day}
    since = day
    for turn in sorted({begin, *turns}, reverse=True):
        if _people(spans, turn) >= size:
            return since, True
        since = turn
    return since, False
