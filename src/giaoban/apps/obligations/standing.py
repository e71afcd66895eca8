"""Standing duties: which unit owes what for which period, and how it stands on a day (pure).

The rule (docs/algorithms/standing-duties.md): an instance of a periodic duty is one period that begins while the duty
is in force. A unit owes it if it is of the duty's kinds, in its groups or list where it has any, and under its owner on
the due day, and stood (somewhere) on the period's first day too; of ONCE on the day from which the duty is in force. It
counts under the unit that is above it on the due day. Where committees above each other set a duty of one code, the
nearest one's holds (decision D14).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from giaoban.apps.obligations.duties import DutyStatus, Leave, Progress, status_on
from giaoban.apps.obligations.evidence import Evidence
from giaoban.apps.obligations.standing_tree import Scene, Tree
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period, PeriodKind

ONCE = "once"
_DAY = timedelta(days=1)
_RANKS = {status: rank for rank, status in enumerate(DutyStatus)}
_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True, slots=True)
class StandingRule:
    """A row of ``StandingDuty``, plain; ``every`` is None of what is owed once. ``groups`` and ``listed`` hold keys."""

    pk: int
    uid: str
    owner: int
    code: str
    title: str
    short: str
    evidence: str
    subject: str
    every: PeriodKind | None
    due_on: date | None
    from_start: bool
    due_days: int
    lock_days: int | None
    remind_days: int
    kinds: frozenset[str]
    valid_from: date
    valid_to: date
    groups: frozenset[int] = frozenset()
    listed: frozenset[int] = frozenset()
    position: int = 0

    def in_force(self, day: date) -> bool:
        """Tell whether the duty is in force on a day."""
        return self.valid_from <= day < self.valid_to


@dataclass(frozen=True, slots=True)
class Instance:
    """One period for which a duty is owed: ``start`` to ``end`` half-open, ``due`` the last day in time.

    ``key`` is the text of the period («2023-M03»), of what is owed once «once»; ``name`` is for people.
    """

    rule: StandingRule
    key: str
    name: str
    start: date
    end: date
    due: date

    @property
    def locks_on(self) -> date | None:
        """The last day on which it is taken at all."""
        return None if self.rule.lock_days is None else self.due + timedelta(days=self.rule.lock_days)

    @property
    def end_day(self) -> date:
        """The last day that belongs to the period; of what is owed once the due day."""
        return self.end - _DAY


def period_of(kind: PeriodKind, day: date) -> Period:
    """Return the month, quarter, half or whole year in which a day lies."""
    months = _MONTHS[kind]
    return Period(kind, date(day.year, (day.month - 1) // months * months + 1, 1))


def due_day(rule: StandingRule, period: Period) -> date:
    """Return the last day in time of a period."""
    begin = period.start if rule.from_start else period.window.last_day
    return begin + timedelta(days=rule.due_days)


def instances(rule: StandingRule, first: date, last: date) -> list[Instance]:
    """Return the instances whose due day lies from ``first`` to ``last``, both included, in the order of time."""
    if rule.every is None:
        if rule.due_on is None or not first <= rule.due_on <= last or not rule.in_force(rule.due_on):
            return []
        until = f"hạn {format_date(rule.due_on)}"
        return [Instance(rule, ONCE, until, rule.valid_from, rule.due_on + _DAY, rule.due_on)]
    found = []
    period = period_of(rule.every, first - timedelta(days=rule.due_days))
    while (due := due_day(rule, period)) <= last:
        if due >= first and rule.in_force(period.start):
            found.append(Instance(rule, str(period), period.name(), period.start, period.end, due))
        period = period.next()
    return found


def instance_of(rule: StandingRule, within: date) -> Instance | None:
    """Return the instance in whose period a day lies; of what is owed once the only one."""
    if rule.every is None:
        due = rule.due_on
    else:
        due = due_day(rule, period_of(rule.every, within))
    found = instances(rule, due, due) if due is not None else []
    return found[0] if found else None


def begun(rule: StandingRule, as_of: date, last: date) -> list[Instance]:
    """Return the instances that have begun by a day and are due after ``last``."""
    far = date(as_of.year + 2, 12, 31) if rule.every else date.max
    return [one for one in instances(rule, last + _DAY, far) if one.start <= as_of]


def subject_of(key: str, unit: object) -> str:
    """Return the permanent key under which leaves of a unit's instance are kept beside the duty's code; ``unit`` is the
    unit's uid.
    """
    return f"{key}@{unit}"


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

    ``states`` holds only those that did not simply do it in time; ``state`` answers for all.
    """

    instance: Instance
    rows: Mapping[int, frozenset[int]]
    evidence: Mapping[int, Evidence]
    states: Mapping[int, State] = field(default_factory=dict)

    def state(self, unit: int) -> State:
        """Return how a unit stands that owes it."""
        known = self.states.get(unit)
        return known or State(DutyStatus.ON_TIME, self.evidence[unit].day)


@dataclass(slots=True)
class Cell:
    """What one row did of one duty: units, and the turns (unit and instance) behind them."""

    status: DutyStatus = DutyStatus.NOT_DUE
    expected: int = 0
    done: int = 0
    turns: int = 0
    turns_done: int = 0
    turns_on_time: int = 0
    reasons: tuple[str, ...] = ()


class Owing:
    """Who owes an instance, on a dated tree; answers are kept, since most instances share them."""

    def __init__(self, tree: Tree, rules: Iterable[StandingRule]) -> None:
        self._tree = tree
        self._of_code: dict[str, list[StandingRule]] = defaultdict(list)
        for rule in rules:
            self._of_code[rule.code].append(rule)
        self._known: dict[tuple[object, ...], frozenset[int]] = {}
        self._rows: dict[tuple[int, int, int], Mapping[int, frozenset[int]]] = {}

    def units(self, instance: Instance) -> frozenset[int]:
        """Return the units that owe an instance."""
        rule = instance.rule
        at_due, at_start = self._tree.scene(instance.due), self._tree.scene(instance.start)
        nearer = frozenset(
            other.owner
            for other in self._of_code[rule.code]
            if other.owner != rule.owner and other.in_force(instance.start) and rule.owner in at_due.path(other.owner)
        )
        key = (id(at_due), id(at_start), rule.owner, rule.kinds, rule.groups, rule.listed, nearer)
        known = self._known.get(key)
        if known is None:
            of_kind = frozenset().union(*(at_due.by_kind.get(kind, frozenset()) for kind in rule.kinds))
            found = of_kind & at_due.below(rule.owner) & at_start.parent.keys()
            if rule.groups or rule.listed:
                found &= at_due.in_groups(rule.groups) | rule.listed
            for owner in nearer:
                found -= at_due.below(owner) - {owner}
            known = self._known[key] = frozenset(found - {rule.owner})
        return known

    def rows(self, instance: Instance, asked: int) -> Mapping[int, frozenset[int]]:
        """Return the units at or under the asked one that owe an instance, by the row in which they count."""
        scene, units = self._tree.scene(instance.due), self.units(instance)
        key = (id(scene), id(units), asked)
        known = self._rows.get(key)
        if known is None:
            found: dict[int, list[int]] = defaultdict(list)
            row_of = scene.rows(asked)
            for unit in units:
                row = row_of.get(unit)
                if row is not None:
                    found[row].append(unit)
            known = self._rows[key] = {row: frozenset(listed) for row, listed in found.items()}
        return known

    def scene(self, day: date) -> Scene:
        """Return the tree on a day."""
        return self._tree.scene(day)


def sort_evidence(found: Iterable[Evidence], of: Sequence[Instance], as_of: date) -> list[dict[int, Evidence]]:
    """Lay evidence into the instances of one duty by ``within``; the best of a unit and instance counts.

    What is owed once takes everything that its source found. What happened after ``as_of`` is left out.
    """
    laid: list[dict[int, Evidence]] = [{} for _ in of]
    once = len(of) == 1 and of[0].key == ONCE
    places: dict[date, int] = {}
    for one in found:
        if one.day > as_of:
            continue
        place = 0 if once else places.get(one.within, -2)
        if place == -2:
            place = next((at for at, instance in enumerate(of) if instance.start <= one.within < instance.end), -1)
            places[one.within] = place
        if place < 0:
            continue
        mine = laid[place]
        known = mine.get(one.unit)
        if known is None or _better(one, known):
            mine[one.unit] = one
    return laid


_PROGRESS = {Progress.NOTHING: 0, Progress.PARTIAL: 1, Progress.RETURNED: 2, Progress.DONE: 4}


def _better(one: Evidence, other: Evidence) -> bool:
    first, second = _weight(one), _weight(other)
    return first > second or (first == second and one.day < other.day)


def _weight(one: Evidence) -> int:
    return 3 if one.excused else _PROGRESS[one.progress]


def assess(
    instance: Instance,
    rows: Mapping[int, frozenset[int]],
    evidence: Mapping[int, Evidence],
    leaves: Mapping[int, Sequence[Leave]],
    as_of: date,
    *,
    over: bool = True,
) -> Assessed:
    """Say of everybody who owes an instance how they stand on a day.

    ``leaves`` are those of this instance by unit, in their order; those given after the day do not count. With ``over``
    the day is over: what was due on it and is not done is missing; else there is still time on the day itself.
    """
    due = instance.due
    judged = as_of + _DAY if over else as_of
    plain = State(_status(instance, None, Progress.NOTHING, None, excused=False, judged=judged))
    states: dict[int, State] = {}
    for units in rows.values():
        for unit in units:
            one = evidence.get(unit)
            if one is not None and one.progress is Progress.DONE and one.day <= due and not one.excused:
                continue
            given = leaves.get(unit) if leaves else None
            if one is None and not given:
                states[unit] = plain
            else:
                states[unit] = _state(instance, one, given or (), as_of, judged)
    return Assessed(instance, rows, evidence, states)


def _state(instance: Instance, one: Evidence | None, given: Iterable[Leave], as_of: date, judged: date) -> State:
    held = [leave for leave in given if leave.day <= as_of]
    extended = next((leave.until for leave in reversed(held) if leave.until is not None), None)
    finished = one is not None and one.progress is Progress.DONE and not one.excused
    done = one.day if one is not None and finished else None
    excused = (one is not None and one.excused) or any(leave.until is None for leave in held)
    reasons = [leave.reason for leave in held]
    if one is not None and one.excused and one.text:
        reasons.append(one.text)
    progress = one.progress if one is not None else Progress.NOTHING
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


def fold_cells(found: Sequence[Assessed]) -> dict[int, Cell]:
    """Put the instances of one duty together, row by row.

    Of a row the units that owe are counted once; one of them is done if every instance that it owes there is.
    """
    cells: dict[int, Cell] = defaultdict(Cell)
    owing: dict[int, list[frozenset[int]]] = defaultdict(list)
    undone: dict[int, set[int]] = defaultdict(set)
    seen: dict[int, set[DutyStatus]] = defaultdict(set)
    reasons: dict[int, dict[str, None]] = defaultdict(dict)
    for one in found:
        states = one.states
        for row, units in one.rows.items():
            cell = cells[row]
            if units not in owing[row]:
                owing[row].append(units)
            exceptions = units & states.keys()
            open_units = {unit for unit in exceptions if not states[unit].settled}
            cell.turns += len(units)
            cell.turns_done += len(units) - len(open_units)
            cell.turns_on_time += len(units) - len(exceptions)
            undone[row] |= open_units
            told = {states[unit] for unit in exceptions}
            seen[row].update(state.status for state in told)
            if len(exceptions) < len(units):
                seen[row].add(DutyStatus.ON_TIME)
            reasons[row].update(dict.fromkeys(state.reason for state in told if state.reason))
    for row, cell in cells.items():
        everybody = owing[row][0].union(*owing[row][1:])
        cell.expected = len(everybody)
        cell.done = len(everybody) - len(undone[row])
        cell.status = worst(seen[row])
        cell.reasons = tuple(sorted(reasons[row]))
    return dict(cells)
