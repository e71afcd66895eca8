"""The small forms about one meeting: another time, cancelling, notice sent, a visit, taking a mistake back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse

from giaoban.apps.audit.act import HANOI, Act, day_of
from giaoban.apps.meetings.models import Meeting, MeetingEntry, MeetingForm, MeetingState, TextPart
from giaoban.apps.meetings.operations import (
    HeldDraft,
    Sitting,
    cancel_meetings,
    change_plan,
    hold_meeting,
    invite_to_meetings,
    record_visit,
    void_meeting_entry,
)
from giaoban.apps.meetings.queries.calendar import calendar_file
from giaoban.apps.meetings.queries.drafting import draft_invitation
from giaoban.apps.meetings.queries.material import gather
from giaoban.apps.meetings.queries.page import find_meeting, followers_of
from giaoban.apps.meetings.queries.papers import MeetingPaper
from giaoban.apps.meetings.queries.record import Story, story_of
from giaoban.apps.members.models import Member
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, NotFound
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import RecordPage
from giaoban.web.forms import DayField, OfficeForm, attempt
from giaoban.web.http import as_file
from giaoban.web.meetings.place import (
    BOTH,
    HELPED,
    about,
    act_for,
    chosen_helped,
    default_end,
    helped_choices,
    open_meeting,
    saved,
)
from giaoban.web.meetings.times import HourField, moment
from giaoban.web.members.forms import Choices

_MOST_SITTINGS = 60


class MeetingBaseForm(OfficeForm):
    """A form that may be entered for somebody else."""

    places = {"Nhập giúp": HELPED}

    def __init__(self, *args: Any, helped: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if helped:
            self.fields[HELPED] = forms.ChoiceField(label="Nhập giúp", choices=helped, required=False)


class ChangeForm(MeetingBaseForm):
    """Another time or place."""

    places = {"Ngày họp": "day", "Giờ kết thúc": "ends", "Nhập giúp": HELPED}
    day = DayField(label="Ngày họp")
    starts = HourField(label="Bắt đầu")
    ends = HourField(label="Kết thúc", required=False)
    form = forms.ChoiceField(label="Hình thức", choices=MeetingForm.choices)
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)
    topic = forms.CharField(label="Nội dung, chuyên đề", max_length=300, required=False)


class SittingForm(MeetingBaseForm):
    """When and where a later sitting was held."""

    places = {"Ngày họp": "day", "Giờ kết thúc": "ends", "Nhập giúp": HELPED}
    day = DayField(label="Ngày họp")
    starts = HourField(label="Bắt đầu")
    ends = HourField(label="Kết thúc")
    form = forms.ChoiceField(label="Hình thức", choices=MeetingForm.choices)
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)


class CancelForm(MeetingBaseForm):
    """Why a meeting is cancelled."""

    places = {"Lý do": "reason", "Nhập giúp": HELPED}
    reason = forms.CharField(label="Lý do hủy", max_length=300, help_text="Một câu ngắn, ví dụ hoãn do bão")


class InviteForm(MeetingBaseForm):
    """When notice and papers were sent."""

    places = {"Ngày gửi": "day", "Nhập giúp": HELPED}
    day = DayField(label="Ngày gửi thông báo, tài liệu")


class VisitedForm(MeetingBaseForm):
    """Who came, and what they said."""

    places = {"Người dự": "visitor", "Nhận xét": "remarks", "Nhập giúp": HELPED}
    visitor = forms.ChoiceField(label="Người dự")
    remarks = forms.CharField(label="Nhận xét", required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["visitor"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn người được phân công theo dõi"), *people]


def _finish(
    desk: Desk,
    meeting: Meeting,
    form: OfficeForm,
    page: RecordPage,
    record: Callable[[Act], str],
    *,
    template: str = "giaoban/record.html",
    more: dict[str, str] | None = None,
) -> HttpResponse:
    """Record what a valid form says, or show it again with what is wrong."""
    if form.is_bound and form.is_valid():
        words = attempt(form, lambda: record(act_for(desk, meeting, chosen_helped(desk.posted))))
        if words is not None:
            return saved(desk, meeting, words)
    form.point_at_first_error()
    context = {"page": page, "form": form, **(more or {})}
    return desk.render(template, context, status=422 if form.errors else 200)


def _page(desk: Desk, meeting: Meeting, title: str, button: str, note: str = "") -> RecordPage:
    return RecordPage(title, about(desk, meeting), button, desk.url("meetings:meeting", meeting.uid), note=note)


@screen("meetings", right="meetings_view", methods=BOTH)
def change(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give a planned meeting, or one of its sittings (``buoi``), another time."""
    meeting = open_meeting(desk, uid)
    number = _sitting_number(desk)
    initial = _times(story_of(meeting), meeting, number) | {"topic": meeting.topic}
    form = ChangeForm(desk.posted, initial=initial, helped=helped_choices(desk, meeting))

    def record(act: Act) -> str:
        data = form.cleaned_data
        ends = moment(data["day"], data["ends"]) if data["ends"] else None
        sitting = Sitting(moment(data["day"], data["starts"]), ends, MeetingForm(data["form"]), data["place"])
        change_plan(act=act, meeting=meeting, sitting=sitting, number=number, topic=data["topic"])
        return f"Đã đổi lịch sang ngày {format_date(data['day'])}. Nhớ báo lại đảng viên bằng giấy mời mới."

    note = "Ngày đăng ký lịch giữ nguyên: đã đăng ký đúng hạn thì vẫn là đúng hạn."
    title = "Đổi lịch" if number == 1 else f"Đổi lịch buổi thứ {number}"
    return _finish(desk, meeting, form, _page(desk, meeting, title, "Ghi lịch mới", note), record)


def _sitting_number(desk: Desk) -> int:
    text = desk.request.GET.get("buoi", "1")
    if not text.isdecimal() or not 1 <= int(text[:4]) <= _MOST_SITTINGS:
        raise NotFound(f"Kỳ họp không có buổi {quoted(text[:10])}")
    return int(text)


def _times(story: Story, meeting: Meeting, number: int) -> dict[str, Any]:
    """Return when and where a sitting is or was, for a form.

    Raises:
        NotFound: there is no such sitting.
    """
    found = next((one for one in story.sittings if one.sitting == number), None)
    if found is None and number > 1:
        raise NotFound(f"Kỳ họp không có buổi thứ {number}")
    begins, ends = (found.starts_at, found.ends_at) if found is not None else (meeting.starts_at, meeting.ends_at)
    assert begins is not None
    length = default_end(meeting) - meeting.starts_at
    return {
        "day": day_of(begins),
        "starts": begins.astimezone(HANOI),
        "ends": (ends or begins + length).astimezone(HANOI),
        "form": (found.form if found is not None else "") or meeting.form,
        "place": (found.place if found is not None else "") or meeting.place,
    }


@screen("meetings", right="meetings_view", methods=BOTH)
def sitting(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record a later sitting of a meeting of several (``buoi``); it has one attendance list and one score."""
    meeting = open_meeting(desk, uid)
    number, story = _sitting_number(desk), story_of(meeting)
    form = SittingForm(desk.posted, initial=_times(story, meeting, number), helped=helped_choices(desk, meeting))

    def record(act: Act) -> str:
        data = form.cleaned_data
        hold_meeting(
            act=act,
            draft=HeldDraft(
                meeting,
                moment(data["day"], data["starts"]),
                moment(data["day"], data["ends"]),
                MeetingForm(data["form"]),
                data["place"],
                chair=story.held.chair if story.held is not None else None,
                secretary=story.held.secretary if story.held is not None else None,
                sitting=number,
            ),
        )
        return f"Đã ghi buổi thứ {number} ngày {format_date(data['day'])}."

    note = "Điểm danh, kết luận, biên bản và phiếu điểm là của cả kỳ họp; người dự buổi này ghi ở «Ghi buổi họp»."
    return _finish(desk, meeting, form, _page(desk, meeting, f"Ghi buổi thứ {number}", "Ghi đã họp", note), record)


@screen("meetings", right="meetings_view", methods=BOTH)
def cancel(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Cancel a planned meeting."""
    meeting = open_meeting(desk, uid)
    form = CancelForm(desk.posted, helped=helped_choices(desk, meeting))

    def record(act: Act) -> str:
        cancel_meetings(act=act, meetings=[meeting], reason=form.cleaned_data["reason"])
        return "Đã hủy kỳ họp."

    return _finish(desk, meeting, form, _page(desk, meeting, "Hủy kỳ họp", "Hủy kỳ họp"), record)


@screen("meetings", right="meetings_view", methods=BOTH)
def invite(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give the invitation to copy or print; note when notice and papers were sent."""
    meeting = open_meeting(desk, uid)
    form = InviteForm(desk.posted, initial={"day": desk.act.today}, helped=helped_choices(desk, meeting))

    def record(act: Act) -> str:
        day = form.cleaned_data["day"]
        invite_to_meetings(act=act, meetings=[meeting], day=day)
        return f"Đã ghi: gửi thông báo, tài liệu ngày {format_date(day)}."

    note = "Tài liệu cần đến đảng viên trước ngày họp ít nhất 1 ngày."
    page = _page(desk, meeting, "Gửi thông báo, tài liệu", "Ghi đã gửi", note)
    more = {
        "invitation": draft_invitation(gather(meeting).material),
        "paper_url": desk.url("meetings:paper", meeting.uid, MeetingPaper.INVITATION.value),
        "calendar_url": desk.url("meetings:calendar", meeting.uid),
        "agenda_url": desk.url("meetings:text", meeting.uid, TextPart.AGENDA.value),
    }
    return _finish(desk, meeting, form, page, record, template="meetings/invite.html", more=more)


@screen("meetings", right="meetings_view", methods=BOTH)
def visit(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record that somebody who follows the cell came."""
    meeting = open_meeting(desk, uid)
    people = list(followers_of(meeting))
    form = VisitedForm(desk.posted, people=people, helped=helped_choices(desk, meeting))

    def record(act: Act) -> str:
        data = form.cleaned_data
        visitor = Member.objects.get(uid=data["visitor"])
        record_visit(act=act, meeting=meeting, visitor=visitor, remarks=data["remarks"])
        return f"Đã ghi: {visitor.full_name} dự sinh hoạt."

    note = "" if people else "Chưa có ai được phân công theo dõi chi bộ này. Phân công ở phần Tổ chức, Theo dõi cơ sở."
    return _finish(desk, meeting, form, _page(desk, meeting, "Dự sinh hoạt cơ sở", "Ghi", note), record)


@screen("meetings", right="meetings_view", methods=("POST",))
def take_back(desk: Desk, uid: uuid.UUID, entry: uuid.UUID) -> HttpResponse:
    """Take back an event that never was."""
    meeting = open_meeting(desk, uid)
    found = MeetingEntry.objects.filter(uid=entry, meeting=meeting).select_related("meeting__unit").first()
    if found is None:
        raise Http404("Không có lần ghi này")
    void_meeting_entry(act=desk.act, entry=found)
    return saved(desk, meeting, f"Đã bỏ ghi: {found.get_kind_display().lower()}.")


@screen("meetings", right="meetings_view")
def calendar(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Give the invitation as a calendar file."""
    meeting = find_meeting(desk.act.user, uid, today=desk.act.today)
    if meeting.state == MeetingState.CANCELLED:
        raise InvalidInput("Kỳ họp đã hủy")
    return as_file(calendar_file(meeting, now=desk.act.now), "sinh-hoat.ics")
