"""Opens the office whose data a command needs: chooses the folder, starts Django, checks that the data are there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.office_dir import DATABASE, default_dir

# The room above may be named only, not imported (design.md, «imports go down only»).
_SETTINGS = "giaoban.site.settings"

F = TypeVar("F", bound=Callable[..., Any])


def office_options(command: F) -> F:
    """Add the shared option ``--dir`` to a command; its function gets it as ``folder``."""
    return click.option(
        "--dir",
        "folder",
        metavar="THƯ_MỤC",
        type=click.Path(path_type=Path, file_okay=False),
        help="Thư mục dữ liệu; nếu không nêu: DATABASE_URL, GIAOBAN_DIR hoặc thư mục riêng của người dùng.",
    )(command)


def start_django(folder: Path | None) -> None:
    """This function will start Django on the data of a folder, without looking whether any are there.

    Args:
        folder: given by the person; it goes before ``GIAOBAN_DIR`` and ``DATABASE_URL``, which hold without it.
    """
    from django.apps import apps

    if apps.ready:
        # Under a test runner the process has its database already.
        return
    if folder is not None:
        os.environ["GIAOBAN_DIR"] = str(folder.resolve())
        os.environ.pop("DATABASE_URL", None)
    # Whatever is made from here on, the database and its journal too, is for the owner alone: it holds members' data.
    os.umask(0o077)
    os.environ["DJANGO_SETTINGS_MODULE"] = _SETTINGS
    import django

    django.setup()


def open_office(folder: Path | None) -> None:
    """This function will make the office ready for queries and operations.

    Args:
        folder: as for ``start_django``.

    Raises:
        NotFound: no database is there, or it cannot be reached.
        InvalidInput: the database is of another version of the program.
    """
    start_django(folder)
    from django.conf import settings
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    embedded = connection.vendor == "sqlite"
    place = str(settings.DATABASES["default"]["NAME"]) if embedded else "DATABASE_URL"
    if embedded and settings.DATABASES["default"]["NAME"] == default_dir() / DATABASE and not Path(place).is_file():
        raise NotFound(
            f"Chưa có dữ liệu trong thư mục {default_dir()}",
            expected="thư mục dữ liệu của một văn phòng (--dir)",
            hint=f"Để tạo dữ liệu mẫu, chạy: giaoban demo --dir {default_dir()}",
        )
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise NotFound(f"Không mở được cơ sở dữ liệu ({_first_line(error)})", where=place) from None
    if pending:
        raise InvalidInput(
            f"Cơ sở dữ liệu thiếu {len(pending)} bước cập nhật của phiên bản này",
            where=place,
            hint=f"Sao lưu rồi chạy: DJANGO_SETTINGS_MODULE={_SETTINGS} django-admin migrate",
        )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__
