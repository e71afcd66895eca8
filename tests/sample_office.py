"""The whole sample for the tests that need it, made once a run and never changed by a test.

On SQLite it is what `giaoban demo` makes, one file for all workers; on PostgreSQL each worker has its own database.
A test that asks for ``sample_db`` runs against it in a transaction that is rolled back; the usual test database is put
aside meanwhile, so such a test must not ask for ``db`` or ``world`` as well.
"""

from __future__ import annotations

import copy
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.utils import load_backend

from giaoban.apps.audit.act import HANOI
from giaoban.core.office_dir import DATABASE, IDENTITY_KEYS

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=HANOI)
_SPEECH = "made.txt"


def run_demo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run ``giaoban demo`` in a process of its own and return how it ended."""
    command = [sys.executable, "-m", "giaoban", "demo", "--dir", str(folder), *options]
    return subprocess.run(command, capture_output=True, text=True, env=plain_environment(), timeout=300)


def made_once(base: Path) -> Path:
    """Return the folder with the sample below a folder that all workers share; the first to come makes it."""
    folder = base / "sample-office"
    with (base / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _SPEECH).exists():
            done = run_demo(folder, "--no-serve")
            assert done.returncode == 0, done.stderr
            assert done.stderr == "", "no progress bar where nobody looks"
            (folder / _SPEECH).write_text(done.stdout, encoding="utf-8")
    return folder


def seconds_to_build(folder: Path) -> str:
    """Return what the demo said about the time it took."""
    found = re.search(r"\(([\d,.]+) giây\)", (folder / _SPEECH).read_text(encoding="utf-8"))
    assert found is not None
    return found[1]


@contextmanager
def sample_connection(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Open a connection to the sample; it is the default one only inside ``swapped``."""
    usual = connections["default"]
    if usual.vendor == "sqlite":
        folder: Path = request.getfixturevalue("sample_folder")
        own = request.getfixturevalue("tmp_path_factory").mktemp("sample") / DATABASE
        shutil.copyfile(folder / DATABASE, own)
        opened = another_connection(usual, str(own))
        yield opened
        opened.close()
        return
    name = f"{usual.settings_dict['NAME']}_sample"
    with usual._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    opened = another_connection(usual, name)
    with swapped(opened):
        from giaoban.apps.sample.build import build_sample

        call_command("migrate", verbosity=0)
        build_sample(NOW)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the cluster of the tests does not do it by itself
    yield opened
    opened.close()
    with usual._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


@contextmanager
def swapped(opened: Any) -> Iterator[None]:
    """Let the default connection be another one for a while."""
    usual = connections["default"]
    connections["default"] = opened
    try:
        yield
    finally:
        connections["default"] = usual


@contextmanager
def rolled_back() -> Iterator[None]:
    """Take back everything that happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def identity_keys(folder: Path) -> dict[str, Any]:
    """Return the keys under which the sample's identity numbers are stored."""
    keys: dict[str, Any] = json.loads((folder / IDENTITY_KEYS).read_text(encoding="utf-8"))
    return keys


def is_sqlite() -> bool:
    """Tell which engine the tests run on."""
    return connection.vendor == "sqlite"


def plain_environment() -> dict[str, str]:
    """Return the environment of a process that knows of no office."""
    hidden = ("GIAOBAN_", "DJANGO_", "DATABASE_URL")
    return {key: value for key, value in os.environ.items() if not key.startswith(hidden)}


def another_connection(usual: Any, name: str) -> Any:
    """Return a connection like another, to the database of that name."""
    backend = load_backend(usual.settings_dict["ENGINE"])
    return backend.DatabaseWrapper({**copy.deepcopy(usual.settings_dict), "NAME": name}, "default")
