"""`giaoban backup`: a copy that is consistent while people write."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from giaoban.cli._office import office_options, open_office
from giaoban.core.numbers_vi import format_number


@click.command(epilog="Ví dụ: giaoban backup sao-luu-2023-04-05.zip --dir du-lieu")
@click.argument("path", metavar="TỆP", type=click.Path(path_type=Path, dir_okay=False))
@office_options
def command(path: Path, folder: Path | None) -> None:
    """Sao lưu toàn bộ sổ và nhật ký vào một tệp; mọi người vẫn ghi được trong lúc đó.

    Khóa giải mã số định danh không nằm trong bản sao lưu: hãy cất riêng tệp identity_keys.json.
    """
    open_office(folder)
    from giaoban.apps.audit.operations.backup import write_backup

    rows = write_backup(path=path, now=datetime.now(UTC))
    click.echo(f"Đã sao lưu {format_number(sum(rows.values()))} dòng của {len(rows)} bảng vào {path}")
