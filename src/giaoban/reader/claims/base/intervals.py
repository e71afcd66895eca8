"""Exact arithmetic on what printed digits allow.

A printed number stands for every value that some usual rounding turns into these digits. Offices round half up, half
even, cut off, or round up; the union of all of these for a unit ``u`` of the last digit is the open interval
``(x - u, x + u)``. A statement is false only where no value that the digits allow makes it true.

Bounds are whole numbers over a power of ten, their ``scale``: such sums and products are exact, and many times faster
than those of fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rounding(StrEnum):
    """How all amounts of one statement may have been rounded: a writer does not round one up and cut off the next."""

    HALF = "half"
    DOWN = "down"
    UP = "up"


@dataclass(slots=True)
class Interval:
    """The values between ``low`` and ``high``, both over ``scale`` (None: without bound); a closed one holds its ends,
    an open one does not."""

    low: int | None
    high: int | None
    scale: int = 1
    closed: bool = False

    def meets(self, other: Interval) -> bool:
        """Tell whether some value lies in both."""
        both_closed = self.closed and other.closed
        if self.scale == other.scale:
            return _below(self.low, other.high, both_closed) and _below(other.low, self.high, both_closed)
        return _below(_times(self.low, other.scale), _times(other.high, self.scale), both_closed) and _below(
            _times(other.low, self.scale), _times(self.high, other.scale), both_closed
        )

    def exceeds(self, other: Interval, *, by_bound: bool = False) -> bool:
        """Tell whether all values lie above those of another one; ``by_bound``: or reach its upper bound."""
        if self.low is None or other.high is None:
            return False
        low, high = self.low * other.scale, other.high * self.scale
        return low >= high if by_bound else low > high

    def __add__(self, other: Interval) -> Interval:
        closed = self.closed and other.closed
        if self.scale == other.scale:
            return Interval(_plus(self.low, other.low), _plus(self.high, other.high), self.scale, closed)
        # Scales are powers of ten: one divides the other.
        scale = max(self.scale, other.scale)
        mine, theirs = scale // self.scale, scale // other.scale
        low = _plus(_times(self.low, mine), _times(other.low, theirs))
        return Interval(low, _plus(_times(self.high, mine), _times(other.high, theirs)), scale, closed)

    def __sub__(self, other: Interval) -> Interval:
        return self + Interval(_times(other.high, -1), _times(other.low, -1), other.scale, other.closed)

    def scaled(self, factor: int) -> Interval:
        """Return the interval times a positive number."""
        if factor == 1:
            return self
        return Interval(_times(self.low, factor), _times(self.high, factor), self.scale, self.closed)


def is_share(part: Interval, whole: Interval, percent: Interval) -> bool:
    """Tell whether some part may be some of these percentages of some whole, numbers that are not negative.

    Raises:
        ZeroDivisionError: the whole is exactly 0.
    """
    if whole.high == 0:
        raise ZeroDivisionError
    closed = part.closed and whole.closed and percent.closed
    # part / whole < percent becomes part < percent * whole, so that nothing is divided.
    mine, theirs = 100 * whole.scale * percent.scale, part.scale
    if part.low is not None and percent.high is not None:
        least = 0 if whole.high is None else max(part.low, 0)
        if not _below(least * mine, percent.high * (1 if whole.high is None else whole.high) * theirs, closed):
            return False
    if part.high is None or percent.low is None or not whole.low or whole.low < 0:
        return True
    return _below(percent.low * whole.low * theirs, part.high * mine, closed)


def exactly(digits: int, scale: int = 1) -> Interval:
    """Return the interval that holds one value only, ``digits`` over ``scale``."""
    return Interval(digits, digits, scale, closed=True)


def printed(digits: int, scale: int = 1) -> Interval:
    """Return what a number with a last digit worth one over ``scale`` may have been before it was rounded."""
    return Interval(digits - 1, digits + 1, scale)


def rounded(digits: int, scale: int, rounding: Rounding, finest: int) -> Interval:
    """Return what a number may have been before it was rounded in one way; ``finest`` is the scale of the number with
    most decimals beside it, to which one that is cut off or rounded up was rounded too: «5 tỷ» beside «118,9 tỷ»."""
    if rounding is Rounding.HALF:
        return Interval(10 * digits - 5, 10 * digits + 5, 10 * scale, closed=True)
    if finest > scale:
        digits, scale = digits * (finest // scale), finest
    # What is cut off lies from the printed number to below the next, what is rounded up from above the one before: as
    # open ends, such amounts meet each other just where those with one end do.
    if rounding is Rounding.DOWN:
        return Interval(digits, digits + 1, scale)
    return Interval(digits - 1, digits, scale)


def at_least(digits: int, scale: int = 1) -> Interval:
    """Return the values of «trên», «hơn», «ít nhất»: whether the bound itself belongs to it, offices do not agree."""
    return Interval(digits, None, scale, closed=True)


def at_most(digits: int, scale: int = 1) -> Interval:
    """Return the values of «dưới», «không quá»."""
    return Interval(None, digits, scale, closed=True)


def _plus(left: int | None, right: int | None) -> int | None:
    return None if left is None or right is None else left + right


def _times(value: int | None, factor: int) -> int | None:
    return None if value is None else value * factor


def _below(low: int | None, high: int | None, both_closed: bool) -> bool:
    if low is None or high is None:
        return True
    return low <= high if both_closed else low < high
