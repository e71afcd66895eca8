"""Invented people: names, birth dates, numbers of files, cards and identity papers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate, count
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Ages:
    """From which age to which, and how many in a hundred are women."""

    youngest: int
    oldest: int
    women: int = 45


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("facts", "names.toml").read_text(encoding="utf-8"))


class People:
    """Draws people; the same generator gives the same people in the same order."""

    def __init__(self, rng: Random, first: int = 1) -> None:
        """Take the generator, and the number with which the numbers of papers begin."""
        self.rng = rng
        tables = _tables()
        self._families: list[str] = []
        weights: list[float] = []
        for group in tables["families"]:
            whole = sum(group["names"].values())
            for family, weight in group["names"].items():
                self._families.append(family)
                weights.append(group["weight"] * weight / whole)
        self._weights = list(accumulate(weights))
        self._given = {sex: tables[sex] for sex in ("male", "female")}
        self.known = frozenset(tables["known"]["names"])
        self._files = count(first)
        self._cards = count(first)
        self._papers = count(first)

    def sex(self, women: int) -> str:
        """Draw a sex; ``women`` of a hundred are women."""
        return "female" if self.rng.random() * 100 < women else "male"

    def name(self, sex: str) -> str:
        """Draw a full name."""
        parts = self._given[sex]
        while True:
            [family] = self.rng.choices(self._families, cum_weights=self._weights)
            middle, given = self.rng.choice(parts["middle"]), self.rng.choice(parts["given"])
            full = f"{family} {middle} {given}"
            if given not in middle and family != given and full not in self.known:
                return full

    def birth(self, on: date, ages: Ages) -> date:
        """Draw a birth date of somebody whose age on a day lies between two bounds."""
        days = self.rng.randint(ages.youngest * 365 + 6, ages.oldest * 365)
        return on - timedelta(days=days)

    def file_number(self, letters: str) -> str:
        """Return the next file number: six digits and the letters of the province (domain.md 2.4)."""
        return f"{next(self._files):06}{letters}"

    def card_number(self) -> str:
        """Return the next card number, eight digits."""
        return f"{70_000_000 + next(self._cards)}"

    def identity_number(self, sex: str, born: date) -> str:
        """Return an identity number that nobody can have: no province has the code 099."""
        century = (born.year // 100 - 19) * 2 + (sex == "female")
        return f"099{century}{born.year % 100:02}{next(self._papers):06}"
