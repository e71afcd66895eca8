"""What options of several commands are called and mean: a unit, a day, a file to write, a file that an office wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from giaoban.core.dates_vi import parse_date
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.text_vi import quoted

if TYPE_CHECKING:
    from giaoban.apps.organizations.models import Unit

F = TypeVar("F", bound=Callable[..., Any])


def unit_option(about: str) -> Callable[[F], F]:
    """Add the option ``--unit``, which must be given; the command's function gets it as ``unit_code``."""
    return click.option("--unit", "unit_code", required=True, metavar="MÃ", help=about)


def out_option(about: str, *, required: bool = False) -> Callable[[F], F]:
    """Add the option ``--out``, a file to write."""
    kind = click.Path(path_type=Path, dir_okay=False, writable=True)
    return click.option("--out", type=kind, required=required, metavar="TỆP", help=about)


def own_form_options(command: F) -> F:
    """Add what setting a form of one's own needs: its ``file``, ``unit_code``, and the first day as ``start``."""
    whose = "Mã đơn vị có mẫu này, dùng cho cả cấp dưới."
    command = click.option("--from", "start", metavar="NGÀY", help="Dùng từ ngày này; mặc định hôm nay.")(command)
    path = click.Path(path_type=Path, exists=True, dir_okay=False)
    return click.argument("file", metavar="TỆP", type=path)(unit_option(whose)(command))


def unit_of(code: str) -> Unit:
    """Return the unit of a code.

    Raises:
        NotFound: there is none.
    """
    from giaoban.apps.organizations.models import Unit

    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound(f"Không có đơn vị mang mã {quoted(code)}", where="--unit", expected="mã trong sổ tổ chức")
    return unit


def given_day(text: str | None, *, where: str = "--dated") -> date | None:
    """Return the day of an option; None where it was not given."""
    return parse_date(text, where=where) if text else None


def today() -> date:
    """Return the day in Ha Noi."""
    from giaoban.apps.audit.act import HANOI

    return datetime.now(HANOI).date()


def save_file(out: Path, content: bytes) -> None:
    """Write a file that somebody asked for.

    Raises:
        InvalidInput: it cannot be written there.
    """
    try:
        out.write_bytes(content)
    except OSError as error:
        said = f"Không ghi được tệp {out} ({error.strerror})"
        raise InvalidInput(said, where="--out", expected="một chỗ ghi được") from None


def definition_text(file: Path) -> str:
    """Return the text of a file in which an office wrote a definition of its own.

    Raises:
        InvalidInput: it cannot be read, or is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InvalidInput("Không đọc được tệp mẫu", where=str(file), expected="tệp .toml mã UTF-8") from None
