"""Writes the ancestry of units whose place changed, and of all that ever stood below them; only rows that differ.

A move high in the tree leaves most rows of those below as they were: their way up to the unit that moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.organizations.models import Ancestry, Placement
from giaoban.apps.organizations.operations._replay import Span, ancestry_of

# Ancestor, descendant, depth, from, to.
Row = tuple[int, int, int, date, date]
_FIELDS = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")
_MOST = 20_000  # SQLite takes at most 32,766 values in one statement


class Changes(NamedTuple):
    """The ancestry of the units of which any row changed, as it was and as it is: ancestor, descendant, from, to."""

    before: list[tuple[int, int, date, date]]
    after: list[tuple[int, int, date, date]]
    since: date


def rebuild_ancestry(changed: Collection[int]) -> Changes:
    """This function will write the ancestry of units whose placements were just written, and of all below them.

    The caller holds the transaction and the lock on the tree. The queries grow with the levels of the tree, and by one
    for each so many thousand rows; not with the units.

    Returns what changed.

    Raises:
        InvalidInput: the way up of a unit runs in a circle.
    """
    affected = _with_all_below(changed)
    placements = placements_upward(affected)
    fresh: set[Row] = {
        (row.ancestor, row.descendant, row.depth, row.start, row.end)
        for pk in affected
        for row in ancestry_of(pk, placements)
    }
    stale: dict[int, Row] = {}
    same: list[Row] = []
    for some in _some(sorted(affected)):
        for pk, *row in Ancestry.objects.filter(descendant__in=some).values_list("pk", *_FIELDS):
            known: Row = (row[0], row[1], row[2], row[3], row[4])
            if known in fresh:
                fresh.remove(known)
                same.append(known)
            else:
                stale[pk] = known
    for some in _some(list(stale)):
        Ancestry.objects.filter(pk__in=some).delete()
    insert_rows(Ancestry, _FIELDS, sorted(fresh))
    return _changes(stale.values(), fresh, same)


def _changes(stale: Collection[Row], fresh: Collection[Row], same: Iterable[Row]) -> Changes:
    differing = [*stale, *fresh]
    units = {row[1] for row in differing}
    stayed = [(row[0], row[1], row[3], row[4]) for row in same if row[1] in units]
    # What differs in its depth alone is the same stay; the day on which it begins is early enough in any case.
    return Changes(
        [*stayed, *((row[0], row[1], row[3], row[4]) for row in stale)],
        [*stayed, *((row[0], row[1], row[3], row[4]) for row in fresh)],
        _first_change({row[:2] + row[3:] for row in stale}, {row[:2] + row[3:] for row in fresh}),
    )


def _first_change(stale: set[tuple[Any, ...]], fresh: set[tuple[Any, ...]]) -> date:
    """Return the first day on which a stay differs: of one that only ends otherwise the earlier of both ends."""
    ends: dict[tuple[Any, ...], set[date]] = defaultdict(set)
    for *key, end in stale ^ fresh:
        ends[tuple(key)].add(end)
    return min((min(found) if len(found) > 1 else key[2] for key, found in ends.items()), default=date.max)


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + _MOST] for start in range(0, len(keys), _MOST))


def _with_all_below(changed: Collection[int]) -> set[int]:
    """Level by level (decision D17): one query a level, however wide it is."""
    found, level = set(changed), set(changed)
    while level:
        below = set(Placement.objects.filter(parent_id__in=level).values_list("unit_id", flat=True))
        level = below - found
        found |= level
    return found


def placements_upward(units: Collection[int]) -> dict[int, list[Span[int | None]]]:
    """Return the placements of the units and of all that was ever above them; one query a level."""
    placements: dict[int, list[Span[int | None]]] = defaultdict(list)
    level = set(units)
    while level:
        parents: set[int] = set()
        for pk, parent, start, end in Placement.objects.filter(unit_id__in=level).values_list(
            "unit_id", "parent_id", "valid_from", "valid_to"
        ):
            placements[pk].append(Span(parent, start, end))
            if parent is not None:
                parents.add(parent)
        level = parents - placements.keys()
    return placements
