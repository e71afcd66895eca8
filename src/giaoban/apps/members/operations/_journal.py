"""What the plural operations of the small registers share: locking, the corrected row, writing with its trail."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db import IntegrityError, connection, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import Member
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.operations._tree_lock import share_tree
from giaoban.core.errors import Conflict, InvalidInput

CHUNK = 5000  # SQLite takes at most 32,766 values in one statement
EntryT = TypeVar("EntryT", bound=JournalEntry)


class Draft(Protocol):
    """What every draft of an entry has."""

    @property
    def day(self) -> date: ...

    @property
    def decision(self) -> Decision: ...

    @property
    def ref(self) -> str: ...

    @property
    def corrects(self) -> uuid.UUID | None: ...

    @property
    def void(self) -> bool: ...


def chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    """Return the keys in order, each once, in parts that one statement takes."""
    ordered = sorted(set(keys))
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def lock_members(member_ids: Iterable[int]) -> None:
    """This function will let two acts about one member happen one after another; SQLite's writers do so anyway.

    The tree stays as it is until then: who changes it locks it first and members after it, and so does this.
    """
    share_tree()
    if connection.features.has_select_for_update:
        for part in chunks(member_ids):
            list(Member.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk"))


def corrected_entries(model: type[EntryT], drafts: Sequence[Draft], *related: str) -> dict[uuid.UUID, EntryT]:
    """Return the entries that drafts correct, by uid."""
    wanted = [draft.corrects for draft in drafts if draft.corrects is not None]
    if not wanted:
        return {}
    rows = model._default_manager.filter(uid__in=wanted).select_related(*related)
    return {row.uid: row for row in rows}


def check_day(act: Act, draft: Draft, where: str) -> None:
    """Return quietly unless the day of something that is to be recorded lies after today.

    Raises:
        InvalidInput: it does; what has not happened yet is not recorded.
    """
    if not draft.void and (fault := future_day(draft.day, act.today)) is not None:
        raise InvalidInput(fault, where=where, expected=NOT_AFTER_TODAY)


def journal_fields(act: Act, draft: Draft, corrected: JournalEntry | None) -> dict[str, Any]:
    """Return the fields that every journal entry has.

    Raises:
        InvalidInput: the entry that is to be corrected is not there.
    """
    if draft.corrects is not None and corrected is None:
        raise InvalidInput("Không có lần ghi cần đính chính", hint="Mở lại trang để xem nội dung mới")
    return {
        "effective_date": draft.day,
        "recorded_at": act.now,
        "actor_id": act.user.pk,
        "entered_for_id": act.entered_for.pk if act.entered_for is not None else None,
        "decision_number": draft.decision.number,
        "decision_date": draft.decision.date,
        "decision_issuer": draft.decision.issuer,
        "ref": draft.ref,
        "corrects_id": corrected.pk if corrected is not None else None,
        "void": draft.void,
    }


def write_entries(act: Act, entries: Sequence[EntryT], happenings: Iterable[Happening]) -> None:
    """This function will add journal rows and their audit rows; the caller has authorised and rebuilds after.

    Raises:
        Conflict: somebody else corrected one of the entries first.
    """
    try:
        with transaction.atomic():
            insert_objects(entries)
    except IntegrityError:
        raise Conflict(
            "Lần ghi này đã được người khác đính chính trong lúc đồng chí đang sửa",
            hint="Mở lại trang để xem nội dung mới rồi đính chính tiếp",
        ) from None
    write_trail(act, happenings)
