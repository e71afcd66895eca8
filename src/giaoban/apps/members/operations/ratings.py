"""The yearly rating of members and of organisations (366-QĐ/TW, điều 11): one grade a year for each."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening
from giaoban.apps.members.models import Grade, Member, RatingEntry
from giaoban.apps.members.operations._journal import (
    check_day,
    chunks,
    corrected_entries,
    journal_fields,
    lock_members,
    write_entries,
)
from giaoban.apps.members.queries.standing import NOWHERE, Stands, stands_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import Conflict, InvalidInput, blame

Subject = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class RatingDraft:
    """The grade of a ``year`` of a member or, without one, of the ``unit``; ``corrects``, ``void`` as everywhere."""

    year: int
    grade: Grade
    day: date
    member: Member | None = None
    unit: Unit | None = None
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    corrects: uuid.UUID | None = None
    void: bool = False

    @property
    def about(self) -> str:
        """Who is rated."""
        if self.member is not None:
            return self.member.full_name
        return self.unit.code if self.unit is not None else ""


@transaction.atomic
def record_ratings(*, act: Act, drafts: Sequence[RatingDraft]) -> list[RatingEntry]:
    """This function will record grades, all or none: of members at the cell where they stood at the end of the year.

    Raises:
        InvalidInput: a day after today or before the year, nobody named, a member who stood nowhere in the year, or a
            second grade for the same year that corrects none.
        Conflict: somebody else corrected an entry first.
        NotAllowed, NotFound: no right ``members_record`` at a member's cell; for an organisation, whose grade the level
            above decides (43-HD/BTCTW), no right ``organizations_manage`` at it.
    """
    members = {draft.member.pk for draft in drafts if draft.member is not None}
    lock_members(members)
    _lock_units({draft.unit.pk for draft in drafts if draft.member is None and draft.unit is not None})
    known = corrected_entries(RatingEntry, drafts)
    stands = stands_of(members)
    entries: list[RatingEntry] = []
    for index, draft in enumerate(drafts):
        with blame(index):
            corrected = known.get(draft.corrects) if draft.corrects else None
            entries.append(_entry(act, draft, corrected, stands))
    units = Unit.objects.in_bulk({entry.unit_id for entry in entries})
    for right, of_members in (("members_record", True), ("organizations_manage", False)):
        asked = {entry.unit_id for entry in entries if (entry.member_id is not None) == of_members}
        require(act, right, [units[pk] for pk in sorted(asked)])
    _check_once(drafts, entries)
    write_entries(
        act,
        entries,
        [
            Happening(
                "members.rated" if draft.member is not None else "organizations.rated",
                "member" if draft.member is not None else "unit",
                str(draft.member.uid if draft.member is not None else units[entry.unit_id].uid),
                units[entry.unit_id].code,
                {"entry": str(entry.uid), "year": entry.year, "void": entry.void},
            )
            for entry, draft in zip(entries, drafts, strict=True)
        ],
    )
    return entries


def void_rating(*, act: Act, entry: RatingEntry) -> RatingEntry:
    """This function will take a grade back by a correcting entry; the mistake stays readable in the journal."""
    draft = RatingDraft(
        entry.year, Grade(entry.grade), entry.effective_date, entry.member, entry.unit, corrects=entry.uid, void=True
    )
    return record_ratings(act=act, drafts=[draft])[0]


def redate_rating(*, act: Act, entry: RatingEntry, day: date, decision: Decision) -> RatingEntry:
    """This function will replace an entry by one with another day or decision; the grade stays as it was."""
    unit = None if entry.member is not None else entry.unit
    draft = RatingDraft(
        entry.year, Grade(entry.grade), day, entry.member, unit, decision, ref=entry.ref, corrects=entry.uid
    )
    return record_ratings(act=act, drafts=[draft])[0]


def _lock_units(units: set[int]) -> None:
    if units and connection.features.has_select_for_update:
        list(Unit.objects.select_for_update().filter(pk__in=units).order_by("pk").values_list("pk"))


def _entry(act: Act, draft: RatingDraft, corrected: RatingEntry | None, stands: dict[int, Stands]) -> RatingEntry:
    check_day(act, draft, draft.about)
    member = draft.member.pk if draft.member is not None else None
    if corrected is not None and (corrected.member_id, corrected.year) != (member, draft.year):
        corrected = None
    fields = journal_fields(act, draft, corrected)
    if draft.void and corrected is not None:
        unit = corrected.unit_id
    else:
        if draft.day.year < draft.year:
            raise InvalidInput(
                f"Ngày xếp loại trước năm {draft.year}", where=draft.about, expected=f"ngày từ năm {draft.year}"
            )
        unit = _place(draft, stands)
    return RatingEntry(member_id=member, unit_id=unit, year=draft.year, grade=draft.grade, **fields)


def _place(draft: RatingDraft, stands: dict[int, Stands]) -> int:
    if draft.member is None:
        if draft.unit is None:
            raise InvalidInput("Chưa biết xếp loại ai", expected="một đảng viên hoặc một tổ chức đảng")
        return draft.unit.pk
    stood = stands.get(draft.member.pk, NOWHERE)
    asked = min(draft.day, date(draft.year, 12, 31))
    found = stood.on_or_first(asked) or stood.on_or_last(asked)
    if found is None or found.end <= date(draft.year, 1, 1):
        raise InvalidInput(
            f"{draft.member.full_name} không sinh hoạt tại chi bộ nào trong năm {draft.year}",
            where=draft.about,
            expected="người sinh hoạt tại chi bộ trong năm xếp loại",
        )
    return found.unit


def _subject(entry: RatingEntry) -> Subject:
    if entry.member_id is not None:
        return "member", entry.member_id, entry.year
    return "unit", entry.unit_id, entry.year


def _check_once(drafts: Sequence[RatingDraft], entries: Sequence[RatingEntry]) -> None:
    replaced = {draft.corrects for draft in drafts if draft.corrects is not None}
    taken: set[Subject] = set()
    years = {entry.year for entry in entries}
    for part in chunks(entry.member_id for entry in entries if entry.member_id is not None):
        taken |= _recorded(replaced, member__in=part, year__in=years)
    units = {entry.unit_id for entry in entries if entry.member_id is None}
    if units:
        taken |= _recorded(replaced, unit__in=units, member=None, year__in=years)
    for index, (draft, entry) in enumerate(zip(drafts, entries, strict=True)):
        if draft.void:
            continue
        with blame(index):
            if _subject(entry) in taken and draft.corrects is not None:
                raise Conflict(
                    f"Xếp loại năm {draft.year} của {draft.about} đã được người khác đổi",
                    where=draft.about,
                    hint="Mở lại trang để xem nội dung mới rồi chọn lại",
                )
            if _subject(entry) in taken:
                raise InvalidInput(
                    f"{draft.about} đã được xếp loại năm {draft.year}",
                    where=draft.about,
                    expected="mỗi năm một lần; muốn đổi thì đính chính lần ghi trước",
                )
        taken.add(_subject(entry))


def _recorded(replaced: set[uuid.UUID], **wanted: object) -> set[Subject]:
    return {_subject(entry) for entry in RatingEntry.objects.live().filter(**wanted) if entry.uid not in replaced}
