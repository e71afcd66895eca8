"""The proof of a number: the entries behind it, found by the same counting as the number itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from giaoban.figures._coverage import Keeping
from giaoban.figures._plan import Readings, base_readings, merge, readings
from giaoban.figures._reading import Reading
from giaoban.figures._shares import Shares
from giaoban.figures.engine import compute
from giaoban.figures.model import VALUE_ONLY, Evidence, FigureRequest, Kind, Line, Measure
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


def _part(sources: Sources, measure: Measure, request: FigureRequest, read: Readings, tree_on: date | None) -> Evidence:
    lines = _lines(sources, measure, request.unit, read, tree_on)
    return Evidence(replace(request, measure=measure.key), sum(line.number for line in lines), lines)


def _lines(sources: Sources, measure: Measure, unit: str, read: Readings, tree_on: date | None) -> tuple[Line, ...]:
    tree = sources.places.tree({unit}, {KIND} if measure.distinct_kinds else (), successions=tree_on is not None)
    keeping = Keeping(sources, tree, (unit,), (measure.register,), tree_on)
    late = keeping.late(measure.register, read.value)
    shares = Shares(tree, tree_on)
    found: list[Line] = []
    items: dict[str, list[Line]] = {}
    for tally, line in _asked(sources, measure, (unit, *tree.succeeded), read.value):
        for share in shares.of(measure, tally, stock=measure.kind is Kind.STOCK):
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
    if measure.kind is Kind.STOCK:
        return register.stock_lines(StockAsk(measure.fact, (), under, (reading.start,)))
    ask = FlowAsk({measure.fact: ()}, under, merge((reading,)), ends=(reading.end,))
    return register.flow_lines(ask)
