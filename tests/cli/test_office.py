"""Opening an office from the command line: what is missing is said in one line, with the command that mends it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.sample_office import plain_environment

from giaoban.core.office_dir import DATABASE

pytestmark = pytest.mark.skipif("DATABASE_URL" in os.environ, reason="folders are SQLite whatever the tests run on")


def list_people(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "giaoban", "people", "list", *options]
    return subprocess.run(command, capture_output=True, text=True, env=plain_environment() | environment, timeout=120)


def _nothing(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)


def _letter(path: Path) -> None:
    path.write_text("Kính gửi các đồng chí. " * 400, encoding="utf-8")


def _empty_database(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE thu (so integer)")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (_nothing, "giaoban demo --dir"),
        (_letter, "file is not a database"),
        (_empty_database, "bước cập nhật"),
    ],
)
def test_what_is_missing_is_one_line(tmp_path: Path, made: object, said: str) -> None:
    assert callable(made)
    made(tmp_path / DATABASE)
    done = list_people("--dir", str(tmp_path))
    assert done.returncode == 2, done.stdout
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert str(tmp_path) in done.stderr
    assert said in done.stderr


def test_a_folder_without_data_stays_empty(tmp_path: Path) -> None:
    list_people("--dir", str(tmp_path / "none"))
    assert not (tmp_path / "none").exists()


@pytest.mark.xdist_group("sample")
def test_the_option_goes_before_the_environment(sample_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(sample_folder, folder)
    elsewhere = {"GIAOBAN_DIR": str(tmp_path / "none"), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    assert list_people("--dir", str(folder), **elsewhere).returncode == 0
    assert list_people(GIAOBAN_DIR=str(folder)).returncode == 0
    refused = list_people(**elsewhere)
    assert refused.returncode == 2
    assert "DATABASE_URL" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
