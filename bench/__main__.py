"""Runs every module of this folder that has ``run()`` and prints one table; status 1 where a limit is not kept.

With ``--full`` also what takes minutes (``run_full()``): `python -m bench importing --full`.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import bench
from bench.rows import Row

_NOT_MEASUREMENTS = {"__main__", "country", "office", "rows", "soak"}


def _measurements(wanted: Sequence[str], *, full: bool) -> Iterator[tuple[str, Callable[[], list[Row]]]]:
    names = sorted(info.name for info in pkgutil.iter_modules(bench.__path__) if not info.name.startswith("_"))
    for name in names:
        if name not in _NOT_MEASUREMENTS and (not wanted or name in wanted):
            module = importlib.import_module(f"bench.{name}")
            yield name, module.run
            if full and hasattr(module, "run_full"):
                yield f"{name}, in full", module.run_full


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}"


def _line(row: Row) -> str:
    limit = ""
    if row.limit is not None:
        limit = f"{'OK' if row.holds else 'OVER'} (at most {_number(row.limit)})"
    elif row.least is not None:
        limit = f"{'OK' if row.holds else 'UNDER'} (at least {_number(row.least)})"
    cells = f"{_number(row.value):>14} {row.unit:<14} {_number(row.baseline):>14} {_number(row.ratio):>8}  {limit}"
    return f"{row.name:<62} {cells}".rstrip()


def print_table(rows: Sequence[Row]) -> None:
    """Print one line for each measurement."""
    print(f"{'what, and its baseline':<62} {'value':>14} {'unit':<14} {'baseline':>14} {'ratio':>8}")
    for row in rows:
        print(_line(row))


def main(wanted: Sequence[str]) -> int:
    """Measure all modules, or only those that are named."""
    rows: list[Row] = []
    named = [name for name in wanted if name != "--full"]
    for name, run in _measurements(named, full="--full" in wanted):
        begun = time.perf_counter()
        rows += run()
        print(f"{name}: measured in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    print_table(rows)
    return 0 if rows and all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
