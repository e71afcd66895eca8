"""`giaoban report`: an official document from the registers, in the layout of its day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from giaoban.cli._act import as_option, console_act
from giaoban.cli._office import office_options, open_office
from giaoban.cli._options import given_day, out_option, save_file, unit_of, unit_option
from giaoban.cli._waiting import waiting
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.period import Period
from giaoban.core.text_vi import quoted

if TYPE_CHECKING:
    from giaoban.apps.organizations.models import Unit
    from giaoban.apps.reporting.models import OwnReport
    from giaoban.apps.reporting.queries.report import Telling


WORKBOOK = "workbook"


@click.command(epilog="Ví dụ: giaoban report quarter --unit MAU --period 2023-Q1 --out q1.docx")
@click.argument("name", metavar="TÊN_BÁO_CÁO")
@unit_option("Mã đơn vị lập báo cáo.")
@click.option("--period", "period_text", required=True, metavar="KỲ", help="Kỳ báo cáo, ví dụ 2023-Q1.")
@out_option("Tệp ghi ra: .docx, .pdf hoặc .md; biểu thống kê: .xlsx.")
@click.option("--format", "file_format", type=click.Choice(["docx", "pdf", "md", "json"]), help="Dạng ghi ra.")
@click.option("--dated", metavar="NGÀY", help="Ngày ban hành dự kiến, quyết định thể thức; mặc định hôm nay.")
@click.option("--number", type=click.IntRange(min=1), metavar="SỐ", help="Số văn bản; không nêu thì để trống.")
@click.option(
    "--edition",
    type=click.IntRange(min=1),
    metavar="BẢN",
    help="Bản mà cấp ủy đang làm hoặc đã ban hành; từ khi trình ký, tệp là bản đã khóa. Không nêu thì lập từ các sổ.",
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
    edition: int | None,
    folder: Path | None,
    username: str | None,
) -> None:
    """Lập báo cáo từ các sổ, đúng thể thức, mọi con số tính từ các lần ghi.

    Tên báo cáo: quarter (quý), half (6 tháng), nine_months (9 tháng), year (năm), month (số liệu tháng cho Thông tin
    sinh hoạt chi bộ), mẫu riêng của cơ quan (xem `giaoban report-definition list`), hoặc workbook: các biểu thống kê
    trong một tệp .xlsx. `--format json` in ra mọi con số trong báo cáo kèm mã chỉ tiêu, cùng lúc với tệp nêu ở `--out`
    nếu có.
    """
    period = Period.parse(period_text)
    if name == WORKBOOK:
        target = _workbook_target(out, file_format)
        open_office(folder)
        from giaoban.apps.reporting.operations import write_statistics

        unit = unit_of(unit_code)
        with waiting("Lập biểu thống kê"):
            book = write_statistics(act=console_act(username), unit=unit, period=period)
        save_file(target, book)
        click.echo(f"Đã ghi {target} ({period.name()})")
        return
    to_file, to_print = formats_wanted(out, file_format)
    open_office(folder)
    from giaoban.apps.reporting.operations import write_own_report, write_report
    from giaoban.apps.reporting.queries.report import ReportOrder

    unit = unit_of(unit_code)
    act = console_act(username)
    if edition is not None:
        report = _edition_of(unit, name, period, edition, fixed=dated is not None or number is not None)

        def write(file_format: str, tell: Telling) -> bytes:
            tell("Ghi tệp")
            return write_own_report(act=act, report=report, file_format=file_format).content
    else:
        order = ReportOrder(name, unit, period, given_day(dated) or act.today, number)

        def write(file_format: str, tell: Telling) -> bytes:
            return write_report(act=act, order=order, file_format=file_format, tell=tell).content

    if out is not None:
        with waiting("Lập báo cáo") as tell:
            content = write(to_file, tell)
        save_file(out, content)
        click.echo(f"Đã ghi {out} ({period.name()})", err=bool(to_print))
    if to_print:
        with waiting("Lập báo cáo") as tell:
            content = write(to_print, tell)
        click.echo(content.decode())


def _edition_of(unit: Unit, name: str, period: Period, edition: int, *, fixed: bool) -> OwnReport:
    from giaoban.apps.reporting.models import OwnReport

    if fixed:
        raise InvalidInput(
            "Bản của cấp ủy có số và ngày của mình", where="--edition", expected="không kèm --dated, --number"
        )
    found = OwnReport.objects.filter(unit=unit, name=name, period=str(period), edition=edition).first()
    if found is None:
        raise NotFound(
            f"Không có bản {edition} của báo cáo {quoted(name)}, {period.name()}",
            where="--edition",
            hint="Xem các bản ở mục Báo cáo trên màn hình",
        )
    return found


def _workbook_target(out: Path | None, file_format: str | None) -> Path:
    if out is None or out.suffix.lower() != ".xlsx" or file_format is not None:
        said = f"Biểu thống kê không ghi được ra {out or file_format}" if out or file_format else "Chưa rõ tệp ghi ra"
        raise InvalidInput(said, where="--out", expected="tệp .xlsx, không kèm --format")
    return out


def formats_wanted(out: Path | None, file_format: str | None) -> tuple[str, str]:
    """Return the format of the file and that of what is printed; «» for none.

    The file's ending says its format. ``--format json`` prints the numbers, beside a file or alone.

    Raises:
        InvalidInput: the two do not go together, or none says enough.
    """
    ending = out.suffix.removeprefix(".").lower() if out else ""
    if out is None:
        if file_format not in ("md", "json"):
            raise InvalidInput(
                f"Dạng {file_format} cần tệp ghi ra" if file_format else "Chưa rõ dạng ghi ra của báo cáo",
                where="--out",
                expected="tệp .docx, .pdf, .md, hoặc --format json",
            )
        return "", file_format
    if ending not in ("docx", "pdf", "md", "json"):
        raise InvalidInput(
            f"Chưa rõ dạng ghi ra của {out}", where="--out", expected="tệp .docx, .pdf, .md, hoặc --format json"
        )
    if file_format in (None, ending):
        return ending, ""
    if file_format != "json":
        raise InvalidInput(f"Tệp {out} không phải dạng {file_format}", where="--out", expected=f"tệp .{file_format}")
    return ending, "json"
