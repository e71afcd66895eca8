"""The small world for the tests that need it: built once a worker, in a database beside the usual one.

A test that asks for ``world`` runs against it in a transaction that is taken back, so what it writes stays with it; the
objects it is given are its own too. Building the world for each test took half of the time of all of them.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction
from django.test import Client
from tests.sample_office import another_connection, swapped

if TYPE_CHECKING:
    from tests.world import World

    from giaoban.apps.accounts.models import User


BACKEND = "django.contrib.auth.backends.ModelBackend"


class StandingWorld:
    """The connection to the database that holds the world, and the world's objects as they were built.

    ``sessions`` holds the key of a session for each of the world's people, so that no test need sign them in anew.
    """

    def __init__(self, opened: Any, built: World, sessions: dict[str, str]) -> None:
        self.opened = opened
        self.sessions = sessions
        self._built = pickle.dumps(built)

    @contextmanager
    def entered(self) -> Iterator[World]:
        """Let the default connection be the world's, in a transaction that is taken back."""
        with swapped(self.opened), taken_back():
            world: World = pickle.loads(self._built)
            yield world


@contextmanager
def standing_world() -> Iterator[StandingWorld]:
    """Copy the usual test database, which is empty, and build the world in the copy."""
    from tests.world import build_world

    usual = connections["default"]
    with _copied(usual) as opened:
        with swapped(opened):
            built = build_world()
            sessions = {who: _signed_in(user) for who, user in built.users.items()}
        yield StandingWorld(opened, built, sessions)


def _signed_in(user: User) -> str:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return str(client.session.session_key)


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back everything that happens inside, as Django's ``TestCase`` does: checked before, durable inside."""
    opened = connections["default"]
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]  # as TestCase marks its own: durable blocks are let in
    with whole:
        yield
        if opened.features.can_defer_constraint_checks and not opened.needs_rollback and opened.is_usable():
            opened.check_constraints()
        transaction.set_rollback(True)


@contextmanager
def _copied(usual: Any) -> Iterator[Any]:
    if usual.vendor == "sqlite":
        opened = another_connection(usual, "file:standing_world?mode=memory&cache=shared")
        usual.ensure_connection()
        opened.ensure_connection()
        usual.connection.backup(opened.connection)
        yield opened
        opened.close()
        return
    name = f"{usual.settings_dict['NAME']}_world"
    usual.close()  # a database that somebody is connected to is no template
    with usual._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{usual.settings_dict["NAME"]}"')
    opened = another_connection(usual, name)
    yield opened
    opened.close()
    with usual._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')
