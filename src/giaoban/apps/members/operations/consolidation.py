"""Kiện toàn: a decision on a committee together with the changes of offices that it brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.members.holdings import COMES
from giaoban.apps.members.models import OfficeEntry, OfficeEvent, OfficeTerm
from giaoban.apps.members.operations.drafts import OfficeDraft
from giaoban.apps.members.operations.offices import record_office_events, taken_back
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import CommitteeEntry, CommitteeEvent, Unit, on_day
from giaoban.apps.organizations.operations import (
    CommitteeDraft,
    Decision,
    record_committee_events,
    void_committee_entry,
)
from giaoban.apps.organizations.queries.standing import kind_on, kind_spans
from giaoban.core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class ConsolidationDraft:
    """A decision and its changes; each change is of the same unit, on the same day, on the same decision.

    Without a ``note`` one is made from the changes («bổ sung Phó Bí thư»), as the reports write it: no names in it.
    """

    unit: Unit
    day: date
    changes: tuple[OfficeDraft, ...] = ()
    note: str = ""
    decision: Decision = field(default_factory=Decision)


@transaction.atomic
def record_consolidation(*, act: Act, draft: ConsolidationDraft) -> CommitteeEntry:
    """This function will record that a committee was consolidated, and the changes of offices tied to it.

    Raises:
        InvalidInput: neither a change nor a note, or what ``record_committee_events`` and ``record_office_events``
            refuse. NotAllowed, NotFound: no right ``organizations_manage`` at the unit.
    """
    note = draft.note.strip() or note_of(draft.unit, draft.day, draft.changes)
    if not note:
        raise InvalidInput(
            "Chưa ghi thay đổi gì", where="Nội dung", expected="người nhận hoặc thôi chức vụ, hoặc một câu nội dung"
        )
    told = CommitteeDraft(draft.unit, CommitteeEvent.CONSOLIDATED, draft.day, note, draft.decision)
    [entry] = record_committee_events(act=act, drafts=[told])
    if draft.changes:
        record_office_events(
            act=act,
            drafts=[
                replace(change, unit=draft.unit, day=draft.day, decision=draft.decision, committee_entry=entry)
                for change in draft.changes
            ],
        )
    return entry


@transaction.atomic
def void_consolidation(*, act: Act, entry: CommitteeEntry) -> CommitteeEntry:
    """This function will take back a decision on a committee and the changes of offices that were recorded with it.

    Raises:
        InvalidInput: something recorded later needs one of the changes; Conflict: somebody else corrected it first.
    """
    # The changes name the decision as it was first recorded, whatever took its place since.
    told, before = [entry.pk], entry.corrects_id
    while before is not None:
        told.append(before)
        before = CommitteeEntry.objects.values_list("corrects_id", flat=True).get(pk=before)
    changes = OfficeEntry.objects.live().filter(committee_entry__in=told).select_related("member", "unit")
    drafts = [taken_back(change) for change in changes]
    if drafts:
        record_office_events(act=act, drafts=drafts)
    return void_committee_entry(act=act, entry=entry)


def note_of(unit: Unit, day: date, changes: Sequence[OfficeDraft]) -> str:
    """Return what the changes come to: «kiện toàn Bí thư, bổ sung Đảng ủy viên»; «» where there are none.

    An office that somebody leaves and somebody else takes is «kiện toàn», one that is only taken «bổ sung», one that
    is only left «cho thôi», one whose holder stays and is approved «chuẩn y».
    """
    kind = kind_on(kind_spans([unit.pk])[unit.pk], day)
    order = list(Office)
    held = set(OfficeTerm.objects.filter(on_day(day), unit=unit).values_list("member_id", "office"))
    takes = [change for change in changes if change.kind in COMES]
    stays = {one.office for one in takes if one.kind == OfficeEvent.APPROVED and (one.member.pk, one.office) in held}
    came = {one.office for one in takes} - stays
    went = {change.office for change in changes if change.kind == OfficeEvent.ENDED}
    words = []
    for offices, verb in (
        (came & went, "kiện toàn"),
        (came - went, "bổ sung"),
        (went - came, "cho thôi"),
        (stays - came - went, "chuẩn y"),
    ):
        named = sorted(offices, key=order.index)
        words += [f"{verb} {kind.office_name(office) if kind else office.label}" for office in named]
    return ", ".join(words)
