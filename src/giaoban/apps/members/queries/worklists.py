"""What an office follows up at and below a unit: each question asked once, whatever the number of rows.

Probation that ends, letters on the way, badges of the next round, exemptions, members away, seats (domain.md 2.2 to
2.8, 3.1). The registers themselves are read by the queries that stand beside this one. Candidates are found by their
dates, few columns of each; in full only the rows that a page shows are read.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan
from giaoban.apps.members.queries.absences import AbsentMember, absent_by_key
from giaoban.apps.members.queries.badge_rules import Round
from giaoban.apps.members.queries.badges import BadgeLine, badge_rules, badges_owed
from giaoban.apps.members.queries.clocks import months_after
from giaoban.apps.members.queries.parts import WHOLE, Part
from giaoban.apps.members.queries.probation import ProbationLine, probation_ending
from giaoban.apps.members.queries.scope import absent_under
from giaoban.apps.members.queries.transfers import OnTheWay, waiting_letters
from giaoban.apps.members.queries.vacancies import Vacancy, units_short_of_people, vacancies_below
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.rulebook import shortest_months
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


def probation_to_end(user: User, unit: Unit, *, today: date, rows: slice = WHOLE) -> Part[ProbationLine]:
    """Return whose probation is over or ends within ``AHEAD_DAYS``, the earliest first."""
    return probation_ending(user, unit, today=today, days=AHEAD_DAYS, rows=rows)


def letters_on_the_way(user: User, unit: Unit, *, today: date, rows: slice = WHOLE) -> Part[OnTheWay]:
    """Return the unanswered letters from or to a unit and what stands under it, by the day they are to be handed in."""
    return waiting_letters(user, unit, today=today, rows=rows)


def badges_to_come(user: User, unit: Unit, *, today: date, rows: slice = WHOLE) -> tuple[Round, Part[BadgeLine]]:
    """Return the next round and who is to get a badge in it and has none yet.

    Those who could only be given one early, being gravely ill, are left out: nobody waits for that.
    """
    rules = badge_rules(unit, today)
    round_ = rules.next_round(today)
    return round_, badges_owed(unit, round_, user=user, today=today, rows=rows, rules=rules)


def exemptions_to_follow(user: User, unit: Unit, *, today: date, rows: slice = WHOLE) -> Part[ExemptionLine]:
    """Return the exemptions that end within ``AHEAD_DAYS``, or ended by themselves as long ago, the earliest first.

    An exemption that was ended by a decision or extended is not among them: somebody has seen to it.
    """
    ahead = timedelta(days=AHEAD_DAYS)
    spans = AbsenceSpan.objects.filter(kind=AbsenceKind.EXEMPT)
    later = spans.filter(member=OuterRef("member"), valid_from__gt=OuterRef("valid_from"))
    found = spans.filter(
        ~Exists(later),
        absent_under(user, unit, today=today),
        valid_from__lte=today,
        until__range=(today - ahead, today + ahead),
        until__lt=F("valid_to"),
    )
    keys = list(found.order_by("until", "member__sort_key", "pk").values_list("pk", flat=True))
    known = AbsenceSpan.objects.select_related("member").in_bulk(keys[rows])
    wanted = [known[pk] for pk in keys[rows]]
    cards = place_cards({row.member.unit_id for row in wanted}, day=today)
    lines = (
        ExemptionLine(
            row.member.uid,
            row.member.full_name,
            cards[row.member.unit_id],
            row.valid_from,
            row.until,
            (row.until - today).days,
        )
        for row in wanted
        if row.until is not None
    )
    return Part(tuple(lines), len(keys))


def without_contact(user: User, unit: Unit, *, today: date, rows: slice = WHOLE) -> Part[SilentMember]:
    """Return who is away and was to be contacted by today, by the rule of their unit; the longest silence first.

    Only whose last contact is so long ago is read.
    """
    latest = silent_since(today)
    spans = AbsenceSpan.objects.filter(on_day(today), kind=AbsenceKind.AWAY).annotate(
        last=Coalesce("last_contact", "valid_from")
    )
    silent = spans.filter(absent_under(user, unit, today=today), last__lte=latest)
    known = list(silent.order_by().values_list("pk", "now_at_id", "last", "member__full_name"))
    months = rules_for(AWAY_CONTACT, {place for _pk, place, _last, _name in known}, today)
    found = sorted(
        (due, name, pk, last)
        for pk, place, last, name in known
        if (due := months_after(last, months[place].whole)) <= today
    )
    wanted = found[rows]
    absent = absent_by_key([pk for _due, _name, pk, _last in wanted], today=today)
    return Part(tuple(SilentMember(absent[pk], last, due) for due, _name, pk, last in wanted), len(found))


def silent_since(today: date) -> date:
    """Return the last day of contact that can be too long ago today; what was later cannot, whatever the rule."""
    return months_after(today, -shortest_months(AWAY_CONTACT)) + timedelta(days=3)


def empty_seats(unit: Unit, *, today: date, rows: slice = WHOLE) -> Part[EmptySeat]:
    """Return the vacancies of a unit and of what stands under it today, by code of the unit; whether the person sees
    the unit is for the caller to ask.
    """
    short = units_short_of_people(unit, today)
    found = vacancies_below(unit, short, today)
    seats = [(pk, one) for pk in sorted(found, key=lambda pk: short[pk].code) for one in found[pk]]
    wanted = seats[rows]
    cards = place_cards({pk for pk, _one in wanted}, day=today)
    return Part(tuple(EmptySeat(cards[pk], one) for pk, one in wanted), len(seats))
