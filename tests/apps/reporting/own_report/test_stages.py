"""The way of a report: each step, the way back, what freezes, and what two people do at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.apps.obligations.standing_office import make_duty
from tests.apps.reporting.own_report.steps import PERIOD, WORDS, begun, drafted, frozen, issued, signed

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.organizations.models import TermEvent
from giaoban.apps.organizations.operations import TermDraft, record_term_entry, set_reporting_bounds
from giaoban.apps.reporting.models import OwnReport, ReportDefinition, Snapshot, SnapshotKind, Stage
from giaoban.apps.reporting.operations import set_report_definition
from giaoban.apps.reporting.operations.own_report import (
    advance_report,
    freeze_figures,
    number_report,
    return_report,
    send_report,
    sign_report,
    stages,
    start_edition,
    start_report,
    write_own_report,
    write_text,
)
from giaoban.apps.reporting.queries.own_report.document import live_document, own_document
from giaoban.apps.reporting.queries.own_report.numbers import next_number, number_holder
from giaoban.apps.reporting.queries.own_report.overview import overview
from giaoban.apps.reporting.queries.own_report.state import slot_texts
from giaoban.apps.reporting.queries.snapshots import snapshot_digest
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.writer.blocks import OfficialDocument, placed_numbers
from giaoban.writer.markdown import to_markdown

if TYPE_CHECKING:
    from tests.world import World

TODAY = date(2023, 4, 5)


def _said(document: OfficialDocument, measure: str) -> str:
    return next(one.number.text for one in placed_numbers(document) if one.number.measure == measure)


def _somebody_died(world: World) -> None:
    draft = EntryDraft(world.members["phong"], MemberEvent.DIED, date(2023, 3, 20), world.units["DUK.01.02"])
    record_member_entries(act=world.act("organizer"), drafts=[draft])


def test_the_whole_way_is_recorded(world: World) -> None:
    report = issued(world)
    assert (report.stage, report.number, report.dated) == (Stage.SENT, 45, date(2023, 4, 3))
    steps = list(report.steps.order_by("pk"))
    assert [step.to_stage for step in steps] == [
        *(Stage.CUTOFF, Stage.DRAFTING, Stage.COMMENTING, Stage.LEADERS),
        *(Stage.SIGNING, Stage.NUMBERED, Stage.ISSUED, Stage.SENT),
    ]
    assert steps[-1].detail == {"recipients": ["Thường trực Tỉnh ủy", "Các ban Đảng"]}
    assert steps[5].detail == {"number": 45, "dated": "2023-04-03"}


def test_only_the_writers_begin_a_report(world: World) -> None:
    for who, error in (("inspector", NotAllowed), ("outsider", NotFound), ("secretary", NotFound)):
        with pytest.raises(error):
            start_report(act=world.act(who), unit=world.units["DUK"], name="quarter", period=PERIOD)


def test_a_report_is_begun_once_and_for_its_kind_of_period(world: World) -> None:
    begun(world)
    with pytest.raises(Conflict, match="đã có người lập"):
        begun(world)
    with pytest.raises(InvalidInput, match="«quarter»"):
        start_report(act=world.act("clerk"), unit=world.units["DUK"], name="quarter", period=Period.parse("2023-M03"))


def test_later_entries_do_not_move_a_frozen_figure(world: World) -> None:
    report = frozen(world)
    _somebody_died(world)
    assert _said(own_document(report, today=TODAY), "members.total") == "15"
    before = report.cutoff
    assert before is not None
    taken = freeze_figures(act=world.act("clerk"), report=report, seen=report.version)
    report.refresh_from_db()
    assert report.stage == Stage.CUTOFF
    assert _said(own_document(report, today=TODAY), "members.total") == "14"
    assert (taken.edition, taken.replaces) == (2, before)
    assert Snapshot.objects.get(pk=before.pk).figures["members.total"]["value"] == 15


def test_nothing_is_frozen_where_no_register_was_kept(world: World) -> None:
    period = Period.parse("2020-Q1")
    report = start_report(act=world.act("clerk"), unit=world.units["DUK"], name="quarter", period=period)
    with pytest.raises(InvalidInput, match="Chưa có số liệu"):
        freeze_figures(act=world.act("clerk"), report=report, seen=0)
    assert not Snapshot.objects.exists()


def test_a_freeze_that_breaks_off_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report = begun(world)

    def killed(*_args: object, **_kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(stages, "make_step", killed)
    with pytest.raises(KeyboardInterrupt):
        freeze_figures(act=world.act("clerk"), report=report, seen=0)
    report.refresh_from_db()
    assert (report.stage, report.cutoff, Snapshot.objects.count()) == (Stage.COLLECTING, None, 0)


def test_the_second_of_two_people_is_told(world: World) -> None:
    report = drafted(world)
    advance_report(act=world.act("clerk"), report=report, seen=2)
    with pytest.raises(Conflict, match="Các ban góp ý"):
        advance_report(act=world.act("deputy"), report=report, seen=2)


def test_signing_freezes_the_words(world: World) -> None:
    report = signed(world)
    assert report.signed is not None
    assert report.signed.kind == SnapshotKind.SIGNED
    assert report.cutoff is not None
    assert report.signed.figures == report.cutoff.figures
    assert {slot: report.signed.texts[slot] for slot in WORDS} == WORDS
    assert snapshot_digest(Snapshot.objects.get(pk=report.signed.pk)) == report.signed.digest
    for doing in (
        lambda: write_text(act=world.act("clerk"), report=report, slot="tasks", text="Khác.", seen=1),
        lambda: freeze_figures(act=world.act("clerk"), report=report, seen=5),
    ):
        with pytest.raises(Conflict, match="đã khóa"):
            doing()


def test_nobody_signs_past_the_leaders(world: World) -> None:
    report = drafted(world)
    with pytest.raises(Conflict, match="Thường trực cho ý kiến"):
        sign_report(act=world.act("clerk"), report=report, seen=2)


def test_a_report_goes_back_with_a_reason_and_is_open_again(world: World) -> None:
    report = signed(world)
    act = world.act("deputy")
    with pytest.raises(InvalidInput, match="Chưa ghi lý do"):
        return_report(act=act, report=report, stage=Stage.DRAFTING, seen=5, remark=" ")
    with pytest.raises(Conflict, match="Không trả lại được"):
        return_report(act=act, report=report, stage=Stage.NUMBERED, seen=5, remark="nhầm")
    step = return_report(act=act, report=report, stage=Stage.DRAFTING, seen=5, remark="bổ sung phần nhiệm vụ")
    assert (step.from_stage, step.to_stage, step.remark) == (Stage.SIGNING, Stage.DRAFTING, "bổ sung phần nhiệm vụ")
    report.refresh_from_db()
    assert report.signed is None
    assert write_text(act=act, report=report, slot="tasks", text="Khác.", seen=1) is not None
    for seen in (6, 7):
        advance_report(act=act, report=report, seen=seen)
    again = sign_report(act=act, report=report, seen=8)
    assert (again.edition, again.texts["tasks"]) == (2, "Khác.")
    assert again.replaces is not None
    assert again.replaces.texts["tasks"] == WORDS["tasks"]


def test_a_number_is_given_once_and_freed_on_the_way_back(world: World) -> None:
    report = signed(world)
    act = world.act("clerk")
    for number, day, error in (
        (0, TODAY, InvalidInput),
        (7, TODAY + timedelta(days=1), InvalidInput),
        (7, date(2022, 12, 1), InvalidInput),
    ):
        with pytest.raises(error):
            number_report(act=act, report=report, number=number, dated=day, seen=5)
    number_report(act=act, report=report, number=7, dated=TODAY, seen=5)
    return_report(act=act, report=report, stage=Stage.LEADERS, seen=6, remark="sửa câu cuối")
    report.refresh_from_db()
    assert (report.number, report.dated) == (None, None)


def test_two_reports_of_a_committee_do_not_share_a_number(world: World) -> None:
    report = issued(world)
    act = world.act("clerk")
    made = start_edition(act=act, report=report, seen=report.version)
    freeze_figures(act=act, report=made, seen=0)
    for seen in (1, 2, 3):
        advance_report(act=act, report=made, seen=seen)
    sign_report(act=act, report=made, seen=4)
    with pytest.raises(Conflict, match="Số 45 đã cấp cho báo cáo quý I/2023, bản 1"):
        number_report(act=act, report=made, number=45, dated=TODAY, seen=5)


def test_numbers_run_through_the_term(world: World) -> None:
    report = issued(world)
    other = start_edition(act=world.act("clerk"), report=report, seen=report.version)
    later = date(2024, 6, 3)
    assert next_number(other, today=later) == 46, "no term is recorded: after the newest paper"
    assert number_holder(other, 45, later) == ""
    unit, act = world.units["DUK"], world.act("organizer")
    record_term_entry(act=act, draft=TermDraft(unit, TermEvent.OPENING, date(2022, 1, 1), "2020 - 2025"))
    assert next_number(other, today=later) == 46
    assert number_holder(other, 45, later).startswith("báo cáo quý I/2023, bản 1")
    record_term_entry(act=act, draft=TermDraft(unit, TermEvent.CONGRESS, date(2023, 4, 4), "2023 - 2028"))
    assert next_number(other, today=TODAY) == 1
    assert number_holder(other, 45, TODAY) == "", "a new term begins its numbers anew"


def test_what_was_issued_is_printed_as_it_was_signed(world: World) -> None:
    report = issued(world)
    act = world.act("clerk")
    before = write_own_report(act=act, report=report, file_format="docx")
    assert before.document.number == 45
    assert before.document.draft_mark == ""
    assert before.file_name == "BC-DUK-2023-Q1-ban-1.docx"
    _somebody_died(world)
    assert write_own_report(act=act, report=report, file_format="docx").content == before.content
    with pytest.raises(Conflict, match="không trả lại được"):
        return_report(act=act, report=report, stage=Stage.DRAFTING, seen=8, remark="sửa")


def test_a_new_edition_keeps_the_old_one(world: World) -> None:
    report = issued(world)
    _somebody_died(world)
    act = world.act("clerk")
    made = start_edition(act=act, report=report, seen=report.version)
    assert (made.edition, made.stage, made.replaces_id) == (2, Stage.COLLECTING, report.pk)
    assert {slot: held.text for slot, held in slot_texts(made).items()} == WORDS
    freeze_figures(act=act, report=made, seen=0)
    made.refresh_from_db()
    assert _said(own_document(made, today=TODAY), "members.total") == "14"
    assert _said(own_document(OwnReport.objects.get(pk=report.pk), today=TODAY), "members.total") == "15"
    with pytest.raises(Conflict, match="Đã có bản 2"):
        start_edition(act=act, report=report, seen=report.version)


def test_a_later_sending_adds_to_the_list(world: World) -> None:
    report = issued(world)
    act = world.act("clerk")
    with pytest.raises(InvalidInput, match="Chưa có nơi nhận"):
        send_report(act=act, report=report, recipients=["  "], seen=8)
    send_report(act=act, report=report, recipients=["Ban Nội chính  Tỉnh ủy"], seen=8)
    last = report.steps.order_by("pk").last()
    assert last is not None
    assert last.detail == {"recipients": ["Ban Nội chính Tỉnh ủy"]}


def test_nothing_is_frozen_before_the_last_day_that_is_counted(world: World) -> None:
    period = Period.parse("2023-Q2")
    report = start_report(act=world.act("clerk"), unit=world.units["DUK"], name="quarter", period=period)
    with pytest.raises(Conflict, match="Chưa đến ngày chốt: số liệu quý II/2023 tính đến 30/06/2023"):
        freeze_figures(act=world.act("clerk"), report=report, seen=0)
    assert not Snapshot.objects.exists()
    sooner = date(2023, 4, 5)
    act = world.act("clerk")
    set_reporting_bounds(act=act, unit=report.unit, period=period, first_day=date(2023, 4, 1), last_day=sooner)
    freeze_figures(act=world.act("clerk"), report=report, seen=0)
    assert Snapshot.objects.get().last_day == sooner


def test_numbers_of_another_kind_of_paper_are_free(world: World) -> None:
    report = issued(world)
    act = world.act("clerk")
    own = 'extends = "quarter"\nname = "programme"\ntype_code = "CTr"\ntype_name = "CHƯƠNG TRÌNH"\n'
    set_report_definition(act=world.act("clerk"), unit=report.unit, text=own, start=date(2023, 1, 1))
    other = start_report(act=act, unit=report.unit, name="programme", period=PERIOD)
    assert number_holder(other, 45, TODAY) == ""
    assert next_number(other, today=TODAY) == 1


def test_a_report_outlives_its_definition(world: World) -> None:
    own = 'extends = "quarter"\nname = "quarter-2"\n'
    held = set_report_definition(act=world.act("clerk"), unit=world.units["DUK"], text=own, start=date(2023, 1, 1))
    report = start_report(act=world.act("clerk"), unit=world.units["DUK"], name="quarter-2", period=PERIOD)
    ReportDefinition.objects.filter(pk=held.pk).update(valid_to=TODAY)
    assert _said(own_document(report, today=TODAY), "members.total") == "15"
    assert next_number(report, today=TODAY) == 1
    listed = [row.report for row in overview(world.units["DUK"], PERIOD, today=TODAY) if row.name == "quarter-2"]
    assert listed == [report]


def test_a_frozen_list_of_those_who_owe_says_what_they_owe(world: World) -> None:
    make_duty(world, "programme:01", title="Chương trình hành động", evidence="handed-in")
    report = frozen(world)
    said = "Chương trình hành động, tháng 1/2023"
    assert said in to_markdown(live_document(report, today=TODAY))
    assert said in to_markdown(own_document(report, today=TODAY))


def test_a_draft_tells_who_only_looks_on_no_part_that_names_a_person(world: World) -> None:
    """Decision D11: whoever writes the paper reads all of it, others when it is signed."""

    def told(report: OwnReport, *rights: str) -> str:
        return to_markdown(own_document(report, today=TODAY, rights=frozenset(rights)))

    draft = drafted(world)
    assert "khiển trách 01" in told(draft, "figures_view", "reports_write")
    assert "khiển trách 01" in told(draft, "figures_view", "inspection_view")
    assert "khiển trách 01" not in told(draft, "figures_view")
    assert "thi hành kỷ luật 01 đảng viên" in told(draft, "figures_view")
    paper = OwnReport.objects.get(pk=draft.pk)
    for seen in (2, 3):
        advance_report(act=world.act("clerk"), report=paper, seen=seen)
    sign_report(act=world.act("clerk"), report=paper, seen=4)
    assert "khiển trách 01" in told(OwnReport.objects.get(pk=draft.pk), "figures_view")
