"""Members on probation with their clocks, the cell's review and the recognition that follows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.operations import Happening, write_trail
from giaoban.apps.members.models import Member
from giaoban.apps.members.operations import recognise_after_probation, review_probation
from giaoban.apps.members.queries.clocks import probation_end
from giaoban.apps.members.queries.file import find_member
from giaoban.apps.members.queries.parts import WHOLE
from giaoban.apps.members.queries.probation import ProbationLine, last_review, on_probation
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.organizations.permissions import require
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Pager, RecordPage, Sign
from giaoban.web.forms import DayField, attempt
from giaoban.web.members.candidate_forms import ReviewForm
from giaoban.web.members.forms import DecisionForm
from giaoban.web.members.record_page import BOTH, form_page
from giaoban.web.obligations.lines import sign_of, when_words

PAGE = 100


@dataclass(frozen=True, slots=True)
class ProbationRow:
    """A line of the list."""

    name: str
    url: str
    unit: str
    since: str
    ends: str
    due: str
    sign: Sign
    mend_url: str
    mend: str


def _row(desk: Desk, line: ProbationLine, may_record: bool) -> ProbationRow:
    duty = line.duty
    sign = Sign("off", "○", f"còn {format_number(line.days)} ngày dự bị")
    if line.reviewed is not None:
        sign = Sign("late", "◐", f"chi bộ đã xét {format_date(line.reviewed)}, chờ quyết định")
    elif duty is not None and line.days <= 0:
        sign = Sign(sign_of(duty).tone, sign_of(duty).sign, when_words(duty) or sign_of(duty).word)
    over = line.days <= 0 and may_record
    return ProbationRow(
        name=line.full_name,
        url=desk.url("members:member", line.uid),
        unit=line.unit.place,
        since=format_date(line.since),
        ends=format_date(line.ends),
        due=format_date(duty.last_day) if duty is not None else "",
        sign=sign,
        mend_url=desk.url("members:review", line.uid) if over else "",
        mend="Ghi quyết định" if line.reviewed is not None else "Ghi chi bộ xét",
    )


@screen("members", right="members_view")
def probation(desk: Desk) -> HttpResponse:
    """Show who is on probation page by page, those whose twelve months are over first.

    ``in=tat-ca`` gives the list whole, for paper, and notes who took it (D16).
    """
    asked = desk.request.GET.get("trang") or ""
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1
    everything = desk.request.GET.get("in") == "tat-ca"
    act = desk.act
    found = on_probation(act.user, desk.unit, today=act.today, rows=WHOLE if everything else _stretch(number))
    pages = max(1, -(-found.total // PAGE))
    if number > pages and not everything:  # a page beyond the last gives the last
        number = pages
        found = on_probation(act.user, desk.unit, today=act.today, rows=_stretch(number))
    if everything:
        detail = {"rows": found.total, "list": "probation"}
        write_trail(act, [Happening("members.worklist_printed", "unit", str(desk.unit.uid), desk.card.code, detail)])

    def turn(page: int) -> str:
        inside = 1 <= page <= pages and not everything
        return desk.url("members:probation", query={"trang": str(page)}) if inside else ""

    may_record = desk.may("members_record")
    words = f"{format_number(found.total)} người" + (
        f", trang {number}/{pages}" if pages > 1 and not everything else ""
    )
    context = {
        "rows": tuple(_row(desk, line, may_record) for line in found.rows),
        "said": f"{format_number(found.total)} đảng viên dự bị, {format_number(found.over)} đã hết thời gian dự bị",
        "pager": Pager(words, turn(number - 1), turn(number + 1)),
        "as_of": format_date(act.today),
        "candidates_url": desk.url("members:candidates"),
        "papers_url": desk.url("papers:write", "recognition") if may_record else "",
        "all_url": desk.url("members:probation", query={"in": "tat-ca"}) if pages > 1 and not everything else "",
    }
    return desk.render("members/probation.html", context, part="list")


def _stretch(number: int) -> slice:
    return slice((number - 1) * PAGE, number * PAGE)


class RecognitionDecisionForm(DecisionForm):
    """The decision that recognises; it holds from the end of the twelfth month."""

    places = {"Ngày công nhận chính thức": "day"}
    day = DayField(label="Công nhận chính thức từ ngày")
    decision_issuer = forms.CharField(
        label="Cơ quan ra quyết định",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["day", "decision_number", "decision_date", "decision_issuer"]

    def decision(self) -> Decision:
        """Return the decision that was typed, with its issuer."""
        data = self.cleaned_data
        return Decision(data["decision_number"].strip(), data["decision_date"], data["decision_issuer"].strip())


@screen("members", right="members_view", methods=BOTH)
def review(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that the cell reviewed somebody whose probation is over; once it proposed to recognise, the decision."""
    found = find_member(desk.act.user, uid, today=desk.act.today)
    require(desk.act, "members_record", [found.unit])
    ends = probation_end(found)
    reviewed = last_review(found, since=ends) if ends is not None else None
    told = f"{found.full_name}, hết thời gian dự bị ngày {format_date(ends)}" if ends else found.full_name
    if reviewed is not None and reviewed.official:
        return _decide(desk, found, told)
    form = ReviewForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data
        number = data["number"].strip()

        def record() -> Member:
            decision = Decision(number, data["day"] if number else None, "")
            review_probation(act=desk.act, member=found, day=data["day"], fit=data["fit"] == "yes", decision=decision)
            return found

        if attempt(form, record):
            messages.info(desk.request, f"Đã ghi chi bộ xét {found.full_name} ngày {format_date(data['day'])}.")
            return HttpResponseRedirect(desk.url("members:probation"))
    page = RecordPage(
        "Chi bộ xét công nhận chính thức",
        told,
        "Ghi chi bộ xét",
        desk.url("members:probation"),
        note="Dù xét muộn, đảng viên vẫn được công nhận từ ngày hết tháng thứ mười hai (294-QĐ/TW, mục 4.2).",
        warning=f"Ngày {format_date(reviewed.effective_date)} chi bộ đã xét và không đề nghị công nhận."
        if reviewed
        else "",
    )
    return form_page(desk, page, form)


def _decide(desk: Desk, found: Member, told: str) -> HttpResponse:
    form = RecognitionDecisionForm(desk.posted, initial={"day": probation_end(found)})
    if form.is_valid():
        day, decision = form.cleaned_data["day"], form.decision()
        if attempt(
            form, lambda: recognise_after_probation(act=desk.act, member=found, decision=decision, day=day).member
        ):
            words = f"Đã ghi công nhận chính thức {found.full_name} từ ngày {format_date(day)}."
            messages.info(desk.request, words)
            return HttpResponseRedirect(desk.url("members:probation"))
    page = RecordPage(
        "Quyết định công nhận đảng viên chính thức",
        told,
        "Ghi công nhận",
        desk.url("members:probation"),
        note="Ngày công nhận tính từ khi hết tháng thứ mười hai, dù quyết định ký muộn hơn (294-QĐ/TW, mục 4.2).",
    )
    return form_page(desk, page, form)
