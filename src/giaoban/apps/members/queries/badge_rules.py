"""The dated rules of the badge (domain.md 2.6): which years, which rounds, how much earlier; pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.queries.clocks import months_after
from giaoban.core.errors import InvalidInput
from giaoban.core.text_vi import quoted

KEYS = ("badge_years", "badge_rounds", "badge_early_months", "badge_early_months_high", "badge_posthumous_months")
# From this badge on the longer time for grave illness holds.
_HIGH = 70
_ROUND = re.compile(r"0?([1-9]|[12][0-9]|3[01])/0?([1-9]|1[0-2])(?:/([0-9]{4}))?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Round:
    """One day of the year on which badges are handed out."""

    day: date

    @property
    def key(self) -> str:
        """The spelling in the register: «3/2/2023»."""
        return f"{self.day.day}/{self.day.month}/{self.day.year}"


@dataclass(frozen=True, slots=True)
class BadgeRules:
    """Years and rounds (day, month) in order, and by how many months a badge may be early."""

    years: tuple[int, ...]
    rounds: tuple[tuple[int, int], ...]
    early: int
    early_high: int
    posthumous: int

    @classmethod
    def read(cls, values: Mapping[str, str]) -> BadgeRules:
        """Read the rules of ``KEYS``.

        Raises:
            InvalidInput: a committee has set years that are no numbers, or rounds that are no days.
        """
        years = values["badge_years"].replace(",", " ").split()
        if not years or not all(word.isascii() and word.isdecimal() for word in years):
            raise InvalidInput(
                f"{quoted(values['badge_years'])} không đọc được",
                where="Các mốc Huy hiệu Đảng",
                expected="ví dụ 30 40 45 50",
            )
        rounds = [_ROUND.match(word) for word in values["badge_rounds"].replace(",", " ").split()]
        days = [(int(found[2]), int(found[1])) for found in rounds if found is not None and not found[3]]
        if not days or len(days) != len(rounds) or any(day > monthrange(2001, month)[1] for month, day in days):
            raise InvalidInput(
                f"{quoted(values['badge_rounds'])} không đọc được",
                where="Các đợt trao Huy hiệu Đảng",
                expected="ví dụ 3/2 19/5 2/9 7/11",
            )
        return cls(
            tuple(sorted(map(int, years))),
            tuple((day, month) for month, day in sorted(days)),
            *(int(values[key]) for key in KEYS[2:]),
        )

    def rounds_of(self, year: int) -> tuple[Round, ...]:
        """Return the rounds of a year in order."""
        return tuple(Round(date(year, month, day)) for day, month in self.rounds)

    def next_round(self, day: date) -> Round:
        """Return the first round on or after a day."""
        return next(one for one in (*self.rounds_of(day.year), *self.rounds_of(day.year + 1)) if one.day >= day)

    def rounds_around(self, day: date, *, before: int, after: int) -> tuple[Round, ...]:
        """Return so many rounds before a day and so many on or after it, in order."""
        years = range(day.year - before - 1, day.year + after + 2)
        rounds = [one for year in years for one in self.rounds_of(year)]
        first = next(place for place, one in enumerate(rounds) if one.day >= day)
        return tuple(rounds[first - before : first + after])

    def round_before(self, this: Round) -> Round:
        """Return the last round before another."""
        rounds = (*self.rounds_of(this.day.year - 1), *self.rounds_of(this.day.year))
        return next(one for one in reversed(rounds) if one.day < this.day)

    def find_round(self, text: str) -> Round:
        """Return the round that a text names with its year.

        Raises:
            InvalidInput: no such day, or a day that is no round.
        """
        found = _ROUND.match(text.strip())
        if found is not None and found[3] and (int(found[1]), int(found[2])) in self.rounds:
            return Round(date(int(found[3]), int(found[2]), int(found[1])))
        offered = ", ".join(f"{day}/{month}" for day, month in self.rounds)
        raise InvalidInput(
            f"{quoted(text)} không phải là một đợt trao Huy hiệu",
            where="Đợt",
            expected=f"ngày của đợt kèm năm ({offered}), ví dụ 2/9/2023",
        )

    def early_from(self, years: int, anniversary: date) -> date:
        """Return from which day on a badge may be given to somebody who is gravely ill."""
        return months_after(anniversary, -(self.early_high if years >= _HIGH else self.early))

    def posthumous_from(self, anniversary: date) -> date:
        """Return from which day of death on a badge may be given posthumously."""
        return months_after(anniversary, -self.posthumous)

    def next_years(self, reached: int) -> int | None:
        """Return the first badge above a party age; None where there is none."""
        return next((years for years in self.years if years > reached), None)
