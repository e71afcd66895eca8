"""An office's own words about a figure, said where a condition on it holds: «chưa đạt chỉ tiêu, còn thiếu {gap}»."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from giaoban.core.numbers_vi import round_half_up
from giaoban.writer.blocks import Number, Quantity, Role
from giaoban.writer.sentences.line import Line, Printer, exact, finish, line, plain
from giaoban.writer.sentences.view import Context, FigureView


class When(StrEnum):
    """The condition on the figure under which a sentence is said; what is not known meets none of them."""

    KNOWN = "known"
    POSITIVE = "positive"
    ZERO = "zero"
    RISES = "rises"
    FALLS = "falls"
    EQUAL = "equal"
    TARGET_REACHED = "target_reached"
    TARGET_AHEAD = "target_ahead"
    TARGET_LAGS = "target_lags"
    TARGET_MISSED = "target_missed"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"


def _change(figure: FigureView) -> Quantity | None:
    if figure.value is None or figure.previous is None:
        return None
    return plain(abs(exact(figure.value) - exact(figure.previous)))


def _points(figure: FigureView) -> Quantity | None:
    """Return the difference of two percentages as they are printed."""
    if figure.value is None or figure.previous is None:
        return None
    return plain(abs(round_half_up(exact(figure.value)) - round_half_up(exact(figure.previous))))


def _gap(figure: FigureView) -> Quantity | None:
    if figure.cumulative is None or figure.target is None:
        return None
    return plain(abs(exact(figure.target) - exact(figure.cumulative)))


def _left(figure: FigureView) -> Quantity | None:
    if figure.value is None or figure.expected is None:
        return None
    return plain(exact(figure.expected) - exact(figure.value))


def _growth(figure: FigureView) -> Quantity | None:
    return None if figure.growth_percent is None else plain(abs(exact(figure.growth_percent)))


# Name in the text -> what it stands for, its role, and whether it is a percentage.
_NUMBERS: dict[str, tuple[Callable[[FigureView], Quantity | None], Role, bool]] = {
    "value": (lambda figure: figure.value, Role.VALUE, False),
    "rate": (lambda figure: figure.value, Role.VALUE, True),
    "previous": (lambda figure: figure.previous, Role.PREVIOUS, False),
    "change": (_change, Role.CHANGE, False),
    "points": (_points, Role.CHANGE, False),
    "growth": (_growth, Role.GROWTH_PERCENT, True),
    "cumulative": (lambda figure: figure.cumulative, Role.CUMULATIVE, False),
    "target": (lambda figure: figure.target, Role.TARGET, False),
    "percent": (lambda figure: figure.percent_of_target, Role.PERCENT_OF_TARGET, True),
    "gap": (_gap, Role.GAP_TO_TARGET, False),
    "expected": (lambda figure: figure.expected, Role.EXPECTED, False),
    "left": (_left, Role.GAP_TO_TARGET, False),
}
NAMES = tuple(_NUMBERS)


def _holds(when: When, figure: FigureView, context: Context) -> bool:
    value, previous = figure.value, figure.previous
    if value is None:
        return False
    match when:
        case When.KNOWN:
            return True
        case When.POSITIVE | When.ZERO:
            return (value > 0) is (when is When.POSITIVE)
        case When.RISES | When.FALLS | When.EQUAL:
            if previous is None:
                return False
            now, before = exact(value), exact(previous)
            return {When.RISES: now > before, When.FALLS: now < before, When.EQUAL: now == before}[when]
        case When.COMPLETE | When.INCOMPLETE:
            return bool(figure.expected) and (_left(figure) == 0) is (when is When.COMPLETE)
        case _:
            return _against_target(when, figure, context)


def _against_target(when: When, figure: FigureView, context: Context) -> bool:
    if figure.cumulative is None or figure.target is None or exact(figure.target) <= 0:
        return False
    done, target = exact(figure.cumulative), exact(figure.target)
    reached, in_step = done >= target, done >= target * context.elapsed
    return {
        When.TARGET_REACHED: reached,
        When.TARGET_AHEAD: in_step and not reached,
        When.TARGET_LAGS: not in_step,
        When.TARGET_MISSED: not reached,
    }[when]


@dataclass(frozen=True, slots=True)
class Free:
    """A whole sentence with places for numbers of one measure, said where ``when`` holds and every number is known.

    ``text`` may hold {value}, {rate} (a value in percent), {previous}, {change}, {points}, {growth}, {cumulative},
    {target}, {percent}, {gap}, {expected}, {left}; or no number at all, where the figure only
    decides whether it is said.
    """

    measure: str
    text: str
    when: When = When.KNOWN
    unit: str = ""

    def measures(self) -> tuple[str, ...]:
        """Return the measure."""
        return (self.measure,)

    def write(self, context: Context) -> Line | None:
        """Return the sentence."""
        figure = context.figure(self.measure)
        if not _holds(self.when, figure, context):
            return None
        printer = Printer(self.measure, context)
        said: Line = ()
        rest = self.text
        while rest:
            before, brace, after = rest.partition("{")
            name, _, rest = after.partition("}")
            number = self._number(printer, figure, name) if brace else None
            if brace and number is None:
                return None
            said = line(said, before, *((number,) if number else ()))
        return finish(said) if said else None

    def _number(self, printer: Printer, figure: FigureView, name: str) -> Number | None:
        read, role, is_percent = _NUMBERS[name]
        value = read(figure)
        if value is None:
            return None
        return printer.percent(value, role) if is_percent else printer.count(value, self.unit, role)
