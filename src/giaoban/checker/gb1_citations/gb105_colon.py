"""GB105: a colon after «Số» before a Party document's number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.checker.base import Applicability, Draft, Fix, Rule, Severity, Subject
from giaoban.checker.gb1_citations.symbols import party_symbols

_BEFORE = re.compile(r"(?<!\w)[Ss]ố\s?:\s?\Z")


def find(subject: Subject) -> Iterator[Draft]:
    """Look before each symbol of the Party."""
    text = subject.flow.text
    for symbol in party_symbols(subject):
        before = _BEFORE.search(text, max(0, symbol.start - 8), symbol.start)
        if before is not None:
            start, end = subject.flow.span(before.start(), symbol.end)
            yield Draft(
                start,
                end,
                f"«{text[before.start() : symbol.end]}»: văn bản của Đảng không ghi dấu hai chấm sau chữ «Số»",
                f"Số {symbol.right_form}" if before[0][0] == "S" else f"số {symbol.right_form}",
                _without_colon(subject, before.start() + len("số"), symbol.start),
            )


def _without_colon(subject: Subject, first: int, last: int) -> Fix | None:
    """Put one blank for the colon and what is around it; a line break there has its reason and stays."""
    start, end = subject.flow.span(first, last)
    return Fix(start, end, " ", Applicability.SAFE) if not set(subject.text[start:end]) - set(" :\t\u00a0") else None


RULE = Rule("GB105", "colon-after-number-sign", Severity.INFO, find)
