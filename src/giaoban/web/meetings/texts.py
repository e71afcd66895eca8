"""Agenda, minutes and resolution: drafted from the record, edited, saved version by version, filed, taken away."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse

from giaoban.apps.meetings.models import Meeting, TextPart
from giaoban.apps.meetings.operations import file_meeting_text, save_meeting_text, take_meeting_paper
from giaoban.apps.meetings.queries.material import gather
from giaoban.apps.meetings.queries.page import find_meeting, part_of
from giaoban.apps.meetings.queries.papers import MeetingPaper
from giaoban.apps.reporting.queries.letterhead import office_facts
from giaoban.core.errors import NotFound
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link
from giaoban.web.forms import attempt
from giaoban.web.http import as_file
from giaoban.web.meetings.place import BOTH, HELPED, about, act_for, chosen_helped, helped_choices, open_meeting, saved
from giaoban.web.meetings.recording import MeetingBaseForm


class TextForm(MeetingBaseForm):
    """A text, with the version that the person started from."""

    places = {"Nhập giúp": HELPED}
    text = forms.CharField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 26}),
        help_text="«I- …» là mục lớn, «1. …» là mục nhỏ, «- …» là gạch đầu dòng. Chỗ «……» điền tay.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, part: TextPart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {**self.places, part.label: "text"}


@dataclass(frozen=True, slots=True)
class TextPage:
    """The page of one text."""

    title: str
    about: str
    drafted: bool
    files: bool
    back_url: str
    versions: str
    links: tuple[Link, ...]


def _save(desk: Desk, meeting: Meeting, which: TextPart, form: TextForm) -> str:
    """Save the text, file it too where that was asked for, and tell so."""
    act, data = act_for(desk, meeting, chosen_helped(desk.posted)), form.cleaned_data
    made = save_meeting_text(act=act, meeting=meeting, part=which, text=data["text"], seen=data["seen"])
    if desk.posted is not None and "nop" in desk.posted:
        file_meeting_text(act=act, meeting=meeting, part=which)
        return f"Đã lưu và nộp {which.label.lower()} (bản {made.version})."
    return f"Đã lưu {which.label.lower()} (bản {made.version})."


@screen("meetings", right="meetings_view", methods=BOTH)
def text(desk: Desk, uid: uuid.UUID, part: str) -> HttpResponse:
    """Edit a text; «Lưu và nộp» files it too."""
    meeting, which = open_meeting(desk, uid), part_of(part)
    found = gather(meeting)
    kept = found.texts.get(which)
    initial = {
        "text": kept.text if kept is not None else found.draft(which),
        "seen": kept.version if kept is not None else 0,
    }
    form = TextForm(desk.posted, initial=initial, part=which, helped=helped_choices(desk, meeting))
    if form.is_bound and form.is_valid():
        words = attempt(form, lambda: _save(desk, meeting, which, form))
        if words is not None:
            return saved(desk, meeting, words)
    form.point_at_first_error()
    again = desk.url("meetings:text", uid, part)
    page = TextPage(
        which.label,
        about(desk, meeting),
        kept is None,
        which != TextPart.AGENDA,
        desk.url("meetings:meeting", uid),
        f"Đang mở bản {kept.version}." if kept is not None else "",
        (Link("Mở bản mới nhất ở trang khác", again),) if form.errors else (),
    )
    return desk.render("meetings/text.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@screen("meetings", right="meetings_view", methods=("POST",))
def paper(desk: Desk, uid: uuid.UUID, what: str) -> HttpResponse:
    """Give a paper of a meeting as a file."""
    meeting = find_meeting(desk.act.user, uid, today=desk.act.today)
    if what not in MeetingPaper.__members__.values():
        raise NotFound(f"Không có giấy tờ {quoted(what)}")
    kind = "pdf" if desk.posted is not None and "pdf" in desk.posted else "docx"
    office = office_facts(meeting.unit, day=meeting.day)
    taken = take_meeting_paper(act=desk.act, meeting=meeting, paper=MeetingPaper(what), office=office, file_format=kind)
    return as_file(taken.content, taken.file_name)
