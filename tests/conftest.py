"""What every test shares: a small world, and guards that hold in tests too: emptying goes through the purge path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

# A busy machine is slow now and then; that is no fault of the code under test.
settings.register_profile("giaoban", deadline=None)
settings.load_profile("giaoban")

if TYPE_CHECKING:
    from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """A small world (``tests/world.py``) in the test's own transaction."""
    from tests.world import build_world

    return build_world()


@pytest.fixture(autouse=True, scope="session")
def _flush_through_the_purge_path() -> Iterator[None]:
    """Let Django's flush (after tests with real transactions) empty append-only tables the one way that is allowed."""
    from django.core.management.commands import flush
    from django.core.management.commands.flush import Command

    from giaoban.apps.audit.guards import purge

    plain = Command.handle
    in_django_order = flush.sql_flush

    def switch_last(*args: Any, **kwargs: Any) -> list[str]:
        # On SQLite the switch is a row: emptied before the registers, it would close the way behind itself.
        return sorted(in_django_order(*args, **kwargs), key=lambda statement: "audit_purgeswitch" in statement)

    def handle(self: Any, **options: Any) -> None:
        with purge("test database is emptied", options["database"]):
            plain(self, **options)

    Command.handle, flush.sql_flush = handle, switch_last
    yield
    Command.handle, flush.sql_flush = plain, in_django_order
