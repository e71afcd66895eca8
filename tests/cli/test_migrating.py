"""An empty database is migrated in a quicker way than Django's own, to the same tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, connections
from django.db.migrations.state import ProjectState
from tests.sample_office import another_connection, swapped

from giaoban.site.fresh import few_models_made_anew

_SQLITE = ("SELECT type, name, tbl_name, sql FROM sqlite_master",)
_POSTGRES = (
    """SELECT table_name, ordinal_position, column_name, udt_name, character_maximum_length, numeric_precision,
              is_nullable, column_default, is_identity, collation_name
       FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace""",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
)


def _tables() -> list[tuple[Any, ...]]:
    """Everything that the database knows of its tables: columns in their order, indexes, constraints, triggers."""
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for statement in _SQLITE if connection.vendor == "sqlite" else _POSTGRES:
            cursor.execute(statement)
            rows += sorted(cursor.fetchall(), key=repr)
    return rows


@contextmanager
def _empty_database() -> Iterator[None]:
    usual = connections["default"]
    name = f"{usual.settings_dict['NAME']}_plain"
    if usual.vendor == "sqlite":
        name = "file:plainly_migrated?mode=memory&cache=shared"
    else:
        with usual._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
    opened = another_connection(usual, name)
    with swapped(opened):
        yield
    opened.close()
    if usual.vendor != "sqlite":
        with usual._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


@pytest.mark.long
@pytest.mark.django_db
def test_the_quick_way_makes_the_tables_that_djangos_own_makes() -> None:
    quick = _tables()
    with _empty_database():
        call_command(migrate.Command(), verbosity=0)
        plain = _tables()
    assert quick == plain
    assert len(plain) > 500


def test_what_was_put_in_djangos_place_goes_again() -> None:
    def methods() -> list[object]:
        return [ProjectState.add_model, ProjectState._find_reload_model]

    before = methods()
    with few_models_made_anew():
        within = methods()
    assert methods() == before
    assert all(one is not other for one, other in zip(within, before, strict=True))
