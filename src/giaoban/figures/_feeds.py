"""In which days reported numbers, and not the register of a measure, speak for a unit (decision D6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from giaoban.figures._days import ALWAYS, Days, joined, without
from giaoban.figures.model import Measure
from giaoban.figures.registers import Sources
from giaoban.figures.tree import DatedTree
from giaoban.figures.values import Feed


def feeds_of(sources: Sources, measures: Collection[Measure]) -> tuple[Feed, ...]:
    """Return where registers among these measures are fed by reported numbers."""
    kept = tuple(one.key for one in measures if one.register in sources.registers)
    return tuple(sources.values.feeds(kept)) if kept else ()


class FeedDays:
    """Answers for a measure and a unit; each answer is worked out once. ``kept`` are the measures with a register."""

    def __init__(self, tree: DatedTree, feeds: Iterable[Feed], kept: Collection[str]) -> None:
        self._tree = tree
        self._feeds = tuple(feeds)
        self._kept = kept
        self._found: dict[tuple[str, str], Days] = {}

    def of(self, key: str, unit: str) -> Days:
        """Return the days for which reported numbers of the unit count: always, or the days of the feeds above it.

        A feed speaks for a unit also before it stood and after it ended, so that the number of a whole period counts.
        """
        if key not in self._kept:
            return ALWAYS
        if (key, unit) not in self._found:
            found: list[tuple[date, date]] = []
            for feed in self._feeds:
                if feed.measure != key:
                    continue
                ways = self._tree.stretches(unit)
                if any(feed.unit in way.path for way in ways):
                    elsewhere = joined((way.start, way.end) for way in ways if feed.unit not in way.path)
                    found.extend(without(((feed.valid_from, feed.valid_to),), elsewhere))
            self._found[key, unit] = joined(found)
        return self._found[key, unit]
