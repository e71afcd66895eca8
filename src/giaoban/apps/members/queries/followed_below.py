"""How much there is to be followed up at each unit directly below a wide one: the lists of `worklists`, counted.

Counted by days and branches: nobody is read but those whose case no day tells. Each count is the length of the list of
that unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan, Followed, Member, MemberState
from giaoban.apps.members.queries.branches import Tally, as_day, by_branch, counted, rows_below
from giaoban.apps.members.queries.clocks import PROBATION, months_after
from giaoban.apps.members.queries.followed_kept import kept_by_day, kept_letters, parted
from giaoban.apps.members.queries.transfers import letters_unseen, waiting_between
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
    asked = _Asked(Followed.PROBATION, PROBATION, "unit_id", "since", latest)
    rows = _by_rule(asked, seen, branches, today)
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
    keeping, others = parted([unit.pk, *branches])
    if not others and (unseen := letters_unseen(user, unit, today=today)) is not None:
        kept = Counter(kept_letters(keeping, today=today))
        at = by_branch({end for letter in unseen for end in letter if end is not None}, branches, today)
        for letter in unseen:
            kept.subtract({unit.pk, *(at[end] for end in letter if end in at)})
        total = kept.pop(unit.pk, 0)
        return Tally({pk: number for pk, number in kept.items() if number}, total)
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
    first, last = (today + timedelta(days=days) for days in (-AHEAD_DAYS, AHEAD_DAYS))
    keeping, others = parted(branches)
    spans = AbsenceSpan.objects.filter(kind=AbsenceKind.EXEMPT)
    later = spans.filter(member=OuterRef("member"), valid_from__gt=OuterRef("valid_from"))
    found = spans.filter(
        ~Exists(later),
        now_at__isnull=False,
        valid_from__lte=today,
        until__range=(first, last),
        until__lt=F("valid_to"),
    )
    rows = rows_below(found.values_list("now_at_id"), branches=others, today=today)
    kept = kept_by_day(Followed.EXEMPT, keeping, today=today, first=first, last=last)
    return Tally.of(counted([*rows, *kept]))


def away_below(branches: Collection[int], *, today: date) -> Tally:
    """Count who is away and was to be contacted by today, as `without_contact` lists them."""
    latest = silent_since(today)
    spans = AbsenceSpan.objects.filter(on_day(today), kind=AbsenceKind.AWAY, now_at__isnull=False)
    silent = spans.annotate(last=Coalesce("last_contact", "valid_from")).filter(last__lte=latest)
    rows = _by_rule(_Asked(Followed.AWAY, AWAY_CONTACT, "now_at_id", "last", latest), silent, branches, today)
    months = rules_for(AWAY_CONTACT, {place for _branch, place, _last, _number in rows}, today)
    return Tally.of(
        counted(
            (branch, number) for branch, place, last, number in rows if months_after(last, months[place].whole) <= today
        )
    )


class _Asked(NamedTuple):
    """What is counted: as it is kept, the rule that judges it, its unit and day in the rows, the last day of all."""

    what: Followed
    key: str
    unit: str
    day: str
    last: date


def _by_rule(
    asked: _Asked, rows: QuerySet[Any], branches: Collection[int], today: date
) -> list[tuple[int, int, date, int]]:
    """Return branch, by which unit the rule has to be looked up, day and number of what rows say one by one.

    Where nobody set the rule for themselves the branch is as good as the unit itself, and they are fewer; then wide
    units are not looked below.
    """
    if RuleSetting.objects.filter(key=asked.key).exists():
        each = rows.annotate(ruled_at=F(asked.unit)).values_list(asked.unit, "ruled_at", asked.day)
        found = rows_below(each, branches=branches, today=today)
        return [(branch, place, as_day(day), number) for branch, place, day, number in found]
    keeping, others = parted(branches)
    few = rows_below(rows.values_list(asked.unit, asked.day), branches=others, today=today)
    few += kept_by_day(asked.what, keeping, today=today, last=asked.last)
    return [(branch, branch, as_day(day), number) for branch, day, number in few]
