"""Why a member may be struck off: the dated list of grounds that ships with the product."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground with the days, half-open, on which it holds, and where it stands."""

    code: str
    label: str
    start: date
    end: date
    source: str


@cache
def grounds() -> dict[str, Ground]:
    """Return all grounds by code, in the order of ``grounds.toml``; also those that hold no longer."""
    data = tomllib.loads(files(__package__).joinpath("grounds.toml").read_text(encoding="utf-8"))
    return {
        code: Ground(code, row["label"], row["from"], row.get("to", date.max), row["source"])
        for code, row in data.items()
    }


def grounds_on(day: date) -> dict[str, Ground]:
    """Return the grounds that hold on a day."""
    return {code: ground for code, ground in grounds().items() if ground.start <= day < ground.end}
