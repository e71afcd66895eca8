"""The line of the table that every bench module gives, a clock, and the largest memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement.

    Args:
        name: what was measured, with its baseline in words.
        value: the measured number, in ``unit``.
        unit: such as ``ms``, ``characters/s``, ``queries``.
        baseline: the baseline in the same unit; None where the number stands alone.
        ratio: how many times slower (or larger) than the baseline; None without one.
        limit: the largest ratio (or, without a baseline, the largest value) that is accepted; None: told only.
        least: the smallest, in the same way.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    limit: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the limits are kept."""
        measured = self.value if self.ratio is None else self.ratio
        return (self.limit is None or measured <= self.limit) and (self.least is None or measured >= self.least)


def best_seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the shortest of some runs in seconds: what the work costs when nobody else disturbs it."""
    times = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def most_memory() -> int:
    """Return the largest memory of this process so far, in bytes.

    ``getrusage`` would tell that of the parent as long as it is larger; the kernel's own count begins with the program.
    """
    told = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmHWM:"))
