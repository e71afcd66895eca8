"""What somebody may be given in a round, and why (domain.md 2.6); pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from giaoban.apps.members.queries.badge_rules import BadgeRules, Round
from giaoban.apps.members.queries.clocks import PartyTime


class BadgeWhy(StrEnum):
    """Why somebody is in the list of a round."""

    DUE = "due"  # the years are reached since the round before
    LATE = "late"  # reached before, and not awarded since the register is kept
    EARLY = "early"  # not reached yet, but may be awarded to somebody who is gravely ill
    POSTHUMOUS = "posthumous"  # died within the last year, and so little was missing


def claims_of(
    time: PartyTime, rules: BadgeRules, before: Round, this: Round, kept: date | None, have: set[int]
) -> Iterator[tuple[int, date, BadgeWhy]]:
    """Give years, the day on which they are full and why, of what somebody may be given who has some badges. Pure."""
    late: tuple[int, date] | None = None
    for years in rules.years:
        reached = time.anniversary(years)
        if reached is None:
            return
        if before.day < reached <= this.day:
            yield years, reached, BadgeWhy.DUE
        elif reached <= before.day:
            late = (years, reached) if kept is not None and kept <= reached and years not in have else None
        else:
            if years not in have and rules.early_from(years, reached) <= this.day:
                yield years, reached, BadgeWhy.EARLY
            break
    if late is not None:
        yield (*late, BadgeWhy.LATE)


def claims_after_death(
    time: PartyTime, rules: BadgeRules, gone: date, have: set[int]
) -> Iterator[tuple[int, date, BadgeWhy]]:
    """Give the same of somebody who died on a day. Pure."""
    for years in rules.years:
        reached = time.anniversary(years)
        if reached is not None and reached > gone:
            if years not in have and rules.posthumous_from(reached) <= gone:
                yield years, reached, BadgeWhy.POSTHUMOUS
            return


def is_owed(years: int, why: BadgeWhy, have: Collection[int]) -> bool:
    """Tell whether a claim is owed: nobody waits for what only grave illness would make early. Pure."""
    return why is not BadgeWhy.EARLY and years not in have
