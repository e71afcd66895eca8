"""GB206: one number comes twice, the second time with two neighbouring digits swapped: «3.412», «3.421».

Large counts of one noun; smaller ones only where both places tell of the same event of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.checker.gb2_arithmetic.events import event_at
from giaoban.checker.gb2_arithmetic.quantities import tokens_of
from giaoban.core.numbers_vi import format_number
from giaoban.reader.claims.base.nouns import Kind, noun_after
from giaoban.reader.claims.base.numbers import TokenKind

# Below a thousand two numbers of one kind are too often alike by chance («kết nạp 58», «chuyển đi 85»).
_SMALLEST = 1000
COUNTED = frozenset({Kind.PERSON, Kind.UNIT, Kind.PAPER, Kind.WORK})


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the large counts of one noun, and the counts of one event; the later place is reported."""
    text = subject.flow.text
    seen: defaultdict[tuple[object, ...], dict[str, tuple[int, bool]]] = defaultdict(dict)
    for token in subject.once(tokens_of):
        if token.kind is not TokenKind.COUNT or not token.number.is_whole or token.mark is not None:
            continue
        if token.number.value >= _SMALLEST:
            noun = noun_after(text, token.end)
            if noun.kind not in COUNTED or token.number.is_doubtful:
                continue
            verb, name, is_sure = "", noun.head, True
            key: tuple[object, ...] = (noun.head,)
        elif event := event_at(text, token.start, token.end):
            verb, name, is_sure = f"{event.verb} ", event.noun, event.names_whole
            key = (event.verb, event.noun, event.periods)
        else:
            continue
        digits, before = token.number.text.replace(".", ""), seen[key]
        twin = next((other for other in _swaps(digits) if other in before), None)
        if twin is not None and digits not in before and (is_sure or before[twin][1]):
            start, end = subject.flow.span(token.start, token.end)
            line, _ = subject.source.position(subject.flow.origin(before[twin][0]))
            yield Draft(
                start,
                end,
                f"{verb}{token.number.text} {name} ở đây, {format_number(int(twin))} {name} ở dòng {line}: "
                "có thể hai chữ số bị đảo",
                "Đối chiếu hai chỗ",
            )
        before.setdefault(digits, (token.start, is_sure))


def _swaps(digits: str) -> Iterator[str]:
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            yield digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


RULE = Rule("GB206", "swapped-digits", Severity.INFO, find)
