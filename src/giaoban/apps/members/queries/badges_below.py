"""How many badges are owed at each unit directly below a wide one, as `badges_owed` lists them.

By the day of admission and the highest badge alone, where these tell it: who left and came back, whose admission was
decided before the day that counts, who died, and who has a higher badge than the one that is asked about are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from giaoban.apps.accounts.models import User
from giaoban.apps.members.measures.life import HONOURS
from giaoban.apps.members.models import HonourEvent, Member, MemberState
from giaoban.apps.members.queries.badge_claims import claims_after_death, claims_of, is_owed
from giaoban.apps.members.queries.badge_rules import KEYS, BadgeRules, Round
from giaoban.apps.members.queries.badge_stretches import Stretch, stretches
from giaoban.apps.members.queries.badges import (
    badge_rules,
    badges_given,
    badges_owed,
    every_badge,
    in_parts,
    kept_from,
    reckoned_apart,
    who_died,
)
from giaoban.apps.members.queries.branches import Tally, as_day, by_branch, counted_below, stands_below
from giaoban.apps.members.queries.clocks import PartyTime, party_times
from giaoban.apps.members.queries.followed_kept import kept_badges, parted
from giaoban.apps.members.queries.scope import members_under
from giaoban.apps.organizations.models import RegisterUse, RuleSetting, Unit, on_day


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is asked about: the rules, the round and the one before, and since when each branch keeps the register."""

    rules: BadgeRules
    before: Round
    this: Round
    kept: Mapping[int, date | None]
    first_kept: date | None


class _Case(NamedTuple):
    """People of whom the same is to be said: under which branch, admitted as those of a day, with which badge."""

    branch: int
    admitted: date
    highest: int


def badges_below(user: User, unit: Unit, branches: Collection[int], *, rules: BadgeRules, today: date) -> Tally:
    """Count who is to get a badge in the next round and has it not yet, for each of the units directly below.

    Those of them that set a rule of badges for themselves are asked one by one: they are few.
    """
    settings = RuleSetting.objects.filter(on_day(today), key__in=KEYS, owner__in=branches)
    own = set(settings.values_list("owner_id", flat=True))
    found: Counter[int] = Counter()
    for one in Unit.objects.filter(pk__in=own):
        its = badge_rules(one, today)
        found[one.pk] += badges_owed(one, its.next_round(today), user=user, today=today, rows=slice(0), rules=its).total
    others = [pk for pk in branches if pk not in own]
    this = rules.next_round(today)
    kept = _kept(unit, others, today)
    first = min((day for day in kept.values() if day is not None), default=None)
    ask = _Ask(rules, rules.round_before(this), this, kept, first)
    told, unclear = _by_day(others, ask, today)
    found += told
    found += _one_by_one(user, unit, others, ask, unclear, today)
    return Tally.of(found)


def _kept(unit: Unit, branches: Sequence[int], today: date) -> dict[int, date | None]:
    """Since when each branch keeps the register of honours: the earliest of its own and of those above it."""
    shared = kept_from(unit, today)
    own = dict(
        RegisterUse.objects.filter(unit__in=branches, register=HONOURS)
        .order_by("-in_use_from")
        .values_list("unit_id", "in_use_from")
    )
    return {pk: min((day for day in (own.get(pk), shared) if day is not None), default=None) for pk in branches}


def _by_day(branches: Sequence[int], ask: _Ask, today: date) -> tuple[Counter[int], list[int]]:
    """Count by admission and highest badge; return also the keys of those of whom that says too little.

    Of a stretch of days the first speaks for all, unless the branches do not keep the register since the same day.
    """
    near = stretches(ask.rules, ask.before, ask.this, ask.first_kept, every_badge())
    each = len(set(ask.kept.values())) > 1
    owed: dict[_Case, int] = {}
    unclear: set[_Case] = set()
    found: Counter[int] = Counter()
    keeping, others = parted(branches)
    cases = [*kept_badges(near, each, keeping, today), *_cases(near, each, others, today)]
    for branch, day, highest, number in cases:
        one = _Case(branch, as_day(day), highest)
        years = list(_owed(PartyTime(one.admitted), ask, branch, {highest}))
        if any(badge < highest for badge in years):
            unclear.add(one)
        else:
            owed[one] = len(years)
            found[branch] += len(years) * number

    def case_of(branch: int, admitted: date, highest: int) -> _Case:
        first = next((one.first for one in near if one.first <= admitted < one.end), admitted)
        return _Case(branch, admitted if each else first, highest)

    seen = Member.objects.filter(stands_below(branches, today, "unit"), state=MemberState.OFFICIAL).order_by()
    seen = seen.filter(admitted_on__isnull=False)
    told = ("unit__above__ancestor_id", "admitted_on", "badge_years")
    for apart in reckoned_apart(ask.rules, ask.this):
        for row in seen.filter(apart).values_list(*told):
            found[row[0]] -= owed.get(case_of(*row), 0)
    if not unclear:
        return found, []
    read = seen.filter(badge_years__in={one.highest for one in unclear}).values_list("pk", *told)
    return found, [pk for pk, *case in read if case_of(*case) in unclear]


def _cases(near: Sequence[Stretch], each: bool, branches: Collection[int], today: date) -> Iterable[tuple[Any, ...]]:
    """Return branch, day of admission, highest badge and number; ``each``: every day by itself. One query.

    Each stretch is asked for by itself, one part of the index of badges and days.
    """
    adapt = connection.ops.adapt_datefield_value
    parts: list[str] = []
    values: list[Any] = []
    for one in near:
        parts.append(
            f"SELECT unit_id, {'admitted_on' if each else '%s'}, badge_years FROM members_member "
            f"WHERE state = 'official' AND badge_years IN ({', '.join(['%s'] * len(one.badges))}) "
            "AND admitted_on >= %s AND admitted_on < %s"
        )
        values += [] if each else [adapt(one.first)]
        values += [*one.badges, adapt(one.first), adapt(one.end)]
    return counted_below(" UNION ALL ".join(parts), values, 3, branches=branches, today=today) if parts else []


def _owed(time: PartyTime, ask: _Ask, branch: int, have: set[int]) -> Iterator[int]:
    """Give the years of the badges that are owed to somebody who has some."""
    for years, _reached, why in claims_of(time, ask.rules, ask.before, ask.this, ask.kept[branch], have):
        if is_owed(years, why, have):
            yield years


def _one_by_one(
    user: User, unit: Unit, branches: Sequence[int], ask: _Ask, unclear: Sequence[int], today: date
) -> Counter[int]:
    """Count what is owed to those who have to be read, and to the dead."""
    seen = members_under(user, unit, today=today)
    official = seen.filter(state=MemberState.OFFICIAL).order_by()
    keys = {*unclear}
    for apart in reckoned_apart(ask.rules, ask.this):
        keys.update(official.filter(apart).values_list("pk", flat=True))
    died = who_died(seen, ask.rules, ask.this)
    standing = [one for part in in_parts(sorted(keys)) for one in Member.objects.filter(pk__in=part)]
    times = party_times([*standing, *(member for member, _gone in died)])
    given = badges_given([*sorted(keys), *(member.pk for member, _gone in died)], ask.this)
    awarded = given[HonourEvent.BADGE_AWARDED]
    at = by_branch({one.unit_id for one in (*standing, *(member for member, _gone in died))}, branches, today)
    found: Counter[int] = Counter()
    for one in standing:
        if one.unit_id in at:
            owed = _owed(times[one.pk], ask, at[one.unit_id], awarded.get(one.pk, set()))
            found[at[one.unit_id]] += sum(1 for _years in owed)
    for one, gone in died:
        if one.unit_id in at:
            have = awarded.get(one.pk, set())
            claims = claims_after_death(times[one.pk], ask.rules, gone, have)
            found[at[one.unit_id]] += sum(years not in have for years, _reached, _why in claims)
    return found
