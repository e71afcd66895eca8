"""Every number of the program: screen, report, board, export and target ask here (design.md, law 1).

Pure: nothing is written and nothing is kept between two calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from giaoban.core.numbers_vi import percent
from giaoban.core.period import PeriodKind
from giaoban.figures._counting import count_all
from giaoban.figures._coverage import Keeping, folded_keeping
from giaoban.figures._exactly import Exactly, exact_of
from giaoban.figures._feeds import feeds_of
from giaoban.figures._plan import Plan, Readings, Task, wanted_dimensions
from giaoban.figures._reading import Reading, at, over
from giaoban.figures._reports import Reports, plain_number
from giaoban.figures._shares import Shares
from giaoban.figures.model import (
    ALL_PARTS,
    VALUE_ONLY,
    Dimension,
    Figure,
    FigureRequest,
    Kind,
    Measure,
    Number,
    Parts,
    TargetResult,
)
from giaoban.figures.registers import Anchors, Sources, Target
from giaoban.figures.tree import DatedTree
from giaoban.figures.values import Feed, joint_mark


def compute(
    sources: Sources, request: FigureRequest, *, parts: Parts = ALL_PARTS, tree_on: date | None = None
) -> Figure:
    """Return one figure; see `compute_many`."""
    return compute_many(sources, [request], parts=parts, tree_on=tree_on)[0]


def compute_many(
    sources: Sources, requests: Sequence[FigureRequest], *, parts: Parts = ALL_PARTS, tree_on: date | None = None
) -> list[Figure]:
    """Return one figure for each request, in the same order.

    The number of questions to the registers depends on the registers and measures asked, never on the units.

    Args:
        sources: measures, registers, tree, calendar, targets.
        requests: what is wanted; measures, units and periods may be mixed.
        parts: which parts of the figures are wanted.
        tree_on: count everything on the tree of this day instead of the trees of the days on which it happened (D3);
            a unit that had ended by then counts in what stands for it.

    Raises:
        InvalidInput: there is no such measure.
        NotFound: there is no such unit.
    """
    if not requests:
        return []
    counted = {key: _counted(sources, key) for key in dict.fromkeys(one.measure for one in requests)}
    known = dict.fromkeys(key for keys in counted.values() for key in keys)
    feeds = feeds_of(sources, [sources.catalogue[key] for key in known])
    # Reported numbers are looked for unit by unit; what has registers alone may be counted over a folded tree.
    apart = {feed.measure for feed in feeds} | {
        key for key in known if sources.catalogue[key].register not in sources.registers
    }
    found: list[Figure | None] = [None] * len(requests)
    for wanted in (False, True):
        some = [place for place, one in enumerate(requests) if apart.isdisjoint(counted[one.measure]) is not wanted]
        if some:
            plan = Plan(sources, [requests[place] for place in some], parts)
            run = _Run(sources, plan, parts, tree_on, feeds if wanted else ())
            for place, figure in zip(some, run.figures(), strict=True):
                found[place] = figure
    planned = _planned(sources, requests, tree_on)
    figures = [figure for figure in found if figure is not None]
    if not planned:
        return figures
    return [replace(one, expected=planned[one.request]) if one.request in planned else one for one in figures]


def _counted(sources: Sources, key: str) -> tuple[str, ...]:
    """Return the measures that are counted for one: of a rate those over and under its line."""
    rate = sources.catalogue[key].rate
    return (key,) if rate is None else (rate.numerator, rate.denominator)


def _planned(
    sources: Sources, requests: Sequence[FigureRequest], tree_on: date | None
) -> Mapping[FigureRequest, Number | None]:
    """Return the programme's number for each request whose measure has one."""
    wanted = {one: replace(one, measure=plan) for one in requests if (plan := sources.catalogue[one.measure].plan)}
    if not wanted:
        return {}
    asked = list(dict.fromkeys(wanted.values()))
    run = _Run(sources, Plan(sources, asked, VALUE_ONLY), VALUE_ONLY, tree_on, ())
    values = {one.request: one.value for one in run.figures()}
    return {one: values[plan] for one, plan in wanted.items()}


class _Run:
    """One computation: ask, count, put together."""

    def __init__(
        self, sources: Sources, plan: Plan, parts: Parts, tree_on: date | None, feeds: Sequence[Feed] = ()
    ) -> None:
        self._sources = sources
        self._plan = plan
        self._parts = parts
        self._tree_on = tree_on
        fed = {feed.measure for feed in feeds}
        reported = [one for one in plan.counted.values() if one.key in fed or one.register not in sources.registers]
        folded = self._folded() if tree_on is None and plan.folds and not reported else None
        if folded is None:
            self._tree = sources.places.tree(plan.units, plan.tree_dimensions, successions=tree_on is not None)
            self._keeping = Keeping(sources, self._tree, plan.units, plan.registers, tree_on)
            anchors = None
        else:
            self._tree, self._keeping, anchors = folded
        under = (*self._tree.tops(plan.units), *self._tree.succeeded)
        days = {reading for one in reported for reading in plan.days[one.key]}
        exact = exact_of(reported, feeds)
        reported = [one for one in reported if one not in exact]
        ground = days, self._tree, self._keeping, under, feeds, tree_on
        self._reports = Reports(sources, reported, *ground)
        self._exactly = Exactly(sources, exact, *ground)
        self._counts = count_all(
            sources, plan, Shares(self._tree, tree_on), self._keeping, under, anchors, self._reports, self._exactly
        )
        self._totals = {one.key: self._reports.totals(one.key, plan.days[one.key]) for one in reported}
        self._known: dict[tuple[str, str, Reading], bool | None] = {}
        self._children_of: dict[tuple[str, Reading], tuple[str, ...]] = {}

    def _folded(self) -> tuple[DatedTree, Keeping, Anchors] | None:
        """Return the tree folded up to the units asked about, if nothing but their anchors matters of those below."""
        folded = self._sources.places.folded(self._plan.units, children=self._parts.children)
        keeping = None if folded is None else folded_keeping(self._sources, folded.tree, self._plan)
        return None if folded is None or keeping is None else (folded.tree, keeping, folded.anchors)

    def figures(self) -> list[Figure]:
        """Put the counts together, one figure for each request."""
        targets = self._targets()
        return [self._figure(task, targets) for task in self._plan.tasks]

    def _targets(self) -> Mapping[tuple[str, str, int], Sequence[Target]]:
        if not self._parts.targets:
            return {}
        asks = {
            (one.request.measure, one.request.unit, one.request.period.year)
            for one in self._plan.tasks
            if one.request.period.kind is not PeriodKind.YEARS
        }
        return self._sources.targets.targets(asks)

    def _figure(self, task: Task, targets: Mapping[tuple[str, str, int], Sequence[Target]]) -> Figure:
        request, measure, read = task.request, task.measure, task.read
        value, previous, cumulative = self._read(task)
        growing = self._parts.previous and not measure.in_points
        wanted = targets.get((request.measure, request.unit, request.period.year), ())
        reached = cumulative if read.cumulative is not None else value
        results = tuple(
            TargetResult(one.source, plain_number(one.value), _reached(reached, one.value)) for one in wanted
        )
        main = next((result for result, one in zip(results, wanted, strict=True) if one.is_main), None)
        breakdowns = self._breakdowns(measure, request.unit, read.value) if value is not None else {}
        default = measure.default_dimension
        keeper, name = self._keeper(task.counted)
        return Figure(
            request=request,
            value=value,
            coverage=keeper.coverage(name, request.unit, read.value),
            expected=self._total(task.counted, request.unit, read.value),
            mark=joint_mark(self._counts[task.counted.key][request.unit, read.value].marks)
            if value is not None
            else "",
            previous=previous if self._parts.previous else None,
            cumulative=cumulative if self._parts.cumulative else None,
            target=None if main is None else main.value,
            percent_of_target=None if main is None else main.percent,
            targets=results,
            growth_percent=_growth(value, previous) if growing else None,
            breakdown=breakdowns.get(default.key, {}) if default is not None else {},
            breakdowns=breakdowns,
            children=self._children(task) if self._parts.children else {},
        )

    def _read(self, task: Task) -> tuple[Number | None, Number | None, Number | None]:
        over = self._values(task.counted, task.request.unit, task.read)
        if task.under is None or task.base is None:
            return over
        below = self._values(task.under, task.request.unit, task.base)
        days = zip(_days(task.read), _days(task.base), strict=True)
        first, second, third = (
            _share(task.measure, part, whole) if self._same_units(task, task.request.unit, *read) else None
            for part, whole, read in zip(over, below, days, strict=True)
        )
        return first, second, third

    def _same_units(self, task: Task, unit: str, over: Reading | None, below: Reading | None) -> bool:
        """Tell whether the same units stand above and under the line of a rate of what units report.

        Where some reported the one number and not the other, their quotient would say nothing about anybody.
        """
        of_values = task.measure.owner or task.counted.kind is Kind.VALUE
        if not of_values or task.under is None or over is None or below is None:
            return True
        pairs = ((task.counted.key, over), (task.under.key, below))
        told = [(key, reading) for key, reading in pairs if key in self._reports]
        if len(told) == 2:
            return self._reports.who(*_at(told[0], unit)) == self._reports.who(*_at(told[1], unit))
        covered = [self._reports.coverage(*_at(one, unit)) for one in told]
        return all(one.reported == one.expected for one in covered)

    def _keeper(self, measure: Measure) -> tuple[Keeping | Reports | Exactly, str]:
        """Return who knows whether a number is known, and under which name it has to be asked."""
        if measure.key in self._exactly:
            return self._exactly, measure.key
        return (self._reports, measure.key) if measure.key in self._reports else (self._keeping, measure.register)

    def _total(self, measure: Measure, unit: str, reading: Reading) -> Number | None:
        if measure.key in self._exactly:
            told = self._exactly.told(measure.key, unit, reading, of_total=True)
            return plain_number(sum((one.number for one in told), Decimal(0))) if told else None
        found = self._totals.get(measure.key, {}).get((unit, reading.end - timedelta(days=1)))
        return None if found is None else plain_number(found)

    def _values(
        self, measure: Measure, unit: str, read: Readings
    ) -> tuple[Number | None, Number | None, Number | None]:
        return (
            self._value(measure, unit, read.value),
            self._value(measure, unit, read.previous),
            None if read.cumulative is None else self._value(measure, unit, read.cumulative),
        )

    def _value(self, measure: Measure, unit: str, reading: Reading) -> Number | None:
        count = self._counts[measure.key].get((unit, reading))
        if count is None:
            return None
        keeper, name = self._keeper(measure)
        key = (name, unit, reading)
        if key not in self._known:
            self._known[key] = keeper.knows(name, unit, reading)
        known = self._known[key]
        if known is None:
            # An entry of the very day on which a unit ceased to stand counts in a window that begins with that day.
            known = count.number > 0
        return plain_number(count.number) if known else None

    def _breakdowns(self, measure: Measure, unit: str, reading: Reading) -> dict[str, dict[str, Number]]:
        if measure.rate is not None:
            return {}
        found = self._counts[measure.key][unit, reading].codes
        wanted = wanted_dimensions(measure, self._parts)
        return {
            dimension.key: _in_order(dimension, found[dimension.key])
            for dimension in measure.dimensions
            if dimension.key in wanted
        }

    def _children(self, task: Task) -> dict[str, Number | None]:
        unit, days = task.request.unit, over(task.bounds.window)
        parts = self._contributions(task.counted, unit, task.read.value, days)
        if task.under is None or task.base is None:
            return dict(parts)
        wholes = self._contributions(task.under, unit, task.base.value, days)
        return {
            child: _share(task.measure, parts.get(child), wholes.get(child))
            if self._same_units(task, child, task.read.value, task.base.value)
            else None
            for child in sorted(parts.keys() | wholes.keys())
        }

    def _contributions(self, measure: Measure, unit: str, reading: Reading, days: Reading) -> dict[str, Number | None]:
        found = self._counts[measure.key][unit, reading].children or {}
        stood = days if self._tree_on is None else at(self._tree_on)
        if (unit, stood) not in self._children_of:
            self._children_of[unit, stood] = self._tree.children(unit, stood)
        listed: Iterable[str] = self._children_of[unit, stood]
        extra = [child for child in found if child not in listed]
        keeper, name = self._keeper(measure)
        return {
            child: plain_number(found.get(child, 0)) if keeper.knows_child(name, unit, child, reading) else None
            for child in (sorted([*listed, *extra]) if extra else listed)
        }


def _in_order(dimension: Dimension, codes: Mapping[str, int | Decimal]) -> dict[str, Number]:
    """Return the codes that occur, in the order of the declaration; codes of the office by their key."""
    found = {code.key: plain_number(codes[code.key]) for code in dimension.codes if code.key in codes}
    if len(found) < len(codes):
        found.update((key, plain_number(codes[key])) for key in sorted(codes) if key not in found)
    return found


def _growth(value: Number | None, previous: Number | None) -> float | None:
    # Of a loss there is no growth in percent: its sign would say the opposite.
    if value is None or previous is None or previous < 0:
        return None
    return percent(Decimal(str(value)) - Decimal(str(previous)), Decimal(str(previous)))


def _share(measure: Measure, part: Number | None, whole: Number | None) -> float | None:
    """Return a rate: so many times what is above its line, divided by what is under it."""
    if part is None or whole is None or measure.rate is None:
        return None
    return percent(Decimal(str(part)) * measure.rate.times / 100, Decimal(str(whole)), measure.rate.places)


def _days(read: Readings) -> tuple[Reading, Reading, Reading | None]:
    return read.value, read.previous, read.cumulative


def _at(told: tuple[str, Reading], unit: str) -> tuple[str, str, Reading]:
    key, reading = told
    return key, unit, reading


def _reached(value: Number | None, target: Decimal) -> float | None:
    return None if value is None else percent(Decimal(str(value)), target)
