"""From requests to jobs: which measure is counted for which unit over which days; and what that asks of a register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from giaoban.core.period import Window
from giaoban.figures._reading import Reading, at, over
from giaoban.figures.model import DimensionSource, FigureRequest, Kind, Measure, Parts, Placing, RateBase
from giaoban.figures.registers import Anchors, Bounds, FlowAsk, Sources, StockAsk
from giaoban.figures.tree import KIND


class Want(NamedTuple):
    """What is wanted of one job beside its number."""

    dimensions: frozenset[str]
    children: bool


_NUMBER = Want(frozenset(), False)


@dataclass(frozen=True, slots=True)
class Readings:
    """The days over which one counted measure is read for a request; a stock's are single days."""

    value: Reading
    previous: Reading
    cumulative: Reading | None


@dataclass(frozen=True, slots=True)
class Task:
    """A request with what it takes: the counted measure and, for a rate, the stock under its line."""

    request: FigureRequest
    measure: Measure
    bounds: Bounds
    counted: Measure
    read: Readings
    under: Measure | None = None
    base: Readings | None = None


def readings(measure: Measure, bounds: Bounds) -> Readings:
    """Return the windows of a flow, or the last days of a stock, which has nothing to cumulate."""
    if measure.is_stock:
        return Readings(at(bounds.window.last_day), at(bounds.previous.last_day), None)
    return Readings(over(bounds.window), over(bounds.previous), over(bounds.cumulative))


def base_readings(base: RateBase, request: FigureRequest, bounds: Bounds) -> Readings:
    """Return the days at which the stock, or over which the flow, under the line of a rate is read."""
    if base is RateBase.SAME_DAYS:
        return Readings(over(bounds.window), over(bounds.previous), over(bounds.cumulative))
    if base is RateBase.PERIOD_END:
        end = at(bounds.window.last_day)
        return Readings(end, at(bounds.previous.last_day), end)
    eve = _year_eve(request.period.year)
    return Readings(eve, _year_eve(request.period.previous_year().year), eve)


def _year_eve(year: int) -> Reading:
    return at(date(year, 1, 1) - timedelta(days=1))


class Plan:
    """All jobs of a computation; equal ones are done once.

    ``jobs`` are by measure, then by unit and reading; ``days`` gathers for each measure the dimensions that its
    readings need, whatever the unit.
    """

    def __init__(self, sources: Sources, requests: Iterable[FigureRequest], parts: Parts) -> None:
        self._sources = sources
        self._parts = parts
        self._wanted: dict[str, Want] = {}
        self.jobs: dict[str, dict[tuple[str, Reading], Want]] = defaultdict(dict)
        self.days: dict[str, dict[Reading, set[str]]] = defaultdict(lambda: defaultdict(set))
        self.counted: dict[str, Measure] = {}
        asked = tuple(requests)
        bounds = sources.calendar.bounds({(one.unit, one.period) for one in asked})
        read: dict[tuple[str, Bounds], Readings] = {}
        self.tasks = tuple(self._task(request, bounds[request.unit, request.period], read) for request in asked)
        for task in self.tasks:
            self._add(task)

    def _task(self, request: FigureRequest, bounds: Bounds, read: dict[tuple[str, Bounds], Readings]) -> Task:
        measure = self._sources.catalogue[request.measure]
        counted = measure if measure.rate is None else self._sources.catalogue[measure.rate.numerator]
        key = (counted.key, bounds)
        if key not in read:
            read[key] = readings(counted, bounds)
        if measure.rate is None:
            return Task(request, measure, bounds, counted, read[key])
        under = self._sources.catalogue[measure.rate.denominator]
        base = base_readings(measure.rate.base, request, bounds)
        return Task(request, measure, bounds, counted, read[key], under, base)

    def _add(self, task: Task) -> None:
        if task.under is None or task.base is None:
            if task.measure.key not in self._wanted:
                dimensions = wanted_dimensions(task.measure, self._parts)
                self._wanted[task.measure.key] = Want(dimensions, self._parts.children)
            self._add_jobs(task.request.unit, task.measure, task.read, self._wanted[task.measure.key])
        else:
            plain = Want(frozenset(), self._parts.children)
            self._add_jobs(task.request.unit, task.counted, task.read, plain)
            self._add_jobs(task.request.unit, task.under, task.base, plain)

    def _add_jobs(self, unit: str, measure: Measure, read: Readings, want: Want) -> None:
        self.counted[measure.key] = measure
        self._add_job(measure, unit, read.value, want)
        if self._parts.previous:
            self._add_job(measure, unit, read.previous, _NUMBER)
        if (self._parts.cumulative or self._parts.targets) and read.cumulative is not None:
            self._add_job(measure, unit, read.cumulative, _NUMBER)

    def _add_job(self, measure: Measure, unit: str, reading: Reading, want: Want) -> None:
        jobs, key = self.jobs[measure.key], (unit, reading)
        known = jobs.get(key)
        if known is None:
            jobs[key] = want
        elif known is not want:
            jobs[key] = Want(known.dimensions | want.dimensions, known.children or want.children)
        self.days[measure.key][reading] |= want.dimensions

    @property
    def units(self) -> frozenset[str]:
        """The units asked about."""
        return frozenset(task.request.unit for task in self.tasks)

    @property
    def registers(self) -> tuple[str, ...]:
        """The registers that must answer."""
        named = dict.fromkeys(measure.register for measure in self.counted.values())
        return tuple(name for name in named if name in self._sources.registers)

    @property
    def folds(self) -> bool:
        """Whether the place of an entry is all that matters of its unit: no code of it, no end beside it."""
        return not self.tree_dimensions and all(
            measure.directed is None and measure.placing is Placing.DAY for measure in self.counted.values()
        )

    @property
    def shown(self) -> frozenset[tuple[str, str, Reading]]:
        """Register, unit and reading of the values, which come with coverage and children."""
        return frozenset(
            (measure.register, task.request.unit, read.value)
            for task in self.tasks
            for measure, read in ((task.counted, task.read), (task.under, task.base))
            if measure is not None and read is not None
        )

    @property
    def tree_dimensions(self) -> frozenset[str]:
        """The dated codes of units that the jobs need."""
        needed = {
            dimension.key
            for key, measure in self.counted.items()
            for dimension in measure.dimensions
            if dimension.source is DimensionSource.PLACE
            and any(dimension.key in wanted for wanted in self.days[key].values())
        }
        if any(measure.distinct_kinds for measure in self.counted.values()):
            needed.add(KIND)
        return frozenset(needed)

    def flow_ask(self, register: str, under: tuple[str, ...], anchors: Anchors | None = None) -> FlowAsk | None:
        """Return what the flows of a register are asked for; None if nothing."""
        facts: dict[str, dict[str, None]] = defaultdict(dict)
        found: set[Reading] = set()
        for measure, reading, dimensions in self._wants(register, Kind.FLOW):
            found.add(reading)
            facts[measure.fact].update(dict.fromkeys(entry_dimensions(measure, dimensions)))
        if not facts:
            return None
        ends = tuple(sorted({reading.end for reading in found}))
        asked = {fact: tuple(wanted) for fact, wanted in facts.items()}
        bounds = frozenset(day for reading in found for day in reading)
        return FlowAsk(asked, under, merge(found), anchors, ends, bounds)

    def stock_asks(self, register: str, under: tuple[str, ...], anchors: Anchors | None = None) -> tuple[StockAsk, ...]:
        """Return what each stock is asked for: the days with breakdowns apart from those where the number is enough."""
        days: dict[tuple[str, date], dict[str, None]] = defaultdict(dict)
        for measure, reading, dimensions in self._wants(register, Kind.STOCK):
            days[measure.fact, reading.start].update(dict.fromkeys(entry_dimensions(measure, dimensions)))
        asks: dict[tuple[str, tuple[str, ...]], list[date]] = defaultdict(list)
        for (fact, day), wanted in sorted(days.items()):
            asks[fact, tuple(wanted)].append(day)
        return tuple(StockAsk(fact, wanted, under, tuple(listed), anchors) for (fact, wanted), listed in asks.items())

    def _wants(self, register: str, kind: Kind) -> Iterator[tuple[Measure, Reading, set[str]]]:
        for key, measure in self.counted.items():
            if measure.register == register and measure.kind is kind:
                for reading, dimensions in self.days[key].items():
                    yield measure, reading, dimensions


def wanted_dimensions(measure: Measure, parts: Parts) -> frozenset[str]:
    """Return the keys of the dimensions that the parts ask for."""
    keys = frozenset(dimension.key for dimension in measure.dimensions)
    if parts.breakdowns:
        return keys
    default = measure.default_dimension
    own = frozenset({default.key}) if parts.breakdown and default is not None else frozenset()
    return own | (keys & parts.dimensions)


def entry_dimensions(measure: Measure, wanted: Collection[str]) -> list[str]:
    """Return those of the wanted dimensions that the register knows, in the order of the measure."""
    return [
        dimension.key
        for dimension in measure.dimensions
        if dimension.source is DimensionSource.ENTRY and dimension.key in wanted
    ]


def merge(readings: Iterable[Reading]) -> tuple[Window, ...]:
    """Return disjoint windows in order that cover the same days."""
    merged: list[Reading] = []
    for start, end in sorted(readings):
        if merged and start <= merged[-1].end:
            merged[-1] = Reading(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Reading(start, end))
    return tuple(Window(start, end) for start, end in merged)
