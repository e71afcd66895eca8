"""Whether a badge may be proposed or awarded: the dated rules, the party age, and what was awarded before."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.members.models import HonourEntry, HonourEvent, Member, MemberState
from giaoban.apps.members.queries.badge_rules import KEYS, BadgeRules
from giaoban.apps.members.queries.clocks import PartyTime, party_times
from giaoban.apps.organizations.queries.rulebook import RuleBook, rule_book
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class BadgeClaim:
    """A badge that is to be recorded."""

    member: Member
    kind: HonourEvent
    years: int
    round: str
    day: date
    early: bool
    posthumous: bool


@dataclass(frozen=True, slots=True)
class BadgesKnown:
    """The rules of units, the party time of members by primary key, the badges that are recorded of them, who died."""

    book: RuleBook
    times: dict[int, PartyTime]
    recorded: frozenset[tuple[int, str, int | None, str]]
    dead: frozenset[int]


def look_badges(members: Sequence[Member], units: Collection[int], replaced: Collection[uuid.UUID] = ()) -> BadgesKnown:
    """Return what is known of members and units (primary keys); a fixed number of queries for many of them.

    Args:
        replaced: uids of entries that are being corrected and so do not count.
    """
    rows = HonourEntry.objects.live().filter(
        member__in={one.pk for one in members}, kind__in=(HonourEvent.BADGE_PROPOSED, HonourEvent.BADGE_AWARDED)
    )
    recorded = frozenset(
        _key(member, kind, years, round_)
        for uid, member, kind, years, round_ in rows.values_list("uid", "member_id", "kind", "years", "round")
        if uid not in replaced and member is not None
    )
    known = {one.pk: one for one in members}
    dead = Member.objects.filter(pk__in=known, state=MemberState.DIED).values_list("pk", flat=True)
    return BadgesKnown(rule_book(KEYS, units), party_times(list(known.values())), recorded, frozenset(dead))


class BadgeDesk:
    """Looks at one badge after the other; each that passed counts for the next."""

    def __init__(self, known: BadgesKnown) -> None:
        self._book = known.book
        self._times = known.times
        self._recorded = set(known.recorded)
        self._dead = known.dead

    def check(self, claim: BadgeClaim, unit: int, gone: date | None) -> None:
        """This function will return quietly if the badge may be recorded, and remember it for the next claim.

        Args:
            gone: the day on which the member stood nowhere any more.

        Raises:
            InvalidInput: no such badge or round, years not reached, or recorded before.
        """
        where = f"{claim.member.full_name}, Huy hiệu {claim.years} năm"
        rules = BadgeRules.read({key: self._book.value(key, unit, claim.day).value for key in KEYS})
        if claim.years not in rules.years:
            offered = ", ".join(map(str, rules.years))
            raise InvalidInput(f"Không có Huy hiệu {claim.years} năm", where=where, expected=f"một trong: {offered}")
        round_ = rules.find_round(claim.round)
        key = _key(claim.member.pk, claim.kind, claim.years, claim.round)
        if key in self._recorded:
            what = "tặng" if claim.kind == HonourEvent.BADGE_AWARDED else f"đề nghị trong đợt {claim.round}"
            raise InvalidInput(f"Huy hiệu này đã được ghi {what}", where=where, expected="mỗi Huy hiệu một lần")
        if claim.posthumous and (claim.member.pk not in self._dead or gone is None or gone > claim.day):
            raise InvalidInput(
                f"Sổ chưa ghi {claim.member.full_name} từ trần trước ngày {format_date(claim.day)}",
                where=where,
                expected="người đã từ trần",
                hint="Ghi từ trần trước, hoặc chọn tặng sớm nếu bệnh nặng",
            )
        self._recorded.add(key)
        time = self._times[claim.member.pk]
        reached = time.anniversary(claim.years)
        if reached is None:
            return
        if claim.posthumous:
            allowed, counted = rules.posthumous_from(reached), gone or claim.day
        else:
            allowed = rules.early_from(claim.years, reached) if claim.early else reached
            counted = round_.day
        if counted < allowed:
            raise InvalidInput(
                f"Đủ {claim.years} năm tuổi Đảng ngày {format_date(reached)}, sau ngày {format_date(counted)}",
                where=where,
                expected=f"đợt từ ngày {format_date(allowed)}" if not claim.posthumous else "mốc năm đã đủ",
                hint="" if claim.early or claim.posthumous else "Bệnh nặng thì chọn xét tặng sớm",
            )


def _key(member: int, kind: str, years: int | None, round_: str) -> tuple[int, str, int | None, str]:
    """A badge is awarded once; it may be proposed once in each round."""
    return member, kind, years, "" if kind == HonourEvent.BADGE_AWARDED else round_
