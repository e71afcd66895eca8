"""Rules between the values of a form: «a + b <= c», each with its importance and what to do; see docs/algorithms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from giaoban.core.numbers_vi import format_number

Values = Mapping[str, Decimal | None]


class Importance(StrEnum):
    """What a broken rule does: an error stops the sending, a warning asks for a confirmation."""

    ERROR = "error"
    WARNING = "warning"


class Operator(StrEnum):
    """How the two sides of a rule must stand to each other; ``TOGETHER``: both known or both not."""

    AT_MOST = "<="
    AT_LEAST = ">="
    EQUAL = "="
    BELOW = "<"
    ABOVE = ">"
    TOGETHER = "together"


_WORDS = {
    Operator.AT_MOST: "không được lớn hơn",
    Operator.AT_LEAST: "không được nhỏ hơn",
    Operator.EQUAL: "phải bằng",
    Operator.BELOW: "phải nhỏ hơn",
    Operator.ABOVE: "phải lớn hơn",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a side: a constant, a field (``name`` has no dot) or a measure (``members.total``)."""

    name: str = ""
    constant: Decimal = Decimal(0)
    minus: bool = False

    @property
    def is_measure(self) -> bool:
        """Whether the value is asked of the figures."""
        return "." in self.name


@dataclass(frozen=True, slots=True)
class Rule:
    """``left operator right``; ``instruction`` tells in Vietnamese what to look at when it does not hold."""

    key: str
    left: tuple[Term, ...]
    operator: Operator
    right: tuple[Term, ...]
    importance: Importance
    instruction: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold, with both sides as they are; None where a side is not known."""

    rule: Rule
    left: Decimal | None
    right: Decimal | None

    @property
    def words(self) -> str:
        """What is wrong, with the values, and what to do."""
        if self.rule.operator is Operator.TOGETHER:
            return f"Mới có một trong hai số. {self.rule.instruction}"
        assert self.left is not None
        assert self.right is not None
        sides = f"{format_number(self.left)} {_WORDS[self.rule.operator]} {format_number(self.right)}"
        return f"{sides}. {self.rule.instruction}"


def broken_rules(rules: Sequence[Rule], values: Values) -> Iterator[Broken]:
    """Yield the rules that do not hold, in their order.

    A rule one side of which is not known says nothing, but for ``TOGETHER``: that asks just whether both are.

    Args:
        values: by the names that terms use; None or absent: not known.
    """
    for rule in rules:
        left, right = _side(rule.left, values), _side(rule.right, values)
        if rule.operator is Operator.TOGETHER:
            if (left is None) != (right is None):
                yield Broken(rule, left, right)
        elif left is not None and right is not None and not _holds(left, rule.operator, right):
            yield Broken(rule, left, right)


def _side(terms: Sequence[Term], values: Values) -> Decimal | None:
    total = Decimal(0)
    for term in terms:
        value = values.get(term.name) if term.name else term.constant
        if value is None:
            return None
        total += -value if term.minus else value
    return total


def _holds(left: Decimal, operator: Operator, right: Decimal) -> bool:
    match operator:
        case Operator.AT_MOST:
            return left <= right
        case Operator.AT_LEAST:
            return left >= right
        case Operator.BELOW:
            return left < right
        case Operator.ABOVE:
            return left > right
        case _:
            return left == right
