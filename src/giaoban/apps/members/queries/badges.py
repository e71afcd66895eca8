"""Who comes to a badge (domain.md 2.6): the list of a round, and what a member comes to next."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, F, Func, Max, Q

from giaoban.apps.accounts.models import User
from giaoban.apps.members.measures.life import HONOURS
from giaoban.apps.members.models import (
    HonourEntry,
    HonourEvent,
    Member,
    MemberEntry,
    MemberEvent,
    MemberQuerySet,
    MemberState,
)
from giaoban.apps.members.queries.badge_claims import BadgeWhy, claims_after_death, claims_of, is_owed
from giaoban.apps.members.queries.badge_rules import KEYS, BadgeRules, Round
from giaoban.apps.members.queries.badge_stretches import Stretch, days_by_badge, stretches
from giaoban.apps.members.queries.clocks import months_after, party_times
from giaoban.apps.members.queries.parts import WHOLE, Part
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.organizations.models import Ancestry, RegisterUse, RuleSetting, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.rules import rules_of
from giaoban.apps.organizations.rules import rule_kinds

_YEAR = 12
_CHUNK = 5_000  # SQLite takes at most 32,766 values in one statement


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
    return BadgeRules.read({key: rule.value for key, rule in rules_of(KEYS, unit, day).items()})


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
    kept = kept_from(unit, today)
    seen = members_under(user, unit, today=today)
    # Whoever was admitted later than this cannot come to the first badge by then, however early it is given.
    latest = months_after(round_.day, max(rules.early, rules.early_high) - _YEAR * rules.years[0])
    standing = list(seen.filter(state=MemberState.OFFICIAL, admitted_on__lte=latest))
    died = who_died(seen, rules, round_)
    times = party_times([*standing, *(member for member, _gone in died)])
    given = badges_given([one.pk for one in (*standing, *(member for member, _gone in died))], round_)
    found: list[_Claim] = []
    for member in standing:
        have = given[HonourEvent.BADGE_AWARDED].get(member.pk, set())
        found += [(member, *claim) for claim in claims_of(times[member.pk], rules, before, round_, kept, have)]
    for member, gone in died:
        have = given[HonourEvent.BADGE_AWARDED].get(member.pk, set())
        found += [(member, *claim) for claim in claims_after_death(times[member.pk], rules, gone, have)]
    found.sort(key=_by_reason)
    return tuple(_lines(found, given, today))


_ORDER = {why: place for place, why in enumerate(BadgeWhy)}
_Claim = tuple[Member, int, date, BadgeWhy]
_Given = dict[str, dict[int, set[int]]]


def _by_reason(claim: _Claim) -> tuple[int, int, str, int]:
    member, years, _reached, why = claim
    return _ORDER[why], -years, member.sort_key, member.pk


def _lines(claims: Sequence[_Claim], given: _Given, today: date) -> Iterator[BadgeLine]:
    cards = place_cards({member.unit_id for member, *_ in claims}, day=today)
    for member, years, reached, why in claims:
        yield BadgeLine(
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


def badges_owed(
    unit: Unit, round_: Round, *, user: User, today: date, rows: slice = WHOLE, rules: BadgeRules | None = None
) -> Part[BadgeLine]:
    """Return who at or under a unit is to get a badge in a round and has it not yet, by reason, years and name.

    The claims of `badge_forecast` without those that illness makes early, found by the days on which the years are
    full: whoever is far from any badge, or has it, is not read. Of two badges that one member missed in the register
    only the higher is owed. A number of queries that does not depend on the number of members (one more for every
    5,000 who are owed one). ``rules`` are those of the unit, where they were read already.
    """
    rules = rules or badge_rules(unit, today)
    before = rules.round_before(round_)
    kept = kept_from(unit, today)
    seen = members_under(user, unit, today=today)
    keys = _near_a_badge(seen, rules, before, round_, kept)
    light = Member.objects.only("pk", "unit", "full_name", "sort_key", "birth_date", "uid", "state", "admitted_on")
    standing = [one for part in in_parts(keys) for one in light.filter(pk__in=part)]
    died = who_died(seen, rules, round_)
    times = party_times([*standing, *(member for member, _gone in died)])
    given = badges_given([*keys, *(member.pk for member, _gone in died)], round_)
    awarded = given[HonourEvent.BADGE_AWARDED]
    found: list[_Claim] = []
    for member in standing:
        have = awarded.get(member.pk, set())
        found += [(member, *claim) for claim in claims_of(times[member.pk], rules, before, round_, kept, have)]
    for member, gone in died:
        found += [
            (member, *claim)
            for claim in claims_after_death(times[member.pk], rules, gone, awarded.get(member.pk, set()))
        ]
    owed = [one for one in found if is_owed(one[1], one[3], awarded.get(one[0].pk, ()))]
    owed.sort(key=_by_reason)
    return Part(tuple(_lines(owed[rows], given, today)), len(owed))


def _near_a_badge(seen: MemberQuerySet, rules: BadgeRules, before: Round, this: Round, kept: date | None) -> list[int]:
    """Return the keys of the standing members who may be owed a badge; two queries.

    By the day of admission and the highest badge. Whose party age is not the time since that day (decided earlier,
    restored after an interruption) are taken as they are: they are few.
    """
    official = seen.filter(state=MemberState.OFFICIAL).order_by()
    near = stretches(rules, before, this, kept, every_badge())
    parts = [*([Q(_Near(near))] if near else []), *reckoned_apart(rules, this)]
    first, *others = (official.filter(one).values_list("pk", flat=True) for one in parts)
    return sorted(first.union(*others))


class _Near(Func):
    """Whether a member was admitted in one of some stretches, with one of its badges.

    Written at once: put together by Django the conditions take longer than PostgreSQL takes to answer them. By badge,
    after the last day of all: most members were admitted later, and have no badge.
    """

    output_field = BooleanField()

    def __init__(self, near: tuple[Stretch, ...]) -> None:
        super().__init__("badge_years", "admitted_on")
        self.near = near

    def as_sql(self, compiler: Any, connection: Any, *_words: Any, **_more: Any) -> tuple[str, tuple[Any, ...]]:
        """Write the condition."""
        (badge, _), (day, _) = (compiler.compile(one) for one in self.source_expressions)
        adapt = connection.ops.adapt_datefield_value
        parts: list[str] = []
        values: list[Any] = [adapt(max(one.end for one in self.near))]
        for badges, times in days_by_badge(self.near):
            parts.append(
                f"({badge} IN ({', '.join(['%s'] * len(badges))})"
                f" AND ({' OR '.join([f'({day} >= %s AND {day} < %s)'] * len(times))}))"
            )
            values += [*badges, *(adapt(turn) for time in times for turn in time)]
        return f"({day} < %s AND ({' OR '.join(parts)}))", tuple(values)


def every_badge() -> tuple[int, ...]:
    """Return every badge that any rule ever named: nobody has another. One query."""
    told = {value.value for value in rule_kinds()["badge_years"].defaults}
    told.update(RuleSetting.objects.filter(key="badge_years").order_by().values_list("value", flat=True).distinct())
    words = {word for value in told for word in value.replace(",", " ").split()}
    return tuple(sorted(int(word) for word in words if word.isascii() and word.isdecimal()))


def reckoned_apart(rules: BadgeRules, this: Round) -> tuple[Q, Q]:
    """Return the conditions that the party age is not the time since the admission: restored, or decided before it."""
    latest = months_after(this.day, -_YEAR * rules.years[0]) + timedelta(days=1)
    restored = MemberEntry.objects.filter(kind=MemberEvent.RESTORED)
    decided = MemberEntry.objects.filter(
        kind=MemberEvent.ADMITTED, decision_date__lt=F("effective_date"), decision_date__lte=latest
    )
    return Q(admitted_on__lte=latest, pk__in=restored.values("member")), Q(pk__in=decided.values("member"))


def in_parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Give keys in parts that one statement takes."""
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def who_died(seen: MemberQuerySet, rules: BadgeRules, round_: Round) -> list[tuple[Member, date]]:
    """Return who died within the year before a round, with the day; two queries."""
    deaths = MemberEntry.objects.filter(
        kind=MemberEvent.DIED,
        effective_date__gt=months_after(round_.day, -_YEAR) - timedelta(days=1),
        effective_date__lte=round_.day,
    )
    latest = months_after(round_.day, max(rules.early, rules.early_high) - _YEAR * rules.years[0])
    dead = seen.filter(state=MemberState.DIED, admitted_on__lte=latest, pk__in=deaths.values("member"))
    gone = dict(dead.annotate(gone=Max("spells__valid_to")).values_list("pk", "gone"))
    start = months_after(round_.day, -_YEAR)
    wanted = [pk for pk, day in gone.items() if day is not None and start < day <= round_.day]
    return [(member, gone[member.pk]) for member in Member.objects.filter(pk__in=wanted)]


def claimants(user: User, lines: Iterable[BadgeLine], *, today: date) -> dict[uuid.UUID, Member]:
    """Return the members of some lines by uid."""
    wanted = Member.objects.visible_to(user, today=today).filter(uid__in=[line.member_uid for line in lines])
    return {member.uid: member for member in wanted.select_related("unit")}


def badges_given(members: Sequence[int], round_: Round) -> _Given:
    """Return which badges were awarded to members, by kind of entry and key, and which are proposed for the round."""
    found: _Given = defaultdict(lambda: defaultdict(set))
    for part in in_parts(members):
        rows: Iterable[tuple[int, str, int | None, str]] = (
            HonourEntry.objects.live()
            .filter(member__in=part, years__isnull=False)
            .values_list("member_id", "kind", "years", "round")
        )
        for member, kind, years, in_round in rows:
            if years is not None and (kind == HonourEvent.BADGE_AWARDED or in_round == round_.key):
                found[kind][member].add(years)
    return found


def kept_from(unit: Unit, today: date) -> date | None:
    """Return from when the register of honours is kept there; what was before it, nobody can say from it."""
    above = Ancestry.objects.filter(on_day(today), descendant=unit).values("ancestor")
    uses = RegisterUse.objects.filter(unit__in=above, register=HONOURS).order_by("in_use_from")
    first = uses.values_list("in_use_from", flat=True).first()
    return first
