"""`giaoban report-definition`: take the definition of a report as a file, change it, let the office use its own."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import (
    definition_text,
    given_day,
    out_option,
    own_form_options,
    save_file,
    today,
    unit_of,
    unit_option,
)
from giaoban.core.dates_vi import format_date


@click.group(epilog="Ví dụ: giaoban report-definition list --unit MAU")
def command() -> None:
    """Mẫu báo cáo: lấy ra tệp để sửa, đặt mẫu riêng của cơ quan, xem các mẫu đang dùng."""


@command.command("list", epilog="Ví dụ: giaoban report-definition list --unit MAU")
@unit_option("Mã đơn vị lập báo cáo.")
@click.option("--on", "on", metavar="NGÀY", help="Mẫu dùng trong ngày này; mặc định hôm nay.")
@office_options
def list_definitions(unit_code: str, on: str | None, folder: Path | None) -> None:
    """Liệt kê các mẫu báo cáo mà một đơn vị dùng, và mẫu của ai."""
    open_office(folder)
    from giaoban.apps.reporting.queries.definitions import definition_in_force, definition_names

    unit = unit_of(unit_code)
    day = given_day(on, where="--on") or today()
    for name in definition_names(unit, day=day):
        own = definition_in_force(unit, name, day=day).own
        whose = f"mẫu của {own.owner.code} từ {format_date(own.valid_from)}" if own else "mẫu có sẵn"
        click.echo(f"{name}\t{whose}")


@command.command("take", epilog="Ví dụ: giaoban report-definition take quarter --unit MAU --out quy.toml")
@click.argument("name", metavar="TÊN_BÁO_CÁO")
@unit_option("Mã đơn vị lập báo cáo.")
@click.option("--on", "on", metavar="NGÀY", help="Mẫu dùng trong ngày này; mặc định hôm nay.")
@out_option("Tệp .toml ghi ra.", required=True)
@office_options
def take(name: str, unit_code: str, on: str | None, out: Path, folder: Path | None) -> None:
    """Ghi mẫu báo cáo đang dùng ra tệp để sửa."""
    open_office(folder)
    from giaoban.apps.reporting.queries.definitions import definition_in_force

    day = given_day(on, where="--on") or today()
    held = definition_in_force(unit_of(unit_code), name, day=day)
    save_file(out, held.body.encode())
    click.echo(f"Đã ghi {out}: mẫu {name}")


@command.command("set", epilog="Ví dụ: giaoban report-definition set quy.toml --unit MAU --from 01/04/2023")
@own_form_options
@office_options
@as_option
def set_definition(file: Path, unit_code: str, start: str | None, folder: Path | None, username: str | None) -> None:
    """Kiểm tra một tệp mẫu và dùng làm mẫu riêng của cơ quan từ một ngày."""
    text = definition_text(file)
    open_office(folder)
    from giaoban.apps.reporting.operations import set_report_definition

    act = console_act(username)
    day = given_day(start, where="--from") or act.today
    made = set_report_definition(act=act, unit=unit_of(unit_code), text=text, start=day, where=file.name)
    click.echo(f"Mẫu {made.name} của {unit_code} dùng từ {format_date(day)}")
