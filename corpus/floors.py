"""Scores that must not fall: recorded from a run, compared by a test."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from corpus.run import Run, errors
from corpus.table import groups, is_part, misses

FILE = Path(__file__).parent / "floors.toml"
_HEAD = (
    "# Scores (F1; of parts the share that is right) and errors by document. Written by `python -m corpus --record`.\n"
)
_TOLERANCE = 0.0005


def scores(result: Run) -> dict[str, float]:
    """Return the score of each kind to three digits: F1, or the share that is right."""
    found = {}
    for key, tally in groups(result.total).items():
        score = tally.recall if is_part(key) or key == "header" else tally.f1
        if score is not None and key != "crashes":
            found[key] = round(score, 3)
    return found


def record(result: Run) -> None:
    """Write the scores of a run as the floors."""
    rows = [_HEAD, "[scores]"]
    rows += [f'"{key}" = {score:.3f}' for key, score in scores(result).items()]
    rows += ["", "[errors]"]
    rows += [f'"{name}" = {count}' for name, count in sorted(errors(result).items()) if count]
    FILE.write_text("\n".join(rows) + "\n", encoding="utf-8")


def fallen(result: Run) -> Iterator[str]:
    """Yield each score below its floor and, if there is one, the documents that got worse with what is wrong there."""
    floors = tomllib.loads(FILE.read_text(encoding="utf-8"))
    now = scores(result)
    low = [
        f"{key}: {now.get(key, 0.0):.3f}, floor {floor:.3f}"
        for key, floor in floors["scores"].items()
        if now.get(key, 0.0) < floor - _TOLERANCE
    ]
    if not low and not result.total["crashes"].errors:
        return
    yield from low
    counts = errors(result)
    worse = {name for name, count in counts.items() if count > floors["errors"].get(name, 0)}
    yield from (
        f"worse: {name}: {counts[name]} errors, {floors['errors'].get(name, 0)} before" for name in sorted(worse)
    )
    yield from (line for line in misses(result) if line.partition(":")[0] in worse)
