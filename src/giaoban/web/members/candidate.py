"""One candidate's page: what was done, the next step with its form, clocks, the dossier; one screen on a telephone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import day_of
from giaoban.apps.members.candidate_walk import DATED_BY, STEPS, CandidateThread
from giaoban.apps.members.models import (
    Candidate,
    CandidateEvent,
    CandidateState,
    Member,
)
from giaoban.apps.members.operations import CandidateEntryDraft, record_candidate_step
from giaoban.apps.members.queries.candidates import CandidateFile, candidate_file, cell_officials, find_candidate
from giaoban.apps.members.queries.dossiers import papers_of
from giaoban.apps.members.queries.named import members_named
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import rights_at
from giaoban.apps.organizations.queries.outline import way_up
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.core.dates_vi import format_date
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.forms import attempt
from giaoban.web.members.candidate_forms import StepForm
from giaoban.web.members.candidates import STATE_SIGNS
from giaoban.web.members.forms import Choices
from giaoban.web.members.record_page import BOTH
from giaoban.web.obligations.lines import DutyLine, duty_lines

E = CandidateEvent


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the thread: done (with its days and papers), next, or still ahead."""

    label: str
    sign: Sign
    lines: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper of the dossier."""

    code: str
    label: str
    filed: bool
    needed: bool
    by_step: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the journal, in the shape of the timeline."""

    iso: str
    day: str
    what: str
    where: str
    decision: str
    who: str
    void: bool
    correct_url: str


@dataclass(frozen=True, slots=True)
class CandidatePageView:
    """One candidate's page."""

    name: str
    about: str
    state: Sign
    way: tuple[Link, ...]
    member_url: str
    papers_url: str
    duties: tuple[DutyLine, ...]
    next_label: str
    form_url: str
    other_steps: tuple[Link, ...]
    steps: tuple[StepRow, ...]
    papers: tuple[PaperRow, ...]
    missing: str
    dossier_url: str
    may_record: bool
    history: tuple[HistoryLine, ...]


@screen("members", right="members_view", methods=BOTH)
def candidate(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show one candidate, and record the next step."""
    act = desk.act
    found = find_candidate(act.user, uid, today=act.today)
    file = candidate_file(act.user, found, today=act.today)
    may_record = "members_record" in rights_at(act.user, found.unit, today=act.today)
    kind = _chosen(desk, file)
    form = _form(desk, found, kind, file.thread) if kind is not None and may_record else None
    if desk.posted is not None:
        require(act, "members_record", [found.unit])
    if form is not None and kind is not None and form.is_valid() and _record(desk, found, kind, form):
        return HttpResponseRedirect(desk.url("members:candidate", uid))
    if form is not None:
        form.point_at_first_error()
    page = _page(desk, found, file, kind, may_record)
    status = 422 if form is not None and form.errors else 200
    return desk.render("members/candidate.html", {"page": page, "form": form}, status=status)


def _chosen(desk: Desk, file: CandidateFile) -> CandidateEvent | None:
    """The step whose form is shown: the one that was sent, the one that was asked for, else the next."""
    sent = desk.posted.get("buoc", "") if desk.posted is not None else desk.request.GET.get("buoc", "")
    if desk.posted is not None and sent in E.values:
        return E(sent)  # also one that somebody else has recorded meanwhile: the operation tells by whom
    if sent in file.next_steps:
        return E(sent)
    return file.next_steps[0] if file.next_steps else None


def _admits(found: Candidate, kind: CandidateEvent, desk: Desk) -> bool:
    """Whether recording the step now would enter the person as a member."""
    if kind not in (E.DECIDED, E.CEREMONY) or found.state == CandidateState.ADMITTED:
        return False
    by_ceremony = rule_for(DATED_BY, found.unit, desk.act.today).value == "ceremony"
    return by_ceremony == (kind == E.CEREMONY)


def _form(desk: Desk, found: Candidate, kind: CandidateEvent, thread: CandidateThread) -> StepForm:
    sponsors: Choices = []
    initial: dict[str, object] = {"day": desk.act.today}
    if kind in (E.SPONSORED, E.CELL_RESOLVED):
        officials = cell_officials(desk.act.user, found.unit, today=desk.act.today)
        known = {fact.sponsor for fact in thread.steps.get(E.SPONSORED, [])}
        sponsors = [
            (str(one.uid), f"{one.full_name} ({one.birth_date.year})") for one in officials if one.pk not in known
        ]
        if kind == E.CELL_RESOLVED:
            initial["votes_of"] = len(officials) or None
    return StepForm(desk.posted, kind=kind, sponsors=sponsors, admits=_admits(found, kind, desk), initial=initial)


def _record(desk: Desk, found: Candidate, kind: CandidateEvent, form: StepForm) -> bool:
    data, act = form.cleaned_data, desk.act

    def record() -> bool:
        draft = CandidateEntryDraft(
            found,
            kind,
            data["day"],
            form.decision(),
            _sponsor(desk, found, form),
            (data.get("sponsor_body") or "").strip(),
            data.get("votes_for"),
            data.get("votes_of"),
            form.numbers(),
        )
        record_candidate_step(act=act, draft=draft)
        return True

    was_admitted = found.state == CandidateState.ADMITTED
    if not attempt(form, record):
        return False
    words = f"Đã ghi «{kind.label}» của {found.full_name} ngày {format_date(data['day'])}."
    if found.state == CandidateState.ADMITTED and not was_admitted:
        words += f" {found.full_name} đã vào sổ đảng viên, là đảng viên dự bị."
    messages.info(desk.request, words)
    return True


def _sponsor(desk: Desk, found: Candidate, form: StepForm) -> Member | None:
    data, act = form.cleaned_data, desk.act
    if uid := data.get("sponsor"):
        return Member.objects.visible_to(act.user, today=act.today).get(uid=uid)
    if text := (data.get("sponsor_text") or "").strip():
        [member] = members_named(act.user, found.unit, [text], day=data["day"], today=act.today)
        return member
    return None


def _page(
    desk: Desk, found: Candidate, file: CandidateFile, kind: CandidateEvent | None, may_record: bool
) -> CandidatePageView:
    act, uid = desk.act, found.uid
    papers = papers_of(found, day=act.today)
    missing = [one.kind.label for one in papers if one.kind.needed and not one.filed]
    step = f"buoc={kind.value}" if kind is not None else ""
    return CandidatePageView(
        name=found.full_name,
        about=f"Sinh {found.birth_date.year}",
        state=STATE_SIGNS[CandidateState(found.state)],
        way=tuple(
            Link(one.short_name or one.name, desk.url("organizations:unit", one.code))
            for one in way_up(act.user, found.unit, day=act.today, today=act.today)
        ),
        member_url=desk.url("members:member", found.member.uid) if found.member is not None else "",
        papers_url=desk.url("papers:write", "admission") if may_record else "",
        duties=duty_lines(desk, file.duties),
        next_label=kind.label if kind is not None else "",
        form_url=f"{desk.url('members:candidate', uid)}&{step}#buoc-tiep",
        other_steps=tuple(
            Link(
                one.label[0].lower() + one.label[1:],
                desk.url("members:candidate", uid, query={"buoc": one.value}) + "#buoc-tiep",
            )
            for one in file.next_steps
            if one != kind
        ),
        steps=tuple(_step(file, one) for one in _shown(file)),
        papers=tuple(
            PaperRow(one.kind.code, one.kind.label, one.filed, one.kind.needed, one.by_step) for one in papers
        ),
        missing=", ".join(label[0].lower() + label[1:] for label in missing),
        dossier_url=desk.url("members:dossier", uid),
        may_record=may_record,
        history=tuple(
            HistoryLine(
                one.day.day.isoformat(),
                str(one.day),
                one.what,
                "",
                one.decision,
                f"{one.recorded_by} ghi ngày {day_of(one.recorded_at):%d/%m/%Y}"
                + (f", nhập giúp {one.entered_for}" if one.entered_for else "")
                + ("; lần ghi đính chính" if one.replaces else "")
                + ("; đã đính chính" if one.corrected else ""),
                one.corrected,
                desk.url("members:correct_step", one.uid) if may_record and not one.corrected else "",
            )
            for one in file.entries
        ),
    )


def _shown(file: CandidateFile) -> tuple[CandidateEvent, ...]:
    """Every step to the ceremony that this cell has to go, and that it was stopped."""
    steps: list[CandidateEvent] = [
        one for one in STEPS if one != E.BASE_RESOLVED or file.base_resolves or file.thread.has(one)
    ]
    if file.thread.has(E.STOPPED):
        steps = [*(one for one in steps if file.thread.steps.get(one)), E.STOPPED]
    return tuple(steps)


def _step(file: CandidateFile, kind: CandidateEvent) -> StepRow:
    thread = file.thread
    if thread.has(kind):
        sign = Sign("good", "●", "đã xong") if kind != E.STOPPED else Sign("off", "○", "thôi xem xét")
    elif thread.steps.get(kind):
        sign = Sign("late", "◐", "chưa đủ")
    elif kind in file.next_steps[:1]:
        sign = Sign("late", "→", "tiếp theo")
    else:
        sign = Sign("off", "○", "chưa đến")
    # A correction has the same uid nowhere else: what stands is what was not corrected.
    lines = [
        f"{one.day}: {one.what.partition(': ')[2] or one.what.partition(', ')[2]}".rstrip(": ")
        + (f" · {one.decision}" if one.decision else "")
        for one in reversed(file.entries)
        if not one.corrected and file.kinds[one.uid] == kind
    ]
    return StepRow(kind.label, sign, tuple(lines), tuple(thread.warnings.get(kind, [])))
