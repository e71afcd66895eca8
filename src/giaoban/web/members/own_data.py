"""«Dữ liệu của tôi»: what a member sees of themselves, with or without any grant, and what they ask to have corrected.

The one screen that is not about a chosen unit: it shows the member to whom the sign-in is linked and nobody else, so
that it takes no uid of a member from the address. Each opening is recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.inspection.queries.timeline import own_discipline
from giaoban.apps.members.models import RequestState
from giaoban.apps.members.operations import OwnData, ask_correction, open_own_data
from giaoban.apps.members.queries.file import TimelineEntry
from giaoban.apps.members.queries.self_service import ABOUT, RequestLine, own_registers, own_timeline, requests_of
from giaoban.apps.organizations.queries.chosen import place_cards, scopes_of
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.core.errors import GiaobanError, NotAllowed
from giaoban.web.components.pieces import Sign
from giaoban.web.forms import OfficeForm, attempt
from giaoban.web.http import OfficeRequest, act_of
from giaoban.web.members.forms import Choices
from giaoban.web.members.lists import STATE_SIGNS
from giaoban.web.resuming import to_door

OwnView = Callable[[OfficeRequest, Act], HttpResponse]
REQUEST_SIGNS = {
    RequestState.ASKED: Sign("late", "◐", "chờ xem xét"),
    RequestState.ACCEPTED: Sign("good", "●", "đồng ý đính chính"),
    RequestState.REFUSED: Sign("off", "○", "không đính chính"),
}


class AskForm(OfficeForm):
    """What is wrong and what would be right."""

    places = {"Về mục": "about", "Nội dung đề nghị": "wish"}
    about = forms.ChoiceField(label="Về mục")
    wish = forms.CharField(
        label="Nội dung đề nghị",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi đúng là gì, theo giấy tờ nào. Không ghi số định danh; mang căn cước đến chi bộ để đối chiếu.",
    )

    def __init__(self, *args: object, entries: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn mục"), ("Dữ liệu riêng", list(ABOUT.items())), ("Quá trình", entries)]


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line of one's own timeline, as the component of timelines shows it."""

    iso: str
    day: str
    what: str
    where: str
    decision: str
    who: str


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """One of one's own requests with its answer."""

    about: str
    wish: str
    asked: str
    sign: Sign
    answer: str
    answered: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One's own page."""

    name: str
    state: Sign
    unit: str
    facts: tuple[tuple[str, str], ...]
    entries: tuple[OwnLine, ...]
    requests: tuple[OwnRequest, ...]
    ask_url: str
    desk_url: str
    printed: str


def own_screen(*methods: str) -> Callable[[OwnView], Callable[[HttpRequest], HttpResponse]]:
    """Make a view of a function about the signed-in person alone; whether they are a member, operations ask."""

    def wrap(view: OwnView) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def inner(request: HttpRequest) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return to_door(request, back=reverse("members:own"))
            asked = cast("OfficeRequest", request)
            try:
                return view(asked, act_of(asked))
            except NotAllowed as error:
                return render(request, "403.html", {"reason": f"{error.message}. {error.hint}".strip()}, status=403)
            except GiaobanError as error:
                return render(request, "trouble.html", {"reason": f"{error.message}. {error.hint}".strip()}, status=409)

        return inner

    return wrap


@own_screen("GET")
def own(request: OfficeRequest, act: Act) -> HttpResponse:
    """Show one's own data."""
    return _page(request, act, open_own_data(act=act), None)


@own_screen("POST")
def ask(request: OfficeRequest, act: Act) -> HttpResponse:
    """Ask to have something corrected; a refused form is shown again on the page with what was typed."""
    data = open_own_data(act=act)
    form = AskForm(request.POST, entries=_entries(own_timeline(data.member, today=act.today)))
    if form.is_valid():
        typed = form.cleaned_data
        if attempt(form, lambda: ask_correction(act=act, about=typed["about"], wish=typed["wish"])):
            messages.info(request, "Đã gửi đề nghị. Trả lời sẽ hiện ở trang này.")
            return HttpResponseRedirect(reverse("members:own"))
    return _page(request, act, data, form)


def _page(request: OfficeRequest, act: Act, data: OwnData, form: AskForm | None) -> HttpResponse:
    member, file = data.member, data.file
    told = own_timeline(member, today=act.today)
    lines = [*told, *(one for one in own_discipline(member, today=act.today) if not one.corrected)]
    lines.sort(key=lambda entry: entry.order, reverse=True)
    facts = [
        ("Ngày sinh", str(PartialDate(member.birth_date, Precision(member.birth_precision)))),
        ("Số định danh cá nhân", file.identity_number),
        ("Số lý lịch", file.file_number),
        ("Số thẻ đảng viên", file.card_number),
        ("Điện thoại", file.phone),
        ("Ngày kết nạp", format_date(member.admitted_on) if member.admitted_on else ""),
        ("Ngày chính thức", format_date(member.recognised_on) if member.recognised_on else ""),
    ]
    page = OwnPage(
        name=member.full_name,
        state=STATE_SIGNS.get(member.state, Sign("off", "○", member.get_state_display().lower())),
        unit=place_cards([member.unit_id], day=act.today)[member.unit_id].place,
        facts=tuple((name, value or "chưa ghi") for name, value in facts),
        entries=tuple(_line(entry) for entry in lines),
        requests=tuple(_request(one) for one in requests_of(member, today=act.today)),
        ask_url=reverse("members:ask"),
        desk_url=reverse("home:period") if scopes_of(act.user, today=act.today) else "",
        printed=f"{act.now.astimezone(HANOI):%H:%M ngày %d/%m/%Y}",
    )
    shown = form if form is not None else AskForm(entries=_entries(told))
    shown.point_at_first_error()
    status = 422 if form is not None else 200
    response = render(request, "members/own.html", {"page": page, "form": shown}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _entries(lines: tuple[TimelineEntry, ...]) -> Choices:
    """What can be asked about in the timeline; discipline is complained of elsewhere, not corrected."""
    return [
        (f"{line.register}:{line.uid}", f"{line.what} ({line.day})")
        for line in lines
        if line.register in own_registers()
    ]


def _line(entry: TimelineEntry) -> OwnLine:
    recorded = f"ghi vào sổ ngày {entry.recorded_at.astimezone(HANOI):%d/%m/%Y}"
    return OwnLine(entry.day.day.isoformat(), str(entry.day), entry.what, entry.where, entry.decision, recorded)


def _request(one: RequestLine) -> OwnRequest:
    answered = f"{one.answered_by}, {one.answered_at.astimezone(HANOI):%d/%m/%Y}" if one.answered_at else ""
    asked = f"{one.asked_at.astimezone(HANOI):%d/%m/%Y}"
    return OwnRequest(one.about, one.wish, asked, REQUEST_SIGNS[one.state], one.answer, answered)
