"""Who reviews the meetings of a cell: the committee of its grassroots organisation, of a grassroots cell the one above
(decision D27)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.models import Meeting
from giaoban.apps.organizations.kinds import UnitKind
from giaoban.apps.organizations.models import Ancestry, Grant, Unit, UnitKindSpan


def reviewers(cells: Iterable[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """Return which unit (by key) reviews a cell on a day, for many at once; two queries.

    Of a cell that is the grassroots committee above it, of a grassroots cell the unit directly above; others have none.
    """
    wanted = set(cells)
    above: dict[int, list[tuple[int, int, date, date]]] = {}
    rows = Ancestry.objects.filter(descendant__in={cell for cell, _day in wanted})
    for cell, unit, depth, start, end in rows.values_list(
        "descendant_id", "ancestor_id", "depth", "valid_from", "valid_to"
    ):
        above.setdefault(cell, []).append((depth, unit, start, end))
    units = {unit for found in above.values() for _depth, unit, _start, _end in found}
    kinds: dict[int, list[tuple[str, date, date]]] = {}
    for unit, kind, start, end in UnitKindSpan.objects.filter(unit__in=units).values_list(
        "unit_id", "kind", "valid_from", "valid_to"
    ):
        kinds.setdefault(unit, []).append((kind, start, end))

    def kind_of(unit: int, day: date) -> str:
        return next((kind for kind, start, end in kinds.get(unit, ()) if start <= day < end), "")

    found = {}
    for cell, day in wanted:
        line = sorted((depth, unit) for depth, unit, start, end in above.get(cell, ()) if start <= day < end and depth)
        if kind_of(cell, day) == UnitKind.GRASSROOTS_CELL:
            line = line[:1]
        elif kind_of(cell, day) == UnitKind.CELL:
            line = [one for one in line if kind_of(one[1], day) == UnitKind.GRASSROOTS_COMMITTEE][:1]
        else:
            line = []
        if line:
            found[(cell, day)] = line[0][1]
    return found


def reviewer_of(meeting: Meeting) -> Unit | None:
    """Return the unit that reviews a meeting; None where none stands above it."""
    unit = reviewers([(meeting.unit_id, meeting.day)]).get((meeting.unit_id, meeting.day))
    return Unit.objects.get(pk=unit) if unit is not None else None


def reviewing_units(user: User, *, today: date) -> set[int]:
    """Return the units (by key) for which a person reviews: those that a grant names, not all that stand below."""
    return set(Grant.objects.holding(user, today=today, right="meetings_review").values_list("unit_id", flat=True))


def may_review(user: User, unit: Unit, *, today: date) -> bool:
    """Tell whether a person reviews for a unit."""
    return unit.pk in reviewing_units(user, today=today)
