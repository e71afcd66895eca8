"""Writes where those who are exempt or away stand now, after their journals or their spans have changed."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from giaoban.apps.members.models import STANDING, AbsenceSpan, Member


def _unit() -> Subquery:
    return Subquery(Member.objects.filter(pk=OuterRef("member"), state__in=STANDING).values("unit")[:1])


def _elsewhere(spans: QuerySet[AbsenceSpan]) -> QuerySet[AbsenceSpan]:
    """Keep the spans that say another unit than their member."""
    gone = ~Q(member__state__in=STANDING)
    moved = Q(member__state__in=STANDING) & (Q(now_at__isnull=True) | ~Q(now_at=F("member__unit")))
    return spans.filter((gone & Q(now_at__isnull=False)) | moved)


def note_whereabouts(member_ids: Collection[int]) -> None:
    """This function will write where at most 5,000 members (by key) stand into their spans; the caller holds the
    transaction.
    """
    AbsenceSpan.objects.filter(member__in=member_ids).update(now_at=_unit())


def note_all_whereabouts() -> None:
    """This function will write it for everybody: after a register was filled at once."""
    AbsenceSpan.objects.update(now_at=_unit())


def whereabouts_noted_otherwise() -> list[int]:
    """Return the keys of the members whose spans say another unit than where they stand, in order."""
    return sorted(set(_elsewhere(AbsenceSpan.objects.all()).values_list("member_id", flat=True)))
