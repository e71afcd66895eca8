"""Conclusions with owner and date; what became of them is said at a later meeting, until they are done."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import ConclusionEntry, ConclusionEvent, Meeting
from giaoban.apps.meetings.operations._entries import (
    allow,
    happening,
    locked,
    refuse_future,
    stamp,
    write_entries,
)
from giaoban.apps.members.models import Member
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame
from giaoban.core.text_vi import tidy

_CLOSED = (ConclusionEvent.DONE, ConclusionEvent.DROPPED)
MOST_LETTERS = 2000


@dataclass(frozen=True, slots=True)
class ConclusionDraft:
    """A conclusion is made (``text``, owner, last day) or one of before (``thread``) is done, carried on, dropped.

    ``uid`` comes from where it was typed, so that the same sent twice is known (decision D22).
    """

    meeting: Meeting
    kind: ConclusionEvent
    text: str = ""
    owner: Member | None = None
    owner_words: str = ""
    due: date | None = None
    thread: uuid.UUID | None = None
    uid: uuid.UUID | None = None


@transaction.atomic
def record_conclusions(*, act: Act, drafts: Sequence[ConclusionDraft]) -> list[ConclusionEntry]:
    """This function will record conclusions and what became of earlier ones, all or none.

    What was said of a conclusion at this meeting before is replaced.

    Raises:
        InvalidInput: an empty or endless text, a last day before the meeting, a conclusion that is not of this unit,
            that was made at this meeting or later, or is closed already; a meeting that is still to come.
        NotAllowed, NotFound: no right ``meetings_record`` at a unit.
    """
    rows = locked(draft.meeting for draft in drafts)
    allow(act, [row.unit for row in rows.values()])
    uids = [draft.uid for draft in drafts if draft.uid is not None]
    found = {entry.uid: entry for entry in ConclusionEntry.objects.filter(uid__in=uids)}
    new = [draft for draft in drafts if draft.uid is None or draft.uid not in found]
    threads = {draft.thread for draft in new if draft.thread is not None}
    told: dict[uuid.UUID, list[ConclusionEntry]] = {}
    for entry in ConclusionEntry.objects.live().filter(thread__in=threads).select_related("meeting").in_order():
        told.setdefault(entry.thread, []).append(entry)
    entries: list[ConclusionEntry] = []
    for index, draft in enumerate(new):
        with blame(index):
            meeting = rows[draft.meeting.pk]
            refuse_future(act, meeting, "Kết luận")
            if draft.kind == ConclusionEvent.MADE:
                entries.append(_made(act, meeting, draft))
            else:
                entries.append(_said(act, meeting, draft, told.get(draft.thread or uuid.UUID(int=0), [])))
    write_entries(
        act, entries, [happening(f"conclusion_{one.kind}", one.meeting, thread=str(one.thread)) for one in entries]
    )
    written = iter(entries)
    return [found[one.uid] if one.uid is not None and one.uid in found else next(written) for one in drafts]


def _made(act: Act, meeting: Meeting, draft: ConclusionDraft) -> ConclusionEntry:
    text = tidy(draft.text)
    if not text:
        raise InvalidInput("Chưa ghi nội dung kết luận", where="Kết luận", expected="một câu nói rõ việc phải làm")
    if len(text) > MOST_LETTERS:
        raise InvalidInput(
            f"Kết luận dài {len(text)} ký tự", where="Kết luận", expected=f"nhiều nhất {MOST_LETTERS} ký tự"
        )
    if draft.due is not None and draft.due < meeting.day:
        raise InvalidInput(
            f"Hạn {format_date(draft.due)} trước ngày họp {format_date(meeting.day)}",
            where="Hạn",
            expected="ngày không trước ngày họp, hoặc để trống",
        )
    return ConclusionEntry(
        thread=uuid.uuid4(),
        meeting=meeting,
        unit=meeting.unit,
        kind=draft.kind,
        text=text,
        owner=draft.owner,
        owner_words=tidy(draft.owner_words)[:120],
        due=draft.due,
        **stamp(act, meeting.day, uid=draft.uid),
    )


def _said(act: Act, meeting: Meeting, draft: ConclusionDraft, told: Sequence[ConclusionEntry]) -> ConclusionEntry:
    first = next((one for one in told if one.kind == ConclusionEvent.MADE), None)
    if first is None or first.unit_id != meeting.unit_id:
        raise InvalidInput(
            "Không có kết luận này", where="Kết luận kỳ trước", expected="một kết luận của đơn vị còn phải theo dõi"
        )
    if first.meeting_id == meeting.pk or first.effective_date > meeting.day:
        raise InvalidInput(
            f"Kết luận này được đưa ra ngày {format_date(first.effective_date)}",
            where="Kết luận kỳ trước",
            expected="một kết luận của kỳ họp trước",
        )
    here = next((one for one in told if one.meeting_id == meeting.pk), None)
    closed = next((one for one in told if one.kind in _CLOSED and one is not here), None)
    if closed is not None:
        raise InvalidInput(
            f"Kết luận này đã ghi «{closed.get_kind_display().lower()}» ngày {format_date(closed.effective_date)}",
            where="Kết luận kỳ trước",
            expected="một kết luận còn phải theo dõi",
        )
    return ConclusionEntry(
        thread=first.thread,
        meeting=meeting,
        unit=meeting.unit,
        kind=draft.kind,
        text=tidy(draft.text)[:MOST_LETTERS],
        **stamp(act, meeting.day, corrects=here, uid=draft.uid),
    )


@transaction.atomic
def void_conclusion_entry(*, act: Act, entry: ConclusionEntry) -> ConclusionEntry:
    """This function will take back what was recorded of a conclusion by mistake.

    Raises:
        InvalidInput: a conclusion of which more was said at later meetings; Conflict: it was corrected already.
    """
    meeting = locked([entry.meeting])[entry.meeting_id]
    allow(act, [meeting.unit])
    if entry.kind == ConclusionEvent.MADE and (
        ConclusionEntry.objects.live().filter(thread=entry.thread).exclude(pk=entry.pk).exists()
    ):
        raise InvalidInput("Kỳ họp sau đã nói về kết luận này", expected="ghi «không làm nữa» ở kỳ họp tới")
    void = ConclusionEntry(
        thread=entry.thread,
        meeting=meeting,
        unit=meeting.unit,
        kind=entry.kind,
        **stamp(act, entry.effective_date, corrects=entry, void=True),
    )
    write_entries(act, [void], [happening("conclusion_void", meeting, thread=str(entry.thread))])
    return void
