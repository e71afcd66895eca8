"""Nothing is left in a unit that ended, whichever of the two is recorded first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.world import World

from giaoban.apps.members.integrity import CHECKS
from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import EntryDraft, FirstEntry, MemberDraft, enrol_member, record_member_entries
from giaoban.apps.members.operations.unit_endings import history_in_parts
from giaoban.apps.organizations.models import Placement, Unit, UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_event, record_tree_events
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import InvalidInput

FOUNDED, LATER, ENDED = date(2023, 1, 2), date(2023, 2, 1), date(2023, 3, 1)
COMMITTEE = TreeDraft(UnitEvent.ESTABLISHED, FOUNDED, "DUK.03", "DUK", "Đảng bộ Ba", unit_kind="grassroots_committee")
CELL = TreeDraft(UnitEvent.ESTABLISHED, FOUNDED, "DUK.04", "DUK", "Chi bộ Bốn", unit_kind="grassroots_cell")
LATE_CHILD = TreeDraft(UnitEvent.ESTABLISHED, LATER, "DUK.03.01", "DUK.03", "Chi bộ Ba Một", unit_kind="cell")


def newcomer(world: World, day: date) -> MemberDraft:
    birth = PartialDate(date(1990, 5, 5), Precision.DAY)
    first = FirstEntry(MemberEvent.ADMITTED, day, Unit.objects.get(code="DUK.04"))
    return MemberDraft("Trần Văn Muộn", birth, first)


def test_a_child_that_is_recorded_after_its_parent_ended_does_not_outlive_it(world: World) -> None:
    act = world.act("organizer", at_console=True)
    record_tree_event(act=act, draft=COMMITTEE)
    record_tree_event(act=act, draft=TreeDraft(UnitEvent.DISSOLVED, ENDED, "DUK.03"))
    with pytest.raises(InvalidInput, match=r"DUK\.03\.01 còn trực thuộc DUK\.03.*giải thể ngày 01/03/2023") as refused:
        record_tree_events(act=act, drafts=[TreeDraft(UnitEvent.RENAMED, LATER, "DUK.02", name="Quỹ"), LATE_CHILD])
    assert refused.value.index == 1
    away = TreeDraft(UnitEvent.MOVED, ENDED, "DUK.03.01", "DUK.01")
    record_tree_events(act=act, drafts=[LATE_CHILD, away])
    spans = Placement.objects.filter(unit__code="DUK.03.01").order_by("valid_from")
    assert [(span.parent and span.parent.code, span.valid_from) for span in spans] == [
        ("DUK.03", LATER),
        ("DUK.01", ENDED),
    ]


def test_a_member_who_is_recorded_after_the_cell_ended_does_not_outlive_it(world: World) -> None:
    record_tree_event(act=world.act("organizer"), draft=CELL)
    end = record_tree_event(act=world.act("organizer"), draft=TreeDraft(UnitEvent.DISSOLVED, ENDED, "DUK.04"))
    with pytest.raises(InvalidInput, match=r"DUK\.04 đã giải thể ngày 01/03/2023.*Trần Văn Muộn còn sinh hoạt"):
        enrol_member(act=world.act("clerk", at_console=True), draft=newcomer(world, LATER))
    back = TreeDraft(UnitEvent.DISSOLVED, ENDED, "DUK.04", corrects=end.uid, void=True)
    record_tree_event(act=world.act("organizer", at_console=True), draft=back)
    enrol_member(act=world.act("clerk"), draft=newcomer(world, LATER))


def test_a_beginning_is_not_taken_back_from_under_those_who_stand_there(world: World) -> None:
    act = world.act("organizer")
    [begun] = record_tree_events(act=act, drafts=[CELL])
    enrol_member(act=world.act("clerk"), draft=newcomer(world, LATER))
    with pytest.raises(InvalidInput, match=r"Còn 1 đảng viên sinh hoạt tại DUK\.04"):
        record_tree_event(act=act, draft=replace(CELL, corrects=begun.uid, void=True))
    with pytest.raises(InvalidInput, match=r"Còn 1 đảng viên sinh hoạt tại DUK\.04"):
        record_tree_event(act=act, draft=replace(CELL, corrects=begun.uid, day=ENDED))
    [begun, _child] = record_tree_events(act=act, drafts=[COMMITTEE, LATE_CHILD])
    with pytest.raises(InvalidInput, match=r"Còn 1 đơn vị trực thuộc: DUK\.03\.01"):
        record_tree_event(act=act, draft=replace(COMMITTEE, corrects=begun.uid, void=True))


def test_a_kind_that_its_children_do_not_fit_is_refused(world: World) -> None:
    act = world.act("organizer")
    with pytest.raises(InvalidInput, match=r"Chi bộ trực thuộc không thể trực thuộc Chi bộ cơ sở DUK\.01"):
        record_tree_event(
            act=act, draft=TreeDraft(UnitEvent.KIND_CHANGED, LATER, "DUK.01", unit_kind="grassroots_cell")
        )


def test_what_is_recorded_later_of_one_day_comes_after_what_was_recorded_before(world: World) -> None:
    act = world.act("organizer")
    record_tree_events(act=act, drafts=[COMMITTEE, replace(LATE_CHILD, day=FOUNDED)])
    record_tree_event(act=act, draft=TreeDraft(UnitEvent.MOVED, FOUNDED, "DUK.03.01", "DUK.01"))
    assert Placement.objects.get(unit__code="DUK.03.01").parent == world.units["DUK.01"]


def test_an_event_that_only_a_unit_kind_tells_apart(world: World) -> None:
    """A split begins the unit that has a kind and ends the one that has none; so does a consolidation."""
    act = world.act("organizer")
    record_tree_events(act=act, drafts=[CELL, replace(CELL, code="DUK.05", name="Chi bộ Năm")])
    record_tree_events(
        act=act,
        drafts=[
            TreeDraft(UnitEvent.CONSOLIDATED, LATER, "DUK.06", "DUK", "Chi bộ Sáu", unit_kind="grassroots_cell"),
            TreeDraft(UnitEvent.CONSOLIDATED, LATER, "DUK.04", other="DUK.06"),
            TreeDraft(UnitEvent.CONSOLIDATED, LATER, "DUK.05", other="DUK.06"),
        ],
    )
    spans = {code: (start, end) for code, start, end in _spans("DUK.04", "DUK.05", "DUK.06")}
    assert spans["DUK.04"] == spans["DUK.05"] == (FOUNDED, LATER)
    assert spans["DUK.06"][0] == LATER
    with pytest.raises(InvalidInput, match=r"Không có đơn vị mang mã .DUK\.09."):
        record_tree_event(act=act, draft=TreeDraft(UnitEvent.SPLIT, ENDED, "DUK.09"))


def _spans(*codes: str) -> list[tuple[str, date, date]]:
    return list(Placement.objects.filter(unit__code__in=codes).values_list("unit__code", "valid_from", "valid_to"))


def test_a_history_may_come_in_parts_and_who_is_left_is_told(world: World) -> None:
    act = world.act("organizer", at_console=True)
    record_tree_event(act=act, draft=CELL)
    record_tree_event(act=act, draft=TreeDraft(UnitEvent.DISSOLVED, ENDED, "DUK.04"))
    with history_in_parts():
        member = enrol_member(act=act, draft=newcomer(world, LATER))
    told = [line for check in CHECKS for line in check.rows()]
    assert told == [f"Hồ sơ {member.uid}: còn ở DUK.04 sau ngày giải thể 01/03/2023"]
    away = EntryDraft(
        member, MemberEvent.TRANSFERRED, ENDED, member.unit, from_unit=member.unit, outside="Đảng bộ phường Sơn Trà"
    )
    with pytest.raises(InvalidInput, match="không hoạt động"):
        record_member_entries(act=act, drafts=[away])
    record_member_entries(act=act, drafts=[replace(away, day=date(2023, 2, 28))])
    assert [line for check in CHECKS for line in check.rows()] == []
