"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Obligations."""

    name = "giaoban.apps.obligations"
    label = "obligations"

    def ready(self) -> None:
        """Register the source that this app keeps itself."""
        from giaoban.apps.obligations.evidence import register_evidence
        from giaoban.apps.obligations.queries.hand_ins import HANDED_IN_SOURCE

        register_evidence(HANDED_IN_SOURCE)
