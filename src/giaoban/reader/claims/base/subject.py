"""Which number a later phrase speaks of: in «kết nạp 53 đảng viên (nữ 20), tăng 20 đồng chí» it is 53."""

from __future__ import annotations

import re
from dataclasses import dataclass

from giaoban.reader.claims.base.intervals import Interval, Rounding, is_share
from giaoban.reader.claims.base.nouns import Kind, Noun, may_add_up
from giaoban.reader.claims.base.numbers import Token, TokenKind
from giaoban.reader.claims.base.parts import finest_of, value_of
from giaoban.reader.claims.base.passage import Passage

_REACH = 180
# «tăng 8 hộ» is no value but what it has changed by.
_STEP = re.compile(r"(?:tăng|giảm|vượt|hụt)(?: thêm| được)? \Z")
_LONGEST_STEP = 12
# «bằng 81% kế hoạch năm 3.600 tỷ đồng, tăng 8%»: what the share is of does not grow.
_PLAN = re.compile(r"%[^.;,()\d%]{0,16}(?:kế hoạch|dự toán|chỉ tiêu|nghị quyết)[^.;,()\d%]{0,24}\Z", re.IGNORECASE)
_LONGEST_PLAN = 56


@dataclass(slots=True)
class Amount:
    """A number with what it counts."""

    token: Token
    noun: Noun

    @property
    def value(self) -> Interval:
        """What it may stand for, in the base unit of a measure; a fraction stands for its numerator."""
        return value_of(self.token, self.noun)

    def rounded(self, way: Rounding | None, finest: int) -> Interval:
        """What it may stand for if it was rounded in one way; see ``value_of``."""
        return value_of(self.token, self.noun, way, finest)

    @property
    def is_exact(self) -> bool:
        """Whether it is printed without a word such as «gần» and in a form that leaves nothing open."""
        return self.token.is_exact


def is_share_of(part: Amount, whole: Amount, said: Interval) -> bool:
    """Tell whether a part may be so many percent of a whole if both are rounded in one way; the whole is not 0."""
    if not is_share(part.value, whole.value, said):
        return False
    if not part.noun.is_measure:
        return True
    finest = finest_of([(part.token, part.noun), (whole.token, whole.noun)])
    return any(is_share(part.rounded(way, finest), whole.rounded(way, finest), said) for way in Rounding)


def amount_of(passage: Passage, token: Token) -> Amount:
    """Return a token with the noun that follows it."""
    return Amount(token, passage.noun(token))


def subject_before(passage: Passage, place: int, like: Noun | None = None) -> tuple[Amount, bool] | None:
    """Return the nearest count before a place in its sentence that fits ``like``, and whether no other count lies
    between.

    Percentages and what stands in closed brackets are passed over; a semicolon is not crossed.
    """
    text = passage.text
    is_nearest = True
    first = _clause_start(passage, place)
    depth, done = 0, place
    other: tuple[Amount, bool] | None = None
    for index in range(passage.first_after(place) - 1, -1, -1):
        token = passage.tokens[index]
        if token.end < first:
            return other
        depth += text.count(")", token.end, done) - text.count("(", token.end, done)
        done = token.end
        if depth <= 0 and token.kind is not TokenKind.PERCENT:
            noun = passage.noun(token)
            is_plan = _PLAN.search(text, max(0, token.start - _LONGEST_PLAN), token.start) is not None
            if is_plan or _STEP.search(text, max(0, token.start - _LONGEST_STEP), token.start):
                is_nearest = False
            elif noun.kind is not Kind.SPAN:
                is_alike = like is None or may_add_up(noun, like)
                is_same = like is None or noun.kind is like.kind or not noun.head or not like.head
                if is_alike and is_same and (other is None or (like is not None and noun.head == like.head)):
                    return Amount(token, noun), is_nearest
                if other is None and is_alike:
                    # «726 vụ, 1.222 đối tượng, tăng 103 vụ»: what counts the same goes before what only may.
                    other = Amount(token, noun), is_nearest
                is_nearest = False
    return other


def _clause_start(passage: Passage, place: int) -> int:
    """Return the first place from which the text up to another is one clause: no semicolon, no new paragraph, no end of
    a sentence but right before it."""
    first = max(0, place - _REACH)
    text, semicolon = passage.text, passage.text.rfind(";", first, place)
    while semicolon >= 0 and (shut := text.find(")", semicolon, place)) >= 0 and "(" not in text[semicolon:shut]:
        # One in a bracket that is closed divides nothing outside it.
        opening = text.rfind("(", first, semicolon)
        semicolon = text.rfind(";", first, opening) if opening >= 0 else -1
    first = max(first, semicolon + 1, text.rfind("\n", first, place) + 1)
    for stop in passage.stops(first, place):
        if stop < place - 1:
            first = stop + 1
    return first
