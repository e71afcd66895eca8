"""A stretch of a list whose whole length is known: what one page shows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Line = TypeVar("Line")
WHOLE = slice(None)


@dataclass(frozen=True, slots=True)
class Part(Generic[Line]):
    """``rows`` are those that were asked for, ``total`` is how many the list has."""

    rows: tuple[Line, ...]
    total: int


def same_days(keyed: Sequence[tuple[date, int]], rows: slice) -> slice:
    """Return where those rows stand that share a day with the wanted ``rows`` of a list sorted by day.

    What puts the rows of one day in order need be read of these alone.
    """
    wanted = keyed[rows]
    if not wanted:
        return slice(0, 0)
    days = [day for day, _key in keyed]
    return slice(bisect_left(days, wanted[0][0]), bisect_right(days, wanted[-1][0]))


def inside(near: slice, rows: slice, total: int) -> slice:
    """Return where the wanted ``rows`` of a list of ``total`` rows stand within the ``near`` stretch of it."""
    start, stop, _step = rows.indices(total)
    return slice(max(start - near.start, 0), max(stop - near.start, 0))
