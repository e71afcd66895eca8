"""Party age to the day: from the admission on, less the time between leaving and being restored (domain.md 2.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import Member, MemberEntry, MemberEvent
from giaoban.apps.members.queries.clocks import full_years, months_after, party_since

_CHUNK = 5000  # SQLite takes at most 32,766 values in one statement


@dataclass(frozen=True, slots=True)
class PartyTime:
    """From which day somebody's party age counts, and the stretches, half-open and in order, that do not count.

    ``since`` is None on probation and where the day of admission is not known.
    """

    since: date | None
    gaps: tuple[tuple[date, date], ...] = ()

    def anniversary(self, years: int) -> date | None:
        """Return the day on which the party age comes to so many years; None where it is not known."""
        if self.since is None:
            return None
        found = months_after(self.since, 12 * years)
        for start, end in self.gaps:
            if start < found:
                found += end - start
        return found

    def full_years(self, day: date) -> int | None:
        """Return the full years of party age on a day; None where it is not known."""
        if self.since is None:
            return None
        years = max(full_years(self.since, day), 0)
        while years:
            reached = self.anniversary(years)
            if reached is not None and reached <= day:
                break
            years -= 1
        return years


def party_times(members: Sequence[Member]) -> dict[int, PartyTime]:
    """Return the party time of members by primary key; two queries however many they are (each for 5,000)."""
    since: dict[int, date | None] = {}
    gone: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for first in range(0, len(members), _CHUNK):
        part = members[first : first + _CHUNK]
        since |= party_since(part)
        left: dict[int, date] = {}
        rows = MemberEntry.objects.live().filter(
            member__in=[one.pk for one in part], kind__in=(MemberEvent.LEFT, MemberEvent.RESTORED)
        )
        for member, kind, day in rows.in_order().values_list("member_id", "kind", "effective_date"):
            if kind == MemberEvent.LEFT:
                left[member] = day
            elif member in left:
                gone[member].append((left.pop(member), day))
    # Whoever was admitted anew began anew: what lay before is over.
    return {
        pk: PartyTime(day, tuple(gap for gap in gone[pk] if day is not None and gap[0] >= day))
        for pk, day in since.items()
    }
