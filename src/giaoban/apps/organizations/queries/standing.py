"""Of which kind units were, and when they stood: one question for many units and many days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

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

    Where nobody below the unit opened it for themselves, all do as the unit: three queries, whatever their number.
    """
    owners = set(RegisterUse.objects.filter(register=register).values_list("unit_id", flat=True))
    if Ancestry.objects.filter(on_day(day), ancestor=unit, depth__gt=0, descendant__in=owners).exists():
        return units_keeping(register, units, day)
    return set(units) if units_keeping(register, [unit.pk], day) else set()


def registers_kept(registers: Collection[str], unit_ids: Iterable[int], day: date) -> dict[str, set[int]]:
    """Return for each register those of the units that kept it on a day; two queries."""
    opened: dict[str, dict[int, date]] = {register: {} for register in registers}
    uses = RegisterUse.objects.filter(register__in=registers).values_list("register", "unit_id", "in_use_from")
    for register, unit, start in uses:
        opened[register][unit] = start
    owners = {unit for rows in opened.values() for unit in rows}
    rows = Ancestry.objects.filter(on_day(day), descendant_id__in=set(unit_ids), ancestor_id__in=owners)
    nearest: dict[tuple[str, int], tuple[int, int]] = {}
    for unit, above, depth in rows.values_list("descendant_id", "ancestor_id", "depth"):
        for register in registers:
            if above in opened[register]:
                key = (register, unit)
                nearest[key] = min((depth, above), nearest.get(key, (depth, above)))
    found: dict[str, set[int]] = {register: set() for register in registers}
    for (register, unit), (_depth, above) in nearest.items():
        if opened[register][above] <= day:
            found[register].add(unit)
    return found
