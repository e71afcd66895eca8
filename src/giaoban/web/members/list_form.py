"""What is looked for in the list of members: the form, and the address that keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict

from giaoban.apps.members.measures.declarations import AGE_GROUPS
from giaoban.apps.members.models import AbsenceKind
from giaoban.apps.members.queries.lists import MemberFilter
from giaoban.apps.members.trait_values import EDUCATION, SEX, THEORY
from giaoban.core.dates_vi import format_date
from giaoban.core.text_vi import lower_first
from giaoban.web.forms import DayField, OfficeForm
from giaoban.web.members.columns import COLUMNS, USUAL

# What the address may say of a list; the page and what is done with the list are left out.
FILTER_KEYS = ("tim", "dien", "gioi", "tuoi", "hoc_van", "ly_luan", "vang", "tu", "den", "cot")


def _choice(label: str, empty: str, choices: dict[str, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", empty), *choices.items()])


class ListForm(OfficeForm):
    """What is looked for in a list."""

    tim = forms.CharField(
        label="Họ tên, số thẻ hoặc số lý lịch",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    dien = _choice(
        "Tình trạng",
        "Đang sinh hoạt",
        {
            "official": "Chính thức",
            "probationary": "Dự bị",
            "gone": "Đã chuyển đi, ra khỏi Đảng, từ trần",
        },
    )
    gioi = _choice("Giới tính", "Nam và nữ", SEX)
    tuoi = _choice("Tuổi", "Mọi lứa tuổi", {code: label for _least, code, label in AGE_GROUPS})
    hoc_van = _choice("Chuyên môn", "Mọi trình độ", EDUCATION)
    ly_luan = _choice("Lý luận chính trị", "Mọi trình độ", THEORY)
    vang = _choice("Miễn, đi xa", "Tất cả", {one.value: str(one.label) for one in AbsenceKind})
    tu = DayField(label="Kết nạp từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)
    cot = forms.MultipleChoiceField(label="Cột", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, may: Callable[[str], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cot"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.key, one.label) for one in COLUMNS if not one.right or may(one.right)]

    def wanted(self) -> MemberFilter:
        """Return the filter; what could not be read does not narrow."""
        self.is_valid()
        data = self.cleaned_data
        return MemberFilter(
            text=data.get("tim") or "",
            state=data.get("dien") or "",
            sex=data.get("gioi") or "",
            education=data.get("hoc_van") or "",
            theory=data.get("ly_luan") or "",
            age=data.get("tuoi") or "",
            absence=data.get("vang") or "",
            admitted_from=data.get("tu"),
            admitted_to=data.get("den"),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse days that run backwards: nobody was admitted between them."""
        data = super().clean() or {}
        first, last = data.get("tu"), data.get("den")
        if first and last and last < first:
            told = f"Ngày {format_date(last)} trước ngày đầu {format_date(first)}; cần từ ngày đầu trở đi."
            self.add_error("den", told)
        return self.cleaned_data

    @property
    def in_words(self) -> str:
        """What the list is narrowed to, as a printed list and a workbook say it; «» for everybody."""
        found = [f"tên, số có «{self.cleaned_data['tim']}»"] if self.cleaned_data.get("tim") else []
        for key in ("dien", "gioi", "tuoi", "hoc_van", "ly_luan", "vang"):
            field, value = self.fields[key], self.cleaned_data.get(key)
            if value and isinstance(field, forms.ChoiceField):
                word = lower_first(str(dict(field.choices)[value]))  # type: ignore[arg-type]  # pairs, no groups
                found.append(f"{lower_first(str(field.label))} {word}" if key in ("hoc_van", "ly_luan") else word)
        days = [(word, self.cleaned_data.get(key)) for key, word in (("tu", "kết nạp từ"), ("den", "kết nạp đến"))]
        return ", ".join([*found, *(f"{word} {format_date(day)}" for word, day in days if day)])

    @property
    def narrowed(self) -> bool:
        """Whether one of the folded fields is in use."""
        data = self.cleaned_data
        return any(data.get(key) for key in ("tuoi", "hoc_van", "ly_luan", "vang", "tu", "den")) or any(
            key in self.errors for key in ("tu", "den")
        )


def filter_query(sent: QueryDict) -> str:
    """Return the part of an address that says what is looked for, in one order, without what is empty or usual."""
    kept = QueryDict(mutable=True)
    for key in FILTER_KEYS:
        values = [value for value in sent.getlist(key) if value]
        if values and not (key == "cot" and set(values) == set(USUAL)):
            kept.setlist(key, values)
    return kept.urlencode()
