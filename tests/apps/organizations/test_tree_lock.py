"""A change of the tree waits for whoever writes along it, and nobody else waits behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from giaoban.apps.organizations.operations import _tree_lock
from giaoban.apps.organizations.operations._tree_lock import lock_tree, share_tree

_LONGEST = 20  # seconds: a wait that takes longer is a fault


def _thread(run: Callable[[], None], told: list[str]) -> threading.Thread:
    def whole() -> None:
        try:
            with transaction.atomic():
                run()
        except Exception as error:  # the assertion is made in the main thread
            told.append(repr(error))
        finally:
            connection.close()

    thread = threading.Thread(target=whole)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("patience", [_LONGEST, 0])
def test_who_writes_along_the_tree_does_not_wait_behind_who_waits_to_change_it(
    patience: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writers are one after another")
    importing, waiting, imported = threading.Event(), threading.Event(), threading.Event()
    order: list[str] = []
    told: list[str] = []
    monkeypatch.setattr(_tree_lock, "_PATIENCE", patience)
    pause = _tree_lock.time.sleep
    monkeypatch.setattr(_tree_lock.time, "sleep", lambda seconds: (waiting.set(), pause(seconds)))

    def long_import() -> None:
        share_tree()
        importing.set()
        assert imported.wait(_LONGEST)
        order.append("import")

    def change() -> None:
        assert importing.wait(_LONGEST)
        lock_tree()
        order.append("change")

    def write() -> None:
        share_tree()
        order.append("write")

    threads = [_thread(long_import, told), _thread(change, told)]
    if patience:
        assert waiting.wait(_LONGEST)
        writer = _thread(write, told)
        writer.join(_LONGEST)
        assert order == ["write"], "while the import goes on and the change waits"
    imported.set()
    for thread in threads:
        thread.join(_LONGEST)
    assert told == []
    assert order == (["write"] if patience else []) + ["import", "change"]
