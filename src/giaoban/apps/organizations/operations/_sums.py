"""Keeps the sums of wide units: grown by what is recorded, moved with the tree, told anew from the registers.

Each register that is summed says so by a `SumSource`. What a unit itself has is climbed along its ancestry: a state
counts above it while both last, what happened where the unit stood on the day (the day before, if it ended that day).
Some units keep sums of states alone (`Keepers.stocks`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from django.db.models import Sum

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.organizations.models import OPEN_END, Ancestry, Grain, UnitSum
from giaoban.apps.organizations.operations._folding import fold_rows
from giaoban.apps.organizations.operations._tree_lock import lock_tree, share_tree
from giaoban.apps.organizations.queries.sums import Keepers, any_wide, first_of_month, keepers

_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement
_KEY = ("unit_id", "series", "grain", "day")


class OwnSpan(NamedTuple):
    """A unit itself had ``number`` of something from a day to a day, half-open; a negative number takes them back."""

    unit: int
    series: str
    start: date
    end: date
    number: int


class OwnEvent(NamedTuple):
    """Something happened ``number`` times in a unit itself; a negative number takes them back."""

    unit: int
    series: str
    day: date
    number: int


class Step(NamedTuple):
    """By how much a sum grows on a day; ``eve``: the place is the one of the day before."""

    unit: int
    series: str
    eve: bool
    day: date


class SumSource(Protocol):
    """A register of which sums are kept."""

    def spans(self, units: Collection[int], since: date) -> Iterable[OwnSpan]:
        """Return what units (at most 5,000 keys) had themselves on that day or later."""

    def events(self, units: Collection[int], since: date) -> Iterable[OwnEvent]:
        """Return what happened in units (at most 5,000 keys) themselves on that day or later."""

    def told(self, keep: Keepers) -> Iterable[tuple[Step, int]]:
        """Return all steps of units as the register tells them, climbed by the database; a key may come twice."""


_sources: list[SumSource] = []


def keep_sums(source: SumSource) -> None:
    """Register what is summed for wide units."""
    if source not in _sources:
        _sources.append(source)


def sources() -> tuple[SumSource, ...]:
    """Return what is summed."""
    return tuple(_sources)


class Stay(NamedTuple):
    """A unit stood at or under another from a day to a day, half-open."""

    above: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Stays:
    """Under which units that keep sums some units stood, and when they stood at all."""

    under: Mapping[int, Sequence[Stay]]
    standing: Mapping[int, Sequence[Stay]]
    wide: Collection[int]

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, date, date]], keep: Keepers) -> Stays:
        """Take rows of ancestry: ancestor, descendant, from, to."""
        under: dict[int, list[Stay]] = defaultdict(list)
        standing: dict[int, list[Stay]] = defaultdict(list)
        for ancestor, unit, start, end in rows:
            stay = Stay(ancestor, start, end)
            if ancestor in keep.stocks:
                under[unit].append(stay)
            if ancestor == unit:
                standing[unit].append(stay)
        return cls(under, standing, keep.wide)

    def climb_event(self, event: OwnEvent) -> Iterator[tuple[Step, int]]:
        """Give what an event adds to each wide unit."""
        _unit, series, day, number = event
        for above, start, end in self.under.get(event.unit, ()):
            if above not in self.wide:
                continue
            if start <= day < end:
                yield Step(above, series, False, day), number
            elif start < day == end and not any(
                one.start <= day < one.end for one in self.standing.get(event.unit, ())
            ):
                yield Step(above, series, True, day), number


def climb_span(span: OwnSpan, stays: Iterable[Stay]) -> Iterator[tuple[Step, int]]:
    """Give what a state adds to wide units on the days on which it begins and ends there."""
    for above, start, end in stays:
        first, last = max(start, span.start), min(end, span.end)
        if first < last:
            yield Step(above, span.series, False, first), span.number
            if last < OPEN_END:
                yield Step(above, span.series, False, last), -span.number


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    """Return keys in order, each once, in parts that one statement takes."""
    ordered = sorted(set(keys))
    return (ordered[start : start + _CHUNK] for start in range(0, len(ordered), _CHUNK))


def add_to_sums(*, spans: Collection[OwnSpan] = (), events: Collection[OwnEvent] = ()) -> None:
    """This function will add what was just recorded of units to the sums of the wide units above them.

    The caller holds the transaction. Nobody waits for others who record, only for who changes the tree.
    """
    if not (spans or events) or not any_wide():
        return
    share_tree()
    steps: Counter[Step] = Counter()
    for part in chunks([*(one.unit for one in spans), *(one.unit for one in events)]):
        found = Ancestry.objects.filter(descendant__in=part)
        rows = list(found.values_list("ancestor_id", "descendant_id", "valid_from", "valid_to"))
        stays = Stays.of(rows, keepers({row[0] for row in rows}))
        for span in spans:
            _add(steps, climb_span(span, stays.under.get(span.unit, ())))
        for event in events:
            _add(steps, stays.climb_event(event))
    append_steps(steps)
    fold_rows(UnitSum, _KEY, _rows(steps).keys())


def _add(steps: Counter[Step], more: Iterable[tuple[Step, int]], sign: int = 1) -> None:
    for step, number in more:
        steps[step] += sign * number


def append_steps(steps: Mapping[Step, int]) -> None:
    """This function will add rows for steps, of their days and of their months."""
    insert_rows(UnitSum, (*_KEY, "number"), [(*key, number) for key, number in sorted(_rows(steps).items())])


def _rows(steps: Mapping[Step, int]) -> dict[tuple[int, str, str, date], int]:
    """Return what rows have to say; what is 0 says nothing."""
    rows: Counter[tuple[int, str, str, date]] = Counter()
    for (unit, series, eve, day), number in steps.items():
        rows[unit, series, Grain.EVE.value if eve else Grain.DAY.value, day] += number
        if not eve:
            rows[unit, series, Grain.MONTH.value, first_of_month(day)] += number
    return {key: number for key, number in rows.items() if number}


def move_sums(before: Stays, after: Stays, since: date) -> None:
    """This function will take what units have themselves from where they stood and put it where they stand now.

    Args:
        before, after: the stays of the units whose ancestry changed.
        since: the first day on which anything of it changed.
    """
    steps: Counter[Step] = Counter()
    units = before.standing.keys() | after.standing.keys()
    for source in _sources:
        for part in chunks(units):
            for span in source.spans(part, since):
                left, come = before.under.get(span.unit, ()), after.under.get(span.unit, ())
                _add(steps, climb_span(span, set(left).difference(come)), -1)
                _add(steps, climb_span(span, set(come).difference(left)))
            for event in source.events(part, since):
                _add(steps, before.climb_event(event), -1)
                _add(steps, after.climb_event(event))
    append_steps(steps)


def told_steps(keep: Keepers) -> Counter[Step]:
    """Return all steps of units as the registers tell them."""
    steps: Counter[Step] = Counter()
    if keep.stocks:
        for source in _sources:
            _add(steps, source.told(keep))
    return steps


def sum_anew(units: Collection[int]) -> None:
    """This function will tell the sums of some units (by key) anew from the registers; others are taken away.

    The caller holds the transaction and the lock of the tree.
    """
    for part in chunks(units):
        UnitSum.objects.filter(unit__in=part).delete()
    append_steps(told_steps(keepers(units)))


def sum_everything_anew() -> None:
    """This function will tell all sums anew: after registers were filled at once, or where something is wrong."""
    lock_tree()
    UnitSum.objects.all().delete()
    append_steps(told_steps(keepers()))


def units_summed_otherwise() -> list[int]:
    """Return the keys of the units whose sums are not what the registers tell, in order."""
    told = _rows(told_steps(keepers()))
    kept: Counter[tuple[int, str, str, date]] = Counter()
    for *key, number in UnitSum.objects.values_list(*_KEY).annotate(found=Sum("number")):
        kept[key[0], key[1], key[2], key[3]] = number
    wrong = {key for key in told.keys() | kept.keys() if told.get(key, 0) != kept[key]}
    return sorted({unit for unit, *_rest in wrong})
