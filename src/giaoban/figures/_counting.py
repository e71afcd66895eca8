"""The running counts: every register is asked once, and each tally goes into every job that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from giaoban.figures._coverage import Keeping
from giaoban.figures._exactly import Exactly
from giaoban.figures._plan import Plan, Want
from giaoban.figures._reading import Reading
from giaoban.figures._reports import Reports, entry_dimension_keys
from giaoban.figures._shares import Ends, Share, Shares
from giaoban.figures.model import UNKNOWN, Dimension, DimensionSource, Direction, Kind, Measure
from giaoban.figures.registers import Anchors, Sources, Tally
from giaoban.figures.tree import Path

Amount = int | Decimal
Counts = Mapping[str, Mapping[tuple[str, Reading], "Count"]]


class Count:
    """The running count of one measure, unit and reading; ``children`` is None where they are not wanted.

    ``late`` are the units that did not keep the register over the reading: what lies in them is left out.
    """

    __slots__ = ("children", "codes", "end", "late", "marks", "number", "seen", "start")

    def __init__(self, reading: Reading, want: Want, late: frozenset[str]) -> None:
        self.start: date = reading.start
        self.end: date = reading.end
        self.late = late
        self.number: Amount = 0
        self.marks: set[str] = set()
        self.codes: dict[str, dict[str, Amount]] = {key: {} for key in want.dimensions}
        self.children: dict[str, Amount] | None = {} if want.children else None
        self.seen: set[tuple[str, str]] | None = None

    def leaves_out(self, ends: Ends) -> bool:
        """Tell whether no end of an entry lies in a unit that kept the register."""
        return bool(self.late) and self.late.issuperset(ends)

    def add_child(self, child: str, number: Amount) -> None:
        """Count entries for a child."""
        assert self.children is not None
        self.children[child] = self.children.get(child, 0) + number

    def add_item(self, item: str, child: str) -> None:
        """Count a unit once for itself and once for the child through which it is reached."""
        if self.seen is None:
            self.seen = set()
        if ("", item) not in self.seen:
            self.seen.add(("", item))
            self.number += 1
        if self.children is not None and (child, item) not in self.seen:
            self.seen.add((child, item))
            self.add_child(child, 1)


def count_all(
    sources: Sources,
    plan: Plan,
    shares: Shares,
    keeping: Keeping,
    under: tuple[str, ...],
    anchors: Anchors | None = None,
    reports: Reports | None = None,
    exactly: Exactly | None = None,
) -> Counts:
    """Ask every register once and count its tallies, and what units reported, into the jobs."""
    measures = [
        MeasureCounts(measure, plan.jobs[key], shares, keeping, reports, exactly)
        for key, measure in plan.counted.items()
    ]
    by_fact: dict[tuple[str, str, Kind], list[MeasureCounts]] = defaultdict(list)
    for one in measures:
        by_fact[one.measure.register, one.measure.fact, one.measure.kind].append(one)
    for name in plan.registers:
        register = sources.registers[name]
        flow = plan.flow_ask(name, under, anchors)
        if flow is not None:
            for fact, dimensions in flow.facts.items():
                for one in by_fact[name, fact, Kind.FLOW]:
                    one.expect(dimensions)
            for tally in register.flows(flow):
                for one in by_fact[name, tally.fact, Kind.FLOW]:
                    one.take(tally)
        for stock in plan.stock_asks(name, under, anchors):
            wanted = by_fact[name, stock.fact, Kind.STOCK]
            for one in wanted:
                one.expect(stock.dimensions)
            for tally in register.stocks(stock):
                for one in wanted:
                    one.take(tally)
    for one in measures:
        if reports is not None and one.measure.key in reports:
            one.take_reported(reports, plan.days[one.measure.key])
        if exactly is not None and one.measure.key in exactly:
            one.take_exactly(exactly)
    return {one.measure.key: one.counts for one in measures}


class MeasureCounts:
    """The counts of one measure, and how the tallies of its fact go into them."""

    def __init__(
        self,
        measure: Measure,
        jobs: Mapping[tuple[str, Reading], Want],
        shares: Shares,
        keeping: Keeping,
        reports: Reports | None = None,
        exactly: Exactly | None = None,
    ) -> None:
        self.measure = measure
        self.counts: dict[tuple[str, Reading], Count] = {}
        self._shares = shares
        self._stock = measure.is_stock
        # Where units report instead, the register is not asked what lies in them.
        self._reports = reports if reports is not None and measure.key in reports else None
        self._in_one_place = measure.directed is None and not measure.distinct_kinds
        self._by_unit: dict[str, list[Count]] = defaultdict(list)
        self._positions: dict[str, tuple[Dimension, int]] = {}
        for (unit, reading), want in jobs.items():
            if exactly is not None and measure.key in exactly:
                late = exactly.late_to_count(measure.key, unit, reading)
            elif self._reports is not None:
                late = self._reports.late_to_count(measure.key, reading)
            else:
                late = keeping.late_to_count(measure.register, reading)
            count = self.counts[unit, reading] = Count(reading, want, late)
            self._by_unit[unit].append(count)

    def expect(self, dimensions: tuple[str, ...]) -> None:
        """Learn the order of the codes in the tallies that follow."""
        self._positions = {
            dimension.key: (dimension, dimensions.index(dimension.key) if dimension.key in dimensions else -1)
            for dimension in self.measure.dimensions
        }

    def take(self, tally: Tally) -> None:
        """Count a tally of the register into every job that it belongs to."""
        if self._reports is not None and self._reports.speaks(self.measure.key, tally.unit, tally.day):
            return
        if self._in_one_place:
            self._take_in_one_place(tally)
            return
        day = tally.day
        for share in self._shares.of(self.measure, tally, stock=self._stock):
            for count in self._by_unit.get(share.unit, ()):
                if count.start <= day < count.end and tally.ends in (None, count.end):
                    if share.item is None:
                        self._take_share(tally, share, count)
                    elif not count.leaves_out(share.ends):
                        count.add_item(share.item, share.children[0][0])

    def take_reported(self, reports: Reports, days: Mapping[Reading, set[str]]) -> None:
        """Count what units reported into every job that it belongs to."""
        dimensions = entry_dimension_keys(self.measure, {key for wanted in days.values() for key in wanted})
        self.expect(dimensions)
        for tally in reports.tallies(self.measure, dimensions, days):
            self._take_in_one_place(tally)

    def take_exactly(self, exactly: Exactly) -> None:
        """Count what units told into their own numbers, and show it in the list of the unit above."""
        key = self.measure.key
        for (unit, reading), count in self.counts.items():
            for row in exactly.told(key, unit, reading):
                count.number += row.number
                count.marks |= {row.mark} - {""}
                for dimension, codes in count.codes.items():
                    code = row.code if row.dimension == dimension else self._code_of_all(dimension)
                    codes[code] = codes.get(code, 0) + row.number
            if count.children is not None:
                for child, row in exactly.children(key, unit, reading):
                    count.add_child(child, row.number)

    def _code_of_all(self, dimension: str) -> str:
        """Return the direction of a number that has one; what else a number was told of is not known."""
        known, directed = self.measure.dimension(dimension), self.measure.directed
        is_direction = known is not None and known.source is DimensionSource.DIRECTION
        return next(iter(directed)).value if is_direction and directed and len(directed) == 1 else UNKNOWN

    def _take_in_one_place(self, tally: Tally) -> None:
        """Do what `Share` says for entries in one place, without making one for each unit: most tallies are such."""
        _fact, day, place, _from_unit, _codes, number, _eve, ends, mark = tally
        path = self._shares.path(tally, stock=self._stock)
        below = None
        for unit in path:
            for count in self._by_unit.get(unit, ()):
                if count.start <= day < count.end and place not in count.late and (not ends or ends == count.end):
                    count.number += number
                    if mark:
                        count.marks.add(mark)
                    if count.codes:
                        self._add_codes(count, tally, path, None)
                    if count.children is not None:
                        count.add_child(below or unit, number)
            below = unit

    def _take_share(self, tally: Tally, share: Share, count: Count) -> None:
        if share.counts and not count.leaves_out(share.ends):
            count.number += tally.number
            if count.codes:
                self._add_codes(count, tally, share.path, share.direction)
        if count.children is not None:
            for child, ends in share.children:
                if not count.leaves_out(ends):
                    count.add_child(child, tally.number)

    def _add_codes(self, count: Count, tally: Tally, path: Path, direction: Direction | None) -> None:
        for key, codes in count.codes.items():
            dimension, position = self._positions[key]
            code: str | None
            if dimension.source is DimensionSource.ENTRY:
                code = tally.codes[position]
            elif dimension.source is DimensionSource.PLACE:
                code = self._shares.place_code(key, path, tally)
            else:
                code = None if direction is None else direction.value
            if code is None:
                code = UNKNOWN
            codes[code] = codes.get(code, 0) + tally.number
