"""The board and the notice's lists follow from the cycle: in time, late, sent back, excused (decision D26)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.apps.obligations.standing_office import make_duty
from tests.apps.reporting.cycles.office import QUARTER, act_of, at, filled, of, quarter_cycle, sent

from giaoban.apps.obligations.evidence import EvidenceAsk, marks_of
from giaoban.apps.obligations.models import Rhythm
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.obligations.standing_states import lay
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import Cycle
from giaoban.apps.reporting.operations.cycles import (
    accept,
    cancel_cycle,
    extend,
    release,
    reopen,
    return_submission,
    submit,
    withdraw,
)
from giaoban.apps.reporting.queries.cycles.evidence import REPORT_SENT
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

LEAVE = "gia hạn đến 14/04/2023: Bão"
APRIL = Period.parse("2023-M04")


@pytest.fixture
def cycle(world: World) -> Cycle:
    make_duty(
        world, "report", title="Báo cáo quý", evidence="report-sent", subject="quarter", rhythm=Rhythm.QUARTER,
        kinds=["grassroots_cell"], due_days=10, lock_days=90,
    )  # fmt: skip
    return quarter_cycle(world)


def _status(world: World, as_of: str) -> tuple[str, str, str]:
    day = date.fromisoformat(as_of)
    found = board(None, world.units["DUK"], APRIL, today=date(2024, 1, 1), as_of=day)
    [column] = found.as_json()
    [row] = [row for row in column["units"] if row["code"] == "DUK.02"]
    [made] = found.columns[0].instances
    start, end = made.instance.start, made.instance.end
    owner = world.units["DUK"].pk
    ask = EvidenceAsk(Unit.objects.values("pk"), start, end, "quarter", owner, "report", day, everybody=True)
    [told] = lay(marks_of(REPORT_SENT.found(ask)), [made.instance], day)
    assert told == made.marks, "gathered and one by one say the same"
    return row["status"], row["reason"], "; ".join(one["text"] for one in row["evidence"])


def test_in_time(world: World, cycle: Cycle) -> None:
    assert _status(world, "2023-04-09")[0] == "not_due"
    sent(world, cycle, "DUK.02", moment="2023-04-10 22:00")
    assert _status(world, "2023-04-30") == ("on_time", "", "gửi ngày 10/04/2023")


def test_missing_and_late(world: World, cycle: Cycle) -> None:
    assert _status(world, "2023-04-11")[0] == "missing"
    sent(world, cycle, "DUK.02", moment="2023-04-12 08:00")
    assert _status(world, "2023-04-11")[0] == "missing", "on that day it had not come"
    assert _status(world, "2023-04-12")[0] == "late"


def test_late_with_leave(world: World, cycle: Cycle) -> None:
    row = filled(world, cycle, "DUK.02")
    extend(act=world.act("clerk"), submission=row, until=at("2023-04-14 17:00"), reason="Bão")
    assert _status(world, "2023-04-12") == ("late_with_leave", LEAVE, LEAVE)
    assert _status(world, "2023-04-15")[0] == "missing", "nor did it come by then"
    submit(act=act_of(world, "clerk", "2023-04-13 08:00"), submission=row)
    assert _status(world, "2023-04-30") == ("late_with_leave", *[f"gửi ngày 13/04/2023; {LEAVE}"] * 2)


def test_sent_back_is_insufficient_until_it_comes_again(world: World, cycle: Cycle) -> None:
    row = sent(world, cycle, "DUK.02", moment="2023-04-08 08:00")
    act = act_of(world, "clerk", "2023-04-11 08:00")
    return_submission(act=act, submission=row, remark="Sao chép kỳ trước", fault="formal")
    assert _status(world, "2023-04-10")[0] == "on_time"
    status, _, text = _status(world, "2023-04-12")
    assert (status, text) == ("insufficient", "trả lại ngày 11/04/2023: nội dung hình thức, sao chép")
    submit(act=act_of(world, "clerk", "2023-04-13 08:00"), submission=row)
    assert _status(world, "2023-04-13")[0] == "late"


def test_taken_back_it_did_not_come(world: World, cycle: Cycle) -> None:
    row = sent(world, cycle, "DUK.02")
    withdraw(act=act_of(world, "clerk", "2023-04-09 08:00"), submission=row)
    assert _status(world, "2023-04-11")[0] == "missing"


def test_a_new_edition_does_not_make_it_late(world: World, cycle: Cycle) -> None:
    accept(act=act_of(world, "clerk", "2023-04-09 08:00"), submissions=[sent(world, cycle, "DUK.02")])
    reopen(act=act_of(world, "clerk", "2023-04-20 08:00"), submission=of(cycle, "DUK.02"), reason="Bổ sung")
    submit(act=act_of(world, "clerk", "2023-04-14 08:00"), submission=of(cycle, "DUK.02"))
    assert _status(world, "2023-04-30")[0] == "on_time"


def test_released_or_cancelled_is_excused(world: World, cycle: Cycle) -> None:
    release(act=world.act("clerk"), submission=of(cycle, "DUK.02"), reason="Đang kiểm toán")
    assert _status(world, "2023-04-30")[:2] == ("excused", "Đang kiểm toán")


def test_a_cancelled_cycle_excuses_everybody(world: World, cycle: Cycle) -> None:
    cancel_cycle(act=world.act("clerk"), cycle=cycle, reason="Thay mẫu")
    assert _status(world, "2023-04-30")[:2] == ("excused", "Hủy kỳ báo cáo: Thay mẫu")


def test_another_form_shows_nothing(world: World, cycle: Cycle) -> None:
    sent(world, cycle, "DUK.02")
    ask = EvidenceAsk(
        Unit.objects.values("pk"), QUARTER.start, QUARTER.end, "year", world.units["DUK"].pk, "report", date(2023, 5, 1)
    )
    assert list(REPORT_SENT.found(ask)) == []
