"""Makes the database of the sample in an office folder: whole or not at all."""

from __future__ import annotations

import fcntl
import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from giaoban.core.errors import Conflict

_BEING_MADE = ".dang-tao"
_LOCK = "demo.lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder while its sample is looked at or made; the lock ends with the process.

    Raises:
        Conflict: another command makes the sample of this folder.
    """
    with (folder / _LOCK).open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                "Một lệnh khác đang tạo dữ liệu mẫu trong thư mục này",
                where=str(folder),
                hint="Chờ lệnh đó xong, hoặc chọn thư mục khác bằng --dir",
            ) from None
        yield


def make_sample(path: Path, progress: Callable[[float], None]) -> None:
    """This function will build the sample into a new file and give it its name when it is whole.

    The caller holds ``only_one`` and has started Django; the default connection leads to ``path`` afterwards.

    Args:
        progress: called with the share that is done, from 0 to 1.
    """
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from giaoban.apps.sample.build import build_sample

    unfinished = path.with_name(path.name + _BEING_MADE)
    _remove(unfinished)
    with _connected_to(unfinished):
        with connection.cursor() as cursor:
            # A half-built file is thrown away anyway: nothing is waited for until it is whole.
            cursor.execute("PRAGMA synchronous=OFF")
        # What is made lives until the end: looking for garbage would only cost time.
        gc.disable()
        try:
            call_command("migrate", verbosity=0)
            gc.collect()  # the steps on the way leave their models behind
            progress(0.1)
            build_sample(timezone.now(), lambda share: progress(0.1 + 0.9 * share))
        finally:
            gc.enable()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
        connection.close()
        _settle(unfinished)
        unfinished.replace(path)


def bring_up_to_date() -> None:
    """This function will apply the steps of a newer version of the program to a sample that is there already."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@contextmanager
def _connected_to(path: Path) -> Iterator[None]:
    from django.db import connection

    connection.close()
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        _remove(path)


def _settle(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
