"""Meetings on screen: schedule, plan, one meeting, texts, scores, dues, visits, papers, taps."""

from __future__ import annotations

import io
import json
import re
import uuid
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from tests.apps.meetings.examples import CELL, held, planned, taps
from tests.web.meetings.examples import example_meeting
from tests.world import START

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.models import (
    AttendanceEntry,
    ConclusionEntry,
    ConclusionEvent,
    DuesEntry,
    Meeting,
    MeetingEntry,
    MeetingEvent,
    MeetingState,
    MeetingText,
    Presence,
    ScoreEntry,
    VisitEntry,
)
from giaoban.apps.meetings.operations import ConclusionDraft, record_conclusions, score_meeting
from giaoban.apps.meetings.queries.rubric import rubric_of
from giaoban.apps.meetings.rubrics import rubrics
from giaoban.apps.members.operations import VisitDraft, assign_visits
from giaoban.apps.organizations.operations import GrantTerms, give_grant
from giaoban.core.errors import InvalidInput
from giaoban.web.meetings.times import day_of_month

if TYPE_CHECKING:
    from tests.world import World

As = Callable[[str], Client]
APRIL = {"don-vi": "DUK", "ky": "2023-Q2"}


def url(name: str, *args: object, **query: str) -> str:
    asked = "&".join(f"{key.replace('_', '-')}={value}" for key, value in query.items())
    return reverse(f"meetings:{name}", args=args) + (f"?{asked}" if asked else "")


def test_several_cells_register_a_quarter_in_one_screen(world: World, as_: As) -> None:
    client = as_("clerk")
    sent = {
        "minutes": "90",
        "form": "in_person",
        "topic": "",
        "ngay-DUK.01.01-2023-04": "10/04/2023",
        "ngay-DUK.01.01-2023-05": "08/05/2023",
        "gio-DUK.01.01": "14h",
        "ngay-DUK.02-2023-04": "12/04/2023",
        "gio-DUK.02": "8:30",
        "noi-DUK.02": "Hội trường",
    }
    response = client.post(url("plan", don_vi="DUK", ky="2023-Q2"), sent, follow=True)
    assert "Đã đăng ký 3 kỳ: sinh hoạt chi bộ thường kỳ." in response.content.decode()
    assert Meeting.objects.filter(kind="regular").count() == 3
    page = client.get(url("schedule"), APRIL).content.decode()
    assert "10/04 14:00" in page
    assert "12/04 08:30" in page
    signs = re.findall(r'class="status (\w+)"[^>]*>chưa đăng ký thường kỳ', page)
    assert sorted(signs) == ["bad"] + ["off"] * 5, "what is not due yet is no fault: DUK.01.02 in April is"


def test_a_refused_line_says_so_and_everything_typed_stays(world: World, as_: As) -> None:
    sent = {
        "minutes": "90",
        "form": "in_person",
        "ngay-DUK.01.01-2023-04": "31/04/2023",
        "gio-DUK.01.01": "14:00",
        "ngay-DUK.02-2023-04": "12/04/2023",
        "gio-DUK.02": "",
    }
    response = as_("clerk").post(url("plan", don_vi="DUK", ky="2023-Q2"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "2 dòng cần sửa" in page
    assert "Chưa có giờ họp" in page
    assert 'value="31/04/2023"' in page
    assert not Meeting.objects.exists()
    planned(world, "2023-04-20 14:00")
    again = as_("clerk").post(
        url("plan", don_vi="DUK", ky="2023-Q2"), {**sent, "ngay-DUK.01.01-2023-04": "21/04/2023", "gio-DUK.02": "8:00"}
    )
    assert "đã đăng ký sinh hoạt thường kỳ ngày 20/04/2023" in again.content.decode()


def test_last_month_again_in_one_tap(world: World, as_: As) -> None:
    planned(world)
    planned(world, "2023-03-06 08:00", unit="DUK.02")
    page = as_("clerk").get(url("plan", don_vi="DUK", ky="2023-M04", lap="1")).content.decode()
    assert 'value="17/04/2023"' in page
    done = as_("clerk").post(url("repeat", don_vi="DUK", ky="2023-M04"), follow=True).content.decode()
    assert "Đã đăng ký 2 kỳ sinh hoạt như tháng trước." in done
    assert set(Meeting.objects.filter(month=date(2023, 4, 1)).values_list("day", flat=True)) == {
        date(2023, 4, 17),
        date(2023, 4, 3),
    }
    again = as_("clerk").post(url("repeat", don_vi="DUK", ky="2023-M04"), follow=True).content.decode()
    assert "Không có gì để lặp lại" in again


def test_a_month_that_is_over_is_not_repeated(world: World, as_: As) -> None:
    planned(world, "2023-02-20 14:00")
    done = as_("clerk").post(url("repeat", don_vi="DUK", ky="2023-Q1"), follow=True).content.decode()
    assert "Quý I/2023 đã qua nên không lặp lại lịch" in done
    assert Meeting.objects.count() == 1
    assert "chưa ghi buổi họp" in done, "its day is over and nobody said that it was held"
    assert "Quý II/2023" in done, "the way to the period to come"


@pytest.mark.parametrize(
    ("typed", "month", "day"),
    [
        ("14", date(2023, 4, 1), date(2023, 4, 14)),
        ("3/4", date(2023, 4, 1), date(2023, 4, 3)),
        ("28/12", date(2023, 1, 1), date(2022, 12, 28)),
        ("2/1", date(2022, 12, 1), date(2023, 1, 2)),
        ("14/04/2023", date(2023, 4, 1), date(2023, 4, 14)),
    ],
)
def test_a_day_in_the_column_of_a_month(typed: str, month: date, day: date) -> None:
    assert day_of_month(typed, month) == day


@pytest.mark.parametrize("typed", ["31", "0", "sáng thứ hai", "4/2023/", "31/04/2023"])
def test_no_such_day(typed: str) -> None:
    with pytest.raises(InvalidInput):
        day_of_month(typed, date(2023, 4, 1))


def test_the_invitation_to_copy_and_to_print(world: World, as_: As) -> None:
    before, meeting = held(world), planned(world, "2023-04-17 14:00")
    done = ConclusionDraft(before, ConclusionEvent.MADE, "Giới thiệu quần chúng ưu tú.", due=date(2023, 4, 10))
    record_conclusions(act=world.act("clerk"), drafts=[done])
    page = as_("secretary").get(url("invite", meeting.uid)).content.decode()
    assert "kính mời các đồng chí dự sinh hoạt chi bộ thường kỳ tháng 4/2023." in page
    assert "- Thời gian: 14:00 đến 15:30, thứ Hai, ngày 17/04/2023." in page
    assert "- Giới thiệu quần chúng ưu tú (hạn 10/04/2023)" in page, "what is not done yet comes back"
    taken = as_("secretary").post(url("paper", meeting.uid, "giay-moi"))
    text = "\n".join(one.text for one in Document(io.BytesIO(taken.content)).paragraphs)
    assert "Dự sinh hoạt chi bộ thường kỳ tháng 4/2023" in text


def test_another_time_cancelling_inviting(world: World, as_: As) -> None:
    client, meeting = as_("secretary"), planned(world, "2023-04-17 14:00")
    client.post(url("invite", meeting.uid), {"day": "05/04/2023"})
    client.post(
        url("change", meeting.uid), {"day": "18/04/2023", "starts": "8:00", "ends": "9:30", "form": "in_person"}
    )
    page = client.get(url("meeting", meeting.uid)).content.decode()
    assert "thứ Ba 18/04/2023, 08:00 đến 09:30" in page
    assert "gửi ngày 05/04/2023 (trước ít nhất 1 ngày)" in page
    wrong = client.post(url("cancel", meeting.uid), {"reason": ""})
    assert wrong.status_code == 422
    client.post(url("cancel", meeting.uid), {"reason": "hoãn do bão"})
    assert "hoãn do bão" in client.get(url("meeting", meeting.uid)).content.decode()
    [entry] = MeetingEntry.objects.live().filter(kind=MeetingEvent.CANCELLED)
    client.post(url("take_back", meeting.uid, entry.uid))
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED


def test_the_whole_meeting_by_the_plain_form_twice(world: World, as_: As) -> None:
    client, meeting = as_("secretary"), planned(world)
    members = {name: world.members[name].uid for name in ("an", "chi", "dao", "em")}
    sent: dict[str, Any] = {"seed": str(uuid.uuid4()), "dung-lich": "1", "nhan": "1", "moi-1": "Làm việc A."}
    sent |= {f"co-{uid}": "present" for uid in members.values()}
    sent |= {f"co-{members['an']}": "excused", f"noi-{members['dao']}": "1"}
    sent |= {"chu-tri": str(members["em"]), "nguoi-1": str(members["dao"]), "han-1": "28/04/2023", "diem-3a": "8"}
    for _time in range(2):
        assert client.post(url("tick", meeting.uid), sent).status_code == 302
    assert AttendanceEntry.objects.count() == 4
    [conclusion] = ConclusionEntry.objects.all()
    assert (conclusion.owner, conclusion.due) == (world.members["dao"], date(2023, 4, 28))
    assert ScoreEntry.objects.live().get().points == {"2a": "9", "2b": "5", "3a": "8"}
    assert MeetingEntry.objects.live().get(kind=MeetingEvent.HELD).chair == world.members["em"]
    page = client.get(url("meeting", meeting.uid)).content.decode()
    assert "3 / 4 (75 %)" in page
    assert "có mặt 3/4 (75 %), vắng có lý do 1, không lý do 0" in page


def test_the_clerk_enters_for_the_secretary(world: World, as_: As) -> None:
    meeting = planned(world)
    page = as_("clerk").get(url("tick", meeting.uid)).content.decode()
    assert "Bùi Văn Thọ" in page
    sent = {"dung-lich": "1", f"co-{world.members['an'].uid}": "present", "giup": str(world.users["secretary"].uid)}
    as_("clerk").post(url("tick", meeting.uid), sent)
    entry = AttendanceEntry.objects.get()
    assert (entry.actor, entry.entered_for) == (world.users["clerk"], world.users["secretary"])
    wrong = as_("clerk").post(url("tick", meeting.uid), {**sent, "giup": str(world.users["outsider"].uid)})
    assert "người được giao ghi sinh hoạt của đơn vị" in wrong.content.decode()
    assert 'name="giup"' not in as_("secretary").get(url("tick", meeting.uid)).content.decode()


def send(client: Client, meeting: Meeting, user: User, *sent: dict[str, Any]) -> Any:
    body = json.dumps({"user": str(user.uid), "helped": "", "taps": list(sent)})
    return client.post(url("taps", meeting.uid), body, content_type="application/json")


def test_taps_are_answered_each_for_itself_and_alike(world: World, as_: As) -> None:
    client, meeting, tho = as_("secretary"), planned(world), world.users["secretary"]
    door = client.get(url("taps", meeting.uid)).json()
    assert door["user"] == str(tho.uid)
    assert door["token"]
    good = {"uid": str(uuid.uuid4()), "kind": "presence", "member": str(world.members["an"].uid), "state": "present"}
    stranger = {**good, "uid": str(uuid.uuid4()), "member": str(world.members["quy"].uid)}
    odd = {"uid": str(uuid.uuid4()), "kind": "dance"}
    for _time in range(2):
        answer = send(client, meeting, tho, good, stranger, odd).json()
        assert answer["done"] == [good["uid"]]
        assert [one["uid"] for one in answer["refused"]] == [stranger["uid"], odd["uid"]]
    assert AttendanceEntry.objects.count() == 1


def test_taps_of_another_person_or_of_no_form_are_not_taken(world: World, as_: As) -> None:
    client, meeting = as_("secretary"), planned(world)
    tap = {"uid": str(uuid.uuid4()), "kind": "presence", "member": str(world.members["an"].uid), "state": "present"}
    assert send(client, meeting, world.users["clerk"], tap).status_code == 409
    for body in ("{", "[]", '{"user": "x", "taps": [{"uid": "no"}]}', '{"user": "x", "taps": 3}'):
        answer = client.post(url("taps", meeting.uid), body, content_type="application/json")
        assert answer.status_code == 400
        assert "Tải lại trang" in answer.json()["words"]
    assert not AttendanceEntry.objects.exists()


def test_two_editors_see_what_they_typed(world: World, as_: As) -> None:
    meeting = held(world)
    draft = as_("secretary").get(url("text", meeting.uid, "minutes")).content.decode()
    assert "Chủ trì: đồng chí Trần Thị Em." in draft
    as_("clerk").post(url("text", meeting.uid, "minutes"), {"text": "Bản của Lan", "seen": "0"})
    late = as_("secretary").post(url("text", meeting.uid, "minutes"), {"text": "Bản của Thọ", "seen": "0"})
    page = late.content.decode()
    assert late.status_code == 422
    assert "Nguyễn Thị Lan đã lưu một bản biên bản khác" in page
    assert "Bản của Thọ" in page
    as_("secretary").post(url("text", meeting.uid, "minutes"), {"text": "Bản chung", "seen": "1", "nop": "1"})
    assert MeetingText.objects.count() == 2
    assert MeetingEntry.objects.filter(kind=MeetingEvent.MINUTES_FILED).count() == 1
    assert as_("clerk").get(url("text", meeting.uid, "poem")).status_code == 404


def test_scoring_and_review(world: World, as_: As) -> None:
    meeting = held(world)
    taps(world, meeting)
    page = as_("secretary").get(url("score", meeting.uid)).content.decode()
    assert "Theo sổ: có mặt 4/4 (100 %)" in page
    full = {f"diem-{code}": str(item.most) for code, item in rubrics()["c"].items.items()}
    wrong = as_("secretary").post(url("score", meeting.uid), {**full, "diem-2a": "99"})
    assert wrong.status_code == 422
    assert "không có ở mục 2a" in wrong.content.decode()
    done = as_("secretary").post(url("score", meeting.uid), full, follow=True).content.decode()
    assert "Đã ghi 100 điểm, xếp loại Tốt." in done
    assert as_("secretary").get(url("review", meeting.uid)).status_code == 403
    user = User.objects.create_user("duyet", "Người Thẩm Định")
    give_grant(act=world.act("clerk"), user=user, terms=GrantTerms("unit_secretary", world.units["DUK.01"], START))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert "chờ thẩm định" in client.get(url("reviews"), {"ky": "2023-M03"}).content.decode()
    short = client.post(url("review", meeting.uid), {"diem-2a": "12"})
    assert "mục chưa chấm" in short.content.decode()
    blank = client.get(url("review", meeting.uid)).content.decode()
    taken = client.get(url("review", meeting.uid, **{"nhu-chi-bo": "1"})).content.decode()
    assert (blank.count(" checked>"), taken.count(" checked>")) == (0, len(full)), "to begin with, for who wants it"
    client.post(url("review", meeting.uid), {**full, "diem-2a": "12"})
    page = as_("clerk").get(url("meeting", meeting.uid)).content.decode()
    assert ">97" in page
    assert ">100" in page


def test_dues_and_visits(world: World, as_: As) -> None:
    client, meeting = as_("secretary"), held(world)
    paid = [str(world.members[name].uid) for name in ("an", "chi", "em")]
    client.post(url("dues", meeting.uid), {"dong": paid})
    client.post(url("dues", meeting.uid), {"dong": paid[:2]})
    assert DuesEntry.objects.live().filter(paid=True).count() == 2
    assert "2 đồng chí đã đóng" in client.get(url("meeting", meeting.uid)).content.decode()
    assert "Chưa có ai được phân công" in client.get(url("visit", meeting.uid)).content.decode()
    quy = world.members["quy"]
    assign_visits(
        act=world.act("clerk"), drafts=[VisitDraft(world.units["DUK"], world.units[CELL], quy, date(2023, 3, 1))]
    )
    client.post(url("visit", meeting.uid), {"visitor": str(quy.uid), "remarks": "Nền nếp tốt."})
    assert VisitEntry.objects.get().remarks == "Nền nếp tốt."
    listed = as_("clerk").get(url("unvisited"), {"ky": "2023-Q1"}).content.decode()
    assert "Chi bộ Thanh tra" in listed
    assert "Chi bộ Văn phòng" not in listed


@pytest.mark.parametrize("what", ["bien-ban", "nghi-quyet", "phieu-diem", "danh-sach-ky", "phieu-ghi"])
def test_papers_are_taken_as_files(what: str, world: World, as_: As) -> None:
    meeting = example_meeting(world)
    response = as_("secretary").post(url("paper", meeting.uid, what))
    assert response["Content-Disposition"] == f'attachment; filename="{what}-DUK.01.01-2023-03-20.docx"'
    assert response.content[:2] == b"PK"
    assert as_("secretary").post(url("paper", meeting.uid, "tho")).status_code == 404


def test_a_third_absence_is_shown_to_the_secretary_alone(world: World, as_: As) -> None:
    for start in ("2023-02-06 14:00", "2023-03-20 14:00", "2023-04-03 14:00"):
        meeting = held(world, start)
        taps(world, meeting, absent=("an",), state=Presence.ABSENT)
    words = "Nguyễn Bình An: 3 kỳ liền"
    assert words in as_("secretary").get(url("meeting", meeting.uid)).content.decode()
    assert words not in as_("clerk").get(url("meeting", meeting.uid)).content.decode()


def test_a_meeting_to_come_is_not_recorded_yet(world: World, as_: As) -> None:
    meeting = planned(world, "2023-04-17 14:00")
    page = as_("secretary").get(url("tick", meeting.uid))
    assert page.status_code == 409
    assert "chưa diễn ra" in page.content.decode()
    assert "Ghi buổi họp" not in as_("secretary").get(url("meeting", meeting.uid)).content.decode()


def test_a_meeting_by_groups_of_a_small_cell_warns(world: World, as_: As) -> None:
    meeting = planned(world)
    address = url("meeting", meeting.uid)
    assert "họp theo tổ đảng" not in as_("secretary").get(address).content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(form="by_groups")
    assert "họp theo tổ đảng dành cho chi bộ từ 50 đảng viên" in as_("secretary").get(address).content.decode()


def test_a_cell_is_offered_what_a_cell_holds(world: World, as_: As) -> None:
    own = as_("secretary").get(url("plan", don_vi=CELL, ky="2023-Q1")).content.decode()
    assert "Họp chi ủy" in own
    assert "Họp cấp ủy" not in own
    assert "Làm việc với cấp ủy cơ sở" not in own
    for month in ("Tháng 1/2023", "Tháng 2/2023", "Tháng 3/2023"):
        assert f'data-label="{month}"' in own, "a telephone says which month a date is for"
    schedule = as_("secretary").get(url("schedule", don_vi=CELL, ky="2023-Q1")).content.decode()
    assert "Chi bộ chưa được dự" not in schedule
    assert ">Thẩm định<" not in schedule, "a cell reviews nobody"
    above = as_("clerk").get(url("plan", don_vi="DUK", ky="2023-Q1")).content.decode()
    assert "Họp cấp ủy" in above
    assert "Chi bộ chưa được dự" in as_("clerk").get(url("schedule", don_vi="DUK", ky="2023-Q1")).content.decode()


def test_a_full_sheet_says_so_where_one_ticks(world: World, as_: As) -> None:
    meeting = held(world)
    rubric, thematic = rubric_of(meeting)
    points = {code: rubric.items[code].most for code in rubric.asked(thematic=thematic)}
    score_meeting(act=world.act("clerk"), meeting=meeting, points=points)
    page = as_("secretary").get(url("tick", meeting.uid)).content.decode()
    assert "Đã chấm đủ các mục." in page
    assert "Các mục chưa chấm" not in page
