"""«Hội có 2.148 hội viên; kết nạp 96 hội viên, nâng tổng số lên 2.244 hội viên»: what is added to a number, and the
total that it comes to.

What fits is told: others may have left meanwhile. Where the number before stands in a bracket behind the total, it must
fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.parts import Part
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.changes.change import EARLIER
from giaoban.reader.claims.sums.verdict import make_sum
from giaoban.reader.claims.sums.wholes import Whole
from giaoban.reader.model import Claim

_RAISES = re.compile(r"(?:nâng|đưa)[^.;,()\n\d%]{0,70} lên(?: thành| con số| đến)?:? \Z")
_WAS = re.compile(rf"[^.;,()\n\d%]{{0,60}} ?\((?:cuối |đầu )?{EARLIER}[^().;,\d%]{{0,24}}(?:là |có )?")
_GAP, _REACH, _MOST, _STEPS = 120, 700, 24, 4
_SMALLEST = 20


def find_raised(passage: Passage) -> Iterator[Claim]:
    """Yield such sums of one flow that no other finder has told of."""
    text, tokens = passage.text, passage.tokens
    for place in sorted([*passage.places("nâng "), *passage.places("đưa ")]):
        index = passage.first_after(place)
        total = tokens[index] if 0 < index < len(tokens) else None
        if total is None or not _is_count(total) or total.start in passage.summed:
            continue
        if (
            total.start - place > _GAP
            or " lên" not in text[place : total.start]
            or not _RAISES.fullmatch(text, place, total.start)
        ):
            continue
        claim = _judge(passage, index, place)
        if claim is not None:
            yield claim


def _is_count(token: Token) -> bool:
    return token.kind is TokenKind.COUNT and token.is_exact


def _judge(passage: Passage, index: int, place: int) -> Claim | None:
    """Return the sum of a step and the number before it that make the total."""
    tokens, total = passage.tokens, passage.tokens[index]
    noun = passage.noun(total)
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    was = after is not None and _is_count(after) and _WAS.fullmatch(passage.text, total.end, after.start)
    for at in range(index - 1, max(-1, index - _STEPS), -1):
        step = tokens[at]
        own = passage.noun(step)
        if place - step.end > _GAP or passage.sentence_end(step.end, place) < place:
            return None
        if not _is_count(step) or own.kind is Kind.SPAN or not may_add_up(noun if noun.head else own, own):
            continue
        left = total.number.value - step.number.value
        if was and after is not None:
            return _claim(passage, step, after, total) if after.number.value == left else None
        for earlier in range(at - 1, max(-1, at - _MOST), -1):
            base = tokens[earlier]
            if step.start - base.end > _REACH:
                break
            is_like = passage.noun(base).root == own.root != "" and passage.noun(base).scale == own.scale
            if is_like and _is_count(base) and base.number.value == left >= _SMALLEST:
                return _claim(passage, step, base, total)
    return None


def _claim(passage: Passage, step: Token, base: Token, total: Token) -> Claim:
    noun = passage.noun(total) if passage.noun(total).head else passage.noun(step)
    first, last = sorted((base, step), key=lambda token: token.start)
    parts = tuple(Part(one, noun, "", is_first=True) for one in (first, last))
    end = max(total.end, base.end)
    return make_sum(passage, min(first.start, total.start), end, Whole(total, noun, ""), parts, True)
