"""Which invited units came, with how many delegates, and which did not: excused or not (decision D13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from giaoban.apps.audit.act import Act, day_of
from giaoban.apps.meetings.models import DelegationEntry, Meeting, Presence
from giaoban.apps.meetings.operations.conferences_journal import (
    add_entries,
    journal_fields,
    planned_sittings,
    refuse_cancelled,
    require_manager,
    told,
)
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame
from giaoban.core.text_vi import tidy

# More than anybody ever sends to one sitting: a number above it is a slip of the finger.
MOST_DELEGATES = 30


@dataclass(frozen=True, slots=True)
class DelegationDraft:
    """A unit's state at its sitting; None takes a tick back. ``delegates`` belongs to units that came."""

    unit: Unit
    state: Presence | None
    delegates: int = 0
    note: str = ""


@transaction.atomic
def record_delegations(*, act: Act, conference: Meeting, drafts: Sequence[DelegationDraft]) -> list[DelegationEntry]:
    """This function will set which units came to their sitting; what says the same as before adds nothing.

    Each entry corrects what stood for the unit and is dated by the unit's sitting.

    Raises:
        InvalidInput: a unit that was not invited, a sitting after today, a number of delegates that cannot be.
        Conflict: somebody else ticked the unit in the meantime, or the conference was called off.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    refuse_cancelled(conference)
    known = {entry.unit_id: entry for entry in DelegationEntry.objects.live().filter(meeting=conference)}
    days = {one.sitting: day_of(one.starts_at) for one in planned_sittings(conference) if one.starts_at is not None}
    entries: list[DelegationEntry] = []
    told_of = []
    for index, draft in enumerate(drafts):
        with blame(index):
            before = known.get(draft.unit.pk)
            if before is None:
                raise InvalidInput(
                    f"{draft.unit.code} không được mời dự hội nghị này",
                    where="Đơn vị",
                    expected="đơn vị trong danh sách mời",
                    hint="Mời đơn vị trước rồi điểm danh",
                )
            _check(draft)
            state, note = draft.state.value if draft.state is not None else "", tidy(draft.note)
            if (before.state, before.delegates, before.note) == (state, draft.delegates, note):
                continue
            day = days[before.sitting]
            if day > act.today:
                raise InvalidInput(
                    f"Phiên {before.sitting} ngày {format_date(day)} chưa diễn ra",
                    where=draft.unit.code,
                    expected=f"điểm danh từ ngày {format_date(day)}",
                )
            entries.append(
                DelegationEntry(
                    meeting=conference,
                    unit=draft.unit,
                    sitting=before.sitting,
                    state=state,
                    delegates=draft.delegates,
                    note=note,
                    effective_date=day,
                    **journal_fields(act, before),
                )
            )
            told_of.append(told(conference, "ticked", draft.unit.code, state=state, delegates=draft.delegates))
    add_entries(act, entries, told_of)
    return entries


def _check(draft: DelegationDraft) -> None:
    came = draft.state == Presence.PRESENT
    if came and not 1 <= draft.delegates <= MOST_DELEGATES:
        raise InvalidInput(
            f"{draft.unit.code} có mặt với {draft.delegates} đại biểu",
            where="Số đại biểu",
            expected=f"từ 1 đến {MOST_DELEGATES} đại biểu",
        )
    if not came and draft.delegates:
        raise InvalidInput(
            f"{draft.unit.code} không dự nhưng có {draft.delegates} đại biểu",
            where="Số đại biểu",
            expected="để trống số đại biểu của đơn vị vắng",
        )
