"""`giaoban remind`: one gathered message a day to the contacts of units that owe something (a timer can call it)."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import unit_of, unit_option


@click.command(epilog="Ví dụ: giaoban remind --unit MAU --dry-run")
@unit_option("Mã cấp ủy: nhắc các đơn vị ở đó và ở dưới.")
@click.option("--dry-run", "rehearse", is_flag=True, help="Chỉ in các thư sẽ gửi, không gửi.")
@office_options
@as_option
def command(unit_code: str, rehearse: bool, folder: Path | None, username: str | None) -> None:
    """Gửi thư nhắc việc quá hạn và sắp đến hạn đến người liên hệ của từng đơn vị.

    Mỗi địa chỉ nhiều nhất một thư mỗi ngày, mọi việc gộp trong một thư; chạy lại trong ngày không gửi thêm.
    Chỉ gửi khi đã cấu hình GIAOBAN_MAIL_HOST và GIAOBAN_MAIL_FROM.
    """
    open_office(folder)
    from giaoban.apps.obligations.operations import send_reminders

    done = send_reminders(act=console_act(username), unit=unit_of(unit_code), rehearse=rehearse)
    for one in done.sent:
        click.echo(f"{'Sẽ gửi' if rehearse else 'Đã gửi'}: {one.address}\t{', '.join(one.units)}\t{one.duties} việc")
        if rehearse:
            click.echo(f"{one.subject}\n\n{one.body}\n")
    for address in done.had:
        click.echo(f"Hôm nay đã có thư: {address}")
    if done.without:
        click.echo(f"Chưa có địa chỉ thư: {', '.join(done.without)}")
    for address, why in done.failed.items():
        click.echo(f"Không gửi được: {address}: {why}", err=True)
    if done.failed:
        raise SystemExit(1)
