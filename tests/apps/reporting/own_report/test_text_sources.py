"""The committee's words keep links to the units' reports, and the link says what became of them since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.apps.reporting.cycles.office import act_of, of, quarter_cycle, sent
from tests.apps.reporting.own_report.steps import drafted

from giaoban.apps.obligations.models import HandInFault
from giaoban.apps.reporting.models import Cycle, OwnReport, TextOrigin
from giaoban.apps.reporting.operations.cycles import (
    accept,
    cancel_cycle,
    reopen,
    return_submission,
    save_field,
    submit,
    withdraw,
)
from giaoban.apps.reporting.operations.own_report import write_text
from giaoban.apps.reporting.queries.own_report.state import slot_texts
from giaoban.apps.reporting.queries.own_report.text_sources import text_sources

if TYPE_CHECKING:
    from tests.world import World

SLOT, WORDS = "strengths", "Chi bộ làm tốt việc nêu gương."


@pytest.fixture
def cycle(world: World) -> Cycle:
    return quarter_cycle(world)


def _take(world: World, report: OwnReport, cycle: Cycle, words: str) -> None:
    held = slot_texts(report)[SLOT]
    write_text(
        act=world.act("clerk"), report=report, slot=SLOT, text=f"{held.text}\n{words}", seen=held.version,
        origin=TextOrigin.UNITS, sources=[str(of(cycle, "DUK.02").uid)],
    )  # fmt: skip


def _taken(world: World, cycle: Cycle) -> OwnReport:
    """The committee's report with the words of DUK.02 in it, smoothed by hand afterwards."""
    sent(world, cycle, "DUK.02", strengths=WORDS)
    report = drafted(world)
    _take(world, report, cycle, WORDS)
    held = slot_texts(report)[SLOT]
    write_text(act=world.act("clerk"), report=report, slot=SLOT, text="Các chi bộ nêu gương tốt.", seen=held.version)
    return report


def _said(report: OwnReport) -> str:
    [source] = text_sources(report, SLOT, slot_texts(report)[SLOT].row.sources)  # type: ignore[union-attr]
    assert source.submission.unit.code == "DUK.02"
    return source.changed


def _write(world: World, cycle: Cycle, words: str) -> None:
    row = of(cycle, "DUK.02")
    seen = row.draft[SLOT]["version"]
    save_field(act=act_of(world, "clerk"), submission=row, field=SLOT, value=words, seen=seen)
    submit(act=act_of(world, "clerk", "2023-04-08 11:00"), submission=of(cycle, "DUK.02"))


def test_nothing_is_said_while_the_words_stand(world: World, cycle: Cycle) -> None:
    report = _taken(world, cycle)
    assert _said(report) == ""
    accept(act=act_of(world, "clerk"), submissions=[of(cycle, "DUK.02")])
    assert _said(report) == "", "accepted they are the same words"
    assert text_sources(report, "tasks", []) == ()


def test_a_report_that_is_sent_back_and_comes_otherwise(world: World, cycle: Cycle) -> None:
    report = _taken(world, cycle)
    return_submission(
        act=act_of(world, "clerk"), submission=of(cycle, "DUK.02"), remark="nêu rõ việc", fault=HandInFault.INCOMPLETE
    )
    assert _said(report) == "đã bị trả lại để bổ sung"
    _write(world, cycle, "Chi bộ chưa nêu gương.")
    assert _said(report) == "đơn vị đã sửa bài sau khi lấy"
    _take(world, report, cycle, "Chi bộ chưa nêu gương.")
    assert _said(report) == "", "taken again as it is now"


def test_a_report_that_comes_back_with_the_same_words(world: World, cycle: Cycle) -> None:
    report = _taken(world, cycle)
    withdraw(act=act_of(world, "clerk"), submission=of(cycle, "DUK.02"))
    assert _said(report) == "đơn vị đã rút lại báo cáo"
    submit(act=act_of(world, "clerk", "2023-04-08 11:00"), submission=of(cycle, "DUK.02"))
    assert _said(report) == ""
    withdraw(act=act_of(world, "clerk"), submission=of(cycle, "DUK.02"))
    _write(world, cycle, "")
    assert _said(report) == "đơn vị đã bỏ bài viết của phần này"


def test_a_new_edition_and_a_cancelled_cycle(world: World, cycle: Cycle) -> None:
    report = _taken(world, cycle)
    accept(act=act_of(world, "clerk"), submissions=[of(cycle, "DUK.02")])
    reopen(act=world.act("clerk"), submission=of(cycle, "DUK.02"), reason="Nhập nhầm")
    assert _said(report) == "đã mở lại để lập bản mới"
    cancel_cycle(act=world.act("clerk"), cycle=cycle, reason="mở nhầm kỳ")
    assert _said(report) == "kỳ báo cáo này đã hủy"
