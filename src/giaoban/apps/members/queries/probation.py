"""Who is on probation, until when, and whether the cell has reviewed them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState
from giaoban.apps.members.obligations import REVIEW, member_subject
from giaoban.apps.members.queries.clocks import probation_ends
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.obligations.duties import Duty
from giaoban.apps.obligations.queries.duties import duties
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards


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
    ends = probation_ends(members)
    cards = place_cards({one.unit_id for one in members}, day=today)
    reviews = MemberEntry.objects.live().filter(
        member__in=seen.values("pk"), kind=MemberEvent.PROBATION_REVIEWED, official=True
    )
    reviewed = dict(reviews.in_order().values_list("member_id", "effective_date"))
    clocks = {duty.case.subject: duty for duty in duties(user, unit, today=today, ahead=400, only=[REVIEW.code])}
    lines = [
        ProbationLine(
            one.uid,
            one.full_name,
            cards[one.unit_id],
            since,
            ends[one.pk],
            (ends[one.pk] - today).days,
            reviewed.get(one.pk) if reviewed.get(one.pk, date.min) >= ends[one.pk] else None,
            clocks.get(member_subject(one.uid)),
        )
        for one in members
        if one.pk in ends and (since := one.ceremony_on or one.admitted_on) is not None
    ]
    return tuple(sorted(lines, key=lambda line: (line.ends, line.full_name)))


def last_review(member: Member, *, since: date) -> MemberEntry | None:
    """Return the cell's last review of a member on a day or later; None where it has not reviewed."""
    found: MemberEntry | None = (
        MemberEntry.objects.live()
        .filter(member=member, kind=MemberEvent.PROBATION_REVIEWED, effective_date__gte=since)
        .in_order()
        .last()
    )
    return found
