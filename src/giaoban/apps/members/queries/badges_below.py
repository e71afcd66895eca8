"""How many badges are owed at each unit directly below a wide one, as `badges_owed` lists them.

By the day of admission and the highest badge alone, where these tell it: who left and came back, whose admission was
decided before the day that counts, who died, and who has a higher badge than the one that is asked about are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count

from giaoban.apps.accounts.models import User
from giaoban.apps.members.measures.life import HONOURS
from giaoban.apps.members.models import HonourEvent, Member, MemberState
from giaoban.apps.members.queries.badge_rules import KEYS, BadgeRules, Round
from giaoban.apps.members.queries.badges import (
    BadgeWhy,
    admitted_near_each,
    badge_rules,
    badges_given,
    badges_owed,
    claims_after_death,
    claims_of,
    in_parts,
    kept_from,
    reckoned_apart,
    who_died,
)
from giaoban.apps.members.queries.branches import Tally, by_branch, stands_below
from giaoban.apps.members.queries.clocks import PartyTime, party_times
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
    """People of whom the same is to be said: under which branch, admitted when, with which badge as the highest."""

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
    """Count by admission and highest badge; return also the keys of those of whom that says too little."""
    seen = Member.objects.filter(stands_below(branches, today, "unit"), state=MemberState.OFFICIAL).order_by()
    told = ("unit__above__ancestor_id", "admitted_on", "badge_years")
    cases: dict[_Case, int] = {}
    # Asked one by one, each from the index of badges and days; whom two of them find are the same case of both.
    for near in admitted_near_each(ask.rules, ask.before, ask.this, ask.first_kept):
        for *case, number in seen.filter(near).values_list(*told).annotate(number=Count("pk")):
            cases[_Case(*case)] = number
    owed: dict[_Case, int] = {}
    unclear: set[_Case] = set()
    found: Counter[int] = Counter()
    for one, number in cases.items():
        years = list(_owed(PartyTime(one.admitted), ask, one.branch, {one.highest}))
        if any(badge < one.highest for badge in years):
            unclear.add(one)
        else:
            owed[one] = len(years)
            found[one.branch] += len(years) * number
    for apart in reckoned_apart(ask.rules, ask.this):
        for row in seen.filter(apart).values_list(*told):
            found[row[0]] -= owed.get(_Case(*row), 0)
    if not unclear:
        return found, []
    read = seen.filter(admitted_on__in={one.admitted for one in unclear}).values_list("pk", *told)
    return found, [pk for pk, *case in read if _Case(*case) in unclear]


def _owed(time: PartyTime, ask: _Ask, branch: int, have: set[int]) -> Iterator[int]:
    """Give the years of the badges that are owed to somebody who has some."""
    for years, _reached, why in claims_of(time, ask.rules, ask.before, ask.this, ask.kept[branch], have):
        if why is not BadgeWhy.EARLY and years not in have:
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
