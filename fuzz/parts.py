"""A run in parts: each a process of its own, as many at once as there are processors, and their counts put together."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from fuzz.drive import ROUND
from fuzz.watch import Counted

# Rounds of hypothesis in one part: enough that starting a process does not matter, few enough that all end together.
_ROUNDS = 4


class Part(NamedTuple):
    """Inputs of one target for one process: how many, and from which round of the seed on."""

    name: str
    inputs: int
    first_round: int = 0


def parts_of(name: str, inputs: int) -> list[Part]:
    """Divide the inputs of a target; what atheris guides stays whole, since it learns from its own inputs."""
    if name.startswith("guided"):
        return [Part(name, inputs)]
    starts = range(0, inputs, _ROUNDS * ROUND)
    return [Part(name, min(_ROUNDS * ROUND, inputs - start), start // ROUND) for start in starts]


def run_parts(
    parts: Sequence[Part], seed: int, folder: Path, jobs: int, tell: Callable[[Counted], None]
) -> tuple[list[Counted], list[str]]:
    """Run all parts, and return the counts of each target and a line for each part that could not run.

    Args:
        parts: those that take longest first.
        seed: other seeds give other inputs.
        folder: where inputs that fail or are slow are written; each part has a folder of its own in it.
        jobs: how many processes run at once.
        tell: gets the counts of each part as it ends.
    """
    found: dict[str, list[Counted]] = {part.name: [] for part in parts}
    broken: list[str] = []
    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(_run, part, seed, folder): part for part in parts}
        for done in as_completed(running):
            try:
                counted = done.result()
            except RuntimeError as error:
                broken.append(f"{running[done].name}: {error}")
            else:
                found[running[done].name].append(counted)
                tell(counted)
    return [together(counts) for counts in found.values() if counts], broken


def _run(part: Part, seed: int, folder: Path) -> Counted:
    own = folder / f"{part.name}-{part.first_round}"
    with tempfile.TemporaryDirectory(prefix="giaoban-fuzz-") as place:
        result = Path(place) / "counted.json"
        options = ["--only", part.name, "--inputs", str(part.inputs), "--seed", str(seed), "--folder", str(own)]
        options += ["--first-round", str(part.first_round), "--result", str(result)]
        command = [sys.executable, "-m", "fuzz", *options]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        with suppress(OSError):
            # Most parts keep nothing.
            own.rmdir()
        if not result.exists():
            raise RuntimeError(f"the process ended with {done.returncode}: {done.stderr[-2_000:]}")
        counted: Counted = json.loads(result.read_text("utf-8"))
    return counted


def together(counts: Sequence[Counted]) -> Counted:
    """Return the counts of one target out of those of its parts; the median is the mean of theirs by inputs."""
    inputs = sum(item["inputs"] for item in counts)
    return {
        "name": counts[0]["name"],
        "inputs": inputs,
        "characters": sum(item["characters"] for item in counts),
        "seconds": sum(item["seconds"] for item in counts),
        "median": sum(item["median"] * item["inputs"] for item in counts) / max(inputs, 1),
        "worst": max(item["worst"] for item in counts),
        "failures": [what for item in counts for what in item["failures"]],
        "slow": [what for item in counts for what in item["slow"]],
        "edges": max(item["edges"] for item in counts),
    }
