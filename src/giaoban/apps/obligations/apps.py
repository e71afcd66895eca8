"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Obligations."""

    name = "giaoban.apps.obligations"
    label = "obligations"
