"""Stretches of days: half-open, disjoint, in order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

Days = tuple[tuple[date, date], ...]
ALWAYS: Days = ((date.min, date.max),)


def joined(stretches: Iterable[tuple[date, date]]) -> Days:
    """Return the same days with what touches or overlaps put together."""
    found: list[tuple[date, date]] = []
    for start, end in sorted(stretches):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def shared(left: Days, right: Days) -> Days:
    """Return the days that are in both."""
    return joined(
        (max(start, other_start), min(end, other_end))
        for start, end in left
        for other_start, other_end in right
        if start < other_end and other_start < end
    )


def without(days: Days, others: Days) -> Days:
    """Return the days that are not among the others."""
    found = []
    for start, end in days:
        at = start
        for other_start, other_end in others:
            if other_start < end and at < other_end:
                found.append((at, other_start))
                at = max(at, other_end)
        found.append((at, end))
    return joined(found)
