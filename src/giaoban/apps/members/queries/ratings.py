"""The yearly rating on one sheet: of the members of a cell, of the organisations under a committee; and its cap."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from giaoban.apps.members.models import Grade, Member, MembershipSpell, RatingEntry
from giaoban.apps.members.queries.absences import AbsenceState, absences_of
from giaoban.apps.organizations.models import Placement, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, unit_cards
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.apps.organizations.rules import rule_kinds


@dataclass(frozen=True, slots=True)
class Rated:
    """The live grade of a year: its entry and who recorded it."""

    entry: uuid.UUID
    grade: Grade
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class RatingRow:
    """A member to rate; ``rated`` is None while nobody has."""

    member: Member
    official: bool
    absences: tuple[AbsenceState, ...]
    rated: Rated | None


@dataclass(frozen=True, slots=True)
class UnitRatingRow:
    """An organisation to rate."""

    unit: Unit
    card: UnitCard
    rated: Rated | None


@dataclass(frozen=True, slots=True)
class Cap:
    """How many may be rated excellent: ``most`` of ``base`` people, as the dated rules say (domain.md 4.2)."""

    excellent: int
    base: int
    percent: Decimal
    base_words: str
    most: int

    @property
    def over(self) -> int:
        """How many are too many; 0 where all is well."""
        return max(0, self.excellent - self.most)


def rating_day(year: int, today: date) -> date:
    """Return the day whose members are rated: the last of the year, today while it has not come."""
    return min(date(year, 12, 31), today)


def rated_by_default(today: date) -> int:
    """Return the year that is rated now: from October on the current one, before that the last."""
    return today.year if today.month >= 10 else today.year - 1


def rating_rows(unit: Unit, year: int, *, today: date) -> tuple[RatingRow, ...]:
    """Return the members of a cell on the day of the rating, in the order of names; three queries."""
    day = rating_day(year, today)
    spells = list(
        MembershipSpell.objects.filter(on_day(day), unit=unit)
        .select_related("member")
        .order_by("member__sort_key", "member_id")
    )
    keys = [spell.member_id for spell in spells]
    absent = absences_of(keys, day=day)
    graded = {
        entry.member_id: _rated(entry)
        for entry in RatingEntry.objects.live().filter(year=year, member__in=keys).select_related("actor")
    }
    return tuple(
        RatingRow(spell.member, spell.official, absent.get(spell.member_id, ()), graded.get(spell.member_id))
        for spell in spells
    )


def unit_rating_rows(unit: Unit, year: int, *, today: date) -> tuple[UnitRatingRow, ...]:
    """Return the organisations directly under a unit on the day of the rating, in the order of codes."""
    day = rating_day(year, today)
    children = {
        row.unit_id: row.unit
        for row in Placement.objects.filter(on_day(day), parent=unit).select_related("unit").order_by("unit__code")
    }
    cards = unit_cards(children, day=day)
    entries = RatingEntry.objects.live().filter(year=year, member=None, unit__in=children).select_related("actor")
    graded = {entry.unit_id: _rated(entry) for entry in entries}
    return tuple(UnitRatingRow(child, cards[pk], graded.get(pk)) for pk, child in children.items())


def _rated(entry: RatingEntry) -> Rated:
    return Rated(entry.uid, Grade(entry.grade), entry.actor.full_name, entry.effective_date)


def excellent_cap(unit: Unit, day: date, grades: Mapping[str, int]) -> Cap:
    """Return how many excellent grades the dated rules allow among so many of each grade.

    Args:
        grades: number by code; what the register of figures says of the unit.
    """
    percent, base_rule = rule_for("excellent_cap_percent", unit, day), rule_for("excellent_cap_base", unit, day)
    counted: Mapping[str, Iterable[str]] = {
        "good_and_up": (Grade.EXCELLENT, Grade.GOOD),
        "good": (Grade.GOOD,),
        "all": (Grade.EXCELLENT, Grade.GOOD, Grade.FAIR, Grade.POOR),
    }
    base = sum(grades.get(code, 0) for code in counted[base_rule.value])
    most = int((percent.number * base / 100).to_integral_value(ROUND_FLOOR))
    words = rule_kinds()["excellent_cap_base"].choices[base_rule.value]
    return Cap(grades.get(Grade.EXCELLENT, 0), base, percent.number, words, most)
