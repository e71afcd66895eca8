"""`giaoban rebuild`: writes anew what is counted beforehand from the registers, where `verify` finds it wrong."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._office import office_options, open_office


@click.command(epilog="Ví dụ: giaoban rebuild --dir du-lieu")
@office_options
def command(folder: Path | None) -> None:
    """Đếm lại từ các sổ: đảng viên từng chi bộ, giấy đang chờ, Huy hiệu Đảng, số cộng sẵn của cấp trên.

    Các sổ không đổi; chạy lại bao nhiêu lần cũng được. Nên chạy khi giaoban verify báo số đếm sẵn bị lệch.
    """
    open_office(folder)
    from giaoban.apps.members.operations._counting import count_everything_anew

    count_everything_anew()
    click.echo("Đã đếm lại từ các sổ. Kiểm tra: giaoban verify")
