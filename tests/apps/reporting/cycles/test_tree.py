"""Units that open, close, move or merge while a cycle runs; and who accepts for whoever is away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from tests.apps.reporting.cycles.office import QUARTER, act_of, at, filled, of, quarter_cycle, quarter_form, sent

from giaoban.apps.organizations.models import Unit, UnitEvent
from giaoban.apps.organizations.operations import GrantTerms, TreeDraft, give_grant, record_tree_events
from giaoban.apps.reporting.models import Cycle, StepKind, Submission, SubmissionState
from giaoban.apps.reporting.operations.cycles import (
    FormDraft,
    accept,
    keep_in_step,
    open_cycle,
    open_due_cycles,
    release,
    reopen,
    set_form,
    submit,
)
from giaoban.apps.reporting.queries.cycles.consolidation import consolidation
from giaoban.apps.reporting.queries.cycles.desk import desk_lines
from giaoban.apps.reporting.queries.cycles.form_page import find_submission, form_page
from giaoban.apps.reporting.queries.cycles.overview import cycle_overview
from giaoban.apps.reporting.queries.cycles.stepping import at_unit, out_of_step
from giaoban.apps.reporting.queries.cycles.texts import what_units_wrote
from giaoban.apps.reporting.queries.cycles.timing import Timing, timing_of
from giaoban.core.errors import NotFound
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

DAY = date(2023, 4, 6)


def _happens(world: World, *drafts: TreeDraft) -> None:
    record_tree_events(act=world.act("clerk"), drafts=list(drafts))


def _follow(world: World, moment: str = "2023-04-07 06:00") -> int:
    return open_due_cycles(act=act_of(world, "clerk", moment)).followed


def _last(row: Submission) -> tuple[str, str]:
    step = row.steps.order_by("pk").last()
    assert step is not None
    return step.kind, step.remark


def _new_cell(code: str, day: date) -> TreeDraft:
    return TreeDraft(UnitEvent.ESTABLISHED, day, code, parent="DUK.01", name=f"Chi bộ {code}", unit_kind="cell")


def _new_committee() -> TreeDraft:
    return TreeDraft(
        UnitEvent.ESTABLISHED, date(2023, 4, 5), "DUK.03", parent="DUK", name="Đảng bộ 3",
        unit_kind="grassroots_committee",
    )  # fmt: skip


@pytest.fixture
def cycle(world: World) -> Cycle:
    _happens(world, _new_cell("DUK.01.03", date(2023, 1, 1)))
    return quarter_cycle(world)


def test_nothing_happened_nothing_changes(world: World, cycle: Cycle) -> None:
    assert _follow(world) == 0


def test_a_closed_unit_is_released_with_the_reason(world: World, cycle: Cycle) -> None:
    _happens(world, TreeDraft(UnitEvent.DISSOLVED, DAY, "DUK.01.03"))
    assert _follow(world) == 1
    row = of(cycle, "DUK.01.03")
    assert row.state == SubmissionState.RELEASED
    assert _last(row) == (StepKind.RELEASED, "Giải thể ngày 06/04/2023")
    assert timing_of(row, at("2023-05-01 08:00")) is Timing.RELEASED
    assert _follow(world, "2023-04-08 06:00") == 0


def test_a_merged_unit_is_released_and_says_where_it_went(world: World, cycle: Cycle) -> None:
    _happens(world, TreeDraft(UnitEvent.MERGED, DAY, "DUK.01.03", other="DUK.01.02"))
    _follow(world)
    assert _last(of(cycle, "DUK.01.03")) == (StepKind.RELEASED, "Sáp nhập ngày 06/04/2023, về DUK.01.02")
    assert of(cycle, "DUK.01.02").state == SubmissionState.NEW


def test_what_a_unit_sent_before_it_closed_can_be_accepted(world: World, cycle: Cycle) -> None:
    sent(world, cycle, "DUK.01.03", moment="2023-04-05 08:00", gifts="4")
    _happens(world, TreeDraft(UnitEvent.DISSOLVED, DAY, "DUK.01.03"))
    assert _follow(world) == 0
    [row] = accept(act=act_of(world, "stranger", "2023-04-07 08:00"), submissions=[of(cycle, "DUK.01.03")])
    assert row.snapshot is not None
    assert row.snapshot.figures["welfare.gifts"]["value"] == 4


def test_a_moved_unit_sends_to_the_unit_above_it_now(world: World, cycle: Cycle) -> None:
    sent(world, cycle, "DUK.01.03", moment="2023-04-05 08:00")
    _happens(
        world,
        _new_committee(),
        TreeDraft(UnitEvent.MOVED, DAY, "DUK.01.03", parent="DUK.03"),
    )  # fmt: skip
    _follow(world)
    row = of(cycle, "DUK.01.03")
    assert (row.receiver.code, row.state) == ("DUK.03", SubmissionState.SUBMITTED)
    assert _last(row) == (StepKind.MOVED, "DUK.01 → DUK.03")
    with pytest.raises(NotFound):
        accept(act=act_of(world, "stranger", "2023-04-07 08:00"), submissions=[row])
    accept(act=act_of(world, "clerk", "2023-04-07 08:00"), submissions=[row])


def test_who_was_there_on_the_last_day_and_came_late_gets_one(world: World, cycle: Cycle) -> None:
    _happens(world, _new_cell("DUK.01.04", date(2023, 3, 31)), _new_cell("DUK.01.05", date(2023, 4, 1)))
    row = of(cycle, "DUK.01.04")
    assert (row.receiver.code, row.due_at) == ("DUK.01", cycle.due_at)
    assert _last(row) == (StepKind.OPENED, "Đơn vị có thêm sau khi mở kỳ")
    assert not Submission.objects.filter(unit__code="DUK.01.05").exists(), "it has nothing to tell about the quarter"


def test_after_the_due_moment_nobody_new_is_asked(world: World, cycle: Cycle) -> None:
    _happens(world, _new_cell("DUK.01.04", date(2023, 3, 31)))
    assert _follow(world, "2023-04-11 06:00") == 0


def test_an_accepted_report_stays_where_it_was(world: World, cycle: Cycle) -> None:
    accept(act=world.act("clerk"), submissions=[sent(world, cycle, "DUK.01.03", moment="2023-04-05 08:00")])
    reopen(act=world.act("clerk"), submission=of(cycle, "DUK.01.03"), reason="Bổ sung")
    _happens(world, TreeDraft(UnitEvent.DISSOLVED, DAY, "DUK.01.03"))
    assert _follow(world) == 0, "one edition is there: nothing is owed"


def test_the_nearest_office_that_set_the_form_asks_its_own_units(world: World) -> None:
    form = quarter_form(world)
    draft = FormDraft("quarter", "Mẫu của đảng bộ", "quarter", ("cell",), form.body, 20, 10)
    set_form(act=world.act("clerk"), owner=world.units["DUK.01"], draft=draft, start=date(2023, 1, 1))
    cycle = open_cycle(act=world.act("clerk"), form=form, period=QUARTER)
    codes = cycle.submissions.order_by("unit__code").values_list("unit__code", flat=True)
    assert list(codes) == ["DUK.01", "DUK.02"]


def test_an_acting_approver_accepts_for_some_days(world: World) -> None:
    cycle = quarter_cycle(world)
    row = sent(world, cycle, "DUK.02", moment="2023-04-05 09:00")
    approver = world.users["outsider"]
    terms = GrantTerms("acting_approver", world.units["DUK"], date(2023, 4, 6), date(2023, 4, 8), decision="12-QĐ/DUK")
    give_grant(act=world.act("clerk"), user=approver, terms=terms)
    for moment in ("2023-04-05 10:00", "2023-04-08 00:00"):
        with pytest.raises(NotFound):
            accept(act=act_of(world, "outsider", moment), submissions=[row])
    accept(act=act_of(world, "outsider", "2023-04-07 23:59"), submissions=[row])
    step = of(cycle, "DUK.02").steps.get(kind=StepKind.ACCEPTED)
    assert step.detail == {"acting": "Người duyệt thay"}
    with pytest.raises(NotFound):
        submit(act=act_of(world, "outsider", "2023-04-07 10:00"), submission=of(cycle, "DUK.01"))


TODAY = date(2023, 4, 5)


def test_an_event_of_today_is_followed_at_once(world: World, cycle: Cycle) -> None:
    _happens(world, TreeDraft(UnitEvent.DISSOLVED, TODAY, "DUK.01.03"), _new_cell("DUK.01.04", date(2023, 3, 31)))
    assert of(cycle, "DUK.01.03").state == SubmissionState.RELEASED
    assert _last(of(cycle, "DUK.01.03")) == (StepKind.RELEASED, "Giải thể ngày 05/04/2023")
    assert of(cycle, "DUK.01.04").receiver.code == "DUK.01"
    _happens(world, _new_committee(), TreeDraft(UnitEvent.MOVED, TODAY, "DUK.01.04", parent="DUK.03"))
    assert of(cycle, "DUK.01.04").receiver.code == "DUK.03"
    assert _follow(world) == 0


def test_an_event_that_is_taken_back_is_owed_again(world: World, cycle: Cycle) -> None:
    filled(world, cycle, "DUK.01.03", gifts="3")
    [entry] = record_tree_events(act=world.act("clerk"), drafts=[TreeDraft(UnitEvent.DISSOLVED, TODAY, "DUK.01.03")])
    assert of(cycle, "DUK.01.03").state == SubmissionState.RELEASED
    back = TreeDraft(UnitEvent.DISSOLVED, TODAY, "DUK.01.03", corrects=entry.uid, void=True)
    record_tree_events(act=world.act("clerk", at_console=True), drafts=[back])
    row = of(cycle, "DUK.01.03")
    assert (row.state, row.draft["gifts"]["value"]) == (SubmissionState.DRAFT, "3")
    assert _last(row) == (StepKind.OPENED, "Đơn vị lại thuộc diện báo cáo")


def test_who_was_let_off_by_a_person_stays_so(world: World, cycle: Cycle) -> None:
    release(act=world.act("clerk"), submission=of(cycle, "DUK.01.03"), reason="Chi bộ mới lập")
    _happens(world, TreeDraft(UnitEvent.RENAMED, TODAY, "DUK.01.03", name="Chi bộ Ba"))
    assert of(cycle, "DUK.01.03").state == SubmissionState.RELEASED


def test_a_look_on_the_day_of_an_event_finds_it_done(world: World, cycle: Cycle) -> None:
    _happens(
        world,
        _new_committee(),
        TreeDraft(UnitEvent.DISSOLVED, DAY, "DUK.01.03"),
        TreeDraft(UnitEvent.MOVED, DAY, "DUK.01.02", parent="DUK.03"),
    )
    new = Unit.objects.get(code="DUK.03")
    eve, look = (act_of(world, "clerk", moment) for moment in ("2023-04-05 23:59", "2023-04-06 00:00"))
    assert keep_in_step(act=eve, where=at_unit(new, eve.now)) == 0
    assert keep_in_step(act=look, where=at_unit(new, look.now)) == 2, "it receives DUK.01.02 from today"
    assert of(cycle, "DUK.01.02").receiver.code == "DUK.03"
    assert of(cycle, "DUK.01.03").state == SubmissionState.RELEASED
    with CaptureQueriesContext(connection) as queries:
        assert keep_in_step(act=look, where=Q(cycle=cycle)) == 0
    assert len(queries) == 1


@pytest.mark.parametrize("reopened", [False, True])
def test_what_was_sent_or_accepted_before_the_end_is_in_step(world: World, cycle: Cycle, *, reopened: bool) -> None:
    row = sent(world, cycle, "DUK.01.03", moment="2023-04-05 08:00")
    if reopened:
        accept(act=world.act("clerk"), submissions=[row])
        reopen(act=world.act("clerk"), submission=row, reason="Bổ sung")
    _happens(world, TreeDraft(UnitEvent.DISSOLVED, TODAY, "DUK.01.03"))
    assert out_of_step(at("2023-04-06 08:00"), Q(cycle=cycle)) == set()


def test_who_lost_a_unit_sees_its_reports_of_then_and_no_later_ones(world: World, cycle: Cycle) -> None:
    _happens(world, _new_committee(), TreeDraft(UnitEvent.MOVED, TODAY, "DUK.01.03", parent="DUK.03"))
    later = open_cycle(act=act_of(world, "clerk", "2023-07-01 08:00"), form=cycle.form, period=Period.parse("2023-Q2"))
    codes = {"stranger": {cycle}, "clerk": {cycle, later}}
    for who, seen in codes.items():
        rows = Submission.objects.visible_to(world.users[who], today=date(2023, 7, 1)).filter(unit__code="DUK.01.03")
        assert {row.cycle for row in rows} == seen, who
    now = at("2023-07-01 08:00")
    shown = cycle_overview(later, now=now, user=world.users["stranger"]).rows
    assert sorted(row.unit.code for row in shown) == ["DUK.01", "DUK.01.01", "DUK.01.02"]
    with pytest.raises(NotFound):
        find_submission(world.users["stranger"], str(of(later, "DUK.01.03").uid), now=now)


def test_who_receives_a_moved_unit_sees_it_in_the_cycle(world: World, cycle: Cycle) -> None:
    sent(world, cycle, "DUK.01.03", moment="2023-04-05 08:00", gifts="4", strengths="Đoàn kết")
    _happens(world, _new_committee(), TreeDraft(UnitEvent.MOVED, TODAY, "DUK.01.03", parent="DUK.03"))
    now, new = at("2023-04-06 08:00"), Unit.objects.get(code="DUK.03")
    row = cycle_overview(cycle, now=now, user=world.users["clerk"], under=new).rows[0]
    assert (row.unit.code, row.receiver.name) == ("DUK.01.03", "Đảng bộ 3")
    assert form_page(row.submission, now=now).receiver.name == "Đảng bộ 3"
    assert [one.unit.code for one in consolidation(cycle, new, now=now).waiting] == ["DUK.01.03"]
    [line] = desk_lines(world.users["clerk"], new, now=now).to_accept
    assert (line.cycle, line.waiting) == (cycle, 1)
    assert [one.text for one in what_units_wrote(new, "quarter", QUARTER, "strengths")] == ["Đoàn kết"]
    old = cycle_overview(cycle, now=now, under=world.units["DUK.01"]).rows
    assert "DUK.01.03" in [one.unit.code for one in old], "it stood there on the last day"
