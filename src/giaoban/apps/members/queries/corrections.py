"""What was corrected in a member's file, and the mark by which a change between looking and writing is noticed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from giaoban.apps.audit.act import HANOI
from giaoban.apps.members.models import (
    PRIVATE_PARTS,
    ChangeCause,
    CorrectionEntry,
    FilePart,
    Member,
    TraitEntry,
)
from giaoban.apps.members.queries.aliases import records_of
from giaoban.apps.members.queries.file import TimelineEntry, timeline_entry

_COLUMNS = (
    "full_name",
    "birth_date",
    "birth_precision",
    "file_number",
    "card_number",
    "phone",
    "identity_index",
    "admitted_on",
    "recognised_on",
)


@dataclass(frozen=True, slots=True)
class FileChange:
    """One correction of a part that opens with the personal file; of an identity number three digits are shown."""

    part: str
    before: str
    after: str
    who: str
    day: str
    reason: str


def file_version(member: Member) -> str:
    """Return a mark that is another one after any change of the file; it tells nothing of what stands in it."""
    last = CorrectionEntry.objects.filter(member=member).order_by("pk").values_list("pk", flat=True).last()
    trait = TraitEntry.objects.filter(member=member).order_by("pk").values_list("pk", flat=True).last()
    row = Member.objects.values_list(*_COLUMNS).get(pk=member.pk)
    text = "|".join(str(value) for value in (*row, last, trait))
    return salted_hmac("giaoban.members.file", text).hexdigest()[:20]


def last_correction(member: Member) -> CorrectionEntry | None:
    """Return the last correction of a member's file with the person who made it."""
    return CorrectionEntry.objects.filter(member=member).select_related("actor").order_by("pk").last()


def correction_timeline(member: Member, *, private: bool) -> tuple[TimelineEntry, ...]:
    """Return the corrections of a file as lines of the timeline, unordered.

    Args:
        private: also the values of those parts that open with the personal file only.
    """
    rows = CorrectionEntry.objects.filter(member__in=records_of(member)).select_related("actor", "entered_for")
    return tuple(
        timeline_entry(
            entry,
            register="corrections",
            what=_words(entry, values=private or entry.part not in PRIVATE_PARTS),
            where=f"Căn cứ: {entry.reason}",
            corrected=False,
            replaces=False,
        )
        for entry in rows
    )


def private_changes(member: Member) -> tuple[FileChange, ...]:
    """Return the corrections of those parts that open with the personal file, newest first."""
    rows = CorrectionEntry.objects.filter(member=member, part__in=PRIVATE_PARTS).select_related("actor")
    return tuple(
        FileChange(
            FilePart(entry.part).label,
            entry.before or "chưa ghi",
            entry.after or "không ghi nữa",
            entry.actor.full_name,
            f"{entry.recorded_at.astimezone(HANOI):%d/%m/%Y}",
            entry.reason,
        )
        for entry in rows.order_by("-pk")
    )


def _words(entry: CorrectionEntry, *, values: bool) -> str:
    verb = "Đổi" if entry.cause == ChangeCause.CHANGED else "Đính chính"
    words = f"{verb} {FilePart(entry.part).label.lower()}"
    return f"{words}: {entry.before or 'chưa ghi'} → {entry.after or 'không ghi nữa'}" if values else words
