"""Notes where those who are exempt or away stand now; from then on the operations do."""

from typing import Any

from django.db import migrations

from giaoban.apps.members.operations._whereabouts import note_all_whereabouts


def _note(apps: Any, schema_editor: Any) -> None:
    note_all_whereabouts()


class Migration(migrations.Migration):
    dependencies = [("members", "0017_follow_up_below")]
    operations = [migrations.RunPython(_note, migrations.RunPython.noop, elidable=True)]
