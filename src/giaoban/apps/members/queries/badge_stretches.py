"""Which days of admission, with which highest badge, leave a badge to be owed in a round; pure.

The party age of most is the time since their admission: then the days between two milestones are one stretch, whose
people are counted from an index, without being read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from giaoban.apps.members.queries.badge_claims import claims_of, is_owed
from giaoban.apps.members.queries.badge_rules import BadgeRules, Round
from giaoban.apps.members.queries.clocks import PartyTime, months_after

_DAY = timedelta(days=1)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Stretch:
    """Of all who were admitted from ``first`` on and before ``end`` the same is to be said, by their highest badge.

    ``badges``: the highest badges (0 for none) with which something may be owed.
    """

    first: date
    end: date
    badges: tuple[int, ...]


@lru_cache(maxsize=64)  # the offices of one day ask about few rules and rounds
def stretches(
    rules: BadgeRules, before: Round, this: Round, kept: date | None, badges: tuple[int, ...]
) -> tuple[Stretch, ...]:
    """Return the stretches in order; days on which nothing is owed to anybody are in none.

    Args:
        before, this: the round that is asked about, and the one before it.
        kept: since when the register of honours is kept; None where it is not.
        badges: every badge that anybody may have.
    """
    days = [before.day, this.day] + ([kept - _DAY] if kept is not None else [])
    cuts = sorted({_first_past(years, day) for years in rules.years for day in days})
    found = []
    for first, end in pairwise(cuts):
        wanted = tuple(_badges(rules, before, this, kept, first, badges))
        if wanted:
            found.append(Stretch(first, end, wanted))
    return tuple(found)


def days_by_badge(near: Sequence[Stretch]) -> list[tuple[tuple[int, ...], tuple[tuple[date, date], ...]]]:
    """Return the same the other way round: the badges of which the same days (half-open, in order) are asked about."""
    days: dict[int, list[tuple[date, date]]] = {}
    for one in near:
        for badge in one.badges:
            known = days.setdefault(badge, [])
            if known and known[-1][1] == one.first:
                known[-1] = (known[-1][0], one.end)
            else:
                known.append((one.first, one.end))
    alike: dict[tuple[tuple[date, date], ...], list[int]] = {}
    for badge, times in sorted(days.items()):
        alike.setdefault(tuple(times), []).append(badge)
    return [(tuple(badges), times) for times, badges in alike.items()]


def _first_past(years: int, day: date) -> date:
    """Return the first day of admission whose milestone lies after a day: 29 February makes it two days at times."""
    admitted = months_after(day, -_YEAR * years) - 3 * _DAY
    while months_after(admitted, _YEAR * years) <= day:
        admitted += _DAY
    return admitted


def _badges(
    rules: BadgeRules, before: Round, this: Round, kept: date | None, admitted: date, badges: Collection[int]
) -> Iterator[int]:
    """Give the badges with which something is owed to whoever was admitted on a day.

    What is late is owed only to those without a higher badge: who has one is not asked to come back for a lower.
    """
    for badge in sorted({0, *badges}):
        claims = claims_of(PartyTime(admitted), rules, before, this, kept, {badge})
        if any(
            is_owed(years, why, {badge}) and (reached > before.day or years > badge) for years, reached, why in claims
        ):
            yield badge
