"""Counts the members of units anew from their spells, day by day."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection

from giaoban.apps.members.models import RollCount
from giaoban.apps.organizations.models import Unit

_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement

# Both engines take this text as it is. Days on which as many come as go are no change.
_SQL = """
WITH steps AS (
    SELECT unit_id, official, valid_from AS day, 1 AS step FROM members_membershipspell {which}
    UNION ALL
    SELECT unit_id, official, valid_to, -1 FROM members_membershipspell {which}
), changes AS (
    SELECT unit_id, official, day, SUM(step) AS step FROM steps
    GROUP BY unit_id, official, day HAVING SUM(step) <> 0
), counts AS (
    SELECT unit_id, official, day AS valid_from,
        LEAD(day) OVER (PARTITION BY unit_id, official ORDER BY day) AS valid_to,
        SUM(step) OVER (PARTITION BY unit_id, official ORDER BY day) AS members
    FROM changes
)
SELECT unit_id, official, valid_from, valid_to, members FROM counts WHERE members > 0
"""
_INSERT = "INSERT INTO members_rollcount (unit_id, official, valid_from, valid_to, members) "


def recount_units(unit_ids: Collection[int]) -> None:
    """This function will write the roll counts of units whose spells were just written.

    The caller holds the transaction. Two who write spells of one unit at once wait here for each other: the second
    counts what the first wrote, too.
    """
    ordered = sorted(unit_ids)
    for start in range(0, len(ordered), _CHUNK):
        part = ordered[start : start + _CHUNK]
        if connection.features.has_select_for_no_key_update:
            # No key: rows that refer to the unit are written meanwhile, by those who wait here as well.
            list(Unit.objects.select_for_update(no_key=True).filter(pk__in=part).order_by("pk").values_list("pk"))
        RollCount.objects.filter(unit_id__in=part).delete()
        which = f"WHERE unit_id IN ({', '.join(['%s'] * len(part))})"
        with connection.cursor() as cursor:
            cursor.execute(_INSERT + _SQL.format(which=which), [*part, *part])


def recount_everything() -> None:
    """This function will write the roll counts of all units: after a table of spells was filled at once."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM members_rollcount")
        cursor.execute(_INSERT + _SQL.format(which=""))


def units_counted_otherwise() -> list[int]:
    """Return the keys of the units whose roll counts are not what their spells say, in order."""
    told = f"SELECT * FROM ({_SQL.format(which='')}) AS told"
    kept = "SELECT unit_id, official, valid_from, valid_to, members FROM members_rollcount"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT unit_id FROM ({told} EXCEPT {kept}) AS missing "
            f"UNION SELECT unit_id FROM ({kept} EXCEPT {told}) AS surplus ORDER BY 1"
        )
        return [pk for (pk,) in cursor.fetchall()]
