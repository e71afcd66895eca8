"""What the engine asks of the registers. An app implements `Register`; the rest is dated data that one adapter reads.

The division of work (decision D17): a register counts what lies in each unit itself, day by day, in one grouped query
whatever the number of units; the engine lays the days into windows and climbs the dated tree. So one answer of a
register serves value, last year, cumulative, months, breakdowns and children together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from giaoban.core.period import Period, Window
from giaoban.figures.catalogue import Catalogue
from giaoban.figures.model import Line
from giaoban.figures.tree import DatedTree
from giaoban.figures.values import NoValues, Values


class Tally(NamedTuple):
    """How many live entries (or states on a day) of one fact lie in one unit.

    Args:
        fact: the fact of the register.
        day: the day of the entries; of a stock the day of the reading.
        unit: where they lie; of directed entries the receiving unit, None outside the system.
        from_unit: of directed entries the sending unit, None outside the system; otherwise None.
        codes: one code for each dimension that was asked for, in that order; None where the register does not know.
        number: how many, or the sum of what they weigh; of a reported number that number.
        eve: the place is the one of the day before, whatever the rule of the measure: an anchor speaks for a unit that
            ceased to stand on that day.
        ends: counts only in readings that end (half-open) on this day; None: in all. What is undone at the end of the
            quarter may be done at the end of the year.
        mark: how sure a reported number is.
    """

    fact: str
    day: date
    unit: str | None
    from_unit: str | None
    codes: tuple[str | None, ...]
    number: int | Decimal
    eve: bool = False
    ends: date | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The few units for which numbers are wanted; whatever stands below one of them speaks under its code.

    ``whole`` with all that stands under them; ``own`` alone, since all that ever stands under these stands under
    another anchor too. So each unit under the units asked about has exactly one anchor on each day.
    """

    whole: tuple[str, ...]
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowAsk:
    """Which entries are wanted.

    Args:
        facts: fact -> keys of the dimensions of source ``ENTRY`` that are wanted with it.
        under: only entries of units that ever stood at or under these are needed (either end of directed ones); the
            engine drops what stood elsewhere on its day, so more may be given.
        windows: disjoint windows in order; only entries dated inside them.
        anchors: if given, tallies name the anchor under which the unit stood on the day of the entry (of one that
            ceased to stand that day on the eve, and say so); what stood under none of them is left out.
        ends: the days on which the readings end (half-open), in order, for facts of which things stand differently as
            time goes on (``Measure.as_it_stood``).
        bounds: the days on which a reading begins or ends: a register that knows sums of whole months may tell what
            lies between two of them on any day between.
    """

    facts: Mapping[str, tuple[str, ...]]
    under: tuple[str, ...]
    windows: tuple[Window, ...]
    anchors: Anchors | None = None
    ends: tuple[date, ...] = ()
    bounds: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class StockAsk:
    """Which state is wanted, on which days, with which dimensions of source ``ENTRY``.

    ``under`` and ``anchors`` as in `FlowAsk`.
    """

    fact: str
    dimensions: tuple[str, ...]
    under: tuple[str, ...]
    days: tuple[date, ...]
    anchors: Anchors | None = None


class Register(Protocol):
    """One register of entries. Only live entries count: not corrected, not void (decision D1).

    Each method costs a constant number of queries, whatever the number of units, windows and days. The tallies of
    ``flows`` and of ``flow_lines`` have the same sums, and so for stocks: that is what lets a figure open.
    """

    @property
    def name(self) -> str:
        """The name that measures and `RegisterUse` give it."""

    def flows(self, ask: FlowAsk) -> Iterable[Tally]:
        """Return tallies of what happened."""

    def stocks(self, ask: StockAsk) -> Iterable[Tally]:
        """Return tallies of what stood on each of the days."""

    def flow_lines(self, ask: FlowAsk) -> Iterable[tuple[Tally, Line]]:
        """Return the entries one by one, in order of day, each with the tally that it makes."""

    def stock_lines(self, ask: StockAsk) -> Iterable[tuple[Tally, Line]]:
        """Return the states one by one, each with the tally that it makes."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A large tree folded up to its anchors: ``tree`` holds these and all that is above them, nothing else."""

    tree: DatedTree
    anchors: Anchors


class Places(Protocol):
    """The tree with its dates."""

    def tree(self, units: Collection[str], dimensions: Collection[str], *, successions: bool = False) -> DatedTree:
        """Return the part of the tree around the units: what stood below them at any time, and all that is above it.

        ``dimensions`` are the dated codes of units that are wanted: ``kind`` and dimensions of source ``PLACE``. With
        ``successions`` also the units that ended and for which one of these stands.

        Raises:
            NotFound: a unit is not there.
        """

    def folded(self, units: Collection[str], *, children: bool) -> Folded | None:
        """Return the tree folded up to the units (with ``children`` also what ever stood directly under them).

        None where nothing is gained by it; then the whole tree is to be asked for.

        Raises:
            NotFound: a unit is not there.
        """

    def standing(self, units: Collection[str], windows: Collection[Window]) -> Mapping[tuple[str, Window], int]:
        """Return how many units stood at or under each unit on any day of each window; nothing where none did."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days that stand behind a period: its own, last year's at the same cut-off, those since January (D7)."""

    window: Window
    previous: Window
    cumulative: Window


class Calendar(Protocol):
    """The reporting calendar of the offices."""

    def bounds(self, asks: Collection[tuple[str, Period]]) -> Mapping[tuple[str, Period], Bounds]:
        """Return the bounds for each unit and period."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a unit is to reach in a year; several sources may say it, one is the main one (decision D10)."""

    source: str
    value: Decimal
    is_main: bool


class Targets(Protocol):
    """Annual targets."""

    def targets(self, asks: Collection[tuple[str, str, int]]) -> Mapping[tuple[str, str, int], Sequence[Target]]:
        """Return the targets for each (measure, unit, year), the main one first; nothing for those without."""


class Use(Protocol):
    """From when on the registers are kept."""

    def in_use_from(self, units: Collection[str], registers: Collection[str]) -> Mapping[tuple[str, str], date]:
        """Return the recorded first days by (unit, register); a row holds below unless a nearer one stands."""

    def complete(self, units: Collection[str], asks: Collection[tuple[str, Window]]) -> bool:
        """Tell whether all that stood at or under the units in each window kept that register through all of it.

        A doubt is a no: the units are then looked at one by one.
        """


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that the engine computes from."""

    catalogue: Catalogue
    registers: Mapping[str, Register]
    places: Places
    calendar: Calendar
    targets: Targets
    use: Use
    values: Values = field(default_factory=NoValues)
