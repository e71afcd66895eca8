"""Writes the ancestry of units whose place changed, and of all that ever stood below them; only rows that differ.

A move high in the tree leaves most rows of those below as they were: their way up to the unit that moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.organizations.models import Ancestry, Placement
from giaoban.apps.organizations.operations._replay import Span, ancestry_of

# Ancestor, descendant, depth, from, to.
Row = tuple[int, int, int, date, date]
_FIELDS = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")
_MOST = 20_000  # SQLite takes at most 32,766 values in one statement


def rebuild_ancestry(changed: Collection[int]) -> None:
    """This function will write the ancestry of units whose placements were just written, and of all below them.

    The caller holds the transaction and the lock on the tree. The queries grow with the levels of the tree, and by one
    for each so many thousand rows; not with the units.

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
    stale = []
    for some in _some(sorted(affected)):
        for pk, *row in Ancestry.objects.filter(descendant__in=some).values_list("pk", *_FIELDS):
            known: Row = (row[0], row[1], row[2], row[3], row[4])
            if known in fresh:
                fresh.remove(known)
            else:
                stale.append(pk)
    for some in _some(stale):
        Ancestry.objects.filter(pk__in=some).delete()
    insert_rows(Ancestry, _FIELDS, sorted(fresh))


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
