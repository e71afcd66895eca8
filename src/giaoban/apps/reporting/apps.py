"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reporting."""

    name = "giaoban.apps.reporting"
    label = "reporting"
