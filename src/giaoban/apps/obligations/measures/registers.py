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

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it counts for; «expected:meetings.schedule» is of the duties of one source alone."""
        due = ("expected", f"expected:{self.made.instance.rule.evidence}")
        if not self.state.settled:
            return (*due, "missing")
        in_time = self.state.status is DutyStatus.ON_TIME
        return (*due, "done", "on_time") if in_time else (*due, "done")


class ObligationsRegister:
    """`figures.Register` over standing duties; the day of an entry is the due day, and it has no stocks.

    The evidence is read anew for each day on which a reading ends: what was done by then.
    """

    name = OBLIGATIONS

    def __init__(self, as_of: date | None = None, *, over: bool = True) -> None:
        """Take another day than the end of each reading, by whose end something has to be done; see ``Span``."""
        self._as_of = as_of
        self._over = over

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of the turns that were due."""
        rules = _rules(ask)
        units = _units(ask) if rules else {}
        turns: Counter[tuple[str, date, str, tuple[str | None, ...], date]] = Counter()
        for turn, place in self._placed(ask, rules, units):
            for fact in turn.facts:
                if fact in ask.facts:
                    codes = _codes(turn, ask.facts[fact])
                    turns[fact, turn.made.instance.due, units[place].code, codes, turn.ends] += 1
        for (fact, due, code, codes, ends), number in turns.items():
            yield Tally(fact, due, code, None, codes, number, ends=ends)

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the turns one by one."""
        rules = _rules(ask)
        units = _units(ask) if rules else {}
        found = sorted(
            self._placed(ask, rules, units),
            key=lambda one: (one[0].made.instance.due, units[one[0].unit].code, one[0].ends),
        )
        for turn, _place in found:
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
            for fact in turn.facts:
                if fact in ask.facts:
                    codes = _codes(turn, ask.facts[fact])
                    yield Tally(fact, instance.due, unit.code, None, codes, 1, ends=turn.ends), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return nothing: no state is kept."""
        return iter(())

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return nothing: no state is kept."""
        return iter(())

    def _placed(
        self, ask: FlowAsk, rules: Sequence[StandingRule], units: Mapping[int, Unit]
    ) -> Iterator[tuple[_Turn, int]]:
        """Return each turn with the key of the unit under whose code it counts."""
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
                    for unit in frozenset().union(*made.rows.values()):
                        place: int | None = unit
                        if anchors is not None and unit not in own:
                            place = next((above for above in scene.path(unit) if above in whole), None)
                        if place is not None and unit in units:
                            yield _Turn(made, unit, made.state(unit), end), place

    def _span(self, ask: FlowAsk, end: date) -> Span:
        last = end - _DAY
        window = next(window for window in ask.windows if last in window)
        return Span(window.start, last, self._as_of or last, over=self._over)


def _rules(ask: FlowAsk) -> list[StandingRule]:
    return rules_around(list(Unit.objects.filter(code__in=ask.under).values_list("pk", flat=True)))


def _units(ask: FlowAsk) -> dict[int, Unit]:
    below = Ancestry.objects.filter(ancestor__code__in=ask.under).values("descendant")
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=below)}


def _codes(turn: _Turn, dimensions: tuple[str, ...]) -> tuple[str | None, ...]:
    known = {"obligation": turn.made.instance.rule.code, "status": turn.state.status.value}
    return tuple(known.get(dimension) for dimension in dimensions)
