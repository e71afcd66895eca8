"""People and their grants: add a person, give and end a grant, hand over a post, print a one-time code."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_variables

from giaoban.apps.accounts.operations import CODE_HOURS
from giaoban.apps.organizations.operations import add_person_to, end_grant, give_grant, hand_over_post, print_code_for
from giaoban.apps.organizations.queries.chosen import find_unit
from giaoban.apps.organizations.queries.people import GrantLine, find_grant, find_person, people_managed_by
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import NotFound
from giaoban.web.access import Desk, screen
from giaoban.web.accounts.forms import EndForm, GrantForm, HandOverForm, PersonForm
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import OfficeForm, attempt

BOTH = ("GET", "POST")
RIGHT = "accounts_manage"


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant as it is shown."""

    role: str
    unit: str
    days: str
    decision: str
    holds: bool
    end_url: str
    hand_over_url: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as they are shown."""

    name: str
    username: str
    url: str
    grants: tuple[GrantRow, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """The paper that is handed to a person: shown once, kept nowhere."""

    name: str
    username: str
    code: str
    until: str
    back_url: str


def _grant(desk: Desk, line: GrantLine) -> GrantRow:
    last = f"đến hết {format_date(line.last_day)}" if line.last_day else "chưa định ngày kết thúc"
    return GrantRow(
        line.role_label,
        line.unit.name,
        f"từ {format_date(line.first_day)}, {last}",
        line.decision,
        line.holds,
        desk.url("accounts:end_grant", line.uid) if line.holds else "",
        desk.url("accounts:hand_over", line.uid) if line.holds else "",
    )


def _rows(desk: Desk, person: uuid.UUID | None = None) -> tuple[PersonRow, ...]:
    return tuple(
        PersonRow(
            line.full_name,
            line.username,
            desk.url("accounts:person", line.uid),
            tuple(_grant(desk, grant) for grant in line.grants),
        )
        for line in people_managed_by(desk.act.user, today=desk.act.today, person=person)
    )


def _try(form: OfficeForm, record: Callable[[], object]) -> bool:
    """Record, or put the refusal into the form; a unit typed by its code is refused beside its field."""
    try:
        attempt(form, record)
    except NotFound as error:
        if "unit" not in form.fields:
            raise
        form.add_error("unit", f"{error.message}; cần mã của một đơn vị đồng chí quản lý.")
    return not form.errors


def _form_page(desk: Desk, page: RecordPage, form: OfficeForm) -> HttpResponse:
    form.point_at_first_error()
    return desk.render("giaoban/record.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _back(desk: Desk, words: str, person: uuid.UUID) -> HttpResponse:
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("accounts:person", person))


@sensitive_variables("code")
def _slip(desk: Desk, name: str, username: str, code: str) -> HttpResponse:
    until = desk.act.now + timedelta(hours=CODE_HOURS)
    slip = Slip(name, username, code, format_date(until.date()), desk.url("accounts:people"))
    return desk.render("accounts/slip.html", {"slip": slip})


@screen("accounts", right=RIGHT)
def people(desk: Desk) -> HttpResponse:
    """Show the people with a grant where this person manages people."""
    return desk.render("accounts/people.html", {"rows": _rows(desk), "add_url": desk.url("accounts:add")})


@screen("accounts", right=RIGHT)
def person(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show one person with their grants and what can be done."""
    find_person(desk.act.user, uid, today=desk.act.today)
    context = {
        "row": _rows(desk, uid)[0],
        "give_url": desk.url("accounts:give", uid),
        "code_url": desk.url("accounts:code", uid),
        "back_url": desk.url("accounts:people"),
    }
    return desk.render("accounts/person.html", context)


@screen("accounts", right=RIGHT, methods=BOTH)
def add(desk: Desk) -> HttpResponse:
    """Add a person with their first grant, and show the slip with the one-time code."""
    initial = {"unit": desk.card.code, "first_day": desk.act.today}
    form = PersonForm(desk.posted, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        made = []

        def record() -> None:
            unit = find_unit(desk.act.user, data["unit"].strip(), today=desk.act.today)
            made.append(
                add_person_to(
                    act=desk.act, username=data["username"], full_name=data["full_name"], terms=form.terms(unit)
                )
            )

        if _try(form, record):
            user = made[0].user
            return _slip(desk, user.full_name, user.username, made[0].code)
    page = RecordPage("Thêm người dùng", desk.card.name, "Thêm và in mã", desk.url("accounts:people"))
    return _form_page(desk, page, form)


@screen("accounts", right=RIGHT, methods=BOTH)
def give(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give a person another role on a unit."""
    user = find_person(desk.act.user, uid, today=desk.act.today)
    initial = {"unit": desk.card.code, "first_day": desk.act.today}
    form = GrantForm(desk.posted, initial=initial)
    if form.is_valid():

        def record() -> None:
            unit = find_unit(desk.act.user, form.cleaned_data["unit"].strip(), today=desk.act.today)
            give_grant(act=desk.act, user=user, terms=form.terms(unit))

        if _try(form, record):
            return _back(desk, f"Đã giao thêm vai trò cho {user.full_name}.", uid)
    page = RecordPage("Giao vai trò", user.full_name, "Giao vai trò", desk.url("accounts:person", uid))
    return _form_page(desk, page, form)


@screen("accounts", right=RIGHT, methods=BOTH)
def end(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """End a grant after a day."""
    grant = find_grant(desk.act.user, uid, today=desk.act.today)
    form = EndForm(desk.posted, initial={"last_day": desk.act.today})
    if form.is_valid():
        last = form.cleaned_data["last_day"]
        if _try(form, lambda: end_grant(act=desk.act, grant=grant, end=last + timedelta(days=1))):
            words = f"Vai trò của {grant.user.full_name} có hiệu lực đến hết {format_date(last)}."
            return _back(desk, words, grant.user.uid)
    page = RecordPage(
        "Kết thúc vai trò", f"{grant.user.full_name}, {grant.unit.code}", "Kết thúc", _person_url(desk, grant.user.uid)
    )
    return _form_page(desk, page, form)


@screen("accounts", right=RIGHT, methods=BOTH)
def hand_over(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Hand a post over to another person from a day on."""
    grant = find_grant(desk.act.user, uid, today=desk.act.today)
    everyone = people_managed_by(desk.act.user, today=desk.act.today)
    choices = [
        (str(line.uid), f"{line.full_name} ({line.username})") for line in everyone if line.uid != grant.user.uid
    ]
    form = HandOverForm(desk.posted, people=choices, initial={"day": desk.act.today})
    if form.is_valid():
        data = form.cleaned_data
        successor = find_person(desk.act.user, uuid.UUID(data["successor"]), today=desk.act.today)

        def record() -> None:
            hand_over_post(
                act=desk.act, grant=grant, successor=successor, day=data["day"], decision=data["decision"].strip()
            )

        if _try(form, record):
            return _back(desk, f"Từ {format_date(data['day'])} vai trò thuộc {successor.full_name}.", successor.uid)
    page = RecordPage(
        "Bàn giao vai trò",
        f"{grant.user.full_name}, {grant.unit.code}",
        "Bàn giao",
        _person_url(desk, grant.user.uid),
        note="Người nhận phải có trong danh sách người dùng; nếu chưa, thêm người dùng trước.",
    )
    return _form_page(desk, page, form)


def _person_url(desk: Desk, uid: uuid.UUID) -> str:
    return desk.url("accounts:person", uid)


@screen("accounts", right=RIGHT, methods=("POST",))
@sensitive_variables("code")
def code(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Make a new one-time code and show its slip once."""
    user = find_person(desk.act.user, uid, today=desk.act.today)
    return _slip(desk, user.full_name, user.username, print_code_for(act=desk.act, user=user))
