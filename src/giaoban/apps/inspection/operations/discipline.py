"""Discipline of members; an expulsion also ends the membership, in the same transaction."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.inspection.models import DecidingLevel, DisciplineEntry, DisciplineForm
from giaoban.apps.members.models import LeavingHow, Member, MemberEvent, MembershipSpell
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput


@dataclass(frozen=True, slots=True)
class DisciplineDraft:
    """One decision of discipline; ``corrects`` and ``void`` as in every journal."""

    member: Member
    form: DisciplineForm
    level: DecidingLevel
    day: date
    decision: Decision = field(default_factory=Decision)
    corrects: uuid.UUID | None = None
    void: bool = False


@transaction.atomic
def record_discipline(*, act: Act, drafts: Sequence[DisciplineDraft]) -> list[DisciplineEntry]:
    """This function will record decisions of discipline at the cell where the member stood on the day, all or none.

    Raises:
        InvalidInput: a day after today, the member did not stand anywhere, or the form is not possible for a
            probationary member (domain.md 5.4: only reprimand and warning).
        Conflict: somebody else corrected the entry first.
        NotAllowed, NotFound: no right ``inspection_record`` at the unit.
    """
    entries = [_entry(act, draft) for draft in drafts]
    require(act, "inspection_record", {entry.unit.pk: entry.unit for entry in entries}.values())
    try:
        with transaction.atomic():
            DisciplineEntry.objects.bulk_create(entries, batch_size=500)
    except IntegrityError:
        raise Conflict("Lần ghi này đã được người khác đính chính", hint="Mở lại trang để xem nội dung mới") from None
    write_trail(
        act,
        [
            Happening("inspection.disciplined", "member", str(entry.member.uid), entry.unit.code, {"form": entry.form})
            for entry in entries
        ],
    )
    expelled = [
        entry for entry in entries if entry.form == DisciplineForm.EXPULSION and not entry.void and not entry.corrects
    ]
    if expelled:
        record_member_entries(act=act, drafts=[_leaving(entry) for entry in expelled])
    return entries


def _entry(act: Act, draft: DisciplineDraft) -> DisciplineEntry:
    where = f"{draft.member.full_name}, {format_date(draft.day)}"
    if draft.day > act.today and not draft.void:
        raise InvalidInput(
            f"Ngày {format_date(draft.day)} ở tương lai",
            where=draft.member.full_name,
            expected="ngày không sau hôm nay",
        )
    unit, official = _stood(draft.member, draft.day, where)
    if not official and draft.form not in (DisciplineForm.REPRIMAND, DisciplineForm.WARNING):
        raise InvalidInput(
            f"Đảng viên dự bị không bị {draft.form.label.lower()}", where=where, expected="khiển trách hoặc cảnh cáo"
        )
    corrected = None
    if draft.corrects is not None:
        corrected = DisciplineEntry.objects.filter(uid=draft.corrects, member=draft.member).first()
        if corrected is None:
            raise InvalidInput("Không có lần ghi cần đính chính", where=where)
    return DisciplineEntry(
        member=draft.member,
        unit=unit,
        form=draft.form,
        level=draft.level,
        effective_date=draft.day,
        recorded_at=act.now,
        actor=act.user,
        entered_for=act.entered_for,
        decision_number=draft.decision.number,
        decision_date=draft.decision.date,
        decision_issuer=draft.decision.issuer,
        corrects=corrected,
        void=draft.void,
    )


def _stood(member: Member, day: date, where: str) -> tuple[Unit, bool]:
    spell = MembershipSpell.objects.filter(on_day(day), member=member).select_related("unit").first()
    if spell is None:
        raise InvalidInput("Không có tên trong sổ đảng viên vào ngày này", where=where, expected="ngày đang sinh hoạt")
    return spell.unit, spell.official


def _leaving(entry: DisciplineEntry) -> EntryDraft:
    return EntryDraft(
        entry.member,
        MemberEvent.LEFT,
        entry.effective_date,
        entry.unit,
        how=LeavingHow.EXPELLED,
        decision=Decision(entry.decision_number, entry.decision_date, entry.decision_issuer),
    )
