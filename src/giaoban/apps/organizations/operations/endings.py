"""A unit that ends must be empty: what still stands in it, or comes to stand in it later, would be counted nowhere.

A unit that is handed over takes along what stands in it and below it, so it is not asked about here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from giaoban.apps.organizations.models import OPEN_END, Placement, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations._replay import ends
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame

MOVE_CHILDREN = "Chuyển hoặc giải thể các đơn vị trực thuộc trước"
_EMPTYING = (UnitEvent.DISSOLVED, UnitEvent.MERGED, UnitEvent.CONSOLIDATED, UnitEvent.SPLIT)
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Ending:
    """A unit stands nowhere from ``day`` until ``until`` (half-open; ``OPEN_END`` unless it starts again later).

    ``day`` is ``date.min`` where the unit has not begun. ``index`` counts the event among those recorded together, for
    ``blame``; -1: recorded earlier.
    """

    unit: int
    code: str
    kind: UnitEvent
    day: date
    until: date
    index: int = -1

    @property
    def where(self) -> str:
        """Return the place that an error names."""
        if self.day == date.min:
            return f"{self.code}, trước ngày {format_date(self.until)}" if self.until < OPEN_END else self.code
        return f"{self.code}, {self.kind.label.lower()} ngày {format_date(self.day)}"

    def overlaps(self, start: date, end: date) -> bool:
        """Tell whether something from ``start`` to ``end``, half-open, needs the unit while it does not stand."""
        return start < self.until and end > self.day


Guard = Callable[[Sequence[Ending]], None]
_guards: list[Guard] = []


def before_unit_ends(guard: Guard) -> Guard:
    """Register a check that raises InvalidInput, inside ``blame(ending.index)``, for a unit that may not end.

    Registers above this one keep things at units that it cannot know of: the members do.
    """
    if guard not in _guards:
        _guards.append(guard)
    return guard


def empties(kind: str, unit_kind: str) -> bool:
    """Tell whether an event ends a unit in which nothing may be left."""
    return kind in _EMPTYING and ends(kind, unit_kind)


def recorded_endings() -> dict[int, list[Ending]]:
    """Return by unit from when to when units that ended empty stand nowhere; two queries."""
    rows = UnitEntry.objects.live().filter(kind__in=_EMPTYING).in_order()
    found = [
        Ending(unit, code, UnitEvent(kind), day, OPEN_END)
        for unit, code, kind, unit_kind, day in rows.values_list(
            "subject_id", "subject__code", "kind", "unit_kind", "effective_date"
        )
        if empties(kind, unit_kind)
    ]
    starts = _spans("unit_id", {one.unit for one in found})
    endings: dict[int, list[Ending]] = defaultdict(list)
    for one in found:
        until = until_next_start((start for _child, _code, start, _end in starts[one.unit]), one.day)
        if until > one.day:
            endings[one.unit].append(replace(one, until=until))
    return endings


def check_endings(entries: Sequence[UnitEntry]) -> None:
    """This function will refuse events that leave something in a unit that does not stand; projections must be rebuilt.

    Asked of units that ended or whose entries were corrected, and of those under which a unit came to stand.

    Raises:
        InvalidInput: units stand below it on that day or later, or a registered check refuses.
    """
    touched = {entry.subject_id: index for index, entry in enumerate(entries)}
    doubtful = {
        entry.subject_id: entry
        for entry in entries
        if entry.corrects_id is not None or empties(entry.kind, entry.unit_kind)
    }
    recorded = recorded_endings()
    gaps = [replace(one, index=touched[unit]) for unit in doubtful for one in recorded.get(unit, ())]
    gaps += _not_begun([entry for entry in doubtful.values() if entry.corrects_id is not None], touched)
    parents = set(Placement.objects.filter(unit__in=touched).values_list("parent_id", flat=True)) - doubtful.keys()
    _refuse_children(gaps, [one for unit in parents if unit is not None for one in recorded.get(unit, ())], touched)
    if gaps:
        for guard in _guards:
            guard(gaps)


def _not_begun(corrected: Sequence[UnitEntry], touched: dict[int, int]) -> list[Ending]:
    """The days before a unit's first, which a correction may have made more."""
    starts = _spans("unit_id", {entry.subject_id for entry in corrected})
    found = []
    for entry in corrected:
        unit = entry.subject_id
        first = until_next_start((start for _child, _code, start, _end in starts[unit]), date.min)
        found.append(Ending(unit, entry.subject.code, UnitEvent(entry.kind), date.min, first, touched[unit]))
    return found


def until_next_start(starts: Iterable[date], day: date) -> date:
    """Return the first day on or after ``day`` on which a unit stands again."""
    return min((start for start in starts if start >= day), default=OPEN_END)


def told_children(codes: Iterable[str]) -> str:
    """Say which units still stand below; the first five by code."""
    found = sorted(set(codes))
    more = f" và {len(found) - _MOST_NAMED} đơn vị khác" if len(found) > _MOST_NAMED else ""
    return f"Còn {len(found)} đơn vị trực thuộc: {', '.join(found[:_MOST_NAMED])}{more}"


def _refuse_children(gaps: Sequence[Ending], above: Sequence[Ending], touched: dict[int, int]) -> None:
    below = _spans("parent_id", {one.unit for one in (*gaps, *above)})
    for ending in gaps:
        children = [code for _child, code, start, end in below[ending.unit] if ending.overlaps(start, end)]
        if children:
            with blame(ending.index):
                raise InvalidInput(
                    told_children(children),
                    where=ending.where,
                    expected="đơn vị không còn đơn vị trực thuộc",
                    hint=MOVE_CHILDREN,
                )
    for ending in above:
        for child, code, start, end in below[ending.unit]:
            if child in touched and ending.overlaps(start, end):
                with blame(touched[child]):
                    raise InvalidInput(
                        f"Đơn vị {code} còn trực thuộc {ending.code}, mà {ending.code} đã "
                        f"{ending.kind.label.lower()} ngày {format_date(ending.day)}",
                        where=code,
                        expected=f"một cấp trên còn hoạt động sau ngày {format_date(ending.day)}",
                        hint="Ghi đơn vị kết thúc hoặc chuyển đi chậm nhất ngày đó, trong cùng lần ghi",
                    )


def _spans(key: str, units: Iterable[int]) -> dict[int, list[tuple[int, str, date, date]]]:
    found: dict[int, list[tuple[int, str, date, date]]] = defaultdict(list)
    wanted = set(units)
    if not wanted:
        return found
    rows = Placement.objects.filter(**{f"{key}__in": wanted})
    for pk, child, code, start, end in rows.values_list(key, "unit_id", "unit__code", "valid_from", "valid_to"):
        found[pk].append((child, code, start, end))
    return found
