"""The notice of a briefing: read it as it will be printed, write the office's own words, take it away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.organizations.permissions import may
from giaoban.apps.reporting.operations import keep_notice_text, write_notice
from giaoban.apps.reporting.queries.briefing import BriefingOrder, briefing_document, usual_day
from giaoban.apps.reporting.queries.notice_texts import SLOTS, KeptText, issued_notice, kept_texts
from giaoban.core.errors import InvalidInput
from giaoban.web.access import Desk, screen
from giaoban.web.forms import DayField, OfficeForm, attempt, sentence
from giaoban.web.http import as_file
from giaoban.web.members.record_page import BOTH
from giaoban.web.reporting.paper import paper_of
from giaoban.writer.blocks import Number

_DEGREE_MISSING = "Chưa chọn độ mật của văn bản. Hãy chọn rồi tải về."
_SECRET = (
    "Văn bản mật trở lên không lập ở đây: hãy soạn trên giấy hoặc trên máy độc lập, ở đây chỉ ghi số, ngày và nơi giữ."
)
_LABELS = {"assessment": "Đánh giá chung", "shortcomings": "Hạn chế khác", "remarks": "Nhiệm vụ, yêu cầu khác"}


class WordsForm(OfficeForm):
    """The office's own words; beside each the version that the person started from."""

    def __init__(self, *args: Any, kept: dict[str, KeptText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slot, guidance in SLOTS.items():
            known = kept.get(slot, KeptText("", 0))
            self.fields[slot] = forms.CharField(
                label=_LABELS[slot],
                required=False,
                help_text=guidance,
                initial=known.text,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[f"seen-{slot}"] = forms.IntegerField(
                initial=known.version, required=False, widget=forms.HiddenInput
            )


class TakeForm(OfficeForm):
    """The day of issue, the number where it was given, and the degree of secrecy (decision D16)."""

    places = {"Số": "number"}
    dated = DayField(label="Ngày ban hành", help_text="")
    number = forms.IntegerField(label="Số", required=False, min_value=1, help_text="Để trống khi còn là dự thảo")
    degree = forms.ChoiceField(
        label="Độ mật",
        required=False,
        choices=[("", "Chọn…"), ("none", "Không mật"), ("secret", "Mật trở lên")],
    )


def _order(desk: Desk) -> BriefingOrder:
    issued = issued_notice(desk.unit, desk.period)
    return BriefingOrder(
        desk.unit,
        desk.period,
        usual_day(desk.period, desk.act.today),
        desk.act.today,
        issued.number if issued is not None else None,
    )


@screen("meetings", right="reports_write", methods=BOTH)
def notice(desk: Desk) -> HttpResponse:
    """Show the notice of the chosen committee and period; a form keeps the office's own words."""
    form = WordsForm(desk.posted, kept=kept_texts(desk.unit, desk.period))
    if form.is_valid() and _keep(desk, form):
        messages.info(desk.request, "Đã giữ nội dung.")
        return HttpResponseRedirect(desk.url("conferences:notice"))
    return _shown(desk, form)


def _keep(desk: Desk, form: WordsForm) -> bool:
    data = form.cleaned_data

    def keep() -> bool:
        for slot in SLOTS:
            seen = data.get(f"seen-{slot}") or 0
            keep_notice_text(act=desk.act, unit=desk.unit, period=desk.period, slot=slot, text=data[slot], seen=seen)
        return True

    return attempt(lambda error: form.add_error(None, sentence(error)), keep) or False


def _shown(desk: Desk, form: WordsForm, take: TakeForm | None = None) -> HttpResponse:
    order = _order(desk)

    def url(number: Number) -> str:
        return desk.url("home:entries", number.measure) if not number.measure.startswith("board:") else ""

    context: dict[str, Any] = {"form": form, "list_url": desk.url("conferences:list")}
    refused = bool(form.is_bound and form.errors) or bool(take is not None and take.errors)
    try:
        context["paper"] = paper_of(briefing_document(order), url if desk.may("figures_view") else lambda _number: "")
    except InvalidInput as error:
        context["unkept"] = sentence(error)
        return desk.render("conferences/notice.html", context, status=422 if refused else 200)
    if may(desk.act.user, "reports_write", desk.unit, today=desk.act.today):
        context |= {
            "take": take or TakeForm(initial={"dated": order.dated, "number": order.number}),
            "take_url": desk.url("conferences:take_notice"),
            "words_url": desk.url("conferences:notice"),
            "issued": order.number,
        }
    return desk.render("conferences/notice.html", context, status=422 if refused else 200)


@screen("meetings", right="reports_write", methods=("POST",))
def take_notice(desk: Desk) -> HttpResponse:
    """Give the notice as a Word file; with a number its lists are kept as they stand."""
    take = TakeForm(desk.request.POST)
    if take.is_valid():
        degree = take.cleaned_data["degree"]
        if degree != "none":
            take.add_error("degree", _SECRET if degree == "secret" else _DEGREE_MISSING)
        else:
            order = BriefingOrder(
                desk.unit, desk.period, take.cleaned_data["dated"], desk.act.today, take.cleaned_data["number"]
            )
            try:
                written = write_notice(act=desk.act, order=order, file_format="docx")
            except InvalidInput as error:
                take.refuse(error)
            else:
                return as_file(written.content, written.file_name)
    return _shown(desk, WordsForm(kept=kept_texts(desk.unit, desk.period)), take)
