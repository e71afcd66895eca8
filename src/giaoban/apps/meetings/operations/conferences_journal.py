"""What the operations of conferences share: who may, the sittings that count, journal rows with their trail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent, MeetingKind, MeetingState
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import Conflict, InvalidInput

CONFERENCES = (MeetingKind.CONFERENCE, MeetingKind.BRIEFING)
_EntryT = TypeVar("_EntryT", bound=JournalEntry)


def require_manager(act: Act, conference: Meeting) -> None:
    """Return quietly where the person may manage this conference.

    Raises:
        InvalidInput: it is another kind of meeting. NotAllowed, NotFound: no right ``conferences_manage``.
    """
    if conference.kind not in CONFERENCES:
        raise InvalidInput(f"«{conference.get_kind_display()}» không phải hội nghị", expected="hội nghị của cấp ủy")
    require(act, "conferences_manage", [conference.unit])


def refuse_cancelled(conference: Meeting) -> None:
    """Return quietly unless the conference was called off.

    Raises:
        Conflict: it was.
    """
    if conference.state == MeetingState.CANCELLED:
        raise Conflict("Hội nghị đã hủy", where=conference.title, hint="Lập hội nghị mới nếu vẫn tổ chức")


def planned_sittings(conference: Meeting) -> list[MeetingEntry]:
    """Return the live plan of each sitting, in their order."""
    return list(
        MeetingEntry.objects.live()
        .filter(meeting=conference, kind=MeetingEvent.PLANNED)
        .select_related("group")
        .order_by("sitting")
    )


def journal_fields(act: Act, corrected: JournalEntry | None = None, *, void: bool = False) -> dict[str, Any]:
    """Return the fields that every entry has, but its day."""
    return {
        "recorded_at": act.now,
        "actor_id": act.user.pk,
        "entered_for_id": act.entered_for.pk if act.entered_for is not None else None,
        "corrects_id": corrected.pk if corrected is not None else None,
        "void": void,
    }


def add_entries(act: Act, entries: Sequence[_EntryT], happenings: Iterable[Happening]) -> None:
    """This function will add journal rows with their audit rows; the caller has authorised.

    Raises:
        Conflict: somebody else corrected one of the entries first.
    """
    try:
        with transaction.atomic():
            insert_objects(entries)
    except IntegrityError:
        raise Conflict(
            "Nội dung này vừa được người khác sửa trong lúc đồng chí đang ghi",
            hint="Mở lại trang để xem nội dung mới rồi ghi tiếp",
        ) from None
    write_trail(act, happenings)


def told(conference: Meeting, action: str, code: str = "", **detail: Any) -> Happening:
    """Return the audit line of something done to a conference, at its committee or at the unit that is meant."""
    return Happening(
        f"conferences.{action}", "meeting", str(conference.uid), code or conference.unit.code, dict(detail)
    )
