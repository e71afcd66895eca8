"""`giaoban rubric`: take the rubric of the quality of meetings as a file, change it, let the office use its own."""

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
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted


@click.group(epilog="Ví dụ: giaoban rubric list --unit MAU")
def command() -> None:
    """Mẫu chấm điểm sinh hoạt: lấy ra tệp để sửa, đặt mẫu riêng của cấp ủy, xem các mẫu đang có."""


@command.command("list", epilog="Ví dụ: giaoban rubric list --unit MAU")
@unit_option("Mã đơn vị.")
@click.option("--on", "on", metavar="NGÀY", help="Mẫu dùng trong ngày này; mặc định hôm nay.")
@office_options
def list_rubrics(unit_code: str, on: str | None, folder: Path | None) -> None:
    """Liệt kê các mẫu chấm điểm mà một đơn vị chọn được; dấu * là mẫu đang áp dụng."""
    open_office(folder)
    from giaoban.apps.meetings.queries.rubric import own_rubrics, rubric_on
    from giaoban.apps.meetings.rubrics import rubrics

    unit, day = unit_of(unit_code), given_day(on, where="--on") or today()
    holds = rubric_on(unit, day).code
    rows = [(code, one.title, "mẫu có sẵn") for code, one in rubrics().items()]
    rows += [
        (one.code, one.title, f"mẫu của {one.owner.code} từ {format_date(one.valid_from)}")
        for one in own_rubrics(unit, day=day)
        if one.valid_from <= day < one.valid_to
    ]
    for code, title, whose in rows:
        click.echo(f"{'*' if code == holds else ' '} {code}\t{title}\t{whose}")


@command.command("take", epilog="Ví dụ: giaoban rubric take b --unit MAU --out phieu.toml")
@click.argument("code", metavar="MÃ_MẪU")
@unit_option("Mã đơn vị.")
@click.option("--on", "on", metavar="NGÀY", help="Bản dùng trong ngày này; mặc định hôm nay.")
@out_option("Tệp .toml ghi ra.", required=True)
@office_options
def take(code: str, unit_code: str, on: str | None, out: Path, folder: Path | None) -> None:
    """Ghi một mẫu chấm điểm ra tệp để sửa."""
    open_office(folder)
    from giaoban.apps.meetings.queries.rubric import own_rubrics
    from giaoban.apps.meetings.rubrics import read_rubric, rubric_toml, rubrics, shipped_text

    unit, day = unit_of(unit_code), given_day(on, where="--on") or today()
    held = {one.code: one for one in own_rubrics(unit, day=day) if one.valid_from <= day < one.valid_to}
    if code in held:
        text = rubric_toml(read_rubric(held[code].body))
    elif code in rubrics():
        text = shipped_text(code)
    else:
        known = ", ".join((*rubrics(), *held))
        raise InvalidInput(f"Không có mẫu chấm điểm {quoted(code)}", where=unit_code, expected=f"một trong {known}")
    save_file(out, text.encode())
    click.echo(f"Đã ghi {out}: mẫu {code}")


@command.command("set", epilog="Ví dụ: giaoban rubric set phieu.toml --unit MAU --from 01/04/2023")
@own_form_options
@office_options
@as_option
def set_own(file: Path, unit_code: str, start: str | None, folder: Path | None, username: str | None) -> None:
    """Kiểm tra một tệp mẫu chấm điểm và dùng làm mẫu riêng từ một ngày; phiếu đã chấm giữ mẫu cũ."""
    text = definition_text(file)
    open_office(folder)
    from giaoban.apps.meetings.operations import set_rubric
    from giaoban.apps.meetings.rubrics import rubric_data

    act = console_act(username)
    day = given_day(start, where="--from") or act.today
    made = set_rubric(act=act, owner=unit_of(unit_code), body=rubric_data(text, where=file.name), start=day)
    click.echo(f"Mẫu {made.code} của {unit_code} dùng từ {format_date(day)}")
