"""The end of probation: the cell reviews, a decision recognises as of the end of the twelfth month (domain.md 2.2)."""

from __future__ import annotations

from datetime import date

from giaoban.apps.audit.act import Act
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent
from giaoban.apps.members.operations.drafts import EntryDraft
from giaoban.apps.members.operations.entries import record_member_entries
from giaoban.apps.members.queries.clocks import probation_end
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput


def review_probation(
    *, act: Act, member: Member, day: date, fit: bool, decision: Decision | None = None
) -> MemberEntry:
    """This function will record that the cell reviewed a probationary member when the twelve months were over.

    Args:
        fit: the cell proposes to recognise; else to strike off. Kept as ``official`` of the entry.
        decision: the cell's resolution.

    Raises:
        InvalidInput: not on probation, or a day before the probation is over.
    """
    end = probation_end(member)
    if end is None:
        raise InvalidInput(f"{member.full_name} không phải đảng viên dự bị", expected="một đảng viên dự bị")
    if day < end:
        raise InvalidInput(
            f"Ngày {format_date(day)} còn trong thời gian dự bị",
            where="Ngày chi bộ xét",
            expected=f"ngày từ {format_date(end)}",
        )
    draft = EntryDraft(
        member,
        MemberEvent.PROBATION_REVIEWED,
        day,
        member.unit,
        official=fit,
        decision=decision or Decision(),
    )
    return record_member_entries(act=act, drafts=[draft])[0]


def recognise_after_probation(*, act: Act, member: Member, decision: Decision, day: date | None = None) -> MemberEntry:
    """This function will record that a probationary member was recognised, as of the end of the twelfth month.

    However late the review came, the member is official from then on (294-QĐ/TW, mục 4.2); the decision keeps its own
    date.

    Args:
        day: the day from which the decision says it holds, where that is another; never before the end of probation.

    Raises:
        InvalidInput: not on probation, probation is not over, or the cell found the member not fit.
    """
    end = probation_end(member)
    if end is None:
        raise InvalidInput(f"{member.full_name} không phải đảng viên dự bị", expected="một đảng viên dự bị")
    if (day or end) < end or end > act.today:
        raise InvalidInput(
            f"Thời gian dự bị của {member.full_name} đến {format_date(end)} mới hết",
            where="Ngày công nhận chính thức",
            expected=f"ngày từ {format_date(end)}",
        )
    reviewed = MemberEntry.objects.live().filter(member=member, kind=MemberEvent.PROBATION_REVIEWED).in_order().last()
    if reviewed is not None and not reviewed.official and reviewed.effective_date >= end:
        raise InvalidInput(
            f"Chi bộ xét ngày {format_date(reviewed.effective_date)} không đề nghị công nhận",
            where=member.full_name,
            hint="Nếu chi bộ đã xét lại, ghi lần xét mới trước",
        )
    draft = EntryDraft(member, MemberEvent.RECOGNISED, day or end, member.unit, decision=decision)
    return record_member_entries(act=act, drafts=[draft])[0]
