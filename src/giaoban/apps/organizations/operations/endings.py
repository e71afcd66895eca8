"""A unit that is dissolved or merged must be empty: what still stands in it would be counted nowhere.

A unit that is handed over takes along what stands in it and below it, so it is not asked about here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.organizations.models import OPEN_END, Placement, UnitEntry, UnitEvent
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame

EMPTIES = (UnitEvent.DISSOLVED, UnitEvent.MERGED)
MOVE_CHILDREN = "Chuyển hoặc giải thể các đơn vị trực thuộc trước"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Ending:
    """A unit stands nowhere from ``day`` until ``until`` (half-open; ``OPEN_END`` unless it starts again later).

    ``index`` counts the event among those recorded together, for ``blame``.
    """

    unit: int
    code: str
    kind: UnitEvent
    day: date
    until: date
    index: int

    @property
    def where(self) -> str:
        """Return the place that an error names."""
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


def check_endings(entries: Sequence[UnitEntry]) -> None:
    """This function will refuse events that end a unit in which something still stands; projections must be rebuilt.

    Raises:
        InvalidInput: units stand below it on that day or later, or a registered check refuses.
    """
    ended = [(index, entry) for index, entry in enumerate(entries) if entry.kind in EMPTIES and not entry.void]
    if not ended:
        return
    starts = _spans("unit_id", (entry.subject_id for _index, entry in ended))
    endings = [
        Ending(
            entry.subject_id,
            entry.subject.code,
            UnitEvent(entry.kind),
            entry.effective_date,
            until_next_start((start for _code, start, _end in starts[entry.subject_id]), entry.effective_date),
            index,
        )
        for index, entry in ended
    ]
    _refuse_children(endings)
    for guard in _guards:
        guard(endings)


def until_next_start(starts: Iterable[date], day: date) -> date:
    """Return the first day on or after ``day`` on which a unit stands again."""
    return min((start for start in starts if start >= day), default=OPEN_END)


def told_children(codes: Iterable[str]) -> str:
    """Say which units still stand below; the first five by code."""
    found = sorted(set(codes))
    more = f" và {len(found) - _MOST_NAMED} đơn vị khác" if len(found) > _MOST_NAMED else ""
    return f"Còn {len(found)} đơn vị trực thuộc: {', '.join(found[:_MOST_NAMED])}{more}"


def _refuse_children(endings: Sequence[Ending]) -> None:
    below = _spans("parent_id", (ending.unit for ending in endings))
    for ending in endings:
        children = [code for code, start, end in below[ending.unit] if ending.overlaps(start, end)]
        if children:
            with blame(ending.index):
                raise InvalidInput(
                    told_children(children),
                    where=ending.where,
                    expected="đơn vị không còn đơn vị trực thuộc",
                    hint=MOVE_CHILDREN,
                )


def _spans(key: str, units: Iterable[int]) -> dict[int, list[tuple[str, date, date]]]:
    found: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    rows = Placement.objects.filter(**{f"{key}__in": set(units)})
    for pk, code, start, end in rows.values_list(key, "unit__code", "valid_from", "valid_to"):
        found[pk].append((code, start, end))
    return found
