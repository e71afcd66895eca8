"""Official codes of units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.organizations.models import OPEN_END, OfficialCode, Unit, on_day


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A code with its first and its last day (None: it holds)."""

    code: str
    first_day: date
    last_day: date | None


def official_codes(unit_ids: Iterable[int], *, day: date) -> dict[int, str]:
    """Return the official codes of units on a day, by key; units without one are left out."""
    rows = OfficialCode.objects.filter(on_day(day), unit__in=set(unit_ids))
    return dict(rows.values_list("unit_id", "code"))


def code_history(unit: Unit) -> tuple[CodeSpan, ...]:
    """Return all official codes of a unit, the latest first."""
    rows = OfficialCode.objects.filter(unit=unit).order_by("-valid_from")
    return tuple(
        CodeSpan(row.code, row.valid_from, None if row.valid_to == OPEN_END else row.valid_to - timedelta(days=1))
        for row in rows
    )


def units_coded(code: str) -> frozenset[int]:
    """Return the units, by key, that have or had an official code."""
    return frozenset(OfficialCode.objects.filter(code__iexact=code.strip()).values_list("unit_id", flat=True))
