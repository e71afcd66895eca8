"""The targets of a unit for a year, as a list."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from giaoban.apps.directives.models import AnnualTarget
from giaoban.apps.organizations.models import Unit


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target with its source."""

    measure: str
    value: Decimal
    source: str
    is_main: bool


def targets_of(unit: Unit, year: int) -> tuple[TargetLine, ...]:
    """Return the targets of a unit for a year, by measure, the main one of each first."""
    rows = AnnualTarget.objects.filter(unit=unit, year=year).order_by("measure", "-is_main", "source")
    return tuple(TargetLine(row.measure, row.value, row.source, row.is_main) for row in rows)
