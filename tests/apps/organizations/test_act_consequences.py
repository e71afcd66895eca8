"""What hangs on units when they are acted upon: groups, grants, candidates, rights, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from tests.apps.organizations.acting import DAY, do
from tests.world import START, World

from giaoban.apps.members.models import Candidate, Member, VisitAssignment
from giaoban.apps.organizations.models import ActEffect, Grant, GroupMembership, UnitEntry
from giaoban.apps.organizations.operations import (
    ActDraft,
    ActKind,
    GrantTerms,
    NewUnit,
    give_grant,
    record_unit_act,
)
from giaoban.apps.organizations.operations.acts import END, KEEP
from giaoban.core.errors import InvalidInput, NotAllowed, NotFound


def test_groups_end_with_a_unit_or_are_carried_to_its_heir(world: World) -> None:
    places = {
        place.group.kind: place for place in GroupMembership.objects.filter(unit__code="DUK.02").select_related("group")
    }
    new = (NewUnit("+1", "Chi bộ Quỹ Mới", "grassroots_cell"), NewUnit("+2", "Chi bộ Quỹ Khác", "grassroots_cell"))
    do(
        world,
        ActKind.SPLIT,
        units=("DUK.02",),
        new=new,
        goes_on=False,
        members_to={"DUK.02": "+1"},
        groups={str(places["cluster"].pk): "+1"},
    )
    held = set(GroupMembership.objects.filter(unit__code="DUK.03").values_list("group__kind", "valid_from"))
    assert held == {("cluster", DAY)}
    assert set(GroupMembership.objects.filter(unit__code="DUK.02").values_list("valid_to", flat=True)) == {DAY}


def test_a_unit_that_leaves_its_committee_leaves_its_groups(world: World) -> None:
    do(world, ActKind.MOVE, units=("DUK.02",), parent="DUK.01")
    held = GroupMembership.objects.filter(unit__code="DUK.02", valid_to__gt=DAY)
    assert held.count() == 2, "it still stands below the committee whose groups they are"
    act = world.act("clerk", at_console=True)
    record_unit_act(act=act, draft=ActDraft(ActKind.MOVE, date(2023, 4, 4), units=("DUK.01",), parent="XA"))
    assert not GroupMembership.objects.filter(unit__code__startswith="DUK.0", valid_to__gt=date(2023, 4, 4)).exists()


def _grant(world: World, who: str, unit: str) -> Grant:
    terms = GrantTerms("unit_secretary", world.units[unit], START)
    return give_grant(act=world.act("clerk"), user=world.users[who], terms=terms)


def test_grants_are_asked_about_one_by_one(world: World) -> None:
    kept, ended, carried = (_grant(world, who, "DUK.01.02") for who in ("inspector", "deputy", "organizer"))
    do(
        world,
        ActKind.MERGE,
        units=("DUK.01.02",),
        goal="DUK.01.01",
        grants={kept.uid: KEEP, ended.uid: END, carried.uid: "DUK.01.01"},
    )
    today = world.act("clerk").today
    for grant in (kept, ended, carried):
        grant.refresh_from_db()
    assert kept.valid_to.year == 9999
    assert (ended.valid_to, carried.valid_to) == (today, today), "whoever held a right until today did hold it"
    given = Grant.objects.get(user=world.users["organizer"], unit__code="DUK.01.01")
    assert (given.role, given.valid_from) == ("unit_secretary", today)
    assert not Grant.objects.filter(user__in=(kept.user, ended.user), unit__code="DUK.01.01").exists()


def test_no_right_moves_without_being_asked_about(world: World) -> None:
    _grant(world, "inspector", "DUK.01.02")
    before = set(Grant.objects.values_list("pk", "unit", "valid_from", "valid_to"))
    do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    assert set(Grant.objects.values_list("pk", "unit", "valid_from", "valid_to")) == before


def test_who_may_not_manage_people_changes_no_grant(world: World) -> None:
    grant = _grant(world, "inspector", "DUK.01.02")
    draft = {"units": ("DUK.01.02",), "goal": "DUK.01.01"}
    with pytest.raises(NotAllowed, match="Quản lý người dùng"):
        do(world, ActKind.MERGE, who="organizer", **draft, grants={grant.uid: END})
    do(world, ActKind.MERGE, who="organizer", **draft)


@pytest.mark.parametrize(
    ("who", "refused"),
    [("deputy", NotAllowed), ("secretary", NotFound), ("outsider", NotFound), ("stranger", NotFound)],
)
def test_only_those_with_the_right_act(world: World, who: str, refused: type[Exception]) -> None:
    before = UnitEntry.objects.count(), ActEffect.objects.count()
    with pytest.raises(refused):
        do(world, ActKind.MERGE, who=who, units=("DUK.01.02",), goal="DUK.02")
    assert (UnitEntry.objects.count(), ActEffect.objects.count()) == before


def test_members_are_not_drawn_from_where_one_has_no_right(world: World) -> None:
    other = Member.objects.filter(unit__code="XA.01").first()
    assert other is not None
    with pytest.raises(NotFound):
        do(
            world,
            ActKind.SPLIT,
            units=("DUK.02",),
            new=(NewUnit("+1", "Chi bộ Quỹ 2", "grassroots_cell"),),
            members={other.uid: "+1"},
        )
    with pytest.raises(NotFound):
        do(world, ActKind.DISSOLVE, units=("DUK.02",), members_to={"DUK.02": "XA.01"})


def test_what_is_not_said_is_asked_for(world: World) -> None:
    for kind, said in (
        (ActKind.ESTABLISH, "Chưa ghi đơn vị mới"),
        (ActKind.RENAME, "Chưa chọn tổ chức"),
        (ActKind.MOVE, "Chưa chọn cấp trên mới"),
        (ActKind.MERGE, "Chưa chọn đơn vị nhận sáp nhập"),
        (ActKind.DISSOLVE, "Chưa chọn tổ chức"),
    ):
        with pytest.raises(InvalidInput, match=said):
            do(world, kind)
    with pytest.raises(InvalidInput, match=r"Không có đơn vị mang mã «DUK\.77»"):
        do(world, ActKind.DISSOLVE, units=("DUK.77",))
    with pytest.raises(InvalidInput, match=r"DUK\.02 không hoạt động ngày 31/12/2021"):
        do(world, ActKind.DISSOLVE, units=("DUK.02",), day=date(2021, 12, 31))
    with pytest.raises(InvalidInput, match="đang là Chi bộ cơ sở"):
        do(world, ActKind.CHANGE_KIND, units=("DUK.02",), unit_kind="grassroots_cell")
    with pytest.raises(InvalidInput, match=r"mã của một chi bộ|Không có đơn vị mang mã"):
        do(world, ActKind.DISSOLVE, units=("DUK.02",), members_to={"DUK.02": "DUK.77"})
    with pytest.raises(InvalidInput, match="không sinh hoạt trực tiếp"):
        do(world, ActKind.DISSOLVE, units=("DUK.02",), members_to={"DUK.02": "DUK.01"})


def test_what_happened_later_in_a_unit_keeps_it_from_ending_earlier(world: World) -> None:
    """Binh was admitted in DUK.01.02 on 26/03: a merger of 20/03 that is recorded now would leave her nowhere."""
    said = r"Sau ngày 20/03/2023 đã ghi việc của Lê Thanh Bình tại DUK\.01\.02: kết nạp ngày 26/03/2023"
    with pytest.raises(InvalidInput, match=said):
        do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01", day=date(2023, 3, 20))


def test_nobody_follows_before_the_day(world: World) -> None:
    with pytest.raises(InvalidInput, match="ở tương lai"):
        do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01", day=date(2023, 7, 1))
    do(world, ActKind.RENAME, units=("DUK.02",), name="Chi bộ Quỹ", day=date(2023, 7, 1))


def test_candidates_and_visits_follow_too(world: World) -> None:
    cell = world.units["DUK.01.02"]
    candidate = Candidate.objects.create(
        full_name="Ngô Thị Mới",
        folded_name="ngo thi moi",
        sort_key="moi ngo thi",
        birth_date=date(2000, 1, 1),
        unit=cell,
        created_at=world.act("clerk").now,
    )
    visit = VisitAssignment.objects.create(
        owner=world.units["DUK"],
        unit=cell,
        member=world.members["dao"],
        valid_from=START,
        assigned_by=world.users["clerk"],
        assigned_at=world.act("clerk").now,
    )
    do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    candidate.refresh_from_db()
    visit.refresh_from_db()
    assert candidate.unit.code == "DUK.01.01"
    assert visit.valid_to == DAY
    assert set(ActEffect.objects.values_list("follower", flat=True)) >= {"members", "candidates", "visits", "offices"}
