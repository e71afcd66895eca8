"""Sums what is there for the units that keep sums; from then on the operations do."""

from typing import Any

from django.db import migrations

from giaoban.apps.organizations.operations._sums import sum_everything_anew


def _sum(apps: Any, schema_editor: Any) -> None:
    sum_everything_anew()


class Migration(migrations.Migration):
    dependencies = [("members", "0013_note_letters_and_badges"), ("organizations", "0004_sums_of_wide_units")]
    operations = [migrations.RunPython(_sum, migrations.RunPython.noop, elidable=True)]
