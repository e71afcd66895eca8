"""`giaoban init`: a new, real office: the first unit and the first person."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from giaoban.cli._office import office_options, start_django
from giaoban.core.dates_vi import parse_date
from giaoban.core.office_dir import default_dir, ensure_office_dir


@click.command(
    epilog="Ví dụ: giaoban init DUK 'Đảng bộ Khối các cơ quan tỉnh' --from 01/01/2026 --admin lan.nguyen "
    "--admin-name 'Nguyễn Thị Lan' --dir van-phong"
)
@click.argument("code", metavar="MÃ")
@click.argument("name", metavar="TÊN")
@click.option("--kind", default="upper", show_default=True, metavar="LOẠI", help="Loại hình của đơn vị đứng đầu.")
@click.option("--from", "start", required=True, metavar="NGÀY", help="Dùng các sổ từ ngày này, dạng 31/03/2023.")
@click.option("--admin", required=True, metavar="TÊN_ĐĂNG_NHẬP", help="Người quản trị đầu tiên.")
@click.option("--admin-name", required=True, metavar="HỌ_TÊN", help="Họ và tên người quản trị.")
@office_options
def command(code: str, name: str, kind: str, start: str, admin: str, admin_name: str, folder: Path | None) -> None:
    """Mở một văn phòng mới: đơn vị đứng đầu, các sổ, người quản trị đầu tiên và mã một lần của người đó."""
    day = parse_date(start, where="--from")
    ensure_office_dir(folder or default_dir())
    start_django(folder)
    from django.core.management import call_command

    from giaoban.apps.accounts.operations import CODE_HOURS
    from giaoban.apps.organizations.models import UnitEvent
    from giaoban.apps.organizations.operations import TreeDraft, begin_office

    call_command("migrate", verbosity=0)
    top = TreeDraft(UnitEvent.OPENING, day, code, name=name, unit_kind=kind)
    person = begin_office(now=datetime.now(UTC), top=top, username=admin, full_name=admin_name)
    click.echo(f"Đã mở văn phòng của {name} (mã {code}), dùng sổ từ {start}")
    click.echo(f"Tên đăng nhập: {person.user.username}")
    click.echo(f"Mã một lần (dùng trong {CODE_HOURS} giờ): {person.code}")
    click.echo("Tiếp theo: giaoban template units don-vi.xlsx, điền rồi giaoban import units don-vi.xlsx")
