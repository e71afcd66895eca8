"""Numbers that units report themselves, because no register holds what stands behind them (decision D6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, Protocol

# How sure a number is, by its key; exact numbers have none.
MARKS: Mapping[str, str] = MappingProxyType({"estimated": "ước", "over": "trên", "nearly": "gần", "about": "khoảng"})
# Who reported within so many days before is expected to go on.
LOOK_BACK_DAYS = 366


class Reported(NamedTuple):
    """One live number of one unit for ``first_day`` to ``last_day``, both included.

    ``code`` is a code of the measure's dimension ``dimension``, both empty for the whole number. ``of_total`` says that
    the number is of how much there was to be («25/55»: the 55).
    """

    ref: str
    measure: str
    unit: str
    first_day: date
    last_day: date
    dimension: str
    code: str
    of_total: bool
    number: Decimal
    mark: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """In these days (half-open) what units at or under ``unit`` report stands for the register of the measure."""

    unit: str
    measure: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class ValueAsk:
    """Which numbers are wanted: of units that ever stood at or under these, of which any day lies in the days.

    ``start`` and ``end`` are half-open; more may be given.
    """

    measures: tuple[str, ...]
    under: tuple[str, ...]
    start: date
    end: date


class Asked(NamedTuple):
    """A unit was asked for a measure for some days, half-open: it is to report, whether it ever did before or not."""

    unit: str
    measure: str
    start: date
    end: date


class Values(Protocol):
    """What units reported. Each method costs a constant number of queries, whatever the measures, units and days."""

    def reported(self, ask: ValueAsk) -> Iterable[Reported]:
        """Return the live numbers."""

    def asked(self, ask: ValueAsk) -> Iterable[Asked]:
        """Return who was asked for these measures."""

    def feeds(self, measures: Collection[str]) -> Iterable[Feed]:
        """Return in which days these measures are fed by reported numbers, and where."""


class NoValues:
    """Nobody reports anything."""

    def reported(self, ask: ValueAsk) -> Iterable[Reported]:
        """Return nothing."""
        return ()

    def asked(self, ask: ValueAsk) -> Iterable[Asked]:
        """Return nobody."""
        return ()

    def feeds(self, measures: Collection[str]) -> Iterable[Feed]:
        """Return nothing."""
        return ()


def joint_mark(marks: Collection[str]) -> str:
    """Return how sure the sum of numbers with these marks is; marks that say different things give «khoảng»."""
    found = {mark for mark in marks if mark}
    if len(found) > 1:
        return "estimated" if "estimated" in found else "about"
    return next(iter(found), "")
