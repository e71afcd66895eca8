"""Which units kept a register through a window, and so whether a number is known at all (decision D6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from giaoban.core.period import Window
from giaoban.figures.model import Coverage
from giaoban.figures.registers import Sources
from giaoban.figures.tree import DatedTree


def day_window(day: date) -> Window:
    """Return the window of one day: the reading of a stock."""
    return Window(day, day + timedelta(days=1))


class Keeping:
    """Answers, for a register and a window, who was to keep it and who did. Each answer is worked out once."""

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
        self._pinned = None if tree_on is None else day_window(tree_on)
        self._recorded = sources.use.in_use_from(tree.units, registers)
        self._standing: dict[Window, Mapping[str, frozenset[str]]] = {}
        self._late: dict[tuple[str, Window], frozenset[str]] = {}

    def coverage(self, register: str, unit: str, window: Window) -> Coverage:
        """Return how many units stood at or under the unit, and how many of them kept the register all the time."""
        standing = self.standing(window)[unit]
        return Coverage(len(standing), len(standing - self.late(register, window)))

    def knows(self, register: str, unit: str, window: Window) -> bool | None:
        """Tell whether a number of an asked unit can be known; see `_knows`. None where it did not stand at all."""
        standing = self.standing(window)[unit]
        return self._knows(register, unit, window, standing) if standing else None

    def knows_child(self, register: str, parent: str, child: str, window: Window) -> bool:
        """Tell whether a child's contribution can be known; a child that stood elsewhere contributed nothing."""
        if not self.late(register, window):
            return True
        below = self._tree.standing(self._pinned or window, (child,), within=parent)[child]
        return not below or self._knows(register, child, window, below)

    def _knows(self, register: str, unit: str, window: Window, standing: frozenset[str]) -> bool:
        """Not known: the unit, or the committee that opened the register for it, opened it after the window began.

        Where nobody at or above the unit has, it is enough that some unit below kept the register: the coverage tells
        how many.
        """
        late = self.late(register, window)
        if unit in late and self._opened(register, unit, window) is not None:
            return False
        return bool(standing - late)

    def standing(self, window: Window) -> Mapping[str, frozenset[str]]:
        """Return for each asked unit the units that stood at or under it in the window."""
        reading = self._pinned or window
        if reading not in self._standing:
            self._standing[reading] = self._tree.standing(reading, self._asked)
        return self._standing[reading]

    def late(self, register: str, window: Window) -> frozenset[str]:
        """Return the units that did not keep the register through the whole window, or from their own first day on."""
        key = (register, window)
        if key not in self._late:
            self._late[key] = frozenset(unit for unit in self._tree.units if self._is_late(register, unit, window))
        return self._late[key]

    def _is_late(self, register: str, unit: str, window: Window) -> bool:
        in_use_from = self._opened(register, unit, window)
        if in_use_from is None or in_use_from <= window.start:
            return in_use_from is None
        # A unit that was established or received later, where the register was kept already, missed nothing; one that
        # was there when the register was opened did, even if the tree knows it only from that day on.
        first = self._tree.first_day(unit)
        came_later = any(self._recorded.get((above, register), first) < first for above in self._tree.path(unit, first))
        return not (came_later and in_use_from <= first)

    def _opened(self, register: str, unit: str, window: Window) -> date | None:
        """Return from when the register was in use for the unit: its own day, else that of the nearest above it."""
        stretches = self._tree.stretches(unit)
        path = next((path for start, _end, path in reversed(stretches) if start < window.end), (unit,))
        return next((self._recorded[above, register] for above in path if (above, register) in self._recorded), None)
