"""GB207: one quantity is given with two values: in the report «kết nạp 96 đảng viên mới», where it sums up «kết nạp 69
đảng viên mới».

Compared are numbers of the same words, one told where the document sums up and one where it does not. A quantity with
three values is of several things, and one that is twice the other is of another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb2_arithmetic.events import event_at
from giaoban.checker.gb2_arithmetic.gb206_swapped_digits import COUNTED
from giaoban.checker.gb2_arithmetic.quantities import Quantity, quantities
from giaoban.reader.claims.base.numbers import TokenKind

_OPENING = 900
_SMALLEST_SWAPPED = 1000


def find(subject: Subject) -> Iterator[Draft]:
    """Compare what is told where a document sums up with what it tells elsewhere; the later place is reported."""
    groups: defaultdict[tuple[frozenset[str], str, int], list[Quantity]] = defaultdict(list)
    for quantity in quantities(subject):
        groups[quantity.words, quantity.unit, quantity.turn].append(quantity)
    opening = subject.small[:_OPENING]
    several = (group for group in groups.values() if len(group) > 1)
    pairs = [pair for group in several if (pair := _contradict(group, opening)) is not None]
    for first, later in sorted(pairs, key=lambda pair: pair[1].place):
        if _is_of_swapped_digits(subject, first, later):
            continue
        start, end = subject.flow.span(later.token.start, later.token.end)
        line, _ = subject.source.position(first.place)
        yield Draft(
            start,
            end,
            f"Cùng một số liệu ghi hai giá trị: {_shown(subject, later)} ở đây, {_shown(subject, first)} ở dòng {line}",
            "Đối chiếu hai chỗ và thống nhất một số",
        )


def _contradict(group: list[Quantity], opening: str) -> tuple[Quantity, Quantity] | None:
    """Return the two places of a quantity that contradict each other, if its places give two values in all."""
    if len({quantity.sums_up for quantity in group}) < 2:
        return None
    first = group[0]
    others = [quantity for quantity in group if not _same(first, quantity)]
    if not others or any(not _same(others[0], quantity) for quantity in others):
        return None
    for later in others:
        for quantity in group:
            is_pair = not _same(quantity, later) and quantity.sums_up is not later.sums_up
            if is_pair and _comparable(quantity, later, opening):
                return (quantity, later) if quantity.place < later.place else (later, quantity)
    return None


def _same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers may be one value, rounded the one more than the other."""
    if one.token.number.scale == other.token.number.scale and one.noun.scale == other.noun.scale:
        return one.token.number.digits == other.token.number.digits
    return one.value.meets(other.value)


def _comparable(one: Quantity, other: Quantity, opening: str) -> bool:
    """Tell whether both are of one time, of one sort and near each other, with the same numbers beside them."""
    is_time = one.periods == other.periods or all(period in opening for period in one.periods ^ other.periods)
    both_periods = one.periods and other.periods and one.periods != other.periods
    if not is_time or both_periods or len(one.beside) != len(other.beside) or one.beside != other.beside:
        return False
    upper = sorted((one.token.number.decimal * one.noun.scale, other.token.number.decimal * other.noun.scale))
    kinds = {one.token.kind, other.token.kind}
    seconds = [each.token.second for each in (one, other) if each.token.second is not None]
    if len(seconds) == 2 and seconds[0].decimal != seconds[1].decimal:
        return False
    return upper[1] < 2 * upper[0] and (len(kinds) == 1 or TokenKind.PERCENT not in kinds)


def _is_of_swapped_digits(subject: Subject, one: Quantity, other: Quantity) -> bool:
    """Tell whether GB206 speaks of them."""
    text, tokens = subject.flow.text, (one.token, other.token)
    if sorted(one.token.number.text) != sorted(other.token.number.text):
        return False
    if any(token.kind is not TokenKind.COUNT or not token.number.is_whole for token in tokens):
        return False
    if (
        one.noun.head == other.noun.head
        and one.noun.kind in COUNTED
        and all(token.number.digits >= _SMALLEST_SWAPPED for token in tokens)
    ):
        return True
    return all(event_at(text, token.start, token.end) is not None for token in tokens)


def _shown(subject: Subject, quantity: Quantity) -> str:
    """Return a number with the word that it counts."""
    token, noun = quantity.token, quantity.noun
    printed = subject.flow.text[token.start : token.end]
    name = noun.label or (noun.head if noun.kind else "")
    return f"{printed} {name}".strip()


RULE = Rule("GB207", "told-twice", Severity.WARNING, find)
