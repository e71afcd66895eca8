"""The Django app of papers."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers out."""

    name = "giaoban.apps.papers"
    label = "papers"
