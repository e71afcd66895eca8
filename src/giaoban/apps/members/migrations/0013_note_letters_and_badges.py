"""Notes the highest badges that are there; from then on the operations do. Letters are noted by 0021."""

from typing import Any

from django.db import migrations

from giaoban.apps.members.operations._badges import note_all_badges


def _note(apps: Any, schema_editor: Any) -> None:
    note_all_badges()


class Migration(migrations.Migration):
    dependencies = [("members", "0012_follow_up")]
    operations = [migrations.RunPython(_note, migrations.RunPython.noop, elidable=True)]
