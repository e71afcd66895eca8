"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Organizations."""

    name = "giaoban.apps.organizations"
    label = "organizations"
