"""Correcting what stands in a member's file: the value is replaced, the old one stays in the journal (decision D1).

Only what no entry of the member's life tells is changed here: the day of an admission that was recorded as an entry is
corrected at that entry, the number on a card that was issued goes with the entry of its issue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.operations import Happening
from giaoban.apps.members.identity import SealedIdentity, holds_identity
from giaoban.apps.members.models import (
    ChangeCause,
    CorrectionEntry,
    CorrectionRequest,
    FilePart,
    Member,
    MemberEntry,
    MemberEvent,
    MemberState,
)
from giaoban.apps.members.operations._cards import last_card
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.members.operations._file_values import TRAIT_PARTS, VALUE, read_value
from giaoban.apps.members.operations._journal import chunks, lock_members, write_entries
from giaoban.apps.members.operations._projection import rebuild_members
from giaoban.apps.members.operations._traits import change_trait
from giaoban.apps.members.operations.entries import renumber_card
from giaoban.apps.members.operations.self_service import answer_correction
from giaoban.apps.members.queries.aliases import kept_record, with_aliases
from giaoban.apps.members.queries.corrections import file_version, last_correction
from giaoban.apps.members.trait_values import trait_word
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.core.errors import Conflict, InvalidInput, blame
from giaoban.core.text_vi import fold, name_sort_key, tidy

REASON = "Căn cứ"
SINCE = "Từ ngày"
_LONGEST = 200
# Of these there is only a right value and a wrong one: nobody is born on another day from today on.
_NEVER_CHANGE = (FilePart.BIRTH, FilePart.ADMITTED, FilePart.RECOGNISED)
_TEXT_FIELDS = {FilePart.FILE_NUMBER: "file_number", FilePart.PHONE: "phone", FilePart.CARD_NUMBER: "card_number"}
_DAY_FIELDS = {FilePart.ADMITTED: "admitted_on", FilePart.RECOGNISED: "recognised_on"}
_TOLD_BY = {
    FilePart.ADMITTED: (MemberEvent.ADMITTED,),
    FilePart.RECOGNISED: (MemberEvent.ADMITTED, MemberEvent.RECOGNISED),
}


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    """What is to stand in a part of a member's file.

    ``value`` as people write it, blank where nothing is known; ``day`` since when a change holds (a mistake needs
    none); ``reason`` the paper or wish it rests on; ``request`` what the member asked, which is answered by it;
    ``seen`` the ``file_version`` that the person looked at, so that two at once are told.
    """

    member: Member
    part: FilePart
    value: str
    cause: ChangeCause
    reason: str
    day: date | None = None
    decision: Decision = field(default_factory=Decision)
    request: CorrectionRequest | None = None
    seen: str = ""
    # A correction is never corrected itself: the next one says what is right.
    ref: str = ""
    corrects: None = None
    void: bool = False


def correct_member(*, act: Act, draft: CorrectionDraft) -> CorrectionEntry:
    """This function will correct one part of a member's file; see ``correct_members``."""
    return correct_members(act=act, drafts=[draft])[0]


@transaction.atomic
def correct_members(*, act: Act, drafts: Sequence[CorrectionDraft]) -> list[CorrectionEntry]:
    """This function will correct parts of members' files, all or none, and answer the requests that asked for it.

    Raises:
        InvalidInput: the value cannot be, is what stands there, or is told by an entry that must be corrected instead.
        Conflict: a number is another member's, somebody changed the file after it was looked at, or the request was
            answered meanwhile.
        NotAllowed, NotFound: no right ``members_record`` at a member's unit, or one's own request.
    """
    keys = [draft.member.pk for draft in drafts]
    lock_members(keys)
    members: dict[int, Member] = {}
    for part in chunks(keys):
        members |= Member.objects.filter(pk__in=part).select_related("unit").in_bulk()
    require(act, "members_record", [member.unit for member in members.values()])
    entries = []
    for index, draft in enumerate(drafts):
        with blame(index):
            entries.append(_correct(act, members[draft.member.pk], draft))
    write_entries(act, entries, [_happening(entry) for entry in entries])
    for draft in drafts:
        if draft.request is not None:
            answer = f"Đã sửa {draft.part.label.lower()}: {tidy(draft.reason)}"
            answer_correction(act=act, request=draft.request, accept=True, answer=answer)
        draft.member.refresh_from_db()
    return entries


def _happening(entry: CorrectionEntry) -> Happening:
    detail = {"entry": str(entry.uid), "part": str(entry.part), "cause": str(entry.cause)}
    return Happening("members.file_corrected", "member", str(entry.member.uid), entry.unit.code, detail)


def _correct(act: Act, member: Member, draft: CorrectionDraft) -> CorrectionEntry:
    _refuse_file(member, draft)
    reason = _reason(draft.reason)
    day = _day(act, member, draft)
    value = read_value(draft.part, draft.value, today=act.today)
    entry = CorrectionEntry(
        member=member,
        part=draft.part,
        cause=draft.cause,
        unit=member.unit,
        effective_date=day,
        recorded_at=act.now,
        actor=act.user,
        entered_for=act.entered_for,
        decision_number=draft.decision.number,
        decision_date=draft.decision.date,
        decision_issuer=draft.decision.issuer,
        reason=reason,
        request=draft.request,
    )
    if draft.part in TRAIT_PARTS:
        trait = TRAIT_PARTS[draft.part]
        entry.before = change_trait(act, member, trait, value, cause=draft.cause, day=day)
        entry.after = trait_word(trait, value)
    else:
        _columns(act, member, entry, value)
    if entry.before == entry.after and entry.before_cipher == entry.after_cipher:
        raise InvalidInput(f"Sổ đã ghi {draft.part.label.lower()} như vậy", where=VALUE, expected="giá trị khác")
    return entry


def _refuse_file(member: Member, draft: CorrectionDraft) -> None:
    if member.state in (MemberState.ALIAS, MemberState.VOIDED):
        raise InvalidInput(
            f"Hồ sơ này của {member.full_name}: {member.get_state_display().lower()}",
            expected="hồ sơ được giữ lại",
            hint="Mở trang «Hồ sơ trùng» để xem hồ sơ được giữ lại",
        )
    if draft.request is not None and kept_record(draft.request.member).pk != member.pk:
        raise InvalidInput("Đề nghị này là của đảng viên khác", expected=f"một đề nghị của {member.full_name}")
    if draft.seen and draft.seen != file_version(member):
        last = last_correction(member)
        moment = f"{last.recorded_at.astimezone(HANOI):%H:%M ngày %d/%m/%Y}" if last is not None else ""
        who = f": {last.actor.full_name} sửa {last.get_part_display().lower()} lúc {moment}" if last is not None else ""
        raise Conflict(
            f"Hồ sơ của {member.full_name} đã thay đổi trong lúc đồng chí đang sửa{who}",
            hint="Mở lại trang để xem nội dung mới rồi sửa tiếp",
        )


def _reason(text: str) -> str:
    words = tidy(text)
    if not words:
        raise InvalidInput("Chưa có căn cứ", where=REASON, expected="giấy tờ hoặc đề nghị, ví dụ theo giấy khai sinh")
    if len(words) > _LONGEST:
        raise InvalidInput(f"Căn cứ dài {len(words)} ký tự", where=REASON, expected=f"không quá {_LONGEST} ký tự")
    if holds_identity(words):
        raise InvalidInput("Căn cứ có số định danh cá nhân", where=REASON, expected="chỉ tên giấy tờ")
    return words


def _day(act: Act, member: Member, draft: CorrectionDraft) -> date:
    if draft.cause == ChangeCause.MISTAKE:
        return act.today
    if draft.part in _NEVER_CHANGE:
        raise InvalidInput(
            f"{draft.part.label} không thay đổi theo thời gian",
            where="Vì sao sửa",
            expected="«Sổ ghi sai»",
        )
    if draft.day is None:
        raise InvalidInput("Chưa có ngày thay đổi", where=SINCE, expected="ngày giá trị mới có hiệu lực")
    if (fault := future_day(draft.day, act.today)) is not None:
        raise InvalidInput(fault, where=SINCE, expected=NOT_AFTER_TODAY)
    if draft.day < member.birth_date:
        born = format_date(member.birth_date)
        raise InvalidInput(f"Ngày này trước ngày sinh {born}", where=SINCE, expected="ngày sau ngày sinh")
    return draft.day


def _columns(act: Act, member: Member, entry: CorrectionEntry, value: Any) -> None:
    """Write the new value into the member's row, and both values into the entry."""
    part = FilePart(entry.part)
    if part is FilePart.NAME:
        entry.before, entry.after = member.full_name, value
        _write(member, full_name=value, folded_name=fold(value), sort_key=name_sort_key(value))
    elif part is FilePart.BIRTH:
        entry.before = str(PartialDate(member.birth_date, Precision(member.birth_precision)))
        entry.after = str(value)
        if member.admitted_on is not None and value.day > member.admitted_on:
            admitted = format_date(member.admitted_on)
            raise InvalidInput(f"Ngày sinh {value} sau ngày kết nạp {admitted}", where=VALUE, expected="ngày trước đó")
        _write(member, birth_date=value.day, birth_precision=value.precision.value)
        rebuild_members([member.pk])
    elif part is FilePart.IDENTITY:
        _identity(member, entry, value)
    elif part in _DAY_FIELDS:
        _party_day(member, entry, value)
    elif part is FilePart.CARD_NUMBER and (card := last_card(member.pk)) is not None:
        entry.before, entry.after = member.card_number, value
        if value != member.card_number:
            entry.ref = str(renumber_card(act=act, entry=card, card_number=value).uid)
    else:
        name = _TEXT_FIELDS[part]
        entry.before, entry.after = getattr(member, name), value
        _write(member, **{name: value})


def _identity(member: Member, entry: CorrectionEntry, value: SealedIdentity) -> None:
    entry.before = f"…{member.identity_tail}" if member.identity_tail else ""
    entry.after = f"…{value.tail}" if value.tail else ""
    if value.index == member.identity_index:
        return
    entry.before_cipher, entry.before_cipher_key = member.identity_cipher, member.identity_cipher_key
    entry.after_cipher, entry.after_cipher_key = value.cipher, value.cipher_key
    _write(
        member,
        identity_cipher=value.cipher,
        identity_cipher_key=value.cipher_key,
        identity_index=value.index,
        identity_index_key=value.index_key,
        identity_tail=value.tail,
    )


def _party_day(member: Member, entry: CorrectionEntry, value: date | None) -> None:
    part = FilePart(entry.part)
    entries = MemberEntry.objects.live().filter(member__in=with_aliases([member.pk]))
    told = entries.filter(kind__in=_TOLD_BY[part]).first()
    if told is not None:
        raise InvalidInput(
            f"{part.label} của {member.full_name} theo lần ghi «{told.get_kind_display()}» "
            f"ngày {format_date(told.effective_date)}",
            where=VALUE,
            expected="đính chính lần ghi ấy ở quá trình đảng viên",
        )
    if part is FilePart.RECOGNISED and member.state == MemberState.PROBATIONARY:
        raise InvalidInput(
            f"{member.full_name} còn là đảng viên dự bị", where=VALUE, expected="ghi «Công nhận chính thức»"
        )
    before = getattr(member, _DAY_FIELDS[part])
    entry.before, entry.after = (format_date(day) if day is not None else "" for day in (before, value))
    first = entries.in_order().first()
    steps = [
        ("ngày sinh", member.birth_date),
        ("ngày kết nạp", value if part is FilePart.ADMITTED else member.admitted_on),
        ("ngày chính thức", value if part is FilePart.RECOGNISED else member.recognised_on),
        ("ngày vào sổ", first.effective_date if first is not None else None),
    ]
    known = [(words, day) for words, day in steps if day is not None]
    for (earlier, day), (later, after) in pairwise(known):
        if day > after:
            message = f"{later[0].upper()}{later[1:]} {format_date(after)} trước {earlier} {format_date(day)}"
            raise InvalidInput(message, where=VALUE, expected="ngày sinh, kết nạp, chính thức, vào sổ theo thứ tự này")
    _write(member, **{_DAY_FIELDS[part]: value})


def _write(member: Member, **values: Any) -> None:
    """Change columns of a member.

    Raises:
        Conflict: a number is another member's.
    """
    for name, value in values.items():
        setattr(member, name, value)
    try:
        with transaction.atomic():
            member.save(update_fields=list(values))
    except IntegrityError:
        tail = f"…{member.identity_tail}" if "identity_tail" in values else next(iter(values.values()))
        raise Conflict(
            f"Số {tail} đã có trong sổ đảng viên, của người khác",
            where=VALUE,
            hint="Tìm theo số này; nếu là một người có hai hồ sơ thì nối ở trang «Hồ sơ trùng»",
        ) from None
