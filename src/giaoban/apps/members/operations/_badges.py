"""Writes the highest badge of members, after the journal of honours has grown."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from giaoban.apps.members.models import HonourEntry, HonourEvent, Member, MemberQuerySet
from giaoban.apps.members.operations._followed import follow_members

_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


def _awarded() -> QuerySet[HonourEntry]:
    found: QuerySet[HonourEntry] = HonourEntry.objects.live().filter(kind=HonourEvent.BADGE_AWARDED)
    return found


def note_badges(member_ids: Collection[int]) -> None:
    """This function will write the highest badge of members (by key); the caller holds the transaction."""
    ordered = sorted(member_ids)
    for start in range(0, len(ordered), _CHUNK):
        part = ordered[start : start + _CHUNK]
        with follow_members(part):
            _write(Member.objects.filter(pk__in=part))


def note_all_badges() -> None:
    """This function will write the highest badge of everybody: after a journal was filled at once."""
    _write(Member.objects.filter(badge_years__gt=0) | Member.objects.filter(pk__in=_awarded().values("member")))


def badges_noted_otherwise() -> list[int]:
    """Return the keys of the members whose highest badge is not the one of their journal, in order."""
    told = _awarded().filter(member__isnull=False).order_by().values_list("member_id").annotate(highest=Max("years"))
    kept = Member.objects.exclude(badge_years=0).values_list("pk", "badge_years")
    return sorted({pk for pk, _years in set(told) ^ set(kept)})


def _write(members: MemberQuerySet) -> None:
    awards = _awarded().filter(member=OuterRef("pk")).order_by().values("member").annotate(highest=Max("years"))
    told = Coalesce(Subquery(awards.values("highest")), 0)
    members.annotate(told=told).exclude(badge_years=F("told")).update(badge_years=told)
