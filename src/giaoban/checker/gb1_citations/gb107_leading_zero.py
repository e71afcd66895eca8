"""GB107: a Party number below ten without its zero: «số 5-NQ/ĐU»."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Applicability, Draft, Fix, Rule, Severity, Subject
from giaoban.checker.gb1_citations.symbols import party_symbols


def find(subject: Subject) -> Iterator[Draft]:
    """Look for numbers of one digit in well-formed symbols after «số»."""
    text = subject.flow.text
    for symbol in party_symbols(subject):
        is_announced = text[max(0, symbol.start - 6) : symbol.start].rstrip(" :")[-2:].lower() == "số"
        if len(symbol.number) > 1 or not is_announced or (symbol.first, symbol.second) != ("-", "/"):
            continue
        start, end = subject.flow.span(symbol.start, symbol.end)
        yield Draft(
            start,
            end,
            f"«{text[symbol.start : symbol.end]}»: số dưới 10 thêm số 0 ở trước",
            f"0{symbol.right_form}",
            Fix(start, start, "0", Applicability.DISPLAY),
        )


RULE = Rule("GB107", "number-without-leading-zero", Severity.INFO, find)
