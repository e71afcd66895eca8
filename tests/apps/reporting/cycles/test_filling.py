"""Typing into a form: what is taken, what is refused, and two people at one field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.apps.reporting.cycles.office import QUARTER, act_of, filled, of, quarter_cycle, sent

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.models import Submission, SubmissionFile
from giaoban.apps.reporting.operations import ValueDraft, report_values
from giaoban.apps.reporting.operations.cycles import (
    EditedMeanwhile,
    NotReady,
    accept,
    add_file,
    confirm_unusual,
    remove_file,
    reopen,
    save_field,
    submit,
)
from giaoban.apps.reporting.queries.cycles.files import goes_with
from giaoban.apps.reporting.queries.cycles.form_page import FormPage, Input, find_submission, form_page
from giaoban.core.errors import Conflict, InvalidInput, NotFound

if TYPE_CHECKING:
    from tests.world import World


def _page(world: World, row: Submission) -> FormPage:
    return form_page(row, now=world.act("clerk").now)


def _input(page: FormPage, name: str) -> Input:
    return next(one for part in page.sections for view in part.fields for one in view.inputs if one.name == name)


def test_what_a_register_knows_cannot_be_typed_over(world: World) -> None:
    row = of(quarter_cycle(world), "DUK.02")
    with pytest.raises(InvalidInput, match="lấy từ sổ"):
        save_field(act=world.act("clerk"), submission=row, field="total", value="99", seen=0)
    page = _page(world, row)
    total = page.sections[0].fields[0]
    assert (total.from_register, total.known_words, total.inputs) == (True, "5", ())


@pytest.mark.parametrize(
    ("field", "value", "kept", "shown"),
    [
        ("gifts", " 1.250 ", "1250", "1.250"),
        ("gifts", "05", "5", "5"),
        ("congresses/total", "12", "12", "12"),
        ("strengths", "Tốt.\r\nCó tiến bộ.", "Tốt.\nCó tiến bộ.", "Tốt.\nCó tiến bộ."),
    ],
)
def test_what_is_taken(world: World, field: str, value: str, kept: str, shown: str) -> None:
    cycle = quarter_cycle(world)
    saved = save_field(act=world.act("secretary"), submission=of(cycle, "DUK.01.01"), field=field, value=value, seen=0)
    assert (saved.value, saved.version) == (kept, 1)
    assert _input(_page(world, of(cycle, "DUK.01.01")), field).value == shown


@pytest.mark.parametrize(
    ("field", "value", "mark", "words"),
    [
        ("gifts", "mười", "", "Không đọc được số «mười»"),
        ("gifts", "1,250", "", "Nghìn viết bằng dấu chấm"),
        ("gifts", "5", "hơn", "dấu"),
        ("strengths", "Tốt", "about", "dấu"),
        ("gift", "5", "", "không có trường"),
        ("plan", "x", "", "không có trường"),
        ("strengths", "x" * 4001, "", "4001 ký tự"),
    ],
)
def test_what_is_refused(world: World, field: str, value: str, mark: str, words: str) -> None:
    row = of(quarter_cycle(world), "DUK.02")
    with pytest.raises(InvalidInput, match=words):
        save_field(act=world.act("clerk"), submission=row, field=field, value=value, mark=mark, seen=0)


def test_the_same_again_adds_nothing(world: World) -> None:
    cycle = quarter_cycle(world)
    row = filled(world, cycle, "DUK.02", gifts="3")
    before = AuditRow.objects.count()
    saved = save_field(act=world.act("clerk"), submission=row, field="gifts", value="03", seen=0)
    assert (saved.version, AuditRow.objects.count()) == (1, before)


def test_the_second_of_two_people_is_told_and_nothing_is_lost(world: World) -> None:
    cycle = quarter_cycle(world)
    row = of(cycle, "DUK.01.01")
    save_field(act=world.act("secretary"), submission=row, field="strengths", value="Bản của Thọ", seen=0)
    with pytest.raises(EditedMeanwhile, match="Bùi Văn Thọ vừa sửa") as told:
        save_field(act=world.act("clerk"), submission=row, field="strengths", value="Bản của Lan", seen=0)
    assert (told.value.theirs, told.value.version) == ("Bản của Thọ", 1)
    seen = _input(_page(world, of(cycle, "DUK.01.01")), "strengths")
    assert seen.value == "Bản của Thọ"
    assert [(one.value, one.by) for one in seen.rivals] == [("Bản của Lan", "Nguyễn Thị Lan")]
    # The first goes on writing: the other's text stays beside. The second joins both: it is gone.
    save_field(act=world.act("secretary"), submission=row, field="strengths", value="Bản mới của Thọ", seen=1)
    assert len(_input(_page(world, of(cycle, "DUK.01.01")), "strengths").rivals) == 1
    save_field(act=world.act("clerk"), submission=row, field="strengths", value="Bản chung", seen=2)
    joined = _input(_page(world, of(cycle, "DUK.01.01")), "strengths")
    assert (joined.value, joined.version, joined.rivals) == ("Bản chung", 3, ())


def test_taking_theirs_takes_ones_own_away(world: World) -> None:
    cycle = quarter_cycle(world)
    row = filled(world, cycle, "DUK.01.01", "secretary", gifts="3")
    with pytest.raises(EditedMeanwhile):
        save_field(act=world.act("clerk"), submission=row, field="gifts", value="4", seen=0)
    save_field(act=world.act("clerk"), submission=row, field="gifts", value="3", seen=1)
    assert _input(_page(world, of(cycle, "DUK.01.01")), "gifts").rivals == ()


def test_two_people_at_two_fields_do_not_meet(world: World) -> None:
    row = of(quarter_cycle(world), "DUK.01.01")
    save_field(act=world.act("secretary"), submission=row, field="gifts", value="3", seen=0)
    save_field(act=world.act("clerk"), submission=row, field="people", value="4", seen=0)


def test_a_helper_leaves_both_names(world: World) -> None:
    cycle = quarter_cycle(world)
    act = replace(world.act("clerk"), entered_for=world.users["secretary"])
    save_field(act=act, submission=of(cycle, "DUK.01.01"), field="gifts", value="3", seen=0)
    assert _input(_page(world, of(cycle, "DUK.01.01")), "gifts").by == "Nguyễn Thị Lan (nhập thay Bùi Văn Thọ)"


def test_rules_stop_the_sending_or_ask(world: World) -> None:
    cycle = quarter_cycle(world)
    row = filled(world, cycle, "DUK.02", gifts="9", congresses="3", **{"congresses/total": "2"})
    with pytest.raises(NotReady, match="3 không được lớn hơn 2") as refused:
        submit(act=world.act("clerk"), submission=row)
    assert [one.key for one in refused.value.findings] == ["rule:congresses-total", "rule:gifts-people"]
    row = filled(world, cycle, "DUK.02", **{"congresses/total": "4"})
    with pytest.raises(NotReady, match="Xác nhận từng điểm"):
        submit(act=world.act("clerk"), submission=row)
    submit(act=world.act("clerk"), submission=row, confirmed=["rule:gifts-people"])
    step = of(cycle, "DUK.02").steps.get(kind="submitted")
    assert step.detail["confirmed"] == ["rule:gifts-people"]


def test_a_required_field_stops_the_sending(world: World) -> None:
    row = filled(world, quarter_cycle(world), "DUK.02", people="")
    with pytest.raises(NotReady, match="«Người được giúp» chưa có nội dung"):
        submit(act=world.act("clerk"), submission=row)


def _history(world: World, unit: Unit, numbers: list[int]) -> None:
    period = QUARTER
    for number in numbers:
        period = period.before()
        report_values(act=world.act("clerk"), values=[ValueDraft(unit, "welfare.people", period, number)])


def test_unusual_has_to_be_confirmed(world: World) -> None:
    cycle = quarter_cycle(world)
    _history(world, world.units["DUK.02"], [10, 12, 11, 10])
    row = filled(world, cycle, "DUK.02", people="400")
    seen = _input(_page(world, row), "people")
    assert "cao khác thường; 4 kỳ trước: 10, 12, 11, 10" in seen.unusual
    with pytest.raises(NotReady, match="khác thường"):
        submit(act=world.act("clerk"), submission=row)
    confirm_unusual(act=world.act("clerk"), submission=row, field="people", remark="Đợt cứu trợ bão")
    assert _input(_page(world, of(cycle, "DUK.02")), "people").confirmed
    # Another number is another question.
    save_field(act=world.act("clerk"), submission=row, field="people", value="401", seen=1)
    assert not _input(_page(world, of(cycle, "DUK.02")), "people").confirmed
    confirm_unusual(act=world.act("clerk"), submission=row, field="people")
    submit(act=world.act("clerk"), submission=row)


def test_what_is_like_before_is_not_asked_about(world: World) -> None:
    cycle = quarter_cycle(world)
    _history(world, world.units["DUK.02"], [10, 12, 11, 10])
    assert _input(_page(world, filled(world, cycle, "DUK.02", people="13")), "people").unusual == ""


def test_a_sent_report_cannot_be_edited(world: World) -> None:
    row = filled(world, quarter_cycle(world), "DUK.02")
    submit(act=world.act("clerk"), submission=row)
    with pytest.raises(Conflict, match="Đã gửi"):
        save_field(act=world.act("clerk"), submission=row, field="gifts", value="1", seen=0)


def test_files_go_with_it_once(world: World) -> None:
    cycle = quarter_cycle(world)
    row = of(cycle, "DUK.02")
    first = add_file(act=world.act("clerk"), submission=row, field="plan", name="C:\\tam\\ke-hoach.docx", content=b"PK")
    again = add_file(act=world.act("clerk"), submission=row, field="plan", name="ban-sao.docx", content=b"PK")
    assert (first, first.name) == (again, "ke-hoach.docx")
    assert SubmissionFile.objects.count() == 1
    with pytest.raises(InvalidInput, match="10 MB"):
        add_file(act=world.act("clerk"), submission=row, field="plan", name="x", content=b"")
    with pytest.raises(InvalidInput, match="đính kèm"):
        add_file(act=world.act("clerk"), submission=row, field="gifts", name="x", content=b"x")
    [line] = _page(world, of(cycle, "DUK.02")).sections[2].fields[1].files
    assert (line.name, line.by) == ("ke-hoach.docx", "Nguyễn Thị Lan")


def test_a_file_is_taken_out_and_put_back_before_sending(world: World) -> None:
    cycle = quarter_cycle(world)
    act, row = act_of(world, "clerk"), of(cycle, "DUK.02")
    file = add_file(act=act, submission=row, field="plan", name="nham.docx", content=b"PK")
    remove_file(act=act, submission=row, file=file.uid)
    remove_file(act=act, submission=row, file=file.uid)
    assert _page(world, of(cycle, "DUK.02")).sections[2].fields[1].files == ()
    assert not goes_with(SubmissionFile.objects.get())
    assert AuditRow.objects.filter(action="reporting.file_removed").count() == 1
    add_file(act=act, submission=row, field="plan", name="nham.docx", content=b"PK")
    assert goes_with(SubmissionFile.objects.get())
    sent_row = sent(world, cycle, "DUK.02")
    with pytest.raises(Conflict, match="bỏ tệp"):
        remove_file(act=act, submission=sent_row, file=file.uid)
    with pytest.raises(NotFound):
        remove_file(act=act, submission=of(cycle, "DUK.01"), file=file.uid)
    [done] = accept(act=act, submissions=[sent_row])
    assert done.snapshot is not None
    assert done.snapshot.texts["plan"] == f"nham.docx (SHA-256 {file.sha256})"
    reopen(act=act, submission=done, reason="Sai tệp")
    remove_file(act=act, submission=done, file=file.uid)
    assert goes_with(SubmissionFile.objects.get()), "the accepted edition had it"


def test_nobody_sees_what_is_outside_their_scope(world: World) -> None:
    row = of(quarter_cycle(world), "DUK.02")
    now = act_of(world, "clerk").now
    assert find_submission(world.users["clerk"], str(row.uid), now=now) == row
    for who in ("secretary", "outsider"):
        with pytest.raises(NotFound):
            find_submission(world.users[who], str(row.uid), now=now)
    with pytest.raises(NotFound):
        find_submission(world.users["clerk"], "khong-phai-ma", now=now)
