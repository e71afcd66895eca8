"""`giaoban demo`: one command from an empty folder to a page that lets the sample people in."""

from __future__ import annotations

import fcntl
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sample_office import plain_environment, run_demo

from giaoban.core.office_dir import DATABASE, IDENTITY_KEYS, SECRET

pytestmark = [
    pytest.mark.xdist_group("sample"),
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="the demo is SQLite whatever the tests run on"),
]


@pytest.fixture
def office(sample_folder: Path, tmp_path: Path) -> Path:
    """A copy of the folder that the command made."""
    folder = tmp_path / "office"
    shutil.copytree(sample_folder, folder)
    return folder


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        yield busy.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line with which a command said why it could not do its work."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("giaoban: ")
    return done.stderr


def test_the_folder_holds_data_and_keys_that_only_the_owner_reads(sample_folder: Path) -> None:
    assert (sample_folder / SECRET).stat().st_mode & 0o777 == 0o600
    assert (sample_folder / IDENTITY_KEYS).stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(f"file:{sample_folder / DATABASE}?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*) FROM members_member").fetchone()[0] > 7000


def test_nothing_unfinished_is_left(sample_folder: Path) -> None:
    assert not [path.name for path in sample_folder.iterdir() if "dang-tao" in path.name]


def test_a_second_start_keeps_the_data(office: Path) -> None:
    with sqlite3.connect(office / DATABASE) as database:
        database.execute("UPDATE accounts_user SET full_name = 'Nguyễn Thị Lan Anh' WHERE username = 'lan'")
    done = run_demo(office, "--no-serve")
    assert done.returncode == 0, done.stderr
    assert "Đã tạo" not in done.stdout
    assert re.search(r"lan\s+chao-dong-chi", done.stdout)
    with sqlite3.connect(office / DATABASE) as database:
        [name] = database.execute("SELECT full_name FROM accounts_user WHERE username = 'lan'").fetchone()
    assert name == "Nguyễn Thị Lan Anh"


def test_a_busy_port_is_one_clear_line_before_anything_is_made(taken_port: int, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    said = one_line(run_demo(folder, "--port", str(taken_port)))
    assert f"Cổng {taken_port}" in said
    assert "--port" in said
    assert not folder.exists()


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("", encoding="utf-8")
    done = run_demo(place, "--no-serve")
    assert done.returncode == 2
    assert str(place) in done.stderr


@pytest.mark.parametrize("content", ["another office", "no database"])
def test_the_data_of_others_are_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / DATABASE
    if content == "no database":
        path.write_bytes(b"letters and papers")
    else:
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE accounts_user (id integer, username text)")
    size = path.stat().st_size
    said = one_line(run_demo(tmp_path, "--no-serve"))
    assert "không phải đảng bộ mẫu" in said
    assert path.stat().st_size == size


def test_while_another_command_makes_the_sample_it_waits_for_nobody(tmp_path: Path) -> None:
    with (tmp_path / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = one_line(run_demo(tmp_path, "--no-serve"))
    assert "đang tạo dữ liệu mẫu" in said
    assert not (tmp_path / DATABASE).exists()


_BREAK_HALF_WAY = """
import sys
import giaoban.cli.demo as demo
plain = demo.start_django
def start(folder):
    plain(folder)
    import giaoban.apps.sample.build as build
    def broken(known):
        raise KeyboardInterrupt
    build.tell_mau = broken
demo.start_django = start
from giaoban.cli import main
main(["demo", "--no-serve", "--dir", sys.argv[1]])
"""


def test_if_it_is_broken_off_half_way_nothing_remains(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _BREAK_HALF_WAY, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, env=plain_environment(), timeout=120)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {SECRET, IDENTITY_KEYS, "demo.lock"}


class _Door:
    """A browser's cookies and the two requests of a sign-in."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}"
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)

    def get(self, path: str) -> str:
        with self.opener.open(self.base + path, timeout=20) as answer:
            return str(answer.read().decode())

    def sign_in(self, username: str, password: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/dang-nhap/"))
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "username": username, "password": password}
        request = urllib.request.Request(self.base + "/dang-nhap/", urllib.parse.urlencode(form).encode())
        request.add_header("Referer", self.base + "/dang-nhap/")
        with self.opener.open(request, timeout=20) as answer:
            return str(answer.read().decode())


@pytest.fixture
def served(office: Path) -> Iterator[tuple[_Door, str]]:
    """The command at work: a door to its pages, and what it printed."""
    port = free_port()
    command = [sys.executable, "-m", "giaoban", "demo", "--dir", str(office), "--port", str(port)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=plain_environment()
    )
    door, said = _Door(port), ""
    try:
        assert process.stdout is not None
        while "Mở trang" not in said:
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            said += line
        _wait_for(door)
        yield door, said
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def _wait_for(door: _Door) -> None:
    for _ in range(100):
        try:
            door.get("/dang-nhap/")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the page did not come")


def test_what_is_printed_opens_the_door(served: tuple[_Door, str]) -> None:
    door, said = served
    assert door.base in said
    printed = re.search(r"Cán bộ văn phòng cấp ủy\s+(\S+)\s+(\S+)", said)
    assert printed is not None
    page = door.sign_in(printed[1], printed[2])
    assert "Nguyễn Thị Lan" in page
    assert "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh An Lạc" in page
