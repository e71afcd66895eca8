"""``python -m fuzz``: hostile texts and files through reading and checking, and a table of what came of it.

The run is cut into parts, of which as many run at once as there are processors.

Status 0; 1 if an input failed or was slow, or a target could not run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from fuzz import guided
from fuzz.drive import TARGETS, drive
from fuzz.parts import parts_of, run_parts
from fuzz.properties import examiner
from fuzz.samples import keep
from fuzz.table import lines
from fuzz.watch import Counted, Watch

# How many of a hundred inputs each target gets; files take longer to draw than to read.
SHARES = {"guided-texts": 15, "guided-files": 8.3, "texts": 40, "mutations": 33, "files": 3.5, "broken-pdf": 0.2}
_FOLDER = Path("var/fuzz")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the targets; with ``--result`` this is the process of one part, which writes what it counted there."""
    options = _parser().parse_args(arguments)
    if options.result:
        options.result.write_text(json.dumps(_counted(options)), "utf-8")
        return 0
    wanted = [name for name in SHARES if not options.only or name in options.only]
    missing = [
        f"{name}: not run, atheris is missing: pip install -e '.[fuzz]'"
        for name in wanted
        if name.startswith("guided") and not guided.is_installed()
    ]
    parts = [
        part
        for name in wanted
        if guided.is_installed() or not name.startswith("guided")
        for part in parts_of(name, max(1, round(options.inputs * (1 if options.only else SHARES[name] / 100))))
    ]
    counted, broken = run_parts(
        parts,
        options.seed,
        options.folder,
        options.jobs,
        lambda item: click.echo("\n".join(lines([item])[1:]), err=True),
    )
    click.echo("\n".join([*lines(counted), *missing, *broken]))
    return 1 if missing or broken or any(item["failures"] or item["slow"] for item in counted) else 0


def _counted(options: argparse.Namespace) -> Counted:
    """Run one part."""
    (name,) = options.only
    if name.startswith("guided"):
        return guided.run_guided(name.removeprefix("guided-"), options.inputs, options.seed, options.folder)
    return _driven(name, options.inputs, options.seed, options.folder, options.first_round)


def _driven(name: str, inputs: int, seed: int, folder: Path, first_round: int) -> Counted:
    """Run a target of hypothesis, and write the inputs that fail once more when they are reduced."""
    with tempfile.TemporaryDirectory(prefix="giaoban-fuzz-") as place:
        watch = Watch(name, examiner(Path(place)), folder)
        drive(TARGETS[name], inputs, seed, watch.take, first_round)
        for number, (failure, sample) in enumerate(watch.reduced(), 1):
            path = keep(sample, folder / f"{name}-reduced-{number}")
            click.echo(f"{failure.what}: {path}\n{failure.trace}", err=True)
        return watch.counted()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000, help="how many in all (with --only: of each)")
    parser.add_argument("--seed", type=int, default=1, help="other seeds give other inputs")
    parser.add_argument("--only", action="append", choices=tuple(SHARES), help="run these targets only")
    parser.add_argument("--folder", type=Path, default=_FOLDER, help="where inputs that fail or are slow are written")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many processes at once")
    parser.add_argument("--first-round", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--result", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
