"""Who follows which unit of a committee: shown unit by unit and person by person, assigned, ended."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.members.models import VisitAssignment
from giaoban.apps.members.operations import VisitDraft, assign_visits, end_visit
from giaoban.apps.members.queries.named import members_named, people_to_offer
from giaoban.apps.members.queries.visits import Visit, find_visit, visit_board
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.apps.organizations.queries.outline import outline
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, RecordPage
from giaoban.web.forms import DayField, OfficeForm, attempt
from giaoban.web.organizations.committee_forms import PEOPLE_LIST
from giaoban.web.organizations.committee_place import BOTH, Seen, show_form
from giaoban.web.organizations.groups import DayForm
from giaoban.web.organizations.paper_form import text_field


class VisitForm(OfficeForm):
    """One person follows units from a day on."""

    places = {"Họ và tên": "person"}
    person = forms.CharField(
        label="Người theo dõi",
        max_length=200,
        help_text="Họ tên như trong sổ; trùng tên thì ghi thêm năm sinh hoặc chi bộ, hoặc ghi số thẻ",
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": PEOPLE_LIST}),
    )
    day = DayField(label="Từ ngày")
    last_day = DayField(label="Đến hết ngày", required=False)
    decision = text_field("Văn bản phân công", required=False, help_text="Ví dụ Thông báo số 15-TB/ĐUK ngày 10/01/2023")
    units = forms.MultipleChoiceField(label="Tổ chức", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = units
        field.error_messages["required"] = "Chưa chọn tổ chức nào."


class EndVisitForm(OfficeForm):
    """The last day of an assignment."""

    places = {"Ngày cuối": "last_day"}
    last_day = DayField(label="Theo dõi đến hết ngày")


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One assignment, seen from the unit or from the person."""

    name: str
    url: str
    days: str
    decision: str
    end_url: str


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """The page."""

    day: str
    by_unit: tuple[tuple[Link, tuple[VisitLine, ...]], ...]
    by_person: tuple[tuple[Link, tuple[VisitLine, ...]], ...]
    without: tuple[Link, ...]
    actions: tuple[Link, ...]
    take_url: str
    any: bool


def _days(visit: Visit) -> str:
    until = f" đến hết {format_date(visit.last_day)}" if visit.last_day else ""
    return f"từ {format_date(visit.first_day)}{until}"


@screen("organizations", right="organizations_view")
def visits(desk: Desk) -> HttpResponse:
    """Show who follows which unit of the chosen committee on a day."""
    form = DayForm(desk.request.GET)
    form.is_valid()
    day: date = form.cleaned_data.get("tai_ngay") or min(desk.period.window.last_day, desk.act.today)
    manages, opens = desk.may("organizations_manage"), desk.may("members_view")
    board = visit_board(desk.unit, day)

    def person(name: str, uid: uuid.UUID) -> Link:
        return Link(name, desk.url("members:member", uid) if opens else "")

    def unit(visit: Visit) -> Link:
        return Link(visit.unit.place, desk.url("organizations:unit", visit.unit.code))

    def line(link: Link, visit: Visit) -> VisitLine:
        end_url = desk.url("organizations:visit_end", visit.uid) if manages else ""
        return VisitLine(link.name, link.url, _days(visit), visit.decision, end_url)

    page = VisitsPage(
        day=format_date(day),
        by_unit=tuple(
            (
                unit(found[0]),
                tuple(line(person(visit.full_name, visit.member_uid), visit) for visit in found),
            )
            for _card, found in board.by_unit
        ),
        by_person=tuple(
            (person(name, uid), tuple(line(unit(visit), visit) for visit in found))
            for name, uid, found in board.by_person
        ),
        without=tuple(Link(card.name, desk.url("organizations:unit", card.code)) for card in board.without),
        actions=(Link("Phân công theo dõi", desk.url("organizations:visit_assign")),) if manages else (),
        take_url=desk.url("sheets:take", "visits") if manages and desk.may("members_record") else "",
        any=bool(board.by_unit or board.without),
    )
    shown = DayForm(initial={"tai_ngay": day}) if form.is_valid() else form
    return desk.render("organizations/visits.html", {"page": page, "form": shown})


@screen("organizations", right="organizations_manage", methods=BOTH)
def assign(desk: Desk) -> HttpResponse:
    """Assign units of the chosen committee to a person, several at once."""
    act = desk.act
    board = visit_board(desk.unit, act.today)
    nobody = {card.code for card in board.without}
    tree = outline(desk.unit, day=act.today)
    choices = [
        (one.card.code, one.card.name + (" (chưa có ai theo dõi)" if one.card.code in nobody else ""))
        for one in (tree.children if tree is not None else ())
    ]
    form = VisitForm(desk.posted, units=choices, initial={"day": act.today})
    if form.is_valid():
        data = form.cleaned_data
        units = list(Unit.objects.filter(code__in=data["units"]).order_by("code"))

        def record() -> list[VisitAssignment]:
            [member] = members_named(act.user, desk.unit, [data["person"]], day=data["day"], today=act.today)
            drafts = [
                VisitDraft(desk.unit, unit, member, data["day"], data["last_day"], data["decision"]) for unit in units
            ]
            return assign_visits(act=act, drafts=drafts)

        if done := attempt(form, record):
            messages.info(
                desk.request,
                f"Đã phân công {done[0].member.full_name} theo dõi {format_number(len(done))} tổ chức "
                f"từ ngày {format_date(data['day'])}.",
            )
            return HttpResponseRedirect(desk.url("organizations:visits"))
    page = RecordPage("Phân công theo dõi", desk.card.name, "Ghi phân công", desk.url("organizations:visits"))
    people = people_to_offer(act.user, desk.unit, day=act.today, today=act.today)
    return show_form(desk, "organizations/visit_form.html", page, form, people)


@screen("organizations", right="organizations_view", methods=BOTH)
def end(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """End an assignment."""
    act = desk.act
    found = find_visit(act.user, uid, today=act.today)
    require(act, "organizations_manage", [found.owner])
    card = unit_cards([found.unit_id], day=act.today)[found.unit_id]
    form = EndVisitForm(desk.posted, initial={"last_day": act.today})
    seen = Seen(desk, found.valid_to.isoformat())
    if form.is_valid():
        seen.tried = True
        last = form.cleaned_data["last_day"]

        def record() -> str:
            end_visit(act=act, assignment=found, last_day=last, seen=_day_seen(seen.sent))
            return f"{found.member.full_name} theo dõi {card.name} đến hết ngày {format_date(last)}."

        if done := attempt(form, record):
            messages.info(desk.request, done)
            return HttpResponseRedirect(desk.url("organizations:visits", unit=found.owner.code))
    page = RecordPage(
        "Kết thúc theo dõi",
        f"{found.member.full_name}, {card.name}, từ ngày {format_date(found.valid_from)}",
        "Ghi",
        desk.url("organizations:visits", unit=found.owner.code),
        note="Ghi nhầm thì điền một ngày trước ngày bắt đầu: phân công được bỏ, coi như chưa có.",
        seen=seen.shown,
    )
    return show_form(desk, "giaoban/record.html", page, form)


def _day_seen(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
