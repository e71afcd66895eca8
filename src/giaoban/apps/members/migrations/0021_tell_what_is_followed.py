"""Notes the waiting letters again, and counts what is followed up under the wide units that are there."""

from typing import Any

from django.db import migrations

from giaoban.apps.members.operations._followed import tell_followed_anew
from giaoban.apps.members.operations._letters import note_all_letters


def _tell(apps: Any, schema_editor: Any) -> None:
    note_all_letters()
    tell_followed_anew()


class Migration(migrations.Migration):
    dependencies = [("members", "0020_followed_sums")]
    operations = [migrations.RunPython(_tell, migrations.RunPython.noop, elidable=True)]
