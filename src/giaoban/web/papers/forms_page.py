"""The words of one form: read them, see which fields there are, let one's own text hold from a day on."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.papers.forms import FIELDS
from giaoban.apps.papers.operations import set_paper_form
from giaoban.apps.papers.queries.forms import form_for
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError, NotAllowed, NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.forms import DayField, OfficeForm


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


@screen("papers", right="members_record", methods=("GET", "POST"))
def form_text(desk: Desk, code: str) -> HttpResponse:
    """Show a form as it holds today for the chosen unit; those who manage organisations may change it."""
    held = form_for(code, desk.unit, day=desk.act.today)
    may_change = desk.may("organizations_manage")
    posted = desk.posted
    if posted is not None:
        desk.require("organizations_manage")
    form = FormTextForm(posted, initial={"text": held.text, "start": desk.act.today, "seen": held.text})
    if posted is not None and form.is_valid():
        data = form.cleaned_data
        try:
            kept = set_paper_form(
                act=desk.act,
                owner=desk.unit,
                code=code,
                text=data["text"],
                start=data["start"],
                seen=data["seen"],
            )
        except (NotAllowed, NotFound):
            raise
        except GiaobanError as error:
            form.refuse(error)
        else:
            words = f"Đã ghi mẫu «{held.form.title}», dùng từ {format_date(kept.valid_from)} tại {desk.card.name}."
            messages.info(desk.request, words)
            return HttpResponseRedirect(desk.url("papers:form", code))
    context = {
        "held": held,
        "owner": f"{held.owner} sửa, dùng từ {format_date(held.since)}" if held.owner else "mẫu gốc",
        "fields": tuple(sorted(FIELDS[held.form.about].items())),
        "form": form,
        "may_change": may_change,
        "back_url": desk.url("papers:home"),
    }
    form.point_at_first_error()
    return desk.render("papers/form.html", context, status=422 if form.errors else 200)
