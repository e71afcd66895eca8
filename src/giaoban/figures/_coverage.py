"""Which units kept a register through a reading, and so whether a number is known at all (decision D6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType

from giaoban.core.period import Window
from giaoban.figures._plan import Plan
from giaoban.figures._reading import Reading, at
from giaoban.figures.model import Coverage
from giaoban.figures.registers import Sources
from giaoban.figures.tree import DatedTree, Path


class Keeping:
    """Answers, for a register and a reading, who was to keep it and who did. Each answer is worked out once."""

    def __init__(
        self,
        sources: Sources,
        tree: DatedTree,
        asked: Collection[str],
        registers: Collection[str],
        tree_on: date | None,
    ) -> None:
        self._tree = tree
        self._asked = asked
        self._pinned = None if tree_on is None else at(tree_on)
        self._recorded = sources.use.in_use_from(tree.units, registers)
        self._standing: dict[Reading, Mapping[str, frozenset[str]]] = {}
        self._late: dict[tuple[str, Reading], frozenset[str]] = {}
        self._paths: dict[Reading, dict[str, Path]] = {}

    def coverage(self, register: str, unit: str, reading: Reading) -> Coverage:
        """Return how many units stood at or under the unit, and how many of them kept the register all the time."""
        standing = self.standing(reading)[unit]
        return Coverage(len(standing), len(standing - self.late(register, reading)))

    def knows(self, register: str, unit: str, reading: Reading) -> bool | None:
        """Tell whether a number of an asked unit can be known; see `_knows`. None where it did not stand at all."""
        standing = self.standing(reading)[unit]
        return self._knows(register, unit, reading, standing) if standing else None

    def knows_child(self, register: str, parent: str, child: str, reading: Reading) -> bool:
        """Tell whether a child's contribution can be known; a child that stood elsewhere contributed nothing."""
        if not self.late(register, reading):
            return True
        below = self._tree.standing(self._pinned or reading, (child,), within=parent)[child]
        return not below or self._knows(register, child, reading, below)

    def opened_late(self, register: str, unit: str, reading: Reading) -> bool:
        """Tell whether the unit, or the committee that opened the register for it, opened it after the reading began.

        Then a number of the unit is not known, whatever stands below it.
        """
        late = unit in self.late(register, reading)
        return late and self._opened(register, self._last_paths(reading)[unit]) is not None

    def _knows(self, register: str, unit: str, reading: Reading, standing: frozenset[str]) -> bool:
        """Not known: the unit, or the committee that opened the register for it, opened it after the reading began.

        Where nobody at or above the unit has, it is enough that some unit below kept the register: the coverage tells
        how many.
        """
        if self.opened_late(register, unit, reading):
            return False
        return bool(standing - self.late(register, reading))

    def standing(self, reading: Reading) -> Mapping[str, frozenset[str]]:
        """Return for each asked unit the units that stood at or under it in the reading."""
        over = self._pinned or reading
        if over not in self._standing:
            self._standing[over] = self._tree.standing(over, self._asked)
        return self._standing[over]

    def late(self, register: str, reading: Reading) -> frozenset[str]:
        """Return the units that did not keep the register through the whole reading, or from their own first day on."""
        key = (register, reading)
        if key not in self._late:
            paths = self._last_paths(reading)
            self._late[key] = frozenset(
                unit for unit, path in paths.items() if self._is_late(register, unit, path, reading.start)
            )
        return self._late[key]

    def late_to_count(self, register: str, reading: Reading) -> frozenset[str]:
        """Return the units whose entries are left out."""
        return self.late(register, reading)

    def late_from(self, register: str, unit: str, reading: Reading, start: date) -> bool:
        """Tell whether a unit did not keep the register from a day inside the reading on."""
        path = self._last_paths(reading).get(unit)
        return path is None or self._is_late(register, unit, path, start)

    def _is_late(self, register: str, unit: str, path: Path, start: date) -> bool:
        in_use_from = self._opened(register, path)
        if in_use_from is None or in_use_from <= start:
            return in_use_from is None
        # A unit that was established or received later, where the register was kept already, missed nothing; one that
        # was there when the register was opened did, even if the tree knows it only from that day on.
        first = self._tree.first_day(unit)
        came_later = any(self._recorded.get((above, register), first) < first for above in self._tree.path(unit, first))
        return not (came_later and in_use_from <= first)

    def _opened(self, register: str, path: Path) -> date | None:
        """Return from when the register was in use for a unit: its own day, else that of the nearest above it."""
        for above in path:
            found = self._recorded.get((above, register))
            if found is not None:
                return found
        return None

    def _last_paths(self, reading: Reading) -> Mapping[str, Path]:
        """Return the latest way up of each unit that began before the reading was over."""
        if reading not in self._paths:
            self._paths[reading] = {
                unit: stretch.path
                for unit in self._tree.units
                for stretch in self._tree.stretches(unit)
                if stretch.start < reading.end
            }
        return self._paths[reading]


class FoldedKeeping(Keeping):
    """The same over a folded tree: everybody below the units kept the registers, so that how many they are is enough.

    Made by `folded_keeping`, which asks first whether that is so.
    """

    counted: Mapping[tuple[str, Window], int] = MappingProxyType({})

    def coverage(self, register: str, unit: str, reading: Reading) -> Coverage:
        """Return how many units stood at or under the unit; all of them kept the register."""
        standing = self.counted.get((unit, Window(reading.start, reading.end)), 0)
        return Coverage(standing, standing)

    def knows(self, register: str, unit: str, reading: Reading) -> bool | None:
        """Tell whether a number of an asked unit can be known: it stood, and its register was not opened later."""
        return not self.opened_late(register, unit, reading) if self.standing(reading)[unit] else None

    def knows_child(self, register: str, parent: str, child: str, reading: Reading) -> bool:
        """Tell that a child's contribution can be known."""
        return True

    def late_to_count(self, register: str, reading: Reading) -> frozenset[str]:
        """Return nobody: a unit that was late has no number at all."""
        return frozenset()


def folded_keeping(sources: Sources, tree: DatedTree, plan: Plan) -> FoldedKeeping | None:
    """Return who kept what over a tree that is folded up to its anchors; None where somebody below may have been late.

    Last year's number may lie before the register was opened: then it is not known, and nobody below matters for it.
    """
    keeping = FoldedKeeping(sources, tree, plan.units, plan.registers, None)
    shown = plan.shown
    asks: dict[tuple[str, Window], set[str]] = defaultdict(set)
    for key, measure in plan.counted.items():
        for unit, reading in plan.jobs[key]:
            is_shown = (measure.register, unit, reading) in shown
            if is_shown or not keeping.opened_late(measure.register, unit, reading):
                asks[measure.register, Window(reading.start, reading.end)].add(unit)
    units = frozenset(unit for found in asks.values() for unit in found)
    if not sources.use.complete(units, asks.keys()):
        return None
    windows = {Window(reading.start, reading.end) for _name, _unit, reading in shown}
    keeping.counted = sources.places.standing(plan.units, windows)
    return keeping
