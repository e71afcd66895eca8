"""Counts the spells that are there; from then on the operations do."""

from typing import Any

from django.db import migrations

from giaoban.apps.members.operations._roll import recount_everything


def _count(apps: Any, schema_editor: Any) -> None:
    recount_everything()


class Migration(migrations.Migration):
    dependencies = [("members", "0010_roll_counts")]
    operations = [migrations.RunPython(_count, migrations.RunPython.noop, elidable=True)]
