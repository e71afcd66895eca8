"""What the level above does short of accepting: back to be completed, more time, none of it, a gap, a new edition."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import Act
from giaoban.apps.obligations.models import HandInFault
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.apps.reporting.models import Submission, SubmissionState
from giaoban.apps.reporting.operations.cycles import (
    accept_gaps,
    extend_many,
    release_many,
    reopen,
    return_submission,
)
from giaoban.apps.reporting.queries.cycles.calendar import end_of_day
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.cycles.place import ACCEPT, AREA, BOTH, OPEN, VIEW, moment_words, open_cycle_page, open_report
from giaoban.web.forms import DayField, OfficeForm, attempt
from giaoban.web.meetings.times import HourField, moment
from giaoban.web.members.record_page import form_page


class ReasonForm(OfficeForm):
    """A step with its reason."""

    places = {
        "Lý do cho miễn": "reason",
        "Lý do chấp nhận thiếu": "reason",
        "Lý do mở lại": "reason",
        "Lý do gia hạn": "reason",
        "Nội dung trả lại": "reason",
        "Lý do": "fault",
        "Gia hạn đến": "until",
    }
    reason = forms.CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class MoreTimeForm(ReasonForm):
    """Until when, and why."""

    field_order: tuple[str, ...] = ("until", "hour", "reason")
    until = DayField(label="Gia hạn đến ngày")
    hour = HourField(label="Giờ", required=False, help_text="Để trống: hết ngày")


class ReturnForm(MoreTimeForm):
    """What is to be completed; with more time for it, if that is wanted."""

    field_order = ("fault", "reason", "until", "hour")
    fault = forms.ChoiceField(label="Trả lại vì", choices=HandInFault.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = False
        self.fields["until"].help_text = "Để trống: giữ hạn cũ"
        self.fields["reason"].label = "Cần bổ sung gì"


def _until(data: dict[str, Any]) -> datetime | None:
    day = data.get("until")
    if day is None:
        return None
    return moment(day, data["hour"]) if data.get("hour") else end_of_day(day)


Rows = Sequence[Submission]


def _return(act: Act, rows: Rows, data: dict[str, Any]) -> object:
    fault = HandInFault(data["fault"])
    return return_submission(act=act, submission=rows[0], remark=data["reason"], fault=fault, until=_until(data))


def _extend(act: Act, rows: Rows, data: dict[str, Any]) -> object:
    until = _until(data)
    assert until is not None, "the form asks for it"
    return extend_many(act=act, submissions=rows, until=until, reason=data["reason"])


@dataclass(frozen=True, slots=True)
class JudgeStep:
    """One of these steps: its words, its form, what it does; ``several`` the states in which many can be so judged."""

    title: str
    button: str
    done: str
    points: tuple[str, ...]
    form: type[ReasonForm]
    record: Callable[[Act, Rows, dict[str, Any]], object]
    several: tuple[str, ...] = ()


STEPS: dict[str, JudgeStep] = {
    "tra-lai": JudgeStep(
        "Trả lại để bổ sung",
        "Trả lại",
        "Đã trả lại báo cáo để bổ sung.",
        ("Đơn vị thấy lý do ở đầu mẫu, sửa rồi gửi lại.", "Đến lúc gửi lại, báo cáo tính là chưa nộp đủ."),
        ReturnForm,
        _return,
    ),
    "gia-han": JudgeStep(
        "Gia hạn gửi báo cáo",
        "Gia hạn",
        "Đã gia hạn.",
        ("Gửi trong thời gian này tính là chậm (được gia hạn).", "Kỳ đã khóa thì mở lại cho đơn vị này đến giờ đó."),
        MoreTimeForm,
        _extend,
        OPEN,
    ),
    "cho-mien": JudgeStep(
        "Cho miễn báo cáo",
        "Cho miễn",
        "Đã cho miễn báo cáo kỳ này.",
        ("Đơn vị không phải gửi báo cáo kỳ này; không tính là thiếu.",),
        ReasonForm,
        lambda act, rows, data: release_many(act=act, submissions=rows, reason=data["reason"]),
        (*OPEN, SubmissionState.SUBMITTED),
    ),
    "chap-nhan-thieu": JudgeStep(
        "Chấp nhận thiếu báo cáo",
        "Chấp nhận thiếu",
        "Đã ghi chấp nhận thiếu.",
        ("Cấp trên tổng hợp tiếp, không chờ đơn vị này.", "Đơn vị vẫn còn nợ báo cáo; tên người chấp nhận được lưu."),
        ReasonForm,
        lambda act, rows, data: accept_gaps(act=act, submissions=rows, reason=data["reason"]),
        OPEN,
    ),
    "mo-lai": JudgeStep(
        "Mở lại để lập bản mới",
        "Mở lại",
        "Đã mở lại; bản đã tiếp nhận vẫn được giữ.",
        ("Đơn vị sửa và gửi bản mới; bản cũ giữ nguyên như lúc tiếp nhận.",),
        ReasonForm,
        lambda act, rows, data: reopen(act=act, submission=rows[0], reason=data["reason"]),
    ),
}


@screen(AREA, right=VIEW, methods=BOTH)
def judge(desk: Desk, uid: uuid.UUID, step: str) -> HttpResponse:
    """Ask for the reason of a step, and do it."""
    known = STEPS.get(step)
    if known is None:
        raise NotFound(f"Không có việc {quoted(step)}")
    submission = open_report(desk, uid, right=ACCEPT)
    form = known.form(desk.posted)
    if form.is_valid() and attempt(form, lambda: known.record(desk.act, [submission], form.cleaned_data)) is not None:
        messages.info(desk.request, known.done)
        return HttpResponseRedirect(desk.url("cycles:report", uid))
    card = place_cards([submission.unit_id], day=desk.act.today)[submission.unit_id]
    page = RecordPage(
        known.title,
        f"{card.place}: {submission.cycle.title}, hạn {moment_words(submission.due_at)}",
        known.button,
        desk.url("cycles:report", uid),
        points=known.points,
    )
    return form_page(desk, page, form)


@dataclass(frozen=True, slots=True)
class SeveralPage(RecordPage):
    """A step for several units at once: who is meant, and who was ticked but stands elsewhere."""

    chosen: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()


def ticked(desk: Desk, uid: uuid.UUID) -> list[Submission]:
    """Return the reports of a cycle that were ticked, by unit.

    Raises:
        NotFound: one of them is not in the person's scope or not of this cycle.
    """
    try:
        wanted = {uuid.UUID(key) for key in desk.request.POST.getlist("chon")}
    except ValueError:
        raise NotFound("Không tìm thấy báo cáo này trong phạm vi của đồng chí") from None
    seen = Submission.objects.visible_to(desk.act.user, today=desk.act.today).filter(uid__in=wanted, cycle__uid=uid)
    rows = list(seen.select_related("unit", "receiver", "cycle__form").order_by("unit__code"))
    if len(rows) != len(wanted):
        raise NotFound("Không tìm thấy báo cáo này trong phạm vi của đồng chí")
    return rows


@screen(AREA, right=VIEW, methods=("POST",))
def judge_several(desk: Desk, uid: uuid.UUID, step: str) -> HttpResponse:
    """Ask for the reason of a step for all ticked units, and do it for all or none."""
    known = STEPS.get(step)
    if known is None or not known.several:
        raise NotFound(f"Không có việc {quoted(step)}")
    cycle = open_cycle_page(desk, uid)
    rows = ticked(desk, uid)
    require(desk.act, ACCEPT, [row.receiver for row in rows])
    meant = [row for row in rows if row.state in known.several]
    if not meant:
        messages.info(desk.request, f"{known.button}: chưa chọn đơn vị nào còn làm được việc này.")
        return HttpResponseRedirect(desk.url("cycles:cycle", uid))
    form = known.form(desk.posted if "ghi" in desk.request.POST else None)
    if form.is_valid() and attempt(form, lambda: known.record(desk.act, meant, form.cleaned_data)) is not None:
        messages.info(desk.request, f"{known.done} {format_number(len(meant))} đơn vị.")
        return HttpResponseRedirect(desk.url("cycles:cycle", uid))
    names = {pk: card.place for pk, card in place_cards([row.unit_id for row in rows], day=desk.act.today).items()}
    page = SeveralPage(
        known.title,
        f"{cycle.title}: {format_number(len(meant))} đơn vị",
        f"{known.button} {format_number(len(meant))} đơn vị",
        desk.url("cycles:cycle", uid),
        points=known.points,
        chosen=tuple((str(row.uid), names[row.unit_id]) for row in meant),
        left=tuple(names[row.unit_id] for row in rows if row not in meant),
    )
    form.point_at_first_error()
    status = 422 if form.errors else 200
    return desk.render("cycles/judge_several.html", {"page": page, "form": form}, status=status)
