"""The lock of the tree: who changes it waits for all who write along it, and they for who changes it."""

from __future__ import annotations

from django.db import connection

_TREE_LOCK = 0x7472_6565  # one number for PostgreSQL's advisory lock: tree events happen one after another (D2)


def lock_tree() -> None:
    """Wait for the one lock of the tree; SQLite's writers are one after another anyway (IMMEDIATE)."""
    _lock("pg_advisory_xact_lock")


def share_tree() -> None:
    """Wait until nobody changes the tree, and keep it as it is until the transaction ends; many may do so at once.

    Whoever adds to sums above a unit has to know under whom it stands when the transaction ends. Taken before rows are
    locked: who changes the tree locks rows after it.
    """
    _lock("pg_advisory_xact_lock_shared")


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_TREE_LOCK])
