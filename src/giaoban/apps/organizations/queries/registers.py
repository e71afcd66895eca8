"""From which day each register is kept at a unit: its own day, else that of the nearest unit above it (decision D6)."""

from __future__ import annotations

from datetime import date

from giaoban.apps.organizations.models import Ancestry, RegisterUse, Unit, on_day


def registers_kept(unit: Unit, *, day: date) -> dict[str, RegisterUse]:
    """Return by register the row that speaks for a unit by its place on a day; two queries.

    A register without a row is not kept there: its numbers are not known, never 0.
    """
    ways = Ancestry.objects.filter(on_day(day), descendant=unit).order_by("-depth")
    depth = dict(ways.values_list("ancestor_id", "depth"))
    rows = RegisterUse.objects.filter(unit__in=depth).select_related("unit")
    return {row.register: row for row in sorted(rows, key=lambda row: -depth[row.unit_id])}
