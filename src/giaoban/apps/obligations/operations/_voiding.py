"""Taking back what a journal of duties holds: a correcting entry that voids it (decision D1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.journal import JournalEntry
from giaoban.core.errors import Conflict

Entry = TypeVar("Entry", bound=JournalEntry)


def void_entry(*, act: Act, entry: Entry, day: date, fields: Iterable[str], told: str) -> Entry:
    """This function will void an entry; the caller has asked for the right and writes the trail.

    Args:
        day: the effective day of the voiding entry.
        fields: what it repeats of the voided one, so that it is found beside it.
        told: said to the second of two people who take one entry back.

    Raises:
        Conflict: somebody took it back already.
    """
    try:
        with transaction.atomic():
            void: Entry = type(entry)._default_manager.create(
                **{name: getattr(entry, name) for name in fields},
                effective_date=day,
                recorded_at=act.now,
                actor=act.user,
                entered_for=act.entered_for,
                corrects=entry,
                void=True,
            )
    except IntegrityError:
        raise Conflict(told, hint="Mở lại trang") from None
    return void
