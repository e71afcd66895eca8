"""``python -m fuzz``: hostile texts and files through reading and checking, and a table of what came of it.

Status 0; 1 if an input failed or was slow, or a target could not run.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from fuzz import guided
from fuzz.drive import TARGETS, drive
from fuzz.properties import examiner
from fuzz.samples import keep
from fuzz.table import lines
from fuzz.watch import Counted, Watch

# How many of a hundred inputs each target gets; files take longer to draw than to read.
SHARES = {"texts": 40, "mutations": 20, "guided-texts": 25, "guided-files": 11.3, "files": 3.5, "broken-pdf": 0.2}
_FOLDER = Path("var/fuzz")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the targets one after another."""
    options = _parser().parse_args(arguments)
    counted: list[Counted] = []
    missing: list[str] = []
    for name, share in SHARES.items():
        if options.only and name not in options.only:
            continue
        inputs = max(1, round(options.inputs * (1 if options.only else share / 100)))
        if not name.startswith("guided"):
            counted.append(_driven(name, inputs, options.seed, options.folder))
        elif guided.is_installed():
            counted.append(guided.run_guided(name.removeprefix("guided-"), inputs, options.seed, options.folder))
        else:
            missing.append(f"{name}: not run, atheris is missing: pip install -e '.[fuzz]'")
        click.echo("\n".join(lines(counted[-1:])[1:]), err=True)
    click.echo("\n".join([*lines(counted), *missing]))
    return 1 if missing or any(item["failures"] or item["slow"] for item in counted) else 0


def _driven(name: str, inputs: int, seed: int, folder: Path) -> Counted:
    """Run a target of hypothesis, and write the inputs that fail once more when they are reduced."""
    with tempfile.TemporaryDirectory(prefix="giaoban-fuzz-") as place:
        watch = Watch(name, examiner(Path(place)), folder)
        drive(TARGETS[name], inputs, seed, watch.take)
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
    return parser


if __name__ == "__main__":
    sys.exit(main())
