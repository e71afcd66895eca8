"""What every test shares: a small world, and guards that hold in tests too: emptying goes through the purge path."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

# A busy machine is slow now and then; that is no fault of the code under test. Where changes are judged, the same
# examples are played each time; elsewhere new ones are looked for.
settings.register_profile("giaoban", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("giaoban")

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker
    from tests.standing_world import StandingWorld
    from tests.world import World


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, in whatever order the rest is: else one worker is left with it at the end."""
    items.sort(key=lambda item: all(item.get_closest_marker(name) is None for name in ("long", "xdist_group")))


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays to the end: the program, Django's models, all the tests."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def _standing_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[StandingWorld]:
    from tests.standing_world import standing_world

    with django_db_blocker.unblock(), standing_world() as built:
        yield built


@pytest.fixture
def world(request: pytest.FixtureRequest, _standing_world: StandingWorld, db: None) -> Iterator[World]:
    """A small world (``tests/world.py``) in the test's own transaction; for a live server in the usual database."""
    if {"live_server", "transactional_db"} & set(request.fixturenames):
        from tests.world import build_world

        yield build_world()
        return
    with _standing_world.entered() as world:
        yield world


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``giaoban demo`` made, with the whole sample in SQLite: to be read, or copied and then used."""
    from tests.sample_office import made_once

    base = tmp_path_factory.getbasetemp()
    return made_once(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def _sample_connection(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Any]:
    from tests.sample_office import sample_connection

    with django_db_blocker.unblock(), sample_connection(request) as opened:
        yield opened


@pytest.fixture
def sample_db(
    request: pytest.FixtureRequest, _sample_connection: Any, django_db_blocker: DjangoDbBlocker, settings: Any
) -> Iterator[None]:
    """The whole sample (``tests/sample_office.py``) as the database of this test; what it writes is taken back."""
    from tests.sample_office import identity_keys, is_sqlite, rolled_back, swapped

    from giaoban.apps.members import identity

    with django_db_blocker.unblock(), swapped(_sample_connection):
        if is_sqlite():
            settings.IDENTITY_KEYS_JSON = identity_keys(request.getfixturevalue("sample_folder"))
        identity._cipher.cache_clear()
        with rolled_back():
            yield
    identity._cipher.cache_clear()


@pytest.fixture(autouse=True, scope="session")
def _one_chain_of_middleware() -> Iterator[None]:
    """Let all browsers of tests share the way a request goes: each would look through all static files for its own."""
    from django.test import client

    plain = client.ClientHandler
    client.ClientHandler = cache(plain)  # type: ignore[misc,assignment]
    yield
    client.ClientHandler = plain  # type: ignore[misc]


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
