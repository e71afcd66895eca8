"""An invitation as a calendar file: time and «sinh hoạt», nothing else (decision D16)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import Count

from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingEvent
from giaoban.apps.meetings.queries.record import story_of

_STAMP = "%Y%m%dT%H%M%SZ"


def calendar_file(meeting: Meeting, *, now: datetime, sitting: int | None = None) -> bytes:
    """Return an event for each sitting (or for one, by its number) in iCalendar (RFC 5545).

    Neither unit nor place nor topic stands in it. An event that was moved has a higher sequence number, so that a
    calendar that has it already moves it too.
    """
    sittings = [
        (one.sitting, one.starts_at, one.ends_at)
        for one in story_of(meeting).sittings
        if sitting in (None, one.sitting)
    ]
    plans = MeetingEntry.objects.filter(meeting=meeting, kind=MeetingEvent.PLANNED).order_by()
    times = dict(plans.values_list("sitting").annotate(Count("pk")))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//giaoban//sinh hoat//VI", "METHOD:PUBLISH"]
    for number, begins, ends in sittings or [(1, meeting.starts_at, meeting.ends_at)]:
        assert begins is not None
        end = ends or begins + timedelta(hours=1)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{meeting.uid}{f'-{number}' if number > 1 else ''}@giaoban",
            f"SEQUENCE:{max(0, times.get(number, 1) - 1)}",
            f"DTSTAMP:{now.astimezone(UTC):{_STAMP}}",
            f"DTSTART:{begins.astimezone(UTC):{_STAMP}}",
            f"DTEND:{end.astimezone(UTC):{_STAMP}}",
            "SUMMARY:Sinh hoạt",
            "END:VEVENT",
        ]
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()
