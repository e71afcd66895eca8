"""Agenda, minutes and resolution of a meeting, version by version; minutes and resolution are filed."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import write_trail
from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent, MeetingState, MeetingText, TextPart
from giaoban.apps.meetings.operations._entries import (
    allow,
    happening,
    locked,
    not_after_today,
    refuse_future,
    stamp,
    write_entries,
)
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput

MOST_LETTERS = 60_000
FILED_AS = {TextPart.MINUTES: MeetingEvent.MINUTES_FILED, TextPart.RESOLUTION: MeetingEvent.RESOLUTION_FILED}


@transaction.atomic
def save_meeting_text(*, act: Act, meeting: Meeting, part: TextPart, text: str, seen: int) -> MeetingText:
    """This function will keep a new version of a text; the versions before stay.

    Args:
        seen: the number of the version that the person started from, 0 where there was none.

    Raises:
        InvalidInput: an empty or endless text, minutes of a meeting to come; Conflict: somebody saved another version
            meanwhile; nothing is overwritten.
    """
    found = locked([meeting])[meeting.pk]
    allow(act, [found.unit])
    kept = text.replace("\r\n", "\n").strip()
    if not kept or len(kept) > MOST_LETTERS:
        what = "trống" if not kept else f"dài {len(kept)} ký tự"
        raise InvalidInput(f"{part.label} {what}", where=part.label, expected=f"từ 1 đến {MOST_LETTERS} ký tự")
    if part != TextPart.AGENDA:
        refuse_future(act, found, part.label)
    newest = (
        MeetingText.objects.filter(meeting=found, part=part).select_related("written_by").order_by("-version").first()
    )
    if newest is not None and newest.text == kept:
        return newest
    if (newest.version if newest is not None else 0) != seen:
        raise _meanwhile(part, newest)
    made = MeetingText(
        meeting=found,
        part=part,
        version=seen + 1,
        text=kept,
        written_by=act.user,
        entered_for=act.entered_for,
        written_at=act.now,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise _meanwhile(part, None) from None
    write_trail(act, [happening("text_saved", found, part=part.value, version=made.version)])
    return made


def _meanwhile(part: TextPart, newest: MeetingText | None) -> Conflict:
    who = newest.written_by.full_name if newest is not None else "Người khác"
    return Conflict(
        f"{who} đã lưu một bản {part.label.lower()} khác trong lúc đồng chí đang sửa",
        where=part.label,
        hint="Nội dung đồng chí gõ vẫn còn dưới đây; mở bản mới ở một trang khác để so rồi lưu lại",
    )


@transaction.atomic
def file_meeting_text(*, act: Act, meeting: Meeting, part: TextPart, day: date | None = None) -> MeetingEntry:
    """This function will note on which day the minutes, or the resolution, were filed (default today).

    Raises:
        InvalidInput: there is no such text yet, the meeting was not held, a day before the meeting or after today.
    """
    found = locked([meeting])[meeting.pk]
    allow(act, [found.unit])
    if part not in FILED_AS:
        raise InvalidInput(f"{part.label} không phải nộp", expected="biên bản hoặc nghị quyết")
    if found.state != MeetingState.HELD:
        raise InvalidInput(
            f"Kỳ họp ngày {format_date(found.day)} chưa ghi là đã họp", expected="ghi giờ họp thực tế trước"
        )
    if not MeetingText.objects.filter(meeting=found, part=part).exists():
        raise InvalidInput(f"Chưa có {part.label.lower()}", where=part.label, expected="soạn và lưu trước khi nộp")
    filed = day or act.today
    not_after_today(act, filed, "Ngày nộp")
    if filed < found.day:
        raise InvalidInput(
            f"Ngày nộp {format_date(filed)} trước ngày họp {format_date(found.day)}",
            where="Ngày nộp",
            expected="ngày không trước ngày họp",
        )
    kind = FILED_AS[part]
    before = MeetingEntry.objects.live().filter(meeting=found, kind=kind).first()
    entry = MeetingEntry(meeting=found, unit=found.unit, kind=kind, **stamp(act, filed, corrects=before))
    write_entries(act, [entry], [happening(kind, found, day=filed.isoformat())])
    return entry
