"""Candidates: the list with the step each has reached, and the page of one: steps, the next one's form, the dossier."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from giaoban.apps.audit.act import day_of
from giaoban.apps.members.models import CandidateEvent, CandidateState
from giaoban.apps.members.operations import (
    CandidateDraft,
    add_candidate,
    redate_candidate_entry,
    tick_dossier,
    void_candidate_entry,
)
from giaoban.apps.members.queries.candidates import (
    PAGE,
    CandidateLine,
    find_candidate,
    find_candidate_entry,
    list_candidates,
)
from giaoban.apps.members.sheets.candidates import export_candidates
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import find_unit
from giaoban.apps.organizations.queries.outline import outline
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager, RecordPage, Sign
from giaoban.web.forms import attempt
from giaoban.web.http import as_file
from giaoban.web.members.candidate_forms import CandidateForm, CandidateListForm, StepCorrectionForm
from giaoban.web.members.record_page import BOTH, cells_of, form_page
from giaoban.web.obligations.lines import sign_of, when_words

_ALL = 5_000
STATE_SIGNS = {
    CandidateState.PREPARING: Sign("late", "◐", "đang xem xét"),
    CandidateState.ADMITTED: Sign("good", "●", "đã kết nạp"),
    CandidateState.STOPPED: Sign("off", "○", "thôi xem xét"),
}


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A line of the list."""

    url: str
    name: str
    birth: str
    unit: str
    reached: str
    reached_on: str
    next: str
    due: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class CandidateListPage:
    """One page of the list."""

    rows: tuple[CandidateRow, ...]
    pager: Pager
    nothing: str
    as_of: str
    base_url: str
    actions: tuple[Link, ...]
    all_url: str
    export_url: str


def _row(desk: Desk, line: CandidateLine) -> CandidateRow:
    sign = STATE_SIGNS[CandidateState(line.state)]
    if line.duty is not None:
        sign = Sign(sign_of(line.duty).tone, sign_of(line.duty).sign, when_words(line.duty))
    return CandidateRow(
        url=desk.url("members:candidate", line.uid),
        name=line.full_name,
        birth=str(line.birth_year),
        unit=line.unit.place,
        reached=line.reached.kind.label if line.reached else "Chưa ghi bước nào",
        reached_on=format_date(line.reached.day) if line.reached else "",
        next=line.next.label if line.next and line.next != CandidateEvent.STOPPED else "",
        due=format_date(line.duty.last_day) if line.duty else "",
        sign=sign,
    )


@screen("members", right="members_view")
def candidate_list(desk: Desk) -> HttpResponse:
    """Show the candidates of the cells at or under the chosen unit, with the step each has reached."""
    form = CandidateListForm(desk.request.GET)
    form.is_valid()
    text, state = form.cleaned_data.get("tim") or "", form.cleaned_data.get("dien") or ""
    query = {"tim": text, "dien": state}
    number = desk.request.GET.get("trang") or ""
    everything = desk.request.GET.get("in") == "tat-ca"
    found = list_candidates(
        desk.act.user,
        desk.unit,
        today=desk.act.today,
        text=text,
        state=state,
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
        size=_ALL if everything else PAGE,
    )
    words = f"{format_number(found.total)} người"
    if found.pages > 1:
        words = f"Từ {format_number(found.first)} đến {format_number(found.first + len(found.lines) - 1)} trong {words}"

    def turn(page: int) -> str:
        return desk.url("members:candidates", query={**query, "trang": str(page)}) if 1 <= page <= found.pages else ""

    actions = [Link("Thêm người", desk.url("members:new_candidate"))] if desk.may("members_record") else []
    actions.append(Link("Đảng viên dự bị", desk.url("members:probation")))
    page = CandidateListPage(
        rows=tuple(_row(desk, line) for line in found.lines),
        pager=Pager(words, turn(found.page - 1), turn(found.page + 1)),
        nothing=f"Không có ai khớp với «{text}»." if text else "Chưa có ai trong danh sách này.",
        as_of=format_date(desk.act.today),
        base_url=reverse("members:candidates"),
        actions=tuple(actions),
        all_url=desk.url("members:candidates", query={**query, "in": "tat-ca"}) if found.pages > 1 else "",
        export_url=desk.url("members:export_candidates") if desk.may("members_record") else "",
    )
    return desk.render("members/candidates.html", {"page": page, "form": CandidateListForm(initial=query)}, part="list")


@screen("members", right="members_record", methods=BOTH)
def new_candidate(desk: Desk) -> HttpResponse:
    """Enter a person whom a cell at or below the chosen unit begins to consider."""
    form = CandidateForm(desk.posted, cells=cells_of(outline(desk.unit, day=desk.act.today)))
    if form.is_valid():
        data = form.cleaned_data
        cell = find_unit(desk.act.user, data["cell"], today=desk.act.today)
        draft = CandidateDraft(data["full_name"], data["birth"], cell, data["sex"])
        if made := attempt(form, lambda: add_candidate(act=desk.act, draft=draft)):
            messages.info(desk.request, f"Đã thêm {made.full_name}. Ghi bước đầu tiên ở dưới.")
            return HttpResponseRedirect(desk.url("members:candidate", made.uid))
    page = RecordPage(
        "Thêm người được xem xét kết nạp",
        desk.card.name,
        "Thêm người",
        desk.url("members:candidates"),
        note="Chỉ ghi những gì giấy tờ kết nạp cần. Tài liệu thẩm tra lưu trên giấy, ở đây chỉ ghi số và ngày.",
    )
    return form_page(desk, page, form)


@screen("members", right="members_view", methods=("POST",))
def dossier(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record which papers of a dossier are there."""
    found = find_candidate(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [found.unit])
    sent = desk.request.POST
    changed = tick_dossier(
        act=desk.act, candidate=found, shown=set(sent.getlist("co")), ticked=set(sent.getlist("giay"))
    )
    words = f"Đã ghi {format_number(len(changed))} giấy tờ." if changed else "Không có giấy tờ nào thay đổi."
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("members:candidate", uid))


@screen("members", right="members_view", methods=BOTH)
def correct_step(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Correct a step by a new entry: take it back, or give it the right day and paper."""
    entry = find_candidate_entry(desk.act.user, uid, today=desk.act.today)
    person, kind = entry.candidate, CandidateEvent(entry.kind)
    require(desk.act, "members_record", [person.unit])
    form = StepCorrectionForm(
        desk.posted,
        kind=kind,
        initial={
            "how": "replace",
            "day": entry.effective_date,
            "decision_number": entry.decision_number,
            "decision_date": entry.decision_date,
            "decision_issuer": entry.decision_issuer,
        },
    )
    if form.is_valid():
        data, decision = form.cleaned_data, form.decision()

        def record() -> bool:
            if data["how"] == "void":
                void_candidate_entry(act=desk.act, entry=entry)
            else:
                redate_candidate_entry(act=desk.act, entry=entry, day=data["day"], decision=decision)
            return True

        if attempt(form, record):
            done = "Đã bỏ" if data["how"] == "void" else "Đã đính chính"
            messages.info(desk.request, f"{done} bước «{kind.label}» của {person.full_name}.")
            return HttpResponseRedirect(desk.url("members:candidate", person.uid))
    taken = getattr(entry, "corrected_by", None)
    admits = kind in (CandidateEvent.DECIDED, CandidateEvent.CEREMONY)
    page = RecordPage(
        "Đính chính bước",
        f"{kind.label} ngày {format_date(entry.effective_date)}, {person.full_name}",
        "Ghi đính chính",
        desk.url("members:candidate", person.uid),
        note="Sổ đảng viên được đính chính theo: bỏ bước này thì việc kết nạp cũng được bỏ nếu chưa có việc gì khác."
        if admits
        else "Lần ghi cũ vẫn còn trong quá trình, gạch ngang, kèm tên người đính chính.",
        warning=f"{taken.actor.full_name} đã đính chính lần ghi này ngày {day_of(taken.recorded_at):%d/%m/%Y}."
        if taken
        else "",
    )
    return form_page(desk, page, form)


@screen("members", right="members_record", methods=("POST",))
def export(desk: Desk) -> HttpResponse:
    """Give the candidates and their steps as a filled template; the operation records who took them (D16)."""
    content = export_candidates(act=desk.act, unit=desk.unit)
    name = f"phat-trien-dang-vien-{desk.card.code}-{desk.act.today.isoformat()}.xlsx"
    return as_file(content, name)
