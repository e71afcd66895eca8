"""Attendance by a code: the secretary's page that shows it, the picture, and the member's page that it leads to."""

from __future__ import annotations

import io
import uuid
from dataclasses import dataclass
from typing import cast

import segno
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, Presence
from giaoban.apps.meetings.operations import look_at_code, say_present
from giaoban.apps.meetings.operations.presence import Arrival
from giaoban.apps.meetings.queries.presence_code import CODE_MINUTES, code_for, meeting_of
from giaoban.apps.meetings.queries.roll import roll_of
from giaoban.apps.organizations.permissions import may
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.core.errors import GiaobanError, NotAllowed
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.http import OfficeRequest, act_of
from giaoban.web.meetings.place import BOTH, about, meeting_title, open_meeting, when_words

# So often the page asks for a new code, without any script.
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class CodePage:
    """The code with who came by it."""

    title: str
    about: str
    image_url: str
    address: str
    present: str
    minutes: int
    by_code: tuple[tuple[str, str], ...]
    tick_url: str
    back_url: str


@dataclass(frozen=True, slots=True)
class ArrivalPage:
    """What a member sees who scanned the code."""

    title: str
    place: str
    when: str
    name: str
    present: bool
    since: str
    wrong: str
    tick_url: str


def _address(request: HttpRequest, meeting: Meeting, desk: Desk) -> str:
    code = code_for(meeting, desk.act.now)
    return request.build_absolute_uri(reverse("meetings:present", args=[code]))


@screen("meetings", right="meetings_view")
def code(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show the code to the room."""
    meeting = open_meeting(desk, uid)
    address = _address(desk.request, meeting, desk)
    roll = roll_of(meeting)
    page = CodePage(
        meeting_title(meeting),
        about(desk, meeting),
        desk.url("meetings:code_image", uid),
        address,
        f"{format_number(roll.count(Presence.PRESENT))} / {format_number(roll.called)}",
        CODE_MINUTES,
        tuple(
            (line.name, f"{line.said_at.astimezone(HANOI):%H:%M}")
            for line in roll.lines
            if line.by_code and line.said_at is not None
        ),
        desk.url("meetings:tick", uid),
        desk.url("meetings:meeting", uid),
    )
    response = desk.render("meetings/code.html", {"page": page})
    response["Refresh"] = str(_SECONDS)
    return response


@screen("meetings", right="meetings_view")
def code_image(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Draw the code of this moment."""
    meeting = open_meeting(desk, uid)
    drawn = io.BytesIO()
    segno.make(_address(desk.request, meeting, desk), error="m", micro=False).save(
        drawn, kind="svg", scale=8, light="#fff", svgclass=None, lineclass=None
    )
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


def present(request: HttpRequest, code: str) -> HttpResponse:
    """Let a member say that they are there; who records for the unit is shown the way to the list as well."""
    if request.method not in (*BOTH, "HEAD"):
        return HttpResponseNotAllowed(BOTH)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    asked = cast("OfficeRequest", request)
    act = act_of(asked)
    wrong, arrival, tick_url = "", None, ""
    try:
        meeting = meeting_of(code, act.now)
        if may(act.user, "meetings_record", meeting.unit, today=act.today):
            tick_url = f"{reverse('meetings:tick', args=[meeting.uid])}?don-vi={meeting.unit.code}"
        arrival = look_at_code(act=act, code=code)
        if request.method == "POST":
            say_present(act=act, code=code)
            return HttpResponseRedirect(reverse("meetings:present", args=[code]))
    except NotAllowed as error:
        if tick_url:
            # A helper without a record of their own: the list is what they came for.
            return HttpResponseRedirect(tick_url)
        wrong = f"{error.message}. {error.hint}"
    except GiaobanError as error:
        wrong = f"{error.message}. {error.hint}".strip() if error.hint else str(error)
    page = _arrival(arrival, wrong, tick_url)
    response = render(request, "meetings/present.html", {"page": page}, status=422 if wrong else 200)
    response["Cache-Control"] = "private, no-store"
    # The address holds the code: no other site learns it. «no-referrer» would take the origin from the form as well,
    # and a post without it is refused.
    response["Referrer-Policy"] = "same-origin"
    return response


def _arrival(arrival: Arrival | None, wrong: str, tick_url: str) -> ArrivalPage:
    if arrival is None:
        return ArrivalPage("Điểm danh", "", "", "", False, "", wrong, tick_url)
    meeting, entry = arrival.meeting, arrival.entry
    here = entry is not None and entry.state == Presence.PRESENT
    return ArrivalPage(
        meeting_title(meeting),
        place_cards([meeting.unit_id], day=meeting.day)[meeting.unit_id].place,
        when_words(meeting.starts_at, meeting.ends_at),
        arrival.member.full_name,
        here,
        f"{entry.recorded_at.astimezone(HANOI):%H:%M}" if entry is not None and here else "",
        wrong,
        tick_url,
    )
