"""Cycles that were opened when a title named its rhythm and its period both say the period once."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from giaoban.apps.reporting.queries.cycles.titles import cycle_title
from giaoban.core.period import Period


def say_periods_once(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the titles anew that are the form's title with the period put behind it; others were given by people."""
    for cycle in apps.get_model("reporting", "Cycle").objects.exclude(form__rhythm="once").select_related("form"):
        period = Period.parse(cycle.period)
        title = cycle_title(cycle.form.title, cycle.form.rhythm, period)[:200]
        if cycle.title == f"{cycle.form.title} {period.name()}"[:200] and cycle.title != title:
            cycle.title = title
            cycle.save(update_fields=["title"])


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_snapshot_digest_version")]

    operations = [migrations.RunPython(say_periods_once, migrations.RunPython.noop)]
