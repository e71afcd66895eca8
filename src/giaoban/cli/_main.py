"""The group of commands, and the exit statuses that scripts rely on (0 done, 1 found something wrong, 2 could not)."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from giaoban import __version__
from giaoban.core.errors import GiaobanError

# Command name -> module under giaoban.cli; the module holds a click command called `command`.
COMMANDS: dict[str, str] = {
    "read": "read",
    "check": "check",
    "explain": "explain",
}


class LazyGroup(click.Group):
    """Finds a command by importing its module when, and only when, it is wanted."""

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
        return found


@click.group(cls=LazyGroup)
@click.version_option(__version__, prog_name="giaoban")
def giaoban() -> None:
    """Phần mềm công tác văn phòng cấp ủy."""


def main(argv: list[str] | None = None) -> Any:
    """Run one command and leave with its exit status; a mendable error is one line on stderr and status 2."""
    try:
        # Outside standalone mode click returns the status that a command passed to ctx.exit().
        status = giaoban.main(args=argv, standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(2)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except GiaobanError as error:
        click.echo(f"giaoban: {error}", err=True)
        sys.exit(2)
    sys.exit(status if isinstance(status, int) else 0)
