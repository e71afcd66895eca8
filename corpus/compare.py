"""Gains and losses of the working tree against another commit, on the labels of the working tree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def of_commit(ref: str, chosen: str = "") -> dict[str, list[str]]:
    """Return what goes wrong in each document with the reader and the checker of a commit.

    The commit is checked out into a temporary folder by ``git worktree`` and removed again.

    Raises:
        subprocess.CalledProcessError: there is no such commit, or its reader cannot be run.
    """
    with tempfile.TemporaryDirectory(prefix="corpus-base-") as folder:
        tree = Path(folder) / "tree"
        _git("worktree", "add", "--detach", str(tree), ref)
        try:
            command = [sys.executable, "-m", "corpus", "--json", "--only", chosen]
            environment = os.environ | {"PYTHONPATH": str(tree / "src")}
            done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
        finally:
            _git("worktree", "remove", "--force", str(tree))
    report: dict[str, list[str]] = json.loads(done.stdout)
    return report


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True)


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> Iterator[str]:
    """Yield gains («+») and losses («-») document by document, and their numbers in the end."""
    gained = lost = 0
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, []), after.get(name, [])
        gains, losses = _without(old, new), _without(new, old)
        gained, lost = gained + len(gains), lost + len(losses)
        if gains or losses:
            yield f"{name}: {len(gains)} better, {len(losses)} worse"
            yield from (f"  + {line}" for line in gains)
            yield from (f"  - {line}" for line in losses)
    yield f"{gained} better, {lost} worse"


def _without(lines: list[str], others: list[str]) -> list[str]:
    left = [_place(line) for line in others]
    found = []
    for line in lines:
        if _place(line) in left:
            left.remove(_place(line))
        else:
            found.append(line)
    return found


def _place(line: str) -> str:
    """What a line complains of, without what came instead: another wrong answer is no loss."""
    return line.partition("; got ")[0]
