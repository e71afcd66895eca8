"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings."""

    name = "giaoban.apps.meetings"
    label = "meetings"
