"""Which days are worked: public holidays of the year, and what committees decided for their offices."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.obligations.models import DayKind
from giaoban.apps.obligations.operations import set_calendar_day, take_calendar_day_back
from giaoban.apps.obligations.queries.calendars import CalendarLine, calendar_lines, find_calendar_entry
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import format_date
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.forms import DayField, OfficeForm, attempt, sentence

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class CalendarDayForm(OfficeForm):
    """A day that is not as in the common calendar."""

    places = {"Ngày": "day"}
    day = DayField(label="Ngày")
    kind = forms.ChoiceField(label="Là", choices=DayKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Nội dung",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Ví dụ: Nghỉ bù Tết Nguyên đán; Làm bù ngày 03/05/2024",
    )
    number = forms.CharField(
        label="Theo văn bản số", required=False, max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    signed = DayField(label="Ngày văn bản", required=False)


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the list."""

    day: str
    weekday: str
    sign: Sign
    note: str
    who: str
    back_url: str


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """The days of a year that are not what their weekday says."""

    year: str
    years: tuple[Link, ...]
    rows: tuple[DayRow, ...]
    may_set: bool
    back_url: str


def _row(desk: Desk, line: CalendarLine) -> DayRow:
    mine = line.owner_code == desk.card.code and desk.may("organizations_manage")
    return DayRow(
        format_date(line.day),
        _WEEKDAYS[line.day.weekday()],
        Sign("good", "●", "làm việc") if line.works else Sign("off", "○", "nghỉ"),
        line.note,
        f"{line.owner}, {line.by} ghi" if line.owner else "lịch chung cả nước",
        desk.url("obligations:calendar_back", line.uid) if mine and line.uid else "",
    )


@screen("obligations", right="organizations_view", methods=("GET", "POST"))
def calendar(desk: Desk) -> HttpResponse:
    """Show the days of a year that are not what their weekday says; who manages the unit adds one."""
    typed = desk.request.GET.get("nam") or ""
    today = desk.act.today
    year = int(typed) if typed.isdecimal() and 1995 <= int(typed[:4]) <= 2100 and len(typed) == 4 else today.year
    form = CalendarDayForm(desk.posted)
    if form.is_valid():
        desk.require("organizations_manage")
        data = form.cleaned_data
        record = partial(
            set_calendar_day,
            act=desk.act,
            owner=desk.unit,
            day=data["day"],
            kind=DayKind(data["kind"]),
            note=data["note"],
            decision=Decision(data["number"].strip(), data["signed"], ""),
        )
        if attempt(form, record) is not None:
            words = DayKind(data["kind"]).label.lower()
            messages.info(desk.request, f"Đã ghi {format_date(data['day'])} là {words}.")
            return HttpResponseRedirect(desk.url("obligations:calendar", query={"nam": str(data["day"].year)}))
    page = CalendarPage(
        year=str(year),
        years=tuple(
            Link(str(one), desk.url("obligations:calendar", query={"nam": str(one)}), one == year)
            for one in range(year - 2, year + 3)
        ),
        rows=tuple(_row(desk, line) for line in calendar_lines(desk.unit, year, today=today)),
        may_set=desk.may("organizations_manage"),
        back_url=desk.url("obligations:list"),
    )
    form.point_at_first_error()
    status = 422 if form.errors else 200
    return desk.render("obligations/calendar.html", {"page": page, "form": form}, status=status)


@screen("obligations", right="organizations_view", methods=("POST",))
def calendar_back(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Take back what was decided about a day."""
    entry = find_calendar_entry(desk.act.user, uid, today=desk.act.today)

    def take_back() -> str:
        take_calendar_day_back(act=desk.act, entry=entry)
        return f"Đã bỏ dòng ngày {format_date(entry.effective_date)}."

    done = attempt(lambda error: messages.info(desk.request, sentence(error)), take_back)
    if done is not None:
        messages.info(desk.request, done)
    return HttpResponseRedirect(desk.url("obligations:calendar", query={"nam": str(entry.effective_date.year)}))
