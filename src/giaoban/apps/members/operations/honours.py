"""Commendations of members and units, badges of members: proposed and awarded (domain.md 2.6)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.operations import Happening
from giaoban.apps.members.models import HonourEntry, HonourEvent, HonourReason, Member
from giaoban.apps.members.operations._badge_check import BadgeClaim, BadgeDesk, look_badges
from giaoban.apps.members.operations._badges import note_badges
from giaoban.apps.members.operations._journal import (
    check_day,
    corrected_entries,
    journal_fields,
    lock_members,
    write_entries,
)
from giaoban.apps.members.queries.standing import NOWHERE, Stands, stands_of
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, blame

BADGES = (HonourEvent.BADGE_PROPOSED, HonourEvent.BADGE_AWARDED)


@dataclass(frozen=True, slots=True)
class HonourDraft:
    """A commendation of a member or, without one, of the ``unit``; a badge of a member; «bốn tốt» of a unit.

    ``level``, ``form``, ``reason`` are codes; ``years`` and ``round`` («2/9/2023») belong to badges, as do ``early``
    (grave illness) and ``posthumous``. ``corrects`` and ``void`` as in every journal.
    """

    kind: HonourEvent
    day: date
    member: Member | None = None
    unit: Unit | None = None
    level: str = ""
    form: str = ""
    reason: str = ""
    years: int | None = None
    round: str = ""
    early: bool = False
    posthumous: bool = False
    decision: Decision = field(default_factory=Decision)
    ref: str = ""
    corrects: uuid.UUID | None = None
    void: bool = False

    @property
    def about(self) -> str:
        """Whom it is about."""
        if self.member is not None:
            return self.member.full_name
        return self.unit.code if self.unit is not None else ""


@transaction.atomic
def record_honour_entries(*, act: Act, drafts: Sequence[HonourDraft]) -> list[HonourEntry]:
    """This function will record commendations and badges, all or none.

    Raises:
        InvalidInput: a day after today, nobody named, a member who stood nowhere; a badge that is none of the dated
            rule's, whose years are not reached (see ``_badge_check``), or that was proposed or awarded before.
        Conflict: somebody else corrected an entry first.
        NotAllowed, NotFound: no right ``members_record`` at a unit.
    """
    members = {draft.member.pk: draft.member for draft in drafts if draft.member is not None}
    lock_members(members)
    known = corrected_entries(HonourEntry, drafts)
    stands = stands_of(members)
    entries: list[HonourEntry] = []
    for index, draft in enumerate(drafts):
        with blame(index):
            corrected = known.get(draft.corrects) if draft.corrects else None
            entries.append(_entry(act, draft, corrected, stands))
    units = Unit.objects.in_bulk({entry.unit_id for entry in entries})
    require(act, "members_record", units.values())
    _check_badges(drafts, entries, stands)
    write_entries(
        act,
        entries,
        [
            Happening(
                f"members.{entry.kind}",
                "member" if draft.member is not None else "unit",
                str(draft.member.uid if draft.member is not None else units[entry.unit_id].uid),
                units[entry.unit_id].code,
                {"entry": str(entry.uid), "date": entry.effective_date.isoformat(), "void": entry.void},
            )
            for entry, draft in zip(entries, drafts, strict=True)
        ],
    )
    note_badges({draft.member.pk for draft in drafts if draft.member is not None and draft.kind in BADGES})
    return entries


def record_honour(*, act: Act, draft: HonourDraft) -> HonourEntry:
    """This function will record one commendation or badge; see ``record_honour_entries``."""
    return record_honour_entries(act=act, drafts=[draft])[0]


def void_honour_entry(*, act: Act, entry: HonourEntry) -> HonourEntry:
    """This function will take an entry back by a correcting entry; the mistake stays readable in the journal."""
    draft = HonourDraft(
        HonourEvent(entry.kind), entry.effective_date, entry.member, entry.unit, corrects=entry.uid, void=True
    )
    return record_honour_entries(act=act, drafts=[draft])[0]


def redate_honour_entry(*, act: Act, entry: HonourEntry, day: date, decision: Decision) -> HonourEntry:
    """This function will replace an entry by one with another day or decision; all else stays as it was."""
    draft = HonourDraft(
        HonourEvent(entry.kind),
        day,
        entry.member,
        None if entry.member is not None else entry.unit,
        entry.level,
        entry.form,
        entry.reason,
        entry.years,
        entry.round,
        entry.early,
        entry.posthumous,
        decision,
        entry.ref,
        entry.uid,
    )
    return record_honour_entries(act=act, drafts=[draft])[0]


def _entry(act: Act, draft: HonourDraft, corrected: HonourEntry | None, stands: dict[int, Stands]) -> HonourEntry:
    check_day(act, draft, draft.about)
    member = draft.member.pk if draft.member is not None else None
    if corrected is not None and corrected.member_id != member:
        corrected = None
    fields = journal_fields(act, draft, corrected)
    if draft.void and corrected is not None:
        unit = corrected.unit_id
    else:
        _check_fields(draft)
        unit = _place(draft, stands)
    return HonourEntry(
        member_id=member,
        unit_id=unit,
        kind=draft.kind,
        level=draft.level,
        form=draft.form,
        reason=draft.reason,
        years=draft.years,
        round=draft.round,
        early=draft.early,
        posthumous=draft.posthumous,
        **fields,
    )


def _check_fields(draft: HonourDraft) -> None:
    if draft.kind in BADGES:
        if draft.member is None:
            raise InvalidInput("Huy hiệu Đảng tặng cho đảng viên", where=draft.about, expected="một đảng viên")
        if draft.years is None:
            raise InvalidInput("Chưa ghi Huy hiệu bao nhiêu năm", where="Huy hiệu", expected="ví dụ 30")
        if draft.early and draft.posthumous:
            raise InvalidInput("Không vừa tặng sớm vừa truy tặng", where=draft.about, expected="một trong hai")
    elif draft.kind == HonourEvent.FOUR_GOODS:
        if draft.member is not None:
            raise InvalidInput(
                "«Bốn tốt» công nhận cho tổ chức đảng", where=draft.about, expected="một chi bộ, đảng bộ cơ sở"
            )
    elif draft.reason not in HonourReason.values:
        raise InvalidInput("Chưa ghi khen về việc gì", where="Thành tích", expected="một thành tích trong danh sách")


def _place(draft: HonourDraft, stands: dict[int, Stands]) -> int:
    if draft.member is None:
        if draft.unit is None:
            raise InvalidInput("Chưa biết khen ai", expected="một đảng viên hoặc một tổ chức đảng")
        return draft.unit.pk
    stood = stands.get(draft.member.pk, NOWHERE)
    found = stood.on_or_last(draft.day) if draft.posthumous else stood.on_or_first(draft.day)
    if found is None:
        raise InvalidInput(
            f"{draft.member.full_name} không sinh hoạt tại chi bộ nào ngày {format_date(draft.day)}",
            where=draft.about,
            expected="ngày đang sinh hoạt; người đã từ trần thì ghi truy tặng",
        )
    return found.unit


def _check_badges(drafts: Sequence[HonourDraft], entries: Sequence[HonourEntry], stands: dict[int, Stands]) -> None:
    claims = [
        (
            index,
            BadgeClaim(draft.member, draft.kind, draft.years, draft.round, draft.day, draft.early, draft.posthumous),
        )
        for index, draft in enumerate(drafts)
        if draft.kind in BADGES and not draft.void and draft.member is not None and draft.years is not None
    ]
    if not claims:
        return
    replaced = {draft.corrects for draft in drafts if draft.corrects is not None}
    units = [entries[index].unit_id for index, _claim in claims]
    desk = BadgeDesk(look_badges([claim.member for _index, claim in claims], units, replaced))
    for (index, claim), unit in zip(claims, units, strict=True):
        with blame(index):
            last = stands.get(claim.member.pk, NOWHERE).rows
            desk.check(claim, unit, last[-1].end if last else None)
