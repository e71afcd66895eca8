"""Candidates on screen: the list, one page for the thread, what was typed stays, two at once are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from tests.apps.members.candidate_steps import E, candidate, step, steps_to

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import (
    Candidate,
    CandidateEntry,
    CandidateState,
    MemberEntry,
    MemberEvent,
    MemberState,
)
from giaoban.apps.members.operations import EntryDraft, record_candidate_step, record_member_entries
from giaoban.apps.members.queries.dossiers import papers_of
from giaoban.web.members import probation

if TYPE_CHECKING:
    from tests.world import World

TODAY = date(2023, 4, 5)
NEW = {"cell": "DUK.01.01", "full_name": " Nguyễn  Thị Hường", "birth": "12/04/1998", "sex": "female"}


def _url(one: Candidate) -> str:
    return f"/dang-vien/phat-trien/{one.uid}/"


def test_a_person_is_added_and_the_first_step_offered(as_: Callable[[str], Client]) -> None:
    page = as_("secretary").post("/dang-vien/phat-trien/them/", NEW, follow=True).content.decode()
    assert "Đã thêm Nguyễn Thị Hường. Ghi bước đầu tiên ở dưới." in page
    assert "Ghi bước: Giấy chứng nhận lớp nhận thức về Đảng" in page
    assert Candidate.objects.get().unit.code == "DUK.01.01"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"full_name": "Hường"}, "cả họ và tên"),
        ({"birth": "31/02/1998"}, "Không có ngày"),
        ({"birth": "01/01/2024"}, "ở tương lai"),
        ({"cell": "XA.01"}, "Hãy chọn chi bộ trong danh sách"),
    ],
)
def test_what_is_refused_stays_typed(change: dict[str, str], told: str, as_: Callable[[str], Client]) -> None:
    response = as_("clerk").post("/dang-vien/phat-trien/them/", NEW | {"birth": "12/04/1998"} | change)
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert "Nguyễn" in page or "Hường" in page
    assert not Candidate.objects.exists()


def test_the_secretary_goes_the_whole_way_on_one_page(world: World, as_: Callable[[str], Client]) -> None:
    client, one = as_("secretary"), candidate(world)
    dao, em = (str(world.members[key].uid) for key in ("dao", "em"))
    steps = [
        ("class_passed", {"day": "10/05/2022", "number": "112/GCN"}),
        ("applied", {"day": "01/06/2022"}),
        ("sponsored", {"day": "05/09/2022", "sponsor": dao, "sponsor_text": "", "sponsor_body": ""}),
        ("sponsored", {"day": "05/09/2022", "sponsor": em, "sponsor_text": "", "sponsor_body": ""}),
        ("vetted", {"day": "20/10/2022", "number": "45-KL/BTC"}),
        ("cell_resolved", {"day": "15/11/2022", "number": "07-NQ/CB", "votes_for": "4", "votes_of": "4"}),
        ("base_resolved", {"day": "05/12/2022", "number": "19-NQ/ĐU", "votes_for": "", "votes_of": ""}),
        ("decided", {"day": "31/01/2023", "number": "21-QĐ/DUK", "issuer": "Đảng ủy Khối", "file_number": "000777ALC",
                     "identity_number": "", "phone": ""}),
        ("received", {"day": "06/02/2023"}),
        ("ceremony", {"day": "17/02/2023"}),
    ]  # fmt: skip
    for kind, typed in steps:
        response = client.post(_url(one), {"buoc": kind} | typed)
        assert response.status_code == 302, (kind, response.content.decode()[-3000:])
    one.refresh_from_db()
    assert one.member is not None
    assert (one.state, one.member.ceremony_on) == (CandidateState.ADMITTED, date(2023, 2, 17))
    page = client.get(_url(one)).content.decode()
    assert "đã kết nạp" in page
    assert "21-QĐ/DUK ngày 31/01/2023 của Đảng ủy Khối" in page
    assert "Ghi bước:" not in page, "nothing is left to record"
    assert f"/dang-vien/{one.member.uid}/" in page


def test_the_deciding_step_says_what_follows(world: World, as_: Callable[[str], Client]) -> None:
    one = candidate(world)
    steps_to(world, one, E.PROPOSED)
    page = as_("clerk").get(_url(one)).content.decode()
    assert "Số lý lịch đảng viên" in page, "the step that admits asks for the numbers"
    assert "Ra quyết định kết nạp" in page, "its clock is running"
    typed = {"buoc": "decided", "day": "31/01/2023", "number": "21-QĐ/DUK", "issuer": ""}
    page = as_("clerk").post(_url(one), typed, follow=True).content.decode()
    assert "Nguyễn Thị Hường đã vào sổ đảng viên, là đảng viên dự bị." in page
    assert "Tổ chức lễ kết nạp" in page


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("cell_resolved", {"day": "15/11/2022", "votes_for": "9", "votes_of": "14"}, "9/14 tán thành là 64,29 %"),
        ("cell_resolved", {"day": "15/11/2022", "votes_for": "nhiều", "votes_of": "14"}, "Chưa phải là số"),
        ("cell_resolved", {"day": "06/04/2023", "votes_for": "12", "votes_of": "14"}, "ở tương lai"),
        ("cell_resolved", {"day": "", "votes_for": "12", "votes_of": "14"}, "Chưa có ngày chi bộ họp xét"),
        ("vetted", {"day": "20/10/2022", "number": "46"}, "Nguyễn Thị Lan ghi lúc 08:30 ngày 05/04/2023"),
        ("decided", {"day": "20/01/2023", "number": ""}, "Chưa có số quyết định"),
        ("decided", {"day": "20/01/2023", "number": "1"}, "Chưa có bước «Nghị quyết của chi bộ»"),
    ],
)
def test_a_step_that_cannot_be_keeps_what_was_typed(
    kind: str, typed: dict[str, str], told: str, world: World, as_: Callable[[str], Client]
) -> None:
    one = candidate(world)
    steps_to(world, one, E.VETTED)
    response = as_("secretary").post(_url(one), {"buoc": kind, **typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert told in page
    assert all(f'value="{value}"' in page for value in typed.values() if value)


def test_two_at_one_step_are_told(world: World, as_: Callable[[str], Client]) -> None:
    one = candidate(world)
    first, second = as_("clerk"), as_("organizer")
    assert "Giấy chứng nhận" in second.get(_url(one)).content.decode()
    typed = {"buoc": "class_passed", "day": "10/05/2022", "number": "112/GCN"}
    assert first.post(_url(one), typed).status_code == 302
    response = second.post(_url(one), typed)
    assert response.status_code == 422
    assert "đã ghi ngày 10/05/2022 (Nguyễn Thị Lan ghi lúc 08:30 ngày 05/04/2023)" in response.content.decode()
    assert CandidateEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Chưa có người giới thiệu"),
        ({"sponsor_text": "Đoàn A", "sponsor_body": "Đoàn cơ sở"}, "mỗi lần ghi một người"),
        ({"sponsor_text": "Nguyễn Văn Không Có"}, "Không tìm thấy đảng viên"),
        ({"sponsor_text": "Đặng Thị Chi"}, "là đảng viên dự bị ngày 05/09/2022"),
    ],
)
def test_one_right_sponsor(typed: dict[str, str], told: str, world: World, as_: Callable[[str], Client]) -> None:
    one = candidate(world)
    form = {"buoc": "sponsored", "day": "05/09/2022", "sponsor": "", "sponsor_text": "", "sponsor_body": ""}
    response = as_("clerk").post(_url(one), form | typed)
    assert response.status_code == 422
    assert told in response.content.decode()


def test_a_sponsor_of_another_cell_is_typed(world: World, as_: Callable[[str], Client]) -> None:
    one = candidate(world)
    form = {"buoc": "sponsored", "day": "05/09/2022", "sponsor": "", "sponsor_text": "hoang nhat minh, 1979"}
    assert as_("clerk").post(_url(one), form | {"sponsor_body": ""}).status_code == 302
    assert CandidateEntry.objects.get().sponsor == world.members["minh"]


def test_a_step_is_chosen_and_warnings_are_shown(world: World, as_: Callable[[str], Client]) -> None:
    one = candidate(world)
    record_candidate_step(act=world.act("clerk"), draft=step(one, E.SPONSORED, sponsor=world.members["quy"]))
    page = as_("clerk").get(_url(one), {"buoc": "stopped"}).content.decode()
    assert "Ghi bước: Thôi xem xét" in page
    assert "Ngô Thị Quý không cùng tổ chức cơ sở đảng khi giới thiệu." in page
    assert "Ghi bước: Giấy chứng nhận" in as_("clerk").get(_url(one), {"buoc": "ceremony"}).content.decode()


def test_who_only_reads_gets_no_form(world: World, as_: Callable[[str], Client]) -> None:
    one = candidate(world)
    page = as_("deputy").get(_url(one)).content.decode()
    assert "Ghi bước:" not in page
    assert "Ghi hồ sơ" not in page
    assert as_("deputy").post(_url(one), {"buoc": "applied", "day": "01/06/2022"}).status_code == 403
    assert as_("outsider").get(_url(one)).status_code == 404


def test_the_dossier_is_ticked(world: World, as_: Callable[[str], Client]) -> None:
    one = candidate(world)
    steps_to(world, one, E.APPLIED)
    client = as_("secretary")
    page = client.get(_url(one)).content.decode()
    assert "Còn thiếu: lý lịch của người xin vào Đảng" in page
    sent = {"co": ["CN-NTVĐ1", "1-KNĐ"], "giay": ["CN-NTVĐ1", "1-KNĐ", "2-KNĐ"]}
    page = client.post(f"{_url(one)}ho-so/", sent, follow=True).content.decode()
    assert "Đã ghi 1 giấy tờ." in page
    assert {paper.kind.code for paper in papers_of(one, day=TODAY) if paper.filed} == set(sent["giay"])
    page = client.post(f"{_url(one)}ho-so/", {"co": sent["giay"], "giay": sent["giay"]}, follow=True).content.decode()
    assert "Không có giấy tờ nào thay đổi." in page


def test_a_step_is_corrected_and_taken_back(world: World, as_: Callable[[str], Client]) -> None:
    one, client = candidate(world), as_("clerk")
    steps_to(world, one, E.DECIDED)
    entry = CandidateEntry.objects.get(kind=E.DECIDED)
    url = f"/dang-vien/phat-trien/buoc/{entry.uid}/"
    shown = client.get(url).content.decode()
    assert 'value="31/01/2023"' in shown
    assert "Sổ đảng viên được đính chính theo" in shown
    form = {"how": "replace", "day": "02/02/2023", "decision_number": "22-QĐ/DUK", "decision_date": "02/02/2023",
            "decision_issuer": ""}  # fmt: skip
    page = client.post(url, form, follow=True).content.decode()
    assert "Đã đính chính bước «Quyết định kết nạp» của Nguyễn Thị Hường." in page
    again = client.post(url, form)
    assert again.status_code == 422
    assert "đã được người khác đính chính" in again.content.decode()
    assert "Nguyễn Thị Lan đã đính chính lần ghi này ngày 05/04/2023" in again.content.decode()
    fresh = CandidateEntry.objects.live().get(kind=E.DECIDED)
    page = client.post(f"/dang-vien/phat-trien/buoc/{fresh.uid}/", form | {"how": "void"}, follow=True).content.decode()
    assert "Đã bỏ bước «Quyết định kết nạp» của Nguyễn Thị Hường." in page
    one.refresh_from_db()
    assert (one.state, one.member) == (CandidateState.PREPARING, None)


def test_the_list_tells_step_next_and_clock(world: World, as_: Callable[[str], Client]) -> None:
    first = candidate(world)
    steps_to(world, first, E.CELL_RESOLVED)
    candidate(world, "DUK.02", name="Trần Văn Mạnh", sex="male")
    page = as_("clerk").get("/dang-vien/phat-trien/").content.decode()
    assert "Nghị quyết của đảng ủy cơ sở" in page
    assert "quá hạn 35 ngày làm việc" in page
    assert "Chưa ghi bước nào" in page
    assert "Trần Văn Mạnh" not in as_("clerk").get("/dang-vien/phat-trien/", {"tim": "huong"}).content.decode()
    assert "Nguyễn Thị Hường" not in as_("clerk").get("/dang-vien/phat-trien/", {"dien": "admitted"}).content.decode()
    assert "Chưa có ai trong danh sách này" in as_("outsider").get("/dang-vien/phat-trien/").content.decode()


def test_the_list_is_taken_away(world: World, as_: Callable[[str], Client]) -> None:
    candidate(world)
    response = as_("clerk").post("/dang-vien/phat-trien/lay-ve/")
    assert response["Content-Disposition"].endswith('filename="phat-trien-dang-vien-DUK-2023-04-05.xlsx"')
    assert response.content.startswith(b"PK")
    assert AuditRow.objects.filter(action="members.candidates_exported").count() == 1
    assert as_("deputy").post("/dang-vien/phat-trien/lay-ve/").status_code == 403


def _probation_over(world: World) -> str:
    """Let an be on probation since the beginning of 2022."""
    an = world.members["an"]
    entry = MemberEntry.objects.get(member=an, kind=MemberEvent.ADMITTED)
    day = date(2022, 2, 10)
    draft = EntryDraft(an, MemberEvent.ADMITTED, day, an.unit, official=False, corrects=entry.uid)
    record_member_entries(act=world.act("clerk"), drafts=[draft])
    return f"/dang-vien/{an.uid}/xet-chinh-thuc/"


def test_the_end_of_probation(world: World, as_: Callable[[str], Client]) -> None:
    url, client = _probation_over(world), as_("secretary")
    page = client.get("/dang-vien/du-bi/").content.decode()
    assert "1 đảng viên dự bị, 1 đã hết thời gian dự bị" in page
    assert "quá hạn 8 ngày làm việc" in page
    early = client.post(url, {"day": "01/02/2023", "fit": "yes", "number": ""})
    assert early.status_code == 422
    assert "còn trong thời gian dự bị" in early.content.decode()
    page = client.post(url, {"day": "03/04/2023", "fit": "yes", "number": "8-NQ/CB"}, follow=True).content.decode()
    assert "Đã ghi chi bộ xét Nguyễn Bình An ngày 03/04/2023." in page
    assert "chi bộ đã xét 03/04/2023, chờ quyết định" in page
    assert 'value="10/02/2023"' in client.get(url).content.decode(), "the end of the twelfth month is offered"
    decision = {"decision_number": "9-QĐ/DUK", "decision_date": "04/04/2023", "decision_issuer": ""}
    refused = client.post(url, decision | {"day": "09/02/2023"})
    assert "đến 10/02/2023 mới hết" in refused.content.decode()
    page = client.post(url, decision | {"day": "10/02/2023"}, follow=True).content.decode()
    assert "Đã ghi công nhận chính thức Nguyễn Bình An từ ngày 10/02/2023." in page
    assert world.refresh("an").state == MemberState.OFFICIAL


def test_the_list_of_probation_is_turned_page_by_page(
    world: World, as_: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probation, "PAGE", 1)
    client, url = as_("clerk"), "/dang-vien/du-bi/"
    first, second = (client.get(url, {"trang": number}).content.decode() for number in (1, 2))
    assert "2 đảng viên dự bị, 0 đã hết thời gian dự bị" in first
    assert "2 người, trang 2/2" in second
    names = [world.members[key].full_name for key in ("an", "binh")]
    assert [[name in page for name in names] for page in (first, second)] == [[True, False], [False, True]]
    assert names[1] in client.get(url, {"trang": "99"}).content.decode(), "a page beyond the last is the last"
    assert not AuditRow.objects.filter(action="members.worklist_printed").exists()
    whole = client.get(url, {"in": "tat-ca"}).content.decode()
    assert all(name in whole for name in names)
    assert AuditRow.objects.get(action="members.worklist_printed").detail == {"rows": 2, "list": "probation"}
    assert client.get(url, {"trang": "1"}, headers={"HX-Request": "true"}).content.decode().lstrip().startswith("<div")


def test_a_cell_that_does_not_propose(world: World, as_: Callable[[str], Client]) -> None:
    url, client = _probation_over(world), as_("clerk")
    client.post(url, {"day": "03/04/2023", "fit": "no", "number": ""})
    page = client.get(url).content.decode()
    assert "Ngày 03/04/2023 chi bộ đã xét và không đề nghị công nhận." in page
    assert "Chi bộ đề nghị" in page, "it may review once more"
