"""Reported numbers that do not add up over units: organisations counted once, transfers seen from one unit.

Such a number is the unit's own and nobody else's (decisions D4, D6). It goes into no parent, and is no part of a
register's number: a parent that keeps the register counts what stands outside the units that are fed, and its coverage
leaves these out. Of things counted once it also holds for exactly the days it was told for: of the numbers of months no
quarter's is made. Transfers add up over time, where what was told leaves out no day of the time asked about. A time of
which only some days are fed has no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from giaoban.figures._coverage import Keeping
from giaoban.figures._days import Days, joined, shared, without
from giaoban.figures._feeds import FeedDays
from giaoban.figures._reading import Reading, at
from giaoban.figures.model import Coverage, Measure
from giaoban.figures.registers import Sources
from giaoban.figures.tree import DatedTree
from giaoban.figures.values import Feed, Reported, ValueAsk

_DAY = timedelta(days=1)


class Exactly:
    """The numbers told for measures that are fed and do not add up; it answers who told as `Keeping` does."""

    def __init__(
        self,
        sources: Sources,
        measures: Iterable[Measure],
        readings: Collection[Reading],
        tree: DatedTree,
        keeping: Keeping,
        under: tuple[str, ...],
        feeds: Iterable[Feed],
        tree_on: date | None,
    ) -> None:
        self._measures = {one.key: one for one in measures}
        self._tree = tree
        self._keeping = keeping
        self._tree_on = tree_on
        self._days = FeedDays(tree, feeds, self._measures)
        self._rows: dict[str, dict[str, list[Reported]]] = {key: defaultdict(list) for key in self._measures}
        self._fed: dict[tuple[str, Reading], frozenset[str]] = {}
        if self._measures and readings:
            start, end = min(one.start for one in readings), max(one.end for one in readings)
            for row in sources.values.reported(ValueAsk(tuple(self._measures), under, start, end)):
                self._rows[row.measure][row.unit].append(row)

    def __contains__(self, key: str) -> bool:
        """Tell whether numbers are told for the measure."""
        return key in self._measures

    # What was told

    def told(self, key: str, unit: str, reading: Reading, *, of_total: bool = False) -> list[Reported]:
        """Return the number, or its parts, that the unit told for these days; of a stock for their last one."""
        if not self._is_fed_throughout(key, unit, reading):
            return []
        measure = self._measures[key]
        rows = [row for row in self._rows[key].get(unit, ()) if row.of_total is of_total]
        if measure.is_stock:
            return [row for row in rows if row.last_day == reading.start]
        found = [row for row in rows if Reading(row.first_day, row.last_day + _DAY) == reading]
        if found or not measure.additive_time:
            return found
        within = [row for row in rows if reading.start <= row.first_day and row.last_day < reading.end]
        stands = joined((one.start, one.end) for one in self._tree.stretches(unit))
        stood = shared(stands, ((reading.start, reading.end),))
        left_out = without(stood, joined((row.first_day, row.last_day + _DAY) for row in within))
        return [] if left_out else within

    def children(self, key: str, parent: str, reading: Reading) -> Iterator[tuple[str, Reported]]:
        """Return what the units right below one told, each its own number."""
        over = reading if self._tree_on is None else at(self._tree_on)
        for child in self._tree.children(parent, over):
            for row in self.told(key, child, reading):
                yield child, row

    # Whose number it is

    def speaks(self, key: str, unit: str, reading: Reading) -> bool:
        """Tell whether the unit is fed on any of the days: then nothing of the register is its number."""
        return bool(shared(self._days.of(key, unit), ((reading.start, reading.end),)))

    def late_to_count(self, key: str, unit: str, reading: Reading) -> frozenset[str]:
        """Return the units whose entries are no part of a unit's number: all, where it is fed; else those fed below."""
        if self.speaks(key, unit, reading):
            return frozenset(self._tree.units)
        if (key, reading) not in self._fed:
            fed = frozenset(one for one in self._tree.units if self.speaks(key, one, reading))
            self._fed[key, reading] = fed | self._keeping.late(self._measures[key].register, reading)
        return self._fed[key, reading]

    # Who told

    def coverage(self, key: str, unit: str, reading: Reading) -> Coverage:
        """Return for a fed unit whether it told; else how many kept the register of those at or under it."""
        if self.speaks(key, unit, reading):
            return Coverage(1, int(bool(self.told(key, unit, reading))))
        standing = self._keeping.standing(reading)[unit]
        return Coverage(len(standing), len(standing - self.late_to_count(key, unit, reading)))

    def knows(self, key: str, unit: str, reading: Reading) -> bool | None:
        """Tell whether a number of an asked unit can be known. None where it did not stand at all."""
        standing = self._keeping.standing(reading)[unit]
        if not standing:
            return None
        if self.speaks(key, unit, reading):
            return bool(self.told(key, unit, reading))
        if self._keeping.opened_late(self._measures[key].register, unit, reading):
            return False
        return bool(standing - self.late_to_count(key, unit, reading))

    def knows_child(self, key: str, parent: str, child: str, reading: Reading) -> bool:
        """Tell whether a child's own number can be known."""
        if self.speaks(key, child, reading):
            return child != parent and bool(self.told(key, child, reading))
        if self.speaks(key, parent, reading):
            return False
        return self._keeping.knows_child(self._measures[key].register, parent, child, reading)

    def _is_fed_throughout(self, key: str, unit: str, reading: Reading) -> bool:
        """Tell whether the unit is fed on all the days: a number across the switch is nobody's."""
        days: Days = self._days.of(key, unit)
        return any(start <= reading.start and reading.end <= end for start, end in days)


def exact_of(measures: Iterable[Measure], feeds: Iterable[Feed]) -> list[Measure]:
    """Return those that are fed and do not add up over units."""
    fed = {one.measure for one in feeds}
    return [one for one in measures if one.key in fed and not one.additive_units]
