"""Taking an act back: everything is as before it, unless something recorded later needs it; that is named."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps
from tests.apps.organizations.acting import DAY, DECISION, above, do, kind_of, people_of, stands
from tests.apps.organizations.state import everything
from tests.world import START, World

from giaoban.apps.audit.journal import JournalEntry
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import EntryDraft, FirstEntry, MemberDraft, enrol_member, record_member_entries
from giaoban.apps.organizations.models import Grant, GroupMembership, Unit, UnitEntry, UnitEvent
from giaoban.apps.organizations.operations import (
    ActDone,
    ActDraft,
    ActKind,
    GrantTerms,
    NewUnit,
    TreeDraft,
    give_grant,
    record_tree_event,
    record_unit_act,
    take_back,
)
from giaoban.apps.organizations.operations.acts import END
from giaoban.apps.organizations.operations.acts.depending import PROJECTIONS, WORDS, hindrances, told
from giaoban.apps.reporting.queries.act_preview import preview_act
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

CELL = NewUnit("+1", "Chi bộ Mới", "cell")
LATER = date(2023, 4, 5)


def _merge(world: World) -> ActDone:
    grant = give_grant(
        act=world.act("clerk"),
        user=world.users["inspector"],
        terms=GrantTerms("unit_secretary", world.units["DUK.01.02"], START),
    )
    return do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01", grants={grant.uid: "DUK.01.01"})


ACTS: dict[str, Callable[[World], ActDone]] = {
    "establish": lambda world: do(world, ActKind.ESTABLISH, new=(replace(CELL, parent="DUK.01"),)),
    "rename": lambda world: do(world, ActKind.RENAME, units=("DUK.02",), name="Chi bộ Quỹ Phát triển"),
    "to a committee": lambda world: do(
        world,
        ActKind.CHANGE_KIND,
        units=("DUK.02",),
        unit_kind="grassroots_committee",
        name="Đảng bộ Quỹ",
        new=(CELL,),
        members_to={"DUK.02": "+1"},
    ),
    "to a cell": lambda world: do(world, ActKind.CHANGE_KIND, units=("DUK.01",), unit_kind="grassroots_cell"),
    "move": lambda world: do(world, ActKind.MOVE, units=("DUK.01.02",), parent="DUK"),
    "split": lambda world: do(
        world,
        ActKind.SPLIT,
        units=("DUK.02",),
        goes_on=False,
        new=(
            replace(CELL, unit_kind="grassroots_cell"),
            NewUnit("+2", "Chi bộ Khác", "grassroots_cell"),
        ),
        members_to={"DUK.02": "+1"},
        groups={
            str(place.pk): "+1" for place in GroupMembership.objects.filter(unit__code="DUK.02", group__kind="sector")
        },
    ),
    "merge": _merge,
    "consolidate": lambda world: do(world, ActKind.CONSOLIDATE, units=("DUK.01.01", "DUK.01.02"), new=(CELL,)),
    "hand over": lambda world: do(world, ActKind.HAND_OVER, units=("DUK.01",), outside="Đảng bộ tỉnh Vân Sơn"),
    "receive": lambda world: do(
        world, ActKind.RECEIVE, outside="Đảng bộ khác", new=(NewUnit("+1", "Chi bộ Ba", "grassroots_cell", "DUK"),)
    ),
    "dissolve": lambda world: do(
        world,
        ActKind.DISSOLVE,
        units=("DUK.01",),
        children={"DUK.01.01": END, "DUK.01.02": "DUK"},
        members_to={"DUK.01.01": "DUK.02"},
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_everything_is_as_it_was(name: str, world: World) -> None:
    grants = set(Grant.objects.values_list("user", "unit__code", "role"))
    before = everything()
    done = ACTS[name](world)
    assert everything() != before
    take_back(act=world.act("clerk"), event=done.event)
    after = everything()
    assert {key: rows for key, rows in after.items() if rows != before[key] and key != "grants"} == {}
    assert {key[:3] for key in after["grants"]} >= {(user, code, role) for user, code, role in grants}
    assert AuditRow.objects.filter(action="organizations.act_taken_back", object_uid=str(done.event)).count() == 1


def test_grants_are_as_they_were(world: World) -> None:
    done = _merge(world)
    take_back(act=world.act("clerk"), event=done.event)
    [grant] = Grant.objects.filter(user=world.users["inspector"], role="unit_secretary")
    assert (grant.unit.code, grant.valid_to.year, grant.ended_by) == ("DUK.01.02", 9999, None)


def test_the_second_who_takes_it_back_is_told(world: World) -> None:
    done = ACTS["move"](world)
    take_back(act=world.act("clerk"), event=done.event)
    with pytest.raises(Conflict, match="Nguyễn Thị Lan đã rút lại việc này ngày 05/04/2023"):
        take_back(act=world.act("organizer"), event=done.event)
    with pytest.raises(NotFound):
        take_back(act=world.act("clerk"), event=uuid.uuid4())


def test_only_those_with_the_right_take_it_back(world: World) -> None:
    done = ACTS["dissolve"](world)
    for who, refused in (("deputy", NotAllowed), ("outsider", NotFound), ("stranger", NotFound)):
        with pytest.raises(refused):
            take_back(act=world.act(who), event=done.event)
    take_back(act=world.act("organizer"), event=done.event)


def test_who_may_not_manage_people_does_not_give_grants_back(world: World) -> None:
    done = _merge(world)
    with pytest.raises(NotAllowed, match="Quản lý người dùng"):
        take_back(act=world.act("organizer"), event=done.event)


def _newcomer(unit: str) -> MemberDraft:
    first = FirstEntry(MemberEvent.ADMITTED, LATER, Unit.objects.get(code=unit))
    return MemberDraft("Trần Văn Tân", PartialDate(date(1995, 5, 5), Precision.DAY), first)


def test_what_was_recorded_of_a_new_unit_stands_in_the_way(world: World) -> None:
    done = ACTS["establish"](world)
    code = done.draft.new[0].code
    enrol_member(act=world.act("clerk"), draft=_newcomer(code))
    record_tree_event(act=world.act("clerk"), draft=TreeDraft(UnitEvent.RENAMED, LATER, code, name="Chi bộ Tên Khác"))
    give_grant(
        act=world.act("clerk"),
        user=world.users["stranger"],
        terms=GrantTerms("unit_secretary", Unit.objects.get(code=code), LATER),
    )
    named = [told(one) for one in hindrances(done.event)]
    assert named == ["kết nạp ngày 05/04/2023", "phân quyền ngày 05/04/2023"]
    with pytest.raises(Conflict, match="Chưa rút lại được, vì sau đó đã ghi: kết nạp ngày 05/04/2023"):
        take_back(act=world.act("clerk"), event=done.event)
    assert stands(code)


def test_what_was_recorded_of_those_who_followed_stands_in_the_way(world: World) -> None:
    done = ACTS["to a cell"](world)
    an = world.refresh("an")
    record_member_entries(act=world.act("clerk"), drafts=[EntryDraft(an, MemberEvent.RECOGNISED, LATER, an.unit)])
    assert [told(one) for one in hindrances(done.event)] == ["công nhận chính thức ngày 05/04/2023"]


def test_a_later_act_stands_in_the_way_until_it_is_taken_back_itself(world: World) -> None:
    first = ACTS["move"](world)
    second = do(world, ActKind.MOVE, units=("DUK.01.02",), parent="DUK.01", day=LATER)
    with pytest.raises(Conflict, match=r"chuyển trực thuộc DUK\.01\.02 ngày 05/04/2023"):
        take_back(act=world.act("clerk"), event=first.event)
    take_back(act=world.act("clerk"), event=second.event)
    take_back(act=world.act("clerk"), event=first.event)
    assert (above("DUK.01.02"), kind_of("DUK.01.02")) == (["DUK.01", "DUK"], "cell")


def test_another_name_stands_in_nobodys_way(world: World) -> None:
    moved = ACTS["move"](world)
    renamed = do(world, ActKind.RENAME, units=("DUK.01.02",), name="Chi bộ Thanh tra Sở", day=LATER)
    take_back(act=world.act("clerk"), event=moved.event)
    assert hindrances(renamed.event) == ()


def test_a_unit_that_came_back_stands_in_the_way(world: World) -> None:
    done = ACTS["dissolve"](world)
    again = NewUnit("DUK.01.01", "Chi bộ Văn phòng", "grassroots_cell", "DUK")
    do(world, ActKind.ESTABLISH, new=(again,), day=LATER)
    with pytest.raises(Conflict, match=r"thành lập DUK\.01\.01 ngày 05/04/2023"):
        take_back(act=world.act("clerk"), event=done.event)


def test_a_preview_that_is_not_true_any_more_is_not_recorded(world: World) -> None:
    draft = ActDraft(ActKind.MERGE, DAY, units=("DUK.01.02",), goal="DUK.01.01", decision=DECISION)
    first = record_unit_act(act=world.act("clerk"), draft=draft)
    take_back(act=world.act("clerk"), event=first.event)
    again = record_unit_act(act=world.act("clerk"), draft=draft, seen=first.fingerprint)
    take_back(act=world.act("clerk"), event=again.event)
    enrol_member(
        act=world.act("clerk"),
        draft=replace(_newcomer("DUK.01.02"), first=FirstEntry(MemberEvent.ADMITTED, DAY, world.units["DUK.01.02"])),
    )
    before = UnitEntry.objects.count()
    with pytest.raises(Conflict, match="Trong lúc đồng chí xem trước"):
        record_unit_act(act=world.act("organizer"), draft=draft, seen=first.fingerprint)
    assert (UnitEntry.objects.count(), people_of("DUK.01.02")) == (before, 7)


def test_the_second_of_two_who_rename_one_unit_is_told(world: World) -> None:
    draft = ActDraft(ActKind.RENAME, DAY, units=("DUK.01.01",), name="Chi bộ Thanh tra", decision=DECISION)
    seen = preview_act(act=world.act("organizer"), draft=draft).fingerprint
    do(world, ActKind.RENAME, units=("DUK.01.01",), name="Chi bộ Pháp chế")
    with pytest.raises(Conflict, match="Trong lúc đồng chí xem trước"):
        record_unit_act(act=world.act("organizer"), draft=draft, seen=seen)
    seen = preview_act(act=world.act("organizer"), draft=draft).fingerprint
    do(world, ActKind.RENAME, units=("DUK.01.02",), name="Chi bộ Pháp chế")
    done = record_unit_act(act=world.act("organizer"), draft=draft, seen=seen)
    assert [entry.name for entry in done.entries] == ["Chi bộ Thanh tra"]


def test_two_who_act_on_one_unit(world: World) -> None:
    """The second comes to a unit that is no more, and is told so."""
    ACTS["consolidate"](world)
    with pytest.raises(InvalidInput, match=r"DUK\.01\.02 không hoạt động ngày 03/04/2023"):
        do(world, ActKind.MERGE, who="organizer", units=("DUK.01.02",), goal="DUK.02")


def test_every_table_about_units_is_known() -> None:
    """A new table is a journal, is rebuilt from one, or has a word by which people are told of its rows."""
    tables = [
        model
        for model in apps.get_models()
        if any(field.related_model is Unit for field in model._meta.concrete_fields)
    ]
    plain = {model._meta.label for model in tables if not issubclass(model, JournalEntry)}
    assert plain - PROJECTIONS - WORDS.keys() == set()
    assert (PROJECTIONS | WORDS.keys()) - {model._meta.label for model in tables} == set()
