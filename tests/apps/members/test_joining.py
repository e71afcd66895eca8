"""Two records of one person: joined by a person, counted once, undone in one step; no entry moves."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from tests.world import TODAY, World

from giaoban.apps.members.integrity import CHECKS
from giaoban.apps.members.models import Member, MemberAlias, MemberEntry, MemberEvent, MembershipSpell, MemberState
from giaoban.apps.members.operations import (
    FirstEntry,
    MemberDraft,
    enrol_member,
    join_records,
    recognise_member,
    record_member_entries,
    undo_join,
)
from giaoban.apps.members.operations.drafts import EntryDraft
from giaoban.apps.members.queries.aliases import find_alias, joined_pairs, likely_pairs
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.figures import VALUE_ONLY, FigureRequest

pytestmark = pytest.mark.django_db
KEYS = ("members.total", "members.admitted", "members.opened", "members.transferred_out", "members.died")


def _figures(world: World) -> dict[tuple[str, str, str], object]:
    asks = [
        FigureRequest(key, unit, Period.parse(text))
        for key in KEYS
        for unit in ("DUK", "DUK.01", "DUK.01.01", "DUK.02")
        for text in ("2022", "2023-Q1")
    ]
    found = compute_figures(asks, parts=VALUE_ONLY)
    return {(one.request.measure, one.request.unit, str(one.request.period)): one.value for one in found}


def _second(world: World, kind: MemberEvent = MemberEvent.OPENING, unit: str = "DUK.02", **more: object) -> Member:
    """A second record of «dao», typed without the day of birth."""
    day = date(2022, 1, 1) if kind == MemberEvent.OPENING else date(2023, 2, 1)
    first = FirstEntry(kind, day, world.units[unit], outside="Đảng bộ huyện Bình An")
    birth = PartialDate(date(1970, 1, 1), Precision.YEAR)
    return enrol_member(act=world.act("clerk", at_console=True), draft=MemberDraft("NGUYỄN ĐỨC ĐẠO", birth, first))


def test_a_repeated_record_is_counted_once_and_undone_in_one_step(world: World) -> None:
    before = _figures(world)
    other = _second(world)
    doubled = _figures(world)
    assert doubled["members.total", "DUK", "2023-Q1"] == 16
    act = world.act("clerk")
    alias = join_records(act=act, kept=world.members["dao"], other=other, takes_history=False)
    assert _figures(world) == before
    other.refresh_from_db()
    assert (other.state, MembershipSpell.objects.filter(member=other).count()) == (MemberState.ALIAS, 0)
    assert MemberEntry.objects.filter(member=other).count() == 1, "its entry stays where it is"
    assert not [row for check in CHECKS for row in check.rows()]
    undo_join(act=act, alias=alias)
    assert _figures(world) == doubled
    assert not [row for check in CHECKS for row in check.rows()]
    with pytest.raises(Conflict):
        undo_join(act=act, alias=alias)


def test_a_record_that_tells_another_part_of_the_life_is_taken_in(world: World) -> None:
    """«hung» was transferred out on his record; a second one tells that he came back."""
    hung = world.members["hung"]
    first = FirstEntry(MemberEvent.TRANSFERRED, date(2023, 4, 1), world.units["DUK.02"], outside="Đảng bộ Bình An")
    act = world.act("clerk", at_console=True)
    birth = PartialDate(date(1985, 1, 2), Precision.DAY)
    draft = MemberDraft(hung.full_name, birth, first, file_number="000999ALC")
    other = enrol_member(act=act, draft=draft)
    join_records(act=act, kept=hung, other=other, takes_history=True)
    hung.refresh_from_db()
    assert (hung.unit, hung.state) == (world.units["DUK.02"], MemberState.OFFICIAL)
    spells = list(
        MembershipSpell.objects.filter(member=hung).order_by("valid_from").values_list("unit__code", flat=True)
    )
    assert spells == ["DUK.01.01", "DUK.02"]
    assert not MembershipSpell.objects.filter(member=other).exists()
    assert not [row for check in CHECKS for row in check.rows()]


def test_two_lives_at_once_are_not_one(world: World) -> None:
    other = _second(world)
    with pytest.raises(InvalidInput):
        join_records(act=world.act("clerk"), kept=world.members["dao"], other=other, takes_history=True)
    assert not MemberAlias.objects.exists()


def test_refusals(world: World) -> None:
    other, dao, act = _second(world), world.members["dao"], world.act("clerk")
    with pytest.raises(InvalidInput):
        join_records(act=act, kept=dao, other=dao, takes_history=False)
    with pytest.raises((NotAllowed, NotFound)):
        join_records(act=world.act("secretary"), kept=dao, other=other, takes_history=False)
    join_records(act=act, kept=dao, other=other, takes_history=False)
    for kept, second in ((world.members["em"], other), (other, world.members["em"]), (world.members["em"], dao)):
        with pytest.raises(Conflict):
            join_records(act=act, kept=kept, other=second, takes_history=False)
    other.refresh_from_db()
    with pytest.raises(InvalidInput, match="đã nối vào một hồ sơ khác"):
        recognise_member(act=act, member=other, day=TODAY, decision=Decision())
    entry = MemberEntry.objects.get(member=other)
    replacing = EntryDraft(other, MemberEvent.DIED, TODAY, other.unit, corrects=entry.uid)
    with pytest.raises(InvalidInput):
        record_member_entries(act=act, drafts=[replacing])


def test_likely_pairs_are_found_and_told_apart(world: World) -> None:
    clerk, duk = world.users["clerk"], world.units["DUK"]
    assert likely_pairs(clerk, duk, today=TODAY) == ()
    other = _second(world)
    (pair,) = likely_pairs(clerk, duk, today=TODAY)
    assert {pair.first.uid, pair.second.uid} == {other.uid, world.members["dao"].uid}
    assert "năm sinh" in pair.reason
    assert likely_pairs(world.users["outsider"], world.units["XA"], today=TODAY) == ()
    alias = join_records(act=world.act("clerk"), kept=world.members["dao"], other=other, takes_history=False)
    assert likely_pairs(clerk, duk, today=TODAY) == ()
    (joined,) = joined_pairs(clerk, duk, today=TODAY)
    assert joined.alias == alias.uid
    assert find_alias(clerk, alias.uid, today=TODAY) == alias
    for user, uid in ((world.users["outsider"], alias.uid), (clerk, uuid.uuid4())):
        with pytest.raises(NotFound):
            find_alias(user, uid, today=TODAY)
