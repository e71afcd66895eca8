"""What every finder works on: one flow with its numbers, sentence ends, and the making of a claim from places in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from giaoban.core.numbers_vi import MINUS, format_number
from giaoban.reader.claims.base.nouns import Noun, noun_after
from giaoban.reader.claims.base.numbers import Number, Token, TokenKind, scan
from giaoban.reader.claims.base.shortened import noun_of_short, shortened_in
from giaoban.reader.flow import Flow
from giaoban.reader.model import Claim, ClaimKind
from giaoban.reader.places import places_of

# «\n», or «.», «!» and the like before a blank. It begins with one set of signs, which the engine looks for fast; in a
# run of signs it begins with the first, and where it fails with that, it would fail with all.
_STOP = re.compile(r"[\n.!?…](?:(?<=\n)|(?<![.!?…]{2})[.!?…]*[)”\"]?\s)")


_SIGNS = frozenset(".!?…")
_OUT_OF = ("trong tổng", "trên tổng", "trong số", "trên số")
_OUT_OF_TOTAL = re.compile(r" (?:trong|trên)(?: tổng)?(?: số)? [0-9][0-9.]*(?![0-9])")
_SHARES = (ClaimKind.RATIO, ClaimKind.GROWTH, ClaimKind.PERCENT_OF)


@dataclass(slots=True)
class Passage:
    """A flow of the original text, and the numbers in it that say how much (no dates, no symbols) with their places.

    ``text`` is the running text; every place is an offset into it. ``years`` are the places of numbers of years.
    """

    original: str
    flow: Flow
    text: str
    tokens: list[Token]
    starts: list[int]
    years: list[tuple[int, int]]
    # The indices of the percentages among the numbers.
    percents: list[int]
    # Several finders ask for the noun of one number.
    nouns: dict[int, Noun] = field(default_factory=dict)
    # What the text itself writes short; looked for when a number asks.
    short: dict[str, str] | None = None
    # Where the numbers stand of which a share or a change has been told.
    told: set[int] = field(default_factory=set)
    # Where the numbers stand that are in a sum.
    summed: set[int] = field(default_factory=set)
    # Where the numbers stand that a sum divides.
    divided: set[int] = field(default_factory=set)
    # Where plain words stand that several finders look for.
    _places: dict[str, list[int]] = field(default_factory=dict)

    def places(self, words: str) -> list[int]:
        """Return where some words stand in the text."""
        places = self._places.get(words)
        if places is None:
            places = self._places[words] = list(places_of(self.text, words))
        return places

    def noun(self, token: Token) -> Noun:
        """Return what a number counts."""
        noun = self.nouns.get(token.end)
        if noun is None:
            noun = noun_after(self.text, token.end)
            if noun.phrase.startswith(_OUT_OF) and (whole := _OUT_OF_TOTAL.match(self.text, token.end)):
                # «428 trong tổng số 440 tổ chức» counts what its whole counts.
                noun = noun_after(self.text, whole.end())
            if noun.kind is None and self.text[token.end + 1 : token.end + 3].isupper():
                if self.short is None:
                    self.short = shortened_in(self.text)
                noun = noun_of_short(self.text, token.end, noun, self.short)
            self.nouns[token.end] = noun
        return noun

    def first_after(self, place: int) -> int:
        """Return the index of the first number that starts at or after a place."""
        return bisect_left(self.starts, place)

    def between(self, start: int, end: int) -> list[Token]:
        """Return the numbers that lie wholly between two places."""
        found = self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return found[:-1] if found and found[-1].end > end else found

    def sentence_end(self, start: int, limit: int) -> int:
        """Return where the sentence that holds ``start`` ends, ``limit`` at the latest."""
        return next(self.stops(start, limit), limit)

    def stops(self, start: int, limit: int) -> Iterator[int]:
        """Yield where sentences end in a stretch; «.» ends one before a capital or a digit."""
        text = self.text
        if start and text[start - 1] in _SIGNS and (begun := _STOP.match(text[start:limit])):
            # The stretch begins inside a run of signs, or right behind it.
            first, start = start, start + begun.end()
            if self._is_stop(begun[0], start):
                yield first
        for stop in _STOP.finditer(text, start, limit):
            if self._is_stop(stop[0], stop.end()):
                yield stop.start()

    def _is_stop(self, signs: str, end: int) -> bool:
        following = self.text[end : end + 1]
        return following.isupper() or following.isdigit() or following in '(“"' or signs.endswith("\n")

    def claim(
        self, start: int, end: int, kind: ClaimKind, values: Iterable[Number], holds: bool | None, explain: str
    ) -> Claim:
        """Return a claim whose span points into the original text."""
        if self.text.startswith(")", end) and self.text.count("(", start, end) > self.text.count(")", start, end):
            end += 1
        first, last = self.flow.span(start, end)
        numbers = list(values)
        known = self.told if kind in _SHARES else self.summed if kind is ClaimKind.SUM else None
        if known is not None:
            known.update([token.start for token in self.between(start, end) if token.number in numbers])
        printed = tuple([value.decimal for value in numbers])
        return Claim(first, last, self.original[first:last], kind, printed, holds, explain)


def make_passage(original: str, flow: Flow) -> Passage:
    """Return a flow with its numbers."""
    years: list[tuple[int, int]] = []
    tokens = scan(flow.text, years)
    percents = [index for index, token in enumerate(tokens) if token.kind is TokenKind.PERCENT]
    return Passage(original, flow, flow.text, tokens, [token.start for token in tokens], years, percents)


def show(value: Fraction | int, places: int | None = None) -> str:
    """Write a number as offices do; with ``places`` it is rounded half up to so many decimals: 99.111 -> «99,11»."""
    if isinstance(value, int) or value.denominator == 1:
        return format_number(int(value))
    if places is None:
        return format_number(Decimal(value.numerator) / Decimal(value.denominator))
    size, denominator = abs(value.numerator), value.denominator
    whole, rest = divmod((2 * size * 10**places + denominator) // (2 * denominator), 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0")
    sign = MINUS if value < 0 and (whole or rest) else ""
    return f"{sign}{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")
