"""What units report and propose at a conference, and what the conference concludes, with tasks."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import ConclusionEntry, ConclusionEvent, DelegationEntry, Meeting, ProposalEntry
from giaoban.apps.meetings.operations.conferences_journal import (
    add_entries,
    journal_fields,
    refuse_cancelled,
    require_manager,
    told,
)
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame

_GONE = "Mở lại trang để xem nội dung mới"


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """What a unit reported, or with ``proposal`` proposed; ``corrects`` and ``void`` as in every journal."""

    unit: Unit
    text: str
    proposal: bool = False
    corrects: uuid.UUID | None = None
    void: bool = False


@dataclass(frozen=True, slots=True)
class ConferenceConclusionDraft:
    """One conclusion: its words, who is to do it in words («các chi, đảng bộ cơ sở») and by when (inclusive)."""

    text: str
    owner_words: str = ""
    due: date | None = None
    corrects: uuid.UUID | None = None
    void: bool = False


@transaction.atomic
def record_proposals(*, act: Act, conference: Meeting, drafts: Sequence[ProposalDraft]) -> list[ProposalEntry]:
    """This function will record what units report and propose; they may do so before the conference.

    Raises:
        InvalidInput: a unit that was not invited, no words, or nothing there to correct.
        Conflict: somebody else corrected it first, or the conference was called off.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    refuse_cancelled(conference)
    invited = set(DelegationEntry.objects.live().filter(meeting=conference).values_list("unit_id", flat=True))
    kept = {entry.uid: entry for entry in ProposalEntry.objects.filter(meeting=conference)}
    entries = []
    for index, draft in enumerate(drafts):
        with blame(index):
            if draft.unit.pk not in invited:
                raise InvalidInput(
                    f"{draft.unit.code} không được mời dự hội nghị này",
                    where="Đơn vị",
                    expected="đơn vị trong danh sách mời",
                )
            corrected = kept.get(draft.corrects) if draft.corrects is not None else None
            _check_words(draft.text, draft.corrects, corrected is not None, void=draft.void)
            entries.append(
                ProposalEntry(
                    meeting=conference,
                    unit=draft.unit,
                    proposal=draft.proposal,
                    text=draft.text.strip() or (corrected.text if corrected is not None else ""),
                    effective_date=act.today,
                    seq=corrected.seq if corrected is not None else index,
                    **journal_fields(act, corrected, void=draft.void),
                )
            )
    add_entries(act, entries, [told(conference, "reported", one.unit.code, void=one.void) for one in entries])
    return entries


@transaction.atomic
def record_conference_conclusions(
    *, act: Act, conference: Meeting, drafts: Sequence[ConferenceConclusionDraft]
) -> list[ConclusionEntry]:
    """This function will record conclusions, in the order in which they are given.

    Raises:
        InvalidInput: before the first day of the conference, no words, a last day before it, nothing there to correct.
        Conflict: somebody else corrected it first, or the conference was called off.
        NotAllowed, NotFound: no right ``conferences_manage`` at the committee.
    """
    require_manager(act, conference)
    refuse_cancelled(conference)
    if act.today < conference.day:
        raise InvalidInput(
            f"Hội nghị ngày {format_date(conference.day)} chưa diễn ra",
            where="Kết luận",
            expected=f"ghi kết luận từ ngày {format_date(conference.day)}",
        )
    made = ConclusionEntry.objects.filter(meeting=conference, kind=ConclusionEvent.MADE)
    kept = {entry.uid: entry for entry in made}
    last = made.aggregate(last=Max("seq"))["last"] or 0
    entries = []
    for index, draft in enumerate(drafts, start=1):
        with blame(index - 1):
            corrected = kept.get(draft.corrects) if draft.corrects is not None else None
            _check_words(draft.text, draft.corrects, corrected is not None, void=draft.void)
            if draft.due is not None and draft.due < conference.day:
                raise InvalidInput(
                    f"Hạn {format_date(draft.due)} trước ngày hội nghị",
                    where="Hạn",
                    expected=f"từ ngày {format_date(conference.day)}",
                )
            entries.append(
                ConclusionEntry(
                    thread=corrected.thread if corrected is not None else uuid.uuid4(),
                    meeting=conference,
                    unit=conference.unit,
                    kind=ConclusionEvent.MADE,
                    text=draft.text.strip() or (corrected.text if corrected is not None else ""),
                    owner_words=draft.owner_words.strip(),
                    due=draft.due,
                    effective_date=conference.day,
                    seq=corrected.seq if corrected is not None else last + index,
                    **journal_fields(act, corrected, void=draft.void),
                )
            )
    add_entries(act, entries, [told(conference, "concluded", void=one.void) for one in entries])
    return entries


def _check_words(text: str, corrects: uuid.UUID | None, found: bool, *, void: bool) -> None:
    if corrects is not None and not found:
        raise InvalidInput("Không có nội dung cần sửa", hint=_GONE)
    if not text.strip() and not void:
        raise InvalidInput("Chưa có nội dung", where="Nội dung", expected="ít nhất một câu")
