"""Writes the pages of docs/ that come from the code; with --check only says whether they are stale."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent


def command_leaves(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
    """Give every command that does something, with the words under which it is called."""
    context = click.Context(group, info_name=prefix)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            yield from command_leaves(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def command_line_page() -> str:
    """Return docs/cli.md: the help text of every command, in the order of the group."""
    from giaoban.cli._main import giaoban

    parts = [
        "# Command line",
        "",
        "Written by `make docs` from the help texts of the commands themselves; do not edit.",
        "",
        "Exit status everywhere: 0 done; 1 done, and something was found wrong in the input; 2 could not be done,",
        "and one line on stderr says what, where and what would be right.",
    ]
    for path, command in command_leaves(giaoban, "giaoban"):
        context = command.context_class(command, info_name=path, max_content_width=110, terminal_width=110)
        parts += ["", f"## {path}", "", "```text", command.get_help(context).rstrip(), "```"]
    return "\n".join(parts) + "\n"


def measures_page() -> str:
    """Return docs/measures.md: every measure as it is declared beside its register."""
    import django

    django.setup()
    from giaoban.apps.reporting.queries.figures import shipped_catalogue

    parts = [
        "# Measures",
        "",
        "Written by `make docs` from the declarations beside the registers (`apps/*/measures`); do not edit. How",
        "flows, stocks, transfers and rates are counted is told in [algorithms](algorithms/README.md). What has no",
        "register yet, plans and values come from the numbers that units report.",
        "",
        "«+units»: a parent is the sum of its children; «+time»: a year is the sum of its quarters.",
        "",
        "| key | Vietnamese | unit | kind | adds up | broken down by |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for measure in shipped_catalogue():
        sums = " ".join(
            word for word, is_so in (("+units", measure.additive_units), ("+time", measure.additive_time)) if is_so
        )
        dimensions = ", ".join(f"{dimension.key} ({dimension.label})" for dimension in measure.dimensions)
        words = measure.label
        if measure.rate is not None:
            words += f" ({measure.rate.numerator_words} / {measure.rate.denominator_words})"
        cells = (f"`{measure.key}`", words, measure.unit, measure.kind.value, sums or "–", dimensions or "–")
        parts.append(f"| {' | '.join(cells)} |")
    return "\n".join(parts) + "\n"


def rules_page() -> str:
    """Return docs/rules/README.md: every rule of `giaoban check`."""
    from giaoban.checker.explain import table

    return table()


PAGES: dict[str, Callable[[], str]] = {
    "docs/cli.md": command_line_page,
    "docs/measures.md": measures_page,
    "docs/rules/README.md": rules_page,
}


def main() -> int:
    """Write or compare every page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 where a page is stale")
    check = parser.parse_args().check
    # Help texts of commands over data may need the settings; they must not depend on an office on this machine.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.site.settings")
    stale = []
    for name, build in PAGES.items():
        path, wanted = ROOT / name, build()
        if (path.read_text(encoding="utf-8") if path.exists() else "") == wanted:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
            print(f"written: {name}")
    if check and stale:
        print(f"stale: {', '.join(stale)}; write them with `make docs`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
