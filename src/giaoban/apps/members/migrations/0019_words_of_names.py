"""Names are found by their words on PostgreSQL, also by words of two letters; see ``queries/name_words.py``.

Where the extension for trigrams is not installed the search for a part of a word only is slower.
"""

from typing import Any

from django.db import migrations

_WORDS = (
    "CREATE INDEX IF NOT EXISTS members_member_words ON members_member USING gin ((string_to_array(folded_name, ' ')))"
)
_AVAILABLE = "SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'"
_SPACED = (
    "CREATE INDEX IF NOT EXISTS members_member_spaced_trgm ON members_member "
    "USING gin ((' ' || folded_name) gin_trgm_ops)"
)
_FOLDED = "CREATE INDEX IF NOT EXISTS members_member_folded_trgm ON members_member USING gin (folded_name gin_trgm_ops)"


def _add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_WORDS)
        cursor.execute(_AVAILABLE)
        if cursor.fetchone() is not None:
            cursor.execute(_SPACED)
            cursor.execute("DROP INDEX IF EXISTS members_member_folded_trgm")


def _drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS members_member_words")
        cursor.execute("DROP INDEX IF EXISTS members_member_spaced_trgm")
        cursor.execute(_AVAILABLE)
        if cursor.fetchone() is not None:
            cursor.execute(_FOLDED)


class Migration(migrations.Migration):
    dependencies = [("members", "0018_note_whereabouts")]
    operations = [migrations.RunPython(_add, _drop, elidable=False)]
