"""The tree, the calendar and the use of the registers, read for the figures: one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from django.db.models import Q

from giaoban.apps.organizations.models import (
    Ancestry,
    GroupMembership,
    Placement,
    RegisterUse,
    ReportingBounds,
    Unit,
    UnitKindSpan,
)
from giaoban.apps.organizations.queries.successions import Heir, heirs
from giaoban.core.errors import NotFound
from giaoban.core.period import Period, Window
from giaoban.figures.calendar import bounds_of, year_openings
from giaoban.figures.registers import Bounds
from giaoban.figures.tree import KIND, Attribute, DatedTree, Succession
from giaoban.figures.tree import Placement as Place


class SqlPlaces:
    """`figures.registers.Places` over the projections of the tree."""

    def tree(self, units: Collection[str], dimensions: Collection[str], *, successions: bool = False) -> DatedTree:
        """Return the tree around the units.

        Raises:
            NotFound: a unit is not there.
        """
        missing = sorted(set(units) - set(Unit.objects.filter(code__in=units).values_list("code", flat=True)))
        if missing:
            raise NotFound(f"Không có đơn vị mang mã {', '.join(missing)}", where="đơn vị")
        below = Ancestry.objects.filter(ancestor__code__in=units).values("descendant")
        # Whatever stood below may have stood elsewhere too; each unit stands under itself, so this holds `below`.
        around = Q(unit__in=Ancestry.objects.filter(descendant__in=below).values("ancestor"))
        lines: list[Heir] = []
        if successions:
            lines = heirs(below.values_list("descendant__code", flat=True).distinct())
            ended = {one.unit for one in lines}
            around |= Q(unit__in=Ancestry.objects.filter(descendant__code__in=ended).values("ancestor"))
        rows = Placement.objects.filter(around).values_list("unit__code", "parent__code", "valid_from", "valid_to")
        return DatedTree(
            (Place(*row) for row in rows),
            self._attributes(around, dimensions),
            (Succession(*line) for line in lines),
        )

    def _attributes(self, around: Q, dimensions: Collection[str]) -> Iterator[Attribute]:
        if KIND in dimensions:
            kinds = UnitKindSpan.objects.filter(around)
            for unit, code, start, end in kinds.values_list("unit__code", "kind", "valid_from", "valid_to"):
                yield Attribute(unit, KIND, code, start, end)
        groups = [dimension for dimension in dimensions if dimension != KIND]
        if groups:
            held = GroupMembership.objects.filter(around, group__kind__in=groups)
            for row in held.values_list("unit__code", "group__kind", "group__code", "valid_from", "valid_to"):
                yield Attribute(*row)


class SqlCalendar:
    """`figures.registers.Calendar`: bounds set by the nearest committee above, else the calendar (D7, D14)."""

    def bounds(self, asks: Collection[tuple[str, Period]]) -> Mapping[tuple[str, Period], Bounds]:
        """Return the bounds for each unit and period."""
        names = {name for _unit, period in asks for name in (str(period), *year_openings(period.year))}
        recorded: dict[str, list[tuple[int, date, date, str, Window]]] = defaultdict(list)
        rows = ReportingBounds.objects.filter(
            period__in=names, unit__below__descendant__code__in={unit for unit, _period in asks}
        ).values_list(
            "unit__below__descendant__code",
            "unit__below__depth",
            "unit__below__valid_from",
            "unit__below__valid_to",
            "period",
            "first_day",
            "last_day",
        )
        for unit, depth, start, end, name, first, last in rows:
            recorded[unit].append((depth, start, end, name, Window(first, last + timedelta(days=1))))
        return {
            (unit, period): bounds_of(period, _nearest(recorded[unit], period) if unit in recorded else {})
            for unit, period in asks
        }


def _nearest(rows: list[tuple[int, date, date, str, Window]], period: Period) -> dict[str, Window]:
    """Return for each name of a period the window of the nearest unit above on the period's last calendar day."""
    day = period.window.last_day
    found: dict[str, Window] = {}
    for _depth, start, end, name, window in sorted(rows, key=lambda row: row[0]):
        if start <= day < end:
            found.setdefault(name, window)
    return found


class SqlUse:
    """`figures.registers.Use` over the table of registers in use, which is small: a row holds for a whole subtree."""

    def in_use_from(self, units: Collection[str], registers: Collection[str]) -> Mapping[tuple[str, str], date]:
        """Return the recorded first days by (unit, register)."""
        rows = RegisterUse.objects.filter(register__in=registers)
        return {(unit, name): day for unit, name, day in rows.values_list("unit__code", "register", "in_use_from")}
