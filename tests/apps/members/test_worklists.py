"""What an office follows up: who is in each list, from which day to which, and what is not asked twice."""

from __future__ import annotations

import contextlib
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import START, TODAY, World

from giaoban.apps.members.models import HonourEvent, HonourLevel, Member, MemberEvent, Trait
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    HonourDraft,
    MemberDraft,
    contact_member,
    end_exemption,
    enrol_members,
    exempt_member,
    member_goes_away,
    record_honour,
    record_member_entries,
)
from giaoban.apps.members.queries.badge_claims import BadgeWhy
from giaoban.apps.members.queries.badges import badge_forecast, badge_rules, badges_owed
from giaoban.apps.members.queries.clocks import months_after
from giaoban.apps.members.queries.parts import Part
from giaoban.apps.members.queries.probation import ProbationLine
from giaoban.apps.members.queries.worklists import (
    AWAY_CONTACT,
    badges_to_come,
    empty_seats,
    exemptions_to_follow,
    letters_on_the_way,
    probation_to_end,
    without_contact,
)
from giaoban.apps.organizations.models import RegisterUse
from giaoban.apps.organizations.operations import set_rule
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import InvalidInput

pytestmark = pytest.mark.django_db


def _names(part: Part[ProbationLine]) -> list[str]:
    assert part.total == len(part.rows)
    return [line.full_name for line in part.rows]


def test_probation_within_the_quarter_or_over(world: World) -> None:
    """an was admitted on 10/01/2023, binh on 26/03/2023: their probation ends a year later."""
    user, duk = world.users["clerk"], world.units["DUK"]
    assert _names(probation_to_end(user, duk, today=TODAY)) == []
    assert _names(probation_to_end(user, duk, today=date(2023, 10, 9))) == []
    assert _names(probation_to_end(user, duk, today=date(2023, 10, 10))) == ["Nguyễn Bình An"]
    assert _names(probation_to_end(user, duk, today=date(2024, 4, 1))) == ["Nguyễn Bình An", "Lê Thanh Bình"]
    assert _names(probation_to_end(world.users["outsider"], duk, today=date(2024, 4, 1))) == []


def test_letters_by_the_day_they_are_due(world: World) -> None:
    [letter] = letters_on_the_way(world.users["clerk"], world.units["DUK"], today=TODAY).rows
    assert letter.full_name == "Đỗ Thúy Nga"
    assert not letter.overdue(TODAY)
    assert letter.overdue(date(2023, 8, 1))


def test_badges_until_they_are_awarded(world: World) -> None:
    """Forty years are full on 01/05/2023, to be honoured on 19/05; forty-five years nobody waits for."""
    user, duk, act = world.users["clerk"], world.units["DUK"], world.act("clerk", at_console=True)
    first, second = enrol_members(
        act=act,
        drafts=[
            MemberDraft(
                name,
                PartialDate(date(1960, 1, 1), Precision.DAY),
                FirstEntry(MemberEvent.OPENING, START, world.units["DUK.02"]),
                admitted_on=date(1983, 5, 1),
                recognised_on=date(1984, 5, 1),
            )
            for name in ("Phạm Văn Cả", "Phạm Văn Hai")
        ],
    )
    round_, lines = badges_to_come(user, duk, today=TODAY)
    assert round_.day == date(2023, 5, 19)
    assert [(line.full_name, line.years) for line in lines.rows] == [("Phạm Văn Cả", 40), ("Phạm Văn Hai", 40)]
    for kind, member in ((HonourEvent.BADGE_AWARDED, first), (HonourEvent.BADGE_PROPOSED, second)):
        draft = HonourDraft(kind, TODAY, member, level=HonourLevel.PROVINCIAL, years=40, round=round_.key)
        record_honour(act=act, draft=draft)
    _round, left = badges_to_come(user, duk, today=TODAY)
    assert [(line.full_name, line.proposed) for line in left.rows] == [("Phạm Văn Hai", True)]
    assert badges_to_come(world.users["outsider"], duk, today=TODAY)[1].rows == ()


def test_who_is_owed_a_badge_is_found_by_days_as_by_looking_at_everybody(world: World) -> None:
    """Random people around every milestone, some awarded, restored, decided before: each round asks both ways."""
    draw = random.Random(20230405)
    act, user, duk = world.act("clerk", at_console=True), world.users["clerk"], world.units["DUK"]
    RegisterUse.objects.filter(register="honours").update(in_use_from=date(2015, 3, 1))
    first = FirstEntry(MemberEvent.OPENING, START, world.units["DUK.02"])
    drafts = []
    for number in range(60):
        years = draw.choice([30, 40, 45, 50, 55, 60])
        since = months_after(date(2023, draw.randrange(1, 13), draw.randrange(1, 29)), -12 * years)
        admitted = since + timedelta(days=draw.choice([-400, -60, -1, 0, 0, 1, 40, 300]))
        born = PartialDate(date(1930, 1, 1) + timedelta(days=number), Precision.DAY)
        drafts.append(MemberDraft(f"Lê Thứ {number}", born, first, admitted_on=admitted, recognised_on=admitted))
    people = enrol_members(act=act, drafts=drafts)
    for member in people[::3]:
        years = draw.choice([30, 40])
        draft = HonourDraft(HonourEvent.BADGE_AWARDED, TODAY, member, level="provincial", years=years, round="3/2/2023")
        with contextlib.suppress(InvalidInput):
            record_honour(act=act, draft=draft)
    for member in people[1::6]:
        left = EntryDraft(member, MemberEvent.LEFT, date(2022, 3, 1), member.unit, how="resigned")
        back = EntryDraft(member, MemberEvent.RESTORED, date(2022, 9, 1), member.unit)
        record_member_entries(act=act, drafts=[left, back])
    rules = badge_rules(duk, TODAY)
    found = 0
    for round_ in rules.rounds_around(TODAY, before=3, after=4):
        kept = Member.objects.in_bulk(field_name="uid")
        owed = [
            line
            for line in badge_forecast(duk, round_, user=user, today=TODAY)
            if not line.awarded and line.why is not BadgeWhy.EARLY and line.years > kept[line.member_uid].badge_years
        ]
        part = badges_owed(duk, round_, user=user, today=TODAY)
        assert list(part.rows) == owed
        assert part.total == len(owed)
        assert badges_owed(duk, round_, user=user, today=TODAY, rows=slice(1, 3)).rows == part.rows[1:3]
        found += len(owed)
    assert found > 30


def test_exemptions_that_end_or_ended_by_themselves(world: World) -> None:
    act, user, duk = world.act("clerk"), world.users["clerk"], world.units["DUK"]
    since = date(2022, 6, 1)
    untils = {"dao": date(2023, 4, 30), "em": date(2023, 3, 20), "minh": date(2022, 9, 1), "phong": None}
    for name, until in untils.items():
        exempt_member(act=act, member=world.members[name], day=since, until=until)
    found = exemptions_to_follow(user, duk, today=TODAY)
    assert [(line.full_name, line.days) for line in found.rows] == [("Trần Thị Em", -16), ("Nguyễn Đức Đạo", 25)]
    assert exemptions_to_follow(user, world.units["DUK.02"], today=TODAY).rows == ()
    assert exemptions_to_follow(world.users["outsider"], duk, today=TODAY).rows == ()
    # Extended, and ended by a decision: somebody has seen to both.
    exempt_member(act=act, member=world.members["em"], day=date(2023, 4, 1), until=date(2024, 4, 1))
    end_exemption(act=act, member=world.members["dao"], day=date(2023, 4, 3))
    assert exemptions_to_follow(user, duk, today=TODAY).rows == ()


def test_silence_by_the_rule_of_the_unit(world: World) -> None:
    act, user, duk = world.act("clerk"), world.users["clerk"], world.units["DUK"]
    gone = {"dao": date(2022, 12, 1), "minh": date(2023, 1, 5), "quy": date(2023, 1, 6), "em": date(2022, 6, 1)}
    for name, day in gone.items():
        member_goes_away(act=act, member=world.members[name], day=day, place="Bình Dương")
    contact_member(act=act, member=world.members["em"], day=date(2023, 3, 1))
    found = without_contact(user, duk, today=TODAY)
    assert [(line.absent.full_name, line.due) for line in found.rows] == [
        ("Nguyễn Đức Đạo", date(2023, 3, 1)),
        ("Hoàng Nhật Minh", date(2023, 4, 5)),
    ]
    set_rule(act=act, owner=world.units["DUK.02"], key=AWAY_CONTACT, value="1", start=START, source="Quy chế chi bộ")
    found = without_contact(user, duk, today=TODAY)
    assert [(line.absent.full_name, line.due) for line in found.rows][:2] == [
        ("Ngô Thị Quý", date(2023, 2, 6)),
        ("Nguyễn Đức Đạo", date(2023, 3, 1)),
    ], "a month where the cell said so"
    assert without_contact(world.users["outsider"], duk, today=TODAY).rows == ()


def test_seats_of_the_whole_subtree(world: World) -> None:
    seats = empty_seats(world.units["DUK"], today=TODAY).rows
    codes = [seat.unit.code for seat in seats]
    assert codes == sorted(codes)
    assert "DUK" in codes, "its secretary is not recorded"
    assert {seat.unit.code for seat in empty_seats(world.units["DUK.01"], today=TODAY).rows} == {
        code for code in codes if code.startswith("DUK.01")
    }


def test_more_rows_cost_no_more_questions(world: World) -> None:
    user, duk, act = world.users["clerk"], world.units["DUK"], world.act("clerk", at_console=True)

    def follow() -> list[int]:
        lists: list[Part[Any]] = [
            probation_to_end(user, duk, today=TODAY),
            letters_on_the_way(user, duk, today=TODAY),
            badges_to_come(user, duk, today=TODAY)[1],
            exemptions_to_follow(user, duk, today=TODAY),
            without_contact(user, duk, today=TODAY),
            empty_seats(duk, today=TODAY),
        ]
        return [one.total for one in lists]

    def enrol(number: range) -> list[Member]:
        born, first = (
            PartialDate(date(1960, 1, 1), Precision.DAY),
            FirstEntry(MemberEvent.OPENING, START, world.units["DUK.02"]),
        )
        days = [(date(1983, 5, 1) + timedelta(days=place % 3), f"Nguyễn Văn Thứ {place}") for place in number]
        drafts = [
            MemberDraft(name, born, first, admitted_on=day, recognised_on=day, traits=((Trait.SEX, "male"),))
            for day, name in days
        ]
        return enrol_members(act=act, drafts=drafts)

    enrol(range(1))  # of nobody nothing more is asked
    exempt_member(act=act, member=world.members["dao"], day=date(2022, 6, 1), until=TODAY)
    member_goes_away(act=act, member=world.members["em"], day=date(2022, 6, 1), place="Huế")
    with CaptureQueriesContext(connection) as few:
        before = follow()
    made = enrol(range(1, 13))
    for one in made[:6]:
        exempt_member(act=act, member=one, day=date(2022, 6, 1), until=TODAY)
    for one in made[6:]:
        member_goes_away(act=act, member=one, day=date(2022, 6, 1), place="Huế")
    with CaptureQueriesContext(connection) as many:
        after = follow()
    assert [after[2] - before[2], after[3] - before[3], after[4] - before[4]] == [12, 6, 6]
    assert len(many) == len(few)
