"""Who is on probation, until when, and whether the cell has reviewed them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.functions import Coalesce

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState
from giaoban.apps.members.obligations import REVIEW, member_subject
from giaoban.apps.members.queries.clocks import PROBATION, months_after, probation_ends
from giaoban.apps.members.queries.parts import WHOLE, Part
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.obligations.duties import Duty
from giaoban.apps.obligations.queries.duties import duties
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.rulebook import rule_book, shortest_months


@dataclass(frozen=True, slots=True)
class ProbationLine:
    """A member on probation: ``ends`` is the first day after it, ``days`` how many are left (0 or less: it is over);
    ``reviewed`` the day on which the cell proposed to recognise.
    """

    uid: uuid.UUID
    full_name: str
    unit: UnitCard
    since: date
    ends: date
    days: int
    reviewed: date | None
    duty: Duty | None


def on_probation(user: User, unit: Unit, *, today: date) -> tuple[ProbationLine, ...]:
    """Return the members on probation at or under a unit today, those whose probation ends first in front.

    A fixed number of queries however many they are.
    """
    seen = members_under(user, unit, today=today).filter(state=MemberState.PROBATIONARY)
    members = list(seen)
    clocks = {duty.case.subject: duty for duty in duties(user, unit, today=today, ahead=400, only=[REVIEW.code])}
    lines = _lines(members, probation_ends(members), clocks, today)
    return tuple(sorted(lines, key=lambda line: (line.ends, line.full_name)))


def probation_ending(user: User, unit: Unit, *, today: date, days: int, rows: slice = WHOLE) -> Part[ProbationLine]:
    """Return whose probation at or under a unit is over, or will be within so many days, the earliest first.

    Without their duties. Only who was admitted so long ago is read, and in full only the ``rows`` that are wanted; a
    fixed number of queries.
    """
    horizon = today + timedelta(days=days)
    shortest = shortest_months(PROBATION)
    # A month that is too short counts to the first of the next: a few days more are looked at than may be.
    latest = months_after(horizon, -shortest) + timedelta(days=3)
    seen = members_under(user, unit, today=today).filter(state=MemberState.PROBATIONARY)
    begun = seen.annotate(since=Coalesce("ceremony_on", "admitted_on")).filter(since__lte=latest)
    known = list(begun.order_by().values_list("pk", "unit_id", "since", "full_name"))
    book = rule_book([PROBATION], {place for _pk, place, _since, _name in known})
    found = sorted(
        (ends, name, pk)
        for pk, place, since, name in known
        if (ends := months_after(since, book.value(PROBATION, place, since).whole)) <= horizon
    )
    wanted = {pk: ends for ends, _name, pk in found[rows]}
    members = Member.objects.filter(pk__in=wanted)
    lines = sorted(_lines(list(members), wanted, {}, today), key=lambda line: (line.ends, line.full_name))
    return Part(tuple(lines), len(found))


def _lines(
    members: list[Member], ends: Mapping[int, date], clocks: Mapping[str, Duty], today: date
) -> Iterator[ProbationLine]:
    cards = place_cards({one.unit_id for one in members}, day=today)
    reviews = MemberEntry.objects.live().filter(
        member__in=[one.pk for one in members], kind=MemberEvent.PROBATION_REVIEWED, official=True
    )
    reviewed = dict(reviews.in_order().values_list("member_id", "effective_date"))
    for one in members:
        since = one.ceremony_on or one.admitted_on
        if one.pk in ends and since is not None:
            yield ProbationLine(
                one.uid,
                one.full_name,
                cards[one.unit_id],
                since,
                ends[one.pk],
                (ends[one.pk] - today).days,
                reviewed.get(one.pk) if reviewed.get(one.pk, date.min) >= ends[one.pk] else None,
                clocks.get(member_subject(one.uid)),
            )


def last_review(member: Member, *, since: date) -> MemberEntry | None:
    """Return the cell's last review of a member on a day or later; None where it has not reviewed."""
    found: MemberEntry | None = (
        MemberEntry.objects.live()
        .filter(member=member, kind=MemberEvent.PROBATION_REVIEWED, effective_date__gte=since)
        .in_order()
        .last()
    )
    return found
