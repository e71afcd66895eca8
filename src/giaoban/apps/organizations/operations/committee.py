"""Decisions about the committees of units: consolidation, inspection commissions, opinions on establishment."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.organizations.models import Ancestry, CommitteeEntry, CommitteeEvent, Unit, on_day
from giaoban.apps.organizations.operations.tree import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput


@dataclass(frozen=True, slots=True)
class CommitteeDraft:
    """One decision about a unit's committee; ``note`` says what was done («bổ sung Phó Bí thư»)."""

    unit: Unit
    kind: CommitteeEvent
    day: date
    note: str = ""
    decision: Decision = field(default_factory=Decision)
    corrects: uuid.UUID | None = None
    void: bool = False


@transaction.atomic
def record_committee_events(*, act: Act, drafts: Sequence[CommitteeDraft]) -> list[CommitteeEntry]:
    """This function will record decisions about committees, all or none.

    Raises:
        InvalidInput: the unit does not stand on that day; Conflict: somebody else corrected the entry first.
    """
    require(act, "organizations_manage", {draft.unit.pk: draft.unit for draft in drafts}.values())
    entries = []
    for draft in drafts:
        if not Ancestry.objects.filter(on_day(draft.day), descendant=draft.unit, depth=0).exists():
            raise InvalidInput(f"Đơn vị không hoạt động ngày {format_date(draft.day)}", where=draft.unit.code)
        corrected = None
        if draft.corrects is not None:
            corrected = CommitteeEntry.objects.filter(uid=draft.corrects, unit=draft.unit).first()
            if corrected is None:
                raise InvalidInput("Không có lần ghi cần đính chính", where=draft.unit.code)
        entries.append(
            CommitteeEntry(
                unit=draft.unit,
                kind=draft.kind,
                note=draft.note,
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
        )
    try:
        with transaction.atomic():
            CommitteeEntry.objects.bulk_create(entries, batch_size=500)
    except IntegrityError:
        raise Conflict("Lần ghi này đã được người khác đính chính", hint="Mở lại trang để xem nội dung mới") from None
    write_trail(
        act,
        [
            Happening(f"organizations.{entry.kind}", "committee_entry", str(entry.uid), entry.unit.code)
            for entry in entries
        ],
    )
    return entries
