"""The tree as standing duties see it: who stood where, of which kind, in which groups, on the days that matter (pure).

A scene is the tree between two changes: duties of months in which nothing moved share one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple


class Stretch(NamedTuple):
    """What held of a unit from a day to a day, half-open: the key of its parent or of a group, or its kind."""

    unit: int
    value: int | str | None
    start: date
    end: date


@dataclass(eq=False)
class Scene:
    """The tree on any day between two changes: ``parent`` and ``kind`` by unit, ``held`` the groups of a unit."""

    parent: Mapping[int, int | None]
    kind: Mapping[int, str]
    held: Mapping[int, frozenset[int]]
    _below: dict[int, frozenset[int]] = field(default_factory=dict)
    _rows: dict[int, dict[int, int]] = field(default_factory=dict)

    @cached_property
    def children(self) -> Mapping[int, list[int]]:
        """The units directly below each unit."""
        found: dict[int, list[int]] = defaultdict(list)
        for unit, parent in self.parent.items():
            if parent is not None:
                found[parent].append(unit)
        return found

    @cached_property
    def by_kind(self) -> Mapping[str, frozenset[int]]:
        """The units of each kind that stand."""
        found: dict[str, set[int]] = defaultdict(set)
        for unit, kind in self.kind.items():
            if unit in self.parent:
                found[kind].add(unit)
        return {kind: frozenset(units) for kind, units in found.items()}

    def below(self, unit: int) -> frozenset[int]:
        """Return a unit and all that stands under it; nothing where it does not stand."""
        known = self._below.get(unit)
        if known is None:
            found: list[int] = [unit] if unit in self.parent else []
            for above in found:  # grows while it is walked
                found += self.children.get(above, ())
            known = self._below[unit] = frozenset(found)
        return known

    def path(self, unit: int) -> tuple[int, ...]:
        """Return the units from a unit up to the top, as far as they are known."""
        found: list[int] = []
        above: int | None = unit
        while above is not None and above not in found:
            found.append(above)
            above = self.parent.get(above)
        return tuple(found)

    def rows(self, asked: int) -> Mapping[int, int]:
        """Return for each unit at or under the asked one the row in which it counts: the asked unit's direct child at
        or above it, of the asked unit that itself.
        """
        known = self._rows.get(asked)
        if known is None:
            known = {asked: asked} if asked in self.parent else {}
            for child in self.children.get(asked, ()) if known else ():
                known.update(dict.fromkeys(self.below(child), child))
            self._rows[asked] = known
        return known

    def in_groups(self, groups: frozenset[int]) -> frozenset[int]:
        """Return the units that are in one of the groups themselves or through a unit above them."""
        holders = [unit for unit, own in self.held.items() if own & groups]
        return self.below_any(holders)

    def below_any(self, units: Iterable[int]) -> frozenset[int]:
        """Return some units and all that stands under them."""
        return frozenset().union(*(self.below(unit) for unit in units))


class Tree:
    """The dated tree: placements, kinds and memberships of groups, from which the scene of a day is made."""

    def __init__(self, placements: Iterable[Stretch], kinds: Iterable[Stretch], groups: Iterable[Stretch]) -> None:
        self._placements, self._kinds, self._groups = tuple(placements), tuple(kinds), tuple(groups)
        self._changes = sorted(
            {
                day
                for rows in (self._placements, self._kinds, self._groups)
                for stretch in rows
                for day in (stretch.start, stretch.end)
            }
        )
        self._scenes: dict[int, Scene] = {}

    def scene(self, day: date) -> Scene:
        """Return the tree on a day."""
        number = bisect_right(self._changes, day)
        known = self._scenes.get(number)
        if known is None:
            parents = {unit: value for unit, value, start, end in self._placements if start <= day < end}
            kinds = {unit: value for unit, value, start, end in self._kinds if start <= day < end}
            held: dict[int, set[int]] = defaultdict(set)
            for unit, value, start, end in self._groups:
                if start <= day < end and isinstance(value, int):
                    held[unit].add(value)
            known = self._scenes[number] = Scene(
                {unit: value if isinstance(value, int) else None for unit, value in parents.items()},
                {unit: str(value) for unit, value in kinds.items()},
                {unit: frozenset(values) for unit, values in held.items()},
            )
        return known
