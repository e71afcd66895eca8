"""Who lives elsewhere for a time, and who is a guest of a cell, on a day (transfers for a time, domain.md 2.7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from giaoban.apps.members.models import MemberEntry, MemberEvent

# What ends a stay elsewhere: its end, another transfer, or the end of membership.
END_A_STAY = (MemberEvent.TEMPORARY_ENDED, MemberEvent.TRANSFERRED, MemberEvent.LEFT, MemberEvent.DIED)


def _running(day: date) -> QuerySet[MemberEntry]:
    """Transfers for a time that had begun by a day and that nothing had ended by then."""
    after = Q(effective_date__gt=OuterRef("effective_date")) | Q(
        effective_date=OuterRef("effective_date"), pk__gt=OuterRef("pk")
    )
    ended = MemberEntry.objects.live().filter(
        after, member=OuterRef("member"), kind__in=END_A_STAY, effective_date__lte=day
    )
    begun = MemberEntry.objects.counted().filter(kind=MemberEvent.TRANSFERRED, temporary=True, effective_date__lte=day)
    return begun.exclude(Exists(ended))


def guests_of(unit: int, day: date) -> set[int]:
    """Return the members (by key) who took part in a unit's meetings for a time on a day; one query.

    The last day that was meant does not end a stay: the entry that says so does.
    """
    return set(_running(day).filter(to_unit=unit).values_list("member_id", flat=True))


def guest_stays(members: Collection[int], day: date) -> set[tuple[int, int]]:
    """Return (member, unit), by key, for those of some members who were guests of a unit on a day; one query."""
    rows = _running(day).filter(member__in=members, to_unit__isnull=False)
    return set(rows.values_list("member_id", "to_unit_id"))


def elsewhere_on(members: Collection[int], day: date) -> set[int]:
    """Return those of some members (by key) who took part elsewhere for a time on a day; one query."""
    return set(_running(day).filter(member__in=members).values_list("member_id", flat=True))
