"""The lock of the tree: who changes it waits for all who write along it, and they for who changes it."""

from __future__ import annotations

import time

from django.db import connection

_TREE_LOCK = 0x7472_6565  # one number for PostgreSQL's advisory lock: tree events happen one after another (D2)
_PATIENCE = 30.0  # seconds
_PAUSE = 0.05  # seconds


def lock_tree() -> None:
    """Wait for the one lock of the tree; SQLite's writers are one after another anyway (IMMEDIATE).

    A request that stands in PostgreSQL's queue holds up all who come after it, also those who only share: behind an
    import of some seconds everybody would wait for the import. So it is asked for now and again, in nobody's way, and
    stands in the queue only when patience is at its end.
    """
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + _PATIENCE
    while not _ask("pg_try_advisory_xact_lock"):
        if time.monotonic() >= until:
            _ask("pg_advisory_xact_lock")
            return
        time.sleep(_PAUSE)


def share_tree() -> None:
    """Wait until nobody changes the tree, and keep it as it is until the transaction ends; many may do so at once.

    Whoever adds to sums above a unit has to know under whom it stands when the transaction ends. Taken before rows are
    locked: who changes the tree locks rows after it.
    """
    if connection.vendor == "postgresql":
        _ask("pg_advisory_xact_lock_shared")


def _ask(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_TREE_LOCK])
        return cursor.fetchone()[0] is True
