"""What an office follows up at and below a unit: each question asked once, whatever the number of rows.

Probation that ends, letters on the way, badges of the next round, exemptions, members away, seats (domain.md 2.2 to
2.8, 3.1). The registers themselves are read by the queries that stand beside this one.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan
from giaoban.apps.members.queries.absences import AbsentMember, away_members
from giaoban.apps.members.queries.badge_rules import Round
from giaoban.apps.members.queries.badges import BadgeLine, BadgeWhy, badge_forecast, badge_rules
from giaoban.apps.members.queries.clocks import months_after
from giaoban.apps.members.queries.probation import ProbationLine, on_probation
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.members.queries.transfers import OnTheWay, on_the_way
from giaoban.apps.members.queries.vacancies import Vacancy, vacancies
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.rules import rules_for

AHEAD_DAYS = 92
AWAY_CONTACT = "away_contact_months"


@dataclass(frozen=True, slots=True)
class ExemptionLine:
    """An exemption for a time; ``days`` are left until its last day ``until``, fewer than 0 where it is over."""

    member_uid: uuid.UUID
    full_name: str
    unit: UnitCard
    since: date
    until: date
    days: int


@dataclass(frozen=True, slots=True)
class SilentMember:
    """A member who is away and was to be contacted by ``due``; ``last`` is the last contact, or the day of leaving."""

    absent: AbsentMember
    last: date
    due: date


@dataclass(frozen=True, slots=True)
class EmptySeat:
    """A vacancy with its unit."""

    unit: UnitCard
    vacancy: Vacancy


def probation_to_end(user: User, unit: Unit, *, today: date) -> tuple[ProbationLine, ...]:
    """Return whose probation is over or ends within ``AHEAD_DAYS``, the earliest first."""
    return tuple(line for line in on_probation(user, unit, today=today) if line.days <= AHEAD_DAYS)


def letters_on_the_way(user: User, unit: Unit, *, today: date) -> tuple[OnTheWay, ...]:
    """Return the unanswered letters from or to a unit and what stands under it, by the day they are to be handed in."""
    return tuple(sorted(on_the_way(user, unit, today=today), key=lambda letter: (letter.due, letter.full_name)))


def badges_to_come(user: User, unit: Unit, *, today: date) -> tuple[Round, tuple[BadgeLine, ...]]:
    """Return the next round and who is to get a badge in it and has none yet.

    Those who could only be given one early, being gravely ill, are left out: nobody waits for that.
    """
    round_ = badge_rules(unit, today).next_round(today)
    lines = badge_forecast(unit, round_, user=user, today=today)
    return round_, tuple(line for line in lines if not line.awarded and line.why is not BadgeWhy.EARLY)


def exemptions_to_follow(user: User, unit: Unit, *, today: date) -> tuple[ExemptionLine, ...]:
    """Return the exemptions that end within ``AHEAD_DAYS``, or ended by themselves as long ago, the earliest first.

    An exemption that was ended by a decision or extended is not among them: somebody has seen to it.
    """
    ahead = timedelta(days=AHEAD_DAYS)
    members = members_under(user, unit, today=today).standing()
    spans = AbsenceSpan.objects.filter(kind=AbsenceKind.EXEMPT)
    later = spans.filter(member=OuterRef("member"), valid_from__gt=OuterRef("valid_from"))
    found = spans.filter(
        ~Exists(later),
        member__in=members,
        valid_from__lte=today,
        until__range=(today - ahead, today + ahead),
        until__lt=F("valid_to"),
    )
    rows = list(found.select_related("member").order_by("until", "member__sort_key", "pk"))
    cards = place_cards({row.member.unit_id for row in rows}, day=today)
    return tuple(
        ExemptionLine(
            row.member.uid,
            row.member.full_name,
            cards[row.member.unit_id],
            row.valid_from,
            row.until,
            (row.until - today).days,
        )
        for row in rows
        if row.until is not None
    )


def without_contact(user: User, unit: Unit, *, today: date) -> tuple[SilentMember, ...]:
    """Return who is away and was to be contacted by today, by the rule of their unit; the longest silence first."""
    away = away_members(user, unit, today=today)
    months = rules_for(AWAY_CONTACT, {one.unit.pk for one in away}, today)
    found = []
    for one in away:
        last = one.state.last_contact or one.state.since
        due = months_after(last, months[one.unit.pk].whole)
        if due <= today:
            found.append(SilentMember(one, last, due))
    return tuple(sorted(found, key=lambda line: (line.due, line.absent.full_name)))


def empty_seats(unit: Unit, *, today: date) -> tuple[EmptySeat, ...]:
    """Return the vacancies of a unit and of what stands under it today, by code of the unit; whether the person sees
    the unit is for the caller to ask.
    """
    below = list(Ancestry.objects.filter(on_day(today), ancestor=unit).values_list("descendant", flat=True))
    found = vacancies(below, today)
    cards = place_cards(below, day=today)
    ordered = sorted(found, key=lambda pk: cards[pk].code)
    return tuple(EmptySeat(cards[pk], one) for pk in ordered for one in found[pk])
