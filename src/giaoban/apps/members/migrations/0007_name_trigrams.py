"""Parts of names are found by trigrams on PostgreSQL; where the extension is not installed the search only is slower."""

from typing import Any

from django.db import migrations

_AVAILABLE = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"


def _add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_AVAILABLE)
        if cursor.fetchone() is None:
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS members_member_folded_trgm ON members_member USING gin (folded_name gin_trgm_ops)"
        )


def _drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS members_member_folded_trgm")


class Migration(migrations.Migration):
    dependencies = [("members", "0006_alias_state")]
    operations = [migrations.RunPython(_add, _drop, elidable=False)]
