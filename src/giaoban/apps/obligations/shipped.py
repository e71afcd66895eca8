"""The standing duties that come with the program, as data to be copied (``shipped_duties.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ShippedDuty:
    """One of them; ``title`` and ``short`` may hold ``{subject}``, ``needs_subject`` says what that is."""

    key: str
    title: str
    short: str
    evidence: str
    rhythm: str
    kinds: tuple[str, ...]
    from_start: bool = False
    due_days: int = 0
    needs_subject: str = ""
    note: str = ""


@cache
def shipped_duties() -> dict[str, ShippedDuty]:
    """Return them by key, in the order in which a board shows them."""
    data = tomllib.loads(files(__package__).joinpath("shipped_duties.toml").read_text(encoding="utf-8"))
    return {key: ShippedDuty(key, **{**row, "kinds": tuple(row["kinds"])}) for key, row in data.items()}
