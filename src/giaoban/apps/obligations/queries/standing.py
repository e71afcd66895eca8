"""Standing duties against the tree, the registers and the leaves: a fixed number of queries for each duty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from giaoban.apps.obligations.duties import Leave
from giaoban.apps.obligations.evidence import Evidence, EvidenceAsk, evidence_sources
from giaoban.apps.obligations.models import LeaveEntry, Rhythm, StandingDuty
from giaoban.apps.obligations.standing import (
    Assessed,
    Instance,
    Owing,
    StandingRule,
    assess,
    begun,
    instances,
    sort_evidence,
)
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


class Standings:
    """The standing duties of everybody at or under some units, over some spans; built once, asked for each span."""

    def __init__(self, units: Collection[int], rules: Sequence[StandingRule], spans: Sequence[Span]) -> None:
        self._units = tuple(units)
        self._rules = rules
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
                evidence = self._evidence(rule, chosen, span.as_of)
                for one, own in zip(chosen, evidence, strict=True):
                    leaves = self._leaves.get((rule.code, one.key), {})
                    rows = {0: self.owing.units(one)} if asked is None else self.owing.rows(one, asked)
                    made = assess(one, rows, own, leaves, span.as_of, over=span.over)
                    if not span.first <= one.due <= span.last:
                        made = _still_open(made)
                    if made.rows:
                        found[rule.code].append(made)
        for listed in found.values():
            listed.sort(key=lambda one: (one.instance.due, one.instance.start))
        return dict(found)

    def _evidence(self, rule: StandingRule, of: Sequence[Instance], as_of: date) -> list[dict[int, Evidence]]:
        source = evidence_sources().get(rule.evidence)
        if source is None:
            return [{} for _ in of]
        kinds = UnitKindSpan.objects.filter(kind__in=rule.kinds)
        ask = EvidenceAsk(
            units=self._below().filter(descendant__in=kinds.values("unit")).values("descendant"),
            start=min(one.start for one in of),
            end=max(one.end for one in of),
            subject=rule.subject,
            duty=rule.pk,
            as_of=as_of,
        )
        return sort_evidence(source.found(ask), of, as_of)

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
        dates = ("valid_from", "valid_to")
        return Tree(
            [Stretch(*row) for row in places.values_list("unit_id", "parent_id", *dates)],
            [Stretch(*row) for row in kinds.values_list("unit_id", "kind", *dates)],
            [Stretch(*row) for row in members.values_list("unit_id", "group_id", *dates)] if members else [],
        )


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
    return replace(made, rows=rows, states={unit: made.states[unit] for unit in open_units})


def _leaves(codes: Collection[str], below: QuerySet[Ancestry]) -> Leaves:
    found: dict[tuple[str, str], dict[int, list[Leave]]] = defaultdict(lambda: defaultdict(list))
    rows = LeaveEntry.objects.live().filter(rule__in=codes, unit__in=below.values("descendant")).in_order()
    for rule, subject, unit, uid, day, until, reason in rows.values_list(
        "rule", "subject", "unit_id", "uid", "effective_date", "until", "reason"
    ):
        found[rule, subject.partition("@")[0]][unit].append(Leave(uid, day, until, reason))
    return found
