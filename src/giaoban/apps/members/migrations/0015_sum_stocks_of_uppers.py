"""Sums what stands under the committees above the grassroots, where there are wide units."""

from typing import Any

from django.db import migrations

from giaoban.apps.organizations.operations._sums import sum_anew
from giaoban.apps.organizations.queries.sums import keepers


def _sum(apps: Any, schema_editor: Any) -> None:
    keep = keepers()
    # What wide units keep is what they kept.
    sum_anew(keep.stocks - keep.wide)


class Migration(migrations.Migration):
    dependencies = [("members", "0014_sum_wide_units")]
    operations = [migrations.RunPython(_sum, migrations.RunPython.noop, elidable=True)]
