"""The dates that run from an admission: party age without the time outside the Party, the end of probation.

Domain.md 2.2 and 2.6.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState
from giaoban.apps.organizations.queries.rulebook import rule_book

PROBATION = "probation_months"
_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


def months_after(day: date, months: int) -> date:
    """Return the same day some months later (or earlier); where that month is too short, the first of the next."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day > monthrange(year, month + 1)[1]:
        return date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return date(year, month + 1, day.day)


def full_years(since: date, day: date) -> int:
    """Return the full years from ``since`` to ``day``."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def party_since(members: Sequence[Member]) -> dict[int, date | None]:
    """Return from which day the party age of each member counts, by key; one query for each 5,000 of them.

    That is the day of the admission decision (294-QĐ/TW, mục 4), also in an office that dates admissions by the
    ceremony; None on probation, where none counts yet, and where no day of admission is known.
    """
    since = {one.pk: one.admitted_on for one in members if one.state != MemberState.PROBATIONARY}
    keys = [pk for pk, day in since.items() if day is not None]
    found: dict[int, date | None] = dict.fromkeys((one.pk for one in members), None) | since
    for start in range(0, len(keys), _CHUNK):
        admissions = MemberEntry.objects.live().filter(
            member__in=keys[start : start + _CHUNK], kind=MemberEvent.ADMITTED, decision_date__isnull=False
        )
        for pk, day, decided in admissions.values_list("member_id", "effective_date", "decision_date"):
            if day == since[pk]:  # of two admissions of one person the later counts
                found[pk] = min(day, decided)
    return found


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
    gone: dict[int, list[tuple[date, date]]] = defaultdict(list)
    keys = [one.pk for one in members]
    for first in range(0, len(keys), _CHUNK):
        left: dict[int, date] = {}
        rows = MemberEntry.objects.live().filter(
            member__in=keys[first : first + _CHUNK], kind__in=(MemberEvent.LEFT, MemberEvent.RESTORED)
        )
        for member, kind, day in rows.in_order().values_list("member_id", "kind", "effective_date"):
            if kind == MemberEvent.LEFT:
                left[member] = day
            elif member in left:
                gone[member].append((left.pop(member), day))
    # Whoever was admitted anew began anew: what lay before is over.
    return {
        pk: PartyTime(day, tuple(gap for gap in gone[pk] if day is not None and gap[0] >= day))
        for pk, day in party_since(members).items()
    }


def party_age(member: Member, day: date) -> int | None:
    """Return the full years of party age on a day; None on probation and where it is not known."""
    return party_times([member])[member.pk].full_years(day)


def probation_ends(members: Sequence[Member]) -> dict[int, date]:
    """Return the first day on which probation is over for those of the members who are on probation, by key.

    Probation runs from the ceremony (where none is recorded, from the admission); its months are the rule in force on
    that day where the member stands. Two queries for all of them.
    """
    return probations_over([one for one in members if one.state == MemberState.PROBATIONARY])


def probations_over(members: Sequence[Member]) -> dict[int, date]:
    """Return the first day on which probation was, or will be, over, by key; as ``probation_ends``, of everybody whose
    admission is known.
    """
    begun = {one.pk: (one.unit_id, one.ceremony_on or one.admitted_on) for one in members}
    book = rule_book([PROBATION], {unit for unit, _ in begun.values()})
    return {
        pk: months_after(since, book.value(PROBATION, unit, since).whole)
        for pk, (unit, since) in begun.items()
        if since is not None
    }


def probation_end(member: Member) -> date | None:
    """Return the first day on which a probationary member's probation is over, else None; see ``probation_ends``."""
    return probation_ends([member]).get(member.pk)
