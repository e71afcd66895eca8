"""The committee's own report on the screen: its steps, words, owners, the Word file, editions; without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.apps.reporting.cycles.office import quarter_cycle
from tests.apps.reporting.own_report.steps import WORDS, begun, drafted, issued, signed
from tests.web.reporting.examples import example_file

from giaoban.apps.inspection.models import DecidingLevel, DisciplineForm
from giaoban.apps.inspection.operations import DisciplineDraft, record_discipline
from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.organizations.models import Ancestry
from giaoban.apps.reporting.models import OwnReport, Stage
from giaoban.apps.reporting.operations.own_report import freeze_figures, start_edition, start_report, write_text
from giaoban.apps.reporting.queries.own_report.state import slot_texts
from giaoban.core.period import Period
from giaoban.web.reporting import changes
from giaoban.web.reporting.place import filled_title
from giaoban.writer.blocks import placed_numbers

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]
PLACE = "?don-vi=DUK&ky=2023-Q1"


def _url(view: str, report: OwnReport, *more: object) -> str:
    return reverse(f"reporting:{view}", args=[report.uid, *more]) + PLACE


def _page(client: Client, view: str, report: OwnReport, *more: object) -> str:
    response = client.get(_url(view, report, *more))
    assert response.status_code == 200
    return response.content.decode()


def _somebody_died(world: World) -> None:
    draft = EntryDraft(world.members["phong"], MemberEvent.DIED, date(2023, 3, 20), world.units["DUK.01.02"])
    record_member_entries(act=world.act("organizer"), drafts=[draft])


def test_a_report_goes_its_whole_way_on_the_screen(world: World, as_: As) -> None:
    clerk = as_("clerk")
    page = clerk.get(f"/bao-cao/{PLACE}").content.decode()
    assert "chưa lập" in page
    clerk.post(f"/bao-cao/lap/{PLACE}", {"mau": "quarter", "bao-cao-ky": "2023-Q1"})
    report = OwnReport.objects.get()
    words = (
        (Stage.COLLECTING, "Chốt số liệu giữ nguyên mọi con số", {}),
        (Stage.CUTOFF, "Chuyển sang dự thảo", {}),
        (Stage.DRAFTING, "Gửi các ban góp ý", {}),
        (Stage.COMMENTING, "Trình Thường trực cho ý kiến", {"remark": "đủ ý kiến các ban"}),
        (Stage.LEADERS, "Trình ký khóa lời văn", {}),
        (Stage.SIGNING, "Lấy số", {"number": "12", "dated": "03/04/2023"}),
        (Stage.NUMBERED, "Ban hành giữ bản này mãi mãi", {}),
        (Stage.ISSUED, "Phát hành", {"recipients": "Thường trực Tỉnh ủy\nLưu"}),
    )
    for stage, said, data in words:
        report.refresh_from_db()
        assert report.stage == stage
        assert said in _page(clerk, "report", report)
        sent = {"seen": str(report.version), "tu": report.stage} | data
        assert clerk.post(_url("step", report), sent).status_code == 302
    report.refresh_from_db()
    assert (report.stage, report.number) == (Stage.SENT, 12)
    page = _page(clerk, "report", report)
    assert "đủ ý kiến các ban" in page
    assert "Thường trực Tỉnh ủy" in page
    assert "Lập bản mới" in page


def test_the_second_who_presses_the_button_does_not_make_the_next_step(world: World, as_: As) -> None:
    report = drafted(world)
    sent = {"seen": str(report.version), "tu": report.stage}
    assert as_("clerk").post(_url("step", report), sent).status_code == 302
    response = as_("deputy").post(_url("step", report), sent)
    assert response.status_code == 422
    assert "Người khác vừa chuyển bước" in response.content.decode()
    report.refresh_from_db()
    assert report.stage == Stage.COMMENTING


def test_a_wrong_number_is_told_beside_its_field(world: World, as_: As) -> None:
    report = signed(world)
    sent = {"seen": "5", "tu": report.stage, "number": "12", "dated": "01/05/2023", "remark": "số của tháng 4"}
    response = as_("clerk").post(_url("step", report), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Ngày 01/05/2023 còn ở phía trước" in page
    assert 'value="số của tháng 4"' in page


def test_the_way_back_asks_why(world: World, as_: As) -> None:
    report = signed(world)
    sent = {"seen": "5", "viec": "tra-lai", "stage": "drafting", "why": ""}
    response = as_("clerk").post(_url("step", report), sent)
    assert (response.status_code, "Chưa có lý do" in response.content.decode()) == (422, True)
    assert as_("clerk").post(_url("step", report), sent | {"why": "bổ sung"}).status_code == 302
    report.refresh_from_db()
    assert report.stage == Stage.DRAFTING


def test_words_are_kept_with_a_button_and_by_themselves(world: World, as_: As) -> None:
    report = drafted(world)
    clerk, url = as_("clerk"), _url("slot", report, "tasks")
    assert WORDS["tasks"].splitlines()[0] in clerk.get(url).content.decode()
    assert clerk.post(url, {"text": "Một.", "seen": "1"}).status_code == 302
    answer = clerk.post(url, {"text": "Một. Hai.", "seen": "2"}, headers={"HX-Request": "true"}).content.decode()
    assert answer.strip().startswith('<div id="saved">')
    assert 'name="seen" value="3"' in answer
    assert "Đã lưu bản 3" in answer


@pytest.mark.parametrize("by_itself", [True, False])
def test_two_who_write_at_once_lose_nothing(world: World, as_: As, by_itself: bool) -> None:
    report = drafted(world)
    write_text(act=world.act("organizer"), report=report, slot="tasks", text="Của Bình.", seen=1)
    headers = {"HX-Request": "true"} if by_itself else {}
    response = as_("clerk").post(_url("slot", report, "tasks"), {"text": "Của Lan.", "seen": "1"}, headers=headers)
    page = response.content.decode()
    assert response.status_code == (200 if by_itself else 422)
    assert "Trần Văn Bình vừa lưu bản khác" in page
    assert "Của Bình." in page
    assert by_itself or "Của Lan.</textarea>" in page
    assert 'name="seen" value="1"' in page, "only the button for the joined text goes on from the other's version"
    # The last of two values counts: that of the button, where it was pressed.
    assert page.index('name="seen" value="1"') < page.index('<button name="seen" value="2">')
    assert slot_texts(report)["tasks"].text == "Của Bình."


def test_who_owns_a_section_finds_it_and_writes_there(world: World, as_: As) -> None:
    report = drafted(world)
    inspector = as_("inspector")
    assert '<textarea name="text"' not in _page(inspector, "slot", report, "inspection")
    sent = {
        "ban-inspection": "Ủy ban Kiểm tra",
        "nguoi-inspection": str(world.users["inspector"].uid),
        "han-inspection": "03/04/2023",
    }
    assert as_("clerk").post(_url("share", report), sent).status_code == 302
    assert "Ủy ban Kiểm tra (Lê Quang Dũng)" in _page(as_("clerk"), "report", report)
    page = inspector.get("/bao-cao/").content.decode()
    assert "Phần báo cáo đồng chí viết" in page
    assert "quá hạn" in page
    assert "Phần báo cáo đồng chí viết" in inspector.get(f"/{PLACE}", follow=True).content.decode(), "on the desk too"
    assert '<textarea name="text"' in _page(inspector, "slot", report, "inspection")
    sent = {"text": "Kiểm tra 02 tổ chức.", "seen": "0"}
    assert inspector.post(_url("slot", report, "inspection"), sent).status_code == 302
    assert "Phần báo cáo đồng chí viết" not in inspector.get("/bao-cao/").content.decode()


def test_an_owner_without_a_department_is_asked_for(world: World, as_: As) -> None:
    response = as_("clerk").post(_url("share", drafted(world)), {"han-inspection": "03/04/2023"})
    assert response.status_code == 422
    assert "mà chưa có ban" in response.content.decode()


def test_remarks_are_answered(world: World, as_: As) -> None:
    report = drafted(world)
    as_("inspector").post(_url("comment", report), {"phan": "tasks", "said": "Thêm cuộc kiểm tra."})
    assert "1 góp ý chưa trả lời" in _page(as_("clerk"), "report", report)
    remark = report.comments.get()
    as_("clerk").post(_url("comment", report), {"phan": "tasks", "said": "Đã thêm.", "tra-loi": str(remark.uid)})
    assert "Trả lời: Nguyễn Thị Lan" in _page(as_("inspector"), "slot", report, "tasks")
    assert "góp ý chưa trả lời" not in _page(as_("clerk"), "report", report)


def test_the_leaders_file_is_read_and_taken_over_slot_by_slot(world: World, as_: As) -> None:
    report = drafted(world)
    clerk = as_("clerk")
    file = example_file(world)
    assert "không đổi" in _page(clerk, "returned", report, file.uid)
    bad = SimpleUploadedFile("xấu.docx", b"%PDF-1.7")
    response = clerk.post(_url("word", report), {"file": bad})
    assert response.status_code == 422
    assert "xấu.docx" in response.content.decode()
    write_text(act=world.act("clerk"), report=report, slot="tasks", text="Mới hơn.", seen=1)
    page = _page(clerk, "returned", report, file.uid)
    assert "đã có bản mới hơn" in page
    assert "<del>Mới hơn.</del>" in page
    assert clerk.post(_url("returned", report, file.uid), {"phan": "tasks", "seen": "1"}).status_code == 422
    assert clerk.post(_url("returned", report, file.uid), {"phan": "tasks", "seen": "2"}).status_code == 302
    assert slot_texts(report)["tasks"].text == WORDS["tasks"]
    assert "đã lấy" in _page(clerk, "returned", report, file.uid)


def test_number_on_the_page_in_the_file_and_in_its_entries_is_one(world: World, as_: As) -> None:
    report = drafted(world)
    _somebody_died(world)
    clerk = as_("clerk")
    page = _page(clerk, "paper", report)
    entries = _url("entries", report, "members.total").replace("&", "&amp;")
    shown = re.search(rf'<a class="opens" href="{re.escape(entries)}"[^>]*>([\d.]+)</a>', page)
    assert shown is not None
    assert shown[1] == "15"
    opened = _page(clerk, "entries", report, "members.total")
    frozen, later = opened.split("Đến sau chốt") if "Đến sau chốt" in opened else (opened, "")
    assert frozen.count("<tr><td") == 15
    assert "đã đính chính hoặc hủy sau chốt" in frozen
    assert later == ""
    assert "Sổ nay khác số đã chốt" in page
    response = clerk.post(_url("take_own", report), {"do-mat": "none", "dang": "docx"})
    assert response.content[:2] == b"PK"
    assert "du-thao.docx" in response["Content-Disposition"]


def test_what_came_after_the_freeze_is_shown_with_its_entries(world: World, as_: As) -> None:
    report = drafted(world)
    assert "không đổi con số nào" in _page(as_("clerk"), "adjustments", report)
    _somebody_died(world)
    page = _page(as_("clerk"), "adjustments", report)
    assert re.search(r'chốt <span class="number">15</span>, nay <span class="number">14</span>', page)
    assert "20/03/2023" in page
    assert "Nông Văn Phong" in page


def test_a_long_adjustment_is_shown_in_part(world: World, as_: As, monkeypatch: pytest.MonkeyPatch) -> None:
    report = drafted(world)
    _somebody_died(world)
    monkeypatch.setattr(changes, "_MOST_SHOWN", 0)
    page = _page(as_("clerk"), "adjustments", report)
    assert "còn 1 lần ghi nữa" in page
    assert "Nông Văn Phong" not in page


def test_pages_do_not_read_what_stands_behind_a_frozen_report(world: World, as_: As) -> None:
    report = issued(world)
    clerk = as_("clerk")
    with CaptureQueriesContext(connection) as asked:
        page = _page(clerk, "report", report)
    assert "để trống" in page
    assert "chưa viết" not in page, "nothing is owed any more"
    assert not [one["sql"] for one in asked if '"entries"' in one["sql"] or '"tree"' in one["sql"]]


def test_a_report_and_the_units_reports_lead_to_each_other(world: World, as_: As) -> None:
    report = begun(world)
    clerk = as_("clerk")
    assert "Báo cáo của đơn vị" not in _page(clerk, "report", report)
    cycle = quarter_cycle(world)
    page = _page(clerk, "report", report)
    assert reverse("cycles:consolidate", args=[cycle.uid]) in page
    assert "đã tiếp nhận 0/2" in page
    assert (
        reverse("reporting:report", args=[report.uid])
        in clerk.get(reverse("cycles:cycle", args=[cycle.uid]) + PLACE).content.decode()
    )


def test_names_stay_with_those_who_may_see_them(world: World, as_: As) -> None:
    report = drafted(world)
    page = _page(as_("clerk"), "entries", report, "discipline.members")
    assert "Hoàng Nhật Minh" not in page
    assert "hạn chế" in page
    assert "Hoàng Nhật Minh" in _page(as_("inspector"), "entries", report, "discipline.members")


def test_a_difference_does_not_tell_a_restricted_number(world: World, as_: As) -> None:
    report = drafted(world)
    draft = DisciplineDraft(world.members["oanh"], DisciplineForm.WARNING, DecidingLevel.GRASSROOTS, date(2023, 3, 2))
    record_discipline(act=world.act("clerk", at_console=True), drafts=[draft])
    page = _page(as_("clerk"), "adjustments", report)
    assert "hạn chế" in page
    assert "(+1)" not in page
    assert "(+1)" in _page(as_("inspector"), "adjustments", report)


def test_a_report_of_a_unit_that_left_before_its_period_is_not_found(world: World, as_: As) -> None:
    unit = world.units["DUK.02"]
    report = start_report(act=world.act("clerk"), unit=unit, name="quarter", period=Period.parse("2023-Q1"))
    assert as_("clerk").get(_url("report", report)).status_code == 200
    Ancestry.objects.filter(ancestor=world.units["DUK"], descendant=unit).update(valid_to=date(2022, 6, 1))
    for view in ("report", "paper", "editions"):
        assert as_("clerk").get(_url(view, report)).status_code == 404


def test_editions_show_what_changed(world: World, as_: As) -> None:
    report = issued(world)
    _somebody_died(world)
    clerk = as_("clerk")
    made = start_edition(act=world.act("clerk"), report=report, seen=report.version)
    freeze_figures(act=world.act("clerk"), report=made, seen=0)
    write_text(act=world.act("clerk"), report=made, slot="strengths", text="Các cấp ủy rất chủ động.", seen=1)
    page = _page(clerk, "editions", made)
    assert re.search(r'data-label="Bản trước">15</td><td class="n" data-label="Bản này">14', page)
    assert "<ins>rất " in page
    assert "Số 45, 03/04/2023" in page
    assert "Khác báo cáo quý I/2023" in page
    paper = _page(clerk, "paper", made)
    assert 'class="changed"' in paper
    assert "Khác báo cáo quý I/2023" in paper


def test_a_title_in_capitals_becomes_a_sentence() -> None:
    quarter = Period.parse("2023-Q1")
    assert filled_title("KẾT QUẢ CÔNG TÁC {PERIOD}", quarter) == "Kết quả công tác quý I/2023"
    assert filled_title("NHIỆM VỤ TRỌNG TÂM {NEXT_PERIOD}", quarter) == "Nhiệm vụ trọng tâm quý II/2023"
    assert filled_title("Công tác xây dựng Đảng", quarter) == "Công tác xây dựng Đảng"


def test_a_secret_report_is_not_taken_from_here(world: World, as_: As) -> None:
    response = as_("clerk").post(_url("take_own", drafted(world)), {"do-mat": "secret"})
    assert response.status_code == 422
    assert "không lập ở đây" in response.content.decode()


def test_every_number_of_the_paper_is_that_of_the_document(world: World, as_: As) -> None:
    from giaoban.apps.reporting.queries.own_report.document import own_document

    report = drafted(world)
    page = _page(as_("clerk"), "paper", report)
    document = own_document(report, today=date(2023, 4, 5), mark_empty=True)
    texts = re.findall(r'<a class="opens"[^>]*>([^<]+)</a>', page)
    assert texts == [one.number.text for one in placed_numbers(document) if one.number.period == "2023-Q1"]


def test_the_overview_does_not_ask_more_for_more_reports(
    world: World, as_: As, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    clerk = as_("clerk")
    begun(world)
    clerk.get(f"/bao-cao/{PLACE}")
    with django_assert_max_num_queries(60):  # type: ignore[attr-defined]
        page = clerk.get(f"/bao-cao/{PLACE}").content.decode()
    assert "phần chưa viết" in page
