"""Conclusions on the political standard: number and date only, the file stays on paper (design.md; decision D13)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening
from giaoban.apps.members.models import (
    Candidate,
    Member,
    MemberEntry,
    MemberEvent,
    VettingEntry,
    VettingPurpose,
)
from giaoban.apps.members.operations._journal import (
    check_day,
    corrected_entries,
    journal_fields,
    write_entries,
)
from giaoban.apps.members.operations.drafts import EntryDraft
from giaoban.apps.members.operations.entries import record_member_entries
from giaoban.apps.members.queries.candidacies import candidate_behind
from giaoban.apps.members.queries.standing import NOWHERE, Stands, stands_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame


@dataclass(frozen=True, slots=True)
class VettingDraft:
    """A conclusion about a member or a candidate; its number stands in ``decision``, ``day`` is its date."""

    purpose: VettingPurpose
    day: date
    member: Member | None = None
    candidate: Candidate | None = None
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    corrects: uuid.UUID | None = None
    void: bool = False

    @property
    def about(self) -> str:
        """Whom it is about."""
        person = self.member or self.candidate
        return person.full_name if person is not None else ""


@transaction.atomic
def record_vetting_entries(*, act: Act, drafts: Sequence[VettingDraft]) -> list[VettingEntry]:
    """This function will record conclusions at the cell of the person on the day, all or none.

    Raises:
        InvalidInput: a day after today, no number, nobody named, or a member who stood nowhere on the day.
        Conflict: somebody else corrected an entry first.
        NotAllowed, NotFound: no right ``members_record`` at a unit.
    """
    known = corrected_entries(VettingEntry, drafts)
    stands = stands_of(draft.member.pk for draft in drafts if draft.member is not None)
    entries: list[VettingEntry] = []
    for index, draft in enumerate(drafts):
        with blame(index):
            corrected = known.get(draft.corrects) if draft.corrects else None
            entries.append(_entry(act, draft, corrected, stands))
    units = Unit.objects.in_bulk({entry.unit_id for entry in entries})
    require(act, "members_record", units.values())
    write_entries(
        act,
        entries,
        [
            Happening(
                "members.vetted",
                "member" if draft.member is not None else "candidate",
                str(getattr(draft.member or draft.candidate, "uid", "")),
                units[entry.unit_id].code,
                {"entry": str(entry.uid), "date": entry.effective_date.isoformat(), "void": entry.void},
            )
            for entry, draft in zip(entries, drafts, strict=True)
        ],
    )
    return entries


def record_vetting(*, act: Act, draft: VettingDraft) -> VettingEntry:
    """This function will record one conclusion; see ``record_vetting_entries``."""
    return record_vetting_entries(act=act, drafts=[draft])[0]


def void_vetting_entry(*, act: Act, entry: VettingEntry) -> VettingEntry:
    """This function will take an entry back by a correcting entry; the mistake stays readable in the journal."""
    _refuse_what_follows(entry)
    return _again(act, entry, entry.effective_date, _decision(entry), void=True)


def redate_vetting_entry(*, act: Act, entry: VettingEntry, day: date, decision: Decision) -> VettingEntry:
    """This function will replace an entry by one with another day or number; all else stays as it was."""
    _refuse_what_follows(entry)
    return _again(act, entry, day, decision, void=False)


def record_status_opinion(*, act: Act, member: Member, day: date, decision: Decision | None = None) -> MemberEntry:
    """This function will record that an opinion on a member's standing in the Party was given; never its content."""
    draft = EntryDraft(member, MemberEvent.STATUS_OPINION, day, member.unit, decision=decision or Decision())
    return record_member_entries(act=act, drafts=[draft])[0]


def _refuse_what_follows(entry: VettingEntry) -> None:
    """A conclusion that a candidate's thread brought along is corrected there: the two must not differ."""
    if candidate_behind(entry.ref) is not None:
        raise InvalidInput(
            f"Kết luận {entry.decision_number} được ghi theo hồ sơ kết nạp",
            hint="Đính chính bước «Có kết luận thẩm tra lý lịch» ở trang «Phát triển đảng viên»",
        )


def _again(act: Act, entry: VettingEntry, day: date, decision: Decision, *, void: bool) -> VettingEntry:
    draft = VettingDraft(
        VettingPurpose(entry.purpose), day, entry.member, entry.candidate, decision, entry.ref, entry.uid, void
    )
    return record_vetting_entries(act=act, drafts=[draft])[0]


def _decision(entry: VettingEntry) -> Decision:
    return Decision(entry.decision_number, entry.decision_date, entry.decision_issuer)


def _entry(act: Act, draft: VettingDraft, corrected: VettingEntry | None, stands: dict[int, Stands]) -> VettingEntry:
    check_day(act, draft, draft.about)
    member = draft.member.pk if draft.member is not None else None
    candidate = draft.candidate.pk if draft.candidate is not None else None
    if corrected is not None and (corrected.member_id, corrected.candidate_id) != (member, candidate):
        corrected = None
    fields = journal_fields(act, draft, corrected)
    if draft.void and corrected is not None:
        unit = corrected.unit_id
    else:
        if not draft.decision.number.strip():
            raise InvalidInput("Chưa ghi số kết luận", where="Số kết luận", expected="số văn bản, ví dụ 45-KL/BTC")
        unit = _place(draft, stands)
    return VettingEntry(member_id=member, candidate_id=candidate, unit_id=unit, purpose=draft.purpose, **fields)


def _place(draft: VettingDraft, stands: dict[int, Stands]) -> int:
    if draft.candidate is not None:
        return draft.candidate.unit_id
    if draft.member is None:
        raise InvalidInput("Chưa biết kết luận về ai", expected="một đảng viên hoặc người được xem xét kết nạp")
    found = stands.get(draft.member.pk, NOWHERE).on_or_first(draft.day)
    if found is None:
        raise InvalidInput(
            f"{draft.about} không sinh hoạt tại chi bộ nào ngày {format_date(draft.day)}",
            where=draft.about,
            expected="ngày đang sinh hoạt",
        )
    return found.unit
