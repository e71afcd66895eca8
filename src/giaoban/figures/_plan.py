"""From requests to jobs: which measure is counted for which unit in which window; and what that asks of a register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from giaoban.core.period import Window
from giaoban.figures._coverage import day_window
from giaoban.figures.model import DimensionSource, FigureRequest, Kind, Measure, Parts, RateBase
from giaoban.figures.registers import Bounds, FlowAsk, Sources, StockAsk
from giaoban.figures.tree import KIND

JobKey = tuple[str, str, Window]


@dataclass(slots=True)
class Want:
    """What is wanted of one job beside its number."""

    dimensions: set[str] = field(default_factory=set)
    children: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """The windows in which one counted measure is read for a request; a stock's are single days."""

    value: Window
    previous: Window
    cumulative: Window | None


def readings(measure: Measure, bounds: Bounds) -> Readings:
    """Return the windows of a flow, or the last days of a stock, which has nothing to cumulate."""
    if measure.kind is Kind.STOCK:
        return Readings(day_window(bounds.window.last_day), day_window(bounds.previous.last_day), None)
    return Readings(bounds.window, bounds.previous, bounds.cumulative)


def base_readings(base: RateBase, request: FigureRequest, bounds: Bounds) -> Readings:
    """Return the days at which the stock under the line of a rate is read."""
    if base is RateBase.PERIOD_END:
        end = day_window(bounds.window.last_day)
        return Readings(end, day_window(bounds.previous.last_day), end)
    eve = _year_eve(request.period.year)
    return Readings(eve, _year_eve(request.period.previous_year().year), eve)


def _year_eve(year: int) -> Window:
    return day_window(date(year, 1, 1) - timedelta(days=1))


class Plan:
    """All jobs of a computation; equal ones are done once."""

    def __init__(self, sources: Sources, requests: Iterable[FigureRequest], parts: Parts) -> None:
        self.requests = tuple(requests)
        self.measures: Mapping[str, Measure] = {
            key: sources.catalogue[key] for key in dict.fromkeys(one.measure for one in self.requests)
        }
        self.bounds = sources.calendar.bounds({(one.unit, one.period) for one in self.requests})
        self.jobs: dict[JobKey, Want] = {}
        self.counted: dict[str, Measure] = {}
        for request in self.requests:
            self._add_request(sources, request, parts)

    def _add_request(self, sources: Sources, request: FigureRequest, parts: Parts) -> None:
        measure, bounds = self.measures[request.measure], self.bounds[request.unit, request.period]
        if measure.rate is None:
            self._add_jobs(request.unit, measure, readings(measure, bounds), parts)
            return
        over, under = sources.catalogue[measure.rate.numerator], sources.catalogue[measure.rate.denominator]
        self._add_jobs(request.unit, over, readings(over, bounds), parts, breakdowns=False)
        base = base_readings(measure.rate.base, request, bounds)
        self._add_jobs(request.unit, under, base, parts, breakdowns=False)

    def _add_jobs(self, unit: str, measure: Measure, read: Readings, parts: Parts, *, breakdowns: bool = True) -> None:
        self.counted[measure.key] = measure
        want = self._job(measure, unit, read.value)
        want.children |= parts.children
        if breakdowns:
            want.dimensions |= wanted_dimensions(measure, parts)
        if parts.previous:
            self._job(measure, unit, read.previous)
        if (parts.cumulative or parts.targets) and read.cumulative is not None:
            self._job(measure, unit, read.cumulative)

    def _job(self, measure: Measure, unit: str, window: Window) -> Want:
        return self.jobs.setdefault((measure.key, unit, window), Want())

    @property
    def units(self) -> frozenset[str]:
        """The units asked about."""
        return frozenset(one.unit for one in self.requests)

    @property
    def registers(self) -> tuple[str, ...]:
        """The registers that must answer."""
        return tuple(dict.fromkeys(measure.register for measure in self.counted.values()))

    @property
    def tree_dimensions(self) -> frozenset[str]:
        """The dated codes of units that the jobs need."""
        needed = {
            dimension.key
            for (key, _unit, _window), want in self.jobs.items()
            for dimension in self.counted[key].dimensions
            if dimension.source is DimensionSource.PLACE and dimension.key in want.dimensions
        }
        if any(measure.distinct_kinds for measure in self.counted.values()):
            needed.add(KIND)
        return frozenset(needed)

    def flow_ask(self, register: str, under: tuple[str, ...]) -> FlowAsk | None:
        """Return what the flows of a register are asked for; None if nothing."""
        facts: dict[str, dict[str, None]] = defaultdict(dict)
        windows: set[Window] = set()
        for measure, window, want in self._wants(register, Kind.FLOW):
            windows.add(window)
            facts[measure.fact].update(dict.fromkeys(entry_dimensions(measure, want.dimensions)))
        if not facts:
            return None
        return FlowAsk({fact: tuple(wanted) for fact, wanted in facts.items()}, under, merge(windows))

    def stock_asks(self, register: str, under: tuple[str, ...]) -> tuple[StockAsk, ...]:
        """Return what each stock is asked for: the days with breakdowns apart from those where the number is enough."""
        days: dict[tuple[str, date], dict[str, None]] = defaultdict(dict)
        for measure, window, want in self._wants(register, Kind.STOCK):
            days[measure.fact, window.start].update(dict.fromkeys(entry_dimensions(measure, want.dimensions)))
        asks: dict[tuple[str, tuple[str, ...]], list[date]] = defaultdict(list)
        for (fact, day), wanted in sorted(days.items()):
            asks[fact, tuple(wanted)].append(day)
        return tuple(StockAsk(fact, wanted, under, tuple(listed)) for (fact, wanted), listed in asks.items())

    def _wants(self, register: str, kind: Kind) -> Iterator[tuple[Measure, Window, Want]]:
        for (key, _unit, window), want in self.jobs.items():
            measure = self.counted[key]
            if measure.register == register and measure.kind is kind:
                yield measure, window, want


def wanted_dimensions(measure: Measure, parts: Parts) -> set[str]:
    """Return the keys of the dimensions that the parts ask for."""
    if parts.breakdowns:
        return {dimension.key for dimension in measure.dimensions}
    default = measure.default_dimension
    return {default.key} if parts.breakdown and default is not None else set()


def entry_dimensions(measure: Measure, wanted: set[str]) -> list[str]:
    """Return those of the wanted dimensions that the register knows, in the order of the measure."""
    return [
        dimension.key
        for dimension in measure.dimensions
        if dimension.source is DimensionSource.ENTRY and dimension.key in wanted
    ]


def merge(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return disjoint windows in order that cover the same days."""
    merged: list[Window] = []
    for window in sorted(windows, key=lambda one: (one.start, one.end)):
        if merged and window.start <= merged[-1].end:
            merged[-1] = Window(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return tuple(merged)
