"""`giaoban cycles`: opens what is due (a timer can call it) and tells how far the running cycles are."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import unit_of


@click.group(epilog="Ví dụ: giaoban cycles open --dir du-lieu")
def command() -> None:
    """Kỳ báo cáo: mở kỳ đến hạn mở, theo dõi các kỳ đang chạy."""


@command.command("open", epilog="Ví dụ: giaoban cycles open --dir du-lieu")
@office_options
@as_option
def open_due(folder: Path | None, username: str | None) -> None:
    """Mở các kỳ báo cáo đã đến ngày mở và cập nhật các kỳ đang chạy theo cây tổ chức.

    Chạy lại không đổi gì: có thể đặt chạy tự động mỗi sáng.
    """
    open_office(folder)
    from giaoban.apps.reporting.operations.cycles import open_due_cycles

    done = open_due_cycles(act=console_act(username))
    for cycle in done.cycles:
        click.echo(f"Đã mở: {cycle.owner.code}\t{cycle.title}\t{cycle.submissions.count()} đơn vị")
    click.echo(f"Mở {len(done.cycles)} kỳ; {done.followed} báo cáo đổi theo cây tổ chức")


@command.command("list", epilog="Ví dụ: giaoban cycles list --dir du-lieu --period 2023-Q1 --format json")
@click.option("--unit", "unit_code", metavar="MÃ", help="Chỉ các đơn vị ở dưới đơn vị này.")
@click.option("--period", "period_text", metavar="KỲ", help="Chỉ các kỳ báo cáo của kỳ này, ví dụ 2023-Q1.")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Dạng trình bày.",
)
@office_options
def list_cycles(unit_code: str | None, period_text: str | None, file_format: str, folder: Path | None) -> None:
    """Liệt kê báo cáo của từng đơn vị: trạng thái, đúng hạn hay chậm, mã bản chốt (dùng cho figures --as-of)."""
    open_office(folder)
    from giaoban.apps.audit.act import HANOI
    from giaoban.apps.reporting.models import Cycle
    from giaoban.apps.reporting.queries.cycles.overview import cycle_overview
    from giaoban.core.period import Period

    under = unit_of(unit_code) if unit_code is not None else None
    cycles = Cycle.objects.select_related("form", "owner").order_by("due_at", "pk")
    if period_text is not None:
        cycles = cycles.filter(period=str(Period.parse(period_text)))
    now = datetime.now(HANOI)
    lines = [
        {
            "cycle": str(cycle.uid),
            "form": cycle.form.code,
            "period": cycle.period,
            "unit": row.unit.code,
            "state": row.state,
            "timing": row.timing.value,
            "edition": row.submission.edition,
            "snapshot": str(row.submission.snapshot.uid) if row.submission.snapshot is not None else None,
        }
        for cycle in cycles
        for row in cycle_overview(cycle, now=now, under=under).rows
    ]
    if file_format == "json":
        click.echo(json.dumps(lines, ensure_ascii=False, indent=1))
        return
    for line in lines:
        click.echo("\t".join("-" if line[key] is None else str(line[key]) for key in _COLUMNS))


_COLUMNS = ("form", "period", "unit", "state", "timing", "edition", "snapshot")
