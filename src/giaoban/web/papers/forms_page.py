"""The words of one form: read them and what they make, take up an older text, let one's own hold from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import HANOI
from giaoban.apps.papers.forms import FIELDS, parse_form
from giaoban.apps.papers.operations import set_paper_form
from giaoban.apps.papers.queries.forms import form_for
from giaoban.apps.papers.queries.preview import preview_paper
from giaoban.apps.papers.queries.versions import FormVersion, form_state, form_versions
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Sign
from giaoban.web.forms import DayField, OfficeForm, attempt
from giaoban.web.reporting.paper import Paper, paper_of


class FormTextForm(OfficeForm):
    """The text of a form and from when it holds."""

    text = forms.CharField(
        label="Nội dung mẫu",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 28, "class": "code", "spellcheck": "false"}),
        help_text="Dòng trống ngăn hai đoạn; «- » đầu dòng là căn cứ; «^ » là dòng giữa trang; {ho_ten} là trường",
    )
    start = DayField(label="Dùng từ ngày")
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One text that the form had, has or will have."""

    days: str
    owner: str
    who: str
    state: Sign | None
    url: str
    opened: bool


@screen("papers", right="members_record", methods=("GET", "POST"))
def form_text(desk: Desk, code: str) -> HttpResponse:
    """Show a form as it holds today for the chosen unit, and its other texts; those who manage organisations may change
    it. A POST with ``xem`` shows what the text in the form makes and records nothing.
    """
    held = form_for(code, desk.unit, day=desk.act.today)
    versions = form_versions(held, desk.unit, day=desk.act.today)
    may_change = desk.may("organizations_manage")
    posted = desk.posted
    if posted is not None:
        desk.require("organizations_manage")
    opened = next((one for one in versions if one.key == desk.request.GET.get("ban", "")), None)
    text = opened.text if opened else held.text
    start = max(desk.act.today, opened.since) if opened and opened.owner else desk.act.today
    state = form_state(code, desk.unit)
    form = FormTextForm(posted, initial={"text": text, "start": start, "seen": state})
    looking = posted is not None and "xem" in posted
    if posted is not None and not looking and form.is_valid() and _record(desk, code, form):
        return HttpResponseRedirect(desk.url("papers:form", code))
    context = {
        "held": held,
        "owner": next((f"{_owner(one)}, dùng từ {format_date(one.since)}" for one in versions if one.in_force), ""),
        "opened": _days(opened) if opened and posted is None else "",
        "versions": tuple(_version(desk, code, one, opened) for one in versions),
        "fields": tuple(sorted(FIELDS[held.form.about].items())),
        "form": form,
        "paper": _preview(desk, form, text),
        "may_change": may_change,
        "back_url": desk.url("papers:home"),
    }
    form.point_at_first_error()
    return desk.render("papers/form.html", context, status=422 if form.errors else 200)


def _record(desk: Desk, code: str, form: FormTextForm) -> bool:
    """Keep the text; False, with what is wrong beside its field, where it is refused."""
    data = form.cleaned_data

    def refuse(error: GiaobanError) -> None:
        form.refuse(error)
        # Who was told may compare and record again: the next attempt answers for what stands there now.
        again = desk.request.POST.copy()
        again["seen"] = form_state(code, desk.unit)
        form.data = again

    keep = partial(
        set_paper_form,
        act=desk.act,
        owner=desk.unit,
        code=code,
        text=data["text"],
        start=data["start"],
        seen=data["seen"],
    )
    kept = attempt(refuse, keep)
    if kept is None:
        return False
    title = parse_form(kept.text).title
    messages.info(desk.request, f"Đã ghi mẫu «{title}», dùng từ {format_date(kept.valid_from)} tại {desk.card.name}.")
    return True


def _preview(desk: Desk, form: FormTextForm, text: str) -> Paper | None:
    """The paper that the text makes; None, with what is wrong beside it, where it makes none."""
    day = desk.act.today
    if form.is_bound:
        text = form.data.get("text", "")
        day = form.cleaned_data.get("start", day) if form.is_valid() else day
    try:
        made = parse_form(text.replace("\r\n", "\n"), where="Nội dung mẫu")
        document = preview_paper(made, desk.unit, day=day, period=desk.period)
    except GiaobanError as error:
        if form.is_bound and not form.errors:
            form.refuse(error)
        return None
    return paper_of(document, lambda _number: "")


def _owner(one: FormVersion) -> str:
    return f"{one.owner} sửa" if one.owner else "mẫu gốc"


def _days(one: FormVersion) -> str:
    if not one.owner:
        return "mẫu gốc của phần mềm"
    until = f" đến trước {format_date(one.until)}" if one.until else ""
    return f"bản dùng từ {format_date(one.since)}{until}"


def _version(desk: Desk, code: str, one: FormVersion, opened: FormVersion | None) -> VersionRow:
    coming = one.since > desk.act.today
    return VersionRow(
        _days(one),
        one.owner,
        f"{one.set_by}, {one.set_at.astimezone(HANOI):%H:%M %d/%m/%Y}" if one.set_at else "",
        Sign("good", "●", "đang dùng") if one.in_force else Sign("late", "◐", "sẽ dùng") if coming else None,
        desk.url("papers:form", code, query={"ban": one.key}),
        one is opened,
    )
