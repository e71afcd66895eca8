"""Correcting a part of a member's file: the right value, why, on which paper; what the member asked is answered."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.members.models import ChangeCause, CorrectionRequest, FilePart, Member
from giaoban.apps.members.operations import CorrectionDraft, correct_member
from giaoban.apps.members.queries.aliases import alike_members, kept_record
from giaoban.apps.members.queries.corrections import file_version
from giaoban.apps.members.queries.file import traits_on
from giaoban.apps.members.queries.self_service import find_request, require_unanswered
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.forms import DayField, attempt
from giaoban.web.members.forms import DecisionForm
from giaoban.web.members.record_page import BOTH, to_record

_MAKES_ALIKE = (FilePart.NAME, FilePart.BIRTH)


class AmendForm(DecisionForm):
    """One part of the file, its right value, and what it rests on."""

    places = {"Giá trị đúng": "value", "Căn cứ": "reason", "Từ ngày": "day", "Vì sao sửa": "cause", "Số thẻ": "value"}
    part = forms.ChoiceField(label="Mục cần sửa", choices=[("", "Chọn mục"), *FilePart.choices])
    value = forms.CharField(
        label="Giá trị đúng",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Như trong giấy tờ: họ tên có dấu, ngày dạng 31/03/1971. Để trống nếu không còn giá trị nào.",
    )
    cause = forms.ChoiceField(label="Vì sao sửa", choices=ChangeCause.choices, widget=forms.RadioSelect)
    day = DayField(label="Từ ngày", required=False, help_text="Chỉ ghi khi có thay đổi, ví dụ đổi tên từ 31/03/2023")
    reason = forms.CharField(
        label="Căn cứ",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Tên giấy tờ hoặc đề nghị, ví dụ giấy khai sinh, quyết định cải chính. Không ghi số định danh.",
    )
    field_order = ["part", "value", "cause", "day", "reason", "decision_number", "decision_date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision_number"].label = "Số quyết định, văn bản"
        self.fields["decision_date"].label = "Ngày văn bản"


@dataclass(frozen=True, slots=True)
class AmendPage:
    """The form with what stands in the open part of the file."""

    name: str
    facts: tuple[tuple[str, str], ...]
    about: str
    wish: str
    seen: str
    back_url: str


@screen("members", right="members_view", methods=BOTH)
def amend(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Correct one part of a member's file; with ``de-nghi`` the member's request is answered by it."""
    member = to_record(desk, uid)
    request = _request(desk, member)
    part = request.about if request is not None else desk.request.GET.get("muc", "")
    initial = {
        "part": part,
        "cause": ChangeCause.MISTAKE,
        "reason": "Theo đề nghị của đảng viên" if request is not None else "",
    }
    form = AmendForm(desk.posted, initial=initial)
    seen = desk.request.POST.get("da-xem", "") if desk.posted is not None else file_version(member)
    if form.is_valid():
        draft = _draft(member, form, request, seen)
        if attempt(form, lambda: correct_member(act=desk.act, draft=draft)) is not None:
            return _done(desk, draft)
    form.point_at_first_error()
    page = AmendPage(
        name=member.full_name,
        facts=tuple(_open_facts(member, desk.act.today)),
        about=FilePart(request.about).label if request is not None and request.about in FilePart.values else "",
        wish=request.wish if request is not None else "",
        seen=seen,
        back_url=desk.url("members:requests") if request is not None else desk.url("members:member", uid),
    )
    return desk.render("members/amend.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _request(desk: Desk, member: Member) -> CorrectionRequest | None:
    named = desk.request.GET.get("de-nghi", "")
    if not named:
        return None
    try:
        found = find_request(desk.act.user, uuid.UUID(named), today=desk.act.today)
    except ValueError:
        found = None
    if found is None or kept_record(found.member).pk != member.pk:
        raise NotFound("Không có đề nghị này của đảng viên")
    if desk.posted is None:
        # What was typed meanwhile is refused at the form, which keeps it.
        require_unanswered(found)
    return found


def _draft(member: Member, form: AmendForm, request: CorrectionRequest | None, seen: str) -> CorrectionDraft:
    data = form.cleaned_data
    return CorrectionDraft(
        member,
        FilePart(data["part"]),
        data["value"],
        ChangeCause(data["cause"]),
        data["reason"],
        day=data["day"],
        decision=form.decision(),
        request=request,
        seen=seen,
    )


def _done(desk: Desk, draft: CorrectionDraft) -> HttpResponse:
    words = f"Đã sửa {draft.part.label.lower()} của {draft.member.full_name}."
    if draft.request is not None:
        words += " Đề nghị của đảng viên đã được trả lời."
    messages.info(desk.request, words)
    if draft.part in _MAKES_ALIKE:
        alike = alike_members(desk.act.user, draft.member, today=desk.act.today)
        for other, reason in alike:
            messages.info(
                desk.request,
                f"Có thể trùng với {other.full_name} ({reason}). Xem hai hồ sơ cạnh nhau ở trang «Hồ sơ trùng».",
            )
    back = desk.url("members:requests") if draft.request is not None else desk.url("members:member", draft.member.uid)
    return HttpResponseRedirect(back)


def _open_facts(member: Member, today: date) -> Iterator[tuple[str, str]]:
    """What stands in the parts that everybody who sees the member sees; the others open with the personal file."""
    yield FilePart.NAME.label, member.full_name
    yield from traits_on(member, day=today)
    for part, day in ((FilePart.ADMITTED, member.admitted_on), (FilePart.RECOGNISED, member.recognised_on)):
        yield part.label, format_date(day) if day is not None else "chưa ghi"
