"""The proof of a number: the entries behind it, found by the same counting as the number itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from giaoban.figures._coverage import Keeping
from giaoban.figures._plan import Readings, base_readings, merge, readings
from giaoban.figures._reading import Reading
from giaoban.figures._reports import Reports, feeds_of, plain_number
from giaoban.figures._shares import Shares
from giaoban.figures.engine import compute
from giaoban.figures.model import VALUE_ONLY, Evidence, FigureRequest, Line, Measure, Number
from giaoban.figures.registers import FlowAsk, Sources, StockAsk, Tally
from giaoban.figures.tree import KIND


def explain(sources: Sources, request: FigureRequest, *, tree_on: date | None = None) -> Evidence:
    """Return the lines behind a figure; their numbers add up to ``Figure.value``.

    Where units are counted once (organisations with ...), each line is one unit and holds its entries. A rate opens
    into the lines of its numerator and its denominator. What is not known has no lines.

    Raises:
        InvalidInput: there is no such measure.
        NotFound: there is no such unit.
    """
    measure = sources.catalogue[request.measure]
    bounds = sources.calendar.bounds([(request.unit, request.period)])[request.unit, request.period]
    value = compute(sources, request, parts=VALUE_ONLY, tree_on=tree_on).value
    if measure.rate is None:
        lines = () if value is None else _lines(sources, measure, request.unit, readings(measure, bounds), tree_on)
        return Evidence(request, value, lines)
    over, under = sources.catalogue[measure.rate.numerator], sources.catalogue[measure.rate.denominator]
    base = base_readings(measure.rate.base, request, bounds)
    return Evidence(
        request,
        value,
        numerator=_part(sources, over, request, readings(over, bounds), tree_on),
        denominator=_part(sources, under, request, base, tree_on),
    )


def total_of(lines: Iterable[Line]) -> Number:
    """Return what the lines add up to, exactly: 0,1 + 0,2 is 0,3."""
    return plain_number(sum((Decimal(str(line.number)) for line in lines), Decimal(0)))


def _part(sources: Sources, measure: Measure, request: FigureRequest, read: Readings, tree_on: date | None) -> Evidence:
    lines = _lines(sources, measure, request.unit, read, tree_on)
    return Evidence(replace(request, measure=measure.key), total_of(lines), lines)


def _lines(sources: Sources, measure: Measure, unit: str, read: Readings, tree_on: date | None) -> tuple[Line, ...]:
    tree = sources.places.tree({unit}, {KIND} if measure.distinct_kinds else (), successions=tree_on is not None)
    keeping = Keeping(sources, tree, (unit,), (measure.register,), tree_on)
    under = (unit, *tree.succeeded)
    feeds = feeds_of(sources, [measure])
    kept = measure.register in sources.registers
    told = (measure,) if feeds or not kept else ()
    reports = Reports(sources, told, {read.value}, tree, keeping, under, feeds, tree_on)
    if told:
        late, reported = reports.late_to_count(measure.key, read.value), list(reports.lines(measure, read.value))
    else:
        late, reported = keeping.late(measure.register, read.value), []
    asked = _asked(sources, measure, under, read.value) if kept else ()
    if told:
        asked = [one for one in asked if not reports.speaks(measure.key, one[0].unit, one[0].day)]
    shares = Shares(tree, tree_on)
    found: list[Line] = []
    items: dict[str, list[Line]] = {}
    for tally, line in (*asked, *reported):
        for share in shares.of(measure, tally, stock=measure.is_stock):
            if share.unit != unit or not share.counts or late.issuperset(share.ends):
                continue
            if share.item is None:
                found.append(replace(line, direction=share.direction))
            else:
                items.setdefault(share.item, []).append(line)
    found.extend(
        Line("", lines[0].day, measure.label, item, "", entries=tuple(lines)) for item, lines in sorted(items.items())
    )
    return tuple(found)


def _asked(
    sources: Sources, measure: Measure, under: tuple[str, ...], reading: Reading
) -> Iterable[tuple[Tally, Line]]:
    register = sources.registers[measure.register]
    if measure.is_stock:
        return register.stock_lines(StockAsk(measure.fact, (), under, (reading.start,)))
    ask = FlowAsk({measure.fact: ()}, under, merge((reading,)), ends=(reading.end,))
    return register.flow_lines(ask)
