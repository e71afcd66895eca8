"""`giaoban import`: a sheet into a register, all or nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.core.numbers_vi import format_number

if TYPE_CHECKING:
    from giaoban.apps.sheets.importing import ImportResult
    from giaoban.apps.sheets.reading import Progress


@click.command(epilog="Ví dụ: giaoban import members dang-vien.xlsx --dry-run --dir du-lieu")
@click.argument("kind_key", metavar="LOẠI")
@click.argument("path", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi gì.")
@as_option
@office_options
@click.pass_context
def command(
    ctx: click.Context, kind_key: str, path: Path, dry_run: bool, username: str | None, folder: Path | None
) -> None:
    """Nhập tệp .xlsx hoặc .csv theo mẫu: units (tổ chức đảng), members (đảng viên), entries (việc về đảng viên),
    candidates (người được xem xét kết nạp và các bước), absences (miễn sinh hoạt, đi xa), honours (khen thưởng,
    Huy hiệu Đảng), ratings (đánh giá, xếp loại), vetting (kết luận tiêu chuẩn chính trị), offices (chức vụ),
    terms (nhiệm kỳ cấp ủy), groups (cụm, khối), visits (theo dõi cơ sở).

    Nhập được tất cả hoặc không nhập gì: nếu có ô sai thì mọi ô sai được liệt kê (trang tính, dòng, cột, sai gì, cần gì)
    và sổ giữ nguyên. Nhập lại cùng một tệp không ghi thêm gì.
    """
    open_office(folder)
    from giaoban.apps.reporting.sheet_kinds import sheet_kind
    from giaoban.apps.sheets.importing import import_sheet
    from giaoban.apps.sheets.source import SheetFile

    kind = sheet_kind(kind_key)
    file = SheetFile.from_path(path)
    act = console_act(username)
    begun = time.perf_counter()
    with _progress() as progress:
        result = import_sheet(kind=kind, file=file, act=act, dry_run=dry_run, progress=progress)
    _tell(result, kind.label, dry_run=dry_run, seconds=time.perf_counter() - begun)
    if result.errors:
        ctx.exit(1)


def _tell(result: ImportResult, label: str, *, dry_run: bool, seconds: float) -> None:
    for error in result.errors:
        click.echo(str(error))
    rows = format_number(result.rows)
    if result.errors:
        count = format_number(len(result.errors))
        click.echo(f"{label}: {count} chỗ sai trong {rows} dòng; chưa ghi gì vào sổ.")
    else:
        done = "kiểm tra xong, chưa ghi" if dry_run else "đã ghi" if result.written else "không có gì để ghi"
        counts = f"{format_number(result.new)} dòng mới, {format_number(result.same)} dòng đã có"
        click.echo(f"{label}: {done}; {rows} dòng, trong đó {counts}.")
    click.echo(f"Tốc độ: {format_number(round(result.rows / max(seconds, 0.001)))} dòng/giây.")


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on a terminal, nothing where the output goes elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield show
