"""«Năm 2024 giao 1.840 thanh niên. … Năm 2025 giao 1.965 thanh niên (tăng 125 người so với năm 2024)»: a step from what
a sentence before tells of that year. What fits is told: the sentence may count something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.base.subject import Amount, subject_before
from giaoban.reader.claims.changes.change import Change, change_holds, explain_change
from giaoban.reader.model import Claim, ClaimKind

_STEP = re.compile(r"(?P<way>[tT]ăng|[gG]iảm|[hH]ơn|[íÍ]t hơn|[vV]ượt)(?: thêm| được)? \Z")
_SINCE = re.compile(r"[^.;,()\n\d%]{0,40} (?:so với|so) (?:cuối |đầu |cùng kỳ )?(?:năm )?(?P<year>(?:19|20)\d\d)\b")
_LONGEST_STEP, _NEAR, _REACH, _BACK, _MOST = 16, 60, 700, 160, 24
_SMALLEST = 8


def find_years_apart(passage: Passage) -> Iterator[Claim]:
    """Yield such changes of one flow that no other finder has told of."""
    text, tokens = passage.text, passage.tokens
    for place in passage.places(" so với "):
        index = passage.first_after(place) - 1
        step = tokens[index] if index > 0 else None
        if step is None or place - step.end > _NEAR or step.kind is TokenKind.FRACTION or step.start in passage.told:
            continue
        way = _STEP.search(text, max(0, step.start - _LONGEST_STEP), step.start)
        since = _SINCE.match(text, step.end) if way and step.is_exact else None
        if way is None or since is None:
            continue
        claim = _judge(passage, step, way, since["year"])
        if claim is not None:
            yield claim


def _judge(passage: Passage, step: Token, way: re.Match[str], year: str) -> Claim | None:
    is_count = step.kind is TokenKind.COUNT
    noun = passage.noun(step)
    found = subject_before(passage, way.start(), noun if is_count else None)
    if found is None or found[0].token.kind is not TokenKind.COUNT or not found[0].is_exact:
        return None
    value, falls = found[0], way["way"].lower() in ("giảm", "ít hơn")
    at = passage.first_after(value.token.start)
    for index in range(at - 1, max(-1, at - _MOST), -1):
        token = passage.tokens[index]
        if value.token.start - token.end > _REACH:
            return None
        own = passage.noun(token)
        is_like = token.kind is TokenKind.COUNT and token.is_exact and own.root == value.noun.root != ""
        if not is_like or own.scale != value.noun.scale or token.number.value < _SMALLEST:
            continue
        if year not in passage.text[max(0, token.start - _BACK) : token.start]:
            continue
        difference = Amount(step, noun if noun.head else value.noun) if is_count else None
        if difference is not None and not may_add_up(value.noun, difference.noun):
            return None
        change = Change(value, Amount(token, own), difference, None if is_count else step, falls, 0, 0)
        if change_holds(change):
            start, end = token.start, step.end + (noun.width if is_count else 0)
            numbers, said = change.numbers(), explain_change(change, holds=True)
            return passage.claim(start, end, ClaimKind.GROWTH, numbers, True, said)
    return None
