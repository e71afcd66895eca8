"""What a number is: declaration (`Measure`), question (`FigureRequest`), answer (`Figure`) and proof (`Evidence`).

None means «not known», 0 means «none»: the two are never mixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from giaoban.core.period import Period

Number = int | float
NOTHING: Mapping[str, Any] = MappingProxyType({})
UNKNOWN = "unknown"


class Kind(StrEnum):
    """How a number relates to time.

    PLAN: the programme of a year, the edition in force on the last day. VALUE: units report it themselves and no
    register is meant to hold it; ``Measure.time`` says whether it is a flow or a stock.
    """

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"
    PLAN = "plan"
    VALUE = "value"


class Direction(StrEnum):
    """Where a directed entry goes, seen from the unit that is asked."""

    IN = "in"
    OUT = "out"
    WITHIN = "within"


class Placing(StrEnum):
    """On which tree an entry finds its place.

    DAY: where the unit stood on the day; a unit that ceased to stand on that very day counts where it stood until then,
    so that a dissolution counts at all. MOVE: the entry is the move itself: it leaves the place of the day before and
    comes to the place of the day.
    """

    DAY = "day"
    MOVE = "move"


class DimensionSource(StrEnum):
    """Who knows the code of an entry: the register, the place of its unit in the tree, or the direction."""

    ENTRY = "entry"
    PLACE = "place"
    DIRECTION = "direction"


class RateBase(StrEnum):
    """Over which days a rate reads what is under its line: a stock on one day, or a flow over the days of the number
    above it.
    """

    YEAR_EVE = "year_eve"
    PERIOD_END = "period_end"
    SAME_DAYS = "same_days"


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a dimension with its Vietnamese label."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to break a number down.

    ``codes`` is empty where the codes are data of the office (sectors, clusters). An entry whose code is not known is
    counted under ``unknown``, so that the parts always add up to the whole.
    """

    key: str
    label: str
    codes: tuple[Code, ...] = ()
    source: DimensionSource = DimensionSource.ENTRY

    def label_of(self, code: str) -> str:
        """Return the Vietnamese label of a code; the code itself where the dimension is open."""
        if code == UNKNOWN:
            return "chưa rõ"
        return next((known.label for known in self.codes if known.key == code), code)


DIRECTION = Dimension(
    "direction",
    "chiều chuyển",
    (Code("in", "chuyển đến"), Code("out", "chuyển đi"), Code("within", "chuyển nội bộ")),
    DimensionSource.DIRECTION,
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A ratio of two other measures with the words that people use for both.

    It is ``times`` as much: 100 for percent, 1 for so much of the one for each of the other; ``places`` decimals.
    """

    numerator: str
    denominator: str
    numerator_words: str
    denominator_words: str
    base: RateBase = RateBase.PERIOD_END
    times: int = 100
    places: int = 1


@dataclass(frozen=True, slots=True)
class Measure:
    """The declaration of one number.

    Args:
        key: the key of the contracts, ``members.admitted``.
        label: what it counts, in Vietnamese.
        unit: the noun after the number, «đảng viên».
        kind: flow, stock, rate, plan or value.
        register: the register that answers; empty for a rate. Where there is no such register (yet), and in the days
            of a `Feed`, the numbers that units report themselves answer.
        fact: the kind of entry (flow) or of state (stock) in that register; several measures may share one.
        dimensions: the first is the default one.
        directed: entries have two ends, and the asked unit sees them come, go or stay; None where they have one place.
            An empty set means all three.
        placing: on which tree an entry finds its place.
        distinct_kinds: not empty where the number counts units of these kinds that have at least one entry.
        additive_units, additive_time: whether parent = sum of children and year = sum of quarters (decision D4).
        rate: numerator and denominator of a rate.
        sensitive: small numbers would name a person (decision D11).
        as_it_stood: entries count as they stood at the end of each reading, so that a year is not the sum of its
            quarters: what was late in one was done in the next.
        time: of a VALUE, FLOW or STOCK.
        plan: the measure whose number stands beside this one as ``Figure.expected`` («05/07»): a PLAN, or what was due.
        decimals: how many a reported number may have. signed: whether it may be below zero.
        owner: of an office's own measure the unit in whose subtree it is known; empty for all others.
    """

    key: str
    label: str
    unit: str
    kind: Kind
    register: str = ""
    fact: str = ""
    dimensions: tuple[Dimension, ...] = ()
    directed: frozenset[Direction] | None = None
    placing: Placing = Placing.DAY
    distinct_kinds: frozenset[str] = frozenset()
    rate: Rate | None = None
    sensitive: bool = False
    as_it_stood: bool = False
    time: Kind = Kind.FLOW
    plan: str = ""
    decimals: int = 0
    signed: bool = False
    owner: str = ""

    @property
    def is_stock(self) -> bool:
        """Whether it is read on the last day of a period, so that there is nothing to cumulate."""
        return self.kind in (Kind.STOCK, Kind.PLAN) or (self.kind is Kind.VALUE and self.time is Kind.STOCK)

    @property
    def in_points(self) -> bool:
        """Whether it is in percent, so that it grows in points."""
        return self.rate is not None and self.rate.times == 100

    @property
    def additive_units(self) -> bool:
        """Whether the parent is the sum of its children."""
        return self.rate is None and self.directed is None and not self.distinct_kinds

    @property
    def additive_time(self) -> bool:
        """Whether the year is the sum of its quarters."""
        return self.rate is None and not self.is_stock and not self.distinct_kinds and not self.as_it_stood

    @property
    def default_dimension(self) -> Dimension | None:
        """The dimension of ``Figure.breakdown``."""
        return self.dimensions[0] if self.dimensions else None

    def dimension(self, key: str) -> Dimension | None:
        """Return the dimension of that key, if the measure has it."""
        return next((dimension for dimension in self.dimensions if dimension.key == key), None)


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts of a figure are wanted, so that a cheap question stays cheap.

    ``breakdown``: by the default dimension; ``dimensions``: by those of these keys; ``breakdowns``: by all.
    """

    previous: bool = False
    cumulative: bool = False
    targets: bool = False
    breakdown: bool = False
    breakdowns: bool = False
    children: bool = False
    dimensions: frozenset[str] = frozenset()


VALUE_ONLY = Parts()
ALL_PARTS = Parts(previous=True, cumulative=True, targets=True, breakdown=True, breakdowns=True, children=True)


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """One question: which measure, at or under which unit, in which period."""

    measure: str
    unit: str
    period: Period


@dataclass(frozen=True, slots=True)
class Coverage:
    """Units that stood at or under the asked unit, and how many of them kept the register all that time (decision D6).

    Of a number that units report: those that are to report it and those that did, for exactly these days.

    The value is None («not kept») where the unit itself, or the committee that opened the register for it, kept it from
    a later day on; otherwise it counts what was kept.
    """

    expected: int
    reported: int


@dataclass(frozen=True, slots=True)
class TargetResult:
    """One target for the year and how much of it is reached, in percent."""

    source: str
    value: Number
    percent: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """The answer, with the keys of the contracts. Parts that were not asked for are None or empty.

    ``growth_percent`` is None for a rate in percent: percentages grow in points, ``value - previous``. ``mark`` says
    how sure a reported number is (a key of `values.MARKS`); it stays in print (decision D7).
    """

    request: FigureRequest
    value: Number | None
    coverage: Coverage
    previous: Number | None = None
    cumulative: Number | None = None
    expected: Number | None = None
    target: Number | None = None
    percent_of_target: float | None = None
    targets: tuple[TargetResult, ...] = ()
    growth_percent: float | None = None
    breakdown: Mapping[str, Number] = field(default_factory=lambda: NOTHING)
    breakdowns: Mapping[str, Mapping[str, Number]] = field(default_factory=lambda: NOTHING)
    children: Mapping[str, Number | None] = field(default_factory=lambda: NOTHING)
    mark: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the object of the contracts, ready for ``json.dumps``."""
        return {
            "value": self.value,
            "mark": self.mark,
            "previous": self.previous,
            "cumulative": self.cumulative,
            "expected": self.expected,
            "target": self.target,
            "percent_of_target": self.percent_of_target,
            "targets": [{"source": one.source, "value": one.value, "percent": one.percent} for one in self.targets],
            "growth_percent": self.growth_percent,
            "breakdown": dict(self.breakdown),
            "breakdowns": {key: dict(codes) for key, codes in self.breakdowns.items()},
            "coverage": {"expected": self.coverage.expected, "reported": self.coverage.reported},
            "children": dict(self.children),
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One line behind a number: an entry, a state on the day, or (``entries`` not empty) a unit that is counted once.

    Args:
        ref: the identifier of the entry in its register; empty for a counted unit.
        day: when it happened; for a stock the day of the reading.
        kind: what it is, in Vietnamese.
        unit: code of the unit where it counts; of a directed entry the receiving side; None outside the system.
        from_unit: of a directed entry the sending side.
        subject: whom or what it is about, as people call it.
        number: what the line adds to the value.
        note: decision, reason, place outside the system.
        subject_ref: identifier of the person, where there is one.
        since: of a stock the day on which the state began.
    """

    ref: str
    day: date
    kind: str
    unit: str | None
    subject: str
    number: Number = 1
    from_unit: str | None = None
    note: str = ""
    subject_ref: str = ""
    direction: Direction | None = None
    since: date | None = None
    entries: tuple[Line, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the line ready for ``json.dumps``; dates are ISO."""
        return {
            "ref": self.ref,
            "date": self.day.isoformat(),
            "since": None if self.since is None else self.since.isoformat(),
            "kind": self.kind,
            "unit": self.unit,
            "from_unit": self.from_unit,
            "direction": None if self.direction is None else self.direction.value,
            "subject": self.subject,
            "number": self.number,
            "note": self.note,
            "entries": [line.as_json() for line in self.entries],
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a figure: the numbers of the lines add up to the value, always.

    A rate has no lines of its own but those of its numerator and its denominator.
    """

    request: FigureRequest
    value: Number | None
    lines: tuple[Line, ...] = ()
    numerator: Evidence | None = None
    denominator: Evidence | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the request, the value and the lines, ready for ``json.dumps``."""
        found: dict[str, Any] = {
            "unit": self.request.unit,
            "period": str(self.request.period),
            "measure": self.request.measure,
            "value": self.value,
        }
        if self.numerator is not None and self.denominator is not None:
            return found | {"numerator": self.numerator.as_json(), "denominator": self.denominator.as_json()}
        return found | {"lines": [line.as_json() for line in self.lines]}
