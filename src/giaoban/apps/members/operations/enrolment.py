"""Bringing people into the register: opening roll, admission, transfer from outside; singly or thousands at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects, insert_rows
from giaoban.apps.members.identity import SealedIdentity, seal_identity
from giaoban.apps.members.models import Member, MemberEvent, MemberState, TraitEntry, TraitSpan
from giaoban.apps.members.operations._days import check_birth
from giaoban.apps.members.operations._file_values import full_name
from giaoban.apps.members.operations._followed import follow_newcomers
from giaoban.apps.members.operations._namesakes import refuse_namesakes
from giaoban.apps.members.operations._projection import rebuild_members
from giaoban.apps.members.operations.drafts import EntryDraft, MemberDraft
from giaoban.apps.members.operations.entries import check_places, units_concerned, write_entries
from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import fold, name_sort_key, tidy

_CHUNK = 5000
_FIRST = (MemberEvent.OPENING, MemberEvent.ADMITTED, MemberEvent.TRANSFERRED)


def enrol_member(*, act: Act, draft: MemberDraft) -> Member:
    """This function will enter one person; see ``enrol_members``."""
    return enrol_members(act=act, drafts=[draft])[0]


@transaction.atomic
def enrol_members(*, act: Act, drafts: Sequence[MemberDraft]) -> list[Member]:
    """This function will enter people with the entry that makes them members, all or none.

    Raises:
        InvalidInput: a field is not right, or the first entry cannot be (before birth, under 18, unit does not stand).
        Conflict: a file, card or identity number is in the register already (or twice in ``drafts``), or
            somebody without any number has the name and the birthday of a standing member.
        NotAllowed, NotFound: no right ``members_record`` at a unit.
    """
    sealed: list[SealedIdentity] = []
    for index, draft in enumerate(drafts):
        with blame(index):
            sealed.append(_check(act, draft))
    _check_unique(drafts, sealed)
    refuse_namesakes(act, drafts)
    members = [_member(act, draft, identity) for draft, identity in zip(drafts, sealed, strict=True)]
    firsts = [_first_entry(member, draft) for member, draft in zip(members, drafts, strict=True)]
    require(act, "members_record", units_concerned(firsts))
    check_places(firsts)
    insert_objects(members)
    follow_newcomers(member.pk for member in members)
    write_entries(act, firsts)
    _write_traits(act, members, drafts)
    standings = rebuild_members(member.pk for member in members)
    for member in members:
        standings[member.pk].apply_to(member)
    return members


def _check(act: Act, draft: MemberDraft) -> SealedIdentity:
    name = full_name(draft.full_name, where="Họ và tên")
    check_birth(draft.birth, act.today, where=name)
    if draft.first.kind not in _FIRST:
        raise InvalidInput(
            f"{draft.first.kind.label} không thể là lần ghi đầu tiên",
            where=name,
            expected="danh sách khi bắt đầu dùng sổ, kết nạp hoặc chuyển đến từ ngoài",
        )
    return seal_identity(draft.identity_number, where=name)


def _check_unique(drafts: Sequence[MemberDraft], sealed: Sequence[SealedIdentity]) -> None:
    keys = {
        "file_number": ("Số lý lịch", [draft.file_number for draft in drafts]),
        "card_number": ("Số thẻ", [draft.card_number for draft in drafts]),
        "identity_index": ("Số định danh", [identity.index for identity in sealed]),
    }
    for field, (label, values) in keys.items():
        seen: set[str] = set()
        for index, (draft, value) in enumerate(zip(drafts, values, strict=True)):
            if value and value in seen:
                with blame(index):
                    raise Conflict(f"{label} của {draft.full_name} xuất hiện hai lần", where=draft.full_name)
            seen.add(value)
        taken = _taken(field, sorted(seen - {""}))
        for index, (draft, value) in enumerate(zip(drafts, values, strict=True)):
            if value in taken:
                shown = f"…{draft.identity_number[-3:]}" if field == "identity_index" else value
                with blame(index):
                    raise Conflict(
                        f"{label} {shown} đã có trong sổ đảng viên",
                        where=draft.full_name,
                        hint="Tìm đảng viên theo số này; nếu là một người thì không nhập lại",
                    )


def _taken(field: str, values: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(values), _CHUNK):
        chunk = values[start : start + _CHUNK]
        found |= set(Member.objects.filter(**{f"{field}__in": chunk}).values_list(field, flat=True))
    return found


def _member(act: Act, draft: MemberDraft, identity: SealedIdentity) -> Member:
    name = tidy(draft.full_name)
    return Member(
        full_name=name,
        folded_name=fold(name),
        sort_key=name_sort_key(name),
        birth_date=draft.birth.day,
        birth_precision=draft.birth.precision,
        file_number=draft.file_number.strip(),
        card_number=draft.card_number.strip(),
        phone=draft.phone.strip(),
        identity_cipher=identity.cipher,
        identity_cipher_key=identity.cipher_key,
        identity_index=identity.index,
        identity_index_key=identity.index_key,
        identity_tail=identity.tail,
        unit=draft.first.unit,
        state=MemberState.OFFICIAL if draft.first.official else MemberState.PROBATIONARY,
        admitted_on=draft.admitted_on,
        recognised_on=draft.recognised_on,
        created_at=act.now,
    )


def _first_entry(member: Member, draft: MemberDraft) -> EntryDraft:
    first = draft.first
    return EntryDraft(
        member,
        first.kind,
        first.day,
        first.unit,
        to_unit=first.unit if first.kind == MemberEvent.TRANSFERRED else None,
        outside=first.outside,
        official=first.official and first.kind != MemberEvent.ADMITTED,
        decision=first.decision,
        ref=first.ref,
        temporary=first.temporary,
        until=first.until,
    )


def _write_traits(act: Act, members: Sequence[Member], drafts: Sequence[MemberDraft]) -> None:
    """The first value of each trait holds from birth: nobody needs to know since when a man is a man."""
    pairs = [
        (member, trait, value)
        for member, draft in zip(members, drafts, strict=True)
        for trait, value in draft.traits
        if value
    ]
    insert_rows(
        TraitEntry,
        ("member_id", "trait", "value", "effective_date"),
        [(member.pk, trait.value, value, member.birth_date) for member, trait, value in pairs],
        {
            "recorded_at": act.now,
            "actor_id": act.user.pk,
            "entered_for_id": act.entered_for.pk if act.entered_for is not None else None,
        },
    )
    insert_rows(
        TraitSpan,
        ("member_id", "trait", "value", "valid_from"),
        [(member.pk, trait.value, value, member.birth_date) for member, trait, value in pairs],
        {"valid_to": OPEN_END},
    )
