"""The days over which something is counted, as a plain tuple: thousands of them are compared and looked up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from giaoban.core.period import Window


class Reading(NamedTuple):
    """Half-open days: the window of a flow, or the one day of a stock."""

    start: date
    end: date


def over(window: Window) -> Reading:
    """Return the reading of a flow."""
    return Reading(window.start, window.end)


def at(day: date) -> Reading:
    """Return the reading of a stock at the end of a day."""
    return Reading(day, day + timedelta(days=1))
