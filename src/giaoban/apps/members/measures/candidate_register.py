"""The register of candidates, as the figures ask it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import NullIf

from giaoban.apps.members.measures.candidates import CANDIDATES
from giaoban.apps.members.models import Candidate, CandidateEntry, CandidateEvent
from giaoban.apps.organizations.queries.tally import on_each_day, place_of
from giaoban.figures import FlowAsk, Line, StockAsk, Tally

Pair = tuple[Tally, Line]
_ENDS = (CandidateEvent.DECIDED, CandidateEvent.STOPPED)


class CandidatesRegister:
    """`figures.Register` over the journal of candidates' steps.

    Somebody is under consideration from the day of the first step until that of the decision, or of being stopped.
    """

    name = CANDIDATES

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return nothing: who is admitted is counted in the register of members."""
        return iter(())

    def flow_lines(self, ask: FlowAsk) -> Iterator[Pair]:
        """Return nothing, as ``flows``."""
        return iter(())

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return how many people the cells considered on each of the days."""
        fields = ["known_sex" if key == "sex" else key for key in ask.dimensions]
        for day, unit, *codes, number in on_each_day(lambda day: _considered(ask, day), ask.days, "counts_at", *fields):
            yield Tally(ask.fact, day, unit, None, tuple(codes), number)

    def stock_lines(self, ask: StockAsk) -> Iterator[Pair]:
        """Return those people."""
        for day in ask.days:
            rows = _considered(ask, day).select_related("unit").order_by("unit__code", "sort_key", "pk")
            for one in rows:
                line = Line(str(one.uid), day, "Đang xem xét kết nạp", one.unit.code, one.full_name, since=one.since)
                yield Tally(ask.fact, day, one.unit.code, None, (), 1), line


def _considered(ask: StockAsk, day: date) -> QuerySet[Any]:
    own = CandidateEntry.objects.live().filter(candidate=OuterRef("pk"), effective_date__lte=day)
    since = own.order_by().values("candidate").annotate(since=Min("effective_date")).values("since")
    ended = own.filter(kind__in=_ENDS).values("candidate")
    place = place_of(ask, day=day)
    rows = Candidate.objects.filter(place.condition).annotate(
        **place.fields, since=Subquery(since[:1]), ended=Subquery(ended[:1]), known_sex=NullIf("sex", Value(""))
    )
    return rows.filter(Q(since__isnull=False, ended__isnull=True))
