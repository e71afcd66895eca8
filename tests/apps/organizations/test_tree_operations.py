"""Events of the tree through the operations: projections, rights, corrections, refusals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.world import World

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import Ancestry, GroupKind, Unit, UnitEntry, UnitEvent, on_day
from giaoban.apps.organizations.operations import (
    TreeDraft,
    correct_register_start,
    define_group,
    place_in_group,
    record_tree_event,
    record_tree_events,
    set_reporting_bounds,
    take_into_use,
)
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period

DAY = date(2023, 4, 3)
NEW = TreeDraft(UnitEvent.ESTABLISHED, DAY, "DUK.01.03", parent="DUK.01", name="Chi bộ Kế hoạch", unit_kind="cell")


def above(code: str, day: date) -> dict[str, int]:
    rows = Ancestry.objects.filter(on_day(day), descendant__code=code)
    return dict(rows.values_list("ancestor__code", "depth"))


def test_a_new_cell_stands_from_its_day_on(world: World) -> None:
    entry = record_tree_event(act=world.act("organizer"), draft=NEW)
    assert above("DUK.01.03", DAY) == {"DUK.01.03": 0, "DUK.01": 1, "DUK": 2}
    assert above("DUK.01.03", date(2023, 4, 2)) == {}
    assert AuditRow.objects.filter(action="organizations.established", object_uid=str(entry.uid)).count() == 1


def test_the_two_level_model_and_its_pilot_form_have_their_places(world: World) -> None:
    """A commune stands directly under the province; the pilot's committee below it has the place of a section."""
    start = date(2022, 1, 1)
    rows = (
        ("TINH", "", "Đảng bộ tỉnh Mẫu", "provincial"),
        ("TINH.01", "TINH", "Đảng bộ xã Tân Khê", "grassroots_committee"),
        ("TINH.01.01", "TINH.01", "Đảng bộ Ủy ban nhân dân xã Tân Khê", "section"),
        ("TINH.01.01.01", "TINH.01.01", "Chi bộ Văn phòng", "cell"),
        ("TINH.01.02", "TINH.01", "Chi bộ thôn Đoài", "cell"),
    )
    drafts = [
        TreeDraft(UnitEvent.OPENING, start, code, parent=parent, name=name, unit_kind=kind)
        for code, parent, name, kind in rows
    ]
    record_tree_events(act=world.act("clerk", at_console=True), drafts=drafts)
    assert above("TINH.01.01.01", DAY) == {"TINH.01.01.01": 0, "TINH.01.01": 1, "TINH.01": 2, "TINH": 3}
    ended = TreeDraft(UnitEvent.MOVED, DAY, "TINH.01.01.01", parent="TINH.01")
    record_tree_event(act=world.act("clerk", at_console=True), draft=ended)
    assert above("TINH.01.01.01", DAY) == {"TINH.01.01.01": 0, "TINH.01": 1, "TINH": 2}


def test_what_moves_takes_everything_below_with_it(world: World) -> None:
    record_tree_events(
        act=world.act("organizer", at_console=True),
        drafts=[
            TreeDraft(UnitEvent.OPENING, date(2022, 1, 1), "KHAC", name="Đảng bộ khác", unit_kind="upper"),
            TreeDraft(UnitEvent.MOVED, DAY, "DUK.01", parent="KHAC"),
        ],
    )
    assert above("DUK.01.01", date(2023, 4, 2))["DUK"] == 2
    assert above("DUK.01.01", DAY) == {"DUK.01.01": 0, "DUK.01": 1, "KHAC": 2}


def test_only_the_way_up_that_changes_is_written_anew(world: World) -> None:
    act = world.act("organizer", at_console=True)
    opened = TreeDraft(UnitEvent.OPENING, date(2022, 1, 1), "KHAC", name="Đảng bộ khác", unit_kind="upper")
    record_tree_event(act=act, draft=opened)
    written = dict(Ancestry.objects.values_list("pk", "descendant__code"))
    record_tree_event(act=act, draft=TreeDraft(UnitEvent.RENAMED, DAY, "DUK", name="Đảng bộ mang tên mới"))
    assert dict(Ancestry.objects.values_list("pk", "descendant__code")) == written
    record_tree_event(act=act, draft=TreeDraft(UnitEvent.MOVED, DAY, "DUK.01", parent="KHAC"))
    kept = Ancestry.objects.filter(pk__in=written)
    # Of a cell below: itself and its committee stay; the row of what was above ends, and one begins.
    assert set(kept.filter(descendant__code="DUK.01.01").values_list("ancestor__code", flat=True)) == {
        "DUK.01.01",
        "DUK.01",
    }
    assert Ancestry.objects.exclude(pk__in=written).filter(descendant__code="DUK.01.01").count() == 2
    assert {code for pk, code in written.items() if not kept.filter(pk=pk).exists()} <= {
        "DUK.01",
        *Unit.objects.filter(above__ancestor__code="DUK.01").values_list("code", flat=True),
    }


def test_a_move_asks_as_much_however_many_stand_below(world: World, django_assert_max_num_queries: Any) -> None:
    act = world.act("organizer", at_console=True)
    opened = TreeDraft(UnitEvent.OPENING, date(2022, 1, 1), "KHAC", name="Đảng bộ khác", unit_kind="upper")
    cells = [replace(NEW, code=f"DUK.01.{number}", name=f"Chi bộ {number}") for number in range(10, 70)]
    record_tree_events(act=act, drafts=[opened, *cells])
    with django_assert_max_num_queries(40):
        record_tree_event(act=act, draft=TreeDraft(UnitEvent.MOVED, date(2023, 5, 4), "DUK.01", parent="KHAC"))
    assert Ancestry.objects.filter(ancestor__code="KHAC").count() == 60 + 1 + 1 + 2


def test_the_flow_is_kept_where_the_unit_stood(world: World) -> None:
    draft = TreeDraft(UnitEvent.HANDED_OVER, DAY, "DUK.01", outside="Đảng bộ Tổng công ty Thử nghiệm")
    entry = record_tree_event(act=world.act("organizer"), draft=draft)
    assert entry.from_parent == world.units["DUK"]
    assert above("DUK.01.01", DAY) == {}


def test_a_correction_takes_the_place_of_the_entry(world: World) -> None:
    act = world.act("organizer")
    wrong = record_tree_event(act=act, draft=NEW)
    later = date(2023, 4, 4)
    record_tree_event(act=act, draft=replace(NEW, day=later, corrects=wrong.uid))
    assert above("DUK.01.03", DAY) == {}
    assert above("DUK.01.03", later) != {}
    with pytest.raises(Conflict, match="người khác đính chính"):
        record_tree_event(act=act, draft=replace(NEW, day=date(2023, 4, 5), corrects=wrong.uid))
    assert above("DUK.01.03", later) != {}


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (replace(NEW, parent="DUK.99"), "Không có đơn vị mang mã «DUK.99»"),
        (replace(NEW, parent="DUK"), "Chi bộ trực thuộc không thể trực thuộc"),
        (replace(NEW, parent="DUK.01.03"), "chính nó"),
        (replace(NEW, name=" "), "Thiếu tên"),
        (replace(NEW, unit_kind="club"), "«club»"),
        (replace(NEW, code="DUK.02", unit_kind="grassroots_cell", parent="DUK"), "đang hoạt động"),
        (TreeDraft(UnitEvent.MOVED, DAY, "DUK.01", parent="DUK.01.01"), "vòng|không hoạt động|không thể trực thuộc"),
        (TreeDraft(UnitEvent.MOVED, DAY, "DUK.01"), "Thiếu cấp trên mới"),
        (TreeDraft(UnitEvent.DISSOLVED, date(2021, 1, 1), "DUK.01"), "không hoạt động ngày 01/01/2021"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(world: World, draft: TreeDraft, said: str) -> None:
    before = UnitEntry.objects.count(), Unit.objects.count(), AuditRow.objects.count()
    with pytest.raises(InvalidInput, match=said):
        record_tree_event(act=world.act("organizer", at_console=True), draft=draft)
    assert (UnitEntry.objects.count(), Unit.objects.count(), AuditRow.objects.count()) == before


@pytest.mark.parametrize(
    ("who", "refused"),
    [("deputy", NotAllowed), ("secretary", NotFound), ("outsider", NotFound), ("stranger", NotFound)],
)
def test_only_those_with_the_right_change_the_tree(world: World, who: str, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        record_tree_event(act=world.act(who), draft=NEW)


def test_a_new_top_is_made_at_the_console_only(world: World) -> None:
    top = TreeDraft(UnitEvent.OPENING, DAY, "MOI", name="Đảng bộ mới", unit_kind="upper")
    with pytest.raises(InvalidInput, match="không có cấp trên"):
        record_tree_event(act=world.act("organizer"), draft=top)


def test_a_unit_has_one_place_in_each_kind_of_group(world: World) -> None:
    act, unit = world.act("organizer"), world.units["DUK.01"]
    second = define_group(act=act, owner=world.units["DUK"], kind=GroupKind.CLUSTER, code="2", name="Cụm số 2")
    place_in_group(act=act, group=second, units=[unit], start=DAY)
    held = {row.group.code: row for row in unit.group_memberships.filter(group__kind=GroupKind.CLUSTER)}
    assert held["1"].valid_to == held["2"].valid_from == DAY
    with pytest.raises(InvalidInput, match="đã có cụm từ 03/04/2023"):
        place_in_group(act=act, group=second, units=[unit], start=date(2023, 3, 1))
    with pytest.raises(Conflict, match="«2» đã có"):
        define_group(act=act, owner=world.units["DUK"], kind=GroupKind.CLUSTER, code="2", name="Cụm hai")


def test_registers_and_bounds_are_set_once(world: World) -> None:
    act, unit = world.act("organizer"), world.units["DUK"]
    with pytest.raises(InvalidInput, match="«khac»"):
        take_into_use(act=act, unit=unit, register="khac", start=DAY)
    with pytest.raises(Conflict, match="đã được dùng từ"):
        take_into_use(act=act, unit=unit, register="members", start=DAY)
    with pytest.raises(InvalidInput, match="lý do"):
        correct_register_start(act=act, unit=unit, register="members", start=DAY, reason=" ")
    moved = correct_register_start(act=act, unit=unit, register="members", start=DAY, reason="nhập từ sổ giấy")
    assert moved.in_use_from == DAY
    with pytest.raises(NotAllowed):
        correct_register_start(act=world.act("deputy"), unit=unit, register="members", start=NEW.day, reason="nhầm")
    quarter = Period.parse("2023-Q1")
    set_reporting_bounds(act=act, unit=unit, period=quarter, first_day=date(2022, 12, 16), last_day=date(2023, 3, 15))
    with pytest.raises(Conflict, match="quý I/2023"):
        set_reporting_bounds(act=act, unit=unit, period=quarter, first_day=DAY, last_day=DAY)


@pytest.mark.parametrize("kind", [UnitEvent.DISSOLVED, UnitEvent.MERGED])
def test_a_unit_that_is_not_empty_does_not_end(world: World, kind: UnitEvent) -> None:
    act, before = world.act("organizer"), UnitEntry.objects.count()
    with pytest.raises(InvalidInput, match=r"Còn 2 đơn vị trực thuộc: DUK\.01\.01, DUK\.01\.02.*Chuyển hoặc giải thể"):
        _raise_told(act, TreeDraft(kind, DAY, "DUK.01"))
    with pytest.raises(InvalidInput, match=r"Còn 5 đảng viên sinh hoạt tại DUK\.02.*Chuyển sinh hoạt"):
        _raise_told(act, TreeDraft(kind, DAY, "DUK.02"))
    assert UnitEntry.objects.count() == before


def _raise_told(act: Act, draft: TreeDraft) -> None:
    try:
        record_tree_event(act=act, draft=draft)
    except InvalidInput as error:
        raise InvalidInput(str(error)) from None


def test_children_that_come_later_keep_a_unit_too(world: World) -> None:
    act = world.act("organizer")
    top = TreeDraft(UnitEvent.ESTABLISHED, DAY, "DUK.03", "DUK", "Đảng bộ Ba", unit_kind="grassroots_committee")
    later = date(2023, 6, 1)
    child = TreeDraft(UnitEvent.ESTABLISHED, later, "DUK.03.01", "DUK.03", "Chi bộ Ba Một", unit_kind="cell")
    record_tree_events(act=act, drafts=[top, child])
    with pytest.raises(InvalidInput, match=r"DUK\.03\.01") as refused:
        record_tree_events(
            act=act,
            drafts=[
                TreeDraft(UnitEvent.RENAMED, DAY, "DUK", name="Đảng bộ Khối"),
                TreeDraft(UnitEvent.DISSOLVED, date(2023, 5, 1), "DUK.03"),
            ],
        )
    assert refused.value.index == 1
    record_tree_events(
        act=act,
        drafts=[
            TreeDraft(UnitEvent.DISSOLVED, date(2023, 7, 1), "DUK.03"),
            TreeDraft(UnitEvent.MOVED, date(2023, 7, 1), "DUK.03.01", parent="DUK.01"),
        ],
    )
    assert above("DUK.03.01", date(2023, 7, 1)) == {"DUK.03.01": 0, "DUK.01": 1, "DUK": 2}
