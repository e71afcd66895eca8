"""``python -m corpus``: how well the invented documents are read and checked.

Status 0; 1 if a score is below its floor with ``--floors``; 2 for labels or a commit that cannot be used.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence

import click

from corpus import compare, floors, table
from corpus.labels import BadLabel, documents
from corpus.run import Run, run


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and compare with another commit if asked to."""
    options = _parser().parse_args(arguments)
    try:
        result = run(documents(options.only))
        if options.json:
            click.echo(json.dumps(_by_document(result, options.kind), ensure_ascii=False))
            return 0
        _print(result, options)
        if options.base:
            before = compare.of_commit(options.base, options.only)
            kept = {name: [line for line in lines if _is_of(line, options.kind)] for name, lines in before.items()}
            click.echo(f"\nAgainst {options.base}:")
            click.echo("\n".join(compare.differences(kept, _by_document(result, options.kind))))
    except BadLabel as error:
        click.echo(f"label: {error}", err=True)
        return 2
    except subprocess.CalledProcessError as error:
        click.echo(f"{options.base}: {error.stderr or error}", err=True)
        return 2
    if options.record:
        floors.record(result)
    low = list(floors.fallen(result)) if options.floors else []
    click.echo("".join(f"{line}\n" for line in low), nl=False, err=True)
    return 1 if low else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description=__doc__)
    parser.add_argument("--kind", default="", help="list misses of kinds that begin so only: citations, claims.sum")
    parser.add_argument("--only", default="", help="documents whose name contains this")
    parser.add_argument("--show-misses", action="store_true", help="list every miss and false alarm")
    parser.add_argument("--base", metavar="REF", help="gains and losses against another commit")
    parser.add_argument("--floors", action="store_true", help="fail where a score is below corpus/floors.toml")
    parser.add_argument("--record", action="store_true", help="write the scores to corpus/floors.toml")
    parser.add_argument("--json", action="store_true", help="what goes wrong by document, as JSON")
    return parser


def _print(result: Run, options: argparse.Namespace) -> None:
    click.echo("\n".join(table.lines(result)))
    if options.show_misses:
        click.echo("\n" + "\n".join(table.misses(result, options.kind)))


def _by_document(result: Run, kind: str) -> dict[str, list[str]]:
    shown: dict[str, list[str]] = {name: [] for name in result.documents}
    for line in table.misses(result, kind):
        shown[line.partition(":")[0]].append(line)
    return shown


def _is_of(line: str, kind: str) -> bool:
    return line.partition(": ")[2].startswith(kind)


if __name__ == "__main__":
    sys.exit(main())
