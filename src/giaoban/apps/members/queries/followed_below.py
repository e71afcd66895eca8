"""How much there is to be followed up at each unit directly below a wide one: the lists of `worklists`, counted.

Counted by days and branches: nobody is read but those whose case no day tells. Each count is the length of the list of
that unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan, Member, MemberState
from giaoban.apps.members.queries.branches import Tally, as_day, counted, rows_below
from giaoban.apps.members.queries.clocks import PROBATION, months_after
from giaoban.apps.members.queries.transfers import waiting_between
from giaoban.apps.members.queries.worklists import AHEAD_DAYS, AWAY_CONTACT, silent_since
from giaoban.apps.organizations.models import RuleSetting, Unit, on_day
from giaoban.apps.organizations.queries.rulebook import rule_book, shortest_months
from giaoban.apps.organizations.queries.rules import rules_for


def probation_below(branches: Collection[int], *, today: date) -> Tally:
    """Count whose probation is over or ends within ``AHEAD_DAYS``, as `probation_to_end` lists them."""
    horizon = today + timedelta(days=AHEAD_DAYS)
    latest = months_after(horizon, -shortest_months(PROBATION)) + timedelta(days=3)
    begun = Member.objects.annotate(since=Coalesce("ceremony_on", "admitted_on"))
    seen = begun.filter(state=MemberState.PROBATIONARY, since__lte=latest)
    rows = _by_rule(PROBATION, seen, "unit_id", "since", branches, today)
    book = rule_book([PROBATION], {place for _branch, place, _since, _number in rows})
    return Tally.of(
        counted(
            (branch, number)
            for branch, place, since, number in rows
            if months_after(since, book.value(PROBATION, place, since).whole) <= horizon
        )
    )


def letters_below(user: User, unit: Unit, branches: Collection[int], *, today: date) -> Tally:
    """Count the unanswered letters from or to each, as `letters_on_the_way` lists them."""
    found: Counter[int] = Counter()
    total = 0
    for origin, goal, number in waiting_between(user, unit, branches, today=today):
        total += number
        for end in {origin, goal}:
            if end is not None:
                found[end] += number
    return Tally(dict(found), total)


def exemptions_below(branches: Collection[int], *, today: date) -> Tally:
    """Count the exemptions that end soon or ended by themselves, as `exemptions_to_follow` lists them."""
    ahead = timedelta(days=AHEAD_DAYS)
    spans = AbsenceSpan.objects.filter(kind=AbsenceKind.EXEMPT)
    later = spans.filter(member=OuterRef("member"), valid_from__gt=OuterRef("valid_from"))
    found = spans.filter(
        ~Exists(later),
        now_at__isnull=False,
        valid_from__lte=today,
        until__range=(today - ahead, today + ahead),
        until__lt=F("valid_to"),
    )
    return Tally.of(counted(rows_below(found.values_list("now_at_id"), branches=branches, today=today)))


def away_below(branches: Collection[int], *, today: date) -> Tally:
    """Count who is away and was to be contacted by today, as `without_contact` lists them."""
    spans = AbsenceSpan.objects.filter(on_day(today), kind=AbsenceKind.AWAY, now_at__isnull=False)
    spans = spans.annotate(last=Coalesce("last_contact", "valid_from"))
    silent = spans.filter(last__lte=silent_since(today))
    rows = _by_rule(AWAY_CONTACT, silent, "now_at_id", "last", branches, today)
    months = rules_for(AWAY_CONTACT, {place for _branch, place, _last, _number in rows}, today)
    return Tally.of(
        counted(
            (branch, number) for branch, place, last, number in rows if months_after(last, months[place].whole) <= today
        )
    )


def _by_rule(
    key: str, rows: QuerySet[Any], unit: str, day: str, branches: Collection[int], today: date
) -> list[tuple[int, int, date, int]]:
    """Return branch, by which unit a rule has to be looked up, day and number, of rows with a unit and a day.

    Where nobody set the rule for themselves the branch is as good as the unit itself, and they are fewer.
    """
    if RuleSetting.objects.filter(key=key).exists():
        each = rows.annotate(ruled_at=F(unit)).values_list(unit, "ruled_at", day)
        found = rows_below(each, branches=branches, today=today)
    else:
        few = rows_below(rows.values_list(unit, day), branches=branches, today=today)
        found = [(branch, branch, since, number) for branch, since, number in few]
    return [(branch, place, as_day(since), number) for branch, place, since, number in found]
