"""«Kiểm tra 42 chi bộ và 96 đảng viên. So với năm trước, tăng 6 chi bộ (36 chi bộ), tăng 14 đảng viên (82 đảng viên)»:
steps with what was before in a bracket, from numbers that stand before them.

Such a row compares with the numbers of one place: where one step is right there, each other one must be too, if just
one number there counts what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from giaoban.reader.claims.base.nouns import Kind, Noun, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.passage import Passage
from giaoban.reader.claims.base.subject import Amount
from giaoban.reader.claims.changes.change import EARLIER, Change, change_holds, explain_change
from giaoban.reader.model import Claim, ClaimKind

_WAY = re.compile(r"(?:\A|[\s(,;:])(?P<way>[tT]ăng|[gG]iảm)(?: thêm| bớt| được| đi)? \Z")
_BESIDE = re.compile(r"(?:tăng|giảm)(?: thêm| được)? \Z")
_JOINS = re.compile(r"\)(?:,| và|;) \Z")
_GAP = re.compile(rf"(?: [^.;,()\n\d%]{{0,40}})? ?\((?:(?:cuối |đầu )?{EARLIER}[^().;,\d%]{{0,16}})?(?:là |có )?")
_CLOSES = re.compile(r"[^().;,\n\d%]{0,40}\)")
_NAME = re.compile(r"\bsố (?P<name>[^.;,()\d%]{3,60}?)\s*(?:tăng|giảm)[^()\d]{0,12}\Z")
_LONGEST_WAY, _LONGEST_NAME = 18, 90
_REACH, _MOST, _NEAR = 900, 40, 240
_SMALLEST, _FEW_OFF = 8, 4


@dataclass(slots=True)
class _Step:
    """A step, what was before, and the way it went."""

    step: Token
    base: Token
    noun: Noun
    falls: bool
    words: str


def find_steps_from(passage: Passage) -> Iterator[Claim]:
    """Yield such changes of one flow that no other finder has told of."""
    row: list[_Step] = []
    for index in range(1, len(passage.tokens) - 1):
        found = _step(passage, index, row[-1] if row else None)
        if found is None:
            continue
        if row and not _goes_on(passage, row[-1].base.end, found.step.start):
            yield from _judge(passage, row)
            row = []
        row.append(found)
    yield from _judge(passage, row)


def _goes_on(passage: Passage, start: int, end: int) -> bool:
    return end - start <= _NEAR and passage.sentence_end(start, end) == end


def _step(passage: Passage, index: int, before: _Step | None) -> _Step | None:
    step, base = passage.tokens[index], passage.tokens[index + 1]
    text = passage.text
    # The bracket is found many times faster than the words around it.
    if "(" not in text[step.end : base.start] or step.kind is TokenKind.FRACTION or not step.is_exact:
        return None
    if base.kind is not TokenKind.COUNT or not base.is_exact:
        return None
    way = _WAY.search(text, max(0, step.start - _LONGEST_WAY), step.start)
    falls = way["way"].lower() == "giảm" if way else None
    if falls is None and before is not None and _JOINS.fullmatch(text, text.find(")", before.base.end), step.start):
        # «giảm 31 hộ nghèo (109 hộ) và 22 hộ cận nghèo (145 hộ)»
        falls = before.falls
    if falls is None or not _GAP.fullmatch(text, step.end, base.start) or not _CLOSES.match(text, base.end):
        return None
    earlier = passage.tokens[index - 1]
    is_near = earlier.kind is TokenKind.COUNT and step.start - earlier.end <= _LONGEST_NAME
    if (
        step.kind is TokenKind.PERCENT
        and is_near
        and _BESIDE.search(text, max(0, earlier.start - _LONGEST_WAY), earlier.start)
    ):
        # «tăng 12 tỷ đồng, tốc độ tăng 8,7% (đầu năm 138 tỷ đồng)» tells of one step.
        return None
    noun = passage.noun(base) if passage.noun(base).head else passage.noun(step)
    if noun.kind is Kind.SPAN or not noun.head:
        return None
    named = _NAME.search(text, max(0, step.start - _LONGEST_NAME), step.start)
    words = named["name"] if named else passage.noun(step).phrase if step.kind is TokenKind.COUNT else noun.phrase
    return _Step(step, base, noun, falls, words.strip() or noun.phrase.strip())


def _judge(passage: Passage, row: list[_Step]) -> Iterator[Claim]:
    if not row:
        return
    begin = row[0].step.start
    numbers = _before(passage, begin)
    right: dict[int, Amount] = {}
    for at, item in enumerate(row):
        value = next((one for one in numbers if _fits(passage, item, one)), None)
        if value is not None:
            right[at] = value
            if item.step.start not in passage.told:
                yield _claim(passage, item, value, holds=True)
    for at, item in enumerate(row if right else ()):
        if at in right or item.step.start in passage.told:
            continue
        anchor = next(iter(right.values())).token
        there = [one for one in numbers if abs(one.token.start - anchor.start) <= _NEAR and _names(item, one)]
        if len(there) == 1 and there[0].token.start not in {one.token.start for one in right.values()}:
            value = there[0]
            off = abs(Fraction(value.token.number.value) - Fraction(item.base.number.value))
            if off * _FEW_OFF <= Fraction(value.token.number.value) + Fraction(item.base.number.value):
                yield _claim(passage, item, value, holds=False)


def _before(passage: Passage, begin: int) -> list[Amount]:
    """Return the exact numbers before a row of steps, nearest first."""
    found: list[Amount] = []
    last = passage.first_after(begin) - 1
    for index in range(last, max(-1, last - _MOST), -1):
        token = passage.tokens[index]
        if begin - token.end > _REACH:
            break
        if token.kind is TokenKind.COUNT and token.is_exact and passage.noun(token).kind is not Kind.SPAN:
            found.append(Amount(token, passage.noun(token)))
    return found


def _change(item: _Step, value: Amount) -> Change:
    noun = value.noun
    is_count = item.step.kind is TokenKind.COUNT
    difference, percent = (Amount(item.step, noun), None) if is_count else (None, item.step)
    return Change(value, Amount(item.base, noun), difference, percent, item.falls, 0, 0)


def _fits(passage: Passage, item: _Step, value: Amount) -> bool:
    """Tell whether a number may be what a step has led to: of such things, and by so much."""
    own = value.noun
    if own.scale != item.noun.scale or value.token.number.value < _SMALLEST or not _may_be(passage, item, value):
        return False
    return change_holds(_change(item, value)) is True


def _may_be(passage: Passage, item: _Step, value: Amount) -> bool:
    head = item.noun.root.partition(" ")[0]
    behind = passage.text[value.token.end : value.token.end + _LONGEST_WAY * 2].lower()
    return bool(value.noun.head) and (may_add_up(value.noun, item.noun) or f" {head}" in behind)


def _names(item: _Step, value: Amount) -> bool:
    """Tell whether a number is called what a step is of: «22 hộ cận nghèo» of «hộ cận nghèo 125 hộ» is not told so."""
    words, phrase = item.words.split(), value.noun.phrase.split()
    count = min(len(words), len(phrase), 3)
    return count > 1 and words[:count] == phrase[:count] and value.noun.scale == item.noun.scale


def _claim(passage: Passage, item: _Step, value: Amount, *, holds: bool) -> Claim:
    change = _change(item, value)
    explain = explain_change(change, holds=holds)
    return passage.claim(item.step.start, item.base.end, ClaimKind.GROWTH, change.numbers(), holds, explain)
