"""One reported number with its history: corrected or withdrawn, with the reason."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import day_of
from giaoban.apps.organizations.permissions import require
from giaoban.apps.reporting.models import ValueEntry
from giaoban.apps.reporting.operations import correct_value, void_values
from giaoban.apps.reporting.queries.figures import catalogue
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.figures import MARKS
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import OfficeForm, attempt, sentence
from giaoban.web.values.cells import read_cell


class EntryForm(OfficeForm):
    """Another number, or none; and why."""

    places = {"Lý do": "reason"}
    value = forms.CharField(
        label="Số đúng",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "text", "autocomplete": "off"}),
        help_text="Ví dụ 1.250 hoặc ước 1.250; để trống là rút số này",
    )
    reason = forms.CharField(label="Lý do", max_length=300)


@screen("home", right="figures_view", methods=("GET", "POST"))
def change(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show a number that was reported with what became of it; correct or withdraw it."""
    entry = (
        ValueEntry.objects.visible_to(desk.act.user, today=desk.act.today)
        .select_related("unit", "actor")
        .filter(uid=uid)
        .first()
    )
    if entry is None:
        raise NotFound("Không tìm thấy lần ghi này trong phạm vi của đồng chí")
    require(desk.act, "reports_fill", [entry.unit])
    initial = {"value": _number_words(entry.number, entry.mark)}
    form = EntryForm(desk.posted, initial=initial)
    if form.is_valid():
        said = attempt(
            lambda error: form.add_error("reason" if error.where == "Lý do" else "value", sentence(error)),
            lambda: _record(desk, entry, form),
        )
        if said is not None:
            messages.info(desk.request, said)
            return HttpResponseRedirect(desk.url("values:enter", unit=entry.unit.code))
    measure = catalogue()[entry.measure]
    dimension = measure.dimension(entry.dimension)
    what = f", {dimension.label_of(entry.code)}" if dimension is not None else ""
    page = RecordPage(
        f"Sửa số: {measure.label}{what}",
        f"{desk.card.name}, {format_date(entry.first_day)} - {format_date(entry.last_day)}",
        "Ghi",
        desk.url("values:enter", unit=entry.unit.code),
        note=_history(entry),
    )
    return desk.render("giaoban/record.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _record(desk: Desk, entry: ValueEntry, form: EntryForm) -> str:
    reason = form.cleaned_data["reason"]
    typed = read_cell(form.cleaned_data["value"])
    if typed.number is None:
        void_values(act=desk.act, entries=[entry], reason=reason)
        return "Đã rút số này; lần ghi vẫn còn trong nhật ký."
    if typed.of_total is not None:
        raise InvalidInput("Ở đây chỉ sửa một số", expected="một số, ví dụ 1.250")
    made = correct_value(act=desk.act, entry=entry, number=typed.number, mark=typed.mark, reason=reason)
    return f"Đã đính chính thành {_number_words(made.number, made.mark)}."


def _number_words(number: Decimal, mark: str) -> str:
    return f"{MARKS[mark]} {format_number(number)}" if mark else format_number(number)


def _history(entry: ValueEntry) -> str:
    """Tell the numbers before this one, the oldest last."""
    words, at = [], entry
    while True:
        said = (
            f"{_number_words(at.number, at.mark)}: {at.actor.full_name} ghi ngày {format_date(day_of(at.recorded_at))}"
        )
        words.append(f"{said} ({at.note})" if at.note else said)
        if at.corrects_id is None:
            return "Nhật ký: " + "; trước đó ".join(words) + "."
        at = ValueEntry.objects.select_related("actor").get(pk=at.corrects_id)
