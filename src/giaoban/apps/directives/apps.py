"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """Directives."""

    name = "giaoban.apps.directives"
    label = "directives"
