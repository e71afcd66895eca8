"""A preview is the act itself, rolled back: it shows what then happens, and leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.apps.obligations.standing_office import make_duty
from tests.apps.organizations.acting import DAY, DECISION, do
from tests.apps.organizations.state import everything
from tests.apps.organizations.test_taking_back import ACTS
from tests.world import START, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Candidate, MemberEvent
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_member
from giaoban.apps.organizations.models import ActEffect, GroupMembership, Unit, UnitEntry
from giaoban.apps.organizations.operations import (
    ActDraft,
    ActKind,
    GrantTerms,
    NewUnit,
    give_grant,
    record_unit_act,
    set_official_code,
    set_rule,
    take_back,
)
from giaoban.apps.reporting.queries.act_preview import ActPreview, act_report, preview_act
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import InvalidInput
from giaoban.core.period import Period
from giaoban.figures import FigureRequest

MERGE = ActDraft(ActKind.MERGE, DAY, units=("DUK.01.02",), goal="DUK.01.01", decision=DECISION)


def preview(world: World, draft: ActDraft, who: str = "clerk") -> ActPreview:
    return preview_act(act=world.act(who), draft=draft)


@pytest.mark.parametrize("name", ACTS)
def test_what_is_shown_is_what_then_happens(name: str, world: World) -> None:
    draft = ACTS[name](world).draft
    take_back(act=world.act("clerk"), event=UnitEntry.objects.latest("pk").event)
    before = everything()
    rows = UnitEntry.objects.count(), Unit.objects.count(), ActEffect.objects.count(), AuditRow.objects.count()
    shown = preview(world, draft)
    assert everything() == before
    assert (
        UnitEntry.objects.count(),
        Unit.objects.count(),
        ActEffect.objects.count(),
        AuditRow.objects.count(),
    ) == rows
    done = record_unit_act(act=world.act("clerk"), draft=shown.draft, seen=shown.fingerprint)
    told = act_report(done.event, act=world.act("clerk"), day=DAY)
    assert shown.report.story is not None
    assert told.story is not None
    assert (told.story.sentence, told.units, told.followings, told.consequences) == (
        shown.report.story.sentence,
        shown.report.units,
        shown.report.followings,
        shown.report.consequences,
    )
    for change in shown.figures:
        if change.after is not None and change.label == "Tổng số đảng viên":
            request = FigureRequest("members.total", change.unit.code, Period.parse("2023-M04"))
            assert compute_figures([request])[0].value == change.after


def test_the_figures_of_a_merger(world: World) -> None:
    changes = {(one.unit.code, one.label): (one.before, one.after) for one in preview(world, MERGE).figures}
    assert changes == {
        ("DUK", "Chi bộ trực thuộc đảng ủy cơ sở"): (2, 1),
        ("DUK.01", "Chi bộ trực thuộc đảng ủy cơ sở"): (2, 1),
        ("DUK.01.01", "Tổng số đảng viên"): (4, 10),
        ("DUK.01.02", "Tổng số đảng viên"): (6, None),
        ("DUK", "Sáp nhập tổ chức đảng, quý II/2023"): (0, 1),
        ("DUK.01", "Sáp nhập tổ chức đảng, quý II/2023"): (0, 1),
        ("DUK.01.01", "Đảng viên tiếp nhận cùng tổ chức, quý II/2023"): (0, 6),
        ("DUK.01.02", "Đảng viên chuyển giao cùng tổ chức, quý II/2023"): (0, 6),
    }


def test_people_places_and_rights_are_named(world: World) -> None:
    cell = world.units["DUK.01.02"]
    grant = give_grant(
        act=world.act("clerk"), user=world.users["inspector"], terms=GrantTerms("unit_secretary", cell, START)
    )
    set_official_code(act=world.act("clerk"), unit=cell, code="38.1", start=START)
    Candidate.objects.create(
        full_name="Ngô Thị Mới", folded_name="ngo thi moi", sort_key="moi", birth_date=date(2000, 1, 1), unit=cell,
        created_at=world.act("clerk").now,
    )  # fmt: skip
    report = preview(world, ActDraft(**{**_fields(MERGE), "grants": {grant.uid: "DUK.01.01"}})).report
    [following] = report.followings
    assert (following.origin.code, following.goal.code, following.count) == ("DUK.01.02", "DUK.01.01", 6)
    assert "Nông Văn Phong" in following.names
    assert {one.title: one.lines for one in report.consequences} == {
        "Chức vụ kết thúc": ("Bí thư Chi bộ Thanh tra, Đảng bộ cơ quan Sở Thử nghiệm: Nông Văn Phong",),
        "Người đang được xem xét kết nạp": (
            "Ngô Thị Mới: tiếp tục tại Chi bộ Văn phòng, Đảng bộ cơ quan Sở Thử nghiệm",
        ),
        "Mã chính thức": ("Mã 38.1 của DUK.01.02 hết hiệu lực",),
        "Phân quyền": (
            "Lê Quang Dũng: «Bí thư chi bộ, đảng bộ» tại Chi bộ Thanh tra, Đảng bộ cơ quan Sở Thử nghiệm kết thúc từ "
            "05/04/2023",
            "Lê Quang Dũng: «Bí thư chi bộ, đảng bộ» tại Chi bộ Văn phòng, Đảng bộ cơ quan Sở Thử nghiệm được giao từ "
            "05/04/2023",
        ),
    }
    assert any("Giấy giới thiệu của Đỗ Thúy Nga từ Chi bộ Thanh tra" in line for line in report.warnings)


def _fields(draft: ActDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}


def test_groups_are_told(world: World) -> None:
    places = {
        place.group.kind: place for place in GroupMembership.objects.filter(unit__code="DUK.02").select_related("group")
    }
    draft = ActDraft(
        ActKind.SPLIT,
        DAY,
        units=("DUK.02",),
        goes_on=False,
        new=(NewUnit("+1", "Chi bộ Một", "grassroots_cell"), NewUnit("+2", "Chi bộ Hai", "grassroots_cell")),
        members_to={"DUK.02": "+1"},
        groups={str(places["cluster"].pk): "+1"},
    )
    [groups] = [one for one in preview(world, draft).report.consequences if one.title == "Cụm, khối"]
    assert set(groups.lines) == {
        "Chi bộ Quỹ Thử nghiệm thôi thuộc Khối nhà nước",
        "Chi bộ Quỹ Thử nghiệm thôi thuộc Cụm số 1",
        "Chi bộ Một vào Cụm số 1",
    }


def test_names_are_for_those_who_may_see_them(world: World) -> None:
    terms = GrantTerms("unit_secretary", world.units["DUK.01.02"], START)
    grant = give_grant(act=world.act("clerk"), user=world.users["deputy"], terms=terms)
    done = do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01", grants={grant.uid: "-"})

    def grants(who: str) -> list[str]:
        report = act_report(done.event, act=world.act(who), day=DAY)
        return [line for one in report.consequences if one.title == "Phân quyền" for line in one.lines]

    assert "Phạm Thanh Hải" in grants("clerk")[0]
    assert grants("organizer") == ["1 phân quyền thay đổi"], "who does not manage people"
    [following] = act_report(done.event, act=world.act("administrator"), day=DAY).followings
    assert (following.count, following.names) == (6, ()), "who does not see members"


def test_dated_rules_warn_and_do_not_refuse(world: World) -> None:
    son, tam, uyen = (world.members[name] for name in ("son", "tam", "uyen"))
    split = ActDraft(
        ActKind.SPLIT,
        DAY,
        units=("DUK.02",),
        new=(NewUnit("+1", "Chi bộ Quỹ 2", "grassroots_cell"),),
        members={son.uid: "+1", tam.uid: "+1", uyen.uid: "+1"},
    )
    warnings = preview(world, split).report.warnings
    assert "Chưa ghi số quyết định." in warnings
    assert "Chi bộ Quỹ Thử nghiệm có 2 đảng viên chính thức, ít hơn 3 (Điều lệ Đảng, điều 21)." in warnings
    assert any("Đỗ Thúy Nga" in line for line in warnings) is False, "her letter is to the cell that goes on"
    set_rule(act=world.act("clerk"), owner=world.units["DUK"], key="unit_least_official", value="2", start=START)
    assert not any("chính thức" in line for line in preview(world, split).report.warnings)
    to_committee = ActDraft(
        ActKind.CHANGE_KIND,
        DAY,
        units=("DUK.02",),
        unit_kind="grassroots_committee",
        new=(NewUnit("+1", "Chi bộ 1", "cell"),),
        members_to={"DUK.02": "+1"},
        decision=DECISION,
    )
    assert any(
        "có 5 đảng viên, chưa đủ 30: lập đảng bộ cơ sở" in one for one in preview(world, to_committee).report.warnings
    )
    for number in range(25):
        birth = PartialDate(date(1990, 1, 1 + number), Precision.DAY)
        first = FirstEntry(MemberEvent.ADMITTED, date(2023, 3, 1), world.units["DUK.02"])
        enrol_member(act=world.act("clerk"), draft=MemberDraft(f"Nguyễn Thứ {number}", birth, first))
    assert not any("lập đảng bộ" in one for one in preview(world, to_committee).report.warnings)
    renamed = ActDraft(ActKind.RENAME, DAY, units=("DUK.02",), name="Chi bộ Quỹ", decision=DECISION)
    assert preview(world, renamed).report.warnings == (), "what is so already is not told again"
    dissolved = ActDraft(ActKind.DISSOLVE, DAY, units=("DUK.01.02",), members_to={"DUK.01.02": "DUK.02"})
    said = preview(world, dissolved).report.warnings
    assert any("có 36 đảng viên, từ 30 trở lên thì lập đảng bộ cơ sở" in one for one in said)


def test_a_unit_that_gets_another_name_is_known_by_the_old_one(world: World) -> None:
    old = world.units["DUK.02"].names.get().name
    renamed = ActDraft(ActKind.RENAME, DAY, units=("DUK.02",), name="Chi bộ Quỹ", decision=DECISION)
    (change,) = preview(world, renamed).report.units
    assert (change.unit.name, change.words) == (old, "Đổi tên thành «Chi bộ Quỹ»")


def test_an_office_that_is_left_behind_is_told(world: World) -> None:
    em = world.members["em"]
    draft = ActDraft(
        ActKind.SPLIT, DAY, units=("DUK.01.01",), new=(NewUnit("+1", "Chi bộ Mới", "cell"),), members={em.uid: "+1"}
    )
    assert any(
        "Trần Thị Em chuyển sang đơn vị khác mà còn là Bí thư" in one for one in preview(world, draft).report.warnings
    )


def test_what_cannot_be_is_refused_in_the_preview_too(world: World) -> None:
    with pytest.raises(InvalidInput, match="Chưa chọn đơn vị nhận sáp nhập"):
        preview(world, ActDraft(ActKind.MERGE, DAY, units=("DUK.02",)))


def test_duties_go_along_with_their_people(world: World) -> None:
    """Whoever is on probation is reviewed where they go."""
    first = FirstEntry(MemberEvent.ADMITTED, date(2022, 4, 2), world.units["DUK.01.02"], official=False)
    draft = MemberDraft("Lê Thị Sáng", PartialDate(date(1996, 1, 1), Precision.DAY), first)
    enrol_member(act=world.act("clerk", at_console=True), draft=draft)
    shown = preview(world, replace(MERGE, day=date(2023, 4, 5)))
    told = {one.title: one.lines for one in shown.owed}
    assert any("chuyển sang Chi bộ Văn phòng" in line for line in told["Việc đến hạn"])


def test_how_many_owe_a_standing_duty_is_shown(world: World) -> None:
    make_duty(world, evidence="")
    shown = preview(world, MERGE)
    told = {one.title: one.lines for one in shown.owed}
    assert told["Việc giao thường kỳ quý II/2023"] == ("Đăng ký lịch sinh hoạt: 3 đơn vị phải làm, sau việc này 2",)
    assert preview(world, ActDraft(ActKind.RENAME, DAY, units=("DUK.02",), name="Chi bộ Hai")).owed == ()
