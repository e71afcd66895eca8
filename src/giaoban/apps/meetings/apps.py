"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings."""

    name = "giaoban.apps.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Let standing duties ask the registers of this app what shows that they were done."""
        from giaoban.apps.meetings.queries.conferences_evidence import DELEGATES
        from giaoban.apps.meetings.queries.evidence import SOURCES
        from giaoban.apps.meetings.queries.regulations import REGULATIONS
        from giaoban.apps.obligations.evidence import register_evidence

        for source in (DELEGATES, *SOURCES, REGULATIONS):
            register_evidence(source)
