"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """Inspection."""

    name = "giaoban.apps.inspection"
    label = "inspection"
