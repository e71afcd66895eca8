"""The parts that sentences share: comparison with last year, progress of a plan, breakdown into parts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from giaoban.core.errors import Conflict
from giaoban.core.numbers_vi import format_number, round_half_up
from giaoban.writer.blocks import Role
from giaoban.writer.sentences.line import Line, Printer, exact, join, line, plain
from giaoban.writer.sentences.view import FigureView

HUNDRED = Decimal(100)


def comparison(
    printer: Printer, figure: FigureView, counter: str, *, percent: bool, after_bracket: bool = False
) -> Line:
    """Compare with the same period of last year; empty where last year is not known.

    Rising and falling name the difference and, with ``percent``, the growth that the figures give; where last year had
    none, no percentage exists and the sentence says so; a growth that rounds to 0,0% is left out.
    """
    if figure.value is None or figure.previous is None:
        return ()
    value, previous = exact(figure.value), exact(figure.previous)
    if value == 0:
        if previous == 0:
            return ()
        before = printer.count(figure.previous, counter, Role.PREVIOUS)
        return line(f" ({printer.context.last_year} ", before, f" {counter})")
    if previous == 0:
        none = printer.count(figure.previous, counter, Role.PREVIOUS, text="không")
        said = line(f"{printer.context.last_year} ", none, " có")
        return line(", ", said) if after_bracket else line(" (", said, ")")
    if value == previous:
        return line(f", bằng {printer.context.last_year}")
    change = printer.count(plain(abs(value - previous)), counter, Role.CHANGE)
    growth: Line = ()
    if percent and figure.growth_percent is not None and round_half_up(exact(figure.growth_percent)) != 0:
        growth = line(" (", printer.percent(plain(abs(exact(figure.growth_percent))), Role.GROWTH_PERCENT), ")")
    turned = "tăng " if value > previous else "giảm "
    return line(", ", turned, change, f" {counter}", growth, f" so với {printer.context.compared}")


def progress(printer: Printer, figure: FigureView, counter: str, plan: str) -> Line:
    """Tell how far a plan is reached, to be put behind a comma: «mới đạt 70% chỉ tiêu năm, còn thiếu 36 đồng chí».

    «mới» is said only of a plan that lags behind the share of the year that has passed. A percentage that would print
    as 100% (or 0%) although something is missing (or done) is left out. Empty where there is no plan.
    """
    if figure.cumulative is None or figure.target is None or exact(figure.target) <= 0:
        return ()
    done, target = exact(figure.cumulative), exact(figure.target)
    gap = printer.count(plain(abs(target - done)), counter, Role.GAP_TO_TARGET)
    printed = _percent_of_target(printer, figure)
    if done == target:
        return line("đạt ", printed or line(printer.percent(100, Role.PERCENT_OF_TARGET)), f" {plan}")
    if done > target:
        if printed:
            return line("đạt ", printed, f" {plan}, vượt ", gap, f" {counter}")
        return line("vượt ", gap, f" {counter} so với {plan}")
    if not printed:
        return line("còn thiếu ", gap, f" {counter} so với {plan}")
    lags = done < target * printer.context.elapsed
    return line("mới đạt " if lags else "đạt ", printed, f" {plan}, còn thiếu ", gap, f" {counter}")


def _percent_of_target(printer: Printer, figure: FigureView) -> Line:
    if figure.percent_of_target is None:
        return ()
    percent = round_half_up(exact(figure.percent_of_target))
    if percent == 0 or (percent == HUNDRED and figure.cumulative != figure.target):
        return ()
    return line(printer.percent(figure.percent_of_target, Role.PERCENT_OF_TARGET))


def parts(
    printer: Printer, figure: FigureView, labels: Mapping[str, str], unit: str, rest: str, *, by: str = ""
) -> Line:
    """Name the parts of a number: «khiển trách 05, cảnh cáo 01»; what has no label is summed as ``rest``.

    ``by`` names a dimension other than the default one. Parts that are 0 are left out. Empty where a part is not known
    or no labelled part is above 0.

    Raises:
        Conflict: the parts come to more than the whole.
    """
    if figure.value is None or not labels:
        return ()
    broken_down = figure.breakdowns.get(by, {}) if by else figure.breakdown
    known = [broken_down.get(code, 0) for code in labels]
    named = [(code, part) for code, part in zip(labels, known, strict=True) if part]
    if any(part is None for part in known) or not named:
        return ()
    total = sum((exact(part) for _, part in named), Decimal())
    left = exact(figure.value) - total
    if left < 0:
        raise Conflict(
            f"Các phần cộng lại là {format_number(total)}, lớn hơn tổng {format_number(figure.value)}",
            where=printer.measure,
            expected="tổng các phần bằng tổng số",
        )
    said = [line(f"{labels[code]} ", printer.count(part, unit, Role.PART, part=code)) for code, part in named]
    if left:
        said.append(line(f"{rest} ", printer.count(plain(left), unit, Role.PART, part="other")))
    return join(said, ", ")


def cumulative_clause(printer: Printer, figure: FigureView, since: str, verb: str, noun: str) -> Line:
    """Say the sum since January: «lũy kế 9 tháng kết nạp 126 đảng viên», «lũy kế chưa kết nạp đảng viên nào»."""
    assert figure.cumulative is not None
    if not figure.cumulative:
        none = printer.count(0, noun, Role.CUMULATIVE, text="chưa")
        return line(f"{since} ", none, f" {verb} {noun} nào")
    return line(f"{since} {verb} ", printer.count(figure.cumulative, noun, Role.CUMULATIVE), f" {noun}")
