"""What one unit reports itself for a period: each number with the last period's and last year's beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from giaoban.apps.audit.act import HANOI
from giaoban.apps.organizations.models import Ancestry, Unit
from giaoban.apps.organizations.queries.places import SqlCalendar
from giaoban.apps.reporting.measures.declarations import FIELDS
from giaoban.apps.reporting.models import OwnMeasure, ValueEntry, ValueFeed, ValuePart, ValueTime
from giaoban.apps.reporting.queries.figures import catalogue, is_reported
from giaoban.apps.reporting.queries.values import measure_of
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period, Window
from giaoban.figures import MARKS, DimensionSource, Kind, Measure

FED, OWN_FIELD = "fed", "own"


@dataclass(frozen=True, slots=True)
class Told:
    """A number that was reported, and of how much; ``uids`` of its entries name exactly what was seen."""

    done: ValueEntry | None
    of_total: ValueEntry | None = None

    @property
    def text(self) -> str:
        """Write it as it is typed: «ước 1.200», «25/55»."""
        words = format_number(self.done.number) if self.done is not None else ""
        if self.of_total is not None:
            words += f"/{format_number(self.of_total.number)}"
        return f"{MARKS[self.done.mark]} {words}" if self.done is not None and self.done.mark else words

    @property
    def uids(self) -> str:
        """Return what a form keeps, to see whether somebody else wrote meanwhile."""
        return "+".join(str(one.uid) for one in (self.done, self.of_total) if one is not None)

    @property
    def by(self) -> str:
        """Write who entered it and when."""
        latest = max((one for one in (self.done, self.of_total) if one is not None), key=lambda one: one.recorded_at)
        return f"{latest.actor.full_name}, {_moment(latest.recorded_at)}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(HANOI):%H:%M} ngày {format_date(moment.astimezone(HANOI).date())}"


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One number to enter: the whole of a measure (``code`` empty), or a part of it."""

    measure: Measure
    dimension: str
    code: str
    label: str
    now: Told | None
    before: str
    last_year: str

    @property
    def key(self) -> str:
        """Return a name for its place in a form."""
        return ":".join((self.measure.key, self.dimension, self.code))


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """One measure with its lines; ``other_days`` names periods that overlap and were reported."""

    measure: Measure
    lines: tuple[ValueLine, ...]
    other_days: str = ""

    @property
    def told(self) -> bool:
        """Whether anything is reported for the period."""
        return any(line.now is not None for line in self.lines)

    @property
    def missing(self) -> bool:
        """Whether nothing is reported though it was in the last period or a year ago."""
        return not self.told and not self.other_days and any(line.before or line.last_year for line in self.lines)


@dataclass(frozen=True, slots=True)
class ValueField:
    """A field of work."""

    key: str
    label: str
    groups: tuple[ValueGroup, ...]


@dataclass(frozen=True, slots=True)
class ValueSheet:
    """The page of one unit and period."""

    window: Window
    fields: tuple[ValueField, ...]

    @property
    def groups(self) -> Iterator[ValueGroup]:
        """Return all measures."""
        return (group for field in self.fields for group in field.groups)

    @property
    def lines(self) -> Iterator[ValueLine]:
        """Return all numbers."""
        return (line for group in self.groups for line in group.lines)


def reportable(unit: Unit, window: Window) -> tuple[tuple[str, str, tuple[Measure, ...]], ...]:
    """Return what a unit may report for these days, by field of work: key, label, measures. Three queries."""
    ways = Ancestry.objects.filter(descendant=unit, valid_from__lt=window.end, valid_to__gt=window.start)
    above = set(ways.values_list("ancestor_id", flat=True))
    feeds = ValueFeed.objects.filter(unit__in=above, valid_from__lte=window.start, valid_to__gte=window.end)
    fed = set(feeds.values_list("measure", flat=True))
    own = OwnMeasure.objects.filter(owner__in=above, valid_from__lt=window.end, valid_to__gt=window.start)
    fields = [(one.key, one.label, tuple(known for known in one.measures if is_reported(known))) for one in FIELDS]
    known = catalogue()
    fields.append((FED, "Nhập thay sổ", tuple(known[key] for key in sorted(fed) if key in known)))
    owned = own.exclude(time=ValueTime.RATE).select_related("owner").order_by("label")
    fields.append((OWN_FIELD, "Số liệu riêng của cơ quan", tuple(measure_of(one) for one in owned)))
    return tuple(field for field in fields if field[2])


def value_sheet(unit: Unit, period: Period) -> ValueSheet:
    """Return what a unit reports for a period; a number of queries that does not depend on the measures."""
    earlier = period.before()
    bounds = SqlCalendar().bounds([(unit.code, period), (unit.code, earlier)])
    now, before = bounds[unit.code, period], bounds[unit.code, earlier].window
    fields = reportable(unit, now.window)
    keys = [one.key for _key, _label, measures in fields for one in measures]
    start = min(before.start, now.previous.start)
    rows = ValueEntry.objects.live().filter(
        unit=unit, measure__in=keys, last_day__gte=start, first_day__lt=now.window.end
    )
    by_measure: dict[str, list[ValueEntry]] = defaultdict(list)
    for row in rows.select_related("actor").order_by("first_day", "pk"):
        by_measure[row.measure].append(row)
    return ValueSheet(
        now.window,
        tuple(
            ValueField(
                key,
                label,
                tuple(_group(one, by_measure[one.key], (now.window, before, now.previous)) for one in measures),
            )
            for key, label, measures in fields
        ),
    )


def _group(measure: Measure, rows: Sequence[ValueEntry], windows: tuple[Window, Window, Window]) -> ValueGroup:
    now, before, last_year = (_told(measure, rows, window) for window in windows)
    dimension = next((one for one in measure.dimensions if one.source is DimensionSource.ENTRY and one.codes), None)
    wanted = [("", "")] + ([(dimension.key, code.key) for code in dimension.codes] if dimension is not None else [])
    wanted += [key for key in now if key not in wanted]
    lines = tuple(
        ValueLine(
            measure,
            key,
            code,
            _label(measure, key, code),
            now.get((key, code)),
            before[key, code].text if (key, code) in before else "",
            last_year[key, code].text if (key, code) in last_year else "",
        )
        for key, code in wanted
    )
    window = windows[0]
    stands_alone = measure.kind is Kind.PLAN or not (measure.additive_units or measure.additive_time)
    others = () if stands_alone else _other_days(rows, window)
    return ValueGroup(
        measure, lines, "; ".join(f"{format_date(first)} - {format_date(last)}" for first, last in others)
    )


def _label(measure: Measure, key: str, code: str) -> str:
    dimension = measure.dimension(key)
    return dimension.label_of(code) if dimension is not None else ""


def _told(measure: Measure, rows: Iterable[ValueEntry], window: Window) -> Mapping[tuple[str, str], Told]:
    """Return what was said of just these days; of a programme the edition in force on the last of them."""
    if measure.kind is Kind.PLAN:
        held = [row for row in rows if row.first_day <= window.last_day <= row.last_day]
        latest = max((row.first_day for row in held), default=None)
        found = [row for row in held if row.first_day == latest]
    else:
        found = [row for row in rows if (row.first_day, row.last_day) == (window.start, window.last_day)]
    parts: dict[tuple[str, str], dict[str, ValueEntry]] = defaultdict(dict)
    for row in found:
        parts[row.dimension, row.code][row.part] = row
    return {key: Told(one.get(ValuePart.DONE), one.get(ValuePart.EXPECTED)) for key, one in parts.items()}


def _other_days(rows: Iterable[ValueEntry], window: Window) -> tuple[tuple[date, date], ...]:
    days = {(row.first_day, row.last_day) for row in rows if row.part == ValuePart.DONE}
    return tuple(
        sorted(
            (first, last)
            for first, last in days
            if first < window.end and window.start <= last and (first, last) != (window.start, window.last_day)
        )
    )
