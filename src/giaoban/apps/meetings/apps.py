"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings."""

    name = "giaoban.apps.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Let standing duties ask the registers of this app what shows that they were done, and the rule that names a
        rubric offer the offices' own."""
        from giaoban.apps.meetings.queries.conferences_evidence import DELEGATES
        from giaoban.apps.meetings.queries.evidence import SOURCES
        from giaoban.apps.meetings.queries.regulations import REGULATIONS
        from giaoban.apps.meetings.queries.rubric import RULE, own_choices
        from giaoban.apps.obligations.evidence import register_evidence
        from giaoban.apps.organizations.rule_choices import register_choices

        for source in (DELEGATES, *SOURCES, REGULATIONS):
            register_evidence(source)
        register_choices(RULE, own_choices)
