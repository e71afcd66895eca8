"""Which number a later phrase speaks of: in «kết nạp 53 đảng viên (nữ 20), tăng 20 đồng chí» it is 53."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.reader.claims.intervals import Interval
from giaoban.reader.claims.nouns import Kind, Noun, may_add_up, noun_after
from giaoban.reader.claims.numbers import Token, TokenKind
from giaoban.reader.claims.parts import value_of
from giaoban.reader.claims.passage import Passage

_REACH = 180


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it counts."""

    token: Token
    noun: Noun

    @property
    def value(self) -> Interval:
        """What it may stand for, in the base unit of a measure; a fraction stands for its numerator."""
        return value_of(self.token, self.noun)

    @property
    def is_exact(self) -> bool:
        """Whether it is printed without a word such as «gần» and in a form that leaves nothing open."""
        return self.token.mark is None and not self.token.number.is_doubtful


def amount_of(passage: Passage, token: Token) -> Amount:
    """Return a token with the noun that follows it."""
    return Amount(token, noun_after(passage.text, token.end))


def subject_before(passage: Passage, place: int, like: Noun | None = None) -> tuple[Amount, bool] | None:
    """Return the nearest count before a place in its sentence that fits ``like``, and whether no other count lies
    between.

    Percentages and what stands in closed brackets are passed over; a semicolon is not crossed.
    """
    text = passage.text
    is_nearest = True
    index = passage.first_after(place) - 1
    while index >= 0:
        token = passage.tokens[index]
        gap = text[token.end : place]
        if len(gap) > _REACH or ";" in gap or "\n" in gap or passage.sentence_end(token.end, place) < place - 1:
            return None
        is_inside = gap.count(")") > gap.count("(")
        if token.kind in (TokenKind.COUNT, TokenKind.FRACTION) and not is_inside:
            amount = amount_of(passage, token)
            if amount.noun.kind is not Kind.SPAN:
                if like is None or may_add_up(amount.noun, like):
                    return amount, is_nearest
                is_nearest = False
        index -= 1
    return None
