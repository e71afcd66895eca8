"""`giaoban figures`: every number of a unit and period, and the entries behind one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.status import Status

from giaoban.cli._act import as_option, console_act
from giaoban.cli._figure_text import print_evidence, print_figures
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import out_option, save_file, today, unit_option
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted

if TYPE_CHECKING:
    from giaoban.apps.reporting.queries.figure_table import FigureTable
    from giaoban.figures import Evidence

_NOW = "now"


@click.command(epilog="Ví dụ: giaoban figures --unit MAU --period 2023-Q1 --measure members.admitted --by child")
@unit_option("Mã đơn vị.")
@click.option("--period", "period_text", required=True, metavar="KỲ", help="Kỳ số liệu, ví dụ 2023-Q1.")
@click.option("--measure", "measures", multiple=True, metavar="KHÓA", help="Chỉ tiêu cần xem; không nêu: tất cả.")
@click.option(
    "--by",
    "by",
    type=click.Choice(["child", "unit", "sector", "month"]),
    help="Tách theo đơn vị trực thuộc, mọi đơn vị bên dưới, khối, tháng.",
)
@click.option(
    "--tree",
    "tree",
    type=click.Choice(["then", "today"]),
    default="then",
    show_default=True,
    help="Cây tổ chức của ngày phát sinh (then) hay của hôm nay (today).",
)
@click.option(
    "--as-of",
    "as_of",
    default=_NOW,
    metavar="BẢN_CHỐT",
    help="Mã bản chốt (xem: giaoban cycles list); mặc định là số liệu hiện có.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["table", "json", "xlsx"]),
    default="table",
    show_default=True,
    help="Dạng trình bày.",
)
@out_option("Tệp .xlsx ghi ra; mặc định so-lieu-MÃ-KỲ.xlsx.")
@click.option("--explain", "explained", metavar="KHÓA", help="Liệt kê các lần ghi đứng sau một con số.")
@office_options
@as_option
def command(
    unit_code: str,
    period_text: str,
    measures: tuple[str, ...],
    by: str | None,
    tree: str,
    as_of: str,
    file_format: str,
    out: Path | None,
    explained: str | None,
    folder: Path | None,
    username: str | None,
) -> None:
    """Tính số liệu của một đơn vị trong một kỳ, hoặc mở một con số ra các lần ghi đứng sau.

    Ô trống (JSON: null) là chưa theo dõi; 0 là không có.
    """
    period = Period.parse(period_text)
    _check(as_of, tree, file_format, out, explained, measures, by)
    open_office(folder)
    tree_on = today() if tree == "today" else None
    # The line of progress stands on a terminal only; what is piped stays clean.
    progress = Console(stderr=True).status(f"Đang tính số liệu {period.name()} của {unit_code}")
    if explained is not None:
        if as_of != _NOW:
            _explain_frozen(explained, as_of, unit_code, period, file_format)
        else:
            _explain(explained, unit_code, period, tree_on, file_format, progress)
        return
    from giaoban.apps.reporting.queries.figure_table import TakenBy, figure_table
    from giaoban.apps.reporting.queries.frozen_table import frozen_table

    taken_by = TakenBy(by) if by else None
    with progress:
        if as_of != _NOW:
            table = frozen_table(as_of, unit_code, period, measures=measures, taken_by=taken_by)
        else:
            table = figure_table(unit_code, period, measures=measures, taken_by=taken_by, tree_on=tree_on)
    if file_format == "json":
        click.echo(json.dumps(table.as_json(), ensure_ascii=False, indent=1))
    elif file_format == "table":
        print_figures(table)
    else:
        _write_sheet(table, out, username)


def _check(
    as_of: str,
    tree: str,
    file_format: str,
    out: Path | None,
    explained: str | None,
    measures: tuple[str, ...],
    by: str | None,
) -> None:
    """Refuse options that do not go together, before the office is opened."""
    if as_of != _NOW and tree != "then":
        raise InvalidInput(
            "Bản chốt giữ cây tổ chức của ngày chốt", where="--tree", expected="bỏ --tree khi dùng --as-of"
        )
    if out is not None and file_format != "xlsx":
        raise InvalidInput("Chỉ ghi tệp khi xuất bảng tính", where="--out", expected="--format xlsx")
    if out is not None and out.suffix.lower() != ".xlsx":
        raise InvalidInput(f"Tên tệp {quoted(out)} không phải bảng tính", where="--out", expected="tên tệp .xlsx")
    if explained is None:
        return
    if file_format == "xlsx":
        raise InvalidInput("Các lần ghi không xuất ra bảng tính", where="--format", expected="table hoặc json")
    if measures or by:
        raise InvalidInput(
            "Mỗi lần chỉ mở một con số", where="--explain", expected="bỏ --measure và --by khi dùng --explain"
        )


def _explain(key: str, unit: str, period: Period, tree_on: date | None, file_format: str, progress: Status) -> None:
    from giaoban.apps.reporting.queries.figures import catalogue, explain_figure
    from giaoban.figures import FigureRequest

    with progress:
        measure = catalogue()[key]
        evidence = explain_figure(FigureRequest(key, unit, period), tree_on=tree_on)
    if file_format == "json":
        click.echo(json.dumps(evidence.as_json(), ensure_ascii=False, indent=1))
    else:
        print_evidence(evidence, catalogue(), measure, _names(evidence))


def _explain_frozen(key: str, as_of: str, unit: str, period: Period, file_format: str) -> None:
    from giaoban.apps.reporting.queries.frozen_table import frozen_entries

    entries = frozen_entries(as_of, unit, period, key)
    if file_format == "json":
        lines = [{"ref": ref, "unit": code, "number": number} for ref, code, number in entries]
        found = {"unit": unit, "period": str(period), "measure": key, "as_of": as_of, "lines": lines}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for ref, code, number in entries:
        click.echo(f"{ref or '-'}\t{code or '-'}\t{number}")


def _names(evidence: Evidence) -> dict[str, str]:
    """Return the names, on the period's last day, of the units that are counted themselves."""
    from giaoban.apps.organizations.queries.chosen import cards_by_code

    codes = {line.unit for line in evidence.lines if line.unit and not line.subject}
    cards = cards_by_code(codes, day=evidence.request.period.window.last_day)
    return {code: card.name for code, card in cards.items()}


def _write_sheet(table: FigureTable, out: Path | None, username: str | None) -> None:
    from giaoban.apps.reporting.operations.figures_sheet import write_figures_sheet

    target = out or Path(f"so-lieu-{table.unit.code}-{table.period}.xlsx")
    content = write_figures_sheet(act=console_act(username), table=table)
    save_file(target, content)
    click.echo(f"Đã ghi {target} ({table.period.name()})")
