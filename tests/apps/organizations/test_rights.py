"""Who sees what and may do what: one join over the tree, from-to, nothing else (design.md, law 7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world import NOW, START, TODAY, World

from giaoban.apps.accounts.models import OneTimeCode, User
from giaoban.apps.accounts.operations import close_account, set_password_with_code
from giaoban.apps.accounts.permissions import rights_table
from giaoban.apps.members.models import Member, MemberEntry
from giaoban.apps.organizations.models import Grant, Unit, UnitEvent
from giaoban.apps.organizations.operations import (
    GrantTerms,
    TreeDraft,
    add_person_to,
    end_grant,
    give_grant,
    hand_over_post,
    print_code_for,
    record_tree_event,
)
from giaoban.apps.organizations.permissions import may, units_allowed
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

EVERYTHING_UNDER_DUK = {"DUK", "DUK.01", "DUK.01.01", "DUK.01.02", "DUK.02"}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("clerk", EVERYTHING_UNDER_DUK),
        ("deputy", EVERYTHING_UNDER_DUK),
        ("secretary", {"DUK.01.01"}),
        ("outsider", {"XA", "XA.01", "XA.02"}),
        ("stranger", set()),
    ],
)
def test_units_are_seen_by_subtree(world: World, who: str, seen: set[str]) -> None:
    units = Unit.objects.all().visible_to(world.users[who], today=TODAY)
    assert set(units.values_list("code", flat=True)) == seen


def test_members_are_seen_by_the_place_where_they_stand_today(world: World) -> None:
    khoa, secretary = world.members["khoa"], world.users["secretary"]
    seen = set(Member.objects.all().visible_to(secretary, today=TODAY).values_list("full_name", flat=True))
    assert khoa.full_name not in seen, "khoa moved to another cell"
    assert world.members["dao"].full_name in seen
    assert not Member.objects.all().visible_to(world.users["outsider"], today=TODAY).filter(unit__code="DUK.02")


def test_entries_are_seen_by_the_place_of_their_day(world: World) -> None:
    secretary = world.users["secretary"]
    kinds = set(
        MemberEntry.objects.visible_to(secretary, today=TODAY)
        .filter(member=world.members["khoa"])
        .values_list("kind", flat=True)
    )
    assert "transferred" in kinds, "the cell that sent sees the move"


def test_who_goes_with_a_unit_that_is_handed_over_is_seen_no_more(world: World) -> None:
    record_tree_event(
        act=world.act("organizer"),
        draft=TreeDraft(UnitEvent.HANDED_OVER, TODAY, "DUK.02", outside="Đảng bộ Tổng công ty Thử nghiệm"),
    )
    clerk = world.users["clerk"]
    assert not Member.objects.all().visible_to(clerk, today=TODAY).filter(unit__code="DUK.02").exists()
    assert Unit.objects.all().visible_to(clerk, today=TODAY).filter(code="DUK.02").exists()


def test_a_right_holds_from_to(world: World) -> None:
    clerk, unit = world.users["clerk"], world.units["DUK.02"]
    assert may(clerk, "members_record", unit, today=TODAY)
    assert not may(clerk, "members_record", unit, today=START - timedelta(days=1))
    assert not may(clerk, "members_file", unit, today=TODAY)
    assert not may(clerk, "members_record", world.units["XA.01"], today=TODAY)
    grant = Grant.objects.get(user=clerk)
    end_grant(act=world.act("clerk"), grant=grant, end=TODAY)
    assert units_allowed(clerk, "members_record", [unit.pk], today=TODAY) == set()
    assert may(clerk, "members_record", unit, today=TODAY - timedelta(days=1))


def test_a_closed_account_has_no_rights(world: World) -> None:
    close_account(act=world.act("administrator"), user=world.users["clerk"])
    world.users["clerk"].refresh_from_db()
    assert not may(world.users["clerk"], "organizations_view", world.units["DUK"], today=TODAY)


def test_a_misspelt_right_is_an_error_and_never_nobody(world: World) -> None:
    with pytest.raises(KeyError):
        may(world.users["clerk"], "member_view", world.units["DUK"], today=TODAY)


def test_a_post_is_handed_over_on_one_day(world: World) -> None:
    grant = Grant.objects.get(user=world.users["clerk"])
    given = hand_over_post(act=world.act("clerk"), grant=grant, successor=world.users["stranger"], day=TODAY)
    grant.refresh_from_db()
    assert (grant.valid_to, given.valid_from, given.role) == (TODAY, TODAY, "office_clerk")
    assert may(world.users["stranger"], "accounts_manage", world.units["DUK"], today=TODAY)
    with pytest.raises(InvalidInput, match="đang giữ"):
        hand_over_post(act=world.act("stranger"), grant=given, successor=world.users["stranger"], day=TODAY)


def test_grants_are_given_where_one_manages_people(world: World) -> None:
    terms = GrantTerms("standing_deputy", world.units["DUK.01"], TODAY)
    with pytest.raises(NotAllowed):
        give_grant(act=world.act("organizer"), user=world.users["stranger"], terms=terms)
    with pytest.raises(NotFound):
        give_grant(act=world.act("outsider"), user=world.users["stranger"], terms=terms)
    give_grant(act=world.act("administrator"), user=world.users["stranger"], terms=terms)
    with pytest.raises(Conflict, match="đã có vai trò"):
        give_grant(act=world.act("administrator"), user=world.users["stranger"], terms=terms)
    with pytest.raises(InvalidInput, match="«king»"):
        give_grant(
            act=world.act("administrator"),
            user=world.users["stranger"],
            terms=GrantTerms("king", world.units["DUK.01"], TODAY),
        )


def test_a_new_person_sets_a_password_with_the_printed_code_once(world: World) -> None:
    terms = GrantTerms("unit_secretary", world.units["DUK.02"], TODAY)
    person = add_person_to(act=world.act("clerk"), username="quy.ngo", full_name="Ngô Thị Quý", terms=terms)
    assert person.code not in str(OneTimeCode.objects.get().code_hash)
    user = set_password_with_code(username="quy.ngo", code=person.code.lower(), password="bưởi chua 2023", now=NOW)
    assert user.check_password("bưởi chua 2023")
    with pytest.raises(InvalidInput, match="không đúng, đã dùng hoặc quá hạn"):
        set_password_with_code(username="quy.ngo", code=person.code, password="bưởi chua 2024", now=NOW)


def test_a_code_runs_out_and_a_new_one_ends_the_old(world: World) -> None:
    terms = GrantTerms("unit_secretary", world.units["DUK.02"], TODAY)
    person = add_person_to(act=world.act("clerk"), username="quy.ngo", full_name="Ngô Thị Quý", terms=terms)
    newer = print_code_for(act=world.act("clerk"), user=person.user)
    for code, now in ((person.code, NOW), (newer, NOW + timedelta(hours=73))):
        with pytest.raises(InvalidInput):
            set_password_with_code(username="quy.ngo", code=code, password="bưởi chua 2023", now=now)
    with pytest.raises(InvalidInput, match="10"):
        set_password_with_code(username="quy.ngo", code=newer, password="ngắn", now=NOW)


@pytest.mark.parametrize(
    ("username", "full_name", "said"),
    [("Lan Nguyễn", "Nguyễn Lan", "không hợp lệ"), ("quy.ngo", "Quý", "chưa đủ"), ("lan", "Nguyễn Lan", "đã có người")],
)
def test_a_person_needs_a_name(world: World, username: str, full_name: str, said: str) -> None:
    terms = GrantTerms("unit_secretary", world.units["DUK.02"], TODAY)
    before = User.objects.count()
    with pytest.raises((InvalidInput, Conflict), match=said):
        add_person_to(act=world.act("clerk"), username=username, full_name=full_name, terms=terms)
    assert User.objects.count() == before


def test_a_code_is_printed_only_by_those_above_all_of_a_persons_posts(world: World) -> None:
    both = world.users["secretary"]
    give_grant(act=world.act("outsider"), user=both, terms=GrantTerms("standing_deputy", world.units["XA.01"], TODAY))
    with pytest.raises(NotAllowed, match="ngoài phạm vi"):
        print_code_for(act=world.act("clerk"), user=both)
    with pytest.raises(NotFound):
        print_code_for(act=world.act("outsider"), user=world.users["deputy"])


def test_every_right_of_every_role_is_known() -> None:
    table = rights_table()
    for role in table.roles.values():
        assert role.rights <= table.rights.keys()
    assert "members_view" in table.roles["unit_secretary"].rights, "members_file includes members_view"
