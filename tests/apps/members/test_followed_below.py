"""What is followed up under a wide unit is counted by the units below it as their own lists have it."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import START, TODAY, World

from giaoban.apps.members.models import AbsenceSpan, HonourEvent, Member, MemberEvent
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    HonourDraft,
    MemberDraft,
    enrol_members,
    exempt_member,
    member_goes_away,
    record_honour,
    record_member_entries,
)
from giaoban.apps.members.operations._whereabouts import whereabouts_noted_otherwise
from giaoban.apps.members.queries.badges import badge_rules, badges_owed
from giaoban.apps.members.queries.badges_below import badges_below
from giaoban.apps.members.queries.branches import Tally, branches_of
from giaoban.apps.members.queries.clocks import PROBATION, months_after
from giaoban.apps.members.queries.followed_below import (
    away_below,
    exemptions_below,
    letters_below,
    probation_below,
)
from giaoban.apps.members.queries.worklists import (
    AWAY_CONTACT,
    badges_to_come,
    exemptions_to_follow,
    letters_on_the_way,
    probation_to_end,
    without_contact,
)
from giaoban.apps.organizations.models import RegisterUse, Unit
from giaoban.apps.organizations.operations import set_rule
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import InvalidInput

pytestmark = pytest.mark.django_db
_LISTS = ("probation", "letters", "badges", "exempt", "away")


def _counted(world: World, today: date) -> dict[str, Tally]:
    user, duk = world.users["clerk"], world.units["DUK"]
    below = branches_of(duk, today=today)
    return {
        "probation": probation_below(below, today=today),
        "letters": letters_below(user, duk, below, today=today),
        "badges": badges_below(user, duk, below, rules=badge_rules(duk, today), today=today),
        "exempt": exemptions_below(below, today=today),
        "away": away_below(below, today=today),
    }


def _listed(world: World, unit: Unit, today: date) -> dict[str, int]:
    user = world.users["clerk"]
    return {
        "probation": probation_to_end(user, unit, today=today).total,
        "letters": letters_on_the_way(user, unit, today=today).total,
        "badges": badges_to_come(user, unit, today=today)[1].total,
        "exempt": exemptions_to_follow(user, unit, today=today).total,
        "away": without_contact(user, unit, today=today).total,
    }


def same_as_listed(world: World, today: date = TODAY) -> Mapping[str, int]:
    """Check the counts against the lists of the units below, and return how long the lists of the whole are."""
    counted = _counted(world, today)
    below = Unit.objects.filter(pk__in=branches_of(world.units["DUK"], today=today))
    for unit in below:
        assert {key: counted[key].below.get(unit.pk, 0) for key in _LISTS} == _listed(world, unit, today), unit.code
    whole = {key: counted[key].total for key in _LISTS}
    assert whole == _listed(world, world.units["DUK"], today)
    return whole


def people_near_a_badge(world: World, number: int) -> list[Member]:
    """Enrol people who come to a badge within some months, or came to it, in three cells."""
    draw = random.Random(20261123)
    drafts = []
    for place in range(number):
        years = draw.choice([30, 40, 45, 50, 55, 60])
        since = months_after(date(2023, draw.randrange(1, 13), draw.randrange(1, 29)), -12 * years)
        admitted = since + timedelta(days=draw.choice([-400, -60, -1, 0, 0, 1, 40, 300]))
        born = PartialDate(date(1930, 1, 1) + timedelta(days=place), Precision.DAY)
        cell = world.units[draw.choice(["DUK.01.01", "DUK.01.02", "DUK.02"])]
        first = FirstEntry(MemberEvent.OPENING, START, cell)
        drafts.append(MemberDraft(f"Lê Thứ {place}", born, first, admitted_on=admitted, recognised_on=admitted))
    return enrol_members(act=world.act("clerk", at_console=True), drafts=drafts)


@pytest.mark.parametrize("own_rules", [False, True])
def test_counts_are_as_long_as_the_lists_below(world: World, own_rules: bool) -> None:
    """Everybody of the sample absent since some day, on all days of a year; a letter between two branches is one."""
    act = world.act("clerk")
    for place, name in enumerate(("dao", "em", "minh", "phong", "quy")):
        day = date(2022, 6, 1) + timedelta(days=40 * place)
        exempt_member(act=act, member=world.members[name], day=day, until=day + timedelta(days=200))
        member_goes_away(act=act, member=world.members[name], day=day, place="Bình Dương")
    if own_rules:
        cell = world.units["DUK.01.01"]
        set_rule(act=act, owner=cell, key=AWAY_CONTACT, value="1", start=START, source="Quy chế")
        set_rule(act=act, owner=cell, key=PROBATION, value="14", start=START, source="Quy chế")
    seen = [same_as_listed(world, TODAY + timedelta(days=30 * month)) for month in range(12)]
    for key in ("probation", "letters", "exempt", "away"):
        assert any(one[key] for one in seen), key
    assert sum(_counted(world, TODAY)["letters"].below.values()) == 2 * seen[0]["letters"]


def test_badges_are_counted_as_they_are_listed(world: World) -> None:
    """Random people around every milestone: awarded, awarded a higher one, restored; with a register of their own."""
    draw = random.Random(20261123)
    act, user, duk = world.act("clerk", at_console=True), world.users["clerk"], world.units["DUK"]
    RegisterUse.objects.filter(register="honours").update(in_use_from=date(2017, 3, 1))
    RegisterUse.objects.create(unit=world.units["DUK.02"], register="honours", in_use_from=date(2014, 3, 1))
    people = people_near_a_badge(world, 90)
    for member in people[::2]:
        years = draw.choice([30, 40, 45, 50])
        draft = HonourDraft(HonourEvent.BADGE_AWARDED, TODAY, member, level="provincial", years=years, round="3/2/2023")
        with contextlib.suppress(InvalidInput):
            record_honour(act=act, draft=draft)
    for member in people[1::9]:
        left = EntryDraft(member, MemberEvent.LEFT, date(2022, 3, 1), member.unit, how="resigned")
        back = EntryDraft(member, MemberEvent.RESTORED, date(2022, 9, 1), member.unit)
        record_member_entries(act=act, drafts=[left, back])
    for member in people[2::9]:
        died = EntryDraft(member, MemberEvent.DIED, date(2023, 2, 1), member.unit)
        record_member_entries(act=act, drafts=[died])
    found = [same_as_listed(world, TODAY + timedelta(days=60 * step))["badges"] for step in range(8)]
    assert min(found) > 3
    set_rule(act=act, owner=world.units["DUK.02"], key="badge_years", value="30 45", start=START, source="Quy chế")
    below = branches_of(duk, today=TODAY)
    told = badges_below(user, duk, below, rules=badge_rules(duk, TODAY), today=TODAY)
    for code in ("DUK.01", "DUK.02"):
        rules = badge_rules(world.units[code], TODAY)
        owed = badges_owed(world.units[code], rules.next_round(TODAY), user=user, today=TODAY)
        assert told.below.get(world.units[code].pk, 0) == owed.total


def test_more_people_cost_no_more_questions(world: World) -> None:
    def enrol(numbers: range) -> None:
        drafts = [
            MemberDraft(
                f"Trần Thứ {place}",
                PartialDate(date(1935, 1, 1) + timedelta(days=place), Precision.DAY),
                FirstEntry(MemberEvent.OPENING, START, world.units["DUK.01.01" if place % 2 else "DUK.02"]),
                admitted_on=date(1993, 4, 10) + timedelta(days=place % 5),
                recognised_on=date(1994, 4, 10),
            )
            for place in numbers
        ]
        enrol_members(act=world.act("clerk", at_console=True), drafts=drafts)

    enrol(range(2))
    with CaptureQueriesContext(connection) as few:
        before = _counted(world, TODAY)["badges"].total
    enrol(range(2, 30))
    with CaptureQueriesContext(connection) as many:
        after = _counted(world, TODAY)["badges"].total
    assert after - before == 28
    assert len(many) == len(few)


def test_absences_tell_where_their_member_stands_now(world: World) -> None:
    act, em = world.act("clerk", at_console=True), world.members["em"]
    member_goes_away(act=act, member=em, day=date(2022, 6, 1), place="Bình Dương")
    assert AbsenceSpan.objects.get(member=em).now_at == em.unit
    goal = next(world.units[code] for code in ("DUK.02", "DUK.01.01") if world.units[code] != em.unit)
    move = EntryDraft(em, MemberEvent.TRANSFERRED, date(2023, 4, 1), goal, from_unit=em.unit, to_unit=goal)
    record_member_entries(act=act, drafts=[move])
    assert AbsenceSpan.objects.get(member=em).now_at == goal
    assert whereabouts_noted_otherwise() == []
    record_member_entries(act=act, drafts=[EntryDraft(em, MemberEvent.DIED, date(2023, 4, 3), goal)])
    assert AbsenceSpan.objects.get(member=em).now_at is None
    assert whereabouts_noted_otherwise() == []
    AbsenceSpan.objects.update(now_at=goal)
    assert whereabouts_noted_otherwise() == [em.pk]
