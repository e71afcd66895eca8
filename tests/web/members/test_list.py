"""The list of members: filters, columns, filters kept, the list taken away, one step for several."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook
from tests.world import World

from giaoban.apps.accounts.models import SavedView
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import (
    AbsenceEntry,
    HonourEntry,
    MemberEntry,
    MemberEvent,
    RatingEntry,
    VettingEntry,
)

pytestmark = pytest.mark.django_db
LIST = "/dang-vien/?don-vi=DUK&ky=2023-Q1"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("tu=01/01/2023&den=10/01/2023", 1),
        ("tu=11/01/2023&dien=probationary", 1),
        ("tuoi=51-60", 2),
        ("tuoi=no-such", 15),
        ("vang=away", 0),
        ("tu=31/02/2023", 15),
        ("hoc_van=doctor", 0),
    ],
)
def test_more_filters(query: str, count: int, as_: Callable[[str], Client]) -> None:
    page = as_("clerk").get(f"{LIST}&{query}").content.decode()
    assert page.count('<th scope="row"><a') == count


def test_columns_are_chosen_and_numbers_of_files_need_their_right(as_: Callable[[str], Client]) -> None:
    columns = "&cot=tuoi-dang&cot=gioi&cot=so-the"
    page = as_("clerk").get(LIST + columns).content.decode()
    assert '<th scope="col">Giới tính</th>' in page
    assert 'data-label="Sinh"' not in page
    assert "70000002" not in page, "the clerk may not open files"
    assert not AuditRow.objects.filter(action="members.numbers_read").exists()
    page = as_("organizer").get(LIST + columns).content.decode()
    assert "70000002" in page
    assert AuditRow.objects.get(action="members.numbers_read").detail["rows"] == 15


def test_a_filter_is_kept_under_a_name_used_and_forgotten(as_: Callable[[str], Client]) -> None:
    client = as_("clerk")
    kept = client.post("/dang-vien/luu-bo-loc/?don-vi=DUK", {"ten": "Nữ dự bị", "loc": "dien=probationary&gioi=female"})
    assert kept.status_code == 302
    page = client.get(kept["Location"]).content.decode()
    assert 'aria-current="true">Nữ dự bị</a>' in page
    assert "Nữ dự bị" not in as_("organizer").get(LIST).content.decode(), "one's own"
    view = SavedView.objects.get()
    assert as_("organizer").post(f"/dang-vien/bo-loc/{view.uid}/").status_code == 404
    assert client.post(f"/dang-vien/bo-loc/{view.uid}/").status_code == 302
    assert not SavedView.objects.exists()
    nameless = client.post("/dang-vien/luu-bo-loc/?don-vi=DUK", {"ten": "", "loc": "gioi=female"}, follow=True)
    assert "Chưa lưu bộ lọc" in nameless.content.decode()


def test_the_list_is_taken_away_as_it_is_filtered(as_: Callable[[str], Client]) -> None:
    sent = {"loc": "gioi=female&cot=gioi&cot=ket-nap&cot=so-the"}
    response = as_("clerk").post("/dang-vien/lay-danh-sach/?don-vi=DUK", sent)
    assert response["Content-Disposition"].startswith('attachment; filename="dang-vien-DUK-')
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert str(rows[1][0]).startswith("9 đảng viên; Nguyễn Thị Lan lấy lúc")
    assert rows[2] == ["TT", "Họ và tên", "Giới tính", "Kết nạp"]
    assert len(rows) == 3 + 9
    assert {row[2] for row in rows[3:]} == {"Nữ"}
    row = AuditRow.objects.get(action="members.list_exported")
    assert (row.actor.username, row.unit_code, row.detail["rows"]) == ("lan", "DUK", 9)


def test_a_list_on_paper_and_in_a_workbook_says_to_what_it_is_narrowed(as_: Callable[[str], Client]) -> None:
    query = "tim=An&dien=official&gioi=female&hoc_van=master&tu=01%2F01%2F2000&den=31%2F12%2F2022"
    words = "tên, số có «An», chính thức, nữ, chuyên môn thạc sĩ, kết nạp từ 01/01/2000, kết nạp đến 31/12/2022"
    response = as_("clerk").post("/dang-vien/lay-danh-sach/?don-vi=DUK", {"loc": query})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert str(rows[0][0]).endswith(f"danh sách đảng viên ngày 05/04/2023: {words}")
    page = as_("clerk").get("/dang-vien/?don-vi=DUK&gioi=female").content.decode()
    assert "· Danh sách đảng viên: nữ · 05/04/2023" in page
    assert "· Danh sách đảng viên · 05/04/2023" in as_("clerk").get("/dang-vien/?don-vi=DUK").content.decode()


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("tu=31%2F02%2F2020", "31/02/2020"),
        ("tu=01%2F05%2F2020&den=01%2F04%2F2020", "Ngày 01/04/2020 trước ngày đầu 01/05/2020"),
    ],
)
def test_days_that_cannot_be_do_not_give_everybody_away(as_: Callable[[str], Client], days: str, told: str) -> None:
    client = as_("clerk")
    response = client.post("/dang-vien/lay-danh-sach/?don-vi=DUK", {"loc": days}, follow=True)
    page = response.content.decode()
    assert "Chưa lấy danh sách: bộ lọc có chỗ chưa đúng" in page
    assert told in page
    assert not AuditRow.objects.filter(action="members.list_exported").exists()


def _step(world: World, *names: str, **typed: str) -> dict[str, object]:
    return {"ai": [str(world.members[name].uid) for name in names], **typed}


def test_one_step_for_several_all_or_none(world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("clerk"), "/dang-vien/ghi-nhieu/?don-vi=DUK"
    page = client.post(url, _step(world, "chi", "giang", "dao", "an", viec="phat-the")).content.decode()
    assert "ghi cho 2 đảng viên, bỏ qua 2 người không ghi được" in page
    assert "không: đảng viên dự bị" in page
    assert "không: đã có thẻ" in page
    before = MemberEntry.objects.filter(kind=MemberEvent.CARD_ISSUED).count()
    giang, chi = (world.members[name].uid for name in ("giang", "chi"))
    typed = {"viec": "phat-the", "ghi": "1", "day": "03/04/2023", "round": "19/5", "decision_number": "7-QĐ/ĐU"}
    typed |= {f"so-{giang}": "71000001", f"so-{chi}": "70000002"}
    for wrong, told in (({"day": "03/04/2033"}, "ở tương lai"), ({}, "Đặng Thị Chi: Số thẻ 70000002 đã có")):
        refused = client.post(url, _step(world, "chi", "giang", "an", **{**typed, **wrong}))
        assert refused.status_code == 422
        assert told in refused.content.decode()
        assert "7-QĐ/ĐU" in refused.content.decode()
        assert f'name="so-{giang}" value="71000001"' in refused.content.decode()
    assert MemberEntry.objects.filter(kind=MemberEvent.CARD_ISSUED).count() == before
    typed[f"so-{chi}"] = ""
    done = client.post(url, _step(world, "chi", "giang", "an", **typed), follow=True)
    assert "Đã ghi phát thẻ cho 2 đảng viên, ngày 03/04/2023." in done.content.decode()
    assert MemberEntry.objects.filter(kind=MemberEvent.CARD_ISSUED).count() == before + 2
    assert (world.refresh("giang").card_number, world.refresh("chi").card_number) == ("71000001", "")


_STEPS: list[tuple[str, dict[str, str], str, Callable[[], int]]] = [
    ("di-xa", {"place": "Bình Dương"}, "Đã ghi đi xa", AbsenceEntry.objects.count),
    ("mien", {"until": "31/12/2023"}, "Đã ghi miễn công tác", AbsenceEntry.objects.count),
    (
        "de-nghi-khen",
        {"what": "commend_proposed", "reason": "yearly", "level": "upper"},
        "Đã ghi khen thưởng",
        HonourEntry.objects.count,
    ),
    ("xep-loai", {"year": "2022", "grade": "good"}, "Đã ghi kết quả xếp loại", RatingEntry.objects.count),
    ("ket-luan", {"purpose": "cadre", "number": "5-KL/ĐU"}, "Đã ghi kết luận", VettingEntry.objects.count),
    ("tu-cach", {}, "Đã ghi cho ý kiến", MemberEntry.objects.count),
]


@pytest.mark.parametrize(("key", "typed", "told", "count"), _STEPS, ids=[row[0] for row in _STEPS])
def test_each_step_is_recorded_for_all_who_were_chosen(
    key: str,
    typed: dict[str, str],
    told: str,
    count: Callable[[], int],
    world: World,
    as_: Callable[[str], Client],
) -> None:
    client, url, before = as_("clerk"), "/dang-vien/ghi-nhieu/?don-vi=DUK", count()
    assert key in client.get("/dang-vien/").content.decode()
    sent = _step(world, "dao", "em", "quy", viec=key, ghi="1", day="03/04/2023", **typed)
    done = client.post(url, sent, follow=True).content.decode()
    assert f"{told}" in done
    assert "cho 3 đảng viên, ngày 03/04/2023." in done
    assert count() == before + 3


def test_absences_end_for_those_who_are_absent(world: World, as_: Callable[[str], Client]) -> None:
    client, url, since = as_("clerk"), "/dang-vien/ghi-nhieu/?don-vi=DUK", {"ghi": "1", "day": "03/04/2023"}
    client.post(url, _step(world, "dao", "em", viec="di-xa", place="Bình Dương", **{**since, "day": "01/02/2023"}))
    client.post(url, _step(world, "quy", viec="mien", **{**since, "day": "01/02/2023"}))
    page = client.post(url, _step(world, "dao", "quy", viec="tro-ve")).content.decode()
    assert "không: không đang đi xa" in page
    again = client.post(url, _step(world, "dao", viec="di-xa")).content.decode()
    assert "không: đang đi xa" in again
    for key, people, told in (
        ("lien-lac", ("dao", "em"), "Đã ghi liên lạc cho 2 đảng viên"),
        ("tro-ve", ("dao", "em", "quy"), "Đã ghi trở về cho 2 đảng viên"),
        ("het-mien", ("dao", "quy"), "Đã ghi sinh hoạt trở lại cho 1 đảng viên"),
    ):
        assert told in client.post(url, _step(world, *people, viec=key, **since), follow=True).content.decode()


def test_the_questions_do_not_grow_with_those_who_are_chosen(world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("clerk"), "/dang-vien/ghi-nhieu/?don-vi=DUK"
    counts = []
    for people in (("dao",), ("dao", "em", "quy", "son", "tam")):
        with CaptureQueriesContext(connection) as asked:
            client.post(url, _step(world, *people, viec="mien"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_step_for_nobody_or_for_strangers(world: World, as_: Callable[[str], Client]) -> None:
    url = "/dang-vien/ghi-nhieu/"
    nobody = as_("clerk").post(url, {"viec": "phat-the"}, follow=True)
    assert "Chưa chọn đảng viên nào" in nobody.content.decode()
    strangers = as_("outsider").post(url, _step(world, "dao", viec="phat-the"), follow=True)
    assert "Chưa chọn đảng viên nào" in strangers.content.decode(), "outside the scope they are not there"
    assert as_("clerk").post(url, {"viec": "phat-the", "ai": ["x"]}).status_code == 404
