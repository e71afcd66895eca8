"""The list of members: filters, columns, filters kept, the list taken away, one step for several."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.world import World

from giaoban.apps.accounts.models import SavedView
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import MemberEntry, MemberEvent

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


def _step(world: World, *names: str, **typed: str) -> dict[str, object]:
    return {"ai": [str(world.members[name].uid) for name in names], **typed}


def test_one_step_for_several_all_or_none(world: World, as_: Callable[[str], Client]) -> None:
    client, url = as_("clerk"), "/dang-vien/ghi-nhieu/?don-vi=DUK"
    page = client.post(url, _step(world, "dao", "em", "an", viec="phat-the")).content.decode()
    assert "2 đảng viên" in page
    assert "không: đảng viên dự bị" in page
    before = MemberEntry.objects.filter(kind=MemberEvent.CARD_ISSUED).count()
    typed = {"viec": "phat-the", "ghi": "1", "day": "03/04/2023", "round": "19/5", "decision_number": "7-QĐ/ĐU"}
    refused = client.post(url, _step(world, "dao", "em", **{**typed, "day": "03/04/2033"}))
    assert refused.status_code == 422
    assert "7-QĐ/ĐU" in refused.content.decode()
    assert MemberEntry.objects.filter(kind=MemberEvent.CARD_ISSUED).count() == before
    done = client.post(url, _step(world, "dao", "em", "an", **typed), follow=True)
    assert "Đã ghi phát thẻ cho 2 đảng viên, ngày 03/04/2023." in done.content.decode()
    assert MemberEntry.objects.filter(kind=MemberEvent.CARD_ISSUED).count() == before + 2


def test_a_step_for_nobody_or_for_strangers(world: World, as_: Callable[[str], Client]) -> None:
    url = "/dang-vien/ghi-nhieu/"
    nobody = as_("clerk").post(url, {"viec": "phat-the"}, follow=True)
    assert "Chưa chọn đảng viên nào" in nobody.content.decode()
    strangers = as_("outsider").post(url, _step(world, "dao", viec="phat-the"), follow=True)
    assert "Chưa chọn đảng viên nào" in strangers.content.decode(), "outside the scope they are not there"
    assert as_("clerk").post(url, {"viec": "phat-the", "ai": ["x"]}).status_code == 404
