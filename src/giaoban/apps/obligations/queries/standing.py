"""Standing duties against the tree, the registers and the leaves: a fixed number of queries for each duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any

from django.db.models import Q, QuerySet

from giaoban.apps.obligations.duties import Leave
from giaoban.apps.obligations.evidence import Evidence, EvidenceAsk, EvidenceSource, Mark, evidence_sources, marks_of
from giaoban.apps.obligations.gathered import Keys, keys_of
from giaoban.apps.obligations.models import LeaveEntry, Rhythm, StandingDuty
from giaoban.apps.obligations.standing import Instance, Owing, StandingRule, begun, instances
from giaoban.apps.obligations.standing_states import Assessed, assess, lay
from giaoban.apps.obligations.standing_tree import Stretch, Tree
from giaoban.apps.organizations.models import Ancestry, GroupMembership, Placement, Unit, UnitKindSpan, on_day
from giaoban.core.period import PeriodKind

PERIODS = {
    Rhythm.MONTH: PeriodKind.MONTH,
    Rhythm.QUARTER: PeriodKind.QUARTER,
    Rhythm.HALF_YEAR: PeriodKind.HALF,
    Rhythm.YEAR: PeriodKind.YEAR,
}
# How far back one looks for what is still open: what nobody did for a year is no work list any more.
LOOK_BACK = timedelta(days=366)

# code and key of the instance -> unit -> leaves in their order
Leaves = Mapping[tuple[str, str], Mapping[int, Sequence[Leave]]]


@dataclass(frozen=True, slots=True)
class Span:
    """Which instances are looked at: due from ``first`` to ``last`` (both included), as things stood on ``as_of``.

    With ``open_too`` also those that were due before, or have begun and are due later, of whoever has not done them.
    ``over`` says that the day ``as_of`` is over.
    """

    first: date
    last: date
    as_of: date
    open_too: bool = False
    over: bool = True


def plain_rules(rows: QuerySet[StandingDuty]) -> list[StandingRule]:
    """Return standing duties as plain values; three queries."""
    kept = list(rows)
    groups: dict[int, set[int]] = defaultdict(set)
    listed: dict[int, set[int]] = defaultdict(set)
    for duty, group in StandingDuty.groups.through.objects.filter(standingduty__in=rows.values("pk")).values_list(
        "standingduty_id", "group_id"
    ):
        groups[duty].add(group)
    for duty, unit in StandingDuty.listed.through.objects.filter(standingduty__in=rows.values("pk")).values_list(
        "standingduty_id", "unit_id"
    ):
        listed[duty].add(unit)
    return [_plain(row, frozenset(groups[row.pk]), frozenset(listed[row.pk])) for row in kept]


def _plain(row: StandingDuty, groups: frozenset[int], listed: frozenset[int]) -> StandingRule:
    return StandingRule(
        pk=row.pk,
        uid=str(row.uid),
        owner=row.owner_id,
        code=row.code,
        title=row.title,
        short=row.short,
        evidence=row.evidence,
        subject=row.subject,
        every=None if row.rhythm == Rhythm.ONCE else PERIODS[Rhythm(row.rhythm)],
        due_on=row.due_on,
        from_start=row.from_start,
        due_days=row.due_days,
        lock_days=row.lock_days,
        remind_days=row.remind_days,
        kinds=frozenset(row.kinds),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        groups=groups,
        listed=listed,
        position=row.position,
    )


def rules_above(unit: int) -> list[StandingRule]:
    """Return the duties that a unit or those ever above it set, and those of the same codes that are set below it."""
    above = Ancestry.objects.filter(descendant=unit).values("ancestor")
    own = StandingDuty.objects.filter(owner__in=above)
    below = Ancestry.objects.filter(ancestor=unit, depth__gt=0).values("descendant")
    rows = StandingDuty.objects.filter(Q(owner__in=above) | Q(owner__in=below, code__in=own.values("code")))
    return plain_rules(rows.order_by("position", "code", "valid_from", "pk"))


def rules_around(units: Collection[int]) -> list[StandingRule]:
    """Return the duties that are set at, above or below some units at any time."""
    above = Ancestry.objects.filter(descendant__in=units).values("ancestor")
    below = Ancestry.objects.filter(ancestor__in=units).values("descendant")
    rows = StandingDuty.objects.filter(Q(owner__in=above) | Q(owner__in=below))
    return plain_rules(rows.order_by("position", "code", "valid_from", "pk"))


def leave_giver(entry: LeaveEntry) -> Unit:
    """Return the committee that gives leave of the duty of an entry: of a standing duty the one that asks for it."""
    above = Ancestry.objects.filter(on_day(entry.effective_date), descendant=entry.unit_id).order_by("depth")
    owners = StandingDuty.objects.filter(code=entry.rule).values("owner")
    found = above.filter(ancestor__in=owners).select_related("ancestor").first()
    return found.ancestor if found is not None else entry.unit


class _Shown:
    """What shows of one duty that it was done, read once when somebody asks; ``marks`` and ``found`` by instance."""

    def __init__(self, source: EvidenceSource | None, ask: EvidenceAsk, of: Sequence[Instance]) -> None:
        self._source, self._ask, self._of = source, ask, of

    @cached_property
    def found(self) -> list[dict[int, Evidence]]:
        """The evidence unit by unit, with its words."""
        rows = self._source.found(self._ask) if self._source else ()
        return lay(((one, (one.unit,)) for one in rows), self._of, self._ask.as_of)

    def marks(self, *, in_full: bool) -> list[dict[int, Mark]]:
        """Return what was done without its words; ``in_full`` reads the words at once, for a single unit's desk."""
        if self._source is None:
            return [{} for _ in self._of]
        if in_full:
            told = (one for own in self.found for one in own.values())
            return lay(marks_of(told), self._of, self._ask.as_of)
        return lay(self._source.marks(self._ask), self._of, self._ask.as_of)


class Standings:
    """The standing duties of everybody at or under some units, over some spans; built once, asked for each span.

    With ``in_full`` what shows it is read with its words at once, not only when somebody asks for it.
    """

    def __init__(
        self, units: Collection[int], rules: Sequence[StandingRule], spans: Sequence[Span], *, in_full: bool = False
    ) -> None:
        self._units = tuple(units)
        self._rules = rules
        self._in_full = in_full
        self._chosen = {span: {rule: _chosen(rule, span) for rule in rules} for span in spans}
        every = [one for chosen in self._chosen.values() for found in chosen.values() for one in found]
        self._first = min((one.start for one in every), default=date.max)
        self._last = max((one.due for one in every), default=date.min)
        self.owing = Owing(self._tree() if every else Tree((), (), ()), rules)
        self._leaves: Leaves = _leaves({one.rule.code for one in every}, self._below()) if every else {}

    def assessed(self, span: Span, asked: int | None) -> dict[str, list[Assessed]]:
        """Return the instances of a span by the code of their duty, with all who owe them at or under a unit.

        Without a unit all that are known are in one row, 0. Duties stand in the order in which they were given,
        instances in the order of time.
        """
        found: dict[str, list[Assessed]] = defaultdict(list)
        for rule, chosen in self._chosen[span].items():
            if chosen:
                shown = self._shown(rule, chosen, span.as_of)
                for place, (one, marks) in enumerate(zip(chosen, shown.marks(in_full=self._in_full), strict=True)):
                    leaves = self._leaves.get((rule.code, one.key), {})
                    rows = {0: self.owing.units(one)} if asked is None else self.owing.rows(one, asked)
                    details = partial(_of_place, shown, place)
                    made = assess(one, rows, marks, leaves, span.as_of, details=details, over=span.over)
                    if not span.first <= one.due <= span.last:
                        made = _still_open(made)
                    if made.rows:
                        found[rule.code].append(made)
        for listed in found.values():
            listed.sort(key=lambda one: (one.instance.due, one.instance.start))
        return dict(found)

    def _shown(self, rule: StandingRule, of: Sequence[Instance], as_of: date) -> _Shown:
        kinds = UnitKindSpan.objects.filter(kind__in=rule.kinds)
        ask = EvidenceAsk(
            units=self._below().filter(descendant__in=kinds.values("unit")).values("descendant"),
            start=min(one.start for one in of),
            end=max(one.end for one in of),
            subject=rule.subject,
            owner=rule.owner,
            code=rule.code,
            as_of=as_of,
            everybody=rule.owner in self._units,
        )
        return _Shown(evidence_sources().get(rule.evidence), ask, of)

    def _below(self) -> QuerySet[Ancestry]:
        return Ancestry.objects.filter(
            ancestor__in=self._units, valid_from__lte=self._last, valid_to__gt=self._first
        ).order_by()

    def _tree(self) -> Tree:
        during = Q(valid_from__lte=self._last, valid_to__gt=self._first)
        below = Q(unit__in=self._below().values("descendant"))
        above = Q(unit__in=Ancestry.objects.filter(descendant__in=self._units).values("ancestor"))
        places = Placement.objects.filter(during & (below | above))
        kinds = UnitKindSpan.objects.filter(during & below)
        groups = frozenset().union(*(rule.groups for rule in self._rules))
        members = GroupMembership.objects.filter(during, group__in=groups) if groups else None
        return Tree(
            _stretches(places, "parent_id"),
            _stretches(kinds, "kind"),
            _stretches(members, "group_id") if members else [],
        )


def _stretches(rows: QuerySet[Any], value: str) -> list[Stretch]:
    """Return what held of units: those that share a value and its days come from the database as one row."""
    alike = rows.order_by().values(value, "valid_from", "valid_to").annotate(units=Keys("unit_id"))
    return [
        Stretch(unit, held, start, end)
        for held, start, end, units in alike.values_list(value, "valid_from", "valid_to", "units")
        for unit in keys_of(units)
    ]


def _of_place(shown: _Shown, place: int) -> Mapping[int, Evidence]:
    return shown.found[place]


def _chosen(rule: StandingRule, span: Span) -> list[Instance]:
    found = instances(rule, span.first, span.last)
    if span.open_too:
        back = span.first - LOOK_BACK if rule.every else date.min
        before = instances(rule, back, span.first - timedelta(days=1))
        found = [one for one in before if one.start <= span.as_of] + found + begun(rule, span.as_of, span.last)
    return found


def _still_open(made: Assessed) -> Assessed:
    """Keep only those who have not done it."""
    open_units = {unit for unit, state in made.states.items() if not state.settled}
    rows = {row: units & open_units for row, units in made.rows.items() if units & open_units}
    return replace(made, rows=rows, states={unit: made.states[unit] for unit in open_units}, beside=True)


def _leaves(codes: Collection[str], below: QuerySet[Ancestry]) -> Leaves:
    found: dict[tuple[str, str], dict[int, list[Leave]]] = defaultdict(lambda: defaultdict(list))
    rows = LeaveEntry.objects.live().filter(rule__in=codes, unit__in=below.values("descendant")).in_order()
    for rule, subject, unit, uid, day, until, reason in rows.values_list(
        "rule", "subject", "unit_id", "uid", "effective_date", "until", "reason"
    ):
        found[rule, subject.partition("@")[0]][unit].append(Leave(uid, day, until, reason))
    return found
