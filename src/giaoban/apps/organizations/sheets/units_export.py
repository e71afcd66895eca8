"""The register of units taken away as rows of its own sheet."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef

from giaoban.apps.organizations.kinds import UnitKind
from giaoban.apps.organizations.models import Ancestry, OfficialCode, RegisterUse, Unit, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations._replay import begins
from giaoban.apps.organizations.sheets.columns import COLUMNS, EVENTS
from giaoban.apps.sheets.columns import YES_NO
from giaoban.apps.sheets.listing import Cell


def unit_rows(unit: Unit) -> tuple[list[tuple[Cell, ...]], int]:
    """Return the live events of units that stood at or under a unit on their day, as rows of the sheet, by day.

    Beside them how many events are left out: what splits, merges and consolidations do has no row of its own, and
    would not come in again as it was. Clusters and sectors have their own sheet. Three queries.
    """
    # Half-open spells: a unit that ends stood there until the day before its end.
    stood = Ancestry.objects.filter(
        ancestor=unit,
        descendant=OuterRef("subject"),
        valid_from__lte=OuterRef("effective_date"),
        valid_to__gte=OuterRef("effective_date"),
    )
    entries = UnitEntry.objects.live().filter(Exists(stood)).select_related("subject", "to_parent")
    codes = {(code.unit_id, code.valid_from): code.code for code in OfficialCode.objects.all()}
    in_use = dict(RegisterUse.objects.order_by("pk").values_list("unit_id", "in_use_from"))
    rows: list[tuple[Cell, ...]] = []
    left = 0
    for entry in entries.order_by("effective_date", "seq", "pk"):
        if entry.kind not in EVENTS:
            left += 1
            continue
        values = _values(entry) | {"official_code": codes.get((entry.subject_id, entry.effective_date), "")}
        if begins(entry.kind, entry.unit_kind):
            values["in_use_from"] = in_use.get(entry.subject_id)
        rows.append(tuple(values.get(column.key, "") for column in COLUMNS))
    return rows, left


def _values(entry: UnitEntry) -> dict[str, Any]:
    own = ("name", "short_name", "outside", "note", "decision_number", "decision_date", "decision_issuer", "ref")
    kind = str(UnitKind(entry.unit_kind).label) if entry.unit_kind else ""
    return {key: getattr(entry, key) for key in own} | {
        "code": entry.subject.code,
        "event": str(UnitEvent(entry.kind).label),
        "day": entry.effective_date,
        "parent": entry.to_parent.code if entry.to_parent is not None else "",
        "unit_kind": kind,
        "counts_as_established": YES_NO[True] if entry.counts_as_established else "",
    }
