"""Conferences on screen: planned by clusters, ticked on one page, concluded; the notice read, written and taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conferences.examples import TITLE, example_conference

from giaoban.apps.meetings.models import Meeting, MeetingState
from giaoban.apps.meetings.operations import invite_units
from giaoban.apps.meetings.queries.conferences import conference_view
from giaoban.apps.organizations.models import GroupKind
from giaoban.apps.organizations.operations import define_group, place_in_group

if TYPE_CHECKING:
    from tests.world import World


def address(name: str, *args: object) -> str:
    return reverse(f"conferences:{name}", args=args) + "?don-vi=DUK&ky=2023-Q1"


def test_a_conference_is_planned_by_clusters_and_units_are_invited(world: World, as_: Callable[[str], Client]) -> None:
    act, duk = world.act("clerk"), world.units["DUK"]
    second = define_group(act=act, owner=duk, kind=GroupKind.CLUSTER, code="2", name="Cụm số 2", position=2)
    place_in_group(act=act, group=second, units=[world.units["DUK.02"]], start=date(2023, 1, 1))
    typed = {"title": "Hội nghị giao ban", "kind": "briefing", "form_of": "in_person", "place": "Hội trường"}
    short = as_("clerk").post(address("plan"), typed | {"day-1": "27/03/2023"})
    assert short.status_code == 422
    assert "Chưa có giờ họp" in short.content.decode()
    assert 'value="27/03/2023"' in short.content.decode(), "what was typed stays"
    days = {"day-1": "27/03/2023", "hour-1": "8:00", "day-2": "28/03/2023", "hour-2": "14:00"}
    done = as_("clerk").post(address("plan"), typed | days, follow=True).content.decode()
    assert "mời 2 đơn vị" in done
    view = conference_view(Meeting.objects.get(title="Hội nghị giao ban"))
    assert [(one.cluster, [row.unit.code for row in one.rows]) for one in view.sittings] == [
        ("Cụm số 1", ["DUK.01"]),
        ("Cụm số 2", ["DUK.02"]),
    ]
    assert "«Cử thành phần dự» đã có trên bảng giao ban" in done
    shown = as_("clerk").get("/bang-giao-ban/?don-vi=DUK&ky=2023-M03").content.decode()
    assert "Dự họp 28/03/2023" in shown, "it is owed on the board at once"
    again = as_("clerk").post(address("plan"), typed | days)
    assert again.status_code == 422
    assert "đã có «Hội nghị giao ban»" in again.content.decode()


def test_a_day_is_asked_for(as_: Callable[[str], Client]) -> None:
    typed = {"title": "Hội nghị", "kind": "briefing", "form_of": "in_person"}
    page = as_("clerk").post(address("plan"), typed)
    assert page.status_code == 422
    assert "Chưa có ngày họp" in page.content.decode()


def test_units_are_ticked_on_one_page(world: World, as_: Callable[[str], Client]) -> None:
    conference = example_conference(world)
    url = address("attendance", conference.uid)
    ticks = {
        "co-DUK.01": "present",
        "so-DUK.01": "2",
        "ghi-DUK.01": "",
        "co-DUK.02": "excused",
        "so-DUK.02": "",
        "ghi-DUK.02": "họp ở tỉnh",
    }
    done = as_("clerk").post(url, ticks, follow=True).content.decode()
    assert "Đã ghi điểm danh 2 đơn vị" in done
    assert "1 có mặt (2 đại biểu), 1 vắng có lý do" in done
    assert "họp ở tỉnh" in done
    assert "Không có thay đổi" in as_("clerk").post(url, ticks, follow=True).content.decode()
    refused = as_("clerk").post(url, ticks | {"so-DUK.01": "99", "ghi-DUK.02": "đang gõ dở"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "có mặt với 99 đại biểu" in page
    assert "đang gõ dở" in page, "what was typed stays"
    other = {"co-DUK.01": "", "so-DUK.01": "", "ghi-DUK.01": "", "cu-DUK.01": "||"}
    left = as_("clerk").post(url, other, follow=True).content.decode()
    assert "Không có thay đổi nào" in left, "a page opened before the others were ticked takes nothing back"
    as_("clerk").post(url, other | {"cu-DUK.01": "present|2|"})
    rest = as_("clerk").post(url, {"tat-ca": "1"}, follow=True).content.decode()
    assert "Đã ghi điểm danh 1 đơn vị" in rest
    assert "1 có mặt (1 đại biểu), 1 vắng có lý do" in rest, "who was ticked before stays so"
    alone = as_("clerk").post(url, {"co-DUK.02": "present"}, follow=True).content.decode()
    assert "2 có mặt (2 đại biểu)" in alone, "one delegate where no number was typed"


def test_what_was_said_and_concluded(world: World, as_: Callable[[str], Client]) -> None:
    conference = example_conference(world)
    clerk = as_("clerk")
    said = {"unit": "DUK.02", "kind": "proposal", "text": "Mở lớp cho cấp ủy viên mới."}
    assert (
        "Mở lớp cho cấp ủy viên mới."
        in clerk.post(address("report", conference.uid), said, follow=True).content.decode()
    )
    [made] = conference_view(conference).conclusions
    mend = address("conclude", conference.uid) + f"&sua={made.uid}"
    assert "Nộp chương trình hành động còn thiếu." in clerk.get(mend).content.decode()
    wrong = clerk.post(mend, {"text": "Nộp đủ.", "due": "01/01/2023"})
    assert wrong.status_code == 422
    assert "trước ngày hội nghị" in wrong.content.decode()
    clerk.post(mend, {"text": "Nộp đủ.", "owner": "Các đơn vị", "due": "20/04/2023"})
    assert [(one.text, one.due) for one in conference_view(conference).conclusions] == [("Nộp đủ.", date(2023, 4, 20))]
    [kept] = conference_view(conference).conclusions
    clerk.post(address("conclude", conference.uid) + f"&sua={kept.uid}", {"drop": "on"})
    assert conference_view(conference).conclusions == ()
    assert clerk.get(mend).status_code == 404, "what was mended is not mended again"


def test_it_is_held_or_called_off(world: World, as_: Callable[[str], Client]) -> None:
    conference = example_conference(world)
    clerk = as_("clerk")
    assert "Chưa có lý do" in clerk.post(address("cancel", conference.uid), {"reason": ""}).content.decode()
    assert "Đã ghi hội nghị đã họp" in clerk.post(address("hold", conference.uid), follow=True).content.decode()
    conference.refresh_from_db()
    assert conference.state == MeetingState.HELD
    assert "không hủy được" in clerk.post(address("cancel", conference.uid), {"reason": "Hoãn"}).content.decode()


def test_the_list_counts(world: World, as_: Callable[[str], Client]) -> None:
    example_conference(world)
    page = as_("deputy").get(address("list")).content.decode()
    assert TITLE in page
    assert "Lập hội nghị" in page
    assert "Lập hội nghị" not in as_("inspector").get(address("list")).content.decode()


def test_the_notice_is_read_written_and_taken(world: World, as_: Callable[[str], Client]) -> None:
    clerk = as_("clerk")
    assert "chưa có hội nghị giao ban" in clerk.get(address("notice")).content.decode()
    example_conference(world)
    page = clerk.get(address("notice")).content.decode()
    assert "Ý kiến chỉ đạo của Thường trực" in page
    assert "Nộp chương trình hành động còn thiếu" in page
    words = {"assessment": "Nền nếp sinh hoạt được giữ vững.", "seen-assessment": "0"}
    assert "Nền nếp sinh hoạt được giữ vững." in clerk.post(address("notice"), words, follow=True).content.decode()
    lost = clerk.post(address("notice"), {"assessment": "Câu khác.", "seen-assessment": "0"})
    assert lost.status_code == 422
    assert "Người khác vừa sửa phần này" in lost.content.decode()
    assert "Câu khác." in lost.content.decode(), "what was typed stays"
    bare = clerk.post(address("take_notice"), {"dated": "30/03/2023", "degree": ""})
    assert "Chưa chọn độ mật" in bare.content.decode()
    secret = clerk.post(address("take_notice"), {"dated": "30/03/2023", "degree": "secret"})
    assert "Văn bản mật trở lên không lập ở đây" in secret.content.decode()
    taken = clerk.post(address("take_notice"), {"dated": "30/03/2023", "number": "12", "degree": "none"})
    assert taken.status_code == 200
    assert taken["Content-Disposition"].endswith('filename="TB-DUK-2023-Q1.docx"')
    assert "đã lấy số 12" in clerk.get(address("notice")).content.decode()
    other = clerk.post(address("take_notice"), {"dated": "30/03/2023", "number": "13", "degree": "none"})
    assert other.status_code == 422
    assert "đã lấy số 12, không phải 13" in other.content.decode()


def test_queries_do_not_grow_with_units(world: World, as_: Callable[[str], Client]) -> None:
    conference = example_conference(world)
    clerk = as_("clerk")
    clerk.get(address("conference", conference.uid))
    with CaptureQueriesContext(connection) as few:
        clerk.get(address("conference", conference.uid))
    cells = [world.units["DUK.01.01"], world.units["DUK.01.02"]]
    invite_units(act=world.act("clerk"), conference=conference, sitting=1, units=cells)
    with CaptureQueriesContext(connection) as many:
        clerk.get(address("conference", conference.uid))
    assert len(many) == len(few)


def test_a_called_conference_is_moved_and_those_invited_are_told_again(
    world: World, as_: Callable[[str], Client]
) -> None:
    typed = {"title": "Hội nghị giao ban", "kind": "briefing", "form_of": "in_person", "place": "Hội trường"}
    as_("clerk").post(address("plan"), typed | {"day": "10/04/2023", "hour": "8:00"})
    meeting = Meeting.objects.get(title="Hội nghị giao ban")
    clerk, uid = as_("clerk"), meeting.uid
    invitation = clerk.get(address("invitation", uid)).content.decode()
    assert "Kính mời đại diện cấp ủy" in invitation
    assert "Chưa ghi đã gửi" in invitation
    clerk.post(address("invitation", uid), {"day": "05/04/2023"})
    bad = clerk.post(address("move", uid), {"day-1": "12/13/2023", "hour-1": "14h", "place-1": "Phòng họp số 1"})
    assert bad.status_code == 422
    assert 'value="12/13/2023"' in bad.content.decode(), "what was typed stays"
    moved = {"day-1": "12/04/2023", "hour-1": "14h", "place-1": "Phòng họp số 1"}
    told = clerk.post(address("move", uid), moved, follow=True).content.decode()
    assert "Lịch đã đổi sau khi gửi: báo lại 2 đơn vị." in told
    assert "thay lịch đã báo trước (08:00, thứ Hai, ngày 10/04/2023, Hội trường)" in told
    assert "còn 2 đơn vị cần báo" in clerk.get(address("conference", uid)).content.decode()
    assert "Dự họp 12/04/2023" in clerk.get("/bang-giao-ban/?don-vi=DUK&ky=2023-M04").content.decode()
    calendar = clerk.get(f"{address('calendar', uid)}&phien=1")
    assert b"SEQUENCE:1" in calendar.content
    assert "DTSTART:20230412T070000Z" in calendar.content.decode()
    clerk.post(address("invitation", uid), {"day": "05/04/2023"})
    assert "cần báo" not in clerk.get(address("conference", uid)).content.decode()


def test_units_are_taken_in_and_out_on_one_page(world: World, as_: Callable[[str], Client]) -> None:
    clerk, uid = as_("clerk"), example_conference(world).uid
    page = clerk.get(address("invited", uid)).content.decode()
    assert 'name="phien-DUK.01"' in page
    left_alone = {"phien-DUK.01": "1", "cu-DUK.01": "1"}
    done = clerk.post(
        address("invited", uid), left_alone | {"phien-DUK.02": "", "cu-DUK.02": "1"}, follow=True
    ).content.decode()
    assert "Đã đổi lời mời của 1 đơn vị" in done
    view = conference_view(Meeting.objects.get(uid=uid))
    assert [row.unit.code for row in view.rows] == ["DUK.01"]
    ticked = {"co-DUK.01": "present", "so-DUK.01": "2", "ghi-DUK.01": "", "cu-DUK.01": "||"}
    clerk.post(address("attendance", uid), ticked)
    refused = clerk.post(address("invited", uid), {"phien-DUK.01": "", "cu-DUK.01": "1"})
    assert refused.status_code == 422
    assert "đã điểm danh" in refused.content.decode()
    assert '<option value="" selected>' in refused.content.decode(), "what was chosen stays"
    strange = clerk.post(address("invited", uid), {"phien-DUK.99": "1", "cu-DUK.99": ""})
    assert strange.status_code == 422


def test_a_period_without_a_conference_leads_to_the_last_one(world: World, as_: Callable[[str], Client]) -> None:
    example_conference(world)
    later = as_("clerk").get("/hoi-nghi/?don-vi=DUK&ky=2023-Q4").content.decode()
    assert f'href="/hoi-nghi/?don-vi=DUK&amp;ky=2023-Q1">{TITLE}' in later
    before = as_("clerk").get("/hoi-nghi/?don-vi=DUK&ky=2022-Q4").content.decode()
    assert "Gần nhất" not in before
