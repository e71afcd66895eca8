"""All that is derived from the journals, as plain rows: to see whether an act that was taken back left anything."""

from __future__ import annotations

from typing import Any

from giaoban.apps.members.models import (
    Candidate,
    Member,
    MembershipSpell,
    OfficeTerm,
    RollCount,
    VisitAssignment,
    WaitingLetter,
)
from giaoban.apps.organizations.models import (
    Ancestry,
    Grant,
    GroupMembership,
    OfficialCode,
    Placement,
    UnitKindSpan,
    UnitName,
)
from giaoban.apps.reporting.queries.figures import catalogue, compute_figures
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Parts

_PLACED: dict[str, tuple[Any, tuple[str, ...]]] = {
    "placements": (Placement, ("unit__code", "parent__code", "valid_from", "valid_to")),
    "names": (UnitName, ("unit__code", "name", "valid_from", "valid_to")),
    "kinds": (UnitKindSpan, ("unit__code", "kind", "valid_from", "valid_to")),
    "ancestry": (Ancestry, ("ancestor__code", "descendant__code", "depth", "valid_from", "valid_to")),
    "groups": (GroupMembership, ("group", "unit__code", "valid_from", "valid_to")),
    "codes": (OfficialCode, ("unit__code", "code", "valid_from", "valid_to")),
    "grants": (Grant, ("user", "unit__code", "role", "valid_from", "valid_to")),
    "members": (Member, ("pk", "unit__code", "state", "badge_years")),
    "letters": (WaitingLetter, ("entry", "from_unit__code", "to_unit__code")),
    "rolls": (RollCount, ("unit__code", "official", "valid_from", "valid_to", "members")),
    "spells": (MembershipSpell, ("member", "unit__code", "official", "origin", "valid_from", "valid_to")),
    "offices": (OfficeTerm, ("member", "unit__code", "office", "valid_from", "valid_to")),
    "candidates": (Candidate, ("pk", "unit__code", "state")),
    "visits": (VisitAssignment, ("member", "unit__code", "valid_from", "valid_to")),
}
UNITS = ("DUK", "DUK.01", "DUK.01.01", "DUK.01.02", "DUK.02", "XA")
PERIODS = ("2023-Q1", "2023-M04", "2023-Q2")


def figures(units: tuple[str, ...] = UNITS, periods: tuple[str, ...] = PERIODS) -> dict[Any, Any]:
    """Every figure of some units and periods, with breakdown, children and coverage."""
    asked = [
        FigureRequest(key, unit, Period.parse(period))
        for key in catalogue().keys
        for unit in units
        for period in periods
    ]
    found = compute_figures(asked, parts=Parts(previous=True, cumulative=True, breakdown=True, children=True))
    return {one.request: one for one in found}


def everything() -> dict[str, Any]:
    """All rows of all projections and dated tables, and all figures."""
    rows = {
        name: sorted(map(repr, model.objects.values_list(*fields)))
        if name != "grants"
        else set(model.objects.values_list(*fields))
        for name, (model, fields) in _PLACED.items()
    }
    return {**rows, "figures": figures()}
