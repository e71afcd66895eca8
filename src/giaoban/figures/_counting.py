"""The running counts: every register is asked once, and each tally goes into every job that it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from giaoban.core.period import Window
from giaoban.figures._coverage import Keeping
from giaoban.figures._plan import JobKey, Plan
from giaoban.figures._shares import Share, Shares
from giaoban.figures.model import DimensionSource, Kind, Measure
from giaoban.figures.registers import Sources, Tally


class Count:
    """The running count of one measure, unit and window; ``children`` is None where they are not wanted."""

    __slots__ = ("children", "codes", "number")

    def __init__(self, dimensions: set[str], *, children: bool) -> None:
        self.number = 0
        self.codes: dict[str, dict[str, int]] = {key: {} for key in sorted(dimensions)}
        self.children: dict[str, int] | None = {} if children else None

    def add_child(self, child: str, number: int) -> None:
        """Count entries for a child."""
        assert self.children is not None
        self.children[child] = self.children.get(child, 0) + number


def count_all(
    sources: Sources, plan: Plan, shares: Shares, keeping: Keeping, under: tuple[str, ...]
) -> dict[JobKey, Count]:
    """Ask every register once and count its tallies into the jobs."""
    counts: dict[JobKey, Count] = {}
    for key, want in plan.jobs.items():
        counts[key] = Count(want.dimensions, children=want.children)
    by_fact = _jobs_by_fact(plan, counts)
    for name in plan.registers:
        register = sources.registers[name]
        flow = plan.flow_ask(name, under)
        if flow is not None:
            for tally in register.flows(flow):
                for jobs in by_fact.get((name, tally.fact, Kind.FLOW), ()):
                    jobs.take(tally, flow.facts[tally.fact], shares, keeping)
        for stock in plan.stock_asks(name, under):
            for tally in register.stocks(stock):
                for jobs in by_fact.get((name, tally.fact, Kind.STOCK), ()):
                    jobs.take(tally, stock.dimensions, shares, keeping)
    return counts


_ByFact = dict[tuple[str, str, Kind], list["MeasureJobs"]]


def _jobs_by_fact(plan: Plan, counts: Mapping[JobKey, Count]) -> _ByFact:
    by_measure: dict[str, MeasureJobs] = {}
    for key in plan.jobs:
        measure = plan.counted[key[0]]
        by_measure.setdefault(measure.key, MeasureJobs(measure)).add(key, counts[key])
    by_fact: _ByFact = defaultdict(list)
    for jobs in by_measure.values():
        by_fact[jobs.measure.register, jobs.measure.fact, jobs.measure.kind].append(jobs)
    return by_fact


class MeasureJobs:
    """The jobs of one measure: what each tally of its fact is counted into."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self._by_unit: dict[str, list[tuple[Window, Count]]] = defaultdict(list)
        self._seen: dict[tuple[str, Window], set[tuple[str, str]]] = defaultdict(set)

    def add(self, key: JobKey, count: Count) -> None:
        """Take a job on."""
        _measure, unit, window = key
        self._by_unit[unit].append((window, count))

    def take(self, tally: Tally, positions: tuple[str, ...], shares: Shares, keeping: Keeping) -> None:
        """Count a tally into every job that it belongs to; ``positions`` are the dimensions of its codes."""
        for share in shares.of(self.measure, tally, stock=self.measure.kind is Kind.STOCK):
            for window, count in self._by_unit.get(share.unit, ()):
                if window.start <= tally.day < window.end:
                    late = keeping.late(self.measure.register, window)
                    if share.item is not None:
                        self._take_item(share, window, count, late)
                    else:
                        self._take(tally, share, count, late, positions, shares)

    def _take(
        self,
        tally: Tally,
        share: Share,
        count: Count,
        late: frozenset[str],
        positions: tuple[str, ...],
        shares: Shares,
    ) -> None:
        if share.counts and not (late and late.issuperset(share.ends)):
            count.number += tally.number
            for key, codes in count.codes.items():
                dimension = self.measure.dimension(key)
                assert dimension is not None
                position = positions.index(key) if dimension.source is DimensionSource.ENTRY else -1
                code = shares.code(dimension, position, share, tally)
                codes[code] = codes.get(code, 0) + tally.number
        if count.children is not None:
            for child, ends in share.children:
                if not (late and late.issuperset(ends)):
                    count.add_child(child, tally.number)

    def _take_item(self, share: Share, window: Window, count: Count, late: frozenset[str]) -> None:
        assert share.item is not None
        if late and late.issuperset(share.ends):
            return
        seen = self._seen[share.unit, window]
        if ("", share.item) not in seen:
            seen.add(("", share.item))
            count.number += 1
        if count.children is not None:
            child = share.children[0][0]
            if (child, share.item) not in seen:
                seen.add((child, share.item))
                count.add_child(child, 1)
