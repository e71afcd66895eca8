"""A PostgreSQL cluster for one run of the tests: its own folder, its own socket, no network port, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# The data live for minutes and may be lost: nothing waits for the disk. No parallel workers: they need /dev/shm, which
# is small in containers. One listens on a socket in a folder that only its owner (and root) can enter: trust is enough.
# No autovacuum: it finds tables whose rows were all taken back with their test and notes that they are empty; from then
# on the planner expects one row at most, joins hundreds by nested scans, and a query takes minutes.
_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "max_parallel_workers_per_gather": "0",
    "autovacuum": "off",
}


class NoPostgres(RuntimeError):
    """PostgreSQL is not installed, or its cluster did not start."""


def _programs() -> Path:
    """Return the folder of initdb and pg_ctl, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NoPostgres("initdb is not there; install the package postgresql")
    return Path(on_path).resolve().parent


def _run(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        log = folder / "log"
        told = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise NoPostgres(f"{command[-1] if not told else 'pg_ctl'} failed: {done.stdout.strip()}\n{told}".strip())


def _as_owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: then the cluster belongs to the system's user postgres."""
    if os.geteuid() != 0:
        return []
    try:
        owner = pwd.getpwnam("postgres")
    except KeyError:
        raise NoPostgres("running as root, and there is no system user postgres to own the cluster") from None
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def private_postgres(options: Mapping[str, str] | None = None, kept: Path | None = None) -> Iterator[str]:
    """Start a cluster of its own and give its DATABASE_URL; stop it and remove its folder at the end.

    Args:
        options: settings of the server beside those that fit tests.
        kept: a folder that stays with its data, and whose cluster is started again where there is one.

    Raises:
        NoPostgres: nothing to start, or it did not start; the message has the server's own words.
    """
    programs = _programs()
    # Under /tmp, not TMPDIR: the path of a socket may have 107 characters at most.
    folder = Path(tempfile.mkdtemp(prefix="giaoban-pg-", dir="/tmp")) if kept is None else kept.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    data, log = str(folder / "data"), str(folder / "log")
    try:
        prefix = _as_owner(folder)
        locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
        if not (folder / "data" / "PG_VERSION").exists():
            initdb = [f"{programs}/initdb", *locale, "--auth=trust", "--no-sync", "-U", "giaoban", "-D", data]
            _run([*prefix, *initdb], folder)
        settings = "".join(f"{key} = '{value}'\n" for key, value in (_OPTIONS | dict(options or {})).items())
        # Of several lines for one setting the last holds.
        with (folder / "data" / "postgresql.conf").open("a") as file:
            file.write(f"{settings}unix_socket_directories = '{folder}'\n")
        _run([*prefix, f"{programs}/pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "start"], folder)
        try:
            yield f"postgres://giaoban@{quote(str(folder), safe='')}/giaoban"
        finally:
            _run(
                [*prefix, f"{programs}/pg_ctl", "-D", data, "-m", "fast" if kept else "immediate", "-w", "stop"], folder
            )
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)
