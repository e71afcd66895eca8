"""Standing duties: which unit owes what for which period, and where it counts (pure).

The rule (docs/algorithms/standing-duties.md): an instance of a periodic duty is one period that begins while the duty
is in force. A unit owes it if it is of the duty's kinds, in its groups or list where it has any, and under its owner on
the due day, and stood (somewhere) on the period's first day too; of ONCE on the day from which the duty is in force. It
counts under the unit that is above it on the due day. Where committees above each other set a duty of one code, the
nearest one's holds (decision D14).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from giaoban.apps.obligations.standing_tree import Scene, Tree
from giaoban.core.dates_vi import format_date
from giaoban.core.period import Period, PeriodKind

ONCE = "once"
_DAY = timedelta(days=1)
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
                found &= at_due.in_groups(rule.groups) | at_due.below_any(rule.listed)
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
