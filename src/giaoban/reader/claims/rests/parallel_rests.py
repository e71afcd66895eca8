"""«có 72 hộ nghèo và 58 hộ cận nghèo; … đã giúp 61 hộ nghèo và 43 hộ cận nghèo, còn 11 hộ nghèo và 15 hộ cận nghèo»:
what is left of two things that are told of three times.

Where one of them is right, the three places tell of the same, and the other one must be right too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from giaoban.reader.claims.base.nouns import Kind
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind
from giaoban.reader.claims.base.passage import Passage, show
from giaoban.reader.model import Claim, ClaimKind

_LEFT = re.compile(r"còn(?: lại)?(?: là| có)?:? \Z")
_JOINS = re.compile(r"[^.;:()\n\d%]{1,40}?(?:,| và|, và) (?:có )?")
_TAIL = re.compile(r" (?:và|thì|nên|đã|được|theo|của)\b.*")
_REACH, _MOST, _LEAD = 900, 24, 20
_FEWEST_WORDS = 2

_Row = tuple[Token, Token]


def find_parallel_rests(passage: Passage) -> Iterator[Claim]:
    """Yield what is left of two things, and is told beside each other, as far as no other finder has told of it."""
    for place in passage.places("còn "):
        index = passage.first_after(place)
        if index >= len(passage.starts) or passage.starts[index] - place > _LEAD:
            continue
        row = _row(passage, index)
        if row is None or not _LEFT.search(passage.text, max(place, row[0].start - _LEAD), row[0].start):
            continue
        rows = _rows_before(passage, index, row)
        if len(rows) > 1:
            yield from _judge(passage, rows[1], rows[0], row)


def _row(passage: Passage, index: int) -> _Row | None:
    """Return two counts beside each other, of two things that are named."""
    if index < 0 or index + 1 >= len(passage.tokens):
        return None
    one, other = passage.tokens[index : index + 2]
    for token in (one, other):
        noun = passage.noun(token)
        if token.kind is not TokenKind.COUNT or not token.is_exact or noun.kind is Kind.SPAN or not noun.head:
            return None
    if other.start - one.end > _LEAD * 3 or not _JOINS.fullmatch(passage.text, one.end, other.start):
        return None
    return (one, other) if _name(passage, one) != _name(passage, other) else None


def _name(passage: Passage, token: Token) -> str:
    return _TAIL.sub("", passage.noun(token).phrase.strip())


def _is_same(passage: Passage, one: Token, other: Token) -> bool:
    first, second = sorted((_name(passage, one), _name(passage, other)), key=len)
    is_named = len(first.split()) >= _FEWEST_WORDS
    is_one = second == first or second.startswith(f"{first} ")
    return is_named and is_one and passage.noun(one).scale == passage.noun(other).scale


def _rows_before(passage: Passage, index: int, row: _Row) -> list[_Row]:
    """Return the pairs before a place that count the same two things in the same order, nearest first."""
    found: list[_Row] = []
    at = index - 2
    while at >= max(0, index - _MOST) and row[0].start - passage.tokens[at].end <= _REACH:
        before = _row(passage, at)
        if before is not None and all(_is_same(passage, *pair) for pair in zip(before, row, strict=True)):
            found.append(before)
            at -= 1
        at -= 1
    return found


def _has_more(passage: Passage, whole: Token, rest: Token, told: set[int]) -> bool:
    """Tell whether more of the same is told between: «…, phát sinh 5 hộ cận nghèo, hiện còn …»."""
    between = passage.between(whole.end, rest.start)
    return any(
        token.start not in told
        and passage.noun(token).root == passage.noun(rest).root
        and _is_same(passage, token, rest)
        for token in between
        if token.kind is TokenKind.COUNT
    )


def _judge(passage: Passage, wholes: _Row, done: _Row, left: _Row) -> Iterator[Claim]:
    every = list(zip(wholes, done, left, strict=True))
    right = [whole.number.value - part.number.value == rest.number.value for whole, part, rest in every]
    if not any(right) or any(whole.number.value < part.number.value for whole, part, _ in every):
        return
    for (whole, part, rest), holds in zip(every, right, strict=True):
        if rest.start in passage.summed or (
            not holds and _has_more(passage, whole, rest, {part.start for part in done})
        ):
            continue
        said = f"{whole.number.text} - {part.number.text} = {show(whole.number.value - part.number.value)}"
        explain = f"{said}, {'đúng như ' if holds else ''}văn bản ghi {rest.number.text}"
        numbers: tuple[Number, ...] = (whole.number, part.number, rest.number)
        end = rest.end + passage.noun(rest).width
        yield passage.claim(whole.start, end, ClaimKind.SUM, numbers, holds, explain)
