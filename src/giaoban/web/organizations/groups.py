"""Clusters and sectors of a committee: shown on a day, made, renamed, filled from a day, several units at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.organizations.models import Group, GroupKind, Unit
from giaoban.apps.organizations.operations import change_group, define_group, place_in_group, take_out_of_group
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import find_unit, unit_cards
from giaoban.apps.organizations.queries.groups import Arrangement, arrangements, find_group
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import GiaobanError
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, RecordPage
from giaoban.web.forms import DayField, OfficeForm, attempt, sentence
from giaoban.web.organizations.committee_place import BOTH, Seen, show_form
from giaoban.web.organizations.paper_form import number_field, text_field

_FORM = "giaoban/record.html"


class DayForm(OfficeForm):
    """On which day the groups are looked at."""

    tai_ngay = DayField(label="Tại ngày", required=False, help_text="")


class GroupForm(OfficeForm):
    """A new cluster or sector."""

    places = {"Mã": "code", "Tên": "name"}
    kind_of = forms.ChoiceField(label="Loại", choices=GroupKind.choices, widget=forms.RadioSelect)
    code = text_field("Mã", max_length=20, help_text="Chữ không dấu và số, ví dụ 1 hoặc hanh-chinh; không đổi về sau")
    name = text_field("Tên", help_text="Ví dụ Cụm số 1, Khối hành chính")
    position = number_field("Thứ tự")


class RenameForm(OfficeForm):
    """Another name or place in the order."""

    places = {"Tên": "name"}
    name = text_field("Tên")
    position = number_field("Thứ tự")


class PlaceForm(OfficeForm):
    """Units that come into a group or leave it on a day."""

    what = forms.ChoiceField(
        label="Việc",
        choices=[("in", "Xếp các tổ chức đã chọn vào đây"), ("out", "Đưa các tổ chức đã chọn ra khỏi đây")],
        widget=forms.RadioSelect,
    )
    day = DayField(label="Từ ngày")
    units = forms.MultipleChoiceField(label="Tổ chức", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = units
        field.error_messages["required"] = "Chưa chọn tổ chức nào."


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A cluster or sector with its units."""

    name: str
    count: str
    units: tuple[tuple[str, str, str], ...]
    place_url: str
    change_url: str


@dataclass(frozen=True, slots=True)
class KindLine:
    """All clusters, or all sectors."""

    title: str
    groups: tuple[GroupLine, ...]
    without: tuple[Link, ...]
    without_title: str
    nothing: str


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """The page."""

    day: str
    kinds: tuple[KindLine, ...]
    actions: tuple[Link, ...]
    take_url: str


def _kind_line(desk: Desk, one: Arrangement, manages: bool) -> KindLine:
    word = str(one.kind.label)
    lower = word.lower()

    def url(name: str, code: str) -> str:
        return desk.url(f"organizations:group_{name}", desk.card.code, one.kind.value, code) if manages else ""

    return KindLine(
        word,
        tuple(
            GroupLine(
                group.name,
                f"{format_number(len(group.units))} tổ chức",
                tuple(
                    (unit.card.name, desk.url("organizations:unit", unit.card.code), format_date(unit.since))
                    for unit in group.units
                ),
                url("place", group.code),
                url("change", group.code),
            )
            for group in one.groups
        ),
        tuple(Link(card.name, desk.url("organizations:unit", card.code)) for card in one.without),
        f"Chưa thuộc {lower} nào ({format_number(len(one.without))})",
        f"{desk.card.name} chưa lập {lower} nào.",
    )


@screen("organizations", right="organizations_view")
def groups(desk: Desk) -> HttpResponse:
    """Show the clusters and sectors of the chosen unit with their units on a day."""
    form = DayForm(desk.request.GET)
    form.is_valid()
    day: date = form.cleaned_data.get("tai_ngay") or min(desk.period.window.last_day, desk.act.today)
    manages = desk.may("organizations_manage")
    found = arrangements(desk.unit, day)
    page = GroupsPage(
        format_date(day),
        tuple(_kind_line(desk, one, manages) for one in found if one.groups or one.without),
        (Link("Thêm cụm, khối", desk.url("organizations:group_define")),) if manages else (),
        desk.url("sheets:take", "groups") if manages and desk.may("members_record") else "",
    )
    shown = DayForm(initial={"tai_ngay": day}) if form.is_valid() else form
    return desk.render("organizations/groups.html", {"page": page, "form": shown})


def _back(desk: Desk, words: str, unit: str = "") -> HttpResponse:
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("organizations:groups", unit=unit))


@screen("organizations", right="organizations_manage", methods=BOTH)
def define(desk: Desk) -> HttpResponse:
    """Make a cluster or sector of the chosen unit."""
    form = GroupForm(desk.posted, initial={"kind_of": GroupKind.CLUSTER})
    if form.is_valid():
        data = form.cleaned_data

        def record() -> Group:
            return define_group(
                act=desk.act,
                owner=desk.unit,
                kind=GroupKind(data["kind_of"]),
                code=data["code"].strip(),
                name=data["name"],
                position=data["position"] or 0,
            )

        if made := attempt(form, record):
            return _back(desk, f"Đã lập {made.get_kind_display().lower()} «{made.name}».")
    page = RecordPage("Thêm cụm, khối", desk.card.name, "Ghi", desk.url("organizations:groups"))
    return show_form(desk, _FORM, page, form)


def _open(desk: Desk, code: str, kind: str, group: str) -> Group:
    owner = find_unit(desk.act.user, code, today=desk.act.today)
    found = find_group(desk.act.user, owner, kind, group, today=desk.act.today)
    require(desk.act, "organizations_manage", [owner])
    return found


@screen("organizations", right="organizations_view", methods=BOTH)
def change(desk: Desk, code: str, kind: str, group: str) -> HttpResponse:
    """Give a cluster or sector another name or place."""
    found = _open(desk, code, kind, group)
    form = RenameForm(desk.posted, initial={"name": found.name, "position": found.position or None})
    seen = Seen(desk, f"{found.position}:{found.name}")
    if form.is_valid():
        seen.tried = True
        data = form.cleaned_data

        def record() -> Group:
            return change_group(
                act=desk.act, group=found, name=data["name"], position=data["position"] or 0, seen=_stood(seen.sent)
            )

        if done := attempt(form, record):
            return _back(desk, f"Đã ghi tên «{done.name}».", code)
    page = RecordPage(
        f"Đổi tên {found.name}",
        _name(desk, found),
        "Ghi",
        desk.url("organizations:groups", unit=code),
        seen=seen.shown,
    )
    return show_form(desk, _FORM, page, form)


def _stood(seen: str | None) -> tuple[str, int] | None:
    """Name and place of a group as the form bore them."""
    position, mark, name = (seen or "").partition(":")
    return (name, int(position)) if mark and position.isdecimal() and len(position) < 7 else None


def _name(desk: Desk, group: Group) -> str:
    return unit_cards([group.owner_id], day=desk.act.today)[group.owner_id].name


@screen("organizations", right="organizations_view", methods=BOTH)
def place(desk: Desk, code: str, kind: str, group: str) -> HttpResponse:
    """Put units into a cluster or sector from a day on, or take them out."""
    found = _open(desk, code, kind, group)
    form = PlaceForm(desk.posted, units=_choices(desk, found), initial={"what": "in", "day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data
        units = list(Unit.objects.filter(code__in=data["units"]).order_by("code"))
        number, day = format_number(len(units)), format_date(data["day"])

        def record() -> str:
            if data["what"] == "in":
                fresh = place_in_group(act=desk.act, group=found, units=units, start=data["day"])
                return _placed_words(found, len(fresh), len(units) - len(fresh), day)
            take_out_of_group(act=desk.act, group=found, units=units, day=data["day"])
            return f"Đã đưa {number} tổ chức ra khỏi «{found.name}» từ ngày {day}."

        if done := attempt(_beside_units(form), record):
            return _back(desk, done, code)
    page = RecordPage(
        f"Xếp tổ chức vào {found.name}",
        _name(desk, found),
        "Ghi",
        desk.url("organizations:groups", unit=code),
        note="Tổ chức đang ở cụm (khối) khác thì rời nơi đó cùng ngày. Số liệu kỳ trước giữ nguyên cách chia cũ.",
    )
    return show_form(desk, _FORM, page, form)


def _placed_words(group: Group, fresh: int, there: int, day: str) -> str:
    """Who was there before, also because somebody else was faster, is not counted as put there now."""
    words = f"Đã xếp {format_number(fresh)} tổ chức vào «{group.name}» từ ngày {day}." if fresh else ""
    if there:
        words += f" {format_number(there)} tổ chức đã ở «{group.name}» từ trước, không ghi lại."
    return words.strip()


def _beside_units(form: PlaceForm) -> Callable[[GiaobanError], None]:
    return lambda error: form.add_error("units", sentence(error))


def _choices(desk: Desk, group: Group) -> list[tuple[str, str]]:
    """The units directly below the committee, and whoever is in the group; each with where it is now."""
    now = next(one for one in arrangements(group.owner, desk.act.today) if one.kind == group.kind)
    found = {
        unit.card.code: f"{unit.card.name} ({view.name} từ {format_date(unit.since)})"
        for view in now.groups
        for unit in view.units
    }
    found |= {card.code: card.name for card in now.without}
    return sorted(found.items())
