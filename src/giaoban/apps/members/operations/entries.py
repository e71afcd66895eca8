"""Recording what happens to members: the plural operation, and the few singular ones that screens call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.bulk import insert_objects
from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState
from giaoban.apps.members.operations._cards import note_cards, project_cards
from giaoban.apps.members.operations._days import NOT_AFTER_TODAY, future_day
from giaoban.apps.members.operations._journal import lock_members
from giaoban.apps.members.operations._projection import rebuild_members
from giaoban.apps.members.operations._sums import sum_entries
from giaoban.apps.members.operations.drafts import EntryDraft
from giaoban.apps.members.queries.candidacies import candidate_behind
from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.organizations.models import Ancestry, Unit, UnitKindSpan
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput, blame

CARD = "Số thẻ"
CORRECTED_MEANWHILE = "Lần ghi này đã được người khác đính chính trong lúc đồng chí đang sửa"


@transaction.atomic
def record_member_entries(*, act: Act, drafts: Sequence[EntryDraft]) -> list[MemberEntry]:
    """This function will record entries of members, all or none, and rebuild what follows from them.

    Raises:
        InvalidInput: an entry that cannot be (see ``_replay``), a day after today, or a unit that does not
            stand or holds no members.
        Conflict: an entry was corrected by somebody else already.
        NotAllowed, NotFound: the person lacks the right ``members_record`` at a unit.
    """
    require(act, "members_record", units_concerned(drafts))
    lock_members(draft.member.pk for draft in drafts)
    refuse_second_records(drafts)
    check_places(drafts)
    entries = write_entries(act, drafts)
    rebuild_members(draft.member.pk for draft in drafts)
    project_cards(entries)
    return entries


def refuse_second_records(drafts: Sequence[EntryDraft]) -> None:
    """This function will refuse to record at a second record of a person; taking an entry back stays possible.

    Raises:
        InvalidInput: the first such draft.
    """
    for index, draft in enumerate(drafts):
        if draft.member.state == MemberState.ALIAS and not draft.void:
            with blame(index):
                raise InvalidInput(
                    f"Hồ sơ này của {draft.member.full_name} đã nối vào một hồ sơ khác",
                    where=_place_and_day(draft),
                    expected="hồ sơ được giữ lại",
                    hint="Mở trang «Hồ sơ trùng» để xem hồ sơ được giữ lại",
                )


def units_concerned(drafts: Iterable[EntryDraft]) -> list[Unit]:
    """Return the units at which the right is asked.

    The one who receives answers for a receipt, the one who sends for a letter and for what became of it outside; a move
    within that was recorded in one go needs the right at both ends.
    """
    units: dict[int, Unit] = {}
    for draft in drafts:
        ends = [draft.unit]
        if draft.kind == MemberEvent.TRANSFER_SENT:
            ends = [draft.from_unit or draft.unit]
        elif draft.kind == MemberEvent.TRANSFERRED:
            answers_letter = draft.sent is not None and draft.to_unit is not None
            ends = [unit for unit in (None if answers_letter else draft.from_unit, draft.to_unit) if unit is not None]
        units |= {unit.pk: unit for unit in ends}
    return list(units.values())


def check_places(drafts: Sequence[EntryDraft]) -> None:
    """This function will check that each unit stands on the day and that members may stand where they come to.

    Raises:
        InvalidInput: the first place that does not fit.
    """
    ids = {unit.pk for draft in drafts for unit in (draft.unit, draft.from_unit, draft.to_unit) if unit is not None}
    stands: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for pk, start, end in Ancestry.objects.filter(descendant_id__in=ids, depth=0).values_list(
        "descendant_id", "valid_from", "valid_to"
    ):
        stands[pk].append((start, end))
    spans: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    for pk, kind, start, end in UnitKindSpan.objects.filter(unit_id__in=ids).values_list(
        "unit_id", "kind", "valid_from", "valid_to"
    ):
        spans[pk].append((kind, start, end))
    for index, draft in enumerate(drafts):
        if not draft.void:
            with blame(index):
                _check_place(draft, stands, spans)


def _check_place(
    draft: EntryDraft,
    stands: Mapping[int, Sequence[tuple[date, date]]],
    spans: Mapping[int, Sequence[tuple[str, date, date]]],
) -> None:
    for unit in (draft.unit, draft.to_unit):
        if unit is not None and not any(start <= draft.day < end for start, end in stands.get(unit.pk, ())):
            raise InvalidInput(
                f"Đơn vị {unit.code} không hoạt động vào ngày này",
                where=_place_and_day(draft),
                expected="một chi bộ đang hoạt động",
            )
    goal = _arrives_at(draft)
    if goal is None:
        return
    found = next((kind for kind, start, end in spans.get(goal.pk, ()) if start <= draft.day < end), None)
    if found is None or not kinds()[found].members:
        label = kinds()[found].label if found else "không rõ loại hình"
        raise InvalidInput(
            f"Đảng viên không sinh hoạt trực tiếp tại {goal.code} ({label})",
            where=_place_and_day(draft),
            expected="mã của một chi bộ",
        )


def _place_and_day(draft: EntryDraft) -> str:
    return f"{draft.member.full_name}, {draft.kind.label.lower()} ngày {format_date(draft.day)}"


def _arrives_at(draft: EntryDraft) -> Unit | None:
    if draft.kind in (MemberEvent.OPENING, MemberEvent.ADMITTED, MemberEvent.RESTORED):
        return draft.unit
    return draft.to_unit


def write_entries(act: Act, drafts: Sequence[EntryDraft]) -> list[MemberEntry]:
    """This function will add the journal rows and their audit rows; the caller has authorised and rebuilds after.

    Raises:
        InvalidInput: a day after today: what has not happened yet is not recorded of a member. Conflict: see above.
    """
    _refuse_future(act, drafts)
    entries = [_entry(act, draft) for draft in drafts]
    note_cards(entries)
    try:
        with transaction.atomic():
            insert_objects(entries)
    except IntegrityError:
        raise Conflict(CORRECTED_MEANWHILE, hint="Mở lại trang để xem nội dung mới rồi đính chính tiếp") from None
    sum_entries(entries)
    write_trail(
        act,
        [
            Happening(
                f"members.{entry.kind}",
                "member",
                str(entry.member.uid),
                entry.unit.code,
                {"entry": str(entry.uid), "date": entry.effective_date.isoformat(), "void": entry.void},
            )
            for entry in entries
        ],
    )
    return entries


def _refuse_future(act: Act, drafts: Sequence[EntryDraft]) -> None:
    for index, draft in enumerate(drafts):
        if not draft.void and (fault := future_day(draft.day, act.today)) is not None:
            with blame(index):
                raise InvalidInput(
                    fault, where=f"{draft.member.full_name}, {draft.kind.label.lower()}", expected=NOT_AFTER_TODAY
                )


def _entry(act: Act, draft: EntryDraft) -> MemberEntry:
    corrected = None
    if draft.corrects is not None:
        corrected = MemberEntry.objects.filter(uid=draft.corrects, member=draft.member).first()
        if corrected is None:
            raise InvalidInput("Không có lần ghi cần đính chính", where=draft.member.full_name)
    return MemberEntry(
        member=draft.member,
        kind=draft.kind,
        effective_date=draft.day,
        seq=draft.seq,
        unit=draft.unit,
        # By key: nobody asks for these as objects, and setting an object costs as much as five columns.
        from_unit_id=draft.from_unit.pk if draft.from_unit is not None else None,
        to_unit_id=draft.to_unit.pk if draft.to_unit is not None else None,
        outside=draft.outside,
        temporary=draft.temporary,
        how=draft.how,
        official=draft.official,
        round=draft.round,
        sent_id=draft.sent.pk if draft.sent is not None else None,
        abroad=draft.abroad,
        until=draft.until,
        ground=draft.ground,
        card_number=draft.card_number,
        recorded_at=act.now,
        actor_id=act.user.pk,
        entered_for_id=act.entered_for.pk if act.entered_for is not None else None,
        decision_number=draft.decision.number,
        decision_date=draft.decision.date,
        decision_issuer=draft.decision.issuer,
        ref=draft.ref,
        corrects_id=corrected.pk if corrected is not None else None,
        void=draft.void,
    )


def recognise_member(*, act: Act, member: Member, day: date, decision: Decision) -> MemberEntry:
    """This function will record that a probationary member became an official one."""
    draft = EntryDraft(member, MemberEvent.RECOGNISED, day, member.unit, decision=decision)
    return record_member_entries(act=act, drafts=[draft])[0]


def void_entry(*, act: Act, entry: MemberEntry) -> MemberEntry:
    """This function will take an entry back by a correcting entry; the mistake stays readable in the journal.

    Raises:
        InvalidInput: without this entry the rest of the journal cannot be, or it follows from a candidate's thread.
        Conflict: somebody else corrected it first.
    """
    _refuse_what_follows(entry)
    draft = EntryDraft(
        entry.member,
        MemberEvent(entry.kind),
        entry.effective_date,
        entry.unit,
        from_unit=entry.from_unit,
        to_unit=entry.to_unit,
        corrects=entry.uid,
        void=True,
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def redate_entry(*, act: Act, entry: MemberEntry, day: date, decision: Decision) -> MemberEntry:
    """This function will replace an entry by one with another day or decision; all else stays as it was.

    Raises:
        InvalidInput: the journal cannot be so, or the entry follows from a candidate's thread.
        Conflict: somebody else corrected it first.
    """
    _refuse_what_follows(entry)
    draft = replace(_once_more(entry), day=day, decision=decision)
    return record_member_entries(act=act, drafts=[draft])[0]


def renumber_card(*, act: Act, entry: MemberEntry, card_number: str) -> MemberEntry:
    """This function will replace an entry of a card by one with another number; all else stays as it was.

    Raises:
        InvalidInput: no number. Conflict: the number is another member's, or somebody corrected the entry first.
    """
    if not card_number:
        raise InvalidInput("Thẻ đã phát phải có số", where=CARD, expected="số in trên thẻ, ví dụ 71000123")
    draft = replace(_once_more(entry), card_number=card_number)
    return record_member_entries(act=act, drafts=[draft])[0]


def _once_more(entry: MemberEntry) -> EntryDraft:
    """Return the draft that says the same as an entry, in its place."""
    return EntryDraft(
        entry.member,
        MemberEvent(entry.kind),
        entry.effective_date,
        entry.unit,
        from_unit=entry.from_unit,
        to_unit=entry.to_unit,
        outside=entry.outside,
        temporary=entry.temporary,
        how=entry.how,
        official=entry.official,
        round=entry.round,
        sent=entry.sent,
        abroad=entry.abroad,
        until=entry.until,
        ground=entry.ground,
        card_number=entry.card_number,
        decision=Decision(entry.decision_number, entry.decision_date, entry.decision_issuer),
        ref=entry.ref,
        seq=entry.seq,
        corrects=entry.uid,
    )


def _refuse_what_follows(entry: MemberEntry) -> None:
    """An admission with a thread is corrected in the thread: the two must not say different days."""
    if candidate_behind(entry.ref) is not None:
        raise InvalidInput(
            f"«{entry.get_kind_display()}» được ghi theo hồ sơ kết nạp của {entry.member.full_name}",
            hint="Đính chính bước đó trong hồ sơ ở trang «Phát triển đảng viên»",
        )
