"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reporting."""

    name = "giaoban.apps.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Let standing duties ask the submissions what shows that a report was sent, and reports follow the tree."""
        from giaoban.apps.obligations.evidence import register_evidence
        from giaoban.apps.organizations.operations import watch_tree
        from giaoban.apps.reporting.operations.cycles.following import follow_tree_change
        from giaoban.apps.reporting.queries.cycles.evidence import REPORT_SENT

        register_evidence(REPORT_SENT)
        watch_tree(follow_tree_change)
