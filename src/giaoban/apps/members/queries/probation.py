"""Who is on probation, until when, and whether the cell has reviewed them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.functions import Coalesce

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState
from giaoban.apps.members.obligations import REVIEW, member_subject
from giaoban.apps.members.queries.clocks import PROBATION, months_after
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


@dataclass(frozen=True, slots=True)
class ProbationPart(Part[ProbationLine]):
    """A stretch of the list of everybody on probation; ``over`` of ``total`` have the time behind them."""

    over: int


def on_probation(user: User, unit: Unit, *, today: date, rows: slice = WHOLE) -> ProbationPart:
    """Return the members on probation at or under a unit today, those whose probation ends first in front.

    In full only the ``rows`` that are wanted are read; a fixed number of queries however many they are. Who was
    admitted without a known day stands in no clock and in no list.
    """
    seen = members_under(user, unit, today=today).filter(state=MemberState.PROBATIONARY)
    begun = seen.annotate(since=Coalesce("ceremony_on", "admitted_on")).filter(since__isnull=False).order_by()
    found = _by_end(list(begun.values_list(*_KNOWN)))
    clocks = {duty.case.subject: duty for duty in duties(user, unit, today=today, ahead=400, only=[REVIEW.code])}
    over = sum(1 for ends, _name, _pk in found if ends <= today)
    return ProbationPart(_stretch(found[rows], clocks, today), len(found), over)


def probation_ending(user: User, unit: Unit, *, today: date, days: int, rows: slice = WHOLE) -> Part[ProbationLine]:
    """Return whose probation at or under a unit is over, or will be within so many days, the earliest first.

    Without their duties. Only who was admitted so long ago is read, and in full only the ``rows`` that are wanted; a
    fixed number of queries.
    """
    horizon = today + timedelta(days=days)
    # A month that is too short counts to the first of the next: a few days more are looked at than may be.
    latest = months_after(horizon, -shortest_months(PROBATION)) + timedelta(days=3)
    seen = members_under(user, unit, today=today).filter(state=MemberState.PROBATIONARY)
    begun = seen.annotate(since=Coalesce("ceremony_on", "admitted_on")).filter(since__lte=latest).order_by()
    found = [one for one in _by_end(list(begun.values_list(*_KNOWN))) if one[0] <= horizon]
    return Part(_stretch(found[rows], {}, today), len(found))


_KNOWN = ("pk", "unit_id", "since", "full_name")


def _by_end(known: Sequence[tuple[int, int, date, str]]) -> list[tuple[date, str, int]]:
    """The day after probation, name and key of members, of whom ``_KNOWN`` is given, in this order."""
    book = rule_book([PROBATION], {place for _pk, place, _since, _name in known})
    return sorted(
        (months_after(since, book.value(PROBATION, place, since).whole), name, pk) for pk, place, since, name in known
    )


def _stretch(
    found: Sequence[tuple[date, str, int]], clocks: Mapping[str, Duty], today: date
) -> tuple[ProbationLine, ...]:
    wanted = {pk: ends for ends, _name, pk in found}
    lines = _lines(list(Member.objects.filter(pk__in=wanted)), wanted, clocks, today)
    return tuple(sorted(lines, key=lambda line: (line.ends, line.full_name)))


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
