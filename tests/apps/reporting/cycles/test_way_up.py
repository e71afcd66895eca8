"""A report's way from the cell up: opened, filled, sent, sent back, accepted, opened again."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection
from tests.apps.reporting.cycles.office import QUARTER, act_of, at, filled, of, quarter_cycle, quarter_form, sent

from giaoban.apps.obligations.models import HandInFault
from giaoban.apps.reporting.models import Cycle, Snapshot, StepKind, Submission, SubmissionState, ValueEntry
from giaoban.apps.reporting.operations.cycles import (
    NotReady,
    accept,
    accept_gap,
    accept_gaps,
    cancel_cycle,
    extend,
    extend_many,
    open_cycle,
    open_due_cycles,
    release,
    release_many,
    reopen,
    return_submission,
    submit,
    withdraw,
)
from giaoban.apps.reporting.queries.cycles.timing import Timing, timing_of
from giaoban.apps.reporting.queries.cycles.titles import cycle_title
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.apps.reporting.queries.snapshots import snapshot_digest
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.figures import FigureRequest

if TYPE_CHECKING:
    from tests.world import World


def _value(unit: str, measure: str) -> object:
    return compute_figures([FigureRequest(measure, unit, QUARTER)])[0].value


def test_every_unit_of_the_kinds_gets_one_and_sends_to_the_unit_above(world: World) -> None:
    cycle = quarter_cycle(world)
    rows = Submission.objects.filter(cycle=cycle).order_by("unit__code")
    assert list(rows.values_list("unit__code", "receiver__code", "state")) == [
        ("DUK.01", "DUK", "new"),
        ("DUK.01.01", "DUK.01", "new"),
        ("DUK.01.02", "DUK.01", "new"),
        ("DUK.02", "DUK", "new"),
    ]
    assert [step.kind for row in rows for step in row.steps.all()] == [StepKind.OPENED] * 4
    assert cycle.due_at == at("2023-04-10 23:59:59")
    assert cycle.locks_at == at("2023-04-15 23:59:59")


def test_opening_again_changes_nothing(world: World) -> None:
    cycle = quarter_cycle(world)
    assert open_cycle(act=world.act("clerk"), form=cycle.form, period=QUARTER) == cycle
    assert Cycle.objects.count() == 1


def test_due_cycles_open_by_rule_and_once(world: World) -> None:
    quarter_form(world)
    early = open_due_cycles(act=act_of(world, "clerk", "2023-03-10 08:00"))
    assert early.cycles == ()
    opened = open_due_cycles(act=act_of(world, "clerk", "2023-03-11 08:00"))
    assert [str(one.period) for one in opened.cycles] == ["2023-Q1"]
    again = open_due_cycles(act=act_of(world, "clerk", "2023-03-12 08:00"))
    assert (again.cycles, again.followed) == ((), 0)


def test_what_was_due_before_the_form_was_known_is_not_opened(world: World) -> None:
    quarter_form(world)
    assert open_due_cycles(act=act_of(world, "clerk", "2023-04-11 08:00")).cycles == ()


def test_a_form_of_another_rhythm_is_refused(world: World) -> None:
    from giaoban.core.period import Period

    with pytest.raises(InvalidInput, match="quý"):
        open_cycle(act=world.act("clerk"), form=quarter_form(world), period=Period.parse("2023-M03"))


def test_accepting_freezes_and_what_was_typed_becomes_a_number(world: World) -> None:
    cycle = quarter_cycle(world)
    sent(world, cycle, "DUK.01.01", "secretary", gifts="3", strengths="Hoàn thành kế hoạch.")
    row = of(cycle, "DUK.01.01")
    [accepted] = accept(act=act_of(world, "stranger", "2023-04-09 08:00"), submissions=[row])
    row = of(cycle, "DUK.01.01")
    assert (row.state, row.edition, row.accepted_at) == (SubmissionState.ACCEPTED, 1, at("2023-04-09 08:00"))
    assert accepted.snapshot == row.snapshot
    frozen = Snapshot.objects.get(pk=row.snapshot_id)
    assert frozen.figures["welfare.gifts"]["value"] == 3
    assert frozen.figures["members.total"]["value"] == _value("DUK.01.01", "members.total")
    assert frozen.texts == {"strengths": "Hoàn thành kế hoạch."}
    assert len(frozen.entries["members.total"]) == frozen.figures["members.total"]["value"]
    assert frozen.digest == snapshot_digest(frozen)
    entry = ValueEntry.objects.live().get(unit=row.unit, measure="welfare.gifts")
    assert (entry.number, entry.submission) == (Decimal(3), row)
    assert _value("DUK", "welfare.gifts") == 3


def test_numbers_that_are_not_accepted_count_nowhere(world: World) -> None:
    cycle = quarter_cycle(world)
    sent(world, cycle, "DUK.02", gifts="3")
    assert _value("DUK", "welfare.gifts") is None


def test_a_report_goes_up_only_with_those_below(world: World) -> None:
    cycle = quarter_cycle(world)
    sent(world, cycle, "DUK.01.01")
    row = filled(world, cycle, "DUK.01")
    with pytest.raises(NotReady, match=r"DUK\.01\.01, DUK\.01\.02"):
        submit(act=act_of(world, "stranger"), submission=row)
    accept(act=act_of(world, "stranger"), submissions=[of(cycle, "DUK.01.01")])
    accept_gap(act=act_of(world, "stranger"), submission=of(cycle, "DUK.01.02"), reason="Chi bộ đang đi công tác")
    submit(act=act_of(world, "stranger"), submission=row)
    assert of(cycle, "DUK.01").state == SubmissionState.SUBMITTED
    assert of(cycle, "DUK.01.02").state == SubmissionState.NEW, "the report stays owed"
    assert of(cycle, "DUK.01").steps.get(kind=StepKind.SUBMITTED).detail["gaps"] == ["DUK.01.02"]


def test_what_is_not_sent_cannot_be_accepted(world: World) -> None:
    cycle = quarter_cycle(world)
    with pytest.raises(Conflict, match="Đang nhập"):
        accept(act=world.act("clerk"), submissions=[filled(world, cycle, "DUK.02")])


def test_a_withdrawn_report_is_not_accepted_from_an_old_page(world: World) -> None:
    cycle = quarter_cycle(world)
    row = sent(world, cycle, "DUK.02")
    seen = {row.uid: row.version}
    withdraw(act=world.act("clerk"), submission=row)
    with pytest.raises(Conflict):
        accept(act=world.act("clerk"), submissions=[row], seen=seen)
    submit(act=world.act("clerk"), submission=row)
    with pytest.raises(Conflict, match="đã thay đổi từ khi"):
        accept(act=world.act("clerk"), submissions=[row], seen=seen)
    accept(act=world.act("clerk"), submissions=[row], seen={row.uid: of(cycle, "DUK.02").version})


def test_sent_back_it_is_owed_again(world: World) -> None:
    cycle = quarter_cycle(world)
    row = sent(world, cycle, "DUK.02", moment="2023-04-08 10:00")
    with pytest.raises(InvalidInput, match="lý do"):
        return_submission(act=world.act("clerk"), submission=row, remark=" ", fault=HandInFault.FORMAL)
    return_submission(
        act=act_of(world, "clerk", "2023-04-09 10:00"),
        submission=row,
        remark="Sao chép kỳ trước",
        fault=HandInFault.FORMAL,
    )
    row = of(cycle, "DUK.02")
    assert row.state == SubmissionState.RETURNED
    assert timing_of(row, at("2023-04-11 08:00")) is Timing.MISSING
    submit(act=act_of(world, "clerk", "2023-04-11 08:00"), submission=row)
    assert timing_of(of(cycle, "DUK.02"), at("2023-04-12 08:00")) is Timing.LATE
    assert of(cycle, "DUK.02").first_submitted_at == at("2023-04-08 10:00")


def test_late_with_leave_and_the_lock(world: World) -> None:
    cycle = quarter_cycle(world)
    row = filled(world, cycle, "DUK.02")
    with pytest.raises(InvalidInput, match="không cho thêm thời gian"):
        extend(act=world.act("clerk"), submission=row, until=at("2023-04-10 12:00"), reason="Bận tổng kết")
    with pytest.raises(InvalidInput, match="đã khóa lúc 23:59 ngày 15/04/2023"):
        submit(act=act_of(world, "clerk", "2023-04-16 00:00"), submission=row)
    assert of(cycle, "DUK.02").draft["people"]["value"] == "5", "what was typed is still there"
    extend(
        act=act_of(world, "clerk", "2023-04-16 08:00"), submission=row, until=at("2023-04-17 17:00"), reason="Mất mạng"
    )
    submit(act=act_of(world, "clerk", "2023-04-17 16:59"), submission=row)
    assert timing_of(of(cycle, "DUK.02"), at("2023-04-18 08:00")) is Timing.LATE_WITH_LEAVE


def test_the_moment_of_the_button_decides_about_the_lock(world: World) -> None:
    cycle = quarter_cycle(world)
    row = filled(world, cycle, "DUK.02")
    other = filled(world, cycle, "DUK.01.01")
    submit(act=act_of(world, "clerk", "2023-04-15 23:59:59"), submission=row)
    with pytest.raises(InvalidInput, match=r"Đề nghị DUK\.01 gia hạn"):
        submit(act=act_of(world, "clerk", "2023-04-16 00:00:00"), submission=other)
    assert of(cycle, "DUK.01.01").state == SubmissionState.DRAFT


def test_a_released_unit_owes_nothing(world: World) -> None:
    cycle = quarter_cycle(world)
    release(act=world.act("clerk"), submission=of(cycle, "DUK.02"), reason="Đang kiểm toán")
    row = of(cycle, "DUK.02")
    assert timing_of(row, at("2023-05-01 08:00")) is Timing.RELEASED
    with pytest.raises(Conflict, match="Được miễn"):
        submit(act=world.act("clerk"), submission=row)


def test_many_are_judged_at_once_or_none(world: World) -> None:
    cycle = quarter_cycle(world)
    rows = [of(cycle, code) for code in ("DUK.01", "DUK.02")]
    act = world.act("clerk")
    until = at("2023-04-12 17:00")
    assert [row.due_at for row in extend_many(act=act, submissions=rows, until=until, reason="Mất điện")] == [until] * 2
    with pytest.raises(InvalidInput, match="không cho thêm thời gian"):
        extend_many(act=act, submissions=rows, until=until, reason="Lần nữa")
    accept_gaps(act=act, submissions=rows, reason="Tổng hợp trước")
    sent(world, cycle, "DUK.02")
    with pytest.raises(Conflict, match=r"DUK\.02"):
        accept_gaps(act=act, submissions=rows, reason="Tổng hợp trước")
    assert {row.state for row in release_many(act=act, submissions=rows, reason="Bão")} == {SubmissionState.RELEASED}
    with pytest.raises(Conflict):
        extend_many(act=act, submissions=rows, until=at("2023-04-14 17:00"), reason="Muộn")
    steps = of(cycle, "DUK.01").steps.order_by("pk").values_list("kind", flat=True)
    assert list(steps) == [StepKind.OPENED, StepKind.EXTENDED, StepKind.GAP_ACCEPTED, StepKind.RELEASED]


def test_a_new_edition_keeps_the_old_one(world: World) -> None:
    cycle = quarter_cycle(world)
    clerk = world.act("clerk")
    accept(act=clerk, submissions=[sent(world, cycle, "DUK.02", gifts="3")])
    first = of(cycle, "DUK.02").snapshot
    reopen(act=clerk, submission=of(cycle, "DUK.02"), reason="Bổ sung quà Tết")
    accept(act=clerk, submissions=[sent(world, cycle, "DUK.02", gifts="4")])
    row = of(cycle, "DUK.02")
    assert row.edition == 2
    assert row.snapshot is not None
    assert (row.snapshot.edition, row.snapshot.replaces) == (2, first)
    assert first is not None
    assert Snapshot.objects.get(pk=first.pk).figures["welfare.gifts"]["value"] == 3
    assert _value("DUK.02", "welfare.gifts") == 4


def test_a_cancelled_cycle_is_owed_by_nobody(world: World) -> None:
    cycle = quarter_cycle(world)
    accept(act=world.act("clerk"), submissions=[sent(world, cycle, "DUK.02")])
    cancel_cycle(act=world.act("clerk"), cycle=cycle, reason="Thay bằng mẫu mới")
    states = Submission.objects.filter(cycle=cycle).order_by("unit__code").values_list("state", flat=True)
    assert list(states) == ["released", "released", "released", "accepted"]
    with pytest.raises(Conflict, match="đã hủy"):
        withdraw(act=world.act("clerk"), submission=of(cycle, "DUK.01"))


def test_rights_are_asked_where_it_is_received(world: World) -> None:
    cycle = quarter_cycle(world)
    row = sent(world, cycle, "DUK.01.01", "secretary")
    with pytest.raises(NotFound):
        accept(act=world.act("outsider"), submissions=[row])
    with pytest.raises(NotFound):
        # The cell's secretary stands below the receiver, whom they do not see.
        accept(act=world.act("secretary"), submissions=[row])
    with pytest.raises(NotAllowed):
        accept(act=world.act("inspector"), submissions=[row])
    with pytest.raises(NotFound):
        submit(act=world.act("secretary"), submission=filled(world, cycle, "DUK.02"))


@pytest.mark.parametrize(
    ("title", "rhythm", "period", "said"),
    [
        ("Báo cáo quý của đảng bộ cơ sở", "quarter", "2023-Q1", "Báo cáo quý I/2023 của đảng bộ cơ sở"),
        ("Báo cáo tháng của chi bộ", "month", "2023-M03", "Báo cáo tháng 3/2023 của chi bộ"),
        ("Báo cáo hằng tháng", "month", "2023-M03", "Báo cáo tháng 3/2023"),
        ("Báo cáo 6 tháng của chi bộ", "half", "2023-H1", "Báo cáo 6 tháng đầu năm 2023 của chi bộ"),
        ("Báo cáo 9 tháng đầu năm", "nine_months", "2023-9M", "Báo cáo 9 tháng năm 2023"),
        ("Báo cáo tổng kết cuối năm", "year", "2023", "Báo cáo tổng kết cuối năm 2023"),
        ("Báo cáo về 6 tháng", "month", "2023-M03", "Báo cáo về 6 tháng tháng 3/2023"),
        ("Số liệu chi bộ", "quarter", "2023-Q2", "Số liệu chi bộ quý II/2023"),
        ("QUÝ: báo cáo", "quarter", "2023-Q1", "Quý I/2023: báo cáo"),
        ("Báo cáo quý I", "quarter", "2023-Q1", "Báo cáo quý I quý I/2023"),
    ],
)
def test_a_title_says_its_period_once(title: str, rhythm: str, period: str, said: str) -> None:
    assert cycle_title(title, rhythm, Period.parse(period)) == said


def test_titles_of_before_say_their_period_once_too(world: World) -> None:
    cycle = quarter_cycle(world)
    said = "Báo cáo quý I/2023"
    assert cycle.title == said
    migration = import_module("giaoban.apps.reporting.migrations.0008_cycle_titles")
    for before, after in (("Báo cáo quý quý I/2023", said), ("Báo cáo theo đề nghị của Tỉnh ủy",) * 2):
        Cycle.objects.update(title=before)
        migration.say_periods_once(apps, connection.schema_editor())
        assert Cycle.objects.get().title == after


def test_a_number_left_out_of_a_new_edition_counts_no_more(world: World) -> None:
    cycle = quarter_cycle(world)
    accept(act=act_of(world, "clerk"), submissions=[sent(world, cycle, "DUK.02", gifts="3")])
    reopen(act=world.act("clerk"), submission=of(cycle, "DUK.02"), reason="Nhập nhầm số quà")
    row = sent(world, cycle, "DUK.02", gifts="")
    assert _value("DUK", "welfare.gifts") == 3, "until it is accepted the old number stands"
    [row] = accept(act=act_of(world, "clerk", "2023-04-09 09:00"), submissions=[row])
    assert _value("DUK", "welfare.gifts") is None
    assert row.snapshot is not None
    assert row.snapshot.figures["welfare.gifts"]["value"] is None
    assert _value("DUK", "welfare.people") == 5
