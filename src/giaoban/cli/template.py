"""`giaoban template`: the empty sheet of a register."""

from __future__ import annotations

from pathlib import Path

import click

from giaoban.cli._office import start_django
from giaoban.core.errors import GiaobanError, InvalidInput


@click.command(epilog="Ví dụ: giaoban template members dang-vien.xlsx")
@click.argument("kind_key", metavar="LOẠI")
@click.argument("path", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
def command(kind_key: str, path: Path, force: bool) -> None:
    """Viết mẫu nhập số liệu, tệp .xlsx hoặc .csv: units (tổ chức đảng), members (đảng viên), entries (việc về
    đảng viên), candidates (người được xem xét kết nạp và các bước), absences (miễn sinh hoạt, đi xa), honours (khen
    thưởng, Huy hiệu Đảng), ratings (đánh giá, xếp loại), vetting (kết luận tiêu chuẩn chính trị), offices (chức vụ),
    terms (nhiệm kỳ cấp ủy), groups (cụm, khối) hoặc visits (theo dõi cơ sở).

    Tệp .xlsx có dòng tiêu đề, danh sách để chọn và trang «Hướng dẫn» giải thích từng cột; tệp .csv chỉ có dòng tiêu
    đề. Điền xong thì nhập bằng giaoban import.
    """
    start_django(None)
    from giaoban.apps.reporting.sheet_kinds import sheet_kind
    from giaoban.apps.sheets.filled import format_of, write_sheet

    kind = sheet_kind(kind_key)
    file_format = format_of(path.name)
    try:
        with path.open("wb" if force else "xb") as file:
            file.write(write_sheet(kind, file_format))
    except FileExistsError:
        raise InvalidInput("Tệp đã có", where=str(path), hint="Chọn tên khác, hoặc thêm --force để ghi đè") from None
    except OSError as error:
        raise GiaobanError(f"Không ghi được tệp ({error.strerror})", where=str(path)) from None
    click.echo(f"Đã viết mẫu «{kind.label}» với {len(kind.columns)} cột: {path}")
