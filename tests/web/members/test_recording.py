"""Recording: what was typed stays, errors say what would be right, and two who correct at once are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from giaoban.apps.inspection.models import DisciplineEntry
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState
from giaoban.apps.members.operations import FirstEntry, MemberDraft, enrol_member
from giaoban.core.dates_vi import PartialDate, Precision

if TYPE_CHECKING:
    from tests.world import World

ADMISSION = {
    "cell": "DUK.01.01",
    "full_name": "  Nguyễn  Thị Hường ",
    "birth": "12/04/1998",
    "sex": "female",
    "day": "03/04/2023",
    "decision_number": "15-QĐ/DUK",
    "decision_date": "31/03/2023",
    "identity_number": "001 098 000 123",
    "file_number": "",
    "phone": "",
}


def _entry(world: World, member: str, kind: MemberEvent) -> MemberEntry:
    return MemberEntry.objects.live().get(member=world.members[member], kind=kind)


def test_an_admission(world: World, as_: Callable[[str], Client]) -> None:
    response = as_("secretary").post("/dang-vien/ket-nap/", ADMISSION, follow=True)
    page = response.content.decode()
    member = Member.objects.get(full_name="Nguyễn Thị Hường")
    assert response.redirect_chain[-1][0].startswith(f"/dang-vien/{member.uid}/")
    assert "Đã ghi kết nạp Nguyễn Thị Hường ngày 03/04/2023." in page
    assert "Văn bản số 15-QĐ/DUK ngày 31/03/2023" in page
    assert "thành công" not in page.lower()
    assert (member.unit.code, member.state, member.identity_tail) == ("DUK.01.01", MemberState.PROBATIONARY, "123")


@pytest.mark.parametrize(
    ("change", "told", "reason"),
    [
        ({"birth": "31/02/1998"}, "Không có ngày", "no such day"),
        ({"day": "2023"}, "cần đủ ngày, tháng, năm", "a day is wanted, not a year"),
        ({"birth": "1/1/2010"}, "chưa đủ 18 tuổi", "too young"),
        ({"full_name": "Hường"}, "cả họ và tên", "half a name"),
        ({"cell": ""}, "Chưa chọn chi bộ.", "no cell"),
        ({"cell": "XA.01"}, "Hãy chọn chi bộ trong danh sách", "a cell of another committee"),
        ({"cell": "DUK.01"}, "Hãy chọn chi bộ trong danh sách", "members do not stand in a committee"),
        ({"identity_number": "12345"}, "12 chữ số", "not an identity number"),
        ({"sex": ""}, "Chưa chọn giới tính.", "nothing chosen"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    change: dict[str, str], told: str, reason: str, world: World, as_: Callable[[str], Client]
) -> None:
    before = Member.objects.count()
    response = as_("clerk").post("/dang-vien/ket-nap/", ADMISSION | change)
    page = response.content.decode()
    assert response.status_code == 422, reason
    assert told in page, reason
    assert "15-QĐ/DUK" in page, "what was typed stays"
    assert Member.objects.count() == before


def test_somebody_twice_is_told_by_the_number(world: World, as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    client.post("/dang-vien/ket-nap/", ADMISSION)
    page = client.post("/dang-vien/ket-nap/", ADMISSION | {"full_name": "Lê Thị Khác"}).content.decode()
    assert "Số định danh …123 đã có trong sổ đảng viên" in page
    assert Member.objects.filter(full_name="Lê Thị Khác").count() == 0


def test_only_a_year_of_birth_is_enough(as_: Callable[[str], Client]) -> None:
    as_("clerk").post("/dang-vien/ket-nap/", ADMISSION | {"birth": "1998"})
    member = Member.objects.get(full_name="Nguyễn Thị Hường")
    assert (member.birth_date, member.birth_precision) == (date(1998, 1, 1), "year")


def test_an_arrival_from_outside(as_: Callable[[str], Client]) -> None:
    form = {
        "cell": "DUK.02",
        "full_name": "Đoàn Văn Hậu",
        "birth": "1975",
        "sex": "male",
        "outside": "Đảng bộ huyện Khe Mây",
        "day": "03/04/2023",
        "status": "official",
        "admitted_on": "03/02/2001",
        "recognised_on": "03/02/2002",
        "card_number": "71000001",
        "decision_number": "",
        "decision_date": "",
    }
    page = as_("clerk").post("/dang-vien/tiep-nhan-tu-ngoai/", form, follow=True).content.decode()
    assert "Đã ghi tiếp nhận Đoàn Văn Hậu từ Đảng bộ huyện Khe Mây." in page
    member = Member.objects.get(full_name="Đoàn Văn Hậu")
    assert (member.state, member.admitted_on) == (MemberState.OFFICIAL, date(2001, 2, 3))


LETTER = {
    "goal": "",
    "goal_code": "",
    "outside": "",
    "day": "03/04/2023",
    "decision_number": "",
    "decision_date": "",
}


def test_a_transfer_within_is_counted_at_the_receipt(world: World, as_: Callable[[str], Client]) -> None:
    sender, uid = as_("secretary"), world.members["dao"].uid
    page = sender.post(
        f"/dang-vien/{uid}/chuyen-sinh-hoat/", LETTER | {"goal_code": "DUK.02"}, follow=True
    ).content.decode()
    assert "vẫn tính ở chi bộ cũ đến khi nơi đến tiếp nhận" in page
    assert "nơi đến chưa tiếp nhận" in page
    assert world.refresh("dao").unit.code == "DUK.01.01"
    letter = _entry(world, "dao", MemberEvent.TRANSFER_SENT)
    receiver = as_("clerk")
    early = receiver.post(f"/dang-vien/dang-chuyen/{letter.uid}/", {"day": "01/04/2023"})
    assert early.status_code == 422
    assert "trước ngày giới thiệu 03/04/2023" in early.content.decode()
    page = receiver.post(f"/dang-vien/dang-chuyen/{letter.uid}/", {"day": "04/04/2023"}, follow=True).content.decode()
    assert "Đã ghi tiếp nhận Nguyễn Đức Đạo ngày 04/04/2023." in page
    assert world.refresh("dao").unit.code == "DUK.02"
    again = receiver.post(f"/dang-vien/dang-chuyen/{letter.uid}/", {"day": "04/04/2023"})
    assert "đã được tiếp nhận" in again.content.decode()
    assert sender.get(f"/dang-vien/{uid}/").status_code == 404, "the file went with the member"


def test_a_transfer_to_the_outside(world: World, as_: Callable[[str], Client]) -> None:
    uid = world.members["em"].uid
    form = LETTER | {"outside": "Đảng bộ phường Bến Gỗ"}
    page = as_("clerk").post(f"/dang-vien/{uid}/chuyen-sinh-hoat/", form, follow=True).content.decode()
    assert "Đã ghi chuyển sinh hoạt của Trần Thị Em đến Đảng bộ phường Bến Gỗ." in page
    assert world.refresh("em").state == MemberState.GONE_OUT


@pytest.mark.parametrize(
    ("place", "told", "reason"),
    [
        ({}, "Chưa có nơi đến", "nowhere"),
        ({"goal": "DUK.02", "outside": "Nơi khác"}, "chỉ giữ một trong ba ô", "two places"),
        ({"goal_code": "KHONG.CO"}, "Không có chi bộ nào mang mã", "no such cell"),
        ({"goal_code": "DUK.01.01"}, "một chi bộ khác", "where they stand already"),
        ({"goal_code": "DUK.01"}, "Đảng viên không sinh hoạt trực tiếp tại DUK.01", "a committee is not a cell"),
    ],
)
def test_a_transfer_needs_one_right_place(
    place: dict[str, str], told: str, reason: str, world: World, as_: Callable[[str], Client]
) -> None:
    response = as_("clerk").post(f"/dang-vien/{world.members['em'].uid}/chuyen-sinh-hoat/", LETTER | place)
    assert response.status_code == 422, reason
    assert told in response.content.decode(), reason


def test_recognition(world: World, as_: Callable[[str], Client]) -> None:
    clerk, paper = as_("clerk"), {"decision_number": "9-QĐ/DUK", "decision_date": ""}
    early = clerk.post(f"/dang-vien/{world.members['an'].uid}/cong-nhan/", {"day": "04/04/2023", **paper})
    assert early.status_code == 422
    assert "đến 10/01/2024 mới hết; cần ngày từ 10/01/2024" in early.content.decode()
    first = FirstEntry(MemberEvent.ADMITTED, date(2022, 3, 1), world.units["DUK.01.01"], official=False)
    draft = MemberDraft("Lò Thị Hoa", PartialDate(date(1999, 5, 2), Precision.DAY), first)
    one = enrol_member(act=world.act("clerk"), draft=draft)
    url = f"/dang-vien/{one.uid}/cong-nhan/"
    assert 'value="01/03/2023"' in clerk.get(url).content.decode(), "the end of the twelfth month"
    clerk.post(url, {"day": "01/03/2023", **paper})
    one.refresh_from_db()
    assert one.state == MemberState.OFFICIAL
    page = clerk.post(url, {"day": "05/04/2023", **paper}).content.decode()
    assert "đã là đảng viên chính thức" in page


def test_an_entry_is_given_the_right_day_and_the_old_one_stays_to_be_seen(
    world: World, as_: Callable[[str], Client]
) -> None:
    entry = _entry(world, "an", MemberEvent.ADMITTED)
    url = f"/dang-vien/lan-ghi/{entry.uid}/"
    shown = as_("clerk").get(url).content.decode()
    assert 'value="10/01/2023"' in shown, "the form shows what was recorded"
    form = {
        "how": "replace",
        "day": "12/01/2023",
        "decision_number": "1-QĐ/DUK",
        "decision_date": "",
        "decision_issuer": "",
    }
    page = as_("clerk").post(url, form, follow=True).content.decode()
    assert "Đã đính chính lần ghi «kết nạp» của Nguyễn Bình An." in page
    assert "10/01/2023" in page
    assert "đã đính chính" in page
    assert world.refresh("an").admitted_on == date(2023, 1, 12)


def test_two_who_correct_the_same_entry_are_told(world: World, as_: Callable[[str], Client]) -> None:
    entry = _entry(world, "chi", MemberEvent.CARD_ISSUED)
    url = f"/dang-vien/lan-ghi/{entry.uid}/"
    void = {"how": "void", "day": "", "decision_number": "", "decision_date": "", "decision_issuer": ""}
    first, second = as_("clerk"), as_("organizer")
    assert second.get(url).status_code == 200, "both have the form open"
    assert first.post(url, void).status_code == 302
    response = second.post(url, void)
    page = response.content.decode()
    assert response.status_code == 422
    assert "đã được người khác đính chính" in page
    assert "Nguyễn Thị Lan đã đính chính lần ghi này ngày 05/04/2023" in page
    assert MemberEntry.objects.filter(corrects=entry).count() == 1


def test_an_entry_that_others_rest_on_is_not_taken_back(world: World, as_: Callable[[str], Client]) -> None:
    entry = _entry(world, "dao", MemberEvent.OPENING)
    void = {"how": "void", "day": "", "decision_number": "", "decision_date": "", "decision_issuer": ""}
    response = as_("clerk").post(f"/dang-vien/lan-ghi/{entry.uid}/", void)
    assert response.status_code == 422
    assert "không còn lần ghi nào cho biết đang sinh hoạt ở đâu" in response.content.decode()


def test_a_correction_needs_its_day(world: World, as_: Callable[[str], Client]) -> None:
    entry = _entry(world, "an", MemberEvent.ADMITTED)
    form = {"how": "replace", "day": "", "decision_number": "", "decision_date": "", "decision_issuer": ""}
    page = as_("clerk").post(f"/dang-vien/lan-ghi/{entry.uid}/", form).content.decode()
    assert "Chưa có ngày đúng, ví dụ 31/03/2023." in page


def test_discipline(world: World, as_: Callable[[str], Client]) -> None:
    url = f"/dang-vien/{world.members['an'].uid}/ky-luat/"
    form = {"form": "removal", "level": "cell", "day": "03/04/2023", "decision_number": "", "decision_date": ""}
    page = as_("inspector").post(url, form).content.decode()
    assert "Đảng viên dự bị không bị cách chức" in page
    page = as_("inspector").post(url, form | {"form": "warning"}, follow=True).content.decode()
    assert "Đã ghi kỷ luật cảnh cáo đối với Nguyễn Bình An." in page
    assert DisciplineEntry.objects.filter(member=world.members["an"]).count() == 1


def test_a_right_that_is_lost_while_the_form_is_open_stops_the_writing(
    world: World, as_: Callable[[str], Client]
) -> None:
    response = as_("deputy").post("/dang-vien/ket-nap/", ADMISSION)
    assert response.status_code == 403
    assert not Member.objects.filter(full_name="Nguyễn Thị Hường").exists()


def test_a_form_without_the_token_is_refused(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/dang-vien/ket-nap/", ADMISSION).status_code == 403
