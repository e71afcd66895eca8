"""`giaoban board`: who has done what was due, as a table for people or the JSON of the contracts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from giaoban.cli._figure_text import wide_console
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import today, unit_of, unit_option
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from giaoban.apps.obligations.queries.board import Board, BoardRow
    from giaoban.apps.reporting.queries.board import BoardFigures, Rates


@click.command(epilog="Ví dụ: giaoban board --unit MAU --period 2023-Q1 --format json")
@unit_option("Mã đơn vị; mỗi đơn vị trực thuộc là một dòng.")
@click.option("--period", "period_text", required=True, metavar="KỲ", help="Kỳ có hạn của việc, ví dụ 2023-Q1.")
@click.option(
    "--as-of", "as_of_text", metavar="NGÀY", help="Tính việc đã làm đến hết ngày này (2023-03-31); mặc định cuối kỳ."
)
@click.option("--open", "open_too", is_flag=True, help="Cả việc ngoài kỳ còn chưa làm xong.")
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Dạng trình bày.",
)
@office_options
def command(
    unit_code: str, period_text: str, as_of_text: str | None, open_too: bool, file_format: str, folder: Path | None
) -> None:
    """Lập bảng giao ban: đơn vị nào đã làm, chưa làm việc đến hạn trong kỳ."""
    period, as_of = Period.parse(period_text), _day(as_of_text)
    open_office(folder)
    from giaoban.apps.obligations.queries.board import board
    from giaoban.apps.reporting.queries.board import board_figures, cluster_rates

    unit, day = unit_of(unit_code), today()
    with Console(stderr=True).status(f"Đang lập bảng giao ban {period.name()} của {unit_code}"):
        found = board(None, unit, period, today=day, as_of=as_of, open_too=open_too)
        rates, clusters = board_figures(found, day), cluster_rates(found)
    if file_format == "json":
        told = [
            column
            | {
                "figures": rates.by_duty[code].as_json(),
                "clusters": [{"name": name} | counts[code].as_json() for name, counts in clusters.items() if name],
            }
            for column in found.as_json()
            for code in (column["obligation"],)
        ]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _print(found, rates, clusters)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            f"Ngày {quoted(text)} không đọc được", where="--as-of", expected="năm-tháng-ngày, ví dụ 2023-03-31"
        ) from None


def _print(found: Board, rates: BoardFigures, clusters: Mapping[str, Mapping[str, Rates]]) -> None:
    title = f"{found.card.name}: {found.period.name()} (đã làm đến hết {format_date(found.as_of)})"
    shown = Table(title=title, title_justify="left")
    shown.add_column("Đơn vị")
    for column in found.columns:
        shown.add_column(Text(column.short))
    if found.owes_itself or not found.rows:
        _add_row(shown, found, found.own)
        shown.add_section()
    for name, rows in found.clusters.items():
        if name:
            shown.add_row(Text(f"{name} ({len(rows)} đơn vị)", style="bold"))
        for row in rows:
            _add_row(shown, found, row)
        if name or len(clusters) > 1:
            shown.add_section()
            words = f"Cộng {name}" if name else "Cộng đơn vị ngoài các cụm"
            _add_sums(shown, words, [clusters[name][column.code] for column in found.columns])
        shown.add_section()
    _add_sums(shown, f"Cả {found.card.code}", [rates.by_duty[column.code] for column in found.columns])
    console = wide_console()
    console.print(shown)
    if not found.columns:
        console.print("Không có việc nào đến hạn trong kỳ này. Đặt việc ở trang Việc phải làm.")


def _add_row(shown: Table, found: Board, row: BoardRow) -> None:
    from giaoban.apps.obligations.duties import STATUS_WORDS

    cells = [column.cell(row.card.pk) for column in found.columns]
    told = (f"{cell.done}/{cell.expected} {STATUS_WORDS[cell.status]}" if cell.expected else "–" for cell in cells)
    shown.add_row(Text(row.card.name), *(Text(words) for words in told))


def _add_sums(shown: Table, of: str, counts: Sequence[Rates]) -> None:
    """Add the five reporting rates: done of the turns that were due, and both rates."""
    shown.add_row(
        Text(f"{of}: đã làm / đã đến hạn (lượt)"), *(f"{_number(one.done)}/{_number(one.expected)}" for one in counts)
    )
    shown.add_row("  tỷ lệ đã làm (%)", *(_number(one.rate) for one in counts))
    shown.add_row("  đúng hạn (lượt)", *(_number(one.on_time) for one in counts))
    shown.add_row("  tỷ lệ đúng hạn (%)", *(_number(one.rate_on_time) for one in counts))


def _number(value: float | None) -> str:
    return "—" if value is None else format_number(value)
