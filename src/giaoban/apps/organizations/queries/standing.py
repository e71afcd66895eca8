"""Of which kind units were, and when they stood: one question for many units and many days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from giaoban.apps.organizations.kinds import Kind, kinds
from giaoban.apps.organizations.models import Ancestry, RegisterUse, Unit, UnitKindSpan, on_day

KindSpans = dict[int, list[tuple[str, date, date]]]


def kind_spans(unit_ids: Iterable[int]) -> KindSpans:
    """Return for each unit (by key) its kinds with from and to, half-open; a unit stands exactly while it has one."""
    found: KindSpans = defaultdict(list)
    rows = UnitKindSpan.objects.filter(unit_id__in=set(unit_ids)).order_by("unit_id", "valid_from")
    for unit, kind, start, end in rows.values_list("unit_id", "kind", "valid_from", "valid_to"):
        found[unit].append((kind, start, end))
    return found


def kind_on(spans: Iterable[tuple[str, date, date]], day: date) -> Kind | None:
    """Return the kind that held on a day; None where the unit did not stand."""
    return next((kinds()[kind] for kind, start, end in spans if start <= day < end), None)


def units_keeping(register: str, unit_ids: Iterable[int], day: date) -> set[int]:
    """Return those of the units that kept a register on a day; the nearest at or above that opened it decides (D6)."""
    return registers_kept([register], unit_ids, day)[register]


def kept_below(register: str, unit: Unit, day: date, units: Collection[int]) -> set[int]:
    """Return those of units under a unit that kept a register on a day, as `units_keeping` does.

    Where nobody below the unit opened it for themselves, all do as the unit: two queries, whatever their number.
    """
    opened = _opened([register])
    owners = set(opened[register])
    above, below = Q(descendant=unit, ancestor__in=owners), Q(ancestor=unit, depth__gt=0, descendant__in=owners)
    rows = list(Ancestry.objects.filter(on_day(day)).filter(above | below).values_list(*_WAY))
    if any(one != unit.pk for one, _above, _depth in rows):
        return units_keeping(register, units, day)
    return set(units) if _kept(opened, rows, day)[register] else set()


def registers_kept(registers: Collection[str], unit_ids: Iterable[int], day: date) -> dict[str, set[int]]:
    """Return for each register those of the units that kept it on a day; two queries."""
    opened = _opened(registers)
    owners = {unit for rows in opened.values() for unit in rows}
    rows = Ancestry.objects.filter(on_day(day), descendant_id__in=set(unit_ids), ancestor_id__in=owners)
    return _kept(opened, rows.values_list(*_WAY), day)


_WAY = ("descendant_id", "ancestor_id", "depth")
_Opened = dict[str, dict[int, date]]


def _opened(registers: Collection[str]) -> _Opened:
    """Return for each register which units (by key) opened it, and from when on; one query."""
    opened: _Opened = {register: {} for register in registers}
    uses = RegisterUse.objects.filter(register__in=registers).values_list("register", "unit_id", "in_use_from")
    for register, unit, start in uses:
        opened[register][unit] = start
    return opened


def _kept(opened: _Opened, rows: Iterable[tuple[int, int, int]], day: date) -> dict[str, set[int]]:
    """Return who kept the registers on a day, of units, those above them and how far above. Pure."""
    nearest: dict[tuple[str, int], tuple[int, int]] = {}
    for unit, above, depth in rows:
        for register, owners in opened.items():
            if above in owners:
                key = (register, unit)
                nearest[key] = min((depth, above), nearest.get(key, (depth, above)))
    found: dict[str, set[int]] = {register: set() for register in opened}
    for (register, unit), (_depth, above) in nearest.items():
        if opened[register][above] <= day:
            found[register].add(unit)
    return found
