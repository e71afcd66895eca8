"""What the screens of one meeting share: opening it, words of its time, whom somebody enters it for."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState
from giaoban.apps.meetings.queries.absences import is_secretary, recorders_of
from giaoban.apps.meetings.queries.drafting import WEEKDAYS
from giaoban.apps.meetings.queries.page import find_meeting
from giaoban.apps.organizations.permissions import require
from giaoban.apps.organizations.queries.chosen import place_cards
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.web.access import Desk
from giaoban.web.components.pieces import Sign
from giaoban.web.members.forms import Choices

BOTH = ("GET", "POST")
HELPED = "giup"
STATE_SIGNS = {
    MeetingState.PLANNED.value: Sign("off", "○", "đã đăng ký lịch"),
    MeetingState.HELD.value: Sign("good", "●", "đã họp"),
    MeetingState.CANCELLED.value: Sign("off", "○", "đã hủy"),
}
# Its day is over and nothing is recorded of it.
NOT_TOLD = Sign("late", "◐", "chưa ghi buổi họp")


def open_meeting(desk: Desk, uid: uuid.UUID, *, right: str = "meetings_record") -> Meeting:
    """Return a meeting at whose unit the person holds a right.

    Raises:
        NotFound: outside the scope; NotAllowed: the right is missing.
    """
    meeting = find_meeting(desk.act.user, uid, today=desk.act.today)
    require(desk.act, right, [meeting.unit])
    return meeting


def meeting_title(meeting: Meeting) -> str:
    """Return «Sinh hoạt chi bộ thường kỳ tháng 3/2023»."""
    words = meeting.get_kind_display()
    if meeting.kind in (MeetingKind.REGULAR, MeetingKind.THEMATIC):
        return f"{words} tháng {meeting.month.month}/{meeting.month.year}"
    return f"{words} ngày {format_date(meeting.day)}"


def when_words(moment: datetime, until: datetime | None = None) -> str:
    """Return «thứ Hai 20/03/2023, 14:00 đến 15:30»."""
    local = moment.astimezone(HANOI)
    end = f" đến {until.astimezone(HANOI):%H:%M}" if until is not None else ""
    return f"{WEEKDAYS[local.weekday()]} {format_date(local.date())}, {local:%H:%M}{end}"


def about(desk: Desk, meeting: Meeting) -> str:
    """Return the unit and the time of a meeting in one line."""
    card = place_cards([meeting.unit_id], day=meeting.day)[meeting.unit_id]
    return f"{card.place}, {when_words(meeting.starts_at, meeting.ends_at)}"


def helped_choices(desk: Desk, meeting: Meeting) -> Choices:
    """Return whom the person may enter something for: who records for this very unit (decision D15); else nobody."""
    if is_secretary(desk.act.user, meeting.unit, desk.act):
        return []
    others = [user for user in recorders_of(meeting.unit, desk.act) if user.pk != desk.act.user.pk]
    return [("", "Không, tôi tự ghi"), *((str(user.uid), user.full_name) for user in others)] if others else []


def act_for(desk: Desk, meeting: Meeting, chosen: str) -> Act:
    """Return the act under the person's name, or for whom they enter it.

    Raises:
        InvalidInput: nobody of that kind.
    """
    if not chosen:
        return desk.act
    found = next((user for user in recorders_of(meeting.unit, desk.act) if str(user.uid) == chosen), None)
    if found is None:
        raise InvalidInput("Không có người này", where="Nhập giúp", expected="người được giao ghi sinh hoạt của đơn vị")
    return replace(desk.act, entered_for=found)


def chosen_helped(posted: QueryDict | None) -> str:
    """Return whom a form names."""
    return posted.get(HELPED, "") if posted is not None else ""


def saved(desk: Desk, meeting: Meeting, words: str) -> HttpResponse:
    """Say what was recorded, on the page of the meeting."""
    messages.info(desk.request, words)
    return HttpResponseRedirect(desk.url("meetings:meeting", meeting.uid))


def default_end(meeting: Meeting) -> datetime:
    """Return when a meeting ends as far as it is settled: after an hour and a half where it is not."""
    return meeting.ends_at or meeting.starts_at + timedelta(minutes=90)
