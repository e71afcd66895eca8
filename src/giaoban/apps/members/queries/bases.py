"""To which grassroots organisation a cell belonged, and since when somebody had been in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from giaoban.apps.members.models import SpellOrigin
from giaoban.apps.members.queries.standing import NOWHERE, Stand, stands_of
from giaoban.apps.organizations.kinds import GRASSROOTS
from giaoban.apps.organizations.models import Ancestry, UnitKindSpan

# A grassroots organisation (primary key) with the days, half-open, on which a unit belonged to it.
Bases = dict[int, list[tuple[int, date, date]]]


def bases_of(units: Iterable[int]) -> Bases:
    """Return for each unit (primary key) the grassroots organisations to which it belonged; two queries."""
    above = list(
        Ancestry.objects.filter(descendant__in=set(units)).values_list(
            "descendant_id", "ancestor_id", "valid_from", "valid_to"
        )
    )
    kinds: dict[int, list[tuple[date, date]]] = defaultdict(list)
    spans = UnitKindSpan.objects.filter(unit__in={ancestor for _unit, ancestor, *_days in above}, kind__in=GRASSROOTS)
    for unit, start, end in spans.values_list("unit_id", "valid_from", "valid_to"):
        kinds[unit].append((start, end))
    found: Bases = defaultdict(list)
    for unit, ancestor, start, end in above:
        for first, last in kinds[ancestor]:
            if max(start, first) < min(end, last):
                found[unit].append((ancestor, max(start, first), min(end, last)))
    return found


def since_in_base(people: Sequence[tuple[int, date]], *, unit: int) -> list[date | None]:
    """Return since when each member (primary key) had been, on a day, in the grassroots organisation of a unit.

    None: not in it on that day. Somebody whom an old roll took over was there before, nobody knows since when:
    ``date.min``. Three queries however many they are.
    """
    stands = stands_of(member for member, _day in people)
    bases = bases_of({unit, *(row.unit for found in stands.values() for row in found.rows)})
    return [_since(stands.get(member, NOWHERE).rows, day, bases, unit) for member, day in people]


def _base_on(bases: Bases, unit: int, day: date) -> int | None:
    return next((base for base, start, end in bases.get(unit, ()) if start <= day < end), None)


def _since(rows: tuple[Stand, ...], day: date, bases: Bases, unit: int) -> date | None:
    base = _base_on(bases, unit, day)
    since: date | None = None
    looked_at = day
    for row in reversed([one for one in rows if one.start <= day]):
        joins = row.start <= looked_at < row.end and _base_on(bases, row.unit, looked_at) == base
        if base is None or not joins:
            break
        if row.origin == SpellOrigin.OPENING:
            return date.min
        since, looked_at = row.start, row.start - timedelta(days=1)
    return since
