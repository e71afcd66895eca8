"""One count for every unit of a tree at once: facts climb from level to level instead of meeting every ancestor.

Decision D17: branches whose way up stays the same through the whole window climb without dates, one hash join a level;
only what stands below a change within the window is counted day by day over the ancestry. Nothing joins on a path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from giaoban.apps.organizations.kinds import kinds
from giaoban.core.period import Window


class UnitCount(NamedTuple):
    """How often something of a kind happened at or below a unit, each counted where it stood on the day."""

    unit: int
    kind: str
    number: int


def counts_everywhere(entries: QuerySet[Any], window: Window) -> Iterator[UnitCount]:
    """Count entries by kind for every unit at or above which they happened, in one statement.

    Args:
        entries: rows of one journal with ``unit_id``, ``kind`` and ``effective_date``; those outside the window are
            left out.
        window: the days, half-open.
    """
    facts = (
        entries.order_by()
        .filter(effective_date__gte=window.start, effective_date__lt=window.end)
        .values_list("unit_id", "kind", "effective_date")
    )
    sql, parameters = facts.query.sql_with_params()
    adapt = connection.ops.adapt_datefield_value
    start, end = adapt(window.start), adapt(window.end)
    text, days = _statement(sql, max(_levels_below(kind) for kind in kinds()))
    bound = [{"start": start, "end": end}[name] for name in days]
    with connection.cursor() as cursor:
        cursor.execute(text, [*parameters, *bound])
        while rows := cursor.fetchmany(20_000):
            yield from map(UnitCount._make, rows)


@cache
def _levels_below(kind: str) -> int:
    """How many levels may stand under a unit of a kind; a level that is empty costs nothing."""
    return max((1 + _levels_below(child) for child in kinds()[kind].children), default=0)


def _statement(facts: str, deepest: int) -> tuple[str, Sequence[str]]:
    """Return the statement and the names of the days that it takes after the parameters of the facts."""
    parts = [
        f"WITH entry (unit_id, kind, day) AS ({facts})",
        # Units whose place begins, ends or changes inside the window, and all that ever stood under them: few, and the
        # only ones whose way up may change, so that they need their days.
        ", turned AS (SELECT DISTINCT descendant_id AS unit_id FROM organizations_ancestry WHERE ancestor_id IN ("
        "SELECT unit_id FROM organizations_placement "
        "WHERE (valid_from > %s AND valid_from < %s) OR (valid_to >= %s AND valid_to < %s)))",
        ", level0 AS (SELECT unit_id, kind, COUNT(*) AS n FROM entry "
        "WHERE unit_id NOT IN (SELECT unit_id FROM turned) GROUP BY unit_id, kind)",
        # On the first day of the window the others stand where they stand on every other day of it.
        ", standing AS (SELECT unit_id, parent_id FROM organizations_placement "
        "WHERE valid_from <= %s AND valid_to > %s)",
    ]
    days = ["start", "end", "start", "end", "start", "start"]
    parts += [
        f", level{depth} AS (SELECT s.parent_id AS unit_id, l.kind, SUM(l.n) AS n FROM level{depth - 1} l "
        "JOIN standing s ON s.unit_id = l.unit_id WHERE s.parent_id IS NOT NULL GROUP BY s.parent_id, l.kind)"
        for depth in range(1, deepest + 1)
    ]
    parts.append(
        ", dated AS (SELECT a.ancestor_id AS unit_id, f.kind, COUNT(*) AS n FROM entry f "
        "JOIN turned t ON t.unit_id = f.unit_id JOIN organizations_ancestry a ON a.descendant_id = f.unit_id "
        # What is recorded on the day on which a unit ceases to stand counts where it stood on the eve.
        "AND ((a.valid_from <= f.day AND a.valid_to > f.day) OR (a.valid_from < f.day AND a.valid_to = f.day "
        "AND NOT EXISTS (SELECT 1 FROM organizations_ancestry b WHERE b.descendant_id = f.unit_id AND b.depth = 0 "
        "AND b.valid_from <= f.day AND b.valid_to > f.day))) GROUP BY a.ancestor_id, f.kind)"
    )
    levels = " UNION ALL ".join(f"SELECT unit_id, kind, n FROM level{depth}" for depth in range(deepest + 1))
    parts.append(
        # PostgreSQL adds numbers up to its numeric type, which takes Python long to read.
        f" SELECT unit_id, kind, CAST(SUM(n) AS BIGINT) FROM ({levels} UNION ALL SELECT unit_id, kind, n FROM dated) "
        "AS every GROUP BY unit_id, kind"
    )
    return "".join(parts), days
