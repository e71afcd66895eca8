"""What must hold between figures (decisions D3 to D7), as functions; tests and `giaoban verify` call them.

Each returns the breaches it found, in words; an empty list means that the identity holds. Where something is not known
(None, or a register that was not kept everywhere) nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from giaoban.core.period import Period
from giaoban.figures.model import UNKNOWN, Figure, FigureRequest, Measure, Number

TOTAL = "members.total"
# ``members.opened`` is no flow that a report shows; it keeps the books straight where a roll is taken over (D6).
ENTERING = (
    "members.admitted",
    "members.restored",
    "members.transferred_in",
    "members.opened",
    "organizations.members_received",
)
LEAVING = ("members.transferred_out", "members.left", "members.died", "organizations.members_handed_over")
# Temporary transfers change no stock (decision D5).
_STOCK_CODES: Mapping[str, tuple[str, str]] = {
    "members.transferred_in": ("term", "official"),
    "members.transferred_out": ("term", "official"),
}


@dataclass(frozen=True, slots=True)
class Breach:
    """One identity that does not hold, with both sides."""

    rule: str
    request: FigureRequest
    expected: Number
    found: Number

    def __str__(self) -> str:
        """Return one line for people."""
        where = f"{self.request.measure} tại {self.request.unit}, {self.request.period.name()}"
        return f"{where}: {self.rule}: {self.expected} khác {self.found}"


def fully_kept(figure: Figure) -> bool:
    """Tell whether every unit at or under the asked one kept the register all the time."""
    return figure.coverage.expected == figure.coverage.reported


def children_add_up(measure: Measure, figure: Figure) -> list[Breach]:
    """The parent is the sum of its children, where the measure is additive over units."""
    if not measure.additive_units or figure.value is None:
        return []
    total = sum(value for value in figure.children.values() if value is not None)
    return _compare("tổng các đơn vị trực thuộc", figure.request, figure.value, total)


def breakdowns_add_up(figure: Figure) -> list[Breach]:
    """The parts of each breakdown that was asked for add up to the value; so official + probationary = total."""
    if figure.value is None:
        return []
    return [
        breach
        for dimension, codes in figure.breakdowns.items()
        for breach in _compare(f"tổng theo {dimension}", figure.request, figure.value, sum(codes.values()))
    ]


def periods_add_up(measure: Measure, whole: Figure, parts: Iterable[Figure]) -> list[Breach]:
    """Months make the quarter and quarters the year, where the measure is additive over time."""
    values = [part.value for part in parts]
    if not measure.additive_time or whole.value is None or None in values:
        return []
    total = sum(value for value in values if value is not None)
    return _compare("tổng các kỳ thành phần", whole.request, whole.value, total)


def balance_requests(unit: str, period: Period) -> list[FigureRequest]:
    """Return what `members_balance` needs to know, in its order; to be computed with the calendar's own bounds."""
    opening = FigureRequest(TOTAL, unit, period.before())
    return [opening, *(FigureRequest(key, unit, period) for key in (TOTAL, *ENTERING, *LEAVING))]


def members_balance(figures: Iterable[Figure]) -> list[Breach]:
    """Opening + admitted + restored + in + moved in with units − out − left − died − moved out with units = closing.

    Takes the figures of `balance_requests` with their breakdowns (decision D5).
    """
    opening, closing, *flows = figures
    if not all(fully_kept(part) for part in (opening, closing, *flows)):
        return []
    if any(_is_unsplit(part) for part in flows):
        return []
    entering = sum(_stock_change(part) for part in flows if part.request.measure in ENTERING)
    leaving = sum(_stock_change(part) for part in flows if part.request.measure in LEAVING)
    # A unit that did not stand yet, or stands no more, has no members: None there is no gap in what is known.
    expected = (opening.value or 0) + entering - leaving
    return _compare("đầu kỳ + tăng − giảm", closing.request, expected, closing.value or 0)


def _is_unsplit(figure: Figure) -> bool:
    """Tell whether transfers were told as one number: how many of them changed a stock is not known."""
    code = _STOCK_CODES.get(figure.request.measure)
    return code is not None and bool(figure.breakdowns.get(code[0], {}).get(UNKNOWN))


def _stock_change(figure: Figure) -> Number:
    code = _STOCK_CODES.get(figure.request.measure)
    if code is not None:
        return figure.breakdowns.get(code[0], {}).get(code[1], 0)
    return figure.value or 0


def _compare(rule: str, request: FigureRequest, expected: Number, found: Number) -> list[Breach]:
    return [] if expected == found else [Breach(rule, request, expected, found)]
