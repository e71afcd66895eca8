"""Putting a sentence together: numbers with their measure, words between them, capital letter and full stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_count, format_number, round_half_up
from giaoban.writer.blocks import FootnoteRef, Inline, Number, Quantity, Role, Text
from giaoban.writer.sentences.view import Context

Line = tuple[Inline, ...]


def exact(value: Quantity) -> Decimal:
    """Return a number as it is written, without the tail of a binary fraction."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def plain(value: Decimal) -> Quantity:
    """Return a whole number as int, so that it is a plain number in JSON too."""
    return int(value) if value == value.to_integral_value() else value


def count_text(value: Quantity) -> str:
    """Write a count or an amount in running text: 5 -> «05», 5531 -> «5.531», 90.5 -> «90,5»."""
    number = exact(value)
    return format_count(int(number)) if number == number.to_integral_value() else format_number(number)


def percent_text(value: Quantity) -> str:
    """Write a percentage with one decimal at most, rounded half up: 60.6 -> «60,6%», 105.0 -> «105%»."""
    return f"{format_number(round_half_up(exact(value)))}%"


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes the numbers of one measure, so that each carries its key and period."""

    measure: str
    context: Context

    def count(self, value: Quantity, unit: str, role: Role = Role.VALUE, *, part: str = "", text: str = "") -> Number:
        """Return a count; ``text`` replaces the digits where the number is said in a word («không»).

        Raises:
            InvalidInput: the value is negative.
        """
        if exact(value) < 0:
            raise InvalidInput(f"Số liệu âm: {format_number(value)}", where=self.measure, expected="số từ 0 trở lên")
        return Number(text or count_text(value), self.measure, value, unit, self._period(role), role, part)

    def percent(self, value: Quantity, role: Role) -> Number:
        """Return a percentage."""
        return Number(percent_text(value), self.measure, value, "%", self._period(role), role)

    def _period(self, role: Role) -> str:
        return self.context.previous_period if role is Role.PREVIOUS else self.context.period


def words(*parts: str) -> str:
    """Join the parts that are not empty with a space."""
    return " ".join(part for part in parts if part)


def line(*parts: str | Inline | Iterable[Inline]) -> Line:
    """Join strings, inlines and lines; neighbouring words become one run."""
    joined: list[Inline] = []
    for part in parts:
        if isinstance(part, str):
            inlines: Iterable[Inline] = (Text(part),)
        elif isinstance(part, Text | Number | FootnoteRef):
            inlines = (part,)
        else:
            inlines = part
        for inline in inlines:
            last = joined[-1] if joined else None
            if (
                isinstance(inline, Text)
                and isinstance(last, Text)
                and (inline.bold, inline.italic)
                == (
                    last.bold,
                    last.italic,
                )
            ):
                joined[-1] = replace(last, text=last.text + inline.text)
            elif not isinstance(inline, Text) or inline.text:
                joined.append(inline)
    return tuple(joined)


def join(lines: Iterable[Line], between: str) -> Line:
    """Join lines with the same words between them."""
    joined: Line = ()
    for order, each in enumerate(lines):
        joined = line(joined, between if order else "", each)
    return joined


def finish(clause: Line) -> Line:
    """Return the clause as a sentence: capital letter in front, full stop at the end."""
    first, *rest = clause
    if not isinstance(first, FootnoteRef):
        first = replace(first, text=first.text[:1].upper() + first.text[1:])
    return line(first, rest, ".")
