"""Transfers of Party activity (domain.md 2.7): letters, receipts, stays for a time, people who go abroad."""

from __future__ import annotations

from datetime import date

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent
from giaoban.apps.members.operations.drafts import EntryDraft
from giaoban.apps.members.operations.entries import record_member_entries
from giaoban.apps.members.queries.waiting import member_on_the_way
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput


def transfer_out(
    *,
    act: Act,
    member: Member,
    day: date,
    outside: str,
    temporary: bool = False,
    abroad: bool = False,
    until: date | None = None,
    decision: Decision | None = None,
) -> MemberEntry:
    """This function will record a transfer to a Party organisation outside the system, dated by the letter (D5).

    ``until`` is the last day meant by a temporary one; ``abroad`` one out of the country.
    """
    if not outside.strip():
        raise InvalidInput("Chưa ghi nơi đến", where="Nơi đến", expected="tên tổ chức đảng nơi đến")
    _check_until(day, until, temporary=temporary)
    _refuse_on_the_way(member)
    draft = EntryDraft(
        member,
        MemberEvent.TRANSFERRED,
        day,
        member.unit,
        from_unit=member.unit,
        outside=outside.strip(),
        temporary=temporary,
        abroad=abroad,
        until=until,
        decision=decision or Decision(),
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def send_member(
    *,
    act: Act,
    member: Member,
    day: date,
    to_unit: Unit,
    temporary: bool = False,
    until: date | None = None,
    decision: Decision | None = None,
) -> MemberEntry:
    """This function will record the letter of a transfer within the system; the sender counts the member until receipt.

    Raises:
        InvalidInput: the member is already on the way, or sender and receiver are the same cell.
    """
    if to_unit.pk == member.unit_id:
        raise InvalidInput(f"Đang sinh hoạt tại {to_unit.code}", where="Nơi đến", expected="một chi bộ khác")
    _check_until(day, until, temporary=temporary)
    _refuse_on_the_way(member)
    draft = EntryDraft(
        member,
        MemberEvent.TRANSFER_SENT,
        day,
        member.unit,
        from_unit=member.unit,
        to_unit=to_unit,
        temporary=temporary,
        until=until,
        decision=decision or Decision(),
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def receive_member(*, act: Act, sent: MemberEntry, day: date, at: Unit | None = None) -> MemberEntry:
    """This function will record that a cell accepted a member who was sent to it; dated by the receipt.

    Args:
        at: the cell where the letter was handed in, where that is another than the one it names.

    Raises:
        InvalidInput: the receipt lies before the letter, or ``at`` is the cell that sent.
        Conflict: it was accepted or withdrawn already.
    """
    _check_answer(sent, day, "Ngày tiếp nhận")
    assert sent.to_unit is not None
    goal = at or sent.to_unit
    if goal.pk == sent.from_unit_id:
        raise InvalidInput(
            f"{goal.code} là nơi đã giới thiệu đi",
            where="Nơi tiếp nhận",
            expected="chi bộ khác, hoặc rút giấy giới thiệu",
        )
    draft = EntryDraft(
        sent.member,
        MemberEvent.TRANSFERRED,
        day,
        goal,
        from_unit=sent.from_unit,
        to_unit=goal,
        temporary=sent.temporary,
        until=sent.until,
        sent=sent,
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def letter_handed_in_outside(*, act: Act, sent: MemberEntry, day: date, outside: str) -> MemberEntry:
    """This function will record that a letter to a cell of the system was handed in outside it.

    Raises:
        InvalidInput: no place, or a day before the letter; Conflict: it was accepted or withdrawn already.
    """
    if not outside.strip():
        raise InvalidInput("Chưa ghi nơi đến", where="Nơi đến", expected="tên tổ chức đảng nơi đến")
    _check_answer(sent, day, "Ngày nộp")
    assert sent.from_unit is not None
    draft = EntryDraft(
        sent.member,
        MemberEvent.TRANSFERRED,
        day,
        sent.from_unit,
        from_unit=sent.from_unit,
        outside=outside.strip(),
        temporary=sent.temporary,
        until=sent.until,
        sent=sent,
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def withdraw_letter(*, act: Act, sent: MemberEntry, day: date) -> MemberEntry:
    """This function will record that a letter was withdrawn: the member stays where they stand.

    Raises:
        InvalidInput: a day before the letter; Conflict: it was accepted or withdrawn already.
    """
    _check_answer(sent, day, "Ngày rút")
    assert sent.from_unit is not None
    draft = EntryDraft(
        sent.member,
        MemberEvent.LETTER_WITHDRAWN,
        day,
        sent.from_unit,
        from_unit=sent.from_unit,
        to_unit=sent.to_unit,
        sent=sent,
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def end_temporary_stay(*, act: Act, member: Member, day: date) -> MemberEntry:
    """This function will record that a temporary transfer is over: a lent member is back, a guest went home.

    It is no transfer of its own in the figures: the temporary one was counted when it began.
    """
    draft = EntryDraft(member, MemberEvent.TEMPORARY_ENDED, day, member.unit)
    return record_member_entries(act=act, drafts=[draft])[0]


def _check_until(day: date, until: date | None, *, temporary: bool) -> None:
    if until is None:
        return
    if not temporary:
        raise InvalidInput(
            "Chuyển sinh hoạt chính thức không có thời hạn", where="Đến ngày", expected="ô trống, hoặc chọn tạm thời"
        )
    if until < day:
        raise InvalidInput(
            f"Đến ngày {format_date(until)} trước ngày giới thiệu {format_date(day)}",
            where="Đến ngày",
            expected="ngày sau ngày giới thiệu",
        )


def _refuse_on_the_way(member: Member) -> None:
    if member_on_the_way(member) is not None:
        raise InvalidInput(
            f"{member.full_name} đã được giới thiệu đi, nơi đến chưa tiếp nhận",
            where="Nơi đến",
            hint="Rút giấy giới thiệu trước, hoặc chờ nơi đến tiếp nhận",
        )


def _check_answer(sent: MemberEntry, day: date, where: str) -> None:
    if day < sent.effective_date:
        raise InvalidInput(
            f"{where} {format_date(day)} trước ngày giới thiệu {format_date(sent.effective_date)}", where=where
        )
    waiting = member_on_the_way(sent.member)
    if waiting is None or waiting.pk != sent.pk:
        raise Conflict(f"{sent.member.full_name} đã được tiếp nhận hoặc giấy giới thiệu đã rút")
