"""`giaoban demo`: the sample committee on one machine, with SQLite, in one command."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from giaoban.cli._office import office_options, start_django
from giaoban.cli._sample import bring_up_to_date, make_sample, only_one
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.office_dir import DATABASE, default_dir, ensure_office_dir

_HOST = "127.0.0.1"
_SERVER = "giaoban.site.wsgi:application"
# One process with threads: SQLite has one writer, and a demo has a handful of people.
_THREADS = 8


@click.command(epilog="Ví dụ: giaoban demo --dir du-lieu-mau --port 8765")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Cổng trên máy này.")
@click.option("--no-serve", is_flag=True, help="Chỉ tạo dữ liệu, không mở trang web.")
@office_options
def command(port: int, no_serve: bool, folder: Path | None) -> None:
    """Tạo đảng bộ mẫu (mã MAU) trên máy này rồi mở trang web tại 127.0.0.1.

    Dữ liệu đã có thì được giữ nguyên. Người, đơn vị và địa danh trong dữ liệu mẫu đều không có thật.
    """
    folder = (folder or default_dir()).resolve()
    if not no_serve:
        _check_port(port)
    _prepare(folder)
    _print_sign_ins(folder)
    if not no_serve:
        _serve(port)


def _prepare(folder: Path) -> None:
    """Make the folder ready: new data where there are none, the present version where there are."""
    try:
        ensure_office_dir(folder)
    except OSError as error:
        raise InvalidInput(
            f"Không tạo được thư mục dữ liệu ({error.strerror})",
            where=str(folder),
            hint="Chọn thư mục khác bằng --dir",
        ) from None
    start_django(folder)
    path = folder / DATABASE
    with only_one(folder):
        if not path.exists():
            start = time.monotonic()
            with _progress() as report:
                make_sample(path, report)
            _tell_size(time.monotonic() - start)
            return
        _check_that_it_is_the_sample(folder)
        bring_up_to_date()


def _check_that_it_is_the_sample(folder: Path) -> None:
    from django.db import DatabaseError

    from giaoban.apps.sample.accounts import is_sample

    try:
        known = is_sample()
    except DatabaseError:
        known = False
    if not known:
        raise Conflict(
            "Thư mục này có dữ liệu khác, không phải đảng bộ mẫu",
            where=str(folder),
            hint="Chọn thư mục khác cho dữ liệu mẫu bằng --dir",
        )


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        # As the server itself: a port that was left a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except PermissionError:
            raise GiaobanError(
                f"Không được phép mở cổng {port}", expected="một cổng từ 1024 trở lên", hint="Dùng --port"
            ) from None
        except OSError:
            other = port + 1 if port < 65535 else port - 1
            raise Conflict(
                f"Cổng {port} trên máy này đang được chương trình khác dùng",
                hint=f"Tắt chương trình đó hoặc chọn cổng khác: giaoban demo --port {other}",
            ) from None


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """A bar on a terminal; nothing where the output goes elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("Tạo dữ liệu mẫu", total=1.0)
        yield lambda share: bar.update(task, completed=share)


def _tell_size(seconds: float) -> None:
    from giaoban.apps.members.models import Member, MemberEntry
    from giaoban.apps.organizations.models import Unit

    counts = [format_number(model.objects.count()) for model in (Unit, Member, MemberEntry)]
    click.echo(
        f"Đã tạo dữ liệu mẫu: {counts[0]} tổ chức, {counts[1]} đảng viên, {counts[2]} lần ghi về đảng viên "
        f"({format_number(round(seconds, 1))} giây)"
    )


def _print_sign_ins(folder: Path) -> None:
    from giaoban.apps.sample.accounts import sign_ins

    table = Table("Vai trò", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("Tên đăng nhập", "Mật khẩu"):
        table.add_column(name, no_wrap=True)
    table.add_column("Thấy gì")
    for person in sign_ins():
        table.add_row(person.role, person.username, person.password or "(đã đổi)", person.sees)
    console = Console()
    if not console.is_terminal:
        # Where a program reads, lines are not broken.
        console = Console(width=160)
    console.print(f"Dữ liệu: {folder}", soft_wrap=True, highlight=False)
    console.print(table)


def _serve(port: int) -> None:
    """Become the web server; Ctrl+C ends it."""
    from django.db import connections

    connections.close_all()
    click.echo(f"Mở trang: http://{_HOST}:{port}/  (dừng: Ctrl+C)")
    sys.stdout.flush()
    sys.stderr.flush()
    server = [sys.executable, "-m", "gunicorn", _SERVER, "--bind", f"{_HOST}:{port}"]
    manner = ["--worker-class", "gthread", "--threads", str(_THREADS), "--log-level", "warning"]
    os.execv(sys.executable, [*server, *manner])
