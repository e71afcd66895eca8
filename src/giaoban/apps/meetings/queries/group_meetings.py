"""Meetings by groups (sinh hoạt theo tổ đảng): how many a year, in which cells (03-HD/TW, pilot; domain.md 3.3)."""

from __future__ import annotations

from datetime import date

from giaoban.apps.meetings.models import Meeting, MeetingForm, MeetingState
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.core.numbers_vi import format_number


def group_meeting_warnings(meeting: Meeting, members: int) -> tuple[str, ...]:
    """Return what a meeting by groups does not keep to, in sentences; nothing of a meeting of another form.

    Args:
        meeting: counted with those of its unit that came before it in the calendar year and were not cancelled.
        members: how many are called.
    """
    if meeting.form != MeetingForm.BY_GROUPS or meeting.state == MeetingState.CANCELLED:
        return ()
    year = Meeting.objects.filter(
        unit=meeting.unit_id, form=MeetingForm.BY_GROUPS, day__gte=date(meeting.day.year, 1, 1), day__lte=meeting.day
    )
    number = year.exclude(state=MeetingState.CANCELLED).count()
    most = rule_for("group_meetings_year", meeting.unit, meeting.day)
    least = rule_for("group_meetings_members", meeting.unit, meeting.day)
    found = []
    if number > most.whole:
        found.append(
            f"Đây là kỳ thứ {format_number(number)} họp theo tổ đảng trong năm {meeting.day.year}; "
            f"nhiều nhất {format_number(most.whole)} kỳ một năm ({most.source})."
        )
    if members < least.whole:
        found.append(
            f"Chi bộ có {format_number(members)} đảng viên phải dự; họp theo tổ đảng dành cho chi bộ từ "
            f"{format_number(least.whole)} đảng viên ({least.source})."
        )
    return tuple(found)
