"""Exact arithmetic on what printed digits allow.

A printed number stands for every value that some usual rounding turns into these digits. Offices round half up, half
even, cut off, or round up; the union of all of these for a unit ``u`` of the last digit is the open interval
``(x - u, x + u)``. A statement is false only where no value that the digits allow makes it true.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

# Whole numbers stay ``int``: their arithmetic is many times faster, and most printed numbers are whole.
Exact = Fraction | int


@dataclass(slots=True)
class Interval:
    """The values between ``low`` and ``high`` (None: without bound); a closed one holds its ends, an open one does
    not."""

    low: Exact | None
    high: Exact | None
    closed: bool = False

    def meets(self, other: Interval) -> bool:
        """Tell whether some value lies in both."""
        both_closed = self.closed and other.closed
        return _below(self.low, other.high, both_closed) and _below(other.low, self.high, both_closed)

    def __add__(self, other: Interval) -> Interval:
        return Interval(_plus(self.low, other.low), _plus(self.high, other.high), self.closed and other.closed)

    def __sub__(self, other: Interval) -> Interval:
        return self + Interval(
            None if other.high is None else -other.high, None if other.low is None else -other.low, other.closed
        )

    def scaled(self, factor: Exact) -> Interval:
        """Return the interval times a positive number."""
        if factor == 1:
            return self
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
            self.closed,
        )

    def over(self, other: Interval) -> Interval:
        """Return the quotients of two intervals of numbers that are not negative.

        Raises:
            ZeroDivisionError: the divisor is exactly 0.
        """
        if other.high == 0:
            raise ZeroDivisionError
        low = None if self.low is None else 0 if other.high is None else Fraction(max(self.low, 0), other.high)
        high = None if self.high is None or not other.low or other.low < 0 else Fraction(self.high, other.low)
        return Interval(low, high, self.closed and other.closed)


def exactly(value: Exact) -> Interval:
    """Return the interval that holds one value only."""
    return Interval(value, value, closed=True)


def printed(value: Exact, unit: Exact) -> Interval:
    """Return what a number printed with a last digit worth ``unit`` may have been before it was rounded."""
    return Interval(value - unit, value + unit)


def at_least(value: Exact) -> Interval:
    """Return the values of «trên», «hơn», «ít nhất»: whether the bound itself belongs to it, offices do not agree."""
    return Interval(value, None, closed=True)


def at_most(value: Exact) -> Interval:
    """Return the values of «dưới», «không quá»."""
    return Interval(None, value, closed=True)


def _plus(left: Exact | None, right: Exact | None) -> Exact | None:
    return None if left is None or right is None else left + right


def _below(low: Exact | None, high: Exact | None, both_closed: bool) -> bool:
    if low is None or high is None:
        return True
    return low <= high if both_closed else low < high
