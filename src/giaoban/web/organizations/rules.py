"""«Quy tắc»: the dated rules that hold for the chosen unit, and setting one from a day on (decision D14)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import HANOI
from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.organizations.operations import set_rule
from giaoban.apps.organizations.queries.rule_list import RuleLine, SettingLine, rule_lines
from giaoban.apps.organizations.rule_choices import with_choices
from giaoban.apps.organizations.rules import RuleKind, rule_kinds
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Sign
from giaoban.web.forms import DayField, OfficeForm, attempt

_UNITS = {"days": "ngày làm việc", "months": "tháng", "percent": "%", "count": ""}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as it holds here today."""

    label: str
    value: str
    source: str
    owner: str
    since: str
    sign: Sign
    coming: str
    set_url: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A value that was, is or will be set."""

    value: str
    days: str
    owner: str
    source: str
    who: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule with all that was ever set of it, and the form."""

    label: str
    now: RuleRow
    shipped: str
    history: tuple[HistoryRow, ...]
    back_url: str


def value_words(kind: RuleKind, value: str) -> str:
    """Write a value as people say it: «60 ngày làm việc», «Ngày quyết định»."""
    if kind.type == "choice":
        return kind.choices.get(value, value)
    if kind.type not in _UNITS:
        return value
    return f"{format_number(float(value))} {_UNITS[kind.type]}".strip()


def _row(desk: Desk, line: RuleLine) -> RuleRow:
    held, coming = line.in_force, line.coming
    confirmed = line.now.confirmed
    return RuleRow(
        label=line.kind.label,
        value=value_words(line.kind, line.now.value),
        source=line.now.source,
        owner=held.owner if held else "mặc định của phần mềm",
        since=format_date(held.start) if held else "",
        sign=Sign("good", "●", "có căn cứ") if confirmed else Sign("late", "◐", "cần kiểm tra lại"),
        coming=f"{value_words(line.kind, coming.value)} từ {format_date(coming.start)}" if coming else "",
        set_url=desk.url("organizations:rule", line.kind.key),
    )


@screen("organizations", right="organizations_view")
def rules(desk: Desk) -> HttpResponse:
    """Show the rules that hold for the chosen unit today: since when, by whom, on which paper, whether confirmed."""
    lines = rule_lines(desk.unit, day=desk.act.today)
    context = {
        "rows": tuple(_row(desk, line) for line in lines),
        "as_of": format_date(desk.act.today),
        "may_set": desk.may("organizations_manage"),
    }
    return desk.render("organizations/rules.html", context)


class RuleForm(OfficeForm):
    """A value from a day on."""

    places = {"Từ ngày": "start"}
    value = forms.CharField(label="Giá trị mới", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    start = DayField(label="Từ ngày", help_text="Ngày bắt đầu có hiệu lực, ví dụ 01/07/2025")
    source = forms.CharField(
        label="Văn bản quy định",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Ví dụ Hướng dẫn số 05-HD/BTCTU ngày 12/06/2025",
    )

    def __init__(self, *args: Any, kind: RuleKind, owner: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {**self.places, kind.label: "value", owner: "start"}
        if kind.type == "choice":
            field = forms.ChoiceField(
                label="Giá trị mới",
                choices=list(kind.choices.items()),
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Chưa có giá trị mới.",
                    "invalid_choice": "Hãy chọn giá trị mới trong danh sách.",
                },
            )
            self.fields["value"] = field
            self.order_fields(["value", "start", "source"])
        elif kind.type in _UNITS:
            words = _UNITS[kind.type]
            self.fields["value"].help_text = f"Số {words}" if words else "Một số"
            self.fields["value"].widget = forms.TextInput(
                attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"}
            )


def _history(kind: RuleKind, one: SettingLine) -> HistoryRow:
    until = "" if one.end == OPEN_END else f" đến trước {format_date(one.end)}"
    return HistoryRow(
        value_words(kind, one.value),
        f"từ {format_date(one.start)}{until}",
        one.owner,
        one.source,
        f"{one.by} ghi ngày {one.at.astimezone(HANOI):%d/%m/%Y}",
    )


@screen("organizations", right="organizations_view", methods=("GET", "POST"))
def rule(desk: Desk, key: str) -> HttpResponse:
    """Show one rule with its history; who manages the unit sets it for its subtree from a day on."""
    kind = rule_kinds().get(key)
    if kind is None:
        raise NotFound(f"Không có quy tắc {quoted(key)}")
    desk.require("organizations_manage")
    kind = with_choices(kind, desk.unit)
    form = RuleForm(desk.posted, kind=kind, owner=desk.card.code)
    if form.is_valid():
        data = form.cleaned_data
        record = partial(
            set_rule,
            act=desk.act,
            owner=desk.unit,
            key=key,
            value=data["value"],
            start=data["start"],
            source=data["source"],
        )
        if attempt(form, record) is not None:
            words = value_words(kind, kind.check(data["value"]))
            messages.info(desk.request, f"Đã đặt «{kind.label}»: {words} từ {format_date(data['start'])}.")
            return HttpResponseRedirect(desk.url("organizations:rules"))
    line = next(one for one in rule_lines(desk.unit, day=desk.act.today) if one.kind.key == key)
    default = kind.on(desk.act.today)
    page = RulePage(
        label=kind.label,
        now=_row(desk, line),
        shipped=f"{value_words(kind, default.value)} ({default.source})",
        history=tuple(_history(kind, one) for one in line.settings),
        back_url=desk.url("organizations:rules"),
    )
    form.point_at_first_error()
    status = 422 if form.errors else 200
    return desk.render("organizations/rule.html", {"page": page, "form": form}, status=status)
