"""The registers of organisations and of committees, as the figures ask them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from giaoban.apps.organizations.kinds import GRASSROOTS, UnitKind
from giaoban.apps.organizations.measures.declarations import COMMITTEES, ORGANIZATIONS
from giaoban.apps.organizations.models import (
    CommitteeEntry,
    UnitEntry,
    UnitEvent,
    UnitKindSpan,
    on_day,
)
from giaoban.apps.organizations.queries.sums import apart, series_of_kind
from giaoban.apps.organizations.queries.tally import counted, in_windows, line_note, on_each_day, place_of
from giaoban.figures import FlowAsk, Line, StockAsk, Tally

_PLAIN: dict[str, str] = {
    UnitEvent.ESTABLISHED: "established",
    UnitEvent.DISSOLVED: "dissolved",
    UnitEvent.MERGED: "merged",
    **dict.fromkeys((UnitEvent.RECEIVED, UnitEvent.HANDED_OVER, UnitEvent.MOVED), "unit_moved"),
}
# A split counts the units that it begins, a consolidation those that it ends. These two, and a change of kind, count
# as establishing a unit where the decision says so (decision D3).
_BEGINNINGS = {UnitEvent.SPLIT: "split"}
_ENDS = {UnitEvent.CONSOLIDATED: "consolidated"}
_FACTS: dict[str, frozenset[str]] = {
    **{kind: frozenset({fact}) for kind, fact in _PLAIN.items()},
    UnitEvent.KIND_CHANGED: frozenset({"established"}),
    UnitEvent.SPLIT: frozenset({"split", "established"}),
    UnitEvent.CONSOLIDATED: frozenset({"consolidated", "established"}),
}


def _facts(kind: str, *, begins: bool, counts: bool) -> Iterator[str]:
    """Give what an entry is counted as; ``counts``: its decision says that an organisation is established."""
    if kind in _PLAIN:
        yield _PLAIN[kind]
        return
    found = (_BEGINNINGS if begins else _ENDS).get(UnitEvent(kind))
    if found is not None:
        yield found
    if counts and (begins or kind == UnitEvent.KIND_CHANGED):
        yield "established"


_KINDS = {"grassroots": GRASSROOTS, "cells": (UnitKind.CELL,)}


class OrganizationsRegister:
    """`figures.Register` over the journal of the tree and the spans of kinds."""

    name = ORGANIZATIONS

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of what happened to units."""
        fields = ("kind", "begins", "counts_as_established", "counts_at", "eve", "effective_date")
        for kind, begins, counts, unit, eve, day, number in counted(_happened(ask), *fields):
            for fact in _facts(kind, begins=begins, counts=counts):
                if fact in ask.facts:
                    yield Tally(fact, day, unit, None, (), number, eve)

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the entries."""
        for entry in _happened(ask).select_related("subject").in_order():
            label, code = entry.get_kind_display(), entry.subject.code
            line = Line(
                str(entry.uid),
                entry.effective_date,
                label,
                code,
                entry.name,
                note=line_note(entry, entry.outside, entry.note),
            )
            for fact in _facts(entry.kind, begins=entry.begins, counts=entry.counts_as_established):
                if fact in ask.facts:
                    yield Tally(fact, entry.effective_date, code, None, (), 1), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return the units of the kinds asked about that had this kind on each of the days."""
        summed, rest = apart(ask)
        if summed is not None:
            series = [series_of_kind(kind) for kind in _KINDS[ask.fact]]
            for day, unit, _name, number in summed.stocks(series, ask.days):
                yield Tally(ask.fact, day, unit, None, (), number)
        if rest is not None:
            other = rest
            for day, unit, number in on_each_day(lambda day: _of_kind(other, day), ask.days, "counts_at"):
                yield Tally(ask.fact, day, unit, None, (), number)

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return those units one by one."""
        for day in ask.days:
            for span in _of_kind(ask, day).select_related("unit").order_by("unit__code"):
                line = Line(str(span.unit.uid), day, span.get_kind_display(), span.unit.code, "", since=span.valid_from)
                yield Tally(ask.fact, day, span.unit.code, None, (), 1), line


def _happened(ask: FlowAsk) -> Any:
    kinds = [kind for kind, facts in _FACTS.items() if facts & ask.facts.keys()]
    place = place_of(ask, "subject")
    # A unit that comes or goes with the unit above it is a part of it, not a second organisation.
    with_parent = UnitEntry.objects.live().filter(kind=OuterRef("kind"), effective_date=OuterRef("effective_date"))
    return (
        UnitEntry.objects.live()
        .filter(in_windows(ask.windows), place.condition, kind__in=kinds)
        .annotate(begins=ExpressionWrapper(~Q(unit_kind=""), output_field=BooleanField()), **place.fields)
        .exclude(Q(kind=UnitEvent.RECEIVED) & Exists(with_parent.filter(subject=OuterRef("to_parent"))))
        .exclude(Q(kind=UnitEvent.HANDED_OVER) & Exists(with_parent.filter(subject=OuterRef("from_parent"))))
    )


def _of_kind(ask: StockAsk, day: date) -> QuerySet[UnitKindSpan]:
    place = place_of(ask, day=day)
    found: QuerySet[UnitKindSpan] = UnitKindSpan.objects.filter(
        on_day(day), place.condition, kind__in=_KINDS[ask.fact]
    ).annotate(**place.fields)
    return found


class CommitteesRegister:
    """`figures.Register` over the journal of decisions about committees; it has no stocks."""

    name = COMMITTEES
    facts = frozenset(("consolidated", "inspection_planned", "inspection_approved", "establishment_opinion"))

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of decisions."""
        for kind, unit, eve, day, number in counted(self._happened(ask), "kind", "counts_at", "eve", "effective_date"):
            yield Tally(kind, day, unit, None, (), number, eve)

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the entries."""
        for entry in self._happened(ask).select_related("unit").in_order():
            line = Line(
                str(entry.uid),
                entry.effective_date,
                entry.get_kind_display(),
                entry.unit.code,
                "",
                note=line_note(entry, entry.note),
            )
            yield Tally(entry.kind, entry.effective_date, entry.unit.code, None, (), 1), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return nothing: no state is kept."""
        return iter(())

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return nothing: no state is kept."""
        return iter(())

    def _happened(self, ask: FlowAsk) -> Any:
        kinds = self.facts & ask.facts.keys()
        place = place_of(ask)
        rows = CommitteeEntry.objects.live().filter(in_windows(ask.windows), place.condition, kind__in=kinds)
        return rows.annotate(**place.fields)
