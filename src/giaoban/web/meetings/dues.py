"""Dues of the meeting's month, ticked per member: paid or not (decision D13: no amounts)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.meetings.operations import DuesTick, tick_dues
from giaoban.apps.meetings.queries.page import dues_of
from giaoban.apps.meetings.queries.roll import roll_of
from giaoban.apps.members.models import Member
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.forms import attempt, sentence
from giaoban.web.meetings.place import BOTH, about, act_for, chosen_helped, helped_choices, open_meeting, saved
from giaoban.web.members.forms import Choices


@dataclass(frozen=True, slots=True)
class DuesRow:
    """One member."""

    key: str
    name: str
    paid: bool


@dataclass(frozen=True, slots=True)
class DuesPage:
    """The sheet."""

    title: str
    about: str
    rows: tuple[DuesRow, ...]
    helped: Choices
    errors: tuple[str, ...]
    back_url: str
    helped_chosen: str


@screen("meetings", right="meetings_view", methods=BOTH)
def dues(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Tick dues; only what changed is recorded."""
    meeting = open_meeting(desk, uid)
    kept, lines = dues_of(meeting), roll_of(meeting).members
    sent, errors = desk.posted, list[str]()
    ticked = set(sent.getlist("dong")) if sent is not None else {str(one.uid) for one in lines if kept.get(one.member)}
    if sent is not None:
        changed = [one for one in lines if one.member not in kept or kept[one.member] != (str(one.uid) in ticked)]
        members = Member.objects.in_bulk([one.member for one in changed])
        ticks = [
            DuesTick(meeting.unit, members[one.member], meeting.month, paid=str(one.uid) in ticked) for one in changed
        ]
        paid = sum(str(one.uid) in ticked for one in lines)
        words = f"Đã ghi đảng phí: {format_number(paid)} / {format_number(len(lines))} đã đóng."
        attempt(
            lambda error: errors.append(sentence(error)),
            lambda: tick_dues(act=act_for(desk, meeting, chosen_helped(sent)), ticks=ticks),
        )
        if not errors:
            return saved(desk, meeting, words)
    page = DuesPage(
        f"Đảng phí tháng {meeting.month.month}/{meeting.month.year}",
        about(desk, meeting),
        tuple(DuesRow(str(one.uid), one.name, str(one.uid) in ticked) for one in lines),
        helped_choices(desk, meeting),
        tuple(errors),
        desk.url("meetings:meeting", uid),
        chosen_helped(sent),
    )
    return desk.render("meetings/dues.html", {"page": page}, status=422 if errors else 200)
