"""Ways out of the Party and back (domain.md 2.8): resigned, struck off, died, restored.

Expulsion is a decision of discipline and is recorded there (``inspection.record_discipline``), never here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.members.grounds import grounds_on
from giaoban.apps.members.models import (
    LeavingHow,
    Member,
    MemberEntry,
    MemberEvent,
    MemberState,
    OfficeEvent,
    OfficeTerm,
)
from giaoban.apps.members.operations.drafts import EntryDraft, OfficeDraft
from giaoban.apps.members.operations.entries import record_member_entries
from giaoban.apps.members.operations.offices import record_office_events
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted


@transaction.atomic
def resign_member(*, act: Act, member: Member, day: date, decision: Decision | None = None) -> MemberEntry:
    """This function will record that a member left the Party on their own wish; their offices end with it."""
    return _leave(act, member, day, LeavingHow.RESIGNED, "", decision)


@transaction.atomic
def strike_off_member(
    *, act: Act, member: Member, day: date, ground: str, decision: Decision | None = None
) -> MemberEntry:
    """This function will record that a member was struck off on a ground; their offices end with it.

    Raises:
        InvalidInput: the ground is none of those that hold on the day (``grounds.toml``).
    """
    if ground not in grounds_on(day):
        raise InvalidInput(
            f"Ngày {format_date(day)} không có căn cứ xóa tên {quoted(ground)}"
            if ground
            else "Chưa chọn căn cứ xóa tên",
            where="Căn cứ xóa tên",
            expected="một căn cứ trong danh sách của ngày đó",
        )
    return _leave(act, member, day, LeavingHow.STRUCK_OFF, ground, decision)


@transaction.atomic
def record_death(*, act: Act, member: Member, day: date) -> MemberEntry:
    """This function will record that a member died; their offices end with it."""
    draft = EntryDraft(member, MemberEvent.DIED, day, member.unit)
    entry = record_member_entries(act=act, drafts=[draft])[0]
    _end_offices(act, member, day, Decision())
    return entry


@transaction.atomic
def restore_member(
    *, act: Act, member: Member, day: date, unit: Unit, official: bool = True, decision: Decision | None = None
) -> MemberEntry:
    """This function will record that membership was restored; the time between does not count as party age.

    Raises:
        InvalidInput: the member did not leave the Party.
    """
    if member.state != MemberState.LEFT:
        raise InvalidInput(
            f"{member.full_name}: {member.get_state_display().lower()}",
            where="Khôi phục đảng tịch",
            expected="một người đã ra khỏi Đảng",
        )
    draft = EntryDraft(member, MemberEvent.RESTORED, day, unit, official=official, decision=decision or Decision())
    return record_member_entries(act=act, drafts=[draft])[0]


def _leave(act: Act, member: Member, day: date, how: LeavingHow, ground: str, decision: Decision | None) -> MemberEntry:
    decided = decision or Decision()
    draft = EntryDraft(member, MemberEvent.LEFT, day, member.unit, how=how.value, ground=ground, decision=decided)
    entry = record_member_entries(act=act, drafts=[draft])[0]
    _end_offices(act, member, day, decided)
    return entry


def _end_offices(act: Act, member: Member, day: date, decision: Decision) -> None:
    """Whoever is no member holds no office. It follows by rule, so nobody's right at the committee above is asked."""
    terms = OfficeTerm.objects.filter(on_day(day), member=member, valid_from__lt=day).select_related("unit")
    drafts = [
        OfficeDraft(member, term.unit, Office(term.office), OfficeEvent.ENDED, day, decision)
        for term in terms.order_by("valid_from", "pk")
    ]
    if drafts:
        record_office_events(act=replace(act, at_console=True), drafts=drafts)
