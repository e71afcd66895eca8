"""`giaoban notice`: the notice of a briefing conference from the registers, in the layout of its day."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import given_day, out_option, save_file, unit_of, unit_option
from giaoban.cli.report import formats_wanted
from giaoban.core.period import Period


@click.command(epilog="Ví dụ: giaoban notice briefing --unit MAU --period 2021-H1 --out tb.docx")
@click.argument("name", metavar="TÊN_THÔNG_BÁO", type=click.Choice(["briefing"]))
@unit_option("Mã cấp ủy tổ chức hội nghị.")
@click.option("--period", "period_text", required=True, metavar="KỲ", help="Kỳ của hội nghị giao ban, ví dụ 2021-H1.")
@out_option("Tệp ghi ra: .docx, .pdf hoặc .md.")
@click.option("--format", "file_format", type=click.Choice(["docx", "pdf", "md", "json"]), help="Dạng ghi ra.")
@click.option("--dated", metavar="NGÀY", help="Ngày ban hành dự kiến, quyết định thể thức; mặc định ngày cuối kỳ.")
@click.option(
    "--number",
    type=click.IntRange(min=1),
    metavar="SỐ",
    help="Số văn bản; từ khi có số, các danh sách được giữ nguyên.",
)
@office_options
@as_option
def command(
    name: str,
    unit_code: str,
    period_text: str,
    out: Path | None,
    file_format: str | None,
    dated: str | None,
    number: int | None,
    folder: Path | None,
    username: str | None,
) -> None:
    """Lập thông báo sau hội nghị giao ban: đánh giá, hạn chế, nhiệm vụ và phụ lục các danh sách đơn vị.

    `--format json` in ra mọi con số trong thông báo kèm mã, cùng lúc với tệp nêu ở `--out` nếu có.
    """
    period = Period.parse(period_text)
    to_file, to_print = formats_wanted(out, file_format)
    open_office(folder)
    from giaoban.apps.reporting.operations import write_notice
    from giaoban.apps.reporting.queries.briefing import BriefingOrder, usual_day

    unit = unit_of(unit_code)
    act = console_act(username)
    order = BriefingOrder(unit, period, given_day(dated) or usual_day(period, act.today), act.today, number)
    if out is not None:
        save_file(out, write_notice(act=act, order=order, file_format=to_file).content)
        click.echo(f"Đã ghi {out} ({period.name()})", err=bool(to_print))
    if to_print:
        click.echo(write_notice(act=act, order=order, file_format=to_print).content.decode())
