"""Reminders that follow from all that is open on the board: to copy, to telephone from; whom to call, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import HANOI
from giaoban.apps.members.queries.office_holders import offices_held
from giaoban.apps.obligations.operations import ContactDraft, set_contact
from giaoban.apps.obligations.queries.reminders import (
    OpenTurn,
    by_unit,
    contacts_of,
    mail_configured,
    open_turns,
    reminder_text,
    sent_on,
)
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.permissions import require, units_allowed
from giaoban.apps.organizations.queries.chosen import UnitCard, find_unit, place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.board.cells import carried
from giaoban.web.board.page import asked_board
from giaoban.web.components.pieces import Pager, RecordPage
from giaoban.web.forms import DayField, OfficeForm, attempt
from giaoban.web.meetings.schedule import PAGE, page_number, pager_of
from giaoban.web.members.record_page import BOTH, form_page

RECORD = "meetings_record"


@dataclass(frozen=True, slots=True)
class CallView:
    """One line of the call list; the telephone is the unit's contact, never that of a personal file."""

    place: str
    name: str
    phone: str
    mailed: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """All that is open, unit by unit: to copy and to telephone."""

    as_of: str
    calls: tuple[CallView, ...]
    text: str
    said: str
    mail: str
    contacts_url: str
    back_url: str


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A unit with whom to call."""

    place: str
    name: str
    phone: str
    email: str
    since: str
    url: str


@dataclass(frozen=True, slots=True)
class ContactsPage:
    """The register of contacts."""

    rows: tuple[ContactRow, ...]
    pager: Pager | None
    back_url: str


def reminders_text(turns: Iterable[OpenTurn], cards: Mapping[int, UnitCard], as_of: date) -> str:
    """Write one reminder for each unit, all that it owes gathered; by the codes of the units."""
    ordered = sorted(by_unit(turns).items(), key=lambda item: cards[item[0]].code)
    return "\n\n".join(reminder_text(cards[unit].place, mine, as_of) for unit, mine in ordered)


@screen("board", right="meetings_view")
def reminders(desk: Desk) -> HttpResponse:
    """Show what is due or soon will be, and not done to this day: one text to copy, one list to telephone from."""
    found = asked_board(desk, desk.request.GET.dict(), till_today=True)
    turns = open_turns(found)
    cards = place_cards({turn.unit for turn in turns}, day=desk.act.today)
    mail = (
        "Thư điện tử: mỗi địa chỉ nhiều nhất một thư mỗi ngày, gửi bằng lệnh giaoban remind."
        if mail_configured()
        else ""
    )
    shown = RemindersPage(
        format_date(found.as_of),
        _calls(desk, turns, cards),
        reminders_text(turns, cards, found.as_of),
        f"{format_number(len(cards))} đơn vị còn {format_number(len(turns))} việc quá hạn hoặc sắp đến hạn",
        mail if mail_configured() else "",
        desk.url("board:contacts"),
        desk.url("board:page", query=carried(desk)),
    )
    return desk.render("board/reminders.html", {"page": shown})


def _calls(desk: Desk, turns: list[OpenTurn], cards: dict[int, UnitCard]) -> tuple[CallView, ...]:
    today = desk.act.today
    heads = {one.unit: one for one in offices_held(list(cards), today) if one.office == Office.SECRETARY}
    contacts, mailed = contacts_of(cards, today), sent_on(desk.unit, today)
    lines: dict[int, list[str]] = {}
    for turn in turns:
        lines.setdefault(turn.unit, []).append(f"{turn.column.short}, {turn.one.instance.name}")
    calls = []
    for unit, missing in sorted(lines.items(), key=lambda item: cards[item[0]].code):
        head, contact, sent = heads.get(unit), contacts.get(unit), mailed.get(cards[unit].code)
        name = contact.name if contact else head.full_name if head else ""
        calls.append(
            CallView(
                cards[unit].place,
                name,
                contact.phone if contact else "",
                f"đã gửi thư {sent.sent_at.astimezone(HANOI):%H:%M} hôm nay" if sent else "",
                tuple(missing),
            )
        )
    return tuple(calls)


@screen("board", right="meetings_view")
def contacts(desk: Desk) -> HttpResponse:
    """Show whom to call about the chosen unit and each below it."""
    today, number = desk.act.today, page_number(desk)
    units = list(Unit.objects.under(desk.unit, today).order_by("code").values_list("pk", flat=True))
    part = units[(number - 1) * PAGE : number * PAGE]
    cards, held = place_cards(part, day=today), contacts_of(part, today)
    mine = units_allowed(desk.act.user, RECORD, part, today=today)
    rows = []
    for pk in part:
        one = held.get(pk)
        rows.append(
            ContactRow(
                cards[pk].place,
                one.name if one else "",
                one.phone if one else "",
                one.email if one else "",
                format_date(one.valid_from) if one else "",
                desk.url("board:contact", cards[pk].code) if pk in mine else "",
            )
        )
    pager = pager_of(desk, "board:contacts", number, len(units))
    page = ContactsPage(tuple(rows), pager, desk.url("board:reminders"))
    return desk.render("board/contacts.html", {"page": page})


class ContactForm(OfficeForm):
    """Whom to call, from a day on."""

    places = {"Người liên hệ": "name", "Điện thoại": "phone", "Thư điện tử": "email", "Từ ngày": "start"}
    name = forms.CharField(
        label="Người liên hệ",
        max_length=120,
        required=False,
        help_text="Họ tên, chức vụ, ví dụ đ/c Nguyễn Văn Thọ, bí thư. Bỏ trống cả ba ô: không còn ai",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label="Thư điện tử",
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none"}),
    )
    start = DayField(label="Từ ngày")


@screen("board", right="meetings_view", methods=BOTH)
def contact(desk: Desk, code: str) -> HttpResponse:
    """Set whom to call about a unit."""
    today = desk.act.today
    unit = find_unit(desk.act.user, code, today=today)
    require(desk.act, RECORD, [unit])
    held = contacts_of([unit.pk], today).get(unit.pk)
    initial = {"name": held.name, "phone": held.phone, "email": held.email} if held else {}
    form = ContactForm(desk.posted, initial=initial | {"start": today})
    back = desk.url("board:contacts")
    place = place_cards([unit.pk], day=today)[unit.pk].place
    if form.is_valid():
        data = form.cleaned_data
        draft = ContactDraft(data["name"], data["phone"], data["email"])
        if attempt(form, lambda: set_contact(act=desk.act, unit=unit, draft=draft, start=data["start"])):
            words = f"{draft.name}" if draft.name else "không còn người liên hệ"
            messages.info(desk.request, f"Đã ghi {place}: {words}, từ {format_date(data['start'])}.")
            return HttpResponseRedirect(back)
    return form_page(desk, RecordPage("Người liên hệ", place, "Ghi", back), form)
