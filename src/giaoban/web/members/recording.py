"""Recording what happens to members: one form, one operation; what was typed stays when something is refused."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.inspection.models import DecidingLevel, DisciplineForm
from giaoban.apps.inspection.operations import DisciplineDraft, record_discipline
from giaoban.apps.members.models import Member, MemberEvent, Trait
from giaoban.apps.members.operations import (
    FirstEntry,
    MemberDraft,
    enrol_member,
    receive_member,
    recognise_member,
    redate_entry,
    send_member,
    transfer_out,
    void_entry,
)
from giaoban.apps.members.queries.file import find_member
from giaoban.apps.members.queries.transfers import find_entry, find_letter
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import find_unit
from giaoban.apps.organizations.queries.outline import OutlineNode, find_cell, outline
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.core.errors import GiaobanError, NotAllowed, NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import OfficeForm
from giaoban.web.members.forms import (
    AdmissionForm,
    ArrivalForm,
    Choices,
    CorrectionForm,
    DayForm,
    DisciplineEntryForm,
    RecognitionForm,
    TransferForm,
)

BOTH = ("GET", "POST")


def _cells(node: OutlineNode | None, above: str = "") -> Choices:
    """List the cells of the tree; each with the organisation above it, for names repeat («Chi bộ Văn phòng»)."""
    if node is None:
        return []
    name = node.card.name
    found = [(node.card.code, f"{name} ({above})" if above else name)] if node.card.holds_members else []
    for child in node.children:
        found += _cells(child, node.card.short_name or name)
    return found


def _saved(desk: Desk, words: str, member: Member) -> HttpResponse:
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("members:member", member.uid))


def _try(form: OfficeForm, record: Callable[[], Member]) -> Member | None:
    """Record, or put the refusal into the form; missing rights go on to the 403 and 404 pages."""
    try:
        return record()
    except (NotAllowed, NotFound):
        raise
    except GiaobanError as error:
        form.refuse(error)
        return None


def _form_page(desk: Desk, page: RecordPage, form: OfficeForm) -> HttpResponse:
    form.point_at_first_error()
    return desk.render("giaoban/record.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@screen("members", right="members_record", methods=BOTH)
def admit(desk: Desk) -> HttpResponse:
    """Record an admission in a cell at or below the chosen unit."""
    form = AdmissionForm(desk.posted, cells=_cells(outline(desk.unit, day=desk.act.today)))
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
        if member := _try(form, lambda: enrol_member(act=desk.act, draft=draft)):
            return _saved(desk, f"Đã ghi kết nạp {member.full_name} ngày {format_date(data['day'])}.", member)
    page = RecordPage("Ghi kết nạp", desk.card.name, "Ghi kết nạp", desk.url("members:list"))
    return _form_page(desk, page, form)


@screen("members", right="members_record", methods=BOTH)
def arrive(desk: Desk) -> HttpResponse:
    """Record that a cell accepted a member from a Party organisation outside the system."""
    form = ArrivalForm(desk.posted, cells=_cells(outline(desk.unit, day=desk.act.today)))
    if form.is_valid():
        data = form.cleaned_data
        cell = find_unit(desk.act.user, data["cell"], today=desk.act.today)
        official = data["status"] == "official"
        first = FirstEntry(MemberEvent.TRANSFERRED, data["day"], cell, official, data["outside"], form.decision())
        draft = MemberDraft(
            data["full_name"],
            data["birth"],
            first,
            card_number=data["card_number"],
            admitted_on=data["admitted_on"],
            recognised_on=data["recognised_on"],
            traits=((Trait.SEX, data["sex"]),),
        )
        if member := _try(form, lambda: enrol_member(act=desk.act, draft=draft)):
            return _saved(desk, f"Đã ghi tiếp nhận {member.full_name} từ {data['outside']}.", member)
    page = RecordPage(
        "Tiếp nhận đảng viên từ ngoài hệ thống",
        desk.card.name,
        "Ghi tiếp nhận",
        desk.url("members:list"),
        note="Đảng viên từ chi bộ cùng hệ thống thì tiếp nhận ở trang «Đang chuyển», không nhập lại.",
    )
    return _form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def transfer(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record the letter of a transfer: to another cell of the system, or to the outside."""
    member = find_member(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [member.unit])
    top = find_unit(desk.act.user, desk.scopes[0].unit.code, today=desk.act.today)
    cells = [cell for cell in _cells(outline(top, day=desk.act.today)) if cell[0] != member.unit.code]
    form = TransferForm(desk.posted, cells=cells)
    if form.is_valid():
        data = form.cleaned_data
        code, outside = data["goal"] or data["goal_code"].strip(), data["outside"].strip()

        def record() -> Member:
            common = {"day": data["day"], "temporary": data["temporary"], "decision": form.decision()}
            if outside:
                transfer_out(act=desk.act, member=member, outside=outside, **common)
            else:
                send_member(act=desk.act, member=member, to_unit=find_cell(code, today=desk.act.today), **common)
            return member

        if _try(form, record):
            words = f"Đã ghi chuyển sinh hoạt của {member.full_name} đến {outside}."
            if code:
                words = (
                    f"Đã ghi giới thiệu {member.full_name} đến {code}. Đảng viên vẫn tính ở chi bộ cũ đến khi nơi đến "
                    "tiếp nhận."
                )
            return _saved(desk, words, member)
    page = RecordPage(
        "Chuyển sinh hoạt đảng",
        member.full_name,
        "Ghi chuyển sinh hoạt",
        desk.url("members:member", uid),
    )
    return _form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def accept(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that the receiving cell accepted a member who is on the way."""
    letter = find_letter(desk.act.user, uid, today=desk.act.today)
    assert letter.to_unit is not None
    require(desk.act, "members_record", [letter.to_unit])
    form = DayForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        day = form.cleaned_data["day"]
        if _try(form, lambda: receive_member(act=desk.act, sent=letter, day=day).member):
            words = f"Đã ghi tiếp nhận {letter.member.full_name} ngày {format_date(day)}."
            return _saved(desk, words, letter.member)
    page = RecordPage(
        "Tiếp nhận đảng viên",
        f"{letter.member.full_name}, giới thiệu ngày {format_date(letter.effective_date)}",
        "Tiếp nhận",
        desk.url("members:on_the_way"),
        note="Từ ngày tiếp nhận, đảng viên được tính ở chi bộ nơi đến.",
    )
    return _form_page(desk, page, form)


@screen("members", right="members_view", methods=BOTH)
def recognise(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that a probationary member became an official one."""
    member = find_member(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [member.unit])
    form = RecognitionForm(desk.posted)
    if form.is_valid():
        day, decision = form.cleaned_data["day"], form.decision()
        if _try(form, lambda: recognise_member(act=desk.act, member=member, day=day, decision=decision).member):
            return _saved(desk, f"Đã ghi công nhận chính thức {member.full_name} ngày {format_date(day)}.", member)
    page = RecordPage(
        "Công nhận đảng viên chính thức", member.full_name, "Ghi công nhận", desk.url("members:member", uid)
    )
    return _form_page(desk, page, form)


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
        if _try(form, lambda: record_discipline(act=desk.act, drafts=[draft])[0].member):
            words = f"Đã ghi kỷ luật {draft.form.label.lower()} đối với {member.full_name}."
            return _saved(desk, words, member)
    page = RecordPage(
        "Ghi kỷ luật",
        member.full_name,
        "Ghi kỷ luật",
        desk.url("members:member", uid),
        warning="Hình thức khai trừ đồng thời ghi ra khỏi Đảng cùng ngày.",
    )
    return _form_page(desk, page, form)


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

        if _try(form, record):
            done = "Đã bỏ" if data["how"] == "void" else "Đã đính chính"
            words = f"{done} lần ghi «{entry.get_kind_display().lower()}» của {entry.member.full_name}."
            return _saved(desk, words, entry.member)
    day = PartialDate(entry.effective_date, Precision(entry.effective_precision))
    taken = getattr(entry, "corrected_by", None)
    page = RecordPage(
        "Đính chính lần ghi",
        f"{entry.get_kind_display()} ngày {day}, {entry.member.full_name}",
        "Ghi đính chính",
        desk.url("members:member", entry.member.uid),
        note="Lần ghi cũ vẫn còn trong quá trình, gạch ngang, kèm tên người đính chính.",
        warning=f"{taken.actor.full_name} đã đính chính lần ghi này ngày {taken.recorded_at:%d/%m/%Y}."
        if taken
        else "",
    )
    return _form_page(desk, page, form)
