"""App configuration: the guards of the registers are put back after every migrate."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_guards(using: str, **_: Any) -> None:
    from giaoban.apps.audit.guards import install_guards

    install_guards(using)


class AuditConfig(AppConfig):
    """Audit and journals."""

    name = "giaoban.apps.audit"
    label = "audit"

    def ready(self) -> None:
        """Reinstall the triggers after each migrate: Django's AlterField drops them silently on SQLite (D18)."""
        post_migrate.connect(_install_guards, dispatch_uid="giaoban.audit.guards")
