"""How much there is to be followed up at each unit directly below a wide one: the lists of `worklists`, counted.

Counted by days and branches: nobody is read but those whose case no day tells. Each count is the length of the list of
that unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef
from django.db.models.functions import Coalesce

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import AbsenceKind, AbsenceSpan, Member, MemberState
from giaoban.apps.members.queries.branches import Tally, by_branch, counted, place_of_rules, stands_below
from giaoban.apps.members.queries.clocks import PROBATION, months_after
from giaoban.apps.members.queries.transfers import ends_of_waiting
from giaoban.apps.members.queries.worklists import AHEAD_DAYS, AWAY_CONTACT, silent_since
from giaoban.apps.organizations.models import Unit, on_day
from giaoban.apps.organizations.queries.rulebook import rule_book, shortest_months
from giaoban.apps.organizations.queries.rules import rules_for


def probation_below(branches: Collection[int], *, today: date) -> Tally:
    """Count whose probation is over or ends within ``AHEAD_DAYS``, as `probation_to_end` lists them."""
    horizon = today + timedelta(days=AHEAD_DAYS)
    latest = months_after(horizon, -shortest_months(PROBATION)) + timedelta(days=3)
    place = place_of_rules(PROBATION, "unit")
    begun = Member.objects.annotate(since=Coalesce("ceremony_on", "admitted_on"))
    seen = begun.filter(stands_below(branches, today, "unit"), state=MemberState.PROBATIONARY, since__lte=latest)
    rows = list(seen.order_by().values_list("unit__above__ancestor_id", place, "since").annotate(number=Count("pk")))
    book = rule_book([PROBATION], {row[1] for row in rows})
    return Tally.of(
        counted(row for row in rows if months_after(row[2], book.value(PROBATION, row[1], row[2]).whole) <= horizon)
    )


def letters_below(user: User, unit: Unit, branches: Collection[int], *, today: date) -> Tally:
    """Count the unanswered letters from or to each, as `letters_on_the_way` lists them."""
    letters = ends_of_waiting(user, unit, today=today)
    at = by_branch({end for ends in letters for end in ends if end is not None}, branches, today)
    found: Counter[int] = Counter()
    for ends in letters:
        found.update({at[end] for end in ends if end in at})
    return Tally(dict(found), len(letters))


def exemptions_below(branches: Collection[int], *, today: date) -> Tally:
    """Count the exemptions that end soon or ended by themselves, as `exemptions_to_follow` lists them."""
    ahead = timedelta(days=AHEAD_DAYS)
    spans = AbsenceSpan.objects.filter(kind=AbsenceKind.EXEMPT)
    later = spans.filter(member=OuterRef("member"), valid_from__gt=OuterRef("valid_from"))
    found = spans.filter(
        stands_below(branches, today, "now_at"),
        ~Exists(later),
        valid_from__lte=today,
        until__range=(today - ahead, today + ahead),
        until__lt=F("valid_to"),
    )
    return Tally.of(counted(found.order_by().values_list("now_at__above__ancestor_id").annotate(number=Count("pk"))))


def away_below(branches: Collection[int], *, today: date) -> Tally:
    """Count who is away and was to be contacted by today, as `without_contact` lists them."""
    place = place_of_rules(AWAY_CONTACT, "now_at")
    spans = AbsenceSpan.objects.filter(on_day(today), kind=AbsenceKind.AWAY)
    spans = spans.annotate(last=Coalesce("last_contact", "valid_from"))
    silent = spans.filter(stands_below(branches, today, "now_at"), last__lte=silent_since(today))
    told = silent.order_by().values_list("now_at__above__ancestor_id", place, "last")
    rows = list(told.annotate(number=Count("pk")))
    months = rules_for(AWAY_CONTACT, {row[1] for row in rows}, today)
    return Tally.of(counted(row for row in rows if months_after(row[2], months[row[1]].whole) <= today))
