"""`giaoban verify`: re-reads the live data and proves that nothing is lost or out of step."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._office import office_options, open_office, start_django
from giaoban.core.numbers_vi import format_number

_SHOWN = 20


@click.command(epilog="Ví dụ: giaoban verify --dir du-lieu")
@click.argument("backup", required=False, metavar="[TỆP]", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@office_options
@click.pass_context
def command(ctx: click.Context, backup: Path | None, folder: Path | None) -> None:
    """Đọc lại toàn bộ dữ liệu: khóa chống sửa, chuỗi nhật ký, cây tổ chức, sổ đảng viên.

    Nêu một tệp thì đọc lại bản sao lưu đó: đủ dòng, đúng nội dung lúc sao lưu.
    """
    if backup is not None:
        ctx.exit(_verify_backup(backup))
    open_office(folder)
    from giaoban.apps.audit import integrity as audit
    from giaoban.apps.audit.guards import guarded_tables
    from giaoban.apps.audit.operations import seal
    from giaoban.apps.audit.operations.seal import check_chain
    from giaoban.apps.meetings import integrity as meetings
    from giaoban.apps.members import integrity as members
    from giaoban.apps.organizations import integrity as organizations
    from giaoban.apps.reporting import integrity as reporting

    sealed = seal()
    state = check_chain()
    click.echo(f"Sổ và nhật ký: {len(guarded_tables())} bảng chỉ ghi thêm")
    click.echo(f"Nhật ký: {format_number(state.links)} dòng đã niêm phong (vừa niêm phong {format_number(sealed)})")
    wrong = False
    for check in (*audit.CHECKS, *organizations.CHECKS, *members.CHECKS, *meetings.CHECKS, *reporting.CHECKS):
        found = list(check.rows())
        click.echo(f"{'SAI ' if found else 'Đúng'}  {check.name}")
        for line in found[:_SHOWN]:
            click.echo(f"      {line}")
        if found:
            wrong = True
            if len(found) > _SHOWN:
                click.echo(f"      … và {format_number(len(found) - _SHOWN)} dòng nữa")
            click.echo(f"      Vì sao quan trọng: {check.why}. Cần làm: {check.recommendation}.")
    if wrong:
        ctx.exit(1)


def _verify_backup(path: Path) -> int:
    start_django(None)
    from giaoban.apps.audit.operations.backup import check_backup

    wrong = list(check_backup(path))
    for line in wrong:
        click.echo(f"SAI   {line}")
    if not wrong:
        click.echo(f"Đúng  {path}: đủ dòng, đúng nội dung lúc sao lưu")
    return 1 if wrong else 0
