"""The editor of a report form: from a shipped one, from a version that holds or anew; how much it asks of a unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from giaoban.apps.organizations.kinds import kinds
from giaoban.apps.reporting.forms.shipped import shipped_forms
from giaoban.apps.reporting.models import FormRhythm, ReportForm
from giaoban.apps.reporting.operations.cycles import FormDraft, set_form
from giaoban.apps.reporting.queries.cycles.load import reporting_load
from giaoban.apps.reporting.queries.figures import catalogue, is_reported
from giaoban.apps.reporting.queries.values import known_at
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number, round_half_up
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.cycles.form_body import (
    NEW_CHOICE,
    NEW_FILE,
    NEW_TEXT,
    BodyEdit,
    FieldEdit,
    RuleEdit,
    body_edit,
    body_json,
    change,
    parts_of,
    sent_body,
)
from giaoban.web.cycles.form_list import this_month
from giaoban.web.cycles.place import AREA, BOTH, MANAGE
from giaoban.web.editing import Refusal, save_version, whole_number
from giaoban.web.forms import DayField, OfficeForm

_MONTHS = {"month": 1, "quarter": 3, "half": 12, "nine_months": 12, "year": 12}
_KINDS = {
    "measure": "● sổ đã biết, không phải nhập",
    "value": "✎ đơn vị tự báo số",
    "text": "✎ đơn vị viết",
    "choice": "✎ đơn vị chọn",
    "file": "✎ đơn vị đính kèm tệp",
}
_PLACE = re.compile(r"(?:Mục (?P<section>\d+)(?:, trường (?P<field>\d+))?|Quy tắc (?P<rule>\d+))")


class HeadForm(OfficeForm):
    """What stands above the sections."""

    places = {
        "Mã mẫu": "code",
        "Tên mẫu": "title",
        "Nhịp": "rhythm",
        "Loại hình": "kinds",
        "Ngày mở, hạn gửi": "open_days",
        "Hạn gửi": "due_days",
        "Từ ngày": "start",
    }
    title = forms.CharField(label="Tên mẫu", max_length=200)
    code = forms.CharField(
        label="Mã mẫu",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        help_text="Chữ thường không dấu, ví dụ quy-co-so; sửa mẫu cũ thì giữ mã cũ",
    )
    rhythm = forms.ChoiceField(
        label="Báo cáo theo", choices=[one for one in FormRhythm.choices if one[0] != FormRhythm.ONCE]
    )
    kinds = forms.MultipleChoiceField(
        label="Loại hình đơn vị phải báo cáo",
        choices=[(code, kind.label) for code, kind in kinds().items()],
        widget=forms.CheckboxSelectMultiple,
    )
    open_days = whole_number("Mở trước ngày cuối kỳ", "số ngày", min_value=0)
    due_days = whole_number("Hạn sau ngày cuối kỳ", "số ngày; -3 là ba ngày trước")
    lock_days = whole_number("Khóa sau hạn", "số ngày; để trống: không khóa", required=False, min_value=0)
    start = DayField(label="Áp dụng từ ngày", help_text="Bản trước giữ hiệu lực đến ngày này")


@dataclass(frozen=True, slots=True)
class FieldPage:
    """One field in the editor; ``name`` begins the names of its inputs."""

    name: str
    place: str
    edit: FieldEdit
    kind_words: str
    measure_words: str
    parts: tuple[tuple[str, str], ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section in the editor."""

    number: int
    key: str
    title: str
    guidance: str
    fields: tuple[FieldPage, ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class EditPage:
    """The editor."""

    title: str
    sections: tuple[SectionPage, ...]
    rules: tuple[tuple[int, RuleEdit, str], ...]
    known: tuple[tuple[str, str], ...]
    reported: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    load: str
    load_rows: tuple[tuple[str, str], ...]
    wrong: str
    own_url: str
    back_url: str


@screen(AREA, right=MANAGE, methods=BOTH)
def edit_form(desk: Desk) -> HttpResponse:
    """Make a form, from a shipped one or anew, or set another version of one."""
    sent = desk.posted
    initial, body = _begun(desk)
    head = (
        HeadForm(sent, initial=initial)
        if sent is None or "luu" in sent
        else HeadForm(initial=sent.dict() | {"kinds": sent.getlist("kinds")})
    )
    refused = Refusal()
    if sent is not None:
        body = sent_body(sent)
        if "luu" not in sent:
            change(body, sent.get("lam", ""), sent)
        elif head.is_valid():
            made = save_version(head, partial(_set, desk, head.cleaned_data, body), _PLACE)
            if not isinstance(made, Refusal):
                messages.info(desk.request, f"Đã đặt mẫu «{made.title}», áp dụng từ {format_date(made.valid_from)}.")
                return HttpResponseRedirect(desk.url("cycles:forms"))
            refused = made
    page = _page(desk, head, body, refused)
    status = 422 if refused.words or head.errors else 200
    return desk.render("cycles/form.html", {"page": page, "form": head}, status=status)


def _begun(desk: Desk) -> tuple[dict[str, Any], BodyEdit]:
    """Return what the editor begins with: an own form, a shipped one, or nothing."""
    asked = desk.request.GET
    today = format_date(desk.act.today)
    if asked.get("mau"):
        rows = ReportForm.objects.filter(owner=desk.unit).exclude(rhythm=FormRhythm.ONCE)
        one = next((row for row in rows if str(row.uid) == asked["mau"]), None)
        if one is None:
            raise NotFound("Không tìm thấy mẫu này ở đơn vị đang chọn")
        return _head(one) | {"start": today}, body_edit(one.body)
    if asked.get("san"):
        shipped = shipped_forms().get(asked["san"])
        if shipped is None:
            raise NotFound(f"Không có mẫu sẵn {quoted(asked['san'])}")
        return _head(shipped) | {"start": today}, body_edit(shipped.body)
    empty = {"rhythm": "quarter", "open_days": 10, "due_days": 0, "start": today}
    body = BodyEdit()
    change(body, "them-muc", desk.request.GET)
    return empty, body


def _head(one: Any) -> dict[str, Any]:
    names = ("code", "title", "rhythm", "open_days", "due_days", "lock_days")
    return {name: getattr(one, name) for name in names} | {"kinds": list(one.kinds)}


def _set(desk: Desk, data: Mapping[str, Any], body: BodyEdit) -> ReportForm:
    names = ("code", "title", "rhythm", "open_days", "due_days", "lock_days")
    draft = FormDraft(**{name: data[name] for name in names}, kinds=data["kinds"], body=body_json(body))
    return set_form(act=desk.act, owner=desk.unit, draft=draft, start=data["start"])


def _page(desk: Desk, head: HeadForm, body: BodyEdit, refused: Refusal) -> EditPage:
    measures = sorted(known_at(catalogue(), desk.card.code), key=lambda one: one.label)
    sections = tuple(
        SectionPage(
            number,
            one.key,
            one.title,
            one.guidance,
            tuple(
                _field_page(number, index, each, refused.at(section=number, field=index))
                for index, each in enumerate(one.fields)
            ),
            refused.at(section=number),
        )
        for number, one in enumerate(body.sections)
    )
    load, rows = _load(desk, head, body)
    return EditPage(
        "Sửa mẫu báo cáo" if desk.request.GET.get("mau") else "Đặt mẫu báo cáo",
        sections,
        tuple((number, one, refused.at(rule=number)) for number, one in enumerate(body.rules)),
        tuple((one.key, f"{one.label} ({one.unit})") for one in measures if not is_reported(one)),
        tuple((one.key, f"{one.label} ({one.unit})") for one in measures if is_reported(one)),
        ((NEW_TEXT, "Lời văn"), (NEW_CHOICE, "Chọn một phương án"), (NEW_FILE, "Tệp đính kèm")),
        load,
        rows,
        refused.above,
        f"{reverse('values:set_own')}?don-vi={desk.card.code}&ky={desk.period}",
        desk.url("cycles:forms"),
    )


def _field_page(number: int, index: int, edit: FieldEdit, wrong: str) -> FieldPage:
    known = catalogue()
    measure = known[edit.measure] if edit.measure in known else None  # noqa: SIM401 a catalogue is no dict
    return FieldPage(
        f"o-{number}-{index}-",
        f"{number}:{index}",
        edit,
        _KINDS.get(edit.kind, ""),
        f"{measure.label} ({measure.unit})" if measure is not None else edit.measure,
        parts_of(measure) if measure is not None else (),
        wrong,
    )


def _load(desk: Desk, head: HeadForm, body: BodyEdit) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Say how much the form asks of each unit in a month, alone and with the others that the unit fills."""
    fields = [one for section in body.sections for one in section.fields]
    asked = sum(one.kind != "measure" for one in fields)
    rhythm = str(head["rhythm"].value() or "")
    mine = round_half_up(Decimal(asked) / _MONTHS.get(rhythm, 1), 1)
    words = (
        f"Mẫu này hỏi {format_number(asked)} mục mỗi kỳ; {format_number(len(fields) - asked)} mục sổ đã biết. "
        f"Bình quân mỗi đơn vị {format_number(mine)} mục một tháng."
    )
    others = reporting_load(desk.unit, this_month(desk))
    code = head["code"].value()
    rows = []
    for kind in head["kinds"].value() or ():
        if kind in kinds():
            rest = sum(
                (line.a_month for line in others.lines if line.kind == kind and line.form.code != code), Decimal(0)
            )
            rows.append((kinds()[kind].label, f"cả các mẫu khác: {format_number(mine + rest)} mục một tháng"))
    return words, tuple(rows)
