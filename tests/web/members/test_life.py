"""Absences, cards, honours, conclusions, ways out and back on screen: one form each, what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import START

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import (
    AbsenceEntry,
    HonourEntry,
    Member,
    MemberEntry,
    MemberEvent,
    MemberState,
    VettingEntry,
    VettingPurpose,
)
from giaoban.apps.members.operations import (
    FirstEntry,
    MemberDraft,
    VettingDraft,
    enrol_members,
    exempt_member,
    record_vetting,
    void_absence_entry,
)
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.web.members import badge_round

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]
NO_DECISION = {"decision_number": "", "decision_date": ""}


def page_of(client: Client, member: Member, what: str = "") -> str:
    return client.get(f"/dang-vien/{member.uid}/{what}").content.decode()


def test_away_contact_and_back_on_one_address(world: World, as_: As) -> None:
    client, em = as_("secretary"), world.members["em"]
    url = f"/dang-vien/{em.uid}/di-xa/"
    form = {"place": "Nhật Bản", "abroad": "on", "day": "01/04/2023", "until": ""}
    page = client.post(url, form, follow=True).content.decode()
    assert "Đã ghi Trần Thị Em đi xa từ ngày 01/04/2023." in page
    assert "Đi làm ăn xa, tạm vắng: Nhật Bản (ngoài nước)" in page
    assert "Nhật Bản (ngoài nước), từ 01/04/2023" in page
    assert "Đã trở về" in client.get(url).content.decode()
    page = client.post(url, {"day": "03/04/2023", "what": "contacted"}, follow=True).content.decode()
    assert "Đã ghi Trần Thị Em đã liên lạc ngày 03/04/2023." in page
    early = client.post(url, {"day": "31/03/2023", "what": "returned"})
    assert early.status_code == 422
    assert "không đi xa vào ngày này" in early.content.decode()
    page = client.post(url, {"day": "05/04/2023", "what": "returned"}, follow=True).content.decode()
    assert "đã trở về ngày 05/04/2023" in page
    assert "Ra nước ngoài" in client.get(url).content.decode(), "and the form is there for the next time"


def test_what_was_typed_of_an_absence_stays(world: World, as_: As) -> None:
    form = {"place": "", "day": "01/04/2023", "until": "31/12/2023"}
    response = as_("secretary").post(f"/dang-vien/{world.members['em'].uid}/di-xa/", form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Chưa có nơi đến." in page
    assert "31/12/2023" in page
    assert not AbsenceEntry.objects.exists()


def test_an_exemption_and_its_end(world: World, as_: As) -> None:
    client, em = as_("clerk"), world.members["em"]
    url = f"/dang-vien/{em.uid}/mien-sinh-hoat/"
    form = {"day": "01/04/2023", "until": "30/06/2023", "decision_number": "5-NQ/CB", "decision_date": "31/03/2023"}
    page = client.post(url, form, follow=True).content.decode()
    assert "từ 01/04/2023 đến hết 30/06/2023" in page
    assert "Hết hạn miễn sinh hoạt ngày 30/06/2023" in page
    assert "Văn bản số 5-NQ/CB ngày 31/03/2023" in page
    assert "Đang được miễn từ ngày 01/04/2023 đến hết ngày 30/06/2023." in client.get(url).content.decode()
    page = client.post(
        url, NO_DECISION | {"what": "end", "day": "05/04/2023", "until": ""}, follow=True
    ).content.decode()
    assert "Đã ghi Trần Thị Em sinh hoạt trở lại từ ngày 05/04/2023." in page


def test_two_who_correct_an_exemption_are_told(world: World, as_: As) -> None:
    entry = exempt_member(act=world.act("secretary"), member=world.members["em"], day=date(2023, 3, 1))
    url = f"/dang-vien/lan-ghi/absences/{entry.uid}/"
    form = NO_DECISION | {"how": "replace", "day": "02/03/2023", "decision_issuer": ""}
    page = as_("clerk").post(url, form, follow=True).content.decode()
    assert "Đã đính chính lần ghi" in page
    second = as_("clerk").post(url, form)
    assert second.status_code == 422
    assert "đã được người khác đính chính" in second.content.decode()
    assert "Nguyễn Thị Lan đã đính chính lần ghi này" in as_("clerk").get(url).content.decode()
    live = AbsenceEntry.objects.live().get()
    void_absence_entry(act=world.act("clerk"), entry=live)
    assert as_("clerk").get("/dang-vien/lan-ghi/ratings/" + str(entry.uid) + "/").status_code == 404


def test_cards(world: World, as_: As) -> None:
    client, giang = as_("clerk"), world.members["giang"]
    assert "Phát thẻ đảng viên" in page_of(client, giang)
    taken = world.members["dao"].card_number
    form = NO_DECISION | {"card_number": taken, "round": "3/2", "day": "03/04/2023"}
    refused = client.post(f"/dang-vien/{giang.uid}/phat-the/", form)
    assert refused.status_code == 422
    assert f"Số thẻ {taken} đã có trong sổ đảng viên" in refused.content.decode()
    page = client.post(f"/dang-vien/{giang.uid}/phat-the/", form | {"card_number": "71000009"}, follow=True)
    assert "Phát thẻ, đợt 3/2" in page.content.decode()
    assert world.refresh("giang").card_number == "71000009"
    form = NO_DECISION | {"reason": "lost", "card_number": "", "day": "04/04/2023"}
    page = client.post(f"/dang-vien/{giang.uid}/cap-lai-the/", form, follow=True)
    assert "Cấp lại thẻ: bị mất" in page.content.decode()


def test_a_commendation_and_one_of_an_organisation(world: World, as_: As) -> None:
    client, dao = as_("clerk"), world.members["dao"]
    form = {
        "what": "commended",
        "reason": "five_years",
        "level": "upper",
        "form": "letter",
        "day": "03/02/2023",
        "decision_number": "12-QĐ/ĐUK",
        "decision_date": "",
    }
    page = client.post(f"/dang-vien/{dao.uid}/khen-thuong/", form, follow=True).content.decode()
    assert "Khen thưởng; giấy khen; hoàn thành xuất sắc nhiệm vụ 5 năm liền" in page
    response = client.post("/dang-vien/khen-to-chuc/?don-vi=DUK.02", form, follow=True)
    assert "Đã ghi khen thưởng Chi bộ Quỹ Thử nghiệm." in response.content.decode()
    assert [entry.member is None for entry in HonourEntry.objects.order_by("pk")] == [False, True]


def test_a_badge_is_refused_with_the_day_on_which_it_is_due(world: World, as_: As) -> None:
    form = NO_DECISION | {
        "what": "badge_awarded",
        "years": "30",
        "round": "19/5/2023",
        "how": "regular",
        "level": "provincial",
        "day": "05/04/2023",
    }
    url = f"/dang-vien/{world.members['quy'].uid}/huy-hieu/"
    refused = as_("clerk").post(url, form)
    assert refused.status_code == 422
    assert "Đủ 30 năm tuổi Đảng ngày 03/02/2024" in refused.content.decode()
    page = as_("clerk").post(url, form | {"how": "early"}, follow=True).content.decode()
    assert "Tặng Huy hiệu Đảng 30 năm, đợt 19/5/2023, sớm vì bệnh nặng" in page


def test_badges_of_a_round_are_recorded_together(world: World, as_: As) -> None:
    client = as_("clerk")
    url = "/dang-vien/huy-hieu/?dot=3/2/2024"
    page = client.get(url).content.decode()
    assert "Đủ năm trong đợt: 1" in page
    assert "1 đảng viên đủ năm trong đợt (30 năm: 1)" in page
    key = f"{world.members['quy'].uid}:30"
    form = NO_DECISION | {"what": "badge_proposed", "level": "provincial", "day": "05/04/2023"}
    nobody = client.post(url, form)
    assert nobody.status_code == 422
    assert "Chưa chọn ai trong danh sách" in nobody.content.decode()
    stale = client.post(url, form | {"chon": [key, f"{world.members['dao'].uid}:30"]})
    assert "Danh sách vừa thay đổi" in stale.content.decode()
    assert f'value="{key}" checked' in stale.content.decode(), "what was ticked stays"
    page = client.post(url, form | {"chon": [key]}, follow=True).content.decode()
    assert "Đã ghi đề nghị tặng Huy hiệu Đảng cho 1 đảng viên." in page
    assert "đã đề nghị" in page
    assert as_("inspector").post(url, form | {"chon": [key]}).status_code == 403
    assert client.get("/dang-vien/huy-hieu/?dot=1/1/2024").status_code == 404


def _old_hands(world: World, number: int) -> None:
    """Members who all come to thirty years on 02/02/2024, and one who did a year before and got nothing."""
    born, first = (
        PartialDate(date(1965, 1, 1), Precision.DAY),
        FirstEntry(MemberEvent.OPENING, START, world.units["DUK.02"]),
    )
    drafts = [
        MemberDraft(f"Hoàng Văn Lâu {index}", born, first, admitted_on=day, recognised_on=day)
        for index, day in enumerate([date(1994, 2, 2)] * number + [date(1993, 2, 2)], 1)
    ]
    enrol_members(act=world.act("clerk", at_console=True), drafts=drafts)


def test_the_page_and_its_print_are_the_round_that_was_chosen(
    world: World, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    _old_hands(world, 3)
    client, url = as_("clerk"), "/dang-vien/huy-hieu/?dot=3/2/2024"
    page = client.get(url).content.decode()
    assert page.count("Hoàng Văn Lâu") == 2 * 3, "each once as a line, once beside its box"
    assert "Hoàng Văn Lâu 4" not in page, "who was missed in an old round stands in a list of its own"
    assert "Đủ năm từ trước, chưa ghi tặng (1)" in page
    missed = client.get(url + "&ds=truoc").content.decode()
    assert "Hoàng Văn Lâu 4" in missed
    assert "Hoàng Văn Lâu 1" not in missed
    assert client.get(url + "&ds=khac").status_code == 404
    monkeypatch.setattr(badge_round, "PAGE", 3)
    first, second = (client.get(f"{url}&trang={number}").content.decode() for number in (1, 2))
    assert "4 dòng, trang 1/2" in first
    assert "Đủ năm trong đợt: 4" in second, "the head of a group counts all of it"
    assert not AuditRow.objects.filter(action="members.worklist_printed").exists()
    assert "Hoàng Văn Lâu 3" in client.get(url + "&in=tat-ca").content.decode()
    assert AuditRow.objects.get(action="members.worklist_printed").detail == {"rows": 4, "list": "badges 3/2/2024"}


def test_conclusions_are_shown_to_those_who_record_them(world: World, as_: As) -> None:
    dao = world.members["dao"]
    form = {"purpose": "cadre", "number": "45-KL/BTC", "day": "03/04/2023"}
    page = as_("secretary").post(f"/dang-vien/{dao.uid}/ket-luan/", form, follow=True).content.decode()
    assert "Kết luận tiêu chuẩn chính trị, công tác cán bộ" in page
    assert "45-KL/BTC" in page
    for role in ("inspector", "deputy"):
        hidden = page_of(as_(role), dao)
        assert "Kết luận tiêu chuẩn chính trị" not in hidden, role
        assert "45-KL/BTC" not in hidden, role
    assert VettingEntry.objects.get().effective_date == date(2023, 4, 3)


def test_names_behind_few_conclusions_are_restricted(world: World, as_: As) -> None:
    """Decision D11: below five even unit and day would name the person."""
    draft = VettingDraft(
        VettingPurpose.CADRE, date(2023, 2, 1), world.members["dao"], decision=Decision("4-KL/BTC", None)
    )
    record_vetting(act=world.act("clerk"), draft=draft)
    address = reverse("home:entries", args=["members.vetted"]) + "?don-vi=DUK&ky=2023-Q1"
    assert "Nguyễn Đức Đạo" in as_("clerk").get(address).content.decode()
    for role in ("inspector", "deputy"):
        shown = as_(role).get(address).content.decode()
        assert "Nguyễn Đức Đạo" not in shown, role
        assert "hạn chế" in shown, role


def test_an_opinion_on_standing(world: World, as_: As) -> None:
    form = NO_DECISION | {"day": "03/04/2023"}
    page = as_("clerk").post(f"/dang-vien/{world.members['dao'].uid}/tu-cach/", form, follow=True).content.decode()
    assert "Cho ý kiến về tư cách đảng viên" in page


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"how": "struck_off", "ground": ""}, "Chưa chọn căn cứ xóa tên."),
        ({"how": "resigned", "ground": "no_will"}, "Xin ra khỏi Đảng thì không chọn căn cứ xóa tên."),
        ({"how": "expelled", "ground": ""}, "Hãy chọn hình thức trong danh sách."),
        ({"how": "struck_off", "ground": "review_refused"}, "Hãy chọn căn cứ xóa tên trong danh sách."),
        ({"day": "06/04/2023"}, "ở tương lai"),
    ],
)
def test_what_is_no_way_out(world: World, as_: As, change: dict[str, str], told: str) -> None:
    form = NO_DECISION | {"how": "resigned", "ground": "", "day": "05/04/2023"} | change
    response = as_("clerk").post(f"/dang-vien/{world.members['em'].uid}/ra-khoi-dang/", form)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert world.refresh("em").state == MemberState.OFFICIAL


def test_the_form_says_what_follows(world: World, as_: As) -> None:
    page = page_of(as_("clerk"), world.members["dao"], "ra-khoi-dang/")
    assert "Thu hồi thẻ đảng viên." in page
    assert "Thôi giữ chức vụ cùng ngày: Bí thư Đảng bộ cơ quan Sở Thử nghiệm." in page
    assert "Khai trừ là hình thức kỷ luật" in page
    assert "đang chờ tiếp nhận không còn giá trị" in page_of(as_("clerk"), world.members["nga"], "tu-tran/")


def test_struck_off_and_restored(world: World, as_: As) -> None:
    client, em = as_("clerk"), world.members["em"]
    form = NO_DECISION | {"how": "struck_off", "ground": "no_activity", "day": "03/04/2023"}
    page = client.post(f"/dang-vien/{em.uid}/ra-khoi-dang/", form, follow=True).content.decode()
    assert "Xóa tên: bỏ sinh hoạt hoặc không đóng đảng phí" in page
    assert "Khôi phục đảng tịch" in page
    assert "Đi xa" not in page
    form = NO_DECISION | {"cell": "DUK.01.02", "day": "05/04/2023", "status": "official"}
    page = client.post(f"/dang-vien/{em.uid}/khoi-phuc/", form, follow=True).content.decode()
    assert "Đã ghi khôi phục đảng tịch của Trần Thị Em từ ngày 05/04/2023." in page
    assert world.refresh("em").unit.code == "DUK.01.02"


def test_a_death(world: World, as_: As) -> None:
    uid = world.members["em"].uid
    page = as_("secretary").post(f"/dang-vien/{uid}/tu-tran/", {"day": "04/04/2023"}, follow=True).content.decode()
    assert "Đã ghi Trần Thị Em từ trần ngày 04/04/2023." in page
    assert MemberEntry.objects.live().filter(member=world.members["em"], kind=MemberEvent.DIED).count() == 1


def test_the_head_of_the_page(world: World, as_: As) -> None:
    page = page_of(as_("secretary"), world.members["dao"])
    assert "27 năm tuổi Đảng" in page
    assert "Huy hiệu 30 năm, đợt 3/2/2026 (đủ năm ngày 03/02/2026)" in page
    assert "Hết thời hạn dự bị ngày 10/01/2024" in page_of(as_("secretary"), world.members["an"])


def test_the_timeline_holds_all_registers_newest_first(world: World, as_: As) -> None:
    dao = world.members["dao"]
    exempt_member(act=world.act("clerk"), member=dao, day=date(2023, 3, 1))
    draft = VettingDraft(VettingPurpose.CADRE, date(2023, 2, 1), dao, decision=Decision("4-KL/BTC"))
    record_vetting(act=world.act("clerk"), draft=draft)
    page = page_of(as_("clerk"), dao)
    places = [page.index(words) for words in ("01/03/2023", "01/02/2023", "01/01/2022")]
    assert places == sorted(places)
