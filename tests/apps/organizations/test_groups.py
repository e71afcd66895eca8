"""Clusters and sectors: made, renamed, filled from a day, left, and the slips that are taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import START, TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import OPEN_END, Group, GroupKind, GroupMembership
from giaoban.apps.organizations.operations import change_group, define_group, place_in_group, take_out_of_group
from giaoban.apps.organizations.queries.groups import arrangements, find_group
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

MARCH = date(2023, 3, 1)


def second(world: World) -> Group:
    return define_group(
        act=world.act("clerk"),
        owner=world.units["DUK"],
        kind=GroupKind.CLUSTER,
        code="2",
        name=" Cụm  số 2 ",
        position=2,
    )


def spans(world: World, unit: str) -> list[tuple[str, date, date]]:
    rows = GroupMembership.objects.filter(unit__code=unit, group__kind="cluster").order_by("valid_from")
    return list(rows.values_list("group__code", "valid_from", "valid_to"))


def test_units_change_their_cluster(world: World) -> None:
    group = second(world)
    assert group.name == "Cụm số 2"
    units = [world.units["DUK.01"], world.units["DUK.02"]]
    place_in_group(act=world.act("clerk"), group=group, units=units[:1], start=MARCH)
    place_in_group(act=world.act("clerk"), group=group, units=units, start=date(2023, 4, 1))
    assert spans(world, "DUK.01") == [("1", START, MARCH), ("2", MARCH, OPEN_END)], "it was there already"
    assert spans(world, "DUK.02") == [("1", START, date(2023, 4, 1)), ("2", date(2023, 4, 1), OPEN_END)]
    assert AuditRow.objects.filter(action="organizations.placed_in_group", object_uid=str(group.pk)).count() == 2
    with pytest.raises(InvalidInput, match=r"DUK.02 đã có cụm từ 01/04/2023"):
        place_in_group(act=world.act("clerk"), group=Group.objects.get(code="1"), units=units[1:], start=MARCH)


def test_leaving_and_the_slip_of_a_day(world: World) -> None:
    group, unit = second(world), world.units["DUK.01"]
    place_in_group(act=world.act("clerk"), group=group, units=[unit], start=MARCH)
    take_out_of_group(act=world.act("clerk"), group=group, units=[unit], day=MARCH)
    assert spans(world, "DUK.01") == [("1", START, OPEN_END)], "as if nothing had been"
    take_out_of_group(act=world.act("clerk"), group=Group.objects.get(code="1"), units=[unit], day=MARCH)
    assert spans(world, "DUK.01") == [("1", START, MARCH)]
    with pytest.raises(InvalidInput, match="không thuộc Cụm số 1 ngày 05/04/2023"):
        take_out_of_group(act=world.act("clerk"), group=Group.objects.get(code="1"), units=[unit], day=TODAY)


def test_renaming(world: World) -> None:
    group = second(world)
    change_group(act=world.act("clerk"), group=group, name="Cụm các sở", position=5)
    group.refresh_from_db()
    assert (group.name, group.position, group.code) == ("Cụm các sở", 5, "2")
    with pytest.raises(InvalidInput, match="Chưa ghi tên"):
        change_group(act=world.act("clerk"), group=group, name=" ", position=5)


def test_refusals(world: World) -> None:
    clerk, owner = world.act("clerk"), world.units["DUK"]
    with pytest.raises(Conflict, match="đã có"):
        define_group(act=clerk, owner=owner, kind=GroupKind.CLUSTER, code="1", name="Cụm một")
    with pytest.raises(InvalidInput, match="không hợp lệ"):
        define_group(act=clerk, owner=owner, kind=GroupKind.CLUSTER, code="cụm/1", name="Cụm một")
    group = second(world)
    for unit, told in (("DUK", "không ở dưới DUK"), ("DUK.02", "không ở dưới DUK ngày 01/01/2021")):
        with pytest.raises(InvalidInput, match=told):
            place_in_group(act=clerk, group=group, units=[world.units[unit]], start=date(2021, 1, 1))
    unit = world.units["DUK.02"]
    for who, error in (("deputy", NotAllowed), ("outsider", NotFound)):
        with pytest.raises(error):
            place_in_group(act=world.act(who), group=group, units=[unit], start=MARCH)
        with pytest.raises(error):
            take_out_of_group(act=world.act(who), group=Group.objects.get(code="1"), units=[unit], day=MARCH)
        with pytest.raises(error):
            change_group(act=world.act(who), group=group, name="Cụm", position=1)


def test_groups_with_their_units_on_a_day(world: World) -> None:
    group = second(world)
    place_in_group(act=world.act("clerk"), group=group, units=[world.units["DUK.01"]], start=MARCH)
    sector = Group.objects.get(code="state")
    take_out_of_group(act=world.act("clerk"), group=sector, units=[world.units["DUK.02"]], day=MARCH)
    clusters, sectors = arrangements(world.units["DUK"], TODAY)
    told = {one.name: [(unit.card.code, unit.since) for unit in one.units] for one in clusters.groups}
    assert told == {"Cụm số 1": [("DUK.02", START)], "Cụm số 2": [("DUK.01", MARCH)]}
    assert clusters.without == ()
    assert [card.code for card in sectors.without] == ["DUK.02"]
    before, _ = arrangements(world.units["DUK"], date(2023, 2, 28))
    assert [[unit.card.code for unit in one.units] for one in before.groups] == [["DUK.01", "DUK.02"], []]


def test_a_group_is_found_where_its_committee_is_seen(world: World) -> None:
    duk = world.units["DUK"]
    assert find_group(world.users["deputy"], duk, "cluster", "1", today=TODAY).name == "Cụm số 1"
    for who, kind, code in (("outsider", "cluster", "1"), ("clerk", "cluster", "9"), ("clerk", "sector", "1")):
        with pytest.raises(NotFound):
            find_group(world.users[who], duk, kind, code, today=TODAY)


def test_many_units_do_not_ask_more(world: World) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            arrangements(world.units["DUK"], TODAY)
        return len(queries)

    before = cost()
    group = second(world)
    place_in_group(
        act=world.act("clerk"), group=group, units=[world.units["DUK.01.01"], world.units["DUK.01.02"]], start=MARCH
    )
    assert cost() == before
