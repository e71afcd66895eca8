"""`giaoban export`: a register of a unit as a filled sheet."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import unit_of, unit_option
from giaoban.core.errors import GiaobanError, InvalidInput


@click.command(epilog="Ví dụ: giaoban export ratings xep-loai.xlsx --unit MAU --as lan")
@click.argument("kind_key", metavar="LOẠI")
@click.argument("path", metavar="TỆP", type=click.Path(path_type=Path))
@unit_option("Mã đơn vị; lấy cả các đơn vị bên dưới.")
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
@as_option
@office_options
def command(kind_key: str, path: Path, unit_code: str, force: bool, username: str | None, folder: Path | None) -> None:
    """Lấy một sổ ra theo mẫu đã điền, tệp .xlsx hoặc .csv: units (tổ chức đảng), members (đảng viên), entries
    (việc về đảng viên), candidates (phát triển đảng viên), absences (miễn sinh hoạt, đi xa), honours (khen thưởng, Huy
    hiệu Đảng), ratings (đánh giá, xếp loại), vetting (kết luận tiêu chuẩn chính trị), offices (chức vụ trong cấp ủy),
    terms (nhiệm kỳ cấp ủy), groups (cụm, khối) hoặc visits (theo dõi cơ sở).

    Tệp ghi ai lấy, lúc nào, của đơn vị nào, và việc lấy ra được ghi vào nhật ký. Nhập lại tệp này không ghi thêm gì.
    Số lý lịch, số thẻ, số định danh chỉ có khi người lấy được giao quyền đọc hồ sơ đảng viên.
    """
    open_office(folder)
    from giaoban.apps.reporting.operations import take_register
    from giaoban.apps.sheets.filled import format_of

    file_format = format_of(path.name)
    if path.exists() and not force:
        raise InvalidInput("Tệp đã có", where=str(path), hint="Chọn tên khác, hoặc thêm --force để ghi đè")
    unit = unit_of(unit_code)
    content = take_register(act=console_act(username), kind=kind_key, unit=unit, file_format=file_format)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise GiaobanError(f"Không ghi được tệp ({error.strerror})", where=str(path)) from None
    click.echo(f"Đã lấy sổ {kind_key} của {unit_code}: {path}")
