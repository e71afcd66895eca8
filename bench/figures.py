"""All figures of all organisations for one quarter, beside the same numbers by one hand-written SQL statement."""

from __future__ import annotations

import time
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

from bench._figures_sql import MEASURES, STATEMENT
from bench.office import open_office
from bench.rows import Row

if TYPE_CHECKING:
    from giaoban.figures import Figure, FigureRequest

_PERIOD = "2023-Q1"
_RATE = "members.admission_rate"
_REPEATS = 7
# Values, last year, cumulative, all breakdowns: what the statement gives too.
Numbers = dict[tuple[str, str], tuple[int, int, int | None]]
Breakdowns = dict[tuple[str, str, str], dict[str, int]]


def run() -> list[Row]:
    """Compare times and numbers.

    Raises:
        AssertionError: the two ways disagree about a number.
    """
    open_office()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    units = _units()
    requests = _requests(units)
    _check(_figures(requests), _by_hand(units))
    ours, theirs = _times(lambda: _figures(requests), lambda: _by_hand(units))
    with CaptureQueriesContext(connection) as many:
        _figures(requests)
    with CaptureQueriesContext(connection) as few:
        _figures(_requests(units[:5]))
    what = f"figures: {len(requests) // len(units)} measures x {len(units)} units, one quarter; one SQL statement"
    return [
        Row(what, ours * 1000, "ms", theirs * 1000, ours / theirs, limit=3),
        Row("queries for them; for 5 units", len(many), "queries", len(few), len(many) / len(few), limit=1),
        Row("figures a second", len(requests) / ours, "figures/s"),
    ]


def _units() -> list[str]:
    from giaoban.apps.organizations.models import Placement, on_day
    from giaoban.core.period import Period

    last = Period.parse(_PERIOD).window.last_day
    found = Placement.objects.filter(on_day(last), parent__code="MAU").values_list("unit__code", flat=True)
    return sorted(found)


def _requests(units: list[str]) -> list[FigureRequest]:
    from giaoban.core.period import Period
    from giaoban.figures import FigureRequest

    period = Period.parse(_PERIOD)
    keys = [*(key for key, _names in MEASURES.values()), _RATE]
    return [FigureRequest(key, unit, period) for key in keys for unit in units]


def _figures(requests: list[FigureRequest]) -> list[Figure]:
    from giaoban.apps.reporting.queries.figures import compute_figures
    from giaoban.figures import Parts

    return compute_figures(requests, parts=Parts(previous=True, cumulative=True, breakdown=True, breakdowns=True))


def _by_hand(units: list[str]) -> list[tuple[Any, ...]]:
    from django.db import connection

    days = {name: connection.ops.adapt_datefield_value(day) for name, day in _days().items()}
    named = {f"unit_{index}": unit for index, unit in enumerate(units)}
    text = STATEMENT.format(units=", ".join(f"%({name})s" for name in named), **{name: f"%({name})s" for name in days})
    with connection.cursor() as cursor:
        cursor.execute(text, {**days, **named})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _days() -> dict[str, date]:
    from giaoban.core.period import Period

    window, year = Period.parse(_PERIOD).window, int(_PERIOD[:4])
    before = window.last_year()
    ages = {f"age_{age}": window.last_day.replace(year=year - age) for age in (31, 41, 51, 61)}
    return {
        "value_start": window.start,
        "value_end": window.end,
        "previous_start": before.start,
        "previous_end": before.end,
        "year_start": date(year, 1, 1),
        "value_day": window.last_day,
        "previous_day": before.last_day,
        "eve": date(year - 1, 12, 31),
        "previous_eve": date(year - 2, 12, 31),
        **ages,
    }


def _times(ours: Any, theirs: Any) -> tuple[float, float]:
    """Return the shortest work of each in seconds, in turns; SQLite works inside the process, so nothing is missed."""
    best = [float("inf"), float("inf")]
    for _ in range(_REPEATS):
        for index, work in enumerate((ours, theirs)):
            begun = time.process_time()
            work()
            best[index] = min(best[index], time.process_time() - begun)
    return best[0], best[1]


def _check(figures: list[Figure], rows: list[tuple[Any, ...]]) -> None:
    """Assert that both say the same; a unit without a row has nothing, what is not known is not compared."""
    from giaoban.apps.reporting.queries.figures import catalogue
    from giaoban.core.numbers_vi import percent
    from giaoban.figures import Kind

    numbers, breakdowns, eves = _sorted_out(rows)
    for figure in figures:
        key, unit = figure.request.measure, figure.request.unit
        if key == _RATE:
            admitted, eve = numbers.get(("members.admitted", unit), (0, 0, 0)), eves.get(unit, (0, 0))
            expected: tuple[Any, ...] = (
                percent(admitted[0], eve[0]),
                percent(admitted[1], eve[1]),
                percent(admitted[2] or 0, eve[0]),
            )
        else:
            expected = numbers.get((key, unit), (0, 0, 0))
        found = (figure.value, figure.previous, figure.cumulative)
        is_stock = catalogue()[key].kind is Kind.STOCK
        for part, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert one is None or one == other or (part == 2 and is_stock), (key, unit, found, expected)
        for dimension, codes in figure.breakdowns.items():
            assert codes == breakdowns.get((key, unit, dimension), {}), (key, unit, dimension)


def _sorted_out(rows: list[tuple[Any, ...]]) -> tuple[Numbers, Breakdowns, dict[str, tuple[int, int]]]:
    numbers: Numbers = {}
    breakdowns: Breakdowns = defaultdict(dict)
    eves: dict[str, tuple[int, int]] = {}
    for fact, unit, dimension, code, value, previous, cumulative in rows:
        if fact == "eve":
            eves[unit] = (value, previous)
            continue
        key, names = MEASURES[fact]
        if not dimension:
            numbers[key, unit] = (value, previous, cumulative)
        elif value:
            breakdowns[key, unit, names.get(dimension, dimension)][code or "unknown"] = value
    return numbers, breakdowns, eves
