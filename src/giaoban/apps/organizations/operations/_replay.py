"""The pure part of the tree (decision D2): journal -> placements, names, kinds; placements -> ancestry.

Nothing here reads the database or a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from giaoban.apps.organizations.models import OPEN_END, UnitEvent
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput

T = TypeVar("T")

STARTS = (UnitEvent.OPENING, UnitEvent.ESTABLISHED, UnitEvent.RECEIVED)
ENDS = (UnitEvent.HANDED_OVER, UnitEvent.DISSOLVED, UnitEvent.MERGED)
# A split and a consolidation end units and begin others: an entry that says of what kind the unit is begins its life.
_BOTH = (UnitEvent.SPLIT, UnitEvent.CONSOLIDATED)
_MAX_DEPTH = 20


def begins(kind: str, unit_kind: str) -> bool:
    """Tell whether an event begins the life of its unit."""
    return kind in STARTS or (kind in _BOTH and bool(unit_kind))


def ends(kind: str, unit_kind: str) -> bool:
    """Tell whether an event ends the life of its unit."""
    return kind in ENDS or (kind in _BOTH and not unit_kind)


@dataclass(frozen=True, slots=True)
class TreeFact:
    """One live entry of a unit's journal; ``parent`` is the place it comes to."""

    kind: str
    day: date
    parent: int | None = None
    name: str = ""
    short_name: str = ""
    unit_kind: str = ""


@dataclass(frozen=True, slots=True)
class Span(Generic[T]):
    """A value from a day to a day, half-open."""

    value: T
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class UnitLife:
    """What the journal of one unit says: where it stood (None: at the top), what it was called, of what kind it was."""

    placements: tuple[Span[int | None], ...]
    names: tuple[Span[tuple[str, str]], ...]
    kinds: tuple[Span[str], ...]


class _Track(Generic[T]):
    """Collects the spans of one value that changes with time."""

    def __init__(self) -> None:
        self.spans: list[Span[T]] = []
        self._open: tuple[T, date] | None = None

    def change(self, value: T, day: date) -> None:
        self.close(day)
        self._open = (value, day)

    def close(self, day: date) -> None:
        if self._open is not None and self._open[1] < day:
            self.spans.append(Span(self._open[0], self._open[1], day))
        self._open = None

    @property
    def is_open(self) -> bool:
        return self._open is not None


class UnitWalk:
    """Walks through the journal of one unit; every rule that an event can break is here."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._places: _Track[int | None] = _Track()
        self._names: _Track[tuple[str, str]] = _Track()
        self._kinds: _Track[str] = _Track()

    def apply(self, fact: TreeFact) -> None:
        """Take in the next fact.

        Raises:
            InvalidInput: it cannot be; the walk stands where it stood and may go on with the fact after it.
        """
        where = f"{self._code}, {UnitEvent(fact.kind).label.lower()} ngày {format_date(fact.day)}"
        if begins(fact.kind, fact.unit_kind):
            if self._places.is_open:
                raise InvalidInput(f"Đơn vị {self._code} đang hoạt động", where=where, expected="một đơn vị chưa có")
            self._places.change(fact.parent, fact.day)
            self._names.change((fact.name, fact.short_name), fact.day)
            self._kinds.change(fact.unit_kind, fact.day)
            return
        if not self._places.is_open:
            raise InvalidInput(
                f"Đơn vị {self._code} không hoạt động vào ngày này",
                where=where,
                expected="ngày sau khi đơn vị được thành lập hoặc tiếp nhận và trước khi kết thúc",
            )
        if ends(fact.kind, fact.unit_kind):
            self._places.close(fact.day)
            self._names.close(fact.day)
            self._kinds.close(fact.day)
        elif fact.kind == UnitEvent.MOVED:
            self._places.change(fact.parent, fact.day)
        elif fact.kind == UnitEvent.RENAMED:
            self._names.change((fact.name, fact.short_name), fact.day)
        elif fact.kind == UnitEvent.KIND_CHANGED:
            self._kinds.change(fact.unit_kind, fact.day)
            if fact.name:
                self._names.change((fact.name, fact.short_name), fact.day)

    def life(self) -> UnitLife:
        """Return what the journal said; the walk is over."""
        for track in (self._places, self._names, self._kinds):
            track.close(OPEN_END)
        return UnitLife(tuple(self._places.spans), tuple(self._names.spans), tuple(self._kinds.spans))


def replay_unit(code: str, facts: Sequence[TreeFact]) -> UnitLife:
    """Return a unit's life; ``facts`` are its live entries in order.

    Raises:
        InvalidInput: an event that cannot be: something happens to a unit that does not stand, or it starts twice.
    """
    walk = UnitWalk(code)
    for fact in facts:
        walk.apply(fact)
    return walk.life()


@dataclass(frozen=True, slots=True)
class Kinship:
    """One row of ancestry: ``ancestor`` stood ``depth`` levels above (0: the unit itself), half-open."""

    ancestor: int
    descendant: int
    depth: int
    start: date
    end: date


Placements = Mapping[int, Sequence[Span[int | None]]]


def ancestry_of(unit: int, placements: Placements) -> list[Kinship]:
    """Return all ancestry rows of one unit, neighbouring rows of the same content joined.

    A unit stands only while the way up to a top exists: what hangs below a unit that was handed over stands nowhere.

    Args:
        placements: the spans of the unit and of every unit that was ever above it.

    Raises:
        InvalidInput: the way up runs in a circle.
    """
    rows: dict[tuple[int, int], list[tuple[date, date]]] = {}
    for path, start, end in _ways_up(unit, date.min, OPEN_END, placements, _MAX_DEPTH):
        for depth, ancestor in enumerate(path):
            rows.setdefault((ancestor, depth), []).append((start, end))
    return [
        Kinship(ancestor, unit, depth, start, end)
        for (ancestor, depth), spans in rows.items()
        for start, end in _joined(spans)
    ]


def _ways_up(
    unit: int, start: date, end: date, placements: Placements, room: int
) -> Iterator[tuple[tuple[int, ...], date, date]]:
    if room == 0:
        raise InvalidInput(
            "Cây tổ chức đi thành vòng", expected="đơn vị không trực thuộc chính nó hoặc cấp dưới của nó"
        )
    for span in placements.get(unit, ()):
        low, high = max(start, span.start), min(end, span.end)
        if low >= high:
            continue
        if span.value is None:
            yield (unit,), low, high
            continue
        for path, first, last in _ways_up(span.value, low, high, placements, room - 1):
            yield (unit, *path), first, last


def _joined(spans: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    ordered = sorted(spans)
    current = ordered[0]
    for start, end in ordered[1:]:
        if start <= current[1]:
            current = (current[0], max(current[1], end))
        else:
            yield current
            current = (start, end)
    yield current
