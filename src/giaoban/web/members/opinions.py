"""Conclusions on the political standard and opinions on standing, on screen: numbers and dates only."""

from __future__ import annotations

import uuid

from django.http import HttpResponse

from giaoban.apps.members.models import VettingPurpose
from giaoban.apps.members.operations import VettingDraft, record_status_opinion, record_vetting
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import format_date
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.members.life_forms import OpinionForm, VettingForm
from giaoban.web.members.record_page import BOTH, form_page, saved, to_record


@screen("members", right="members_view", methods=BOTH)
def vet(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record the number and date of a conclusion on the political standard."""
    member = to_record(desk, uid)
    form = VettingForm(desk.posted)
    if form.is_valid():
        data = form.cleaned_data
        draft = VettingDraft(
            VettingPurpose(data["purpose"]),
            data["day"],
            member,
            decision=Decision(data["number"].strip(), data["day"]),
        )
        if attempt(form, lambda: record_vetting(act=desk.act, draft=draft)):
            return saved(desk, f"Đã ghi kết luận số {draft.decision.number} về {member.full_name}.", member)
    page = RecordPage(
        "Kết luận tiêu chuẩn chính trị",
        member.full_name,
        "Ghi kết luận",
        desk.url("members:member", uid),
        note="Sổ chỉ giữ số và ngày; hồ sơ ở trên giấy. Chỉ người được giao quyền ghi việc về đảng viên thấy lần ghi "
        "này.",
    )
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def opinion(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that an opinion on a member's standing was given."""
    member = to_record(desk, uid)
    form = OpinionForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        day = form.cleaned_data["day"]
        if attempt(form, lambda: record_status_opinion(act=desk.act, member=member, day=day, decision=form.decision())):
            words = f"Đã ghi việc cho ý kiến về tư cách của {member.full_name} ngày {format_date(day)}."
            return saved(desk, words, member)
    page = RecordPage(
        "Cho ý kiến về tư cách đảng viên",
        member.full_name,
        "Ghi vào sổ",
        desk.url("members:member", uid),
        note="Chỉ ghi có cho ý kiến, ngày và số văn bản; nội dung ý kiến không ghi vào phần mềm.",
    )
    return form_page(desk, page, form)
