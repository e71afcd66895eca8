"""The proof of a number: the entries behind it, found by the same counting as the number itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from giaoban.figures._coverage import Keeping
from giaoban.figures._exactly import Exactly, exact_of
from giaoban.figures._feeds import feeds_of
from giaoban.figures._plan import base_readings, merge, readings
from giaoban.figures._reading import Reading
from giaoban.figures._reports import Reports, line_of, plain_number
from giaoban.figures._shares import Shares
from giaoban.figures.engine import compute_many
from giaoban.figures.model import VALUE_ONLY, Evidence, FigureRequest, Line, Measure, Number
from giaoban.figures.registers import Bounds, FlowAsk, Sources, StockAsk, Tally
from giaoban.figures.tree import KIND

_Pair = tuple[Tally, Line]


def explain(sources: Sources, request: FigureRequest, *, tree_on: date | None = None) -> Evidence:
    """Return the lines behind a figure; their numbers add up to ``Figure.value``.

    Where units are counted once (organisations with ...), each line is one unit and holds its entries. A rate opens
    into the lines of its numerator and its denominator. What is not known has no lines.

    Raises:
        InvalidInput: there is no such measure.
        NotFound: there is no such unit.
    """
    return explain_many(sources, [request], tree_on=tree_on)[0]


def explain_many(
    sources: Sources,
    requests: Sequence[FigureRequest],
    *,
    tree_on: date | None = None,
    values: Sequence[Number | None] | None = None,
) -> list[Evidence]:
    """Return the lines behind figures, in the same order; see `explain`.

    The number of questions to the registers depends on the measures and their days, never on the units.

    Args:
        sources: measures, registers, tree, calendar, targets.
        requests: the figures.
        tree_on: as in `compute_many`.
        values: those of the figures, in the same order, where the caller has just had them computed on the same tree.

    Raises:
        InvalidInput: there is no such measure.
        NotFound: there is no such unit.
    """
    bounds = sources.calendar.bounds({(one.unit, one.period) for one in requests})
    if values is None:
        values = [one.value for one in compute_many(sources, requests, parts=VALUE_ONLY, tree_on=tree_on)]
    asked: dict[tuple[str, Reading], set[str]] = defaultdict(set)
    wanted: list[tuple[tuple[Measure, Reading], ...]] = []
    for request, value in zip(requests, values, strict=True):
        parts = _counted(sources, request, bounds[request.unit, request.period])
        wanted.append(parts)
        if value is not None or len(parts) == 2:
            for measure, reading in parts:
                asked[measure.key, reading].add(request.unit)
    together: dict[tuple[str, ...], list[tuple[Measure, Reading]]] = defaultdict(list)
    for (key, reading), units in asked.items():
        together[tuple(sorted(units))].append((sources.catalogue[key], reading))
    found: dict[tuple[str, Reading], dict[str, tuple[Line, ...]]] = {}
    for group, counted in together.items():
        ground = _Ground(sources, group, counted, tree_on)
        found |= {(measure.key, reading): ground.lines(measure, reading) for measure, reading in counted}
    return [
        _evidence(request, value, [(measure, found.get((measure.key, reading), {})) for measure, reading in parts])
        for request, value, parts in zip(requests, values, wanted, strict=True)
    ]


def _counted(sources: Sources, request: FigureRequest, bounds: Bounds) -> tuple[tuple[Measure, Reading], ...]:
    """Return what is counted over which days: the measure itself, or what is above and under the line of a rate."""
    measure = sources.catalogue[request.measure]
    if measure.rate is None:
        return ((measure, readings(measure, bounds).value),)
    over, under = sources.catalogue[measure.rate.numerator], sources.catalogue[measure.rate.denominator]
    base = base_readings(measure.rate.base, request, bounds)
    return ((over, readings(over, bounds).value), (under, base.value))


def _evidence(
    request: FigureRequest, value: Number | None, parts: Sequence[tuple[Measure, Mapping[str, tuple[Line, ...]]]]
) -> Evidence:
    if len(parts) == 1:
        return Evidence(request, value, parts[0][1].get(request.unit, ()))
    over, under = (_part(request, measure, lines.get(request.unit, ())) for measure, lines in parts)
    return Evidence(request, value, numerator=over, denominator=under)


def total_of(lines: Iterable[Line]) -> Number:
    """Return what the lines add up to, exactly: 0,1 + 0,2 is 0,3."""
    return plain_number(sum((Decimal(str(line.number)) for line in lines), Decimal(0)))


def _part(request: FigureRequest, measure: Measure, lines: tuple[Line, ...]) -> Evidence:
    return Evidence(replace(request, measure=measure.key), total_of(lines), lines)


class _Ground:
    """What the lines of some measures share: the tree under the units asked about, who kept what, reported numbers."""

    def __init__(
        self,
        sources: Sources,
        units: tuple[str, ...],
        counted: Sequence[tuple[Measure, Reading]],
        tree_on: date | None,
    ) -> None:
        self._sources = sources
        self._units = units
        measures = list({measure.key: measure for measure, _ in counted}.values())
        dimensions = {KIND} if any(measure.distinct_kinds for measure in measures) else ()
        tree = sources.places.tree(units, dimensions, successions=tree_on is not None)
        self._under = (*units, *tree.succeeded)
        self._keeping = Keeping(sources, tree, units, tuple({measure.register for measure in measures}), tree_on)
        self._shares = Shares(tree, tree_on)
        feeds = feeds_of(sources, measures)
        fed = {feed.measure for feed in feeds}
        told = [one for one in measures if one.key in fed or one.register not in sources.registers]
        days = {reading for measure, reading in counted if measure in told}
        exact = exact_of(told, feeds)
        ground = days, tree, self._keeping, self._under, feeds, tree_on
        self._reports = Reports(sources, [one for one in told if one not in exact], *ground)
        self._exactly = Exactly(sources, exact, *ground)
        self._facts: dict[tuple[str, Reading], dict[str, tuple[str, ...]]] = defaultdict(dict)
        for measure, reading in counted:
            if not measure.is_stock:
                self._facts[measure.register, reading][measure.fact] = ()
        self._flows: dict[tuple[str, Reading], dict[str, list[_Pair]]] = {}
        self._stocks: dict[tuple[str, str, date], list[_Pair]] = {}

    def lines(self, measure: Measure, reading: Reading) -> dict[str, tuple[Line, ...]]:
        """Return the lines of a measure for each unit."""
        told = measure.key in self._reports
        late = self._late(measure, reading)
        wanted = frozenset(self._units)
        found: dict[str, list[Line]] = {unit: [] for unit in self._units}
        items: dict[str, dict[str, list[Line]]] = {unit: {} for unit in self._units}
        for tally, line in self._entries(measure, reading, told=told):
            for share in self._shares.of(measure, tally, stock=measure.is_stock):
                if share.unit not in wanted or not share.counts or late[share.unit].issuperset(share.ends):
                    continue
                if share.item is None:
                    found[share.unit].append(replace(line, direction=share.direction))
                else:
                    items[share.unit].setdefault(share.item, []).append(line)
        for unit, held in items.items():
            found[unit].extend(
                Line("", lines[0].day, measure.label, item, "", entries=tuple(lines))
                for item, lines in sorted(held.items())
            )
            if measure.key in self._exactly:
                found[unit].extend(line_of(measure, row) for row in self._exactly.told(measure.key, unit, reading))
        return {unit: tuple(lines) for unit, lines in found.items()}

    def _late(self, measure: Measure, reading: Reading) -> Mapping[str, frozenset[str]]:
        """Return for each unit asked about those whose entries are left out."""
        if measure.key in self._exactly:
            return {unit: self._exactly.late_to_count(measure.key, unit, reading) for unit in self._units}
        if measure.key in self._reports:
            return dict.fromkeys(self._units, self._reports.late_to_count(measure.key, reading))
        return dict.fromkeys(self._units, self._keeping.late_to_count(measure.register, reading))

    def _entries(self, measure: Measure, reading: Reading, *, told: bool) -> Iterator[_Pair]:
        """Give what the register holds, where it speaks, and then what was reported."""
        if measure.register in self._sources.registers:
            held = self._states(measure, reading) if measure.is_stock else self._happened(measure, reading)
            for tally, line in held:
                if not (told and self._reports.speaks(measure.key, tally.unit, tally.day)):
                    yield tally, line
        if told:
            yield from self._reports.lines(measure, reading)

    def _states(self, measure: Measure, reading: Reading) -> Sequence[_Pair]:
        """Ask the register once for all measures of a fact and day."""
        key = measure.register, measure.fact, reading.start
        if key not in self._stocks:
            ask = StockAsk(measure.fact, (), self._under, (reading.start,))
            self._stocks[key] = list(self._sources.registers[measure.register].stock_lines(ask))
        return self._stocks[key]

    def _happened(self, measure: Measure, reading: Reading) -> Sequence[_Pair]:
        """Ask the register once for all its facts over the same days: each keeps the order in which it comes."""
        key = measure.register, reading
        if key not in self._flows:
            held = self._flows[key] = defaultdict(list)
            ask = FlowAsk(self._facts[key], self._under, merge((reading,)), ends=(reading.end,))
            for tally, line in self._sources.registers[measure.register].flow_lines(ask):
                held[tally.fact].append((tally, line))
        return self._flows[key].get(measure.fact, ())
