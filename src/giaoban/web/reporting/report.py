"""The work on one report: where it stands, the next step, its sections, who did what when."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.reporting.models import OwnReport, ReportComment, Stage
from giaoban.apps.reporting.operations.own_report import (
    advance_report,
    freeze_figures,
    number_report,
    return_report,
    send_report,
    sign_report,
    start_edition,
)
from giaoban.apps.reporting.queries.own_report.document import own_document
from giaoban.apps.reporting.queries.own_report.numbers import next_number
from giaoban.apps.reporting.queries.own_report.sources import cycles_below
from giaoban.apps.reporting.queries.own_report.state import (
    NO_TEXT,
    ORDER,
    definition_of,
    duty_of,
    is_still,
    section_parents,
    slot_texts,
)
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import Conflict, InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.forms import DayField, OfficeForm, sentence
from giaoban.web.reporting.changes import signed_unseen
from giaoban.web.reporting.place import context_of, filled_titles, lines_of, moment, open_report, report_title, writes

# What the next step is called, and what it freezes or does, in one sentence (screens: each explains itself).
_NEXT: dict[str, tuple[str, str]] = {
    Stage.COLLECTING: (
        "Chốt số liệu",
        "Chốt số liệu giữ nguyên mọi con số của báo cáo như các sổ đang có lúc này, kèm từng lần ghi làm căn cứ; "
        "lần ghi đến sau hiện ở «Điều chỉnh sau chốt», không tự đổi báo cáo.",
    ),
    Stage.CUTOFF: ("Chuyển sang dự thảo", "Số liệu đã chốt; các ban viết phần của mình."),
    Stage.DRAFTING: ("Gửi các ban góp ý", "Dự thảo gửi các ban đọc; góp ý ghi ở từng phần, người viết trả lời ở đó."),
    Stage.COMMENTING: (
        "Trình Thường trực cho ý kiến",
        "Tải dự thảo dạng Word gửi Thường trực sửa; tệp sửa xong đưa lại ở «Tệp Word».",
    ),
    Stage.LEADERS: (
        "Trình ký",
        "Trình ký khóa lời văn và cả văn bản: bản trình là bản sẽ ban hành, cùng số liệu đã chốt.",
    ),
    Stage.SIGNING: ("Lấy số", "Ghi số và ngày đã cấp trong sổ công văn đi; văn bản in ra từ đây có số và ngày này."),
    Stage.NUMBERED: ("Ban hành", "Ban hành giữ bản này mãi mãi; sửa sau đó là lập bản mới, bản cũ còn nguyên."),
    Stage.ISSUED: ("Phát hành", "Ghi nơi nhận đã gửi văn bản."),
    Stage.SENT: ("Ghi thêm nơi nhận", "Văn bản đã phát hành; nơi nhận gửi sau được ghi thêm."),
}


class StepForm(OfficeForm):
    """The next step: a remark, and what the step itself needs."""

    places = {"number": "number", "dated": "dated", "recipients": "recipients", "remark": "remark"}

    def __init__(self, *args: Any, report: OwnReport, recipients: str = "", number: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if report.stage == Stage.SIGNING:
            self.fields["number"] = forms.IntegerField(
                label="Số", min_value=1, initial=number, help_text="Số tiếp theo theo các báo cáo trong nhiệm kỳ"
            )
            self.fields["dated"] = DayField(label="Ngày ban hành")
        elif report.stage in (Stage.ISSUED, Stage.SENT):
            self.fields["recipients"] = forms.CharField(
                label="Nơi nhận",
                initial=recipients,
                help_text="Mỗi dòng một nơi nhận",
                widget=forms.Textarea(attrs={"rows": 5}),
            )
        self.fields["remark"] = forms.CharField(
            label="Ý kiến kèm theo", required=False, max_length=1000, widget=forms.TextInput
        )
        for name, field in self.fields.items():
            field.error_messages["required"] = f"Chưa có {str(field.label or name).lower()}."


class BackForm(OfficeForm):
    """Where the report goes back to, and why."""

    places = {"remark": "why"}
    stage = forms.ChoiceField(label="Trả lại bước")
    why = forms.CharField(label="Lý do", max_length=1000, widget=forms.TextInput)

    def __init__(self, *args: Any, report: OwnReport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        before = ORDER[ORDER.index(Stage.DRAFTING) : ORDER.index(Stage(report.stage))]
        field.choices = [(stage.value, stage.label) for stage in reversed(before)]


@dataclass(frozen=True, slots=True)
class SlotView:
    """A place for free text: its state and the address where it is written."""

    name: str
    url: str
    sign: Sign
    text: str
    who: str
    remarks: int


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its owner and slots."""

    title: str
    level: int
    owner: str
    due: Sign | None
    slots: tuple[SlotView, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """A stage of the way: done, now, or to come."""

    name: str
    state: str


@screen("reporting", right="figures_view")
def report_page(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show the work on one report."""
    return show_report(*open_report(desk, uid))


def show_report(
    desk: Desk, report: OwnReport, *, form: StepForm | None = None, back: BackForm | None = None, refused: str = ""
) -> HttpResponse:
    """Show the page, with a form that was refused where one was."""
    may_write = writes(desk, report)
    name, words = _NEXT[report.stage]
    status = 422 if refused or (form and form.errors) or (back and back.errors) else 200
    at = ORDER.index(Stage(report.stage))
    goes_back = ORDER.index(Stage.DRAFTING) < at < ORDER.index(Stage.ISSUED)
    more = {
        "stage": report.stage,
        "version": report.version,
        "way": tuple(
            StepView(stage.label, "done" if place < at else "now" if place == at else "next")
            for place, stage in enumerate(ORDER)
        ),
        "next_name": name,
        "next_words": words,
        "may_write": may_write,
        "unseen": signed_unseen(desk, report) if may_write else None,
        "form": form or _step_form(desk, report) if may_write else None,
        "back": (back or BackForm(report=report)) if may_write and goes_back else None,
        "again": may_write and report.cutoff_id is not None and not is_still(report),
        "step_url": desk.url("reporting:step", report.uid),
        "share_url": desk.url("reporting:share", report.uid) if may_write and not is_still(report) else "",
        "new_edition_url": _edition_url(desk, report) if may_write else "",
        "adjustments_url": desk.url("reporting:adjustments", report.uid) if report.cutoff_id else "",
        "sections": _sections(desk, report),
        "facts": _facts(report),
        "steps": _steps(report),
        "remarks": _remarks(report),
        "below": _below(desk, report),
        "comment_url": desk.url("reporting:comment", report.uid) if at < ORDER.index(Stage.ISSUED) else "",
        "refused": refused,
    }
    return desk.render("reporting/report.html", context_of(desk, report, "report", more), status=status)


def _edition_url(desk: Desk, report: OwnReport) -> str:
    newer = OwnReport.objects.filter(replaces=report).exists()
    done = report.stage in (Stage.ISSUED, Stage.SENT)
    return desk.url("reporting:new_edition", report.uid) if done and not newer else ""


def _step_form(desk: Desk, report: OwnReport, data: Any = None) -> StepForm:
    recipients, number = "", 1
    if report.stage == Stage.ISSUED:
        names = own_document(report, today=desk.act.today).recipients
        recipients = lines_of(name.strip().rstrip(",;.") for name in names if not name.startswith("Lưu"))
    elif report.stage == Stage.SIGNING:
        number = next_number(report, today=desk.act.today)
    initial = {"dated": desk.act.today}
    return StepForm(data, report=report, recipients=recipients, number=number, initial=initial)


def _sections(desk: Desk, report: OwnReport) -> tuple[SectionView, ...]:
    definition = definition_of(report, day=desk.act.today)
    texts = slot_texts(report)
    duties = {duty.section: duty for duty in report.duties.select_related("person")}
    parents = section_parents(definition)
    open_remarks = list(
        ReportComment.objects.filter(report=report, answers=None, answered_by=None).values_list("slot", flat=True)
    )
    titles = filled_titles(desk, report)
    # What nobody wrote by the signature is no longer owed.
    blank = Sign("off", "○", "để trống" if is_still(report) else "chưa viết")
    views = []
    for section in definition.sections:
        slots = []
        for paragraph in section.paragraphs:
            if not paragraph.slot or paragraph.each:
                continue
            held = texts.get(paragraph.slot, NO_TEXT)
            row = held.row
            slots.append(
                SlotView(
                    name=paragraph.guidance or paragraph.slot,
                    url=desk.url("reporting:slot", report.uid, paragraph.slot),
                    sign=Sign("good", "●", "đã viết") if held.text else blank,
                    text=held.text,
                    who=f"{row.written_by.full_name}, {moment(row.written_at)}, bản {held.version}" if row else "",
                    remarks=open_remarks.count(paragraph.slot),
                )
            )
        owner = duty_of(section.id, duties, parents)
        own = duties.get(section.id)
        if not slots and own is None:
            continue
        empty = any(slot.sign.tone == "off" for slot in slots)
        views.append(
            SectionView(
                title=titles[section.id],
                level=section.level,
                owner=_owner(owner) if owner is not None else "",
                due=_due(owner.due, empty, desk) if owner is not None else None,
                slots=tuple(slots),
            )
        )
    return tuple(views)


def _owner(duty: Any) -> str:
    return f"{duty.department} ({duty.person.full_name})" if duty.person is not None else str(duty.department)


def _due(day: Any, empty: bool, desk: Desk) -> Sign | None:
    if day is None or not empty:
        return None
    if day < desk.act.today:
        return Sign("bad", "✕", f"quá hạn {format_date(day)}")
    return Sign("late", "◐", f"hạn {format_date(day)}")


def _facts(report: OwnReport) -> tuple[tuple[str, str], ...]:
    found = []
    if report.cutoff is not None:
        kept = report.cutoff
        found.append(("Chốt số liệu", f"{moment(kept.taken_at)}, lần {kept.edition}"))
        found.append(("Số liệu tính đến", format_date(kept.last_day)))
    if report.signed is not None:
        found.append(("Khóa lời văn", f"{moment(report.signed.taken_at)}, dấu {report.signed.digest[:12]}"))
    if report.number is not None and report.dated is not None:
        found.append(("Số, ngày", f"{report.number:02}, {format_date(report.dated)}"))
    return tuple(found)


def _below(desk: Desk, report: OwnReport) -> tuple[Link, ...]:
    """Return the units' reports of the period, each with how many are accepted."""
    period = Period.parse(report.period)
    return tuple(
        Link(
            f"{one.cycle.title}: đã tiếp nhận {format_number(one.accepted)}/{format_number(one.asked)}",
            desk.url("cycles:consolidate", one.cycle.uid, unit=report.unit.code, period=period),
        )
        for one in cycles_below(desk.act.user, report, now=desk.act.now)
    )


def _steps(report: OwnReport) -> tuple[tuple[str, str, str], ...]:
    rows = report.steps.select_related("by", "entered_for").order_by("-pk")
    found = []
    for row in rows:
        name = "Chốt lại số liệu" if row.from_stage == row.to_stage and row.snapshot_id else row.get_to_stage_display()
        if ORDER.index(Stage(row.to_stage)) < ORDER.index(Stage(row.from_stage)):
            name = f"Trả lại: {name}"
        extra = ", ".join(row.detail.get("recipients", ()))
        who = row.by.full_name + (f", nhập giúp {row.entered_for.full_name}" if row.entered_for else "")
        found.append((name, f"{who}, {moment(row.at)}", ". ".join(part for part in (row.remark, extra) if part)))
    return tuple(found)


def _remarks(report: OwnReport) -> tuple[tuple[str, str], ...]:
    rows = report.comments.filter(slot="").select_related("by").order_by("pk")
    return tuple((row.text, f"{row.by.full_name}, {moment(row.at)}") for row in rows)


def _lay_so(desk: Desk, report: OwnReport, form: StepForm, seen: int) -> object:
    data = form.cleaned_data
    return number_report(
        act=desk.act, report=report, number=data["number"], dated=data["dated"], seen=seen, remark=data["remark"]
    )


def _send(desk: Desk, report: OwnReport, form: StepForm, seen: int) -> object:
    names = form.cleaned_data["recipients"].splitlines()
    return send_report(act=desk.act, report=report, recipients=names, seen=seen, remark=form.cleaned_data["remark"])


def _simple(operation: Callable[..., object]) -> Callable[[Desk, OwnReport, StepForm, int], object]:
    return lambda desk, report, form, seen: operation(
        act=desk.act, report=report, seen=seen, remark=form.cleaned_data["remark"]
    )


_DOES: dict[str, Callable[[Desk, OwnReport, StepForm, int], object]] = {
    Stage.COLLECTING: _simple(freeze_figures),
    Stage.CUTOFF: _simple(advance_report),
    Stage.DRAFTING: _simple(advance_report),
    Stage.COMMENTING: _simple(advance_report),
    Stage.LEADERS: _simple(sign_report),
    Stage.SIGNING: _lay_so,
    Stage.NUMBERED: _simple(advance_report),
    Stage.ISSUED: _send,
    Stage.SENT: _send,
}


@screen("reporting", right="figures_view", methods=("POST",))
def step(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Make the step that the page offered: the next one, another chốt, or back."""
    desk, report = open_report(desk, uid, right="reports_write")
    data = desk.request.POST
    text = data.get("seen", "")
    seen = int(text) if text.isdecimal() and len(text) < 7 else -1
    does = data.get("viec", "")
    form, back = None, None
    try:
        if does == "chot-lai":
            freeze_figures(act=desk.act, report=report, seen=seen, remark=data.get("remark", ""))
        elif does == "tra-lai":
            back = BackForm(data, report=report)
            if not back.is_valid():
                return show_report(desk, report, back=back)
            stage = Stage(back.cleaned_data["stage"])
            return_report(act=desk.act, report=report, stage=stage, seen=seen, remark=back.cleaned_data["why"])
        else:
            # The step that the person saw: of two who press at once the second must not make the next one unread.
            if data.get("tu") != report.stage:
                raise Conflict("Người khác vừa chuyển bước báo cáo này", hint="Xem lại bước đang mở rồi làm tiếp")
            form = _step_form(desk, report, data)
            if not form.is_valid():
                return show_report(desk, report, form=form)
            _DOES[report.stage](desk, report, form, seen)
    except (InvalidInput, Conflict) as error:
        if form is not None and isinstance(error, InvalidInput):
            form.refuse(error)
            return show_report(desk, report, form=form)
        report.refresh_from_db()
        return show_report(desk, report, back=back, refused=sentence(error))
    report.refresh_from_db()
    messages.info(desk.request, f"{report_title(report)}: {Stage(report.stage).label.lower()}.")
    return HttpResponseRedirect(desk.url("reporting:report", report.uid))


@screen("reporting", right="figures_view", methods=("POST",))
def new_edition(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Begin a new edition of an issued report."""
    desk, report = open_report(desk, uid, right="reports_write")
    try:
        made = start_edition(act=desk.act, report=report, seen=report.version)
    except Conflict as error:
        return show_report(desk, report, refused=sentence(error))
    return HttpResponseRedirect(desk.url("reporting:report", made.uid))
