"""All the protocols over plain lists: naive on purpose, so that adapters over a database can be tested against it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from giaoban.core.errors import NotFound
from giaoban.core.period import Period, Window
from giaoban.figures._reading import Reading
from giaoban.figures.calendar import bounds_of
from giaoban.figures.model import NOTHING, Line
from giaoban.figures.registers import Bounds, FlowAsk, StockAsk, Tally, Target
from giaoban.figures.tree import FAR, Attribute, DatedTree, Placement, Succession
from giaoban.figures.values import Asked, Feed, Reported, ValueAsk

CodeOn = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class MemoryEntry:
    """Something that happened. ``corrects`` replaces another entry; with ``void`` it only removes it (decision D1)."""

    ref: str
    fact: str
    day: date
    unit: str | None
    from_unit: str | None = None
    codes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    number: int = 1
    subject: str = ""
    corrects: str | None = None
    void: bool = False


@dataclass(frozen=True, slots=True)
class MemorySpell:
    """A state from a day to a day, half-open; a code may depend on the day (an age group)."""

    ref: str
    fact: str
    unit: str
    valid_from: date
    valid_to: date = FAR
    codes: Mapping[str, str | CodeOn] = field(default_factory=lambda: NOTHING)
    subject: str = ""

    def covers(self, day: date) -> bool:
        """Tell whether the state holds on a day."""
        return self.valid_from <= day < self.valid_to


def live(entries: Iterable[MemoryEntry]) -> list[MemoryEntry]:
    """Leave out what was corrected and the corrections that only void."""
    listed = list(entries)
    corrected = {entry.corrects for entry in listed}
    return [entry for entry in listed if entry.ref not in corrected and not entry.void]


class MemoryRegister:
    """A register over lists; one tally for each entry, nothing grouped."""

    def __init__(self, name: str, entries: Iterable[MemoryEntry] = (), spells: Iterable[MemorySpell] = ()) -> None:
        self._name = name
        self._entries = live(entries)
        self._spells = list(spells)

    @property
    def name(self) -> str:
        """The name that measures give it."""
        return self._name

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return a tally for each live entry in the windows."""
        return (tally for tally, _line in self.flow_lines(ask))

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return a tally for each state on each of the days."""
        return (tally for tally, _line in self.stock_lines(ask))

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the live entries in the windows."""
        for entry in sorted(self._entries, key=lambda one: (one.day, one.ref)):
            if entry.fact in ask.facts and any(entry.day in window for window in ask.windows):
                codes = tuple(entry.codes.get(key) for key in ask.facts[entry.fact])
                yield (
                    Tally(entry.fact, entry.day, entry.unit, entry.from_unit, codes, entry.number),
                    Line(entry.ref, entry.day, entry.fact, entry.unit, entry.subject, entry.number, entry.from_unit),
                )

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the states on each of the days."""
        for day in ask.days:
            for spell in self._spells:
                if spell.fact == ask.fact and spell.covers(day):
                    codes = tuple(_code_on(spell.codes.get(key), day) for key in ask.dimensions)
                    yield (
                        Tally(spell.fact, day, spell.unit, None, codes, 1),
                        Line(spell.ref, day, spell.fact, spell.unit, spell.subject, since=spell.valid_from),
                    )


def _code_on(code: str | CodeOn | None, day: date) -> str | None:
    return code(day) if callable(code) else code


@dataclass(frozen=True, slots=True)
class MemoryPlaces:
    """The whole tree, whatever is asked."""

    placements: Sequence[Placement]
    attributes: Sequence[Attribute] = ()
    successions: Sequence[Succession] = ()

    def tree(self, units: Collection[str], dimensions: Collection[str], *, successions: bool = False) -> DatedTree:
        """Return the tree.

        Raises:
            NotFound: a unit is not there.
        """
        missing = sorted(set(units) - {placement.unit for placement in self.placements})
        if missing:
            raise NotFound(f"Không có đơn vị mang mã {', '.join(missing)}", where="đơn vị")
        attributes = [one for one in self.attributes if one.dimension in dimensions]
        return DatedTree(self.placements, attributes, self.successions if successions else ())

    def folded(self, units: Collection[str], *, children: bool) -> None:
        """Return None: the whole tree is at hand, and what is folded elsewhere is tested against it."""

    def standing(self, units: Collection[str], windows: Collection[Window]) -> Mapping[tuple[str, Window], int]:
        """Return how many units stood at or under each unit on any day of each window."""
        tree = DatedTree(self.placements)
        return {
            (unit, window): len(found)
            for window in windows
            for unit, found in tree.standing(Reading(window.start, window.end), units).items()
        }


@dataclass(frozen=True, slots=True)
class MemoryCalendar:
    """Recorded windows by the spelling of the period, the same for all units."""

    recorded: Mapping[str, Window] = field(default_factory=lambda: NOTHING)

    def bounds(self, asks: Collection[tuple[str, Period]]) -> Mapping[tuple[str, Period], Bounds]:
        """Return the bounds for each unit and period."""
        return {ask: bounds_of(ask[1], self.recorded) for ask in asks}


@dataclass(frozen=True, slots=True)
class MemoryTargets:
    """Targets by (measure, unit, year)."""

    rows: Mapping[tuple[str, str, int], Sequence[Target]] = field(default_factory=dict)

    def targets(self, asks: Collection[tuple[str, str, int]]) -> Mapping[tuple[str, str, int], Sequence[Target]]:
        """Return the targets asked for, the main one first."""
        return {ask: sorted(self.rows[ask], key=lambda one: not one.is_main) for ask in asks if ask in self.rows}


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """First days by (unit, register); ``always`` for units where every register has been kept since time began."""

    rows: Mapping[tuple[str, str], date] = field(default_factory=dict)
    always: Collection[str] = ()

    def in_use_from(self, units: Collection[str], registers: Collection[str]) -> Mapping[tuple[str, str], date]:
        """Return the recorded first days."""
        kept = {(unit, register): date.min for unit in self.always for register in registers}
        return {**kept, **{key: day for key, day in self.rows.items() if key[1] in registers}}

    def complete(self, units: Collection[str], asks: Collection[tuple[str, Window]]) -> bool:
        """Return False: nothing is spared by knowing it."""
        return False


@dataclass(frozen=True, slots=True)
class MemoryValues:
    """Reported numbers and feeds, all of them, whatever is asked."""

    rows: Sequence[Reported] = ()
    fed: Sequence[Feed] = ()
    wanted: Sequence[Asked] = ()

    def asked(self, ask: ValueAsk) -> Iterator[Asked]:
        """Return who was asked for these measures."""
        return (one for one in self.wanted if one.measure in ask.measures)

    def reported(self, ask: ValueAsk) -> Iterator[Reported]:
        """Return the numbers of the measures asked for."""
        return (row for row in self.rows if row.measure in ask.measures)

    def feeds(self, measures: Collection[str]) -> Iterator[Feed]:
        """Return the feeds of the measures."""
        return (feed for feed in self.fed if feed.measure in measures)


def members_moved(
    placements: Sequence[Placement],
    spells: Sequence[MemorySpell],
    openings: Iterable[MemoryEntry],
    unit_openings: Iterable[MemoryEntry],
) -> list[MemoryEntry]:
    """Return what moves with units when these change place, as entries ``members_moved`` of the unit and day.

    A unit that stands before and after takes along the members of the day before; one that ceases to stand, those who
    are left at the end of the day (whoever was transferred that day has gone by transfer); one that comes from
    outside, those it has and those whose opening entry is of that day. A unit that was there when the register was
    opened (``unit_openings``) brings nobody: its members, and whoever else was entered from an old roll, come as
    entries ``members_opened``.
    """
    tree = DatedTree(placements)
    opened = live(openings)
    were_there = {(entry.unit, entry.day) for entry in live(unit_openings)}
    found = []
    for unit in tree.units:
        bounds = {day for start, end, _path in tree.stretches(unit) for day in (start, end)} - {FAR}
        for day in sorted(bounds):
            eve = day - timedelta(days=1)
            stood, stands = bool(tree.path(unit, eve)), bool(tree.path(unit, day))
            moved = sum(spell.unit == unit and spell.covers(eve if stands else day) for spell in spells)
            if not stood and (unit, day) not in were_there:
                came = [entry for entry in opened if entry.unit == unit and entry.day == day]
                opened = [entry for entry in opened if entry not in came]
                moved += len(came)
            if moved:
                found.append(MemoryEntry(f"{unit}/{day}", "members_moved", day, unit, number=moved))
    return found + [replace(entry, fact="members_opened") for entry in opened]
