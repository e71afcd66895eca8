"""Cells whose meetings nobody who follows them has come to within a quarter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from giaoban.apps.meetings.models import VisitEntry
from giaoban.apps.meetings.queries.schedule import cells_below
from giaoban.apps.members.models import VisitAssignment
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.period import Window


@dataclass(frozen=True, slots=True)
class Unvisited:
    """A cell, who follows it (or a unit above it), and when somebody came last (None: never recorded)."""

    unit: UnitCard
    followers: tuple[str, ...]
    last: date | None


def unvisited(unit: Unit, window: Window, *, today: date) -> tuple[Unvisited, ...]:
    """Return the cells at or under a unit that nobody visited within a window; a fixed number of queries."""
    day = min(window.last_day, today)
    cells = cells_below(unit, day)
    rows = VisitEntry.objects.live().filter(unit__in=cells, effective_date__lt=window.end)
    last = dict(rows.order_by().values_list("unit_id").annotate(last=Max("effective_date")))
    missing = [cell for cell in cells if cell not in last or last[cell] < window.start]
    above: dict[int, set[int]] = defaultdict(set)
    places = Ancestry.objects.filter(on_day(day), descendant__in=missing)
    for cell, higher in places.values_list("descendant_id", "ancestor_id"):
        above[cell].add(higher)
    followers: dict[int, list[str]] = defaultdict(list)
    assigned = VisitAssignment.objects.filter(on_day(day), unit__in=places.values("ancestor"))
    for row in assigned.select_related("member").order_by("member__sort_key"):
        followers[row.unit_id].append(row.member.full_name)
    cards = place_cards(missing, day=day)
    return tuple(
        Unvisited(
            cards[cell],
            tuple(dict.fromkeys(name for higher in sorted(above[cell]) for name in followers[higher])),
            last.get(cell),
        )
        for cell in missing
    )
