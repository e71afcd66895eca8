"""App configuration of the screens: where their templates, tags and static files are found."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Screens."""

    name = "giaoban.web"
    label = "web"
