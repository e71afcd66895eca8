"""The papers of the two dossiers, admission and recognition, as data with dates (domain.md 2.3)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

ADMISSION, RECOGNITION = "admission", "recognition"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One paper. ``step`` is the step of a candidate's thread (``CandidateEvent``) that shows it is there.

    ``start`` inclusive, ``end`` exclusive (None: open); ``needed`` is False where not every dossier has one;
    ``confirmed`` False where sources differ.
    """

    code: str
    label: str
    part: str
    source: str
    start: date
    end: date | None = None
    step: str = ""
    needed: bool = True
    confirmed: bool = True

    def holds(self, day: date) -> bool:
        """Tell whether the paper is asked for on a day."""
        return self.start <= day and (self.end is None or day < self.end)


@cache
def paper_kinds() -> dict[str, PaperKind]:
    """Return all papers by code, in the order in which they lie in the dossier."""
    data = tomllib.loads(files(__package__).joinpath("dossier.toml").read_text(encoding="utf-8"))
    return {
        row["code"]: PaperKind(
            row["code"],
            row["label"],
            row["part"],
            row["source"],
            row["from"],
            row.get("to"),
            row.get("step", ""),
            row.get("needed", True),
            row.get("confirmed", True),
        )
        for row in data["paper"]
    }
