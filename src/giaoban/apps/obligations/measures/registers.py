"""Standing duties, as the figures ask them: computed from what shows that they were done, never ticked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from giaoban.apps.obligations.duties import STATUS_WORDS, DutyStatus
from giaoban.apps.obligations.measures.declarations import OBLIGATIONS
from giaoban.apps.obligations.queries.standing import Span, Standings, rules_around
from giaoban.apps.obligations.standing import StandingRule, subject_of
from giaoban.apps.obligations.standing_states import Assessed, State
from giaoban.apps.organizations.models import Ancestry, Unit
from giaoban.figures import FlowAsk, Line, StockAsk, Tally

_DAY = timedelta(days=1)


class _Turn(NamedTuple):
    """One unit and one instance, as it stood at the end of a reading."""

    made: Assessed
    unit: int
    state: State
    ends: date


class _Placed(NamedTuple):
    """One instance at the end of a reading, with everybody who owes it and the unit under whose code each counts."""

    made: Assessed
    ends: date
    units: Sequence[tuple[int, int]]


class ObligationsRegister:
    """`figures.Register` over standing duties; the day of an entry is the due day, and it has no stocks.

    The evidence is read anew for each day on which a reading ends: what was done by then. Of a reading that runs only
    what was due before today is counted.
    """

    name = OBLIGATIONS

    def __init__(self, today: date, as_of: date | None = None) -> None:
        """``today`` is the last day of which anything is known; it is not over.

        ``as_of`` is a day that counts instead of the end of each reading.
        """
        self._today = today
        self._as_of = as_of

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of the turns that were due."""
        rules = _rules(ask)
        units = _units(ask) if rules else {}
        for made, ends, placed in self._placed(ask, rules, units):
            # There are as many turns as units times duties, and only a few ways in which they can stand.
            counted: Counter[tuple[int, DutyStatus, bool]] = Counter()
            for unit, place in placed:
                state = made.states.get(unit)
                if state is None:
                    counted[place, DutyStatus.ON_TIME, True] += 1
                else:
                    counted[place, state.status, state.settled] += 1
            told: dict[tuple[DutyStatus, bool], list[tuple[str, tuple[str | None, ...]]]] = {}
            for (place, status, settled), number in counted.items():
                if (status, settled) not in told:
                    told[status, settled] = list(_told(ask, made, status, settled=settled))
                for fact, codes in told[status, settled]:
                    yield Tally(fact, made.instance.due, units[place].code, None, codes, number, ends=ends)

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the turns one by one."""
        rules = _rules(ask)
        units = _units(ask) if rules else {}
        found = sorted(
            (
                _Turn(made, unit, made.state(unit), ends)
                for made, ends, placed in self._placed(ask, rules, units)
                for unit, _place in placed
            ),
            key=lambda one: (one.made.instance.due, units[one.unit].code, one.ends),
        )
        for turn in found:
            unit, instance = units[turn.unit], turn.made.instance
            shown = turn.made.evidence.get(turn.unit)
            line = Line(
                f"{instance.rule.code}:{subject_of(instance.key, unit.uid)}",
                instance.due,
                STATUS_WORDS[turn.state.status],
                unit.code,
                f"{instance.rule.title}, {instance.name}",
                note="; ".join(part for part in (shown.text if shown else "", turn.state.reason) if part),
            )
            for fact, codes in _told(ask, turn.made, turn.state.status, settled=turn.state.settled):
                yield Tally(fact, instance.due, unit.code, None, codes, 1, ends=turn.ends), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return nothing: no state is kept."""
        return iter(())

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return nothing: no state is kept."""
        return iter(())

    def _placed(self, ask: FlowAsk, rules: Sequence[StandingRule], units: Mapping[int, Unit]) -> Iterator[_Placed]:
        """Return each instance with those who owe it; nobody who has no place here."""
        if not rules:
            return
        tops = [pk for pk, unit in units.items() if unit.code in ask.under]
        spans = {end: self._span(ask, end) for end in ask.ends}
        standings = Standings(tops, rules, list(spans.values()))
        anchors = ask.anchors
        whole = frozenset(pk for pk, unit in units.items() if anchors and unit.code in anchors.whole)
        own = frozenset(pk for pk, unit in units.items() if anchors and unit.code in anchors.own)
        for end, span in spans.items():
            for listed in standings.assessed(span, None).values():
                for made in listed:
                    scene = standings.owing.scene(made.instance.due)
                    placed: list[tuple[int, int]] = []
                    for unit in frozenset().union(*made.rows.values()):
                        place: int | None = unit
                        if anchors is not None and unit not in own:
                            place = next((above for above in scene.path(unit) if above in whole), None)
                        if place is not None and unit in units:
                            placed.append((unit, place))
                    yield _Placed(made, end, placed)

    def _span(self, ask: FlowAsk, end: date) -> Span:
        last = end - _DAY
        window = next(window for window in ask.windows if last in window)
        known = min(self._as_of or last, self._today)
        return Span(window.start, last, known, over=known < self._today)


def _rules(ask: FlowAsk) -> list[StandingRule]:
    return rules_around(list(Unit.objects.filter(code__in=ask.under).values_list("pk", flat=True)))


def _units(ask: FlowAsk) -> dict[int, Unit]:
    below = Ancestry.objects.filter(ancestor__code__in=ask.under).values("descendant")
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=below)}


def _told(
    ask: FlowAsk, made: Assessed, status: DutyStatus, *, settled: bool
) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    """Return the facts for which a turn counts, among those asked for, with their codes.

    A turn counts when its due day is over. «expected:meetings.schedule» is of the duties of one source alone, due or
    not yet: it stands beside those who did it, and they may have done it ahead of time.
    """
    rule = made.instance.rule
    facts = [f"expected:{rule.evidence}"]
    if made.is_due:
        facts += ["expected", "done" if settled else "missing"]
        if settled and status is DutyStatus.ON_TIME:
            facts.append("on_time")
    known = {"obligation": rule.code, "status": status.value}
    for fact in facts:
        if fact in ask.facts:
            yield fact, tuple(known.get(dimension) for dimension in ask.facts[fact])
