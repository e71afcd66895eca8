"""Which reported numbers count for which days, and which units were to report them (decision D6).

A unit's number is known where its numbers tile the days asked about: none of them reaches over an edge, none of its
days is left out. A number counts where its unit stood on the last of its days; a unit that had ended by then, where it
stood last. A parent counts what was reported, and its coverage says by how many of those that were to report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.figures._coverage import Keeping
from giaoban.figures._days import Days, joined, shared, without
from giaoban.figures._feeds import FeedDays
from giaoban.figures._reading import Reading
from giaoban.figures._shares import Shares
from giaoban.figures.model import Coverage, DimensionSource, Kind, Line, Measure
from giaoban.figures.registers import Sources, Tally
from giaoban.figures.tree import DatedTree
from giaoban.figures.values import LOOK_BACK_DAYS, MARKS, Asked, Feed, Reported, ValueAsk

_DAY = timedelta(days=1)
_LOOK_BACK = timedelta(days=LOOK_BACK_DAYS)


class _Status(NamedTuple):
    """Whether a unit that was to report did, and at or under which units that counts."""

    reported: bool
    above: frozenset[str]


class Reports:
    """The reported numbers of some measures; it answers about who reported as `Keeping` does about registers.

    ``measures`` are those that have no register here, and those of the feeds.
    """

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
        self._kept = frozenset(key for key, one in self._measures.items() if one.register in sources.registers)
        self._tree = tree
        self._keeping = keeping
        self._shares = Shares(tree, tree_on)
        self._tree_on = tree_on
        self._fed = FeedDays(tree, feeds, self._kept)
        self._rows: dict[str, dict[str, list[Reported]]] = {key: defaultdict(list) for key in self._measures}
        self._asked: dict[str, dict[str, list[Asked]]] = {key: defaultdict(list) for key in self._measures}
        if self._measures and readings:
            start = min(one.start for one in readings) - _LOOK_BACK
            ask = ValueAsk(tuple(self._measures), under, start, max(one.end for one in readings))
            for row in sorted(sources.values.reported(ask), key=lambda one: (one.last_day, one.first_day, one.ref)):
                self._rows[row.measure][row.unit].append(row)
            for one in sources.values.asked(ask):
                self._asked[one.measure][one.unit].append(one)
        self._found: dict[tuple[str, Reading], Mapping[str, _Status]] = {}
        self._within: dict[tuple[str, Reading], Mapping[str, frozenset[str]]] = {}

    def __contains__(self, key: str) -> bool:
        """Tell whether reported numbers have a say in the measure."""
        return key in self._measures

    def speaks(self, key: str, unit: str | None, day: date) -> bool:
        """Tell whether reported numbers, and not the register, speak for a unit on a day."""
        return unit is not None and any(start <= day < end for start, end in self._scope(key, unit))

    # What counts

    def tallies(self, measure: Measure, dimensions: Sequence[str], readings: Iterable[Reading]) -> Iterator[Tally]:
        """Return what the reported numbers add, with their codes in the order of ``dimensions``."""
        for row, day in self._counting(measure, readings, of_total=False):
            yield _tally(measure, row, day, dimensions)

    def totals(self, key: str, readings: Iterable[Reading]) -> Mapping[tuple[str, date], Decimal]:
        """Return of how many there were to be («25/55»: the 55) by unit, with what is under it, and last day."""
        measure, found = self._measures[key], defaultdict[tuple[str, date], Decimal](Decimal)
        for row, day in self._counting(measure, readings, of_total=True):
            for unit in self._shares.path(_tally(measure, row, day, ()), stock=True):
                found[unit, day] += row.number
        return found

    def lines(self, measure: Measure, reading: Reading) -> Iterator[tuple[Tally, Line]]:
        """Return the reported numbers of one reading, each with the tally that it makes."""
        for row, day in self._counting(measure, (reading,), of_total=False):
            if reading.start <= day < reading.end:
                yield _tally(measure, row, day, ()), line_of(measure, row)

    def _counting(
        self, measure: Measure, readings: Iterable[Reading], *, of_total: bool
    ) -> Iterator[tuple[Reported, date]]:
        """Return each number with the day on which it counts; whether its unit is late is asked of each reading."""
        days = sorted({reading.start for reading in readings}) if measure.kind is Kind.PLAN else []
        for unit, rows in self._rows[measure.key].items():
            parts = [row for row in rows if row.of_total is of_total]
            if measure.kind is Kind.PLAN:
                for day in days:
                    yield from ((row, day) for row in _in_force(parts, day))
                continue
            for row in parts:
                if measure.is_stock or of_total:
                    if self.speaks(measure.key, unit, row.last_day):
                        yield row, row.last_day
                elif self._lies_in(row, self._scope(measure.key, unit)):
                    yield row, self._counts_on(row)

    def _counts_on(self, row: Reported) -> date:
        stood = shared(((row.first_day, row.last_day + _DAY),), self._stands(row.unit))
        return stood[-1][1] - _DAY if stood else row.last_day

    @staticmethod
    def _lies_in(row: Reported, days: Days) -> bool:
        return any(start <= row.first_day and row.last_day < end for start, end in days)

    # Who reported

    def late_to_count(self, key: str, reading: Reading) -> frozenset[str]:
        """Return the units of which nothing is counted: they did not report, or not for just these days."""
        return frozenset(unit for unit, one in self._statuses(key, reading).items() if not one.reported)

    def coverage(self, key: str, unit: str, reading: Reading) -> Coverage:
        """Return how many units at or under the unit were to report, and how many did; if none, the unit itself was."""
        found = [one for one in self._statuses(key, reading).values() if unit in one.above]
        if not found:
            return Coverage(int(bool(self._stood(unit, reading))), 0)
        return Coverage(len(found), sum(one.reported for one in found))

    def who(self, key: str, unit: str, reading: Reading) -> frozenset[str]:
        """Return the units at or under the unit that reported."""
        found = self._statuses(key, reading).items()
        return frozenset(name for name, one in found if one.reported and unit in one.above)

    def knows(self, key: str, unit: str, reading: Reading) -> bool:
        """Tell whether somebody at or under the unit reported."""
        fed = shared(self._scope(key, unit), ((reading.start, reading.end),))
        if key in self._kept and not fed and self._keeping.opened_late(self._measures[key].register, unit, reading):
            return False
        return any(one.reported and unit in one.above for one in self._statuses(key, reading).values())

    def knows_child(self, key: str, parent: str, child: str, reading: Reading) -> bool:
        """Tell whether a child's contribution can be known; a child that stood elsewhere contributed nothing."""
        statuses = self._statuses(key, reading)
        if child == parent:
            return parent in statuses and statuses[parent].reported
        found = [one for one in statuses.values() if child in one.above and parent in one.above]
        if found:
            return any(one.reported for one in found)
        day = Reading(self._tree_on, self._tree_on + _DAY) if self._tree_on is not None else reading
        # All units at once: a committee has as many children as a report has measures, and each pair is asked.
        if (parent, day) not in self._within:
            self._within[parent, day] = self._tree.standing(day, self._tree.units, within=parent)
        return not self._within[parent, day].get(child)

    def _statuses(self, key: str, reading: Reading) -> Mapping[str, _Status]:
        if (key, reading) not in self._found:
            measure = self._measures[key]
            units = self._tree.units if key in self._kept else {**self._rows[key], **self._asked[key]}
            found = ((unit, self._status(measure, unit, reading)) for unit in units)
            self._found[key, reading] = {unit: one for unit, one in found if one is not None}
        return self._found[key, reading]

    def _status(self, measure: Measure, unit: str, reading: Reading) -> _Status | None:
        """Return None for a unit that was not to report."""
        whole: Days = ((reading.start, reading.end),)
        stood = self._stood(unit, reading)
        if not stood:
            return None
        scope = shared(self._scope(measure.key, unit), whole)
        told = self._told(measure, unit, reading, scope, shared(scope, stood))
        kept = without(stood, scope) if measure.key in self._kept else ()
        if not kept:
            return None if told is None else _Status(told, self._above(measure, unit, reading, reported=told))
        late = self._keeping.late_from(measure.register, unit, reading, kept[0][0])
        done = told is not False and not late
        return _Status(done, self._above(measure, unit, reading, reported=done))

    def _told(self, measure: Measure, unit: str, reading: Reading, scope: Days, mine: Days) -> bool | None:
        """Tell whether a unit reported for its days; None if nobody expects it to."""
        rows = [row for row in self._rows[measure.key].get(unit, ()) if row.first_day < reading.end]
        since = min(reading.start, reading.end - _LOOK_BACK)
        last = reading.end - _DAY
        asked = any(one.start <= last < one.end for one in self._asked[measure.key].get(unit, ()))
        if not mine or not (asked or any(row.last_day >= since for row in rows)):
            return None
        done = [row for row in rows if not row.of_total]
        if measure.kind is Kind.PLAN:
            return bool(_in_force(done, reading.start))
        if measure.is_stock:
            return any(row.last_day == reading.start for row in done)
        there = [row for row in done if any(row.first_day < end and start <= row.last_day for start, end in scope)]
        covered = joined((row.first_day, row.last_day + _DAY) for row in there)
        return bool(there) and all(self._lies_in(row, scope) for row in there) and not without(mine, covered)

    def _above(self, measure: Measure, unit: str, reading: Reading, *, reported: bool) -> frozenset[str]:
        """Return at or under which units it counts what the unit did or, where it stood last, did not report."""
        stood = self._stood(unit, reading)
        if measure.key in self._kept and self._tree_on is None:
            found = [
                one.path for one in self._tree.stretches(unit) if one.start < reading.end and reading.start < one.end
            ]
            return frozenset(above for path in found for above in path)
        days = {stood[-1][1] - _DAY}
        if reported and not measure.is_stock:
            rows = (row for row in self._rows[measure.key].get(unit, ()) if not row.of_total)
            days |= {day for day in map(self._counts_on, rows) if reading.start <= day < reading.end}
        places = (Tally(measure.fact, day, unit, None, (), 0) for day in days)
        return frozenset(above for one in places for above in self._shares.path(one, stock=True))

    # Days

    def _stands(self, unit: str) -> Days:
        return joined((one.start, one.end) for one in self._tree.stretches(unit))

    def _stood(self, unit: str, reading: Reading) -> Days:
        return shared(self._stands(unit), ((reading.start, reading.end),))

    def _scope(self, key: str, unit: str) -> Days:
        return self._fed.of(key, unit)


def _in_force(rows: Iterable[Reported], day: date) -> list[Reported]:
    """Return the parts of the latest edition of a programme that holds on a day."""
    held = [row for row in rows if row.first_day <= day <= row.last_day]
    latest = max((row.first_day for row in held), default=None)
    return [row for row in held if row.first_day == latest]


def _tally(measure: Measure, row: Reported, day: date, dimensions: Sequence[str]) -> Tally:
    codes = tuple(row.code if row.dimension == key else None for key in dimensions)
    return Tally(measure.fact, day, row.unit, None, codes, row.number, mark=row.mark)


def line_of(measure: Measure, row: Reported) -> Line:
    """Return the line that shows a reported number."""
    dimension = measure.dimension(row.dimension)
    part = dimension.label_of(row.code) if dimension is not None else ""
    notes = (MARKS.get(row.mark, ""), row.note)
    return Line(
        row.ref,
        row.last_day,
        f"đơn vị báo cáo {format_number(row.number)}",
        row.unit,
        f"{format_date(row.first_day)} - {format_date(row.last_day)}" + (f", {part}" if part else ""),
        plain_number(row.number),
        note="; ".join(note for note in notes if note),
    )


def plain_number(value: Decimal | int) -> int | float:
    """Return a whole number as int, any other as float."""
    if isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def entry_dimension_keys(measure: Measure, wanted: Collection[str]) -> tuple[str, ...]:
    """Return those of the wanted dimensions of which a reported number may give a part."""
    return tuple(one.key for one in measure.dimensions if one.source is DimensionSource.ENTRY and one.key in wanted)
