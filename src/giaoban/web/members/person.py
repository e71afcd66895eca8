"""One person's page: where they stand, what comes next, what happened to them; the folded personal data."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.audit.act import day_of
from giaoban.apps.inspection.queries.timeline import discipline_of
from giaoban.apps.members.operations import open_personal_file
from giaoban.apps.members.queries.corrections import FileChange, correction_timeline, private_changes
from giaoban.apps.members.queries.file import TimelineEntry, find_member, timeline
from giaoban.apps.members.queries.life_timeline import LIFE_REGISTERS, life_timeline
from giaoban.apps.organizations.queries.chosen import rights_at
from giaoban.apps.organizations.queries.outline import way_up
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.members.lists import STATE_SIGNS
from giaoban.web.members.next_steps import MemberNow, actions_of, look_at


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of the timeline."""

    iso: str
    day: str
    what: str
    where: str
    decision: str
    who: str
    void: bool
    correct_url: str


@dataclass(frozen=True, slots=True)
class Personal:
    """The folded part, once it was opened."""

    facts: tuple[tuple[str, str], ...]
    changes: tuple[FileChange, ...]


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One person's page."""

    name: str
    state: Sign
    now: MemberNow
    way: tuple[Link, ...]
    entries: tuple[EntryLine, ...]
    actions: tuple[Link, ...]
    more: tuple[Link, ...]
    personal_url: str


def _entry_line(desk: Desk, entry: TimelineEntry, *, may_record: bool) -> EntryLine:
    who = f"{entry.recorded_by} ghi ngày {day_of(entry.recorded_at):%d/%m/%Y}"
    if entry.entered_for:
        who += f", nhập giúp {entry.entered_for}"
    if entry.replaces:
        who += "; lần ghi đính chính"
    if entry.corrected:
        who += "; đã đính chính"
    return EntryLine(
        entry.day.day.isoformat(),
        str(entry.day),
        entry.what,
        entry.where,
        entry.decision,
        who,
        entry.corrected,
        _correct_url(desk, entry) if may_record and not entry.corrected else "",
    )


def _correct_url(desk: Desk, entry: TimelineEntry) -> str:
    if entry.register == "members":
        return desk.url("members:correct", entry.uid)
    if entry.register in LIFE_REGISTERS:
        return desk.url("members:correct_in", entry.register, entry.uid)
    return ""


@screen("members", right="members_view")
def member(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show one person: where they stand, what comes next, what happened to them."""
    return _member_page(desk, uid)


@screen("members", right="members_view", methods=("POST",))
def personal(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Open the folded personal data; who opened them is recorded."""
    found = find_member(desk.act.user, uid, today=desk.act.today)
    file = open_personal_file(act=desk.act, member=found)
    birth = PartialDate(found.birth_date, Precision(found.birth_precision))
    facts = [
        ("Ngày sinh", str(birth)),
        ("Số định danh cá nhân", file.identity_number),
        ("Số lý lịch", file.file_number),
        ("Số thẻ đảng viên", file.card_number),
        ("Điện thoại", file.phone),
    ]
    opened = Personal(tuple((name, value or "chưa ghi") for name, value in facts), private_changes(found))
    if desk.request.htmx:
        return desk.render("members/member.html", {"personal": opened}, part="personal")
    return _member_page(desk, uid, opened)


def _member_page(desk: Desk, uid: uuid.UUID, opened: Personal | None = None) -> HttpResponse:
    act = desk.act
    found = find_member(act.user, uid, today=act.today)
    rights = rights_at(act.user, found.unit, today=act.today)
    may_record = "members_record" in rights
    entries = [
        *timeline(found, today=act.today),
        *life_timeline(found, today=act.today, conclusions=may_record),
        *discipline_of(act.user, found, today=act.today),
        *correction_timeline(found, private=False),
    ]
    entries.sort(key=lambda entry: entry.order, reverse=True)
    now = look_at(found, today=act.today)
    actions, more = actions_of(desk, found, now, rights)
    page = MemberPage(
        name=found.full_name,
        state=STATE_SIGNS[found.state],
        now=now,
        way=tuple(
            Link(one.short_name or one.name, desk.url("organizations:unit", one.code))
            for one in way_up(act.user, found.unit, day=act.today, today=act.today)
        ),
        entries=tuple(_entry_line(desk, entry, may_record=may_record) for entry in entries),
        actions=actions,
        more=more,
        personal_url=desk.url("members:personal", uid) if "members_file" in rights else "",
    )
    return desk.render("members/member.html", {"page": page, "personal": opened})
