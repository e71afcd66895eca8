"""The list of a committee's conferences, and one conference with everything of it on one page."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState, Presence
from giaoban.apps.meetings.queries.conferences import (
    ConferenceView,
    DelegationRow,
    SittingView,
    conference_before,
    conference_view,
    conferences_in,
    find_conference,
)
from giaoban.apps.meetings.queries.conferences_invitations import invitations_of
from giaoban.apps.organizations.permissions import may
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.meetings.place import STATE_SIGNS, when_words

# How a unit may stand, with the words of the choice; empty: not ticked yet.
CHOICES = (
    (Presence.PRESENT.value, "Có mặt"),
    (Presence.EXCUSED.value, "Vắng có lý do"),
    (Presence.ABSENT.value, "Vắng không lý do"),
    ("", "Chưa"),
)
_SIGNS = {
    Presence.PRESENT.value: Sign("good", "●", "có mặt"),
    Presence.EXCUSED.value: Sign("off", "○", "vắng có lý do"),
    Presence.ABSENT.value: Sign("bad", "✕", "vắng không lý do"),
    "": Sign("late", "◐", "chưa điểm danh"),
}


@dataclass(frozen=True, slots=True)
class ListLine:
    """A conference in the list."""

    title: str
    url: str
    when: str
    sign: Sign
    invited: str
    came: str
    away: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A state that a unit may be set to."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of a sitting: as it stands, and the choices of the form; ``was`` tells the form what was there before."""

    code: str
    name: str
    sign: Sign
    choices: tuple[Choice, ...]
    delegates: str
    note: str
    was: str


@dataclass(frozen=True, slots=True)
class SittingPart:
    """One sitting."""

    number: int
    title: str
    when: str
    said: str
    lines: tuple[UnitLine, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """A conclusion with who is to do it and by when."""

    text: str
    who: str
    mend_url: str


@dataclass(frozen=True, slots=True)
class ConferencePage:
    """The page."""

    title: str
    kind: str
    sign: Sign
    cancelled: str
    untold: str
    untold_url: str
    said: str
    sittings: tuple[SittingPart, ...]
    reports: tuple[tuple[str, str, str], ...]
    conclusions: tuple[ConclusionLine, ...]
    actions: tuple[Link, ...]
    attendance_url: str
    hold_url: str
    list_url: str


@screen("meetings", right="meetings_view")
def conferences(desk: Desk) -> HttpResponse:
    """Show the conferences of the chosen committee in the chosen period."""
    lines = tuple(
        ListLine(
            title=one.meeting.title,
            url=desk.url("conferences:conference", one.meeting.uid),
            when=when_words(one.meeting.starts_at),
            sign=STATE_SIGNS[one.meeting.state],
            invited=format_number(one.invited),
            came=f"{format_number(one.present)} đơn vị, {format_number(one.delegates)} đại biểu",
            away=f"{format_number(one.excused)} có lý do, {format_number(one.absent)} không lý do",
        )
        for one in conferences_in(desk.act.user, desk.unit, desk.period.window, today=desk.act.today)
    )
    actions = []
    if desk.may("conferences_manage"):
        actions.append(Link("Lập hội nghị", desk.url("conferences:plan"), True))
    if desk.may("reports_write"):
        actions.append(Link("Lập thông báo", desk.url("conferences:notice")))
    context: dict[str, object] = {"lines": lines, "actions": actions, "meetings_url": desk.url("meetings:schedule")}
    if not lines:
        context["last"] = _last(desk)
    return desk.render("conferences/list.html", context)


def _last(desk: Desk) -> Link | None:
    """Return the way to the last conference before the chosen period."""
    last = conference_before(desk.act.user, desk.unit, desk.period.start, today=desk.act.today)
    if last is None:
        return None
    period = Period.quarter_of(last.day)
    return Link(f"{last.title}, {when_words(last.starts_at)}", desk.url("conferences:list", period=period))


@screen("meetings", right="meetings_view")
def conference(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show one conference: sittings with units, reports and proposals, conclusions."""
    return show_conference(desk, find_conference(desk.act.user, uid, today=desk.act.today))


def show_conference(
    desk: Desk, meeting: Meeting, *, typed: Mapping[str, str] | None = None, refused: str = "", status: int = 200
) -> HttpResponse:
    """Show the page; ``typed`` are the fields of an attendance form that was refused."""
    view = conference_view(meeting)
    manages = may(desk.act.user, "conferences_manage", meeting.unit, today=desk.act.today)
    going = manages and meeting.state != MeetingState.CANCELLED
    begun = meeting.day <= desk.act.today
    page = ConferencePage(
        title=meeting.title,
        kind=meeting.get_kind_display(),
        sign=STATE_SIGNS[meeting.state],
        cancelled=view.cancelled_because,
        untold=_untold(view) if going and meeting.state == MeetingState.PLANNED else "",
        untold_url=desk.url("conferences:invitation", meeting.uid),
        said=_said(view),
        sittings=tuple(_sitting(one, typed) for one in view.sittings),
        reports=tuple((card.name, "đề nghị" if one.proposal else "báo cáo", one.text) for card, one in view.proposals),
        conclusions=tuple(
            ConclusionLine(
                one.text,
                "; ".join(part for part in (one.owner_words, f"hạn {format_date(one.due)}" if one.due else "") if part),
                desk.url("conferences:conclude", meeting.uid, query={"sua": str(one.uid)}) if going else "",
            )
            for one in view.conclusions
        ),
        actions=_actions(desk, meeting, going=going, begun=begun),
        attendance_url=desk.url("conferences:attendance", meeting.uid) if going and begun else "",
        hold_url=desk.url("conferences:hold", meeting.uid)
        if going and meeting.state == MeetingState.PLANNED and _over(view, desk)
        else "",
        list_url=desk.url("conferences:list"),
    )
    return desk.render("conferences/conference.html", {"page": page, "refused": refused}, status=status)


def _over(view: ConferenceView, desk: Desk) -> bool:
    return all(one.starts_at.astimezone(HANOI).date() <= desk.act.today for one in view.sittings)


def _actions(desk: Desk, meeting: Meeting, *, going: bool, begun: bool) -> tuple[Link, ...]:
    found = []
    if going:
        found.append(Link("Ghi báo cáo, đề nghị", desk.url("conferences:report", meeting.uid)))
        if begun:
            found.append(Link("Ghi kết luận", desk.url("conferences:conclude", meeting.uid)))
        found.append(Link("Đơn vị được mời", desk.url("conferences:invited", meeting.uid)))
        if meeting.state == MeetingState.PLANNED:
            found.insert(0, Link("Giấy mời", desk.url("conferences:invitation", meeting.uid)))
            found.append(Link("Đổi lịch", desk.url("conferences:move", meeting.uid)))
            found.append(Link("Hủy hội nghị", desk.url("conferences:cancel", meeting.uid)))
    if meeting.kind == MeetingKind.BRIEFING and begun and desk.may("reports_write"):
        period = desk.period if meeting.day in desk.period.window else Period.quarter_of(meeting.day)
        found.append(Link("Lập thông báo", desk.url("conferences:notice", period=period), True))
    return tuple(found)


def _untold(view: ConferenceView) -> str:
    """Return how many units have to be told again, or at all, after invitations had gone out."""
    number = sum(len(one.untold) for one in invitations_of(view) if one.sent is not None)
    return (
        f"Lịch hoặc danh sách mời đã đổi sau khi gửi giấy mời: còn {format_number(number)} đơn vị cần báo."
        if number
        else ""
    )


def _said(view: ConferenceView) -> str:
    rows = list(view.rows)
    people = sum(row.delegates for row in rows)
    parts = [f"Mời {format_number(len(rows))} đơn vị"]
    for state, words in (
        (Presence.PRESENT, "có mặt"),
        (Presence.EXCUSED, "vắng có lý do"),
        (Presence.ABSENT, "vắng không lý do"),
        ("", "chưa điểm danh"),
    ):
        number = view.count(state)
        if number:
            extra = f" ({format_number(people)} đại biểu)" if state == Presence.PRESENT else ""
            parts.append(f"{format_number(number)} {words}{extra}")
    return ", ".join(parts)


def _sitting(one: SittingView, typed: Mapping[str, str] | None) -> SittingPart:
    came = one.count(Presence.PRESENT.value)
    return SittingPart(
        number=one.number,
        title=sitting_title(one),
        when=when_words(one.starts_at, one.ends_at) + (f", {one.place}" if one.place else ""),
        said=f"{format_number(came)}/{format_number(len(one.rows))} đơn vị có mặt",
        lines=tuple(_unit(row, typed) for row in one.rows),
        open=any(not row.state for row in one.rows),
    )


def sitting_title(one: SittingView) -> str:
    """Return what people call a sitting: its cluster, or that it is for everybody."""
    return one.cluster or ("Phiên chung" if one.number == 1 else f"Phiên {one.number}")


def _unit(row: DelegationRow, typed: Mapping[str, str] | None) -> UnitLine:
    code = row.unit.code
    kept = {"co": row.state, "so": str(row.delegates or ""), "ghi": row.note}
    given = {key: (typed.get(f"{key}-{code}", value) if typed is not None else value) for key, value in kept.items()}
    return UnitLine(
        code,
        row.unit.name,
        _SIGNS[row.state],
        tuple(Choice(value, label, value == given["co"]) for value, label in CHOICES),
        given["so"],
        given["ghi"],
        typed.get(f"cu-{code}", "") if typed is not None else as_sent(kept["co"], kept["so"], kept["ghi"]),
    )


def as_sent(state: str, delegates: str, note: str) -> str:
    """Return what a form says of one unit in one text: what it still says was not changed there."""
    return "|".join((state, delegates.strip(), note.strip()))
