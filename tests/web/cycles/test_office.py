"""The office's screens: a cycle at a glance, looking one report through, adding up, opening, asking, forms."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.apps.reporting.cycles.office import act_of, at, filled, of, quarter_form
from tests.web.cycles.examples import PLACE, accepted_again, example_cycle, example_question

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.reporting.models import Cycle, FormRhythm, ReportForm
from giaoban.apps.reporting.operations import ValueDraft, report_values
from giaoban.apps.reporting.operations.cycles import accept, save_field, submit
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

BASE = "/bao-cao/ky/"


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def cycle(world: World) -> Cycle:
    return example_cycle(world)


def test_the_list_says_what_to_send_and_what_waits(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    mine = words(as_("secretary").get(BASE).content.decode())
    assert "Nhập Báo cáo quý I/2023 , hạn hết 10/04/2023" in mine
    office = words(as_("clerk").get(BASE + PLACE).content.decode())
    assert "1 chờ tiếp nhận, 1 chưa gửi" in office
    assert "đã tiếp nhận 1/4, 1 chờ tiếp nhận, 2 chưa gửi" in office
    other = as_("clerk").get(BASE + "?don-vi=DUK&ky=2022-Q1").content.decode()
    assert "Báo cáo quý I/2023" in other, "what runs today is there whatever is chosen"


def test_the_desk_says_it_too(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    for address in ("/den-han/", "/?don-vi=DUK.01.01&ky=2023-Q1"):
        page = as_("secretary").get(address).content.decode()
        assert "/nhap/?don-vi=DUK.01.01&amp;ky=2023-Q1" in page.split("Báo cáo phải gửi")[1], address
    office = words(as_("clerk").get("/den-han/").content.decode())
    assert "Báo cáo của các đơn vị Báo cáo quý I/2023 , hạn hết 10/04/2023 · 1 chờ tiếp nhận, 1 chưa gửi" in office
    assert "Báo cáo của các đơn vị" not in as_("inspector").get("/den-han/").content.decode(), "who may not accept"


def test_a_cycle_by_cluster_in_sign_and_word(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get(f"{BASE}{cycle.uid}/{PLACE}").content.decode()
    assert '<span class="status late" data-sign="◐">đã gửi, chờ tiếp nhận</span>' in page
    assert '<span class="status good" data-sign="●">đã tiếp nhận</span>' in page
    foot = words(page.split("<tfoot>")[1].split("</tfoot>")[0])
    assert foot.endswith("1 1 1 1"), "one not begun, one being filled, one waits, one accepted"
    missing = as_("clerk").get(f"{BASE}{cycle.uid}/{PLACE}&hien=thieu", headers={"hx-request": "true"}).content.decode()
    assert "<html" not in missing
    assert "Chi bộ Văn phòng" in missing
    assert "Chi bộ Thanh tra" not in missing
    assert "Hiện 2/4 đơn vị" in missing


def test_several_are_accepted_all_or_none(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("clerk"), f"{BASE}{cycle.uid}/tiep-nhan/{PLACE}"
    filled(world, cycle, "DUK.01.01", people="7")
    submit(act=act_of(world, "clerk", "2023-04-08 12:00"), submission=of(cycle, "DUK.01.01"))
    rows = [of(cycle, "DUK.01.01"), of(cycle, "DUK.02")]
    ticked = {"chon": [str(row.uid) for row in rows]} | {f"ban-{row.uid}": row.version for row in rows}
    refused = client.post(url, ticked | {f"ban-{rows[0].uid}": 0})
    assert refused.status_code == 422
    assert "Chưa tiếp nhận báo cáo nào. DUK.01.01: báo cáo đã thay đổi" in refused.content.decode()
    assert of(cycle, "DUK.02").state == "submitted"
    assert client.post(url, ticked).status_code == 302
    assert [of(cycle, row.unit.code).state for row in rows] == ["accepted", "accepted"]
    assert client.post(url, {"chon": "khong"}).status_code == 404


def test_more_time_for_several_at_once(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("clerk"), f"{BASE}{cycle.uid}/nhieu/gia-han/{PLACE}"
    codes = ("DUK.01", "DUK.01.01", "DUK.02")
    ticks = {"chon": [str(of(cycle, code).uid) for code in codes]}
    asked = client.post(url, ticks)
    page = words(asked.content.decode().split("<main")[1])
    assert "2 đơn vị" in page
    assert "Quỹ Thử nghiệm" in page.split("vì báo cáo đang ở bước khác:")[1]
    assert 'name="ghi"' in asked.content.decode()
    filled_in = ticks | {"ghi": "1", "until": "12/04/2023", "reason": ""}
    assert client.post(url, filled_in).status_code == 422
    assert of(cycle, "DUK.01").due_at == cycle.due_at
    assert client.post(url, filled_in | {"reason": "Mất điện cả xã"}).status_code == 302
    assert {of(cycle, code).due_at for code in codes[:2]} == {at("2023-04-12 23:59:59")}
    assert of(cycle, "DUK.02").due_at == cycle.due_at, "it was sent already"
    assert as_("secretary").post(url, {"chon": str(of(cycle, "DUK.01.01").uid)}).status_code in (403, 404)
    assert client.post(f"{BASE}{cycle.uid}/nhieu/tra-lai/{PLACE}", ticks).status_code == 404
    done = client.post(f"{BASE}{cycle.uid}/nhieu/gia-han/{PLACE}", {"chon": str(of(cycle, "DUK.02").uid)}, follow=True)
    assert "chưa chọn đơn vị nào còn làm được việc này" in done.content.decode()


def test_who_has_not_sent_is_left_out_of_acceptance(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    rows = [of(cycle, code) for code in ("DUK.01", "DUK.02")]
    ticked = {"chon": [str(row.uid) for row in rows]} | {f"ban-{row.uid}": row.version for row in rows}
    client, url = as_("clerk"), f"{BASE}{cycle.uid}/tiep-nhan/{PLACE}"
    done = client.post(url, ticked, follow=True).content.decode()
    assert "Đã tiếp nhận báo cáo của 1 đơn vị; 1 đơn vị đã chọn chưa gửi." in done
    refused = client.post(url, {"chon": str(rows[0].uid), f"ban-{rows[0].uid}": rows[0].version})
    assert refused.status_code == 422
    assert "chưa có gì để tiếp nhận" in refused.content.decode()


def test_reminders_and_the_workbook(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get(f"{BASE}{cycle.uid}/nhac/{PLACE}").content.decode()
    assert "Kính gửi Chi bộ Văn phòng, Đảng bộ cơ quan Sở Thử nghiệm. Báo cáo quý I/2023: hạn hết" in page
    assert "Trần Thị Em" in page
    assert "Quỹ Thử nghiệm" not in page.split("<main")[1], "who has sent is not reminded"
    response = as_("clerk").post(f"{BASE}{cycle.uid}/lay/{PLACE}")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[2][:4] == ["Cụm", "Mã", "Đơn vị", "Trạng thái"]
    assert len(rows) == 7
    assert AuditRow.objects.filter(action="reporting.cycle_exported").count() == 1


def test_the_cost_of_a_cycle_does_not_grow(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    def count(place: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert as_("clerk").get(f"{BASE}{cycle.uid}/{place}").status_code == 200
        return len(found)

    assert count("?don-vi=DUK&ky=2023-Q1") == count("?don-vi=DUK.01&ky=2023-Q1")


def test_a_report_is_looked_through_and_accepted(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    fund = world.units["DUK.02"]
    draft = ValueDraft(fund, "welfare.gifts", Period.parse("2022-Q4"), Decimal(4))
    year = ValueDraft(fund, "welfare.gifts", Period.parse("2022-Q1"), Decimal(1))
    report_values(act=world.act("clerk"), values=[draft, year])
    row = of(cycle, "DUK.02")
    page = as_("clerk").get(f"{BASE}bao/{row.uid}/{PLACE}").content.decode()
    line = words(page.split("Suất quà")[1].split("</tr>")[0])
    assert "2 4 1 ▲ 100 %" in line, "this quarter, the last, last year's, the growth"
    refused = as_("clerk").post(f"{BASE}bao/{row.uid}/tiep-nhan/{PLACE}", {"ban": "0"})
    assert refused.status_code == 422
    assert "báo cáo đã thay đổi từ khi đồng chí mở trang" in refused.content.decode()
    done = as_("clerk").post(f"{BASE}bao/{row.uid}/tiep-nhan/{PLACE}", {"ban": str(row.version)}, follow=True)
    assert "Tiếp nhận (bản 1)" in done.content.decode()
    assert "Bản 1" in done.content.decode()


def test_each_step_needs_its_reason(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")

    def step(code: str, name: str, **typed: str) -> int:
        return client.post(f"{BASE}bao/{of(cycle, code).uid}/{name}/{PLACE}", typed).status_code

    assert step("DUK.02", "tra-lai", fault="figures", reason="") == 422
    assert step("DUK.02", "tra-lai", fault="incomplete", reason="Thiếu mục III", until="12/04/2023") == 302
    assert of(cycle, "DUK.02").state == "returned"
    assert of(cycle, "DUK.02").due_at.isoformat() == "2023-04-12T16:59:59+00:00"
    assert "Thiếu mục III" in client.get(f"{BASE}bao/{of(cycle, 'DUK.02').uid}/nhap/").content.decode()
    page = client.post(
        f"{BASE}bao/{of(cycle, 'DUK.01').uid}/gia-han/{PLACE}", {"until": "01/04/2023", "reason": "Đi công tác"}
    )
    assert page.status_code == 422
    assert "không cho thêm thời gian" in page.content.decode()
    assert "Đi công tác</textarea>" in page.content.decode(), "what was typed stays"
    assert step("DUK.01", "gia-han", until="13/04/2023", hour="11:30", reason="Đi công tác") == 302
    assert step("DUK.01.01", "chap-nhan-thieu", reason="Bí thư đi viện") == 302
    assert step("DUK.01.01", "cho-mien", reason="Chi bộ mới sáp nhập") == 302
    assert of(cycle, "DUK.01.01").state == "released"
    assert step("DUK.01.02", "mo-lai", reason="Sửa số quà") == 302
    assert step("DUK.01.02", "khong-co", reason="x") == 404


def test_editions_stay_and_adjustments_are_told(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    row = accepted_again(world)
    act = act_of(world, "clerk", "2023-04-09 10:00")
    save_field(act=act, submission=row, field="gifts", value="5", seen=row.draft["gifts"]["version"])
    submit(act=act, submission=of(cycle, "DUK.01.02"))
    accept(act=act, submissions=[of(cycle, "DUK.01.02")])
    page = as_("clerk").get(f"{BASE}bao/{row.uid}/{PLACE}").content.decode()
    assert "Bản 2" in page
    old = words(as_("clerk").get(f"{BASE}bao/{row.uid}/ban/1/{PLACE}").content.decode())
    new = words(as_("clerk").get(f"{BASE}bao/{row.uid}/ban/2/{PLACE}").content.decode())
    assert "4 suất" in old
    assert "5 suất" in new
    assert as_("clerk").get(f"{BASE}bao/{row.uid}/ban/3/{PLACE}").status_code == 404
    late = ValueDraft(world.units["DUK.01.02"], "welfare.gifts", Period.parse("2023-Q1"), Decimal(8))
    report_values(act=act, values=[late])
    moved = words(
        as_("clerk").get(f"{BASE}bao/{row.uid}/{PLACE}").content.decode().split("Điều chỉnh sau tiếp nhận")[1]
    )
    assert "5 8 +3" in moved


def test_adding_up(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get(f"{BASE}{cycle.uid}/tong-hop/{PLACE}").content.decode()
    assert "đã tiếp nhận 0/2 đơn vị" in page, "only those who send to DUK itself"
    gifts = words(page.split("Suất quà")[1].split("</tr>")[0])
    assert gifts.endswith("4 +2 6"), "now, what waits, with it"
    assert "Chấp nhận thiếu" in page
    below = as_("clerk").get(f"{BASE}{cycle.uid}/tong-hop/?don-vi=DUK.01&ky=2023-Q1").content.decode()
    assert "Chi bộ Văn phòng" in below


def test_words_of_units_side_by_side(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    filled(world, cycle, "DUK.01.01", people="7")
    submit(act=act_of(world, "clerk", "2023-04-08 12:00"), submission=of(cycle, "DUK.01.01"))
    url = f"{BASE}{cycle.uid}/loi-van/{PLACE}"
    assert "Chi bộ giữ nền nếp sinh hoạt." in as_("clerk").get(url).content.decode()
    assert "Chi bộ giữ nền nếp" in as_("clerk").get(url + "&tim=nen+nep").content.decode()
    assert "Không đơn vị nào viết những chữ này." in as_("clerk").get(url + "&tim=boi+loi").content.decode()


def test_opening_for_a_period(world: World, as_: Callable[[str], Client]) -> None:
    form = quarter_form(world)
    client = as_("clerk")
    page = client.get(f"{BASE}mo/{PLACE}").content.decode()
    assert "Báo cáo quý I/2023: hạn hết 10/04/2023" in page
    what = f"{form.uid}/2023-Q1"
    refused = client.post(f"{BASE}mo/{PLACE}", {"what": what, "due": "12/04/2023", "locks": "11/04/2023"})
    assert refused.status_code == 422
    assert 'value="12/04/2023"' in refused.content.decode()
    done = client.post(f"{BASE}mo/{PLACE}", {"what": what, "due": "12/04/2023"}, follow=True)
    assert "hạn hết 12/04/2023" in words(done.content.decode())
    assert "quý I/2023" not in client.get(f"{BASE}mo/{PLACE}").content.decode().split("<form class")[1]
    one = Cycle.objects.get()
    assert client.post(f"{BASE}{one.uid}/huy/{PLACE}", {"reason": ""}).status_code == 422
    assert client.post(f"{BASE}{one.uid}/huy/{PLACE}", {"reason": "Mở nhầm"}).status_code == 302
    assert "Kỳ này đã hủy" in client.get(f"{BASE}{one.uid}/{PLACE}").content.decode()


def test_a_question_adds_itself_up(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    page = client.get(f"{BASE}hoi/{PLACE}").content.decode()
    assert 'value="05/04/2023"' in page
    assert 'value="20:00"' in page, "tonight"
    typed = {"text": "Số hộ bị ngập", "kind": "number", "noun": "hộ", "day": "05/04/2023", "hour": "20:00"}
    refused = client.post(f"{BASE}hoi/{PLACE}", typed)
    assert "Chưa chọn hỏi ai" in refused.content.decode()
    assert "Số hộ bị ngập</textarea>" in refused.content.decode()
    one_option = client.post(f"{BASE}hoi/{PLACE}", typed | {"kind": "choice", "options": "Có", "groups": "kind:cell"})
    assert "Có 1 phương án; cần ít nhất hai dòng khác nhau." in one_option.content.decode()
    late = client.post(f"{BASE}hoi/{PLACE}", typed | {"groups": "kind:cell", "day": "04/04/2023"})
    assert "đã qua" in late.content.decode()
    made = client.post(f"{BASE}hoi/{PLACE}", typed | {"groups": "kind:cell", "units": "DUK.02"})
    assert made.status_code == 302
    cycle = Cycle.objects.get(form__rhythm=FormRhythm.ONCE)
    row = of(cycle, "DUK.01.01")
    answer = as_("secretary").post(f"{BASE}bao/{row.uid}/nhap/", {"v-q1": "14", "s-q1": "0", "g-q1": "", "gui": "1"})
    assert answer.status_code == 302
    url = f"{BASE}{cycle.uid}/tra-loi/{PLACE}"
    shown = words(client.get(url, headers={"hx-request": "true"}).content.decode())
    assert "1/3 đơn vị đã trả lời" in shown
    assert "Cộng: 14 hộ" in shown
    assert "Chưa trả lời Chi bộ Thanh tra" in shown
    assert 'hx-trigger="every 30s"' in client.get(url).content.decode()
    assert "câu hỏi nhanh" in client.get(BASE + PLACE).content.decode()


def test_what_is_no_question_has_no_answers(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    assert as_("clerk").get(f"{BASE}{cycle.uid}/tra-loi/{PLACE}").status_code == 409
    question = example_question(world)
    assert as_("clerk").get(f"{BASE}{question.uid}/loi-van/{PLACE}").status_code == 409


def editor(page: str) -> dict[str, Any]:
    """What a browser without scripts would send back of the editor."""
    typed: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page.split('<form class="form wide"')[1]):
        name, value = re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name is None or (re.search(r'type="(checkbox|radio)"', tag) and " checked" not in tag):
            continue
        found = (value[1] if value else "").replace("&lt;", "<").replace("&gt;", ">")
        if name[1] == "kinds":
            typed["kinds"] = [*typed.get("kinds", []), found]
        elif name[1] != "csrfmiddlewaretoken":
            typed[name[1]] = found
    typed |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\s?([^<]*)</textarea>', page))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        typed[name] = chosen[1] if chosen else ""
    return typed


def test_a_form_is_seen_as_units_will_see_it(as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get(f"{BASE}mau/dat/{PLACE}&san=month-cell").content.decode()
    seen = page.split('id="xem-mau"')[1]
    assert seen.count('class="field"') == 4, "what the cell is asked"
    assert seen.count("số lấy từ sổ") == 3
    assert " name=" not in seen, "nothing of it is sent"


def test_a_form_is_made_from_a_shipped_one_and_changed(world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("clerk"), f"{BASE}mau/dat/{PLACE}"
    page = client.get(url + "&san=month-cell").content.decode()
    assert "● sổ đã biết, không phải nhập: " in page
    assert "✎ đơn vị tự báo số: " in page
    assert "Mẫu này hỏi 4 mục mỗi kỳ; 3 mục sổ đã biết. Bình quân mỗi đơn vị 4 mục một tháng." in page
    typed = editor(page)
    more = client.post(url, typed | {"lam": "them-truong", "moi": "discipline.members", "vao": "0"}).content.decode()
    assert "4 mục sổ đã biết" in more
    asked = client.post(url, editor(more) | {"lam": "them-truong", "moi": "+choice", "vao": "1"}).content.decode()
    assert "Mẫu này hỏi 5 mục" in asked
    less = client.post(url, editor(asked) | {"lam": "bo-truong:1:0"}).content.decode()
    assert "Mẫu này hỏi 4 mục" in less
    refused = client.post(url, editor(less) | {"luu": "1", "start": "01/01/2023"})
    assert refused.status_code == 422, "a rule still speaks of the field that is gone"
    wrong = refused.content.decode()
    assert "Không có trường hay chỉ tiêu «gifts»" in wrong.split('class="form-field wrong"')[1]
    mended = client.post(url, editor(wrong) | {"lam": "bo-qt:0"}).content.decode()
    done = client.post(url, editor(mended) | {"luu": "1", "start": "01/01/2023", "title": "Báo cáo tháng của ta"})
    assert done.status_code == 302
    form = ReportForm.objects.get(code="month-cell")
    assert (form.title, form.valid_from) == ("Báo cáo tháng của ta", date(2023, 1, 1))
    assert set(form.kinds) == {"cell", "grassroots_cell"}
    keys = [one["key"] for section in form.body["sections"] for one in section["fields"]]
    assert "discipline-members" in keys
    assert "gifts" not in keys
    listed = words(client.get(f"{BASE}mau/{PLACE}").content.decode())
    assert "Báo cáo tháng của ta" in listed
    assert "hỏi 4, sổ đã biết 4" in listed


def test_a_changed_form_is_a_new_version(world: World, as_: Callable[[str], Client]) -> None:
    form = quarter_form(world)
    client, url = as_("clerk"), f"{BASE}mau/dat/{PLACE}"
    page = client.get(f"{url}&mau={form.uid}").content.decode()
    typed = editor(page) | {"luu": "1", "start": "01/04/2023", "o-1-0-label": ""}
    refused = client.post(url, typed)
    assert "Chưa có label" in refused.content.decode().split('class="form-field wrong"')[1][:900]
    assert client.post(url, typed | {"o-1-0-label": "Suất quà Tết"}).status_code == 302
    form.refresh_from_db()
    assert form.valid_to == date(2023, 4, 1)
    assert ReportForm.objects.filter(code="quarter").count() == 2
    earlier = client.post(url, typed | {"o-1-0-label": "Quà", "start": "01/03/2023"})
    assert "đã đặt cho từ ngày 01/04/2023" in earlier.content.decode()
    assert client.get(f"{url}&mau=khong").status_code == 404
    assert client.get(f"{url}&san=khong").status_code == 404


def test_the_load_is_told_with_the_other_forms(world: World, as_: Callable[[str], Client]) -> None:
    quarter_form(world, kinds=("cell",))
    page = words(as_("clerk").get(f"{BASE}mau/dat/{PLACE}&san=month-cell").content.decode())
    assert "cả các mẫu khác: 5,7 mục một tháng" in page, "five a quarter are 1.7 a month, with four of this one"
