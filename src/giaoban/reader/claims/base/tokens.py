"""A number in its place in a flow: what is printed, what it is in the sentence, what it may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from giaoban.reader.claims.base.intervals import Interval, Rounding, at_least, at_most, exactly, printed, rounded


class TokenKind(StrEnum):
    """What a number is in the sentence."""

    COUNT = "count"
    PERCENT = "percent"
    FRACTION = "fraction"


class Mark(StrEnum):
    """The word before a number that keeps it from being meant exactly."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


_fraction = lru_cache(maxsize=8192)(Fraction)  # it takes long to make, and many finders ask for the same


@dataclass(slots=True)
class Number:
    """One printed number: ``digits`` over ``scale``, a power of ten (99,1 is 991 over 10), and whether its form leaves
    the value open («5,531 lượt»)."""

    digits: int
    scale: int
    text: str
    is_doubtful: bool = False

    @property
    def decimal(self) -> Decimal:
        """The value as it is printed."""
        return Decimal(self.digits) if self.scale == 1 else Decimal(self.digits) / self.scale

    @property
    def value(self) -> Fraction | int:
        """The exact value."""
        return self.digits if self.scale == 1 else _fraction(self.digits, self.scale)

    @property
    def is_whole(self) -> bool:
        """Whether no decimals are printed."""
        return self.scale == 1


@dataclass(slots=True)
class Token:
    """A number in its place in the flow; ``second`` is the denominator of a fraction."""

    kind: TokenKind
    start: int
    end: int
    number: Number
    second: Number | None = None
    mark: Mark | None = None

    @property
    def is_exact(self) -> bool:
        """Whether just this number is meant: no word before it, no form leaves it open."""
        return self.mark is None and not self.number.is_doubtful

    def interval(self, *, is_count: bool, way: Rounding | None = None, finest: int = 1) -> Interval:
        """Return what the number may stand for: a count of people or things is exact, a measure is rounded, in any way
        or in one."""
        number = self.number
        if self.mark is not None:
            if self.mark is Mark.ABOUT:
                return Interval(None, None)
            bounded = at_least if self.mark is Mark.AT_LEAST else at_most
            return bounded(number.digits, number.scale)
        if is_count and number.is_whole:
            return exactly(number.digits)
        if way is not None:
            return rounded(number.digits, number.scale, way, finest)
        return printed(number.digits, number.scale)
