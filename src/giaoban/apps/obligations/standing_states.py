"""How everybody who owes an instance of a standing duty stands on a day, and rows of them put together (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from giaoban.apps.obligations.duties import DutyStatus, Leave, Progress, status_on
from giaoban.apps.obligations.evidence import Evidence, Mark
from giaoban.apps.obligations.standing import ONCE, Instance

_DAY = timedelta(days=1)
_RANKS = {status: rank for rank, status in enumerate(DutyStatus)}


class State(NamedTuple):
    """How one unit stands in one instance.

    ``done`` is the day on which it was done (also too late), ``extended`` the last day of an extension, ``reason`` that
    of the leave.
    """

    status: DutyStatus
    done: date | None = None
    extended: date | None = None
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing is to be done any more: done and taken, or excused."""
        return self.status is DutyStatus.EXCUSED or (self.done is not None and self.status is not DutyStatus.MISSING)


@dataclass(slots=True)
class Assessed:
    """One instance with everybody who owes it: ``rows`` by the unit under which they count.

    ``marks`` say what was done; ``states`` holds only those that did not simply do it in time, ``state`` answers for
    all; ``details`` reads what shows it. ``is_due`` says that its due day is over: only then it counts in a rate.
    ``beside`` says that it was not due in the period that is asked about: it is shown where it is open, and counts in
    no rate.
    """

    instance: Instance
    rows: Mapping[int, frozenset[int]]
    marks: Mapping[int, Mark]
    states: Mapping[int, State]
    details: Callable[[], Mapping[int, Evidence]]
    is_due: bool = True
    beside: bool = False

    def state(self, unit: int) -> State:
        """Return how a unit stands that owes it."""
        known = self.states.get(unit)
        return known or State(DutyStatus.ON_TIME, self.marks[unit].day)

    @property
    def evidence(self) -> Mapping[int, Evidence]:
        """What shows of each unit that it was done; read from the register when it is first asked for."""
        return self.details()


@dataclass(slots=True)
class Cell:
    """What one row did of one duty: units, and the turns (unit and instance) that were due.

    ``expected`` are the units that owe it in the period; ``done`` those of them that owe nothing any more that is due
    (of whom nothing is due yet: that have done it all). ``turns`` are the denominator of the rates.
    """

    status: DutyStatus = DutyStatus.NOT_DUE
    expected: int = 0
    done: int = 0
    turns: int = 0
    turns_done: int = 0
    turns_on_time: int = 0
    reasons: tuple[str, ...] = ()


_Shown = TypeVar("_Shown", Mark, Evidence)


def lay(found: Iterable[tuple[_Shown, Iterable[int]]], of: Sequence[Instance], as_of: date) -> list[dict[int, _Shown]]:
    """Lay what was found of units into the instances of one duty by ``within``; the best of a unit and instance counts,
    of the same progress the earliest, of the same day the first that was found.

    What is owed once takes everything that its source found. What happened after ``as_of`` is left out.
    """
    laid: list[dict[int, _Shown]] = [{} for _ in of]
    once = len(of) == 1 and of[0].key == ONCE
    known = sorted((one for one in found if one[0].day <= as_of), key=_order)
    for shown, units in reversed(known):  # the better one is laid over the other
        place = 0 if once else _place(of, shown.within)
        if place is not None:
            laid[place].update(dict.fromkeys(units, shown))
    return laid


_PROGRESS = {Progress.NOTHING: 0, Progress.PARTIAL: 1, Progress.RETURNED: 2, Progress.DONE: 4}


def _order(one: tuple[_Shown, Iterable[int]]) -> tuple[int, date]:
    shown = one[0]
    return -(3 if shown.excused else _PROGRESS[shown.progress]), shown.day


def _place(of: Sequence[Instance], within: date) -> int | None:
    return next((at for at, instance in enumerate(of) if instance.start <= within < instance.end), None)


def assess(
    instance: Instance,
    rows: Mapping[int, frozenset[int]],
    marks: Mapping[int, Mark],
    leaves: Mapping[int, Sequence[Leave]],
    as_of: date,
    *,
    details: Callable[[], Mapping[int, Evidence]],
    over: bool = True,
) -> Assessed:
    """Say of everybody who owes an instance how they stand on a day.

    ``leaves`` are those of this instance by unit, in their order; those given after the day do not count. With ``over``
    the day is over: what was due on it and is not done is missing; else there is still time on the day itself.
    """
    due = instance.due
    judged = as_of + _DAY if over else as_of
    plain = State(_status(instance, None, Progress.NOTHING, None, excused=False, judged=judged))
    in_time = {mark for mark in set(marks.values()) if _finished(mark) and mark.day <= due}
    settled = {unit for unit, mark in marks.items() if mark in in_time}
    states: dict[int, State] = {}
    for unit in frozenset().union(*rows.values()) - settled:
        mark, given = marks.get(unit), leaves.get(unit)
        states[unit] = _state(instance, mark, given or (), as_of, judged) if mark or given else plain
    return Assessed(instance, rows, marks, states, details, is_due=due < judged)


def _finished(mark: Mark) -> bool:
    return mark.progress is Progress.DONE and not mark.excused


def _state(instance: Instance, mark: Mark | None, given: Iterable[Leave], as_of: date, judged: date) -> State:
    held = [leave for leave in given if leave.day <= as_of]
    extended = next((leave.until for leave in reversed(held) if leave.until is not None), None)
    done = mark.day if mark is not None and _finished(mark) else None
    excused = (mark is not None and mark.excused) or any(leave.until is None for leave in held)
    reasons = [leave.reason for leave in held]
    if mark is not None and (mark.excused or mark.extended) and mark.text:
        reasons.append(mark.text)
    if mark is not None and mark.extended is not None:
        extended = max(mark.extended, extended or mark.extended)
    progress = mark.progress if mark is not None else Progress.NOTHING
    status = _status(instance, done, progress, extended, excused=excused and done is None, judged=judged)
    return State(status, done, extended, "; ".join(dict.fromkeys(reasons)))


def _status(
    instance: Instance, done: date | None, progress: Progress, extended: date | None, *, excused: bool, judged: date
) -> DutyStatus:
    return status_on(
        done,
        progress,
        due=instance.due,
        extended=extended,
        locks_on=instance.locks_on,
        excused=excused,
        today=judged,
    )


def worst(statuses: Iterable[DutyStatus]) -> DutyStatus:
    """Return the worst of some ways to stand; «not due» where there are none."""
    return max(statuses, key=_RANKS.__getitem__, default=DutyStatus.NOT_DUE)


class _Row:
    """What is gathered of one row, apart for what is due (True) and what is not yet (False)."""

    def __init__(self) -> None:
        self.cell = Cell()
        self.owing: dict[bool, frozenset[int]] = {True: frozenset(), False: frozenset()}
        self.undone: dict[bool, set[int]] = {True: set(), False: set()}
        self.seen: dict[bool, set[DutyStatus]] = {True: set(), False: set()}
        self.on_time = {True: 0, False: 0}
        self.reasons: set[str] = set()

    def take(self, units: frozenset[int], alike: Sequence[Assessed]) -> None:
        """Take instances that all these units owe as done in time; ``correct`` says of whom that is not so."""
        one, turns = alike[0], len(units) * len(alike)
        known = self.owing[one.is_due]
        self.owing[one.is_due] = units if not known or known is units else known | units
        self.on_time[one.is_due] += turns
        if one.is_due and not one.beside:
            self.cell.turns += turns
            self.cell.turns_done += turns
            self.cell.turns_on_time += turns

    def correct(self, unit: int, one: Assessed, state: State) -> None:
        """Take back that a unit did an instance in time."""
        self.on_time[one.is_due] -= 1
        self.seen[one.is_due].add(state.status)
        if not state.settled:
            self.undone[one.is_due].add(unit)
        if one.is_due and not one.beside:
            self.cell.turns_on_time -= 1
            self.cell.turns_done -= not state.settled
        if state.reason:
            self.reasons.add(state.reason)

    def folded(self) -> Cell:
        """Return the cell: what is due decides, where something is."""
        cell, due = self.cell, bool(self.owing[True])
        if self.on_time[due]:
            self.seen[due].add(DutyStatus.ON_TIME)
        later = self.undone[False] - self.owing[True]
        cell.expected = len(self.owing[True] | self.owing[False])
        cell.done = cell.expected - len(self.undone[True] | later)
        cell.status = worst(self.seen[due])
        cell.reasons = tuple(sorted(self.reasons))
        return cell


def fold_cells(found: Sequence[Assessed]) -> dict[int, Cell]:
    """Put the instances of one duty together, row by row."""
    gathered: dict[int, _Row] = defaultdict(_Row)
    for alike in _by_rows(found):
        rows = alike[0].rows
        for row, units in rows.items():
            gathered[row].take(units, alike)
        row_of = {unit: row for row, units in rows.items() for unit in units}
        for one in alike:
            for unit, state in one.states.items():
                gathered[row_of[unit]].correct(unit, one, state)
    return {row: one.folded() for row, one in gathered.items()}


def _by_rows(found: Iterable[Assessed]) -> list[list[Assessed]]:
    """Put those together that are owed by the same in the same rows and count alike: most months do."""
    alike: dict[tuple[int, bool, bool], list[Assessed]] = defaultdict(list)
    for one in found:
        alike[id(one.rows), one.is_due, one.beside].append(one)
    return list(alike.values())
