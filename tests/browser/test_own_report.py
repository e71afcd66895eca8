"""Three people bring the committee's report from its first figure to its sending (decision D23), by clicking alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import docx
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from giaoban.apps.members.models import MemberEvent
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.reporting.models import OwnReport, Stage
from giaoban.apps.reporting.queries.own_report.state import definition_of, slot_specs, slot_texts
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.browser.conftest import Office
    from tests.world import World

pytestmark = pytest.mark.browser
Visit = Callable[..., "Office"]
PLACE = "?don-vi=DUK&ky=2023-Q1"
# What waits for the server, on a machine that is busy with other tests too.
WAIT = 60_000
WRITTEN = "Chuẩn bị đại hội chi bộ theo kế hoạch."
CORRECTED = "Chuẩn bị tốt đại hội chi bộ theo kế hoạch năm."


def _narrow(page: Page) -> None:
    """No page of the way is wider than a telephone."""
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1366, "height": 768})
    assert wide <= 360, page.url


def _next(page: Page, button: str, stage: Stage) -> None:
    """Press the one button of the next step; the way shows where the report is now.

    What the page still asks for is waited for: the tests' database in memory lets nobody write while somebody reads.
    """
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("ol.stages li[aria-current=step]")).to_have_text(stage.label, timeout=WAIT)
    _narrow(page)


def _slot(report: OwnReport) -> str:
    """The address of the part on the tasks of the next period."""
    return reverse("reporting:slot", args=[report.uid, "tasks"]) + PLACE


def _work(report: OwnReport) -> str:
    """The address of the work on the report."""
    return reverse("reporting:report", args=[report.uid]) + PLACE


def _corrected_by_hand(content: bytes) -> bytes:
    """The file as a leader leaves it: one sentence mended in the words, one number in a sentence of figures."""
    document = docx.Document(io.BytesIO(content))
    numbers = 0
    for paragraph in document.paragraphs:
        if WRITTEN in paragraph.text:
            paragraph.runs[0].text = CORRECTED
            for run in paragraph.runs[1:]:
                run.text = ""
        elif "15 đảng viên" in paragraph.text and not numbers:
            numbers += 1
            whole = paragraph.text.replace("15 đảng viên", "16 đảng viên", 1)
            paragraph.runs[0].text = whole
            for run in paragraph.runs[1:]:
                run.text = ""
    assert numbers == 1, "a number to be changed by hand"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _written_and_remarked(offices: dict[str, Office], world: World) -> OwnReport:
    """Bring the report to the remarks of the departments: frozen, shared out, written, remarked on and answered."""
    lan, binh, hai = (offices[who].page for who in ("lan", "binh", "hai"))

    # The office begins, freezes the figures and gives the tasks to a department with a due day.
    offices["lan"].open(f"/bao-cao/{PLACE}")
    lan.get_by_role("button", name="Lập Báo cáo quý I/2023").click()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Báo cáo quý I/2023", timeout=WAIT)
    report = OwnReport.objects.get()
    section = next(
        one.section for one in slot_specs(definition_of(report, day=Period.parse("2023-Q1").end)) if one.slot == "tasks"
    )
    _next(lan, "Chốt số liệu", Stage.CUTOFF)
    lan.wait_for_load_state("networkidle")
    died = EntryDraft(
        world.members["phong"], MemberEvent.DIED, Period.parse("2023-Q1").window.last_day, world.units["DUK.01.02"]
    )
    record_member_entries(act=world.act("organizer"), drafts=[died])
    _next(lan, "Chuyển sang dự thảo", Stage.DRAFTING)
    lan.get_by_role("link", name="Giao phần cho các ban, đặt hạn").click()
    lan.locator(f"[name='ban-{section}']").fill("Ban Tổ chức")
    lan.locator(f"[name='nguoi-{section}']").select_option(label="Trần Văn Bình")
    lan.locator(f"[name='han-{section}']").fill("07/04/2023")
    _narrow(lan)
    lan.get_by_role("button", name="Ghi", exact=True).click()
    expect(lan.get_by_text("Ban Tổ chức").first).to_be_visible(timeout=WAIT)

    # The department finds what it owes, writes it, and it is kept.
    offices["binh"].open(f"/bao-cao/{PLACE}")
    owed = binh.locator("section.due")
    expect(owed).to_contain_text("07/04/2023", timeout=WAIT)
    owed.get_by_role("link").first.click()
    offices["binh"].open(_slot(report))
    binh.locator("#id_text").fill(WRITTEN)
    binh.get_by_role("button", name="Lưu", exact=True).click()
    expect(binh.locator("#saved")).to_contain_text("Đã lưu bản 1: Trần Văn Bình", timeout=WAIT)
    _narrow(binh)

    # The deputy remarks, the department answers.
    offices["lan"].open(_work(report))
    _next(lan, "Gửi các ban góp ý", Stage.COMMENTING)
    offices["hai"].open(_slot(report))
    hai.locator("#gop-y textarea").last.fill("Nêu rõ mốc của kế hoạch.")
    hai.get_by_role("button", name="Gửi góp ý").click()
    expect(hai.get_by_text("Nêu rõ mốc của kế hoạch.")).to_be_visible(timeout=WAIT)
    offices["binh"].open(_slot(report))
    binh.locator("#gop-y summary", has_text="Trả lời").click()
    binh.get_by_label("Trả lời góp ý này").fill("Đã có trong Kế hoạch năm.")
    binh.get_by_role("button", name="Gửi trả lời").click()
    expect(binh.get_by_text("Đã có trong Kế hoạch năm.")).to_be_visible(timeout=WAIT)
    return report


def test_three_people_bring_the_report_from_the_figures_to_its_sending(visit: Visit, world: World) -> None:
    offices = {who: visit() for who in ("lan", "binh", "hai")}
    for who, office in offices.items():
        office.sign_in(who)
    report = _written_and_remarked(offices, world)
    lan, hai = offices["lan"].page, offices["hai"].page

    # The draft goes out as a Word file and comes back mended: words are taken over, a number is only shown.
    offices["lan"].open(_work(report))
    _next(lan, "Trình Thường trực cho ý kiến", Stage.LEADERS)
    lan.get_by_role("link", name="Tệp Word").click()
    lan.get_by_label("Độ mật").select_option(label="Không mật")
    with lan.expect_download(timeout=WAIT) as taken:
        lan.get_by_role("button", name="Tải về (.docx)").click()
    mended = _corrected_by_hand(taken.value.path().read_bytes())
    file = {"name": "thuong-truc-sua.docx", "mimeType": "application/octet-stream", "buffer": mended}
    lan.get_by_label("Tệp Word đã sửa").set_input_files(file)  # type: ignore[arg-type]
    lan.get_by_role("button", name="Đọc tệp").click()
    expect(lan.get_by_role("heading", name="thuong-truc-sua.docx")).to_be_visible(timeout=WAIT)
    row = lan.get_by_role("row", name="16")
    expect(row.first).to_contain_text("15")
    _narrow(lan)
    lan.locator("#phan-tasks").get_by_role("button").click()
    expect(lan.locator("#phan-tasks")).to_contain_text("đã lấy", timeout=WAIT)
    assert slot_texts(report)["tasks"].text == CORRECTED

    # The deputy sends it to the signature, the office gives the number, issues and sends it.
    offices["hai"].open(_work(report))
    _next(hai, "Trình ký", Stage.SIGNING)
    offices["lan"].open(_work(report))
    lan.get_by_label("Số", exact=True).fill("12")
    lan.get_by_label("Ngày ban hành").fill("03/04/2023")
    _next(lan, "Lấy số", Stage.NUMBERED)
    _next(lan, "Ban hành", Stage.ISSUED)
    lan.get_by_label("Nơi nhận").fill("Thường trực Tỉnh ủy\nLưu Văn phòng")
    _next(lan, "Phát hành", Stage.SENT)

    # What was issued holds the frozen figure and the taken words; what came later is told beside it.
    lan.get_by_role("link", name="Trang in").click()
    paper = lan.locator("main")
    expect(paper).to_contain_text(CORRECTED, timeout=WAIT)
    expect(paper).to_contain_text("15 đảng viên")
    lan.get_by_role("link", name="Điều chỉnh sau chốt").click()
    expect(lan.locator("main")).to_contain_text("chốt 15, nay 14", timeout=WAIT)
    _narrow(lan)
    report.refresh_from_db()
    assert (report.stage, report.number) == (Stage.SENT, 12)
    assert {who: office.complaints for who, office in offices.items()} == {who: [] for who in offices}
