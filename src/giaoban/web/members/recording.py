"""Recording admissions, recognitions and discipline of members, and correcting entries."""

from __future__ import annotations

import uuid
from datetime import date

from django.http import HttpResponse

from giaoban.apps.audit.act import day_of
from giaoban.apps.inspection.models import DecidingLevel, DisciplineForm
from giaoban.apps.inspection.operations import DisciplineDraft, record_discipline
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, Trait
from giaoban.apps.members.operations import (
    FirstEntry,
    MemberDraft,
    enrol_member,
    recognise_after_probation,
    recognise_member,
    redate_entry,
    void_entry,
)
from giaoban.apps.members.queries.clocks import probation_end
from giaoban.apps.members.queries.file import find_member
from giaoban.apps.members.queries.transfers import find_entry
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import find_unit
from giaoban.apps.organizations.queries.outline import outline
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import attempt
from giaoban.web.members.forms import (
    AdmissionForm,
    CorrectionForm,
    DisciplineEntryForm,
    RecognitionForm,
)
from giaoban.web.members.record_page import BOTH, cells_of, form_page, saved


@screen("members", right="members_record", methods=BOTH)
def admit(desk: Desk) -> HttpResponse:
    """Record an admission in a cell at or below the chosen unit."""
    form = AdmissionForm(desk.posted, cells=cells_of(outline(desk.unit, day=desk.act.today)))
    if form.is_valid():
        data = form.cleaned_data
        cell = find_unit(desk.act.user, data["cell"], today=desk.act.today)
        draft = MemberDraft(
            data["full_name"],
            data["birth"],
            FirstEntry(MemberEvent.ADMITTED, data["day"], cell, official=False, decision=form.decision()),
            file_number=data["file_number"],
            identity_number=data["identity_number"],
            phone=data["phone"],
            traits=((Trait.SEX, data["sex"]),),
        )
        if member := attempt(form, lambda: enrol_member(act=desk.act, draft=draft)):
            return saved(desk, f"Đã ghi kết nạp {member.full_name} ngày {format_date(data['day'])}.", member)
    page = RecordPage("Ghi kết nạp", desk.card.name, "Ghi kết nạp", desk.url("members:list"))
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def recognise(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that a probationary member became an official one."""
    member = find_member(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [member.unit])
    form = RecognitionForm(desk.posted, initial={"day": probation_end(member)})
    if form.is_valid():
        day, decision = form.cleaned_data["day"], form.decision()
        if attempt(form, lambda: _recognised(desk, member, day, decision).member):
            return saved(desk, f"Đã ghi công nhận chính thức {member.full_name} ngày {format_date(day)}.", member)
    page = RecordPage(
        "Công nhận đảng viên chính thức",
        member.full_name,
        "Ghi công nhận",
        desk.url("members:member", uid),
        note="Ngày công nhận tính từ khi hết tháng thứ mười hai, dù quyết định ký muộn hơn (294-QĐ/TW, mục 4.2).",
    )
    return form_page(desk, page, form)


def _recognised(desk: Desk, member: Member, day: date, decision: Decision) -> MemberEntry:
    """Not before probation is over; nothing is known of that where an old roll does not say when it began."""
    if probation_end(member) is None:
        return recognise_member(act=desk.act, member=member, day=day, decision=decision)
    return recognise_after_probation(act=desk.act, member=member, decision=decision, day=day)


@screen("members", right="members_view", methods=BOTH)
def discipline(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record a decision of discipline about a member."""
    member = find_member(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "inspection_record", [member.unit])
    form = DisciplineEntryForm(desk.posted)
    if form.is_valid():
        data = form.cleaned_data
        draft = DisciplineDraft(
            member, DisciplineForm(data["form"]), DecidingLevel(data["level"]), data["day"], form.decision()
        )
        if attempt(form, lambda: record_discipline(act=desk.act, drafts=[draft])[0].member):
            words = f"Đã ghi kỷ luật {draft.form.label.lower()} đối với {member.full_name}."
            return saved(desk, words, member)
    page = RecordPage(
        "Ghi kỷ luật",
        member.full_name,
        "Ghi kỷ luật",
        desk.url("members:member", uid),
        warning="Hình thức khai trừ đồng thời ghi ra khỏi Đảng cùng ngày.",
    )
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def correct(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Correct an entry by a new one: take it back, or give it the right day and decision."""
    entry = find_entry(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [entry.unit])
    form = CorrectionForm(
        desk.posted,
        initial={
            "how": "replace",
            "day": entry.effective_date,
            "decision_number": entry.decision_number,
            "decision_date": entry.decision_date,
            "decision_issuer": entry.decision_issuer,
        },
    )
    if form.is_valid():
        data = form.cleaned_data

        def record() -> Member:
            if data["how"] == "void":
                return void_entry(act=desk.act, entry=entry).member
            return redate_entry(act=desk.act, entry=entry, day=data["day"], decision=form.decision()).member

        if attempt(form, record):
            done = "Đã bỏ" if data["how"] == "void" else "Đã đính chính"
            words = f"{done} lần ghi «{entry.get_kind_display().lower()}» của {entry.member.full_name}."
            return saved(desk, words, entry.member)
    day = PartialDate(entry.effective_date, Precision(entry.effective_precision))
    taken = getattr(entry, "corrected_by", None)
    page = RecordPage(
        "Đính chính lần ghi",
        f"{entry.get_kind_display()} ngày {day}, {entry.member.full_name}",
        "Ghi đính chính",
        desk.url("members:member", entry.member.uid),
        note="Lần ghi cũ vẫn còn trong quá trình, gạch ngang, kèm tên người đính chính.",
        warning=f"{taken.actor.full_name} đã đính chính lần ghi này ngày {day_of(taken.recorded_at):%d/%m/%Y}."
        if taken
        else "",
    )
    return form_page(desk, page, form)
