"""The group of commands, and the exit statuses that scripts rely on (0 done, 1 found something wrong, 2 could not)."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from giaoban import __version__
from giaoban.cli._help import VietnameseContext, speak_vietnamese
from giaoban.core.errors import GiaobanError
from giaoban.core.text_vi import quoted

# Command name -> module under giaoban.cli; the module holds a click command called `command`.
COMMANDS: dict[str, str] = {
    "read": "read",
    "check": "check",
    "explain": "explain",
    "template": "template",
    "import": "import_",
    "export": "export",
    "figures": "figures",
    "measures": "measures",
    "source": "source",
    "board": "board",
    "remind": "remind",
    "cycles": "cycles",
    "report": "report",
    "report-definition": "report_definition",
    "rubric": "rubric",
    "notice": "notice",
    "demo": "demo",
    "init": "init",
    "people": "people",
    "backup": "backup",
    "restore": "restore",
    "verify": "verify",
    "rebuild": "rebuild",
}


class LazyGroup(click.Group):
    """Finds a command by importing its module when, and only when, it is wanted."""

    context_class = VietnameseContext

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module; None for an unknown name."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found = importlib.import_module(f"giaoban.cli.{module}").command
        assert isinstance(found, click.Command)
        return speak_vietnamese(found)


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="giaoban")
def giaoban() -> None:
    """Phần mềm công tác văn phòng cấp ủy."""


def _bad_value(error: click.BadParameter) -> str:
    """Say which value is wrong and what would be right; click's own reasons are English, so they are told by type."""
    name = error.param.human_readable_name if error.param else "tham số"
    match error.param.type if error.param else None:
        case click.Choice() as choice:
            return f"giá trị của {name} không dùng được; cần một trong: {', '.join(map(str, choice.choices))}"
        case click.Path() | click.File():
            return f"{name}: không có tệp này hoặc không đọc được ({_quoted(error.message)})"
        case click.types.IntParamType() | click.types.FloatParamType():
            return f"giá trị của {name} không phải là số trong khoảng cho phép ({_quoted(error.message)})"
        case _:
            return f"giá trị của {name} không dùng được ({_quoted(error.message)})"


def _quoted(message: str) -> str:
    """Return the value that click quotes in its message, or the message where it quotes none."""
    parts = message.split("'")
    return parts[1] if len(parts) > 2 else message.rstrip(".")


def in_vietnamese(error: click.ClickException) -> str:
    """Return one line for a command that was not typed right: what is wrong and where help is."""
    context = getattr(error, "ctx", None)
    help_at = f"Xem: {context.command_path} --help" if context is not None else "Xem: giaoban --help"
    match error:
        case click.NoSuchOption():
            said = f"không có tùy chọn {error.option_name}"
        case click.exceptions.NoSuchCommand():
            said = f"không có lệnh {quoted(error.command_name)}"
        case click.MissingParameter():
            said = f"thiếu {error.param.make_metavar(context) if error.param and context else 'tham số'}"
        case click.BadParameter():
            said = _bad_value(error)
        case click.BadOptionUsage() if "requires" in error.message:
            said = f"tùy chọn {error.option_name} thiếu giá trị"
        case click.UsageError() if error.message.startswith("Got unexpected extra argument"):
            said = f"thừa tham số {error.message.rstrip('.').partition('(')[2].rstrip(')').replace('s) (', '')}"
        case _:
            said = error.format_message().rstrip(".")
    return f"{said}. {help_at}"


def main(argv: list[str] | None = None) -> Any:
    """Run one command and leave with its exit status; a mendable error is one line on stderr and status 2."""
    try:
        # Outside standalone mode click returns the status that a command passed to ctx.exit().
        status = giaoban.main(args=argv, prog_name="giaoban", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(2)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"giaoban: {in_vietnamese(error)}", err=True)
        sys.exit(2)
    except GiaobanError as error:
        click.echo(f"giaoban: {error}", err=True)
        sys.exit(2)
    except ModuleNotFoundError as error:
        # Documents are read without the office extra; a command over data says what it lacks.
        if (error.name or "giaoban").partition(".")[0] == "giaoban":
            raise
        click.echo(
            f"giaoban: lệnh này cần phần văn phòng (thiếu {error.name}). Cài: pip install 'giaoban[office]'", err=True
        )
        sys.exit(2)
    except BrokenPipeError:
        # `giaoban ... | head`: whoever read has had enough.
        sys.stderr.close()
        sys.exit(2)
    except Exception as error:
        if os.environ.get("GIAOBAN_DEBUG"):
            raise
        click.echo(
            f"giaoban: lỗi chưa lường trước ({type(error).__name__}). Đặt GIAOBAN_DEBUG=1, chạy lại và gửi phần in ra "
            "cho người phát triển",
            err=True,
        )
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)
