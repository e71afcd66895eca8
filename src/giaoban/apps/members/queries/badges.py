"""Who comes to a badge (domain.md 2.6): the list of a round, and what a member comes to next."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Max

from giaoban.apps.accounts.models import User
from giaoban.apps.members.measures.life import HONOURS
from giaoban.apps.members.models import HonourEntry, HonourEvent, Member, MemberState
from giaoban.apps.members.queries.badge_rules import KEYS, BadgeRules, Round
from giaoban.apps.members.queries.clocks import PartyTime, months_after, party_times
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.organizations.models import Ancestry, RegisterUse, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.rules import rule_for

_YEAR = 12


class BadgeWhy(StrEnum):
    """Why somebody is in the list of a round."""

    DUE = "due"  # the years are reached since the round before
    LATE = "late"  # reached before, and not awarded since the register is kept
    EARLY = "early"  # not reached yet, but may be awarded to somebody who is gravely ill
    POSTHUMOUS = "posthumous"  # died within the last year, and so little was missing


@dataclass(frozen=True, slots=True)
class BadgeLine:
    """One member who may be given a badge; ``reached`` is the day on which the years are full."""

    member_uid: uuid.UUID
    full_name: str
    birth_year: int
    unit: UnitCard
    years: int
    reached: date
    why: BadgeWhy
    proposed: bool
    awarded: bool


@dataclass(frozen=True, slots=True)
class NextBadge:
    """What a member comes to next: the badge, the day on which its years are full, the round in which it is given."""

    years: int
    reached: date
    round: Round


def badge_rules(unit: Unit, day: date) -> BadgeRules:
    """Return the dated rules of the badge that hold for a unit on a day."""
    return BadgeRules.read({key: rule_for(key, unit, day).value for key in KEYS})


def next_badge(member: Member, *, today: date) -> NextBadge | None:
    """Return the next badge of a standing member; None on probation, or where the party age is not known."""
    rules = badge_rules(member.unit, today)
    time = party_times([member])[member.pk]
    reached = time.full_years(today)
    years = None if reached is None else rules.next_years(reached)
    day = None if years is None else time.anniversary(years)
    if years is None or day is None:
        return None
    return NextBadge(years, day, rules.next_round(day))


def badge_forecast(unit: Unit, round_: Round, *, user: User, today: date) -> tuple[BadgeLine, ...]:
    """Return who at or under a unit may be given a badge in a round, by reason, years and name.

    Party age counts from the admission, without the time between leaving and being restored. A number of queries that
    does not depend on the number of members (one more for every 5,000).
    """
    rules = badge_rules(unit, today)
    before = rules.round_before(round_)
    kept = _kept_from(unit, today)
    seen = members_under(user, unit, today=today)
    # Whoever was admitted later than this cannot come to the first badge by then, however early it is given.
    latest = months_after(round_.day, max(rules.early, rules.early_high) - _YEAR * rules.years[0])
    standing = list(seen.filter(state=MemberState.OFFICIAL, admitted_on__lte=latest))
    dead = seen.filter(state=MemberState.DIED, admitted_on__lte=latest).annotate(gone=Max("spells__valid_to"))
    died = list(dead.filter(gone__gt=months_after(round_.day, -_YEAR), gone__lte=round_.day))
    gone = dict(dead.filter(pk__in=[one.pk for one in died]).values_list("pk", "gone"))
    times = party_times([*standing, *died])
    given = _given([one.pk for one in (*standing, *died)], round_)
    found: list[tuple[Member, int, date, BadgeWhy]] = []
    for member in standing:
        have = given[HonourEvent.BADGE_AWARDED].get(member.pk, set())
        found += [(member, *claim) for claim in _claims(times[member.pk], rules, before, round_, kept, have)]
    for member in died:
        have = given[HonourEvent.BADGE_AWARDED].get(member.pk, set())
        found += [(member, *claim) for claim in _after_death(times[member.pk], rules, gone[member.pk], have)]
    cards = place_cards({member.unit_id for member, *_ in found}, day=today)
    order = {why: place for place, why in enumerate(BadgeWhy)}
    found.sort(key=lambda one: (order[one[3]], -one[1], one[0].sort_key, one[0].pk))
    return tuple(
        BadgeLine(
            member.uid,
            member.full_name,
            member.birth_date.year,
            cards[member.unit_id],
            years,
            reached,
            why,
            years in given[HonourEvent.BADGE_PROPOSED].get(member.pk, ()),
            years in given[HonourEvent.BADGE_AWARDED].get(member.pk, ()),
        )
        for member, years, reached, why in found
    )


def claimants(user: User, lines: Iterable[BadgeLine], *, today: date) -> dict[uuid.UUID, Member]:
    """Return the members of some lines by uid."""
    wanted = Member.objects.visible_to(user, today=today).filter(uid__in=[line.member_uid for line in lines])
    return {member.uid: member for member in wanted.select_related("unit")}


def _claims(
    time: PartyTime, rules: BadgeRules, before: Round, this: Round, kept: date | None, have: set[int]
) -> Iterator[tuple[int, date, BadgeWhy]]:
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


def _after_death(
    time: PartyTime, rules: BadgeRules, gone: date, have: set[int]
) -> Iterator[tuple[int, date, BadgeWhy]]:
    for years in rules.years:
        reached = time.anniversary(years)
        if reached is not None and reached > gone:
            if years not in have and rules.posthumous_from(reached) <= gone:
                yield years, reached, BadgeWhy.POSTHUMOUS
            return


def _given(members: Sequence[int], round_: Round) -> dict[str, dict[int, set[int]]]:
    """Which badges were awarded, and which are proposed for the round."""
    found: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for start in range(0, len(members), 5000):
        rows: Iterable[tuple[int, str, int | None, str]] = (
            HonourEntry.objects.live()
            .filter(member__in=members[start : start + 5000], years__isnull=False)
            .values_list("member_id", "kind", "years", "round")
        )
        for member, kind, years, in_round in rows:
            if years is not None and (kind == HonourEvent.BADGE_AWARDED or in_round == round_.key):
                found[kind][member].add(years)
    return found


def _kept_from(unit: Unit, today: date) -> date | None:
    """From which day on the register of honours is kept there; what was before it, nobody can say from it."""
    above = Ancestry.objects.filter(on_day(today), descendant=unit).values("ancestor")
    uses = RegisterUse.objects.filter(unit__in=above, register=HONOURS).order_by("in_use_from")
    first = uses.values_list("in_use_from", flat=True).first()
    return first
