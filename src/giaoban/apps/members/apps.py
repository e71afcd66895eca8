"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members."""

    name = "giaoban.apps.members"
    label = "members"
