"""An invitation as a calendar file: time and «sinh hoạt», nothing else (decision D16)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from giaoban.apps.meetings.models import Meeting

_STAMP = "%Y%m%dT%H%M%SZ"


def calendar_file(meeting: Meeting, *, now: datetime) -> bytes:
    """Return one event in iCalendar (RFC 5545); neither unit nor place nor topic stands in it."""
    end = meeting.ends_at or meeting.starts_at + timedelta(hours=1)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//giaoban//sinh hoat//VI",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{meeting.uid}@giaoban",
        f"DTSTAMP:{now.astimezone(UTC):{_STAMP}}",
        f"DTSTART:{meeting.starts_at.astimezone(UTC):{_STAMP}}",
        f"DTEND:{end.astimezone(UTC):{_STAMP}}",
        "SUMMARY:Sinh hoạt",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return ("\r\n".join(lines) + "\r\n").encode()
