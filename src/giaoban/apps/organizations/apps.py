"""App configuration."""

from __future__ import annotations

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Organizations."""

    name = "giaoban.apps.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Sum units and their kinds for wide units."""
        from giaoban.apps.organizations.operations._sums import keep_sums
        from giaoban.apps.organizations.operations._tree_sums import TreeSums

        keep_sums(TreeSums())
