"""Counts of what was found, missed and wrongly reported, with the places of the latter two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that went wrong: in which document, at which text, what should be and what came."""

    document: str
    quote: str
    expected: str
    got: str


@dataclass(slots=True)
class Tally:
    """Hits, misses and false alarms under one key; a part of something found (its date) has hits and misses only."""

    hits: int = 0
    missed: list[Miss] = field(default_factory=list)
    alarms: list[Miss] = field(default_factory=list)

    @property
    def errors(self) -> int:
        """How many things went wrong."""
        return len(self.missed) + len(self.alarms)

    @property
    def precision(self) -> float | None:
        """Share of what was reported that is right; None where nothing was reported."""
        reported = self.hits + len(self.alarms)
        return self.hits / reported if reported else None

    @property
    def recall(self) -> float | None:
        """Share of what is there that was reported; None where nothing is there."""
        there = self.hits + len(self.missed)
        return self.hits / there if there else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where nothing is there and nothing was reported."""
        weight = 2 * self.hits + self.errors
        return 2 * self.hits / weight if weight else None


class Tallies:
    """Tallies by key («citations.party»)."""

    def __init__(self) -> None:
        self.by_key: dict[str, Tally] = {}

    def __getitem__(self, key: str) -> Tally:
        return self.by_key.setdefault(key, Tally())

    @property
    def errors(self) -> int:
        """How many things went wrong under all keys."""
        return sum(tally.errors for tally in self.by_key.values())

    def judge(self, key: str, document: str, quote: str, expected: object, got: object, *, is_right: bool) -> None:
        """Count one attribute as right or wrong."""
        if is_right:
            self[key].hits += 1
        else:
            self[key].missed.append(Miss(document, quote, str(expected), str(got)))


def total(parts: Iterable[Tallies]) -> Tallies:
    """Return the sum of tallies."""
    whole = Tallies()
    for part in parts:
        for key, tally in part.by_key.items():
            into = whole[key]
            into.hits += tally.hits
            into.missed += tally.missed
            into.alarms += tally.alarms
    return whole
