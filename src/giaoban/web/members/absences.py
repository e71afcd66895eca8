"""Absences on screen: a member who is far away, all on one screen of a telephone; exemptions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.members.models import AbsenceEntry, AbsenceKind, Member
from giaoban.apps.members.operations import (
    contact_member,
    end_exemption,
    exempt_member,
    member_goes_away,
    member_returns,
)
from giaoban.apps.members.queries.absences import AbsenceState, absence_of
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.members.life_forms import AwayForm, AwayStepForm, ExemptForm
from giaoban.web.members.record_page import BOTH, form_page, saved, to_record


@dataclass(frozen=True, slots=True)
class AwayPage:
    """The screen of somebody who is away."""

    name: str
    where: str
    since: str
    until: str
    last_contact: str
    back_url: str


@screen("members", right="members_view", methods=BOTH)
def away(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that a member goes away; of one who is away, that they were contacted or are back."""
    member = to_record(desk, uid)
    state = absence_of(member, AbsenceKind.AWAY, today=desk.act.today)
    stepping = desk.posted is not None and "what" in desk.posted
    if state is not None and (desk.posted is None or stepping):
        return _while_away(desk, member, state)
    if stepping:
        # Somebody else was quicker; the other form would take this day for a new absence.
        return saved(desk, f"Chưa ghi: {member.full_name} không đang đi xa, đã có người ghi trở về trước.", member)
    form = AwayForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: member_goes_away(act=desk.act, member=member, **data)):
            return saved(desk, f"Đã ghi {member.full_name} đi xa từ ngày {format_date(data['day'])}.", member)
    page = RecordPage(
        "Đi xa",
        member.full_name,
        "Ghi đi xa",
        desk.url("members:member", uid),
        note="Chỉ ghi địa phương, không ghi địa chỉ và lý do. Đảng viên vẫn tính ở chi bộ.",
    )
    return form_page(desk, page, form)


def _while_away(desk: Desk, member: Member, state: AbsenceState) -> HttpResponse:
    form = AwayStepForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        day = form.cleaned_data["day"]
        back = desk.request.POST.get("what") == "returned"

        def record() -> AbsenceEntry:
            return (member_returns if back else contact_member)(act=desk.act, member=member, day=day)

        if attempt(form, record):
            what = "đã trở về" if back else "đã liên lạc"
            return saved(desk, f"Đã ghi {member.full_name} {what} ngày {format_date(day)}.", member)
    last = state.last_contact or state.since
    page = AwayPage(
        member.full_name,
        state.where,
        format_date(state.since),
        format_date(state.until) if state.until else "",
        f"{format_date(last)}, {format_number((desk.act.today - last).days)} ngày trước",
        desk.url("members:member", member.uid),
    )
    form.point_at_first_error()
    return desk.render("members/away.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@screen("members", right="members_view", methods=BOTH)
def exempt(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record an exemption, its extension, or its end."""
    member = to_record(desk, uid)
    state = absence_of(member, AbsenceKind.EXEMPT, today=desk.act.today)
    initial = {"day": desk.act.today, "what": "exempt"}
    form = ExemptForm(desk.posted, exempt=state is not None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        day, ends = data["day"], data.get("what") == "end"

        def record() -> AbsenceEntry:
            if ends:
                return end_exemption(act=desk.act, member=member, day=day, decision=form.decision())
            return exempt_member(act=desk.act, member=member, day=day, until=data["until"], decision=form.decision())

        if attempt(form, record):
            what = "sinh hoạt trở lại" if ends else "được miễn công tác và sinh hoạt"
            return saved(desk, f"Đã ghi {member.full_name} {what} từ ngày {format_date(day)}.", member)
    page = RecordPage(
        "Miễn công tác và sinh hoạt",
        member.full_name,
        "Ghi vào sổ",
        desk.url("members:member", uid),
        warning=_running(state),
        points=(
            "Đảng viên vẫn tính trong tổng số đảng viên và vẫn được xét Huy hiệu Đảng.",
            "Khi vắng, không tính vào số phải có mặt và số biểu quyết.",
            "Miễn có thời hạn tự hết sau ngày cuối; muốn miễn tiếp thì ghi gia hạn.",
        ),
    )
    return form_page(desk, page, form)


def _running(state: AbsenceState | None) -> str:
    if state is None:
        return ""
    until = f" đến hết ngày {format_date(state.until)}" if state.until else ", không thời hạn"
    return f"Đang được miễn từ ngày {format_date(state.since)}{until}."
