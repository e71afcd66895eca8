"""The statistics workbook of one unit and period as data: its sheets filled with figures, and its checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.organizations.models import Placement, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, cards_by_code
from giaoban.apps.reporting.queries.figures import compute_figures, sources
from giaoban.apps.reporting.statistics.checks import Check, checks_of
from giaoban.apps.reporting.statistics.sheets import SHEETS, Cell
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period, PeriodKind, Window
from giaoban.figures import Figure, FigureRequest, Parts
from giaoban.figures.invariants import TOTAL
from giaoban.figures.model import Number

_DIMENSIONS = frozenset(cell.dimension for sheet in SHEETS for cell in sheet.columns if cell.dimension)


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets as rows of numbers: the committee first, then the units under it on the last day, by code.

    ``values``: key of the sheet -> code of the unit -> a number for each column, None where it is not known.
    """

    unit: Unit
    period: Period
    window: Window
    cards: Mapping[str, UnitCard]
    values: Mapping[str, Mapping[str, Sequence[Number | None]]]
    checks: tuple[Check, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The units in the order of the rows."""
        return tuple(self.cards)


def statistics_workbook(unit: Unit, period: Period) -> Workbook:
    """Return the workbook's numbers; the number of queries does not depend on the units.

    Raises:
        InvalidInput: several years are no statistical period, or nothing was kept in it.
    """
    if period.kind is PeriodKind.YEARS:
        raise InvalidInput(
            f"Biểu thống kê không lập cho {period.name()}", where="kỳ", expected="tháng, quý, 6 tháng, 9 tháng, năm"
        )
    window = sources().calendar.bounds([(unit.code, period)])[unit.code, period].window
    codes = (unit.code, *_standing_below(unit, window.last_day))
    asked = dict.fromkeys(cell.measure for sheet in SHEETS for cell in sheet.columns)
    requests = [FigureRequest(key, code, period) for key in asked for code in codes]
    figures = {
        (one.request.measure, one.request.unit): one
        for one in compute_figures(requests, parts=Parts(breakdown=True, dimensions=_DIMENSIONS))
    }
    if all(figures[key, unit.code].value is None for key in asked):
        raise InvalidInput(
            f"Sổ chưa được dùng trong kỳ này: {period.name()}, đơn vị {unit.code}", expected="kỳ từ khi dùng sổ"
        )
    opening = {
        one.request.unit: one.value
        for one in compute_figures([FigureRequest(TOTAL, code, _before(period)) for code in codes], parts=Parts())
    }
    values = {
        sheet.key: {
            code: [
                opening[code] if cell.opening else _number(figures[cell.measure, code], cell) for cell in sheet.columns
            ]
            for code in codes
        }
        for sheet in SHEETS
    }
    cards = cards_by_code(codes, day=window.last_day)
    checks = checks_of(values, unit.code, codes[1:])
    return Workbook(unit, period, window, {code: cards[code] for code in codes}, values, tuple(checks))


def _before(period: Period) -> Period:
    """Return a period that ends where this one begins."""
    return Period.parse(str(period.year - 1)) if period.kind is PeriodKind.NINE_MONTHS else period.before()


def _number(figure: Figure, cell: Cell) -> Number | None:
    if figure.value is None or not cell.dimension:
        return figure.value
    parts = figure.breakdowns.get(cell.dimension, {})
    # What was reported as one number has no parts: that is not known, and not 0.
    return parts.get(cell.code, 0 if sum(parts.values()) == figure.value else None)


def _standing_below(unit: Unit, day: date) -> list[str]:
    rows = Placement.objects.filter(on_day(day), parent=unit).order_by("unit__code")
    return list(rows.values_list("unit__code", flat=True))
