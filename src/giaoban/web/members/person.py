"""One person's page: where they stand, what comes next, what happened to them; the folded personal data."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.inspection.queries.timeline import discipline_of
from giaoban.apps.members.models import Member
from giaoban.apps.members.operations import open_personal_file
from giaoban.apps.members.queries.file import TimelineEntry, find_member, party_age, probation_ends, timeline
from giaoban.apps.members.queries.waiting import member_on_the_way
from giaoban.apps.organizations.queries.chosen import rights_at
from giaoban.apps.organizations.queries.outline import way_up
from giaoban.core.dates_vi import PartialDate, Precision, format_date
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.members.lists import STATE_SIGNS


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


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One person's page."""

    name: str
    state: Sign
    way: tuple[Link, ...]
    facts: tuple[tuple[str, str], ...]
    coming: tuple[str, ...]
    entries: tuple[EntryLine, ...]
    actions: tuple[Link, ...]
    personal_url: str


def _entry_line(desk: Desk, entry: TimelineEntry, *, may_record: bool) -> EntryLine:
    who = f"{entry.recorded_by} ghi ngày {entry.recorded_at:%d/%m/%Y}"
    if entry.entered_for:
        who += f", nhập giúp {entry.entered_for}"
    if entry.replaces:
        who += "; lần ghi đính chính"
    if entry.corrected:
        who += "; đã đính chính"
    correct = may_record and entry.register == "members" and not entry.corrected
    return EntryLine(
        entry.day.day.isoformat(),
        str(entry.day),
        entry.what,
        entry.where,
        entry.decision,
        who,
        entry.corrected,
        desk.url("members:correct", entry.uid) if correct else "",
    )


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
    opened = Personal(tuple((name, value or "chưa ghi") for name, value in facts))
    if desk.request.htmx:
        return desk.render("members/member.html", {"personal": opened}, part="personal")
    return _member_page(desk, uid, opened)


def _actions(desk: Desk, found: Member, rights: frozenset[str]) -> tuple[Link, ...]:
    if found.state not in ("official", "probationary"):
        return ()
    actions = []
    if "members_record" in rights:
        if found.state == "probationary":
            actions.append(Link("Công nhận chính thức", desk.url("members:recognise", found.uid)))
        actions.append(Link("Chuyển sinh hoạt", desk.url("members:transfer", found.uid)))
    if "inspection_record" in rights:
        actions.append(Link("Ghi kỷ luật", desk.url("members:discipline", found.uid)))
    return tuple(actions)


def _facts(desk: Desk, found: Member) -> tuple[tuple[str, str], ...]:
    age = party_age(found, today=desk.act.today)
    standing = found.state in ("official", "probationary")
    facts = [
        ("Kết nạp", format_date(found.admitted_on) if found.admitted_on else "chưa ghi"),
        ("Chính thức", format_date(found.recognised_on) if found.recognised_on else ""),
        ("Tuổi Đảng", f"{age} năm" if standing and age else ""),
    ]
    return tuple((name, value) for name, value in facts if value)


def _coming(found: Member) -> tuple[str, ...]:
    coming = []
    ends = probation_ends(found)
    if ends:
        coming.append(f"Hết thời hạn dự bị ngày {format_date(ends)}")
    letter = member_on_the_way(found)
    if letter is not None:
        coming.append(
            f"Đã giới thiệu chuyển sinh hoạt ngày {format_date(letter.effective_date)}, nơi đến chưa tiếp nhận"
        )
    return tuple(coming)


def _member_page(desk: Desk, uid: uuid.UUID, opened: Personal | None = None) -> HttpResponse:
    act = desk.act
    found = find_member(act.user, uid, today=act.today)
    rights = rights_at(act.user, found.unit, today=act.today)
    entries = [*timeline(found, today=act.today), *discipline_of(act.user, found, today=act.today)]
    entries.sort(key=lambda entry: entry.order, reverse=True)
    page = MemberPage(
        name=found.full_name,
        state=STATE_SIGNS[found.state],
        way=tuple(
            Link(one.short_name or one.name, desk.url("organizations:unit", one.code))
            for one in way_up(act.user, found.unit, day=act.today, today=act.today)
        ),
        facts=_facts(desk, found),
        coming=_coming(found),
        entries=tuple(_entry_line(desk, entry, may_record="members_record" in rights) for entry in entries),
        actions=_actions(desk, found, rights),
        personal_url=desk.url("members:personal", uid) if "members_file" in rights else "",
    )
    return desk.render("members/member.html", {"page": page, "personal": opened})
