"""A called conference is changed on screen: other hours and places, other units, invitations that go out again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import HANOI, day_of
from giaoban.apps.meetings.models import DelegationEntry, Meeting
from giaoban.apps.meetings.operations import (
    InvitationDraft,
    SittingDraft,
    change_invitations,
    move_conference,
    note_invitations_sent,
)
from giaoban.apps.meetings.queries.calendar import calendar_file
from giaoban.apps.meetings.queries.conferences import SittingView, conference_view, find_conference
from giaoban.apps.meetings.queries.conferences_invitations import SittingInvitation, invitations_of
from giaoban.apps.organizations.models import Placement, Unit, on_day
from giaoban.apps.organizations.queries.chosen import unit_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.conferences.page import sitting_title
from giaoban.web.conferences.recording import back_to, managed
from giaoban.web.forms import DayField, OfficeForm, attempt, sentence
from giaoban.web.http import as_file
from giaoban.web.meetings.place import when_words
from giaoban.web.meetings.times import HourField, moment
from giaoban.web.members.record_page import BOTH, form_page


class MoveForm(OfficeForm):
    """The day, hour and place of each sitting."""

    def __init__(self, *args: Any, sittings: tuple[SittingView, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [one.number for one in sittings]
        for one in sittings:
            name, number = sitting_title(one), one.number
            begins = one.starts_at.astimezone(HANOI)
            self.fields[f"day-{number}"] = DayField(label=f"{name}: ngày", initial=begins.date(), help_text="")
            self.fields[f"hour-{number}"] = HourField(label=f"{name}: giờ", initial=begins, help_text="")
            self.fields[f"place-{number}"] = forms.CharField(
                label=f"{name}: địa điểm", initial=one.place, max_length=200, required=False
            )
        self.places = {"Bắt đầu": f"hour-{self.numbers[0]}"} if self.numbers else {}

    plain_fields: tuple[BoundField, ...] = ()

    @property
    def sitting_fields(self) -> list[tuple[BoundField, ...]]:
        """What belongs to each sitting, to stand side by side."""
        return [tuple(self[f"{key}-{number}"] for key in ("day", "hour", "place")) for number in self.numbers]


@screen("meetings", right="meetings_view", methods=BOTH)
def move(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give the sittings of a conference other hours or places."""
    meeting = managed(desk, uid)
    sittings = conference_view(meeting).sittings
    form = MoveForm(desk.posted, sittings=sittings)
    if form.is_valid():
        data = form.cleaned_data
        drafts = {}
        for one in sittings:
            begins = moment(data[f"day-{one.number}"], data[f"hour-{one.number}"])
            ends = begins + (one.ends_at - one.starts_at) if one.ends_at is not None else None
            drafts[one.number] = SittingDraft(begins, ends, one.group, data[f"place-{one.number}"])
        made = attempt(form, lambda: move_conference(act=desk.act, conference=meeting, sittings=drafts))
        if made is not None:
            words = "Đã ghi lịch mới; hạn cử thành phần dự theo ngày mới. Báo lại các đơn vị bằng giấy mời dưới đây."
            if made.dropped:
                names = ", ".join(unit.code for unit in made.dropped)
                words += f" Không mời nữa, vì ngày mới không còn trực thuộc: {names}."
            messages.info(desk.request, words)
            return HttpResponseRedirect(desk.url("conferences:invitation", meeting.uid))
    page = RecordPage(
        "Đổi lịch hội nghị",
        meeting.title,
        "Ghi lịch mới",
        desk.url("conferences:conference", meeting.uid),
        note="Đơn vị đã mời vẫn được mời; việc «Cử thành phần dự» trên bảng giao ban theo ngày mới.",
    )
    return form_page(desk, page, form, template="conferences/plan.html")


@dataclass(frozen=True, slots=True)
class Choice:
    """A sitting to which a unit may be invited; empty: to none."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with the choices of its sitting; ``was`` tells the form what was there before."""

    code: str
    name: str
    choices: tuple[Choice, ...]
    was: str


@screen("meetings", right="meetings_view", methods=BOTH)
def invited(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Choose to which sitting each unit is invited, all on one page; only what was changed there is recorded."""
    meeting = managed(desk, uid)
    posted, refused = desk.posted, list[str]()
    if posted is not None:
        changed = attempt(
            lambda error: refused.append(sentence(error)),
            lambda: change_invitations(act=desk.act, conference=meeting, drafts=_drafts(desk, meeting)),
        )
        if changed is not None:
            if not changed:
                return back_to(desk, meeting, "Không có thay đổi nào.")
            messages.info(
                desk.request, f"Đã đổi lời mời của {format_number(len(changed))} đơn vị; việc phải làm đã theo."
            )
            return HttpResponseRedirect(desk.url("conferences:invitation", meeting.uid))
    context = {
        "title": meeting.title,
        "candidates": _candidates(desk, meeting),
        "refused": "".join(refused),
        "back_url": desk.url("conferences:conference", meeting.uid),
    }
    return desk.render("conferences/invited.html", context, status=422 if refused else 200)


def _drafts(desk: Desk, meeting: Meeting) -> list[InvitationDraft]:
    posted = desk.request.POST
    codes = [key.removeprefix("phien-") for key in posted if key.startswith("phien-")]
    wanted = {code: posted[f"phien-{code}"] for code in codes if posted[f"phien-{code}"] != posted.get(f"cu-{code}")}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=wanted)}
    drafts = []
    for code, number in sorted(wanted.items()):
        if code not in units or not (number == "" or number.isdecimal()):
            raise InvalidInput(
                f"Không có đơn vị, phiên {quoted(code)}, {quoted(number)}", expected="đơn vị, phiên có trong danh sách"
            )
        drafts.append(InvitationDraft(units[code], int(number) if number else None))
    return drafts


def _candidates(desk: Desk, meeting: Meeting) -> tuple[Candidate, ...]:
    view = conference_view(meeting)
    kept = dict(DelegationEntry.objects.live().filter(meeting=meeting).values_list("unit_id", "sitting"))
    below = Placement.objects.filter(on_day(meeting.day), parent=meeting.unit).values_list("unit_id", flat=True)
    cards = sorted(unit_cards({*below, *kept}, day=meeting.day).values(), key=lambda card: card.code)
    titles = [("", "Không mời")] + [
        (str(one.number), f"{sitting_title(one)}, {format_date(day_of(one.starts_at))}") for one in view.sittings
    ]
    found = []
    for card in cards:
        was = str(kept.get(card.pk, ""))
        typed = desk.request.POST.get(f"phien-{card.code}", was)
        choices = tuple(Choice(value, label, value == typed) for value, label in titles)
        found.append(Candidate(card.code, card.name, choices, desk.request.POST.get(f"cu-{card.code}", was)))
    return tuple(found)


class SentForm(OfficeForm):
    """The day on which the invitations went out."""

    places = {"Ngày gửi": "day"}
    day = DayField(label="Ngày gửi giấy mời", help_text="")


@dataclass(frozen=True, slots=True)
class InvitationPart:
    """The invitation to one sitting as it is shown."""

    number: int
    title: str
    when: str
    text: str
    rows: int
    lines: tuple[str, ...]
    said: str
    warn: str
    calendar_url: str


@screen("meetings", right="meetings_view", methods=BOTH)
def invitation(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give the invitations to copy, to print and for calendars; note when they went out."""
    meeting = managed(desk, uid)
    form = SentForm(desk.posted, initial={"day": desk.act.today})
    if form.is_valid():
        day = form.cleaned_data["day"]
        if attempt(form, lambda: note_invitations_sent(act=desk.act, conference=meeting, day=day)):
            return back_to(desk, meeting, f"Đã ghi: gửi giấy mời ngày {format_date(day)}.")
    form.point_at_first_error()
    context = {
        "title": meeting.title,
        "parts": tuple(_part(desk, meeting, one) for one in invitations_of(conference_view(meeting))),
        "form": form,
        "back_url": desk.url("conferences:conference", meeting.uid),
    }
    return desk.render("conferences/invitation.html", context, status=422 if form.errors else 200)


def _part(desk: Desk, meeting: Meeting, one: SittingInvitation) -> InvitationPart:
    lines = tuple(one.text.splitlines())
    return InvitationPart(
        one.sitting.number,
        sitting_title(one.sitting),
        when_words(one.sitting.starts_at, one.sitting.ends_at),
        one.text,
        min(len(lines) + 2, 20),
        lines,
        f"Đã gửi ngày {format_date(one.sent)}." if one.sent is not None else "Chưa ghi đã gửi.",
        untold_words(one),
        desk.url("conferences:calendar", meeting.uid, query={"phien": str(one.sitting.number)}),
    )


def untold_words(one: SittingInvitation) -> str:
    """Return who has to be told after invitations had gone out; empty where that is nobody."""
    if one.sent is None or not one.untold:
        return ""
    if one.moved:
        return f"Lịch đã đổi sau khi gửi: báo lại {format_number(len(one.untold))} đơn vị."
    return "Mời thêm sau khi gửi, cần báo: " + "; ".join(card.name for card in one.untold) + "."


@screen("meetings", right="meetings_view")
def calendar(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give one sitting, or all of them, as a calendar file."""
    meeting = find_conference(desk.act.user, uid, today=desk.act.today)
    asked = desk.request.GET.get("phien", "")
    content = calendar_file(meeting, now=desk.act.now, sitting=int(asked) if asked.isdecimal() else None)
    return as_file(content, "hoi-nghi.ics")
