"""Decisions about the committees of units: consolidation, inspection commissions, opinions on establishment."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.audit.queries import told_by
from giaoban.apps.organizations.models import CommitteeEntry, CommitteeEvent, Unit
from giaoban.apps.organizations.operations.tree import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame


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
        InvalidInput: the unit does not stand on that day; Conflict: somebody else corrected the entry first, or has
            recorded the same decision.
    """
    units = {draft.unit.pk: draft.unit for draft in drafts}
    require(act, "organizations_manage", units.values())
    spans = kind_spans(units)
    wanted = {draft.corrects for draft in drafts if draft.corrects is not None}
    corrected = {entry.uid: entry for entry in CommitteeEntry.objects.filter(uid__in=wanted)} if wanted else {}
    entries = []
    for index, draft in enumerate(drafts):
        with blame(index):
            if not draft.void and kind_on(spans[draft.unit.pk], draft.day) is None:
                raise InvalidInput(f"Đơn vị không hoạt động ngày {format_date(draft.day)}", where=draft.unit.code)
            entries.append(_entry(act, draft, corrected))
    _refuse_twice(drafts)
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


def _refuse_twice(drafts: Sequence[CommitteeDraft]) -> None:
    """The second of two who record one decision is told of the first."""
    fresh = [draft for draft in drafts if draft.corrects is None]
    live = CommitteeEntry.objects.live().filter(
        unit__in={draft.unit.pk for draft in fresh}, effective_date__in={draft.day for draft in fresh}
    )
    held = {
        (one.unit_id, one.kind, one.effective_date, one.note, one.decision_number): one
        for one in live.select_related("actor")
    }
    for index, draft in enumerate(drafts):
        key = (draft.unit.pk, draft.kind, draft.day, draft.note, draft.decision.number)
        found = held.get(key) if draft.corrects is None else None
        if found is not None:
            with blame(index):
                raise Conflict(
                    f"Đã có «{draft.kind.label}» như vậy ngày {format_date(draft.day)} "
                    f"({told_by(found.actor.full_name, found.recorded_at)})",
                    where=draft.unit.code,
                    hint="Ghi sai thì đính chính lần ghi đó",
                )


def void_committee_entry(*, act: Act, entry: CommitteeEntry) -> CommitteeEntry:
    """This function will take a decision about a committee back by a correcting entry.

    Raises:
        Conflict: somebody else corrected it first.
    """
    draft = CommitteeDraft(
        entry.unit, CommitteeEvent(entry.kind), entry.effective_date, entry.note, corrects=entry.uid, void=True
    )
    return record_committee_events(act=act, drafts=[draft])[0]


def _entry(act: Act, draft: CommitteeDraft, corrected: Mapping[uuid.UUID, CommitteeEntry]) -> CommitteeEntry:
    target = corrected.get(draft.corrects) if draft.corrects is not None else None
    if draft.corrects is not None and (target is None or target.unit_id != draft.unit.pk):
        raise InvalidInput("Không có lần ghi cần đính chính", where=draft.unit.code)
    return CommitteeEntry(
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
        corrects=target,
        void=draft.void,
    )
