"""`giaoban source`: where numbers come from: registers taken into use, and measures that units report meanwhile."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import given_day, today, unit_of, unit_option
from giaoban.core.dates_vi import format_date, parse_date
from giaoban.core.errors import NotFound


@click.group(epilog="Ví dụ: giaoban source list --unit MAU")
def command() -> None:
    """Nguồn số liệu: sổ dùng từ ngày nào, chỉ tiêu nào tạm lấy số đơn vị báo cáo thay sổ."""


@command.command("list", epilog="Ví dụ: giaoban source list --unit MAU")
@unit_option("Mã đơn vị.")
@click.option("--on", "on", metavar="NGÀY", help="Theo cây tổ chức ngày này; mặc định hôm nay.")
@office_options
def list_sources(unit_code: str, on: str | None, folder: Path | None) -> None:
    """Liệt kê các sổ với ngày bắt đầu dùng, và các chỉ tiêu nhập số báo cáo thay sổ."""
    open_office(folder)
    from giaoban.apps.organizations.models import OPEN_END
    from giaoban.apps.organizations.operations import REGISTERS
    from giaoban.apps.organizations.queries.registers import registers_kept
    from giaoban.apps.reporting.queries.figures import catalogue
    from giaoban.apps.reporting.queries.values import feeds_above

    unit, day = unit_of(unit_code), given_day(on, where="--on") or today()
    kept = registers_kept(unit, day=day)
    for key, name in REGISTERS.items():
        row = kept.get(key)
        since = "chưa dùng" if row is None else f"từ {format_date(row.in_use_from)}\ttheo {row.unit.code}"
        click.echo(f"{key}\t{name}\t{since}")
    known = catalogue()
    for feed in feeds_above(unit, day=day):
        until = "" if feed.valid_to == OPEN_END else f" đến trước {format_date(feed.valid_to)}"
        days = f"nhập số báo cáo từ {format_date(feed.valid_from)}{until}"
        click.echo(f"{feed.measure}\t{known[feed.measure].label}\t{days}\ttheo {feed.unit.code}")


@command.command("use", epilog="Ví dụ: giaoban source use conferences --unit MAU.05 --from 01/02/2021")
@click.argument("register", metavar="SỔ")
@unit_option("Mã đơn vị; dùng cho cả cấp dưới.")
@click.option("--from", "start", required=True, metavar="NGÀY", help="Sổ đủ mọi việc từ ngày này.")
@click.option("--reason", default="", metavar="LÝ_DO", help="Đổi ngày đã ghi: lý do đổi.")
@office_options
@as_option
def use(register: str, unit_code: str, start: str, reason: str, folder: Path | None, username: str | None) -> None:
    """Dùng một sổ từ một ngày; có --reason thì đổi ngày đã ghi trước."""
    day = parse_date(start, where="--from")
    open_office(folder)
    from giaoban.apps.organizations.operations import REGISTERS, correct_register_start, take_into_use

    act, unit = console_act(username), unit_of(unit_code)
    if reason:
        made = correct_register_start(act=act, unit=unit, register=register, start=day, reason=reason)
    else:
        made = take_into_use(act=act, unit=unit, register=register, start=day)
    click.echo(f"{REGISTERS[register]} của {unit_code}: dùng từ {format_date(made.in_use_from)}")


@command.command("report", epilog="Ví dụ: giaoban source report members.commended --unit MAU.05 --from 01/01/2027")
@click.argument("measure", metavar="CHỈ_TIÊU")
@unit_option("Mã đơn vị; dùng cho cả cấp dưới.")
@click.option("--from", "start", required=True, metavar="NGÀY", help="Nhập số báo cáo thay sổ từ ngày này.")
@office_options
@as_option
def report(measure: str, unit_code: str, start: str, folder: Path | None, username: str | None) -> None:
    """Lấy số đơn vị báo cáo thay sổ cho một chỉ tiêu, đến khi chuyển sang sổ."""
    day = parse_date(start, where="--from")
    open_office(folder)
    from giaoban.apps.reporting.operations import set_feed
    from giaoban.apps.reporting.queries.figures import catalogue

    feed = set_feed(act=console_act(username), unit=unit_of(unit_code), measure=measure, start=day)
    label = catalogue()[feed.measure].label
    click.echo(f"{label} của {unit_code}: nhập số báo cáo từ {format_date(feed.valid_from)}")


@command.command("count", epilog="Ví dụ: giaoban source count members.vetted --unit MAU.05 --from 01/04/2027")
@click.argument("measure", metavar="CHỈ_TIÊU")
@unit_option("Mã đơn vị đã đặt nhập số báo cáo.")
@click.option("--from", "start", required=True, metavar="NGÀY", help="Đếm từ sổ từ ngày này.")
@office_options
@as_option
def count(measure: str, unit_code: str, start: str, folder: Path | None, username: str | None) -> None:
    """Chuyển một chỉ tiêu đang nhập số báo cáo sang đếm từ sổ, từ một ngày."""
    day = parse_date(start, where="--from")
    open_office(folder)
    from giaoban.apps.organizations.models import OPEN_END
    from giaoban.apps.reporting.models import ValueFeed
    from giaoban.apps.reporting.operations import end_feed
    from giaoban.apps.reporting.queries.figures import catalogue

    unit, label = unit_of(unit_code), catalogue()[measure].label
    feed = ValueFeed.objects.filter(unit=unit, measure=measure, valid_to=OPEN_END).first()
    if feed is None:
        raise NotFound(f"{unit_code} không đang nhập số báo cáo cho chỉ tiêu này", where=label)
    made = end_feed(act=console_act(username), feed=feed.uid, end=day)
    click.echo(f"{label} của {unit_code}: đếm từ sổ từ {format_date(made.valid_to)}")
