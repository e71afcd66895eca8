"""Triggers that refuse UPDATE, DELETE and TRUNCATE on every register, on both engines (decision D18)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from giaoban.apps.audit.journal import AppendOnly

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION giaoban_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('giaoban.purge', true) = 'on' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NULL END;
  END IF;
  RAISE EXCEPTION 'append-only table %: % refused', TG_TABLE_NAME, TG_OP;
END $$
"""


def guarded_tables() -> list[str]:
    """Return the tables of all append-only models, in order of name."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly))


def expected_guards(vendor: str) -> set[str]:
    """Return the names of the triggers that must be there."""
    kinds = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    return {f"{table}_no_{kind}" for table in guarded_tables() for kind in kinds}


def present_guards(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Return the names of the guards that the database has now."""
    connection = connections[using]
    sql = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor.fetchall() if "_no_" in name}


def install_guards(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the triggers on every append-only table that exists; those that stand already are left."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "audit_purgeswitch" not in tables:
        return
    present = present_guards(using)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_PG_FUNCTION)
        for table in guarded_tables():
            if table not in tables:
                continue
            for kind in ("update", "delete", "truncate"):
                name = f"{table}_no_{kind}"
                if name not in present and (sql := _trigger(connection, table, kind, name)):
                    cursor.execute(sql)


def _trigger(connection: BaseDatabaseWrapper, table: str, kind: str, name: str) -> str | None:
    if connection.vendor == "postgresql":
        each = "STATEMENT" if kind == "truncate" else "ROW"
        return (
            f'CREATE TRIGGER "{name}" BEFORE {kind.upper()} ON "{table}" '
            f"FOR EACH {each} EXECUTE FUNCTION giaoban_append_only()"
        )
    if kind == "truncate":
        return None
    # SQLite has no session variables: the switch is a row that only the purge path writes.
    unless = "WHEN NOT EXISTS (SELECT 1 FROM audit_purgeswitch)" if kind == "delete" else ""
    return (
        f'CREATE TRIGGER "{name}" BEFORE {kind.upper()} ON "{table}" {unless} '
        f"BEGIN SELECT RAISE(ABORT, 'append-only table {table}: {kind.upper()} refused'); END"
    )


@contextmanager
def purge(reason: str, using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Let rows of guarded tables be deleted inside the block: for retention rules and for emptying a test database."""
    connection = connections[using]
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgres:
            cursor.execute("SET giaoban.purge = 'on'")
        else:
            cursor.execute("INSERT INTO audit_purgeswitch (reason) VALUES (%s)", [reason])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET giaoban.purge" if postgres else "DELETE FROM audit_purgeswitch")
