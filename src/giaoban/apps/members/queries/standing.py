"""Where members stood on a day: to which cell an entry about them belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import MembershipSpell, RollCount, SpellOrigin

_CHUNK = 5000  # SQLite takes at most 32,766 values in one statement
# Whoever came in one of these ways was a member before the register knew them.
_CAME_AS_MEMBER = (SpellOrigin.OPENING, SpellOrigin.TRANSFERRED)


@dataclass(frozen=True, slots=True)
class Stand:
    """A stretch of days, half-open, in which a member stood in a unit (primary key)."""

    unit: int
    official: bool
    origin: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Stands:
    """The stretches of one member in the order of time."""

    rows: tuple[Stand, ...]

    def on(self, day: date) -> Stand | None:
        """Return where the member stood on a day; None where in no unit."""
        return next((row for row in self.rows if row.start <= day < row.end), None)

    def on_or_first(self, day: date) -> Stand | None:
        """Return where the member stood on a day, or, of a day before the register knew the member, where they came to.

        What was decided before an old roll was taken over still belongs into the register.
        """
        found = self.on(day)
        if found is None and self.rows and day < self.rows[0].start and self.rows[0].origin in _CAME_AS_MEMBER:
            return self.rows[0]
        return found

    def on_or_last(self, day: date) -> Stand | None:
        """Return where the member stood on a day or, once they were gone, last; None of a day before they came."""
        return next((row for row in reversed(self.rows) if row.start <= day), None)


NOWHERE = Stands(())


def stands_of(member_ids: Iterable[int]) -> dict[int, Stands]:
    """Return where members stood, by primary key, in one query for 5,000; those who stood nowhere are left out."""
    found: dict[int, list[Stand]] = defaultdict(list)
    ordered = sorted(set(member_ids))
    for start in range(0, len(ordered), _CHUNK):
        rows = MembershipSpell.objects.filter(member__in=ordered[start : start + _CHUNK]).order_by("valid_from")
        fields = ("member_id", "unit_id", "official", "origin", "valid_from", "valid_to")
        for member, unit, official, origin, first, last in rows.values_list(*fields):
            found[member].append(Stand(unit, official, origin, first, last))
    return {member: Stands(tuple(rows)) for member, rows in found.items()}


def with_members(unit_ids: Iterable[int]) -> set[int]:
    """Return those of some units (primary keys) in which anybody ever stood."""
    return set(RollCount.objects.filter(unit__in=list(unit_ids)).values_list("unit_id", flat=True))
