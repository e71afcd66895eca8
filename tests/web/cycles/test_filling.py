"""A unit fills its report on screen: what is typed is kept, who was slower is told, what is wrong stands beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.apps.reporting.cycles.office import act_of, at, filled, of, quarter_cycle

from giaoban.apps.reporting.models import Cycle, SubmissionFile
from giaoban.apps.reporting.operations import ValueDraft, report_values
from giaoban.apps.reporting.operations.cycles import save_field
from giaoban.core.period import Period
from giaoban.web.cycles.form_view import origin_of

if TYPE_CHECKING:
    from tests.world import World


@pytest.fixture
def cycle(world: World) -> Cycle:
    return quarter_cycle(world)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def url_of(cycle: Cycle, code: str = "DUK.01.01", then: str = "nhap/") -> str:
    return f"/bao-cao/ky/bao/{of(cycle, code).uid}/{then}"


def form_of(client: Client, url: str) -> dict[str, str]:
    """What a browser without scripts would send back of a page: every field as it came."""
    page = client.get(url).content.decode()
    sent = dict(re.findall(r'<input[^>]* name="([vsg]-[^"]+)" value="([^"]*)"', page))
    sent |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page))
    for name, options in re.findall(r'<select name="(m-[^"]+)"[^>]*>(.*?)</select>', page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_known_numbers_open_and_cannot_be_typed_over(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    page = as_("secretary").get(url_of(cycle)).content.decode()
    known = page.split('<div class="known">')[1].split("</div>")[0]
    assert "Tổng số đảng viên" in known
    assert "<input" not in known
    link = re.search(r'hx-get="([^"]+)"', known)
    assert link is not None
    assert as_("secretary").get(link[1].replace("&amp;", "&")).status_code == 200
    refused = as_("secretary").post(url_of(cycle), {"v-total": "99", "s-total": "0", "g-total": "x", "luu": "1"})
    assert refused.status_code == 302
    assert "total" not in of(cycle, "DUK.01.01").draft
    assert "hạn hết 10/04/2023" in words(page)
    assert "khóa hết 15/04/2023" in words(page)


def test_only_what_was_changed_is_kept(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    client, url = as_("secretary"), url_of(cycle)
    sent = form_of(client, url)
    assert {"v-gifts", "v-congresses/total", "v-strengths"} <= sent.keys()
    sent |= {"v-gifts": "1.250", "m-gifts": "estimated", "v-strengths": "Nền nếp tốt."}
    assert client.post(url, sent | {"luu": "1"}).status_code == 302
    draft = of(cycle, "DUK.01.01").draft
    assert (draft["gifts"]["value"], draft["gifts"]["mark"]) == ("1250", "estimated")
    assert set(draft) == {"gifts", "strengths"}
    page = client.get(url).content.decode()
    assert 'value="1.250"' in page
    assert '<option value="estimated" selected>ước</option>' in page
    assert "Đã nhập 2/5 mục" in page


def test_what_cannot_be_read_stays_beside_what_was_kept(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    client, url = as_("secretary"), url_of(cycle)
    sent = form_of(client, url) | {"v-gifts": "ba mươi", "v-people": "12", "gui": "1"}
    refused = client.post(url, sent)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'value="ba mươi"' in page
    assert "Không đọc được số «ba mươi»; cần số như 12, 1.250 hoặc 12,5." in page
    assert of(cycle, "DUK.01.01").draft["people"]["value"] == "12"
    assert of(cycle, "DUK.01.01").state == "draft", "nothing was sent"


def test_the_slower_of_two_is_told_and_both_texts_stay(
    cycle: Cycle, world: World, as_: Callable[[str], Client]
) -> None:
    client, url = as_("secretary"), url_of(cycle)
    sent = form_of(client, url)
    act = act_of(world, "clerk")
    save_field(act=act, submission=of(cycle, "DUK.01.01"), field="strengths", value="Bản của Lan", seen=0)
    refused = client.post(url, sent | {"v-strengths": "Bản của Thọ", "gui": "1"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Nguyễn Thị Lan vừa sửa mục này" in page
    assert ">Bản của Thọ</textarea>" in page, "one's own text stays in its place"
    assert "Bản của Lan" in page
    # Sending the same page again must not write over what the other wrote.
    again = dict(re.findall(r'name="([sg]-strengths)" value="([^"]*)"', page))
    client.post(url, sent | again | {"v-strengths": "Bản của Thọ", "luu": "1"})
    assert of(cycle, "DUK.01.01").draft["strengths"]["value"] == "Bản của Lan"
    assert of(cycle, "DUK.01.01").draft["strengths"]["rivals"][0]["value"] == "Bản của Thọ"
    client.post(url, sent | again | {"v-strengths": "Bản của Lan và Thọ", "luu": "1"})
    assert of(cycle, "DUK.01.01").draft["strengths"]["value"] == "Bản của Lan và Thọ"


@pytest.mark.parametrize(("button", "left"), [("giu", "Bản của Thọ"), ("lay", "Bản của Lan, 12,5")])
def test_one_of_both_texts_can_be_chosen(
    button: str, left: str, cycle: Cycle, world: World, as_: Callable[[str], Client]
) -> None:
    client, url = as_("secretary"), url_of(cycle)
    sent = form_of(client, url) | {"v-strengths": "Bản của Thọ"}
    act = act_of(world, "clerk")
    save_field(act=act, submission=of(cycle, "DUK.01.01"), field="strengths", value="Bản của Lan, 12,5", seen=0)
    page = client.post(url, sent | {"luu": "1"}).content.decode()
    again = dict(re.findall(r'name="([sg]-strengths)" value="([^"]*)"', page))
    assert client.post(url, sent | again | {button: "strengths"}).status_code == 302
    kept = of(cycle, "DUK.01.01").draft["strengths"]
    assert kept["value"] == left
    assert not kept.get("rivals")


def test_sending_tells_what_is_lacking_and_asks_for_confirmation(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    client, url = as_("secretary"), url_of(cycle)
    sent = form_of(client, url) | {"v-gifts": "9", "v-congresses": "3", "v-congresses/total": "2", "gui": "1"}
    page = client.post(url, sent).content.decode()
    assert "«Người được giúp» chưa có nội dung" in page
    beside = page.split('data-place="congresses"')[1].split('data-place="congresses/total"')[0]
    assert "3 không được lớn hơn 2. Xem lại số đại hội đã tổ chức" in beside, "the instruction stands beside"
    sent = form_of(client, url) | {"v-congresses": "2", "v-people": "5", "gui": "1"}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Một người thường nhận không quá một suất" in words(refused.content.decode())
    assert 'name="xn" value="rule:gifts-people"' in refused.content.decode()
    done = client.post(url, form_of(client, url) | {"xn": "rule:gifts-people", "gui": "1"})
    assert done.status_code == 302
    assert of(cycle, "DUK.01.01").state == "submitted"
    assert client.get(url).status_code == 302, "what is on its way is read, not typed"


def test_a_file_is_kept_and_given_back(cycle: Cycle, as_: Callable[[str], Client]) -> None:
    client, url = as_("secretary"), url_of(cycle)
    upload = SimpleUploadedFile("kế hoạch.docx", b"noi dung")
    assert client.post(url, form_of(client, url) | {"tep-plan": upload, "luu": "1"}).status_code == 302
    kept = SubmissionFile.objects.get()
    got = client.get(f"/bao-cao/ky/tep/{kept.uid}/")
    assert got.content == b"noi dung"
    assert got["Content-Disposition"].startswith("attachment")
    assert as_("outsider").get(f"/bao-cao/ky/tep/{kept.uid}/").status_code == 404
    assert client.post(url, form_of(client, url) | {"bo-tep": str(kept.uid)}).status_code == 302
    assert "Bỏ tệp" not in client.get(url).content.decode()
    assert client.get(f"/bao-cao/ky/tep/{kept.uid}/").status_code == 404
    assert client.post(url, form_of(client, url) | {"bo-tep": "khong"}).status_code == 404
    empty = SimpleUploadedFile("rong.docx", b"")
    refused = client.post(url, form_of(client, url) | {"tep-plan": empty, "luu": "1"})
    assert refused.status_code == 422
    assert "cần tệp không rỗng, không quá 10 MB" in refused.content.decode()


def test_taking_back(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("secretary"), url_of(cycle)
    client.post(url, form_of(client, url) | {"v-people": "5", "gui": "1"})
    back = client.post(url_of(cycle, then="rut/"), follow=True)
    assert "Đã rút lại báo cáo" in back.content.decode()
    again = client.post(url_of(cycle, then="rut/"), follow=True)
    assert "không rút lại được" in again.content.decode()


def test_entered_for_the_secretary_by_the_office(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("clerk"), url_of(cycle)
    assert "Nhập giúp" in client.get(url).content.decode()
    sent = form_of(client, url) | {"v-people": "5", "giup": str(world.users["secretary"].uid), "luu": "1"}
    assert client.post(url, sent).status_code == 302
    assert of(cycle, "DUK.01.01").draft["people"]["for"] == "Bùi Văn Thọ"
    refused = client.post(url, sent | {"v-people": "6", "giup": str(world.users["deputy"].uid)})
    assert refused.status_code == 422
    assert 'value="6"' in refused.content.decode()


def kept(client: Client, cycle: Cycle, world: World, **sent: str) -> dict[str, Any]:
    url = url_of(cycle, then="o/")
    user = str(world.users["secretary"].uid)
    answer = client.post(url, {"user": user, **sent})
    found: dict[str, Any] = answer.json()
    return found


def test_one_field_at_a_time(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    client = as_("secretary")
    assert client.get(url_of(cycle, then="o/")).json()["user"] == str(world.users["secretary"].uid)
    first = kept(client, cycle, world, field="gifts", value="12", mark="", seen="0")
    assert (first["saved"], first["seen"], first["progress"]) == (True, 1, "Đã nhập 1/5 mục")
    assert first["origin"] == origin_of("12", "")
    same = kept(client, cycle, world, field="gifts", value="12", mark="", seen="0")
    assert (same["saved"], same["seen"]) == (True, 1), "the same again is answered alike"
    wrong = kept(client, cycle, world, field="gifts", value="mười", mark="", seen="1")
    assert (wrong["saved"], wrong["wrong"]) == (False, True)
    assert "Không đọc được số" in wrong["html"]
    assert of(cycle, "DUK.01.01").draft["gifts"]["value"] == "12"
    filled(world, cycle, "DUK.01.01", gifts="15")
    told = kept(client, cycle, world, field="gifts", value="13", mark="", seen="1")
    assert (told["saved"], told["seen"]) == (False, 2)
    assert "Nguyễn Thị Lan vừa sửa mục này" in told["html"]
    assert "15" in told["html"]
    assert of(cycle, "DUK.01.01").draft["gifts"]["rivals"][0]["value"] == "13", "nothing is lost"


def test_nothing_is_kept_for_another_person(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    sent = {"user": str(world.users["secretary"].uid), "field": "gifts", "value": "1", "mark": "", "seen": "0"}
    answer = as_("clerk").post(url_of(cycle, then="o/"), sent)
    assert answer.status_code == 409
    assert "gifts" not in of(cycle, "DUK.01.01").draft


def test_an_unusual_number_is_confirmed_with_a_word(
    cycle: Cycle, world: World, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = world.units["DUK.01.01"]
    past = ["2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4"]
    drafts = [ValueDraft(cell, "welfare.gifts", Period.parse(one), Decimal(10)) for one in past]
    report_values(act=world.act("clerk"), values=drafts)
    client = as_("secretary")
    told = kept(client, cycle, world, field="gifts", value="900", mark="", seen="0")
    assert "900 cao khác thường" in told["html"]
    assert 'name="xac-nhan" value="gifts"' in told["html"]
    done = kept(client, cycle, world, field="gifts", value="900", mark="", seen="1", confirm="Có đợt cứu trợ lũ")
    assert "Đã xác nhận" in done["html"]
    assert of(cycle, "DUK.01.01").draft["gifts"]["confirmed"]["remark"] == "Có đợt cứu trợ lũ"
    # Without scripts the same button sends the whole form.
    other = kept(client, cycle, world, field="gifts", value="901", mark="", seen="1")
    assert "901 cao khác thường" in other["html"], "another number is asked about again"
    sent = form_of(client, url_of(cycle)) | {"xac-nhan": "gifts", "ly-do-gifts": "Đúng số"}
    assert client.post(url_of(cycle), sent).status_code == 302
    assert of(cycle, "DUK.01.01").draft["gifts"]["confirmed"]["value"] == "901"


def test_the_lock_is_told_and_nothing_is_lost(
    cycle: Cycle, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = as_("secretary"), url_of(cycle)

    def later() -> datetime:
        return at("2023-04-16 08:00")

    monkeypatch.setattr("giaoban.web.http.clock", later)
    refused = client.post(url, form_of(client, url) | {"v-people": "5", "gui": "1"})
    assert refused.status_code == 422
    assert (
        "Kỳ đã khóa hết 15/04/2023. Đề nghị Đảng bộ cơ quan Sở Thử nghiệm gia hạn" in client.get(url).content.decode()
    )
    assert "đã khóa lúc 23:59 ngày 15/04/2023" in refused.content.decode()
    assert of(cycle, "DUK.01.01").draft["people"]["value"] == "5"


def test_queries_depend_on_the_form_alone(cycle: Cycle, world: World, as_: Callable[[str], Client]) -> None:
    def count(code: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert as_("clerk").get(url_of(cycle, code)).status_code == 200
        return len(found)

    alone = count("DUK.01.01")
    filled(world, cycle, "DUK.01.01", gifts="2", congresses="1")
    assert count("DUK.01.01") == alone
    assert count("DUK.01") <= alone + 3, "units below cost no more"
