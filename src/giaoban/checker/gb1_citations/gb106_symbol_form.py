"""GB106: a Party symbol written in the State's way or with the wrong signs: «12/NQ-TU», «12-NQ-TU»."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb1_citations.symbols import party_symbols


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the signs around the code with those of the Party's guides."""
    for symbol in party_symbols(subject):
        if (symbol.first, symbol.second) == ("-", "/"):
            continue
        start, end = subject.flow.span(symbol.start, symbol.end)
        printed = subject.flow.text[symbol.start : symbol.end]
        yield Draft(
            start,
            end,
            f"«{printed}»: ký hiệu văn bản của Đảng viết số, gạch nối, tên loại, gạch chéo, cơ quan",
            symbol.right_form,
        )


RULE = Rule("GB106", "party-symbol-malformed", Severity.WARNING, find)
