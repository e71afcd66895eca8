"""What every finder works on: one flow with its numbers, sentence ends, and the making of a claim from places in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from giaoban.core.numbers_vi import format_number
from giaoban.reader.claims.numbers import Number, Token, TokenKind, scan
from giaoban.reader.flow import Flow
from giaoban.reader.model import Claim, ClaimKind

_STOP = re.compile(r"\n|[.!?…]+[)”\"]?\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """A flow of the original text, and the numbers in it that say how much (no dates, no symbols) with their places."""

    original: str
    flow: Flow
    tokens: tuple[Token, ...]
    starts: tuple[int, ...]

    @property
    def text(self) -> str:
        """The running text; every place is an offset into it."""
        return self.flow.text

    def first_after(self, place: int) -> int:
        """Return the index of the first number that starts at or after a place."""
        return bisect_left(self.starts, place)

    def between(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the numbers that lie wholly between two places."""
        first, last = self.first_after(start), self.first_after(end)
        return tuple(token for token in self.tokens[first:last] if token.end <= end)

    def sentence_end(self, start: int, limit: int) -> int:
        """Return where the sentence that holds ``start`` ends, ``limit`` at the latest; «.» ends it before a capital
        or a digit."""
        for stop in _STOP.finditer(self.text, start, limit):
            following = self.text[stop.end() : stop.end() + 1]
            if stop[0] == "\n" or following.isupper() or following.isdigit() or following in '(“"':
                return stop.start()
        return limit

    def claim(
        self, start: int, end: int, kind: ClaimKind, values: Iterable[Number], holds: bool | None, explain: str
    ) -> Claim:
        """Return a claim whose span points into the original text."""
        if self.text[end : end + 1] == ")" and self.text.count("(", start, end) > self.text.count(")", start, end):
            end += 1
        first, last = self.flow.span(start, end)
        printed = tuple(value.decimal for value in values)
        return Claim(first, last, self.original[first:last], kind, printed, holds, explain)


_MEANT = frozenset({TokenKind.COUNT, TokenKind.PERCENT, TokenKind.FRACTION})


def make_passage(original: str, flow: Flow) -> Passage:
    """Return a flow with its numbers."""
    tokens = tuple(token for token in scan(flow.text) if token.kind in _MEANT)
    return Passage(original, flow, tokens, tuple(token.start for token in tokens))


def show(value: Fraction, places: int | None = None) -> str:
    """Write a number as offices do; with ``places`` it is rounded to so many decimals: 99.111 -> «99,11»."""
    if places is None:
        return format_number(Decimal(value.numerator) / Decimal(value.denominator))
    scaled = value * 10**places
    rounded = (abs(scaled) + Fraction(1, 2)).__floor__() * (1 if scaled >= 0 else -1)
    return format_number(Decimal(rounded).scaleb(-places))
