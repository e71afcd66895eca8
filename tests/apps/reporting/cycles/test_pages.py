"""What overview, consolidation, desk and the writer's view show; their queries do not grow with the units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.reporting.cycles.office import QUARTER, act_of, at, filled, of, quarter_cycle, sent
from tests.world import START

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.organizations.models import UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_events
from giaoban.apps.reporting.models import Cycle, Submission
from giaoban.apps.reporting.operations.cycles import (
    FormDraft,
    Question,
    accept,
    accept_gap,
    ask_once,
    open_due_cycles,
    return_submission,
    set_form,
)
from giaoban.apps.reporting.queries.cycles.consolidation import consolidation
from giaoban.apps.reporting.queries.cycles.desk import desk_lines, units_to_fill
from giaoban.apps.reporting.queries.cycles.form_page import form_page
from giaoban.apps.reporting.queries.cycles.load import reporting_load
from giaoban.apps.reporting.queries.cycles.overview import cycle_overview, cycles_of, find_cycle
from giaoban.apps.reporting.queries.cycles.texts import what_units_wrote
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

NOW = at("2023-04-12 08:00")


def _died(world: World, member: str) -> None:
    unit = world.members[member]
    draft = EntryDraft(unit, MemberEvent.DIED, QUARTER.window.last_day, world.units["DUK.02"])
    record_member_entries(act=world.act("organizer"), drafts=[draft])


def test_overview_tells_states_by_cluster(world: World) -> None:
    cycle = quarter_cycle(world)
    accept(act=world.act("clerk"), submissions=[sent(world, cycle, "DUK.02")])
    sent(world, cycle, "DUK.01.01", moment="2023-04-11 08:00")
    found = cycle_overview(cycle, now=NOW)
    [group] = found.groups
    assert group.name == "Cụm số 1"
    assert [(row.unit.code, row.state, row.timing.value) for row in found.rows] == [
        ("DUK.01", "new", "missing"),
        ("DUK.01.01", "submitted", "late"),
        ("DUK.01.02", "new", "missing"),
        ("DUK.02", "accepted", "on_time"),
    ]
    assert found.counts == {"new": 2, "submitted": 1, "accepted": 1}
    assert found.period_name == "quý I/2023"


def test_overview_holds_what_the_person_may_see(world: World) -> None:
    cycle = quarter_cycle(world)
    seen = cycle_overview(cycle, now=NOW, user=world.users["secretary"])
    assert [row.unit.code for row in seen.rows] == ["DUK.01.01"]
    below = cycle_overview(cycle, now=NOW, under=world.units["DUK.01"])
    assert [row.unit.code for row in below.rows] == ["DUK.01", "DUK.01.01", "DUK.01.02"]
    assert list(cycles_of(world.users["outsider"], now=NOW)) == []
    assert find_cycle(world.users["secretary"], str(cycle.uid), now=NOW) == cycle


def test_totals_before_and_after_what_waits(world: World) -> None:
    cycle = quarter_cycle(world)
    accept(act=world.act("clerk"), submissions=[sent(world, cycle, "DUK.01.01", gifts="3")])
    sent(world, cycle, "DUK.01.02", gifts="4")
    accept_gap(act=world.act("clerk"), submission=of(cycle, "DUK.02"), reason="Đang hợp nhất sổ")
    below = consolidation(cycle, world.units["DUK.01"], now=NOW)
    gifts = next(one for one in below.totals if one.key == "gifts")
    assert (gifts.before, gifts.after, gifts.waiting) == (Decimal(3), Decimal(7), Decimal(4))
    assert gifts.units == {"DUK.01.01": Decimal(3), "DUK.01.02": None}
    total = next(one for one in below.totals if one.key == "total")
    assert total.before == total.after == Decimal(10)
    assert [row.unit.code for row in below.waiting] == ["DUK.01.02"]
    top = consolidation(cycle, world.units["DUK"], now=NOW)
    assert [row.unit.code for row in top.not_sent] == ["DUK.01", "DUK.02"]
    assert [(gap.unit, gap.by, gap.reason) for gap in top.gaps] == [("DUK.02", "Nguyễn Thị Lan", "Đang hợp nhất sổ")]
    assert top.rows[1].gap_by == "Nguyễn Thị Lan"


def test_who_changed_after_sending_and_after_acceptance(world: World) -> None:
    cycle = quarter_cycle(world)
    sent(world, cycle, "DUK.02")
    assert consolidation(cycle, world.units["DUK"], now=NOW).changed == ()
    _died(world, "son")
    [changed] = consolidation(cycle, world.units["DUK"], now=NOW).changed
    assert (changed.unit, changed.measure, changed.then, changed.now) == ("DUK.02", "members.total", 5, 4)
    assert not changed.accepted
    accept(act=world.act("clerk"), submissions=[of(cycle, "DUK.02")])
    assert consolidation(cycle, world.units["DUK"], now=NOW).changed == ()
    _died(world, "tam")
    [changed] = consolidation(cycle, world.units["DUK"], now=NOW).changed
    assert (changed.then, changed.now, changed.accepted) == (4, 3, True)


def test_the_desk_says_what_to_send_and_what_to_accept(world: World) -> None:
    cycle = quarter_cycle(world)
    sent(world, cycle, "DUK.01.01")
    return_submission(
        act=world.act("clerk"), submission=of(cycle, "DUK.01.01"), remark="Thiếu phần II", fault="incomplete"
    )
    sent(world, cycle, "DUK.01.02")
    cell = desk_lines(world.users["secretary"], world.units["DUK.01.01"], now=NOW)
    assert [(line.unit.code, line.returned) for line in cell.to_send] == [("DUK.01.01", True)]
    assert cell.to_accept == ()
    above = desk_lines(world.users["stranger"], world.units["DUK.01"], now=NOW)
    assert [line.submission.unit.code for line in above.to_send] == ["DUK.01"]
    [line] = above.to_accept
    assert (line.cycle, line.waiting, line.owed, line.overdue) == (cycle, 1, 1, 1)
    assert desk_lines(world.users["outsider"], world.units["DUK.01"], now=NOW).to_send == ()
    owed = units_to_fill(world.users["secretary"], now=NOW)
    assert [row.unit.code for row in owed] == ["DUK.01.01"]


def test_words_of_units_side_by_side(world: World) -> None:
    cycle = quarter_cycle(world)
    accept(act=world.act("clerk"), submissions=[sent(world, cycle, "DUK.01.01", strengths="Phát triển đảng viên tốt")])
    sent(world, cycle, "DUK.02", strengths="Thu đảng phí đúng hạn")
    filled(world, cycle, "DUK.01.02", strengths="Chưa gửi")
    found = what_units_wrote(world.units["DUK"], "quarter", QUARTER, "strengths")
    assert [(one.unit.code, one.text, one.accepted) for one in found] == [
        ("DUK.01.01", "Phát triển đảng viên tốt", True),
        ("DUK.02", "Thu đảng phí đúng hạn", False),
    ]
    hit = what_units_wrote(world.units["DUK"], "quarter", QUARTER, "strengths", search="dang PHI")
    assert [one.unit.code for one in hit] == ["DUK.02"]


def test_the_load_counts_what_no_register_knows(world: World) -> None:
    quarter_cycle(world)
    found = reporting_load(world.units["DUK"], Period.parse("2023-M03"))
    assert [(line.kind, line.questions, line.known, line.units) for line in found.lines] == [
        ("cell", 5, 2, 2),
        ("grassroots_committee", 5, 2, 1),
        ("grassroots_cell", 5, 2, 1),
    ]
    assert found.a_month["cell"] == Decimal("1.7")


def test_the_load_counts_a_form_of_the_same_code_once(world: World) -> None:
    quarter_cycle(world)
    fields = [{"key": "people", "kind": "value", "label": "Người được giúp", "measure": "welfare.people"}]
    body = {"sections": [{"key": "mass", "title": "Dân vận", "fields": fields}]}
    draft = FormDraft("quarter", "Báo cáo quý của chi bộ", "quarter", ("cell",), body)
    set_form(act=world.act("clerk"), owner=world.units["DUK.01"], draft=draft, start=START)
    found = reporting_load(world.units["DUK"], Period.parse("2023-M03"))
    assert [(line.form.owner.code, line.kind, line.questions, line.units) for line in found.lines] == [
        ("DUK", "grassroots_committee", 5, 1),
        ("DUK", "grassroots_cell", 5, 1),
        ("DUK.01", "cell", 1, 2),
    ]
    assert found.a_month["cell"] == Decimal("0.3"), "cells answer the form of the committee that is nearest to them"
    assert reporting_load(world.units["DUK.01"], Period.parse("2023-M03")).a_month["cell"] == Decimal("0.3")


def test_the_load_counts_questions_for_those_who_are_asked(world: World) -> None:
    units = [world.units["DUK.01.01"], world.units["DUK.02"]]
    due = act_of(world, "clerk", "2023-04-05 20:00").now
    asked = [Question("Số hộ bị ngập", noun="hộ"), Question("Cần giúp gì", kind="text")]
    ask_once(act=world.act("clerk"), owner=world.units["DUK"], units=units, questions=asked, due_at=due)
    found = reporting_load(world.units["DUK"], Period.parse("2023-M04"))
    assert [(line.kind, line.questions, line.units) for line in found.lines] == [
        ("cell", 2, 1),
        ("grassroots_cell", 2, 1),
    ]
    assert found.a_month == {"cell": Decimal("1.0"), "grassroots_cell": Decimal("2.0")}, "one of two cells is asked"
    assert reporting_load(world.units["DUK"], Period.parse("2023-M05")).lines == ()


def _more_cells(world: World, count: int) -> None:
    drafts = [
        TreeDraft(
            UnitEvent.ESTABLISHED,
            QUARTER.start,
            f"DUK.01.{number}",
            parent="DUK.01",
            name=f"Chi bộ {number}",
            unit_kind="cell",
        )
        for number in range(10, 10 + count)
    ]
    record_tree_events(act=world.act("clerk"), drafts=drafts)
    open_due_cycles(act=act_of(world, "clerk"))


def test_queries_do_not_grow_with_the_units(world: World) -> None:
    cycle = quarter_cycle(world)
    unit = world.units["DUK.01"]

    def counts() -> list[int]:
        pages = [
            lambda: cycle_overview(cycle, now=NOW),
            lambda: consolidation(cycle, unit, now=NOW),
            lambda: desk_lines(world.users["stranger"], unit, now=NOW),
            lambda: what_units_wrote(world.units["DUK"], "quarter", QUARTER, "strengths"),
        ]
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as caught:
                page()
            found.append(len(caught))
        return found

    for code in ("DUK.01.01", "DUK.01.02"):
        accept(act=world.act("clerk"), submissions=[sent(world, cycle, code, gifts="1", strengths="Tốt")])
    few = counts()
    _more_cells(world, 8)
    more = [sent(world, cycle, f"DUK.01.{number}", gifts="1", strengths="Tốt") for number in range(10, 14)]
    accept(act=world.act("clerk"), submissions=more[:2])
    assert Cycle.objects.get().submissions.count() == 12
    assert all(many <= one + 1 for one, many in zip(few, counts(), strict=True)), (few, counts())


@pytest.mark.long
def test_queries_are_as_many_for_three_hundred_units_as_for_a_hundred(world: World) -> None:
    """Overview, adding up, one report, desk and the writer's view, where all kinds of states occur among the units."""
    cycle = quarter_cycle(world)
    unit = world.units["DUK.01"]
    typed = {"value": "5", "mark": "", "version": 1, "by": "Bùi Văn Thọ", "by_id": 1, "at": "2023-04-05T09:00:00+07:00"}
    words = typed | {"value": "Tốt"}

    def grow(first: int, count: int) -> None:
        drafts = [
            TreeDraft(
                UnitEvent.ESTABLISHED, QUARTER.start, f"DUK.01.{number}", parent="DUK.01", name=f"Chi bộ {number}",
                unit_kind="cell",
            )
            for number in range(first, first + count)
        ]  # fmt: skip
        record_tree_events(act=act_of(world, "clerk", "2023-03-20 09:00"), drafts=drafts)
        codes = [f"DUK.01.{number}" for number in range(first, first + count)]
        rows = Submission.objects.filter(cycle=cycle, unit__code__in=codes)
        draft = {"people": typed, "gifts": typed, "strengths": words}
        rows.update(state="submitted", submitted_at=at("2023-04-08 09:00"), draft=draft)
        accept(act=act_of(world, "clerk"), submissions=list(rows.order_by("pk")[: count // 2]))

    def counts() -> list[int]:
        row = of(cycle, "DUK.01.10")
        pages = [
            lambda: cycle_overview(cycle, now=NOW),
            lambda: consolidation(cycle, unit, now=NOW),
            lambda: form_page(row, now=NOW),
            lambda: desk_lines(world.users["stranger"], unit, now=NOW),
            lambda: what_units_wrote(world.units["DUK"], "quarter", QUARTER, "strengths"),
        ]
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as caught:
                page()
            found.append(len(caught))
        return found

    grow(10, 96)
    hundred = counts()
    assert cycle.submissions.count() == 100
    grow(200, 200)
    assert cycle.submissions.count() == 300
    assert counts() == hundred
