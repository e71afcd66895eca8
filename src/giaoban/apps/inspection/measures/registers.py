"""The register of discipline, as the figures ask it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from giaoban.apps.inspection.measures.declarations import DISCIPLINE
from giaoban.apps.inspection.models import DisciplineEntry
from giaoban.apps.organizations.queries.tally import counted, in_windows, line_note, place_of
from giaoban.figures import FlowAsk, Line, StockAsk, Tally


class DisciplineRegister:
    """`figures.Register` over the journal of discipline; it has no stocks."""

    name = DISCIPLINE

    def flows(self, ask: FlowAsk) -> Iterator[Tally]:
        """Return tallies of members disciplined."""
        rows = counted(_entries(ask), "counts_at", "eve", "effective_date", "form", "level")
        for unit, eve, day, form, level, number in rows:
            known = {"form": form, "level": level}
            codes = tuple(known[key] for key in ask.facts["disciplined"])
            yield Tally("disciplined", day, unit, None, codes, number, eve)

    def flow_lines(self, ask: FlowAsk) -> Iterator[tuple[Tally, Line]]:
        """Return the entries."""
        for entry in _entries(ask).select_related("unit", "member").in_order():
            line = Line(
                str(entry.uid),
                entry.effective_date,
                entry.get_form_display(),
                entry.unit.code,
                entry.member.full_name,
                note=line_note(entry, entry.get_level_display()),
                subject_ref=str(entry.member.uid),
            )
            yield Tally("disciplined", entry.effective_date, entry.unit.code, None, (), 1), line

    def stocks(self, ask: StockAsk) -> Iterator[Tally]:
        """Return nothing: no state is kept."""
        return iter(())

    def stock_lines(self, ask: StockAsk) -> Iterator[tuple[Tally, Line]]:
        """Return nothing: no state is kept."""
        return iter(())


def _entries(ask: FlowAsk) -> Any:
    place = place_of(ask)
    rows = DisciplineEntry.objects.live().filter(in_windows(ask.windows), place.condition)
    return rows.annotate(**place.fields)
