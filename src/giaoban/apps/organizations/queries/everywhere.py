"""One count for every unit of a tree at once: facts climb from level to level instead of meeting every ancestor.

Decision D17: branches whose way up stays the same through the whole window climb without dates, one hash join a level;
only what stands below a change within the window is counted day by day over the ancestry. Nothing joins on a path.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet

from giaoban.apps.organizations.models import Ancestry
from giaoban.core.period import Window


@dataclass(frozen=True, slots=True)
class UnitCount:
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
    deepest: int = Ancestry.objects.aggregate(deepest=Max("depth"))["deepest"] or 0
    adapt = connection.ops.adapt_datefield_value
    start, end = adapt(window.start), adapt(window.end)
    text, days = _statement(sql, deepest)
    bound = [{"start": start, "end": end}[name] for name in days]
    with connection.cursor() as cursor:
        cursor.execute(text, [*parameters, *bound])
        while rows := cursor.fetchmany(20_000):
            for unit, kind, number in rows:
                yield UnitCount(unit, kind, number)


def _statement(facts: str, deepest: int) -> tuple[str, Sequence[str]]:
    """Return the statement and the names of the days that it takes after the parameters of the facts."""
    parts = [
        f"WITH entry (unit_id, kind, day) AS ({facts}), fact AS (SELECT unit_id, kind, day, COUNT(*) AS n FROM entry "
        "GROUP BY unit_id, kind, day)",
        # Units whose way up begins, ends or changes inside the window: few, and the only ones that need their days.
        ", turned AS (SELECT DISTINCT descendant_id AS unit_id FROM organizations_ancestry "
        "WHERE (valid_from > %s AND valid_from < %s) OR (valid_to >= %s AND valid_to < %s))",
        ", level0 AS (SELECT unit_id, kind, SUM(n) AS n FROM fact "
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
        ", dated AS (SELECT a.ancestor_id AS unit_id, f.kind, SUM(f.n) AS n FROM fact f "
        "JOIN turned t ON t.unit_id = f.unit_id JOIN organizations_ancestry a ON a.descendant_id = f.unit_id "
        # What is recorded on the day on which a unit ceases to stand counts where it stood on the eve.
        "AND ((a.valid_from <= f.day AND a.valid_to > f.day) OR (a.valid_from < f.day AND a.valid_to = f.day "
        "AND NOT EXISTS (SELECT 1 FROM organizations_ancestry b WHERE b.descendant_id = f.unit_id AND b.depth = 0 "
        "AND b.valid_from <= f.day AND b.valid_to > f.day))) GROUP BY a.ancestor_id, f.kind)"
    )
    levels = " UNION ALL ".join(f"SELECT unit_id, kind, n FROM level{depth}" for depth in range(deepest + 1))
    parts.append(
        f" SELECT unit_id, kind, SUM(n) FROM ({levels} UNION ALL SELECT unit_id, kind, n FROM dated) AS every "
        "GROUP BY unit_id, kind"
    )
    return "".join(parts), days
