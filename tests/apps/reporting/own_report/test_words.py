"""Words of a report: versions, owners of sections, remarks, and the leaders' Word file."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx.document import Document
from tests.apps.reporting.own_report.steps import WORDS, drafted, issued

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.reporting.models import OwnReport, ReturnedFile, TextOrigin
from giaoban.apps.reporting.operations.own_report import (
    DutyDraft,
    accept_returned,
    comment_report,
    share_sections,
    take_back_file,
    write_own_report,
    write_text,
)
from giaoban.apps.reporting.queries.own_report.state import slot_texts
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World


def test_words_are_kept_version_by_version(world: World) -> None:
    report = drafted(world)
    act = world.act("clerk")
    made = write_text(act=act, report=report, slot="tasks", text="Một.\r\nHai.\n", seen=1)
    assert made is not None
    assert (made.version, made.text) == (2, "Một.\nHai.")
    assert write_text(act=act, report=report, slot="tasks", text="Một.\nHai.", seen=2) is None
    assert [row.text for row in report.texts.filter(slot="tasks").order_by("version")] == [WORDS["tasks"], "Một.\nHai."]


def test_words_hold_only_what_a_word_file_can(world: World) -> None:
    report = drafted(world)
    act = world.act("clerk")
    made = write_text(act=act, report=report, slot="tasks", text="Một.\x0bHai\x00.\x1f\uffff", seen=1)
    assert made is not None
    assert made.text == "Một.\nHai."
    assert comment_report(act=act, report=report, text="Sửa\x00 câu\x07 cuối").text == "Sửa câu cuối"
    assert write_own_report(act=act, report=report, file_format="docx").content[:2] == b"PK"


def test_a_save_changes_the_row_that_a_signature_locks(world: World) -> None:
    # On PostgreSQL a signature sees the moment at which it began; after a save that it waited for it must begin anew.
    report = drafted(world)
    with CaptureQueriesContext(connection) as asked:
        write_text(act=world.act("clerk"), report=report, slot="tasks", text="Khác.", seen=1)
    assert [one["sql"] for one in asked if one["sql"].startswith('UPDATE "reporting_ownreport"')]
    assert OwnReport.objects.get(pk=report.pk).version == report.version


def test_the_second_of_two_writers_is_told_by_whom(world: World) -> None:
    report = drafted(world)
    write_text(act=world.act("clerk"), report=report, slot="tasks", text="Của Lan.", seen=1)
    with pytest.raises(Conflict, match="Nguyễn Thị Lan vừa lưu bản khác"):
        write_text(act=world.act("organizer"), report=report, slot="tasks", text="Của Bình.", seen=1)
    assert slot_texts(report)["tasks"].text == "Của Lan."


@pytest.mark.parametrize(("slot", "text"), [("weather", "Nắng."), ("tasks", "a" * 30_001)])
def test_a_slip_is_named(world: World, slot: str, text: str) -> None:
    with pytest.raises(InvalidInput):
        write_text(act=world.act("clerk"), report=drafted(world), slot=slot, text=text, seen=1)


def test_a_source_must_be_a_submission(world: World) -> None:
    with pytest.raises(InvalidInput, match="Không có báo cáo"):
        write_text(
            act=world.act("clerk"),
            report=drafted(world),
            slot="tasks",
            text="Theo báo cáo của đơn vị.",
            seen=1,
            origin=TextOrigin.UNITS,
            sources=["00000000-0000-4000-8000-000000000000"],
        )


def test_a_section_opens_to_whom_it_was_given(world: World) -> None:
    report = drafted(world)
    inspector = world.act("inspector")
    with pytest.raises(NotAllowed, match="chưa được giao"):
        write_text(act=inspector, report=report, slot="inspection", text="Kiểm tra 02 tổ chức.", seen=0)
    draft = DutyDraft("inspection", "Ủy ban Kiểm tra", world.users["inspector"], date(2023, 4, 10))
    assert share_sections(act=world.act("clerk"), report=report, drafts=[draft]) == 1
    assert share_sections(act=world.act("clerk"), report=report, drafts=[draft]) == 0
    assert write_text(act=inspector, report=report, slot="inspection", text="Kiểm tra 02 tổ chức.", seen=0) is not None
    with pytest.raises(NotAllowed):
        write_text(act=inspector, report=report, slot="tasks", text="Khác.", seen=1)
    assert AuditRow.objects.filter(action="reporting.own_report_section").count() == 1
    assert share_sections(act=world.act("clerk"), report=report, drafts=[DutyDraft("inspection", "")]) == 1
    assert not report.duties.exists()


def test_a_section_is_given_to_somebody_who_sees_the_unit(world: World) -> None:
    draft = DutyDraft("inspection", "Ủy ban Kiểm tra", world.users["outsider"])
    with pytest.raises(NotAllowed, match="Hoàng Thị Mai"):
        share_sections(act=world.act("clerk"), report=drafted(world), drafts=[draft])


def test_departments_remark_and_are_answered(world: World) -> None:
    report = drafted(world)
    asked = comment_report(act=world.act("inspector"), report=report, slot="tasks", text="Thêm cuộc kiểm tra quý II.")
    answer = comment_report(act=world.act("clerk"), report=report, text="Đã thêm.", answers=asked)
    assert (answer.slot, answer.answers) == ("tasks", asked)
    with pytest.raises(InvalidInput, match="Chưa có nội dung"):
        comment_report(act=world.act("clerk"), report=report, text=" ")
    with pytest.raises(NotFound):
        comment_report(act=world.act("outsider"), report=report, text="Của nơi khác.")


def test_nobody_remarks_on_what_was_issued(world: World) -> None:
    with pytest.raises(Conflict, match="đã ban hành"):
        comment_report(act=world.act("clerk"), report=issued(world), text="Muộn.")


def _returned(world: World, report: OwnReport, change: Callable[[Document], None]) -> ReturnedFile:
    """Take the draft out, let the leaders change it, and give it back."""
    written = write_own_report(act=world.act("clerk"), report=report, file_format="docx")
    document = docx.Document(io.BytesIO(written.content))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return take_back_file(act=world.act("clerk"), report=report, name="sua.docx", content=saved.getvalue())


def _leaders(document: Document) -> None:
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("chủ động", "rất chủ động")
            if run.text == "15":
                run.text = "16"


def test_words_are_accepted_and_numbers_are_only_shown(world: World) -> None:
    report = drafted(world)
    returned = _returned(world, report, _leaders)
    texts = {one["slot"]: one for one in returned.changes["texts"]}
    assert texts["tasks"]["text"] == WORDS["tasks"]
    assert texts["strengths"] == {
        "slot": "strengths",
        "text": "Các cấp ủy rất chủ động, có 03 mô hình mới.",
        "version": 1,
    }
    numbers = [number for one in returned.changes["sentences"] for number in one["numbers"]]
    assert [(one["measure"], one["printed"], one["by_hand"]) for one in numbers] == [("members.total", "15", "16")]
    made = accept_returned(act=world.act("clerk"), returned=returned, slot="strengths", seen=1)
    assert made is not None
    assert (made.version, made.origin) == (2, TextOrigin.WORD)
    with pytest.raises(NotFound):
        accept_returned(act=world.act("clerk"), returned=returned, slot="education", seen=0)


def test_words_that_somebody_changed_meanwhile_are_not_lost(world: World) -> None:
    report = drafted(world)
    returned = _returned(world, report, _leaders)
    write_text(act=world.act("organizer"), report=report, slot="strengths", text="Bản của Bình.", seen=1)
    with pytest.raises(Conflict, match="Trần Văn Bình"):
        accept_returned(act=world.act("clerk"), returned=returned, slot="strengths", seen=1)


def test_bad_files_are_refused_with_a_reason(world: World) -> None:
    report = drafted(world)
    other = docx.Document()
    other.add_paragraph("Biên bản sinh hoạt chi bộ")
    secret = docx.Document()
    secret.add_paragraph("MẬT")
    for content, reason in (
        (b"%PDF-1.7", "docx|PDF|pdf"),
        (b"PK\x03\x04", "hỏng"),
        (b"PK" + b"0" * (10 * 1024 * 1024), "10 MB"),
        (_bytes(other), "Không thấy phần nào"),
        (_bytes(secret), "MẬT"),
    ):
        with pytest.raises(InvalidInput, match=reason):
            take_back_file(act=world.act("clerk"), report=report, name="sua.docx", content=content)
    assert not ReturnedFile.objects.exists()


def _bytes(document: Document) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
