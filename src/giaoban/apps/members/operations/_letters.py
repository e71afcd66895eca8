"""Writes which letters wait for an answer, after the journals of members have grown."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from giaoban.apps.audit.bulk import insert_rows
from giaoban.apps.members.models import STANDING, MemberEntry, MemberEvent, WaitingLetter

_FIELDS = ("entry_id", "from_unit_id", "to_unit_id", "sent_on", "standing")


def _told() -> QuerySet[Any, tuple[Any, ...]]:
    """Rows of ``_FIELDS``."""
    answered = MemberEntry.objects.live().filter(sent=OuterRef("pk"))
    letters = MemberEntry.objects.live().filter(~Exists(answered), kind=MemberEvent.TRANSFER_SENT)
    stands = Case(When(member__state__in=STANDING, then=Value(True)), default=Value(False))
    found: QuerySet[Any, tuple[Any, ...]] = letters.annotate(stands=stands).values_list(
        "pk", "from_unit_id", "to_unit_id", "effective_date", "stands"
    )
    return found


def note_letters(member_ids: Collection[int]) -> None:
    """This function will write the waiting letters of at most 5,000 members (by key) anew where they are others now.

    The caller holds the transaction, and has written the state of the members.
    """
    told = set(_told().filter(member__in=member_ids))
    kept = set(WaitingLetter.objects.filter(entry__member__in=member_ids).values_list(*_FIELDS))
    if kept - told:
        WaitingLetter.objects.filter(entry__in=[row[0] for row in kept - told]).delete()
    if told - kept:
        insert_rows(WaitingLetter, _FIELDS, sorted(told - kept, key=lambda row: row[0]))


def note_all_letters() -> None:
    """This function will write the waiting letters of everybody: after a journal was filled at once."""
    WaitingLetter.objects.all().delete()
    insert_rows(WaitingLetter, _FIELDS, list(_told().order_by("pk")))


def letters_noted_otherwise() -> list[int]:
    """Return the keys of the letters that wait and are not noted so, or the other way round, in order."""
    return sorted({row[0] for row in set(_told()) ^ set(WaitingLetter.objects.values_list(*_FIELDS))})
