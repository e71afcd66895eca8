"""The tree, the calendar and the use of the registers, read for the figures: one query each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from giaoban.apps.organizations.models import (
    Ancestry,
    GroupMembership,
    Placement,
    RegisterUse,
    ReportingBounds,
    Unit,
    UnitKindSpan,
    on_day,
)
from giaoban.apps.organizations.queries.successions import Heir, heirs
from giaoban.apps.organizations.queries.sums import keeps_stocks, keeps_sums, standing_in
from giaoban.apps.organizations.queries.tally import KeyedAnchors
from giaoban.core.errors import NotFound
from giaoban.core.period import Period, Window
from giaoban.figures.calendar import bounds_of, year_openings
from giaoban.figures.registers import Bounds, Folded
from giaoban.figures.tree import KIND, Attribute, DatedTree, Succession
from giaoban.figures.tree import Placement as Place

# Asked about more units than these, a page shows a whole tree: it takes as long to name the anchors as to climb.
_FEW = 500


class SqlPlaces:
    """`figures.registers.Places` over the projections of the tree, for one computation or a few of one moment."""

    def __init__(self) -> None:
        self._known: dict[str, _Key] = {}

    def tree(self, units: Collection[str], dimensions: Collection[str], *, successions: bool = False) -> DatedTree:
        """Return the tree around the units.

        Raises:
            NotFound: a unit is not there.
        """
        self._keys(units)
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

    def folded(self, units: Collection[str], *, children: bool) -> Folded | None:
        """Return the tree folded up to the units, in six queries at most; None where many units are asked about.

        Raises:
            NotFound: a unit is not there.
        """
        if len(units) > _FEW:
            return None
        asked = self._keys(units)
        ids = {one.pk for one in asked}
        own = set(ids) if children else _with_others_below(ids)
        found = ids | set(Placement.objects.filter(parent__in=own).values_list("unit_id", flat=True)) if own else ids
        if own and own != _with_others_below(found) | own:
            return None  # somebody asks about a unit, and about one far below it
        around = Q(unit__in=Ancestry.objects.filter(descendant__in=found).values("ancestor"))
        rows = Placement.objects.filter(around).values_list("unit__code", "parent__code", "valid_from", "valid_to")
        tree = DatedTree(Place(*row) for row in rows)
        keys = {one.pk: one for one in (*asked, *(_keyed(Q(pk__in=found - ids)) if found - ids else ()))}
        whole_keys, own_keys = tuple(sorted(found - own)), tuple(sorted(own))
        names = [tuple(keys[pk].code for pk in some) for some in (whole_keys, own_keys)]
        wide = frozenset(pk for pk in whole_keys if keys[pk].wide)
        stocked = frozenset(pk for pk in whole_keys if keys[pk].stocked)
        return Folded(tree, KeyedAnchors(names[0], names[1], whole_keys, own_keys, wide, stocked))

    def standing(self, units: Collection[str], windows: Collection[Window]) -> Mapping[tuple[str, Window], int]:
        """Return how many units stood at or under each unit on any day of each window; units that keep sums by them."""
        keys = self._keys(units)
        kept = {one.pk: one.code for one in keys if one.stocked}
        sums = standing_in(kept, list(windows)) if kept else ()
        told = {(kept[pk], window): number for pk, window, number in sums}
        return told | self._standing([one.code for one in keys if not one.stocked], windows)

    def _standing(self, units: Collection[str], windows: Collection[Window]) -> dict[tuple[str, Window], int]:
        numbered = list(windows) if units else []
        parts: list[QuerySet[Ancestry, tuple[int, str, int]]] = []
        for number, window in enumerate(numbered):
            below = Ancestry.objects.filter(ancestor__code__in=units)
            first = below.filter(on_day(window.start))
            there = first.filter(ancestor=OuterRef("ancestor"), descendant=OuterRef("descendant"))
            later = below.filter(valid_from__gt=window.start, valid_from__lt=window.end).exclude(Exists(there))
            parts += [
                rows.order_by()
                .annotate(number=Value(number))
                .values_list("number", "ancestor__code")
                .annotate(found=what)
                for rows, what in ((first, Count("*")), (later, Count("descendant", distinct=True)))
            ]
        counts: dict[tuple[str, Window], int] = defaultdict(int)
        for number, unit, found in parts[0].union(*parts[1:], all=True) if parts else ():
            counts[unit, numbered[number]] += found
        return counts

    def _keys(self, units: Collection[str]) -> list[_Key]:
        """Return units by code; one query, none where they are known already.

        Raises:
            NotFound: a unit is not there.
        """
        fresh = set(units) - self._known.keys()
        if fresh:
            self._known |= {one.code: one for one in _keyed(Q(code__in=fresh))}
        missing = sorted(fresh - self._known.keys())
        if missing:
            raise NotFound(f"Không có đơn vị mang mã {', '.join(missing)}", where="đơn vị")
        return [self._known[code] for code in sorted(set(units))]

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


class _Key(NamedTuple):
    """A unit, and whether it keeps sums: of everything, of what stands."""

    code: str
    pk: int
    wide: bool
    stocked: bool


def _keyed(which: Q) -> Iterator[_Key]:
    rows = Unit.objects.filter(which).values_list(
        "code", "pk", keeps_sums(OuterRef("pk")), keeps_stocks(OuterRef("pk"))
    )
    return (_Key(*row) for row in rows)


def _with_others_below(units: Collection[int]) -> set[int]:
    """Return those of the units under which another of them ever stood."""
    pairs = Ancestry.objects.filter(ancestor__in=units, descendant__in=units, depth__gt=0)
    return set(pairs.values_list("ancestor", flat=True)) if len(units) > 1 else set()


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

    def complete(self, units: Collection[str], asks: Collection[tuple[str, Window]]) -> bool:
        """Tell whether all that stood at or under the units in each window kept that register through all of it.

        So it is where every day of use that has to do with these units lies before the window, and the units, or the
        tops of all trees, keep the register.
        """
        if not asks:
            return True
        opened: dict[str, dict[int, date]] = defaultdict(dict)
        rows = RegisterUse.objects.filter(register__in={register for register, _window in asks})
        for unit, register, day in rows.values_list("unit_id", "register", "in_use_from"):
            opened[register][unit] = day
        start = min(window.start for _register, window in asks)
        end = max(window.end for _register, window in asks)
        below = Ancestry.objects.filter(ancestor__code__in=units)
        late = {unit for register, window in asks for unit, day in opened[register].items() if day > window.start}
        if late and Ancestry.objects.filter(ancestor__in=late, descendant__in=below.values("descendant")).exists():
            return False
        tops = set(Placement.objects.filter(parent=None, valid_from__lt=end).values_list("unit_id", flat=True))
        if all(tops <= opened[register].keys() - late for register, _window in asks):
            return True
        # Some tree keeps no register: then these units must not have stood there, nor gone there.
        again = Ancestry.objects.filter(
            descendant=OuterRef("descendant"), depth=0, valid_from__gte=OuterRef("valid_to")
        )
        if below.filter(Exists(again), valid_to__gt=start, valid_to__lt=end).exists():
            return False
        above = Ancestry.objects.filter(on_day(end - timedelta(days=1)), descendant__code__in=units)
        return all(
            above.filter(ancestor__in=opened[register].keys() - late).aggregate(
                kept=Count("descendant", distinct=True)
            )["kept"]
            == len(set(units))
            for register in opened
        )
