"""GB206: one large number comes twice, the second time with two neighbouring digits swapped: «3.412», «3.421»."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.core.numbers_vi import format_number
from giaoban.reader.claims.nouns import Kind, noun_after
from giaoban.reader.claims.numbers import TokenKind, scan

# Below a thousand two numbers of one kind are too often alike by chance («kết nạp 58», «chuyển đi 85»).
_SMALLEST = 1000
_COUNTED = frozenset({Kind.PERSON, Kind.UNIT, Kind.PAPER, Kind.WORK})


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the large counts of one noun with each other; the later place is reported."""
    text = subject.flow.text
    seen: dict[str, dict[str, int]] = {}
    for token in scan(text):
        if token.kind is not TokenKind.COUNT or token.number.value < _SMALLEST or not token.number.is_whole:
            continue
        noun = noun_after(text, token.end)
        if noun.kind not in _COUNTED or token.mark is not None or token.number.is_doubtful:
            continue
        digits = token.number.text.replace(".", "")
        before = seen.setdefault(noun.head, {})
        twin = next((other for other in _swaps(digits) if other in before), None)
        if twin is not None and digits not in before:
            start, end = subject.flow.span(token.start, token.end)
            line, _ = subject.source.position(subject.flow.origin(before[twin]))
            yield Draft(
                start,
                end,
                f"{token.number.text} {noun.head} ở đây, {format_number(int(twin))} {noun.head} ở dòng {line}: "
                "có thể hai chữ số bị đảo",
                "Đối chiếu hai chỗ",
            )
        before.setdefault(digits, token.start)


def _swaps(digits: str) -> Iterator[str]:
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            yield digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


RULE = Rule("GB206", "swapped-digits", Severity.INFO, find)
