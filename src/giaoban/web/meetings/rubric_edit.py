"""The editor of an office's own rubric: from a shipped one, from a version that holds, saved as a new dated version."""

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

from giaoban.apps.meetings.models import OfficeRubric
from giaoban.apps.meetings.operations import set_rubric
from giaoban.apps.meetings.queries.rubric import find_rubric
from giaoban.apps.meetings.rubrics import GRADES, Rubric, read_rubric, rubrics
from giaoban.apps.meetings.rubrics.facts import FACTS
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.editing import Refusal, save_version, whole_number
from giaoban.web.forms import DayField, OfficeForm
from giaoban.web.meetings.place import BOTH
from giaoban.web.meetings.rubric_body import (
    ItemEdit,
    SectionEdit,
    change,
    edit_of,
    points_words,
    sections_json,
    sent_edit,
)
from giaoban.web.meetings.rubrics import MANAGE

_PLACE = re.compile(r"Mục (?P<section>\d+)(?:, nội dung (?P<item>\d+))?")
_HINTS = (("", "không"), ("speakers", "số đồng chí phát biểu"), ("conclusions", "kết luận kỳ trước đã làm xong"))
_LIMIT = "limit_"


def _grade(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=f"{label} từ",
        localize=True,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": "Cần một số điểm, ví dụ 90."},
    )


class RubricForm(OfficeForm):
    """What stands above the sections."""

    places = {"Mã mẫu": "code", "Mức xếp loại": "limit_good", "Thời gian họp": "minutes", "Từ ngày": "start"}
    title = forms.CharField(label="Tên mẫu", max_length=200)
    code = forms.CharField(
        label="Mã mẫu",
        max_length=39,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        help_text="Chữ thường không dấu, ví dụ phieu-phuong; sửa mẫu cũ thì giữ mã cũ",
    )
    source = forms.CharField(
        label="Văn bản quy định",
        max_length=200,
        help_text="Ví dụ Hướng dẫn số 05-HD/ĐU ngày 12/06/2025",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    minutes = whole_number("Họp ít nhất (phút)", min_value=1, max_value=600)
    minutes_large = whole_number(
        "Chi bộ đông họp ít nhất (phút)", "Để trống nếu như trên", required=False, min_value=1, max_value=600
    )
    large_from = whole_number("Chi bộ đông là từ (đảng viên)", required=False, min_value=2, max_value=10_000)
    limit_good = _grade(GRADES["good"])
    limit_fair = _grade(GRADES["fair"])
    limit_average = _grade(GRADES["average"])
    without_thematic = forms.ChoiceField(
        label="Tháng không có chuyên đề",
        choices=[("award", "cho đủ điểm nội dung chuyên đề"), ("rescale", "quy đổi các nội dung khác về 100")],
        widget=forms.RadioSelect,
    )
    start = DayField(
        label="Áp dụng từ ngày", help_text="Kỳ họp từ ngày này chấm theo mẫu này; phiếu đã chấm giữ mẫu cũ"
    )


@dataclass(frozen=True, slots=True)
class ItemBox:
    """One item in the editor; ``name`` begins the names of its inputs."""

    name: str
    place: str
    edit: ItemEdit
    rows: int
    wrong: str


@dataclass(frozen=True, slots=True)
class SectionBox:
    """One section in the editor."""

    number: int
    edit: SectionEdit
    items: tuple[ItemBox, ...]
    wrong: str


@dataclass(frozen=True, slots=True)
class EditPage:
    """The editor."""

    title: str
    sections: tuple[SectionBox, ...]
    points: str
    facts: tuple[str, ...]
    hints: tuple[tuple[str, str], ...]
    wrong: str
    back_url: str


@screen("meetings", right=MANAGE, methods=BOTH)
def edit_rubric(desk: Desk) -> HttpResponse:
    """Make a rubric from a shipped one, or set another version of one."""
    sent = desk.posted
    initial, sections = _begun(desk)
    saving = sent is not None and "luu" in sent
    head = RubricForm(sent, initial=initial) if sent is None or saving else RubricForm(initial=sent.dict())
    refused = Refusal()
    if sent is not None:
        sections = sent_edit(sent)
        if not saving:
            change(sections, sent.get("lam", ""))
        elif head.is_valid():
            made = save_version(head, partial(_set, desk, head.cleaned_data, sections), _PLACE)
            if not isinstance(made, Refusal):
                messages.info(desk.request, f"Đã đặt mẫu «{made.title}», áp dụng từ {format_date(made.valid_from)}.")
                return HttpResponseRedirect(desk.url("meetings:rubrics"))
            refused = made
    status = 422 if refused.words or head.errors else 200
    return desk.render(
        "meetings/rubric_edit.html", {"page": _page(desk, head, sections, refused), "form": head}, status=status
    )


def _begun(desk: Desk) -> tuple[dict[str, Any], list[SectionEdit]]:
    """Return what the editor begins with: a version that was set, or a shipped rubric."""
    asked = desk.request.GET
    today = {"start": format_date(desk.act.today)}
    if asked.get("mau"):
        row = find_rubric(desk.unit, asked["mau"], day=desk.act.today)
        found = read_rubric(row.body)
        code = row.code if row.owner_id == desk.unit.pk else ""
        return _head(found) | {"code": code} | today, edit_of(found)
    shipped = rubrics().get(asked.get("san", "") or "a")
    if shipped is None:
        raise NotFound(f"Không có mẫu sẵn {quoted(asked['san'])}")
    return _head(shipped) | {"code": "", "source": ""} | today, edit_of(shipped)


def _head(rubric: Rubric) -> dict[str, Any]:
    names = ["title", "source", "minutes", "without_thematic"]
    if rubric.minutes_large != rubric.minutes:
        names += ["minutes_large", "large_from"]
    limits = {f"{_LIMIT}{code}": format_number(least) for code, least in rubric.limits[:-1]}
    return {name: getattr(rubric, name) for name in names} | limits


def _set(desk: Desk, data: Mapping[str, Any], sections: list[SectionEdit]) -> OfficeRubric:
    names = ("code", "title", "source", "minutes", "minutes_large", "large_from", "without_thematic")
    limits = {code: _plain(data[f"{_LIMIT}{code}"]) for code in GRADES if f"{_LIMIT}{code}" in data}
    body = {name: data[name] for name in names if data[name] is not None} | {
        "limits": {**limits, "poor": 0},
        "sections": sections_json(sections),
    }
    return set_rubric(act=desk.act, owner=desk.unit, body=body, start=data["start"])


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _page(desk: Desk, head: RubricForm, sections: list[SectionEdit], refused: Refusal) -> EditPage:
    boxes = tuple(
        SectionBox(
            number,
            one,
            tuple(
                ItemBox(
                    f"nd-{number}-{index}-",
                    f"{number}:{index}",
                    item,
                    max(2, item.bands.count("\n") + 2),
                    refused.at(section=number, item=index),
                )
                for index, item in enumerate(one.items)
            ),
            refused.at(section=number),
        )
        for number, one in enumerate(sections)
    )
    return EditPage(
        "Sửa mẫu chấm điểm" if desk.request.GET.get("mau") else "Đặt mẫu chấm điểm",
        boxes,
        points_words(sections),
        tuple(FACTS.values()),
        _HINTS,
        refused.above,
        desk.url("meetings:rubrics"),
    )
