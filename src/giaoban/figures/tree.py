"""The tree of units with its dates: who stood under whom on which day. Pure, built from dated rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from giaoban.core.errors import Conflict
from giaoban.figures._reading import Reading
from giaoban.figures.model import Placing

Path = tuple[str, ...]
FAR = date.max
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placement:
    """``unit`` stood under ``parent`` (None: at the top) from a day to a day, half-open; an open end is None."""

    unit: str
    parent: str | None
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A dated code of a unit: its kind, or the sector or cluster that holds for it and for what stands under it."""

    unit: str
    dimension: str
    code: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """From ``day`` on ``unit`` stands no more, and ``successor`` stands for it; one row for each successor."""

    unit: str
    successor: str
    day: date


class Stretch(NamedTuple):
    """Days, half-open, in which the way up from a unit stayed the same; the path begins with the unit itself."""

    start: date
    end: date
    path: Path


KIND = "form"


class DatedTree:
    """Answers where a unit stood on a day.

    Each unit's way up is cut only where the unit or one above it changed place (decision D17), so a large tree with
    many changes stays cheap.
    """

    def __init__(
        self,
        placements: Iterable[Placement],
        attributes: Iterable[Attribute] = (),
        successions: Iterable[Succession] = (),
    ) -> None:
        """Take the rows of the units asked about, of all that ever stood under them, and of all above them.

        With ``successions`` also those of the units for which any of these stands.
        """
        self._placed: dict[str, list[Placement]] = defaultdict(list)
        self._below: dict[str, list[Placement]] = defaultdict(list)
        for placement in placements:
            self._placed[placement.unit].append(placement)
            if placement.parent is not None:
                self._below[placement.parent].append(placement)
        self._attributes: dict[tuple[str, str], list[Attribute]] = defaultdict(list)
        for attribute in attributes:
            self._attributes[attribute.dimension, attribute.unit].append(attribute)
        self._successions: dict[str, list[Succession]] = defaultdict(list)
        for succession in successions:
            self._successions[succession.unit].append(succession)
        self._stretches: dict[str, tuple[Stretch, ...]] = {}
        self._codes: dict[tuple[str, Path, date], str | None] = {}

    @property
    def units(self) -> tuple[str, ...]:
        """All units that the tree knows."""
        return tuple(self._placed)

    def stretches(self, unit: str) -> tuple[Stretch, ...]:
        """Return the unit's ways up through time, in order, without the days on which it stood nowhere.

        Raises:
            Conflict: the rows put a unit under itself.
        """
        return self._climb(unit, ())

    def _climb(self, unit: str, below: Path) -> tuple[Stretch, ...]:
        known = self._stretches.get(unit)
        if known is not None:
            return known
        if unit in below:
            raise Conflict(f"Đơn vị {unit} đứng dưới chính mình: {' → '.join((*below, unit))}", where="cây tổ chức")
        found: list[Stretch] = []
        for placement in self._placed.get(unit, ()):
            start, end = placement.valid_from, placement.valid_to or FAR
            if placement.parent is None or placement.parent not in self._placed:
                path = (unit,) if placement.parent is None else (unit, placement.parent)
                found.append(Stretch(start, end, path))
                continue
            found.extend(
                Stretch(max(start, above.start), min(end, above.end), (unit, *above.path))
                for above in self._climb(placement.parent, (*below, unit))
                if above.start < end and start < above.end
            )
        self._stretches[unit] = tuple(sorted(found))
        return self._stretches[unit]

    def path(self, unit: str | None, day: date) -> Path:
        """Return the way up on that day, beginning with the unit; empty if it stood nowhere."""
        if unit is None:
            return ()
        known = self._stretches.get(unit)
        for start, end, path in self._climb(unit, ()) if known is None else known:
            if start <= day < end:
                return path
        return ()

    @property
    def succeeded(self) -> tuple[str, ...]:
        """The units for which others stand, by code."""
        return tuple(sorted(self._successions))

    def path_for_good(self, unit: str | None, day: date, seen: frozenset[str] = frozenset()) -> Path:
        """Return the way up on a day from the unit, or, where it had ended, from what stands for it then.

        Several successors share what is above all of them. Empty where nothing stands for it.
        """
        path = self.path(unit, day)
        if path or unit is None or unit in seen:
            return path
        past = [one for one in self._successions.get(unit, ()) if one.day <= day]
        last = max((one.day for one in past), default=None)
        ways = [self.path_for_good(one.successor, day, seen | {unit}) for one in past if one.day == last]
        return _shared([way for way in ways if way])

    def path_of_entry(self, unit: str | None, day: date) -> Path:
        """Return the way up for an entry of that day: a unit that ceased to stand that day still counts (`Placing`)."""
        return self.path(unit, day) or self.path(unit, day - _DAY)

    def ends(self, unit: str | None, from_unit: str | None, day: date, placing: Placing) -> tuple[Path, Path]:
        """Return the ways up of the sending and of the receiving side of a directed entry; empty = outside.

        An entry with two units goes from one to the other; a move with one unit goes with it.
        """
        if placing is Placing.MOVE and from_unit is None:
            return self.path(unit, day - _DAY), self.path(unit, day)
        return self.path_of_entry(from_unit, day), self.path_of_entry(unit, day)

    def first_day(self, unit: str) -> date:
        """Return the first day on which the unit stood in the tree (`date.max` if never)."""
        known = self.stretches(unit)
        return known[0].start if known else FAR

    def children(self, parent: str, reading: Reading) -> tuple[str, ...]:
        """Return all units that stood directly under the parent on any day of the reading, by code (decision D3)."""
        found = {
            one.unit
            for one in self._below.get(parent, ())
            if one.valid_from < reading.end and (one.valid_to is None or reading.start < one.valid_to)
        }
        return tuple(sorted(found))

    def standing(
        self, reading: Reading, asked: Iterable[str], within: str | None = None
    ) -> Mapping[str, frozenset[str]]:
        """Return for each asked unit the units that stood at or under it on any day of the reading.

        With ``within`` only days on which they also stood at or under that unit.
        """
        found: dict[str, set[str]] = {unit: set() for unit in asked}
        for unit in self._placed:
            for start, end, path in self.stretches(unit):
                if start < reading.end and reading.start < end and (within is None or within in path):
                    for above in path:
                        if above in found:
                            found[above].add(unit)
        return {unit: frozenset(units) for unit, units in found.items()}

    def code(self, dimension: str, path: Path, day: date) -> str | None:
        """Return the code that holds for the first unit of the path: its own, else that of the nearest unit above."""
        key = (dimension, path, day)
        if key in self._codes:
            return self._codes[key]
        found = None
        for unit in path:
            found = self.own_code(dimension, unit, day)
            if found is not None:
                break
        self._codes[key] = found
        return found

    def own_code(self, dimension: str, unit: str, day: date) -> str | None:
        """Return the code that the unit itself has on that day; on the day it ended, the last one."""
        last = None
        for one in self._attributes.get((dimension, unit), ()):
            if one.valid_from <= day and (one.valid_to is None or day < one.valid_to):
                return one.code
            if one.valid_to == day:
                last = one.code
        return last

    def tops(self, units: Iterable[str]) -> tuple[str, ...]:
        """Return the units without those that always stood under another of them, by code."""
        asked = set(units)
        return tuple(
            sorted(
                unit
                for unit in asked
                if not self.stretches(unit)
                or any(asked.isdisjoint(path[1:]) for _start, _end, path in self.stretches(unit))
            )
        )


def _shared(ways: Sequence[Path]) -> Path:
    """Return what the ways have in common at their upper end."""
    shared: list[str] = []
    for steps in zip(*(reversed(way) for way in ways), strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return tuple(reversed(shared))
