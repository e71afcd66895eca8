"""The schedule of the chosen unit and all below it, months side by side; last month repeated in one tap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import MeetingKind, MeetingState
from giaoban.apps.meetings.operations import repeat_last_month
from giaoban.apps.meetings.queries.schedule import Planned, cells_below, months_ahead, schedule_of, units_below
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period, PeriodKind
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Pager, Sign
from giaoban.web.forms import attempt, sentence
from giaoban.web.meetings.place import NOT_TOLD, STATE_SIGNS

PAGE = 60
_MOST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """A meeting in a cell of the table."""

    url: str
    when: str
    kind: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its meetings, month by month, and a sign where a regular meeting is missing."""

    name: str
    url: str
    months: tuple[tuple[str, tuple[MeetingLink, ...], Sign | None], ...]


@dataclass(frozen=True, slots=True)
class SchedulePage:
    """The screen."""

    months: tuple[str, ...]
    rows: tuple[UnitRow, ...]
    pager: Pager | None
    plan_url: str
    repeat_url: str
    links: tuple[Link, ...]
    beside: tuple[Link, ...]


def months_of(period: Period) -> tuple[date, ...]:
    """Return the first days of the months on the screen: a month, a quarter, of longer periods the last quarter."""
    if period.kind == PeriodKind.MONTH:
        return (period.start,)
    return tuple(month.start for month in period.months()[-_MOST_MONTHS:])


def month_words(month: date) -> str:
    """Return «Tháng 3/2023»."""
    return f"Tháng {month.month}/{month.year}"


def page_number(desk: Desk) -> int:
    """Return which page of a long list is wanted, from 1."""
    text = desk.request.GET.get("trang", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 5 else 1


def pager_of(desk: Desk, name: str, number: int, total: int, query: dict[str, str] | None = None) -> Pager | None:
    """Return the way through a long list of units; None where one page holds it."""
    if total <= PAGE:
        return None

    def url(page: int) -> str:
        return desk.url(name, query={**(query or {}), "trang": str(page)})

    words = f"Từ {format_number((number - 1) * PAGE + 1)} đến {format_number(min(number * PAGE, total))}"
    before = url(number - 1) if number > 1 else ""
    after = url(number + 1) if number * PAGE < total else ""
    return Pager(f"{words} trong {format_number(total)} tổ chức", before, after)


def _link(desk: Desk, one: Planned) -> MeetingLink:
    local = one.starts_at.astimezone(HANOI)
    kind = "" if one.kind == MeetingKind.REGULAR else one.kind_name.lower()
    open_still = one.state == MeetingState.PLANNED and local.date() < desk.act.today
    sign = NOT_TOLD if open_still else STATE_SIGNS[one.state]
    return MeetingLink(desk.url("meetings:meeting", one.uid), f"{local:%d/%m %H:%M}", kind, sign)


def _missing(desk: Desk, month: date) -> Sign:
    """What says that nothing is registered for a month; of a month to come it is no fault yet."""
    words = "chưa đăng ký thường kỳ"
    return Sign("off", "○", words) if month > desk.act.today else Sign("bad", "✕", words)


def _beside(desk: Desk) -> tuple[Link, ...]:
    """The way to the period before and after: schedules are made ahead, and the year of the frame may end before."""
    now = Period(desk.period.kind, desk.act.today.replace(day=1)) if desk.period.kind == PeriodKind.MONTH else None
    found = [desk.period.before(), now or Period.quarter_of(desk.act.today), desk.period.next()]
    return tuple(
        Link(one.name()[0].upper() + one.name()[1:], desk.url("meetings:schedule", period=one), one == desk.period)
        for one in sorted({desk.period, *found}, key=lambda one: one.start)
    )


@screen("meetings", right="meetings_view")
def schedule(desk: Desk) -> HttpResponse:
    """Show the schedule."""
    months = months_of(desk.period)
    day = min(desk.period.window.last_day, desk.act.today)
    units = units_below(desk.unit, day)
    cells = set(cells_below(desk.unit, day))
    number = page_number(desk)
    part = units[(number - 1) * PAGE : number * PAGE]
    rows = []
    found = schedule_of(desk.act.user, part, months, today=desk.act.today, day=day)
    for pk, row in zip(part, found, strict=True):
        rows.append(
            UnitRow(
                row.unit.place,
                desk.url("meetings:schedule", unit=row.unit.code),
                tuple(
                    (
                        month_words(month),
                        tuple(_link(desk, one) for one in meetings),
                        _missing(desk, month)
                        if pk in cells and all(one.kind != MeetingKind.REGULAR for one in meetings)
                        else None,
                    )
                    for month, meetings in zip(months, row.months, strict=True)
                ),
            )
        )
    records = desk.may("meetings_record")
    links = [Link("Hội nghị", desk.url("conferences:list")), Link("Mẫu chấm điểm", desk.url("meetings:rubrics"))]
    links.append(Link("Xếp loại năm", desk.url("meetings:year")))
    above_cells = not desk.card.holds_members
    if above_cells:
        links.append(Link("Chi bộ chưa được dự", desk.url("meetings:unvisited")))
    if above_cells and desk.may("meetings_review"):
        links.insert(0, Link("Thẩm định", desk.url("meetings:reviews")))
    page = SchedulePage(
        tuple(month_words(month) for month in months),
        tuple(rows),
        pager_of(desk, "meetings:schedule", number, len(units)),
        desk.url("meetings:plan") if records else "",
        desk.url("meetings:repeat") if records else "",
        tuple(links),
        _beside(desk),
    )
    return desk.render("meetings/schedule.html", {"page": page})


@screen("meetings", right="meetings_record", methods=("POST",))
def repeat(desk: Desk) -> HttpResponse:
    """Register the monthly meetings of the period like those of the month before, where none is registered yet."""
    months = months_of(desk.period)
    back = HttpResponseRedirect(desk.url("meetings:schedule"))
    if not months_ahead(months, desk.act.today):
        words = f"{desk.period.name()} đã qua nên không lặp lại lịch. Ghi bù từng kỳ ở «Đăng ký lịch»."
        messages.warning(desk.request, words[0].upper() + words[1:])
        return back
    made = attempt(
        lambda error: messages.warning(
            desk.request, f"Chưa đăng ký gì. {error.where}: {sentence(error)} Sửa ở đây rồi đăng ký, hoặc lặp lại sau."
        ),
        lambda: repeat_last_month(act=desk.act, unit=desk.unit, months=months),
    )
    if made is None:
        return HttpResponseRedirect(desk.url("meetings:plan", query={"lap": "1"}))
    words = (
        f"Đã đăng ký {format_number(len(made))} kỳ sinh hoạt như tháng trước."
        if made
        else "Không có gì để lặp lại: các đơn vị đã đăng ký, hoặc ba tháng trước chưa có lịch."
    )
    messages.info(desk.request, words)
    return back
