"""Which units an entry counts for, in which direction, through which child: one tally read against the dated tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from giaoban.figures.model import Direction, Measure, Placing
from giaoban.figures.registers import Tally
from giaoban.figures.tree import KIND, DatedTree, Path

Ends = tuple[str | None, ...]
_DAY = timedelta(days=1)


class Share(NamedTuple):
    """What one tally means for one unit.

    ``ends`` are the units of the entry that stand at or under it; ``children`` says the same of its children, each with
    its own ends. ``item`` is the unit that is counted once, for distinct counts.
    """

    unit: str
    counts: bool
    direction: Direction | None
    path: Path
    item: str | None
    ends: Ends
    children: tuple[tuple[str, Ends], ...]


class Shares:
    """Reads tallies against the tree: on the day of each entry, or on one fixed day (``tree_on``)."""

    def __init__(self, tree: DatedTree, tree_on: date | None) -> None:
        self._tree = tree
        self._tree_on = tree_on

    def of(self, measure: Measure, tally: Tally, *, stock: bool) -> Iterator[Share]:
        """Return what the tally means for each unit on its way up."""
        if measure.directed is not None:
            return self._directed(measure, tally)
        path = self.path(tally, stock=stock)
        if measure.distinct_kinds:
            return self._distinct(measure, tally, path)
        return self._plain(tally, path)

    def path(self, tally: Tally, *, stock: bool) -> Path:
        """Return the way up of a tally that lies in one place."""
        if self._tree_on is not None:
            return self._tree.path_for_good(tally.unit, self._tree_on)
        if tally.eve:
            return self._tree.path(tally.unit, tally.day - _DAY)
        if stock:
            return self._tree.path(tally.unit, tally.day)
        return self._tree.path_of_entry(tally.unit, tally.day)

    def place_code(self, dimension: str, path: Path, tally: Tally) -> str | None:
        """Return the code that holds for the place of an entry.

        On a fixed tree the unit itself speaks first though another stands for it there, and whoever came later speaks
        as it is on that tree.
        """
        if self._tree_on is None:
            return self._tree.code(dimension, path, tally.day)
        if tally.unit is not None and tally.unit not in path:
            path = (tally.unit, *path)
        return self._tree.code(dimension, path, tally.day) or self._tree.code(dimension, path, self._tree_on)

    def _plain(self, tally: Tally, path: Path) -> Iterator[Share]:
        ends = (tally.unit,)
        below = None
        for unit in path:
            yield Share(unit, True, None, path, None, ends, ((below or unit, ends),))
            below = unit

    def _distinct(self, measure: Measure, tally: Tally, path: Path) -> Iterator[Share]:
        ends = (tally.unit,)
        kinds = ((index, self._kind(unit, tally.day)) for index, unit in enumerate(path))
        first = next((index for index, kind in kinds if kind in measure.distinct_kinds), None)
        if first is None:
            return
        item, below = path[first], None
        for unit in path[first:]:
            yield Share(unit, True, None, path, item, ends, ((below or unit, ends),))
            below = unit

    def _kind(self, unit: str, day: date) -> str | None:
        kind = self._tree.own_code(KIND, unit, day)
        return self._tree.own_code(KIND, unit, self._tree_on) if kind is None and self._tree_on is not None else kind

    def _directed(self, measure: Measure, tally: Tally) -> Iterator[Share]:
        if self._tree_on is None or (measure.placing is Placing.MOVE and tally.from_unit is None):
            path_from, path_to = self._tree.ends(tally.unit, tally.from_unit, tally.day, measure.placing)
        else:
            path_from = self._tree.path_for_good(tally.from_unit, self._tree_on)
            path_to = self._tree.path_for_good(tally.unit, self._tree_on)
        sender = tally.from_unit if tally.from_unit is not None else tally.unit
        wanted = measure.directed or frozenset(Direction)
        for unit in dict.fromkeys((*path_to, *path_from)):
            direction = _direction(unit in path_from, unit in path_to)
            children = []
            for child in dict.fromkeys(_steps(unit, path_to) + _steps(unit, path_from)):
                # The entries of the unit itself are those whose end is the unit, not something below it.
                sent = path_from[:1] == (unit,) if child == unit else child in path_from
                received = path_to[:1] == (unit,) if child == unit else child in path_to
                if _direction(sent, received) in wanted:
                    children.append((child, _ends(sender if sent else None, tally.unit if received else None)))
            ends = _ends(sender if unit in path_from else None, tally.unit if unit in path_to else None)
            path = path_to if unit in path_to else path_from
            yield Share(unit, direction in wanted, direction, path, None, ends, tuple(children))


def _direction(sent: bool, received: bool) -> Direction:
    if sent and received:
        return Direction.WITHIN
    return Direction.IN if received else Direction.OUT


def _steps(unit: str, path: Path) -> list[str]:
    """Return the child through which a path comes to the unit; the unit itself where the path begins with it."""
    if unit not in path:
        return []
    return [path[max(path.index(unit) - 1, 0)]]


def _ends(*units: str | None) -> Ends:
    return tuple(unit for unit in units if unit is not None)
