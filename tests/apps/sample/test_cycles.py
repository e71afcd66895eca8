"""The cycles of the sample, written into the small world: most accepted, some late, sent back, missing, waiting."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from tests.apps.reporting.cycles.office import QUARTER, act_of, at, of, quarter_cycle

from giaoban.apps.organizations.models import Unit, UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_events
from giaoban.apps.reporting.operations.cycles import PaperReport, enter_paper_reports, submit
from giaoban.apps.reporting.queries.cycles.desk import desk_lines
from giaoban.apps.reporting.queries.cycles.overview import cycle_overview
from giaoban.apps.sample.cycles import CyclesWriter, open_month_of_cells
from giaoban.core.errors import Conflict, InvalidInput, NotFound

if TYPE_CHECKING:
    from tests.world import World

TABLE = tomllib.loads(files("giaoban.apps.sample").joinpath("facts", "cycles.toml").read_text(encoding="utf-8"))


def test_the_facts_give_cycles_with_all_states(world: World) -> None:
    drafts = [
        TreeDraft(
            UnitEvent.ESTABLISHED, QUARTER.start, f"DUK.{number}", parent="DUK", name=f"Chi bộ {number}",
            unit_kind="grassroots_cell",
        )
        for number in range(10, 28)
    ]  # fmt: skip
    record_tree_events(act=world.act("clerk"), drafts=drafts)
    cycles = CyclesWriter(TABLE, world.units["DUK"], world.users["clerk"]).write()
    assert [cycle.period for cycle in cycles] == ["2023-Q1", "2023-Q4"]
    found = cycle_overview(cycles[0], now=at("2023-05-01 08:00"))
    assert found.counts == {"accepted": 17, "new": 1, "returned": 1, "submitted": 1}
    assert found.timings == {"on_time": 16, "late": 2, "missing": 2}
    late = cycle_overview(cycles[1], now=at("2024-02-01 08:00"))
    assert late.counts["submitted"] == 16
    assert all(row.submission.snapshot is not None for row in found.rows if row.state == "accepted")


def test_the_cell_owes_last_month(world: World) -> None:
    cycle = open_month_of_cells(world.act("outsider").now, world.units["XA"], world.users["outsider"])
    assert cycle.period == "2023-M03"
    lines = desk_lines(world.users["outsider"], Unit.objects.get(code="XA.01"), now=world.act("outsider").now)
    assert [line.submission.cycle for line in lines.to_send] == [cycle]


def test_papers_are_entered_with_the_moment_they_came(world: World) -> None:
    cycle = quarter_cycle(world)
    act = act_of(world, "clerk", "2023-04-12 08:00")
    paper = PaperReport(world.units["DUK.02"], at("2023-04-10 16:00"), {"gifts": "1.250", "strengths": "Tốt"})
    enter_paper_reports(act=act, cycle=cycle, papers=[paper])
    row = of(cycle, "DUK.02")
    assert (row.state, row.submitted_at, row.draft["gifts"]["value"]) == ("submitted", paper.came_at, "1250")
    step = row.steps.get(kind="submitted")
    assert (step.at, step.detail["paper"], step.detail["timing"]) == (paper.came_at, True, "on_time")
    with pytest.raises(Conflict):
        enter_paper_reports(act=act, cycle=cycle, papers=[paper])


def test_papers_that_cannot_be(world: World) -> None:
    cycle = quarter_cycle(world)
    act = act_of(world, "clerk", "2023-04-12 08:00")
    unit, came = world.units["DUK.02"], at("2023-04-10 16:00")
    for paper, words in (
        (PaperReport(unit, act.now + timedelta(hours=1), {}), "bản giấy ghi nhận lúc"),
        (PaperReport(unit, came, {"gift": "1"}), "không có trường «gift»"),
        (PaperReport(unit, came, {"gifts": "một"}), "Không đọc được số"),
    ):
        with pytest.raises(InvalidInput, match=words):
            enter_paper_reports(act=act, cycle=cycle, papers=[paper])
    with pytest.raises(NotFound, match=r"XA\.01"):
        enter_paper_reports(act=act, cycle=cycle, papers=[PaperReport(world.units["XA.01"], came, {})])
    submit_refused = PaperReport(world.units["DUK.01.01"], came, {})
    with pytest.raises(NotFound):
        enter_paper_reports(act=world.act("outsider"), cycle=cycle, papers=[submit_refused])
    with pytest.raises(Exception, match="chưa có nội dung"):
        submit(act=act_of(world, "clerk"), submission=of(cycle, "DUK.02"))
