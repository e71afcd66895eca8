"""The Party card: issued to an official member, issued once more when lost, damaged or exchanged (domain.md 2.5)."""

from __future__ import annotations

from datetime import date

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import CardReason, Member, MemberEntry, MemberEvent
from giaoban.apps.members.operations.drafts import EntryDraft
from giaoban.apps.members.operations.entries import record_member_entries
from giaoban.apps.organizations.operations import Decision
from giaoban.core.errors import InvalidInput


def issue_card(
    *, act: Act, member: Member, day: date, card_number: str, round_: str = "", decision: Decision | None = None
) -> MemberEntry:
    """This function will record the first card of an official member with its number and the round («3/2»).

    Raises:
        InvalidInput: no number, the member has a card or is on probation; Conflict: the number is another member's.
    """
    if member.card_number:
        raise InvalidInput(
            f"{member.full_name} đã có thẻ đảng viên",
            where="Số thẻ",
            expected="người chưa có thẻ, hoặc ghi cấp lại thẻ",
        )
    draft = EntryDraft(
        member,
        MemberEvent.CARD_ISSUED,
        day,
        member.unit,
        round=round_.strip(),
        card_number=_number(card_number),
        decision=decision or Decision(),
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def reissue_card(
    *,
    act: Act,
    member: Member,
    day: date,
    reason: CardReason,
    card_number: str = "",
    decision: Decision | None = None,
) -> MemberEntry:
    """This function will record a card issued once more; without ``card_number`` it bears the old number.

    Raises:
        InvalidInput: the member has no card known to the register and no number is given, or is on probation.
        Conflict: the number is another member's.
    """
    draft = EntryDraft(
        member,
        MemberEvent.CARD_REISSUED,
        day,
        member.unit,
        ground=reason.value,
        card_number=_number(card_number or member.card_number),
        decision=decision or Decision(),
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def _number(text: str) -> str:
    number = text.strip()
    if not number:
        raise InvalidInput("Chưa ghi số thẻ", where="Số thẻ", expected="số in trên thẻ, ví dụ 71000123")
    return number
