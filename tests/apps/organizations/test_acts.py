"""Each act on the tree, whole: units, members, offices, and the figures that follow."""

from __future__ import annotations

from datetime import date

import pytest
from tests.apps.organizations.acting import DAY, above, do, figure, kind_of, people_of, stands
from tests.world import START, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import MemberEntry, MemberEvent, OfficeTerm
from giaoban.apps.organizations.models import UnitEntry, UnitEvent, UnitName, on_day
from giaoban.apps.organizations.operations import ActKind, NewUnit
from giaoban.apps.organizations.operations.acts import END
from giaoban.apps.reporting.integrity import unbalanced_months
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period


@pytest.fixture(autouse=True)
def _balanced(world: World) -> object:
    """Whatever a test does: opening + in - out = closing for every unit and month, to the month after the act."""
    yield
    assert list(unbalanced_months([*Period.parse("2023-H1").months()])) == []


def test_a_unit_is_established_with_a_code_of_its_own(world: World) -> None:
    done = do(world, ActKind.ESTABLISH, new=(NewUnit("+1", "Chi bộ Kế hoạch", "cell", "DUK.01", "CB Kế hoạch"),))
    assert above("DUK.01.03") == ["DUK.01", "DUK"]
    [entry] = done.entries
    assert (entry.kind, entry.event, entry.decision_number) == (UnitEvent.ESTABLISHED, done.event, "15-QĐ/ĐUK")
    assert figure("organizations.established", "DUK") == 1
    trail = AuditRow.objects.get(action="organizations.act_recorded")
    assert (trail.object_uid, trail.unit_code) == (str(done.event), "DUK.01.03")


def test_a_committee_is_established_over_cells_that_are_there(world: World) -> None:
    new = NewUnit("DUK.01.9", "Đảng bộ bộ phận", "section", "DUK.01")
    do(world, ActKind.ESTABLISH, new=(new,), children={"DUK.01.01": "DUK.01.9", "DUK.01.02": "DUK.01.9"})
    assert above("DUK.01.02") == ["DUK.01.9", "DUK.01", "DUK"]


def test_a_unit_is_renamed(world: World) -> None:
    do(world, ActKind.RENAME, units=("DUK.02",), name="Chi bộ Quỹ Phát triển", short_name="CB Quỹ")
    assert UnitName.objects.get(on_day(DAY), unit__code="DUK.02").name == "Chi bộ Quỹ Phát triển"


def test_a_cell_becomes_a_committee_with_its_members_in_new_cells(world: World) -> None:
    quy = world.members["quy"]
    do(
        world,
        ActKind.CHANGE_KIND,
        units=("DUK.02",),
        unit_kind="grassroots_committee",
        name="Đảng bộ Quỹ Thử nghiệm",
        counts_as_established=True,
        new=(NewUnit("+1", "Chi bộ 1", "cell"), NewUnit("+2", "Chi bộ 2", "cell")),
        members_to={"DUK.02": "+1"},
        members={quy.uid: "+2"},
    )
    assert kind_of("DUK.02") == "grassroots_committee"
    assert above("DUK.02.01") == ["DUK.02", "DUK"]
    assert (people_of("DUK.02"), people_of("DUK.02.01"), people_of("DUK.02.02")) == (0, 4, 1)
    assert world.refresh("quy").unit.code == "DUK.02.02"
    assert figure("organizations.established", "DUK") == 3, "the committee, as its decision says, and two cells"
    assert figure("members.total", "DUK.02") == 5
    assert figure("members.transferred_within", "DUK") == 0, "to follow is no transfer"
    assert figure("organizations.members_received", "DUK.02.01") == 4


def test_a_committee_becomes_a_cell_and_takes_in_its_members(world: World) -> None:
    people = people_of("DUK.01.01") + people_of("DUK.01.02")
    do(world, ActKind.CHANGE_KIND, units=("DUK.01",), unit_kind="grassroots_cell", name="Chi bộ Sở Thử nghiệm")
    assert (kind_of("DUK.01"), people_of("DUK.01"), stands("DUK.01.01"), stands("DUK.01.02")) == (
        "grassroots_cell",
        people,
        False,
        False,
    )
    assert set(UnitEntry.objects.filter(kind=UnitEvent.MERGED).values_list("other__code", flat=True)) == {"DUK.01"}
    assert figure("organizations.members_received", "DUK.01") == 0, "they were there before, in its cells"


def test_a_cell_comes_under_a_higher_committee_as_a_cell_of_its_own(world: World) -> None:
    do(world, ActKind.MOVE, units=("DUK.01.02",), parent="DUK")
    assert (above("DUK.01.02"), kind_of("DUK.01.02")) == (["DUK"], "grassroots_cell")
    do(world, ActKind.MOVE, units=("DUK.02", "DUK.01.02"), parent="DUK.01", day=date(2023, 4, 4))
    assert {kind_of(code, date(2023, 4, 4)) for code in ("DUK.02", "DUK.01.02")} == {"cell"}
    with pytest.raises(InvalidInput, match=r"DUK\.02 đang trực thuộc DUK\.01"):
        do(world, ActKind.MOVE, units=("DUK.02",), parent="DUK.01", day=date(2023, 4, 5))


def test_a_part_of_a_cell_is_split_off(world: World) -> None:
    son, tam = world.members["son"], world.members["tam"]
    done = do(
        world,
        ActKind.SPLIT,
        units=("DUK.02",),
        new=(NewUnit("+1", "Chi bộ Quỹ 2", "grassroots_cell"),),
        members={son.uid: "+1", tam.uid: "+1"},
    )
    assert (people_of("DUK.02"), people_of("DUK.03")) == (3, 2)
    entry = MemberEntry.objects.get(member=son, kind=MemberEvent.FOLLOWED)
    assert (entry.from_unit.code, entry.to_unit.code, entry.decision_number) == ("DUK.02", "DUK.03", "15-QĐ/ĐUK")
    [begun] = done.entries
    assert (begun.kind, begun.other.code, begun.subject.code) == (UnitEvent.SPLIT, "DUK.02", "DUK.03")
    assert (figure("organizations.split", "DUK"), figure("organizations.established", "DUK")) == (1, 0)
    assert figure("organizations.members_handed_over", "DUK.02") == 2


def test_a_cell_is_split_wholly_into_new_ones(world: World) -> None:
    son = world.members["son"]
    draft = {
        "units": ("DUK.02",),
        "new": (NewUnit("+1", "Chi bộ Quỹ 1", "grassroots_cell"), NewUnit("+2", "Chi bộ Quỹ 2", "grassroots_cell")),
        "goes_on": False,
        "counts_as_established": True,
    }
    with pytest.raises(InvalidInput, match=r"Chưa định nơi sinh hoạt mới của 5 đảng viên ở DUK\.02"):
        do(world, ActKind.SPLIT, **draft)
    with pytest.raises(InvalidInput, match="Mới có 1 đơn vị mới"):
        do(world, ActKind.SPLIT, **draft | {"new": draft["new"][:1]})
    do(world, ActKind.SPLIT, **draft, members_to={"DUK.02": "+1"}, members={son.uid: "+2"})
    assert (stands("DUK.02"), people_of("DUK.03"), people_of("DUK.04")) == (False, 4, 1)
    assert (figure("organizations.split", "DUK"), figure("organizations.established", "DUK")) == (2, 2)


def test_cells_go_with_the_part_of_a_committee_that_is_split_off(world: World) -> None:
    do(
        world,
        ActKind.SPLIT,
        units=("DUK.01",),
        new=(NewUnit("+1", "Đảng bộ Thanh tra", "grassroots_committee"),),
        children={"DUK.01.02": "+1"},
    )
    assert (above("DUK.01.02"), above("DUK.01.01")) == (["DUK.03", "DUK"], ["DUK.01", "DUK"])


def test_a_cell_is_merged_into_another(world: World) -> None:
    people = people_of("DUK.01.01") + people_of("DUK.01.02")
    do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    assert (stands("DUK.01.02"), people_of("DUK.01.01"), people_of("DUK.01.02")) == (False, people, 0)
    assert UnitEntry.objects.get(kind=UnitEvent.MERGED).other.code == "DUK.01.01"
    assert world.refresh("phong").unit.code == "DUK.01.01"
    term = OfficeTerm.objects.get(unit__code="DUK.01.02")
    assert (term.member, term.valid_to) == (world.members["phong"], DAY), "its secretary is secretary no more"
    assert figure("organizations.merged", "DUK") == 1
    assert figure("members.total", "DUK") == 15


def test_a_committee_is_merged_with_its_cells(world: World) -> None:
    do(world, ActKind.ESTABLISH, new=(NewUnit("DUK.03", "Đảng bộ Ba", "grassroots_committee", "DUK"),), day=START)
    do(world, ActKind.MERGE, units=("DUK.01", "DUK.02"), goal="DUK.03", members_to={"DUK.02": "DUK.01.01"})
    assert above("DUK.01.01") == above("DUK.01.02") == ["DUK.03", "DUK"]
    assert people_of("DUK.01.01") == 4 + 5
    with pytest.raises(InvalidInput, match=r"DUK\.01\.01 là DUK\.03 hoặc ở dưới DUK\.03"):
        do(world, ActKind.MERGE, units=("DUK.03",), goal="DUK.01.01", day=date(2023, 4, 4))


def test_cells_are_consolidated_into_a_new_one(world: World) -> None:
    done = do(
        world,
        ActKind.CONSOLIDATE,
        units=("DUK.01.01", "DUK.01.02"),
        new=(NewUnit("+1", "Chi bộ Sở", "cell"),),
        counts_as_established=True,
    )
    assert (stands("DUK.01.01"), stands("DUK.01.02"), people_of("DUK.01.03")) == (False, False, 10)
    links = {entry.subject.code: entry.other.code for entry in done.entries}
    assert links == {"DUK.01.03": "DUK.01.01", "DUK.01.01": "DUK.01.03", "DUK.01.02": "DUK.01.03"}
    assert (figure("organizations.consolidated", "DUK"), figure("organizations.established", "DUK")) == (2, 1)
    with pytest.raises(InvalidInput, match="ít nhất hai tổ chức"):
        do(world, ActKind.CONSOLIDATE, units=("DUK.02",), new=(NewUnit("+1", "Chi bộ Quỹ", "cell"),))


def test_committees_are_consolidated_and_cells_stand_in_the_new_one(world: World) -> None:
    do(
        world,
        ActKind.CONSOLIDATE,
        units=("DUK.01", "DUK.02"),
        new=(
            NewUnit("+1", "Đảng bộ Sở và Quỹ", "grassroots_committee"),
            NewUnit("+2", "Chi bộ Quỹ", "cell"),
        ),
        members_to={"DUK.02": "+2"},
    )
    assert above("DUK.01.01") == ["DUK.03", "DUK"]
    assert (above("DUK.03.01"), people_of("DUK.03.01")) == (["DUK.03", "DUK"], 5)


def test_a_unit_is_handed_over_with_all_below_it_and_its_members(world: World) -> None:
    do(world, ActKind.HAND_OVER, units=("DUK.01",), outside="Đảng bộ tỉnh Vân Sơn")
    assert not any(stands(code) for code in ("DUK.01", "DUK.01.01", "DUK.01.02"))
    assert (figure("organizations.handed_over", "DUK"), figure("organizations.members_handed_over", "DUK")) == (1, 10)
    assert not MemberEntry.objects.filter(kind=MemberEvent.FOLLOWED).exists(), (
        "they stay where they are: in their cells"
    )
    assert not OfficeTerm.objects.filter(unit__code__startswith="DUK.01", valid_to__gt=DAY).exists()
    with pytest.raises(InvalidInput, match="Chưa ghi nơi nhận"):
        do(world, ActKind.HAND_OVER, units=("DUK.02",))


def test_units_are_received_with_what_stands_below_them(world: World) -> None:
    do(
        world,
        ActKind.RECEIVE,
        outside="Đảng bộ Khối Doanh nghiệp",
        new=(
            NewUnit("+1", "Đảng bộ Công ty Một", "grassroots_committee", "DUK"),
            NewUnit("+2", "Chi bộ Phân xưởng 1", "cell", "+1"),
            NewUnit("+3", "Chi bộ Phân xưởng 2", "cell", "+1"),
        ),
    )
    assert above("DUK.03.02") == ["DUK.03", "DUK"]
    assert figure("organizations.received", "DUK") == 1, "what came below it is a part of it"


def test_a_unit_is_dissolved_and_its_members_are_asked_about(world: World) -> None:
    quy = world.members["quy"]
    with pytest.raises(InvalidInput, match="Chưa định nơi sinh hoạt mới của 5 đảng viên"):
        do(world, ActKind.DISSOLVE, units=("DUK.02",))
    do(world, ActKind.DISSOLVE, units=("DUK.02",), members_to={"DUK.02": "DUK.01.01"}, members={quy.uid: "DUK.01.02"})
    assert (stands("DUK.02"), people_of("DUK.01.01"), people_of("DUK.01.02")) == (False, 8, 7)
    assert figure("organizations.dissolved", "DUK") == 1


def test_a_committee_is_dissolved_with_one_cell_while_another_moves(world: World) -> None:
    draft = {"units": ("DUK.01",), "members_to": {"DUK.01.01": "DUK.02"}}
    with pytest.raises(InvalidInput, match=r"Chưa định nơi đến của DUK\.01\.01"):
        do(world, ActKind.DISSOLVE, **draft, children={"DUK.01.02": "DUK"})
    do(world, ActKind.DISSOLVE, **draft, children={"DUK.01.01": END, "DUK.01.02": "DUK"})
    assert (above("DUK.01.02"), kind_of("DUK.01.02")) == (["DUK"], "grassroots_cell")
    assert (stands("DUK.01.01"), people_of("DUK.02")) == (False, 9)
    assert figure("organizations.dissolved", "DUK") == 2
