"""``read`` and ``check`` on one core: characters a second beside eyecite's, peak memory, and how both grow.

eyecite reads English court opinions of the same size with a citation for about 440 characters (an opinion of the
Supreme Court, Fisher v. University of Texas, has one for about 310; the Vietnamese reports have one for about 600, as
the real ones that were looked at). It finds and completes citations only, where ``read`` also finds headings, claims,
targets, tasks and broken words. Clocks count the time of this process, so that a busy machine changes little. At 5
million characters eyecite is left out: its time grows with the square of the text.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bench.rows import Row, most_memory

Result = TypeVar("Result")

_ROOT = Path(__file__).parents[1]
_SIZES = (10_000, 100_000, 1_000_000, 5_000_000)
_LARGEST_FOR_EYECITE = 1_000_000
# How many times eyecite's speed the reader must reach.
_LEAST = {100_000: 10.0, 1_000_000: 50.0}
_MOST_GROWTH = 1.5
_MEGABYTE = 1e6
_WARMING = 20_000


def run() -> list[Row]:
    """Measure each size in a process of its own, then compare the largest with a hundred thousand characters."""
    rows: list[Row] = []
    measured = {size: _of_child(size) for size in _SIZES}
    for size, found in measured.items():
        rows += _rows(size, found)
    small, large = measured[100_000], measured[_SIZES[-1]]
    for what in ("read", "check", "json"):
        growth = large[what] / small[what]
        rows.append(
            Row(f"{what}: time a character at 5 M, times that at 100 thousand", growth, "times", limit=_MOST_GROWTH)
        )
    return rows


def _rows(size: int, found: dict[str, float]) -> list[Row]:
    shown = f"{size // 1000:,} thousand characters"
    rival = found.get("eyecite_speed")
    rows = []
    for what, name in (("read", "read"), ("check", "check what was read"), ("json", "read, with its JSON")):
        speed = 1 / found[what]
        ratio = speed / rival if rival else None
        least = _LEAST.get(size) if rival else None
        beside = "eyecite" if rival else "eyecite is left out"
        rows.append(
            Row(f"{name}, {shown}; {beside}", speed / 1e6, "M char/s", rival and rival / 1e6, ratio, least=least)
        )
    rows.append(Row(f"read and check, {shown}: memory", found["memory"] / _MEGABYTE, "MB"))
    return rows


def _of_child(size: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.reading", str(size)]
    shown = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(shown)
    return found


def _measure(size: int) -> dict[str, float]:
    """Return the seconds that a character takes at each step, and how much the peak of the memory grew, in bytes."""
    from bench._prose import invented_report
    from giaoban.checker import check_document
    from giaoban.reader import read_text
    from giaoban.reader.output import as_json

    # Lexicon and patterns are read once in a process, whatever the number of documents; each text is read but once.
    check_document(read_text(invented_report(_WARMING, 1)))
    before = most_memory()
    document = read_text(invented_report(size))
    check_document(document)
    found = {"memory": float(most_memory() - before)}
    for number in range(max(2, min(5, 1_000_000 // size))):
        text = invented_report(size, 2 + number)
        document, reading = _timed(lambda text=text: read_text(text))  # type: ignore[misc]
        _, checking = _timed(lambda document=document: check_document(document))  # type: ignore[misc]
        _, writing = _timed(lambda document=document: json.dumps(as_json(document), ensure_ascii=False))  # type: ignore[misc]
        for what, seconds in (("read", reading), ("check", checking), ("json", reading + writing)):
            found[what] = min(seconds / len(text), found.get(what, seconds))
    if size <= _LARGEST_FOR_EYECITE:
        found["eyecite_speed"] = _eyecite_speed(size)
    return found


def _eyecite_speed(size: int) -> float:
    """Return the characters a second of eyecite's ``get_citations`` on an opinion of so many characters."""
    from eyecite import get_citations

    from bench._opinion import invented_opinion

    # It warns of overlaps it does not know; the messages would be timed too.
    logging.disable(logging.CRITICAL)
    text = invented_opinion(size)
    get_citations(text[:_WARMING])
    return len(text) / min(_timed(lambda: get_citations(text))[1] for _ in range(1 if size > 100_000 else 3))


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return what some work gives, and the seconds of this process that it took."""
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
