"""GB106: a Party symbol written in the State's way or with the wrong signs: «12/NQ-TU», «12-NQ-TU»."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Applicability, Draft, Fix, Rule, Severity, Subject
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
            _with_right_signs(subject.text, start, end, symbol.right_form),
        )


def _with_right_signs(text: str, start: int, end: int, right: str) -> Fix | None:
    """Change signs and blanks only; a symbol that is cut by a line break is left to a person."""
    printed = text[start:end]
    is_whole = not set(printed) & set("\r\n") and _letters(printed) == _letters(right)
    return Fix(start, end, right, Applicability.SAFE) if is_whole else None


def _letters(symbol: str) -> str:
    return "".join(character for character in symbol if character.isalnum())


RULE = Rule("GB106", "party-symbol-malformed", Severity.WARNING, find)
