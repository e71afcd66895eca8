"""`giaoban restore`: fills a new, empty office from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._office import office_options, start_django
from giaoban.core.numbers_vi import format_number
from giaoban.core.office_dir import default_dir, ensure_office_dir


@click.command(epilog="Ví dụ: giaoban restore sao-luu-2023-04-05.zip --dir du-lieu-moi")
@click.argument("path", metavar="TỆP", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@office_options
@click.pass_context
def command(ctx: click.Context, path: Path, folder: Path | None) -> None:
    """Khôi phục từ bản sao lưu vào một thư mục dữ liệu mới, còn trống."""
    ensure_office_dir(folder or default_dir())
    start_django(folder)
    from django.core.management import call_command

    from giaoban.apps.audit.operations.backup import restore_backup
    from giaoban.apps.members.integrity import missing_identity_keys

    call_command("migrate", verbosity=0)
    rows = restore_backup(path=path)
    click.echo(f"Đã khôi phục {format_number(sum(rows.values()))} dòng của {len(rows)} bảng từ {path}")
    missing = missing_identity_keys()
    if missing:
        click.echo(
            f"Thiếu khóa {', '.join(missing)}: số định danh chưa đọc được. "
            "Chép tệp identity_keys.json đã cất riêng vào thư mục dữ liệu.",
            err=True,
        )
        ctx.exit(1)
