"""The page of one meeting: agenda, people, conclusions old and new, texts, scores, visits, dues, papers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.audit.act import HANOI, day_of
from giaoban.apps.meetings.models import (
    ConclusionEvent,
    Meeting,
    MeetingEvent,
    MeetingState,
    Presence,
    TextPart,
)
from giaoban.apps.meetings.queries.absences import is_secretary, third_absences
from giaoban.apps.meetings.queries.group_meetings import group_meeting_warnings
from giaoban.apps.meetings.queries.material import Gathered, gather
from giaoban.apps.meetings.queries.page import Conclusion, find_meeting
from giaoban.apps.meetings.queries.papers import TITLES, MeetingPaper
from giaoban.apps.meetings.queries.presence_code import check_open
from giaoban.apps.meetings.queries.reviewers import may_review, reviewer_of
from giaoban.apps.meetings.queries.roll import RollLine
from giaoban.apps.meetings.rubrics import GRADES
from giaoban.apps.organizations.permissions import may
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Link, Sign
from giaoban.web.meetings.place import NOT_TOLD, STATE_SIGNS, meeting_title, when_words

SAID_SIGNS = {
    ConclusionEvent.DONE.value: Sign("good", "●", "đã làm xong"),
    ConclusionEvent.CARRIED.value: Sign("late", "◐", "còn phải làm tiếp"),
    ConclusionEvent.DROPPED.value: Sign("off", "○", "không làm nữa"),
    "": Sign("late", "○", "chưa nói đến"),
}
PRESENCE_SIGNS = {
    Presence.PRESENT.value: Sign("good", "●", "có mặt"),
    Presence.EXCUSED.value: Sign("off", "○", "vắng có lý do"),
    Presence.ABSENT.value: Sign("bad", "✕", "vắng không lý do"),
    "": Sign("late", "…", "chưa điểm danh"),
}


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """A conclusion with what was said of it."""

    text: str
    note: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person of the roll."""

    name: str
    note: str
    sign: Sign


@dataclass(frozen=True, slots=True)
class TextCard:
    """A text with where to edit it."""

    title: str
    lines: tuple[str, ...]
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An item with both scores and the evidence of the register."""

    code: str
    title: str
    most: str
    own: str
    above: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """Both sheets side by side."""

    title: str
    rows: tuple[ScoreRow, ...]
    own: str
    above: str
    own_words: str
    above_words: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything of the page."""

    uid: uuid.UUID
    title: str
    place: str
    when: str
    sign: Sign
    facts: tuple[tuple[str, str], ...]
    actions: tuple[Link, ...]
    more: tuple[Link, ...]
    people: tuple[PersonLine, ...]
    old: tuple[ConclusionLine, ...]
    new: tuple[ConclusionLine, ...]
    texts: tuple[TextCard, ...]
    score: ScoreCard | None
    visits: tuple[tuple[str, str], ...]
    third: tuple[str, ...]
    warnings: tuple[str, ...]
    papers: tuple[tuple[str, str], ...]
    back: tuple[tuple[str, str], ...]
    schedule_url: str


@screen("meetings", right="meetings_view")
def meeting(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Show a meeting."""
    found = find_meeting(desk.act.user, uid, today=desk.act.today)
    all_of_it = gather(found)
    records = may(desk.act.user, "meetings_record", found.unit, today=desk.act.today)
    page = MeetingPage(
        uid=found.uid,
        title=meeting_title(found),
        place=all_of_it.card.place,
        when=when_words(found.starts_at, found.ends_at),
        sign=NOT_TOLD
        if found.state == MeetingState.PLANNED and found.day < desk.act.today
        else STATE_SIGNS[found.state],
        facts=_facts(all_of_it),
        actions=_actions(desk, all_of_it) if records else (),
        more=_more(desk, all_of_it) if records else (),
        people=tuple(
            PersonLine(
                line.name,
                _person_note(line),
                PRESENCE_SIGNS[line.state] if line.called else Sign("off", "○", "không phải dự"),
            )
            for line in all_of_it.material.roll.lines
        ),
        old=tuple(_conclusion(one) for one in all_of_it.material.old),
        new=tuple(_conclusion(one, new=True) for one in all_of_it.material.new),
        texts=_texts(desk, all_of_it, records=records),
        score=_score(desk, all_of_it),
        visits=tuple((one.name, one.remarks) for one in all_of_it.visits),
        third=_third(desk, found),
        warnings=group_meeting_warnings(found, all_of_it.material.roll.called),
        papers=_papers(desk, all_of_it),
        back=_back(desk, all_of_it) if records else (),
        schedule_url=desk.url("meetings:schedule", unit=all_of_it.card.code),
    )
    return desk.render("meetings/meeting.html", {"page": page})


def _facts(found: Gathered) -> tuple[tuple[str, str], ...]:
    meeting, story, roll = found.meeting, found.material.story, found.material.roll
    told: list[tuple[str, str]] = []
    if story.planned is not None:
        told.append(("Đăng ký lịch", format_date(story.planned.effective_date)))
    if story.cancelled is not None:
        told.append(("Hủy", f"{format_date(story.cancelled.effective_date)}: {story.cancelled.note}"))
    notice = story.notice_met(meeting)
    if story.invited is not None:
        met = "trước ít nhất 1 ngày" if notice else "chưa trước 1 ngày"
        if meeting.state == MeetingState.PLANNED and story.moved_since_told:
            met += "; lịch đã đổi sau đó, cần báo lại"
        told.append(("Thông báo, tài liệu", f"gửi ngày {format_date(story.invited.effective_date)} ({met})"))
    else:
        told.append(("Thông báo, tài liệu", "chưa ghi đã gửi"))
    if story.sittings:
        held = MeetingEvent.HELD
        each = [
            when_words(one.starts_at, one.ends_at) + ("" if one.kind == held else " (chưa họp)")
            for one in story.sittings
            if one.starts_at is not None
        ]
        told.append((f"Họp {format_number(len(each))} buổi", "; ".join(each)))
    told.append(("Hình thức", meeting.get_form_display()))
    if meeting.place:
        told.append(("Địa điểm", meeting.place))
    if meeting.topic:
        told.append(("Nội dung", meeting.topic))
    if story.held is not None:
        for label, person in (("Chủ trì", story.held.chair), ("Thư ký", story.held.secretary)):
            if person is not None:
                told.append((label, person.full_name))
    if roll.lines:
        words = f"{format_number(roll.count(Presence.PRESENT))} / {format_number(roll.called)}"
        told.append(("Có mặt", f"{words} ({format_number(roll.percent)} %)" if roll.percent is not None else words))
    for label, entry in (("Nộp biên bản", story.minutes_filed), ("Nộp nghị quyết", story.resolution_filed)):
        if entry is not None:
            told.append((label, format_date(entry.effective_date)))
    if found.dues:
        told.append(("Đảng phí tháng", f"{format_number(sum(found.dues.values()))} đồng chí đã đóng"))
    return tuple(told)


def _person_note(line: RollLine) -> str:
    notes = (
        (line.guest, "sinh hoạt tạm thời"),
        (not line.official, "dự bị"),
        (line.exempt, "được miễn sinh hoạt"),
        (line.away, "đi xa"),
        (line.elsewhere and not line.guest, "sinh hoạt tạm thời nơi khác"),
        (line.by_code, "tự báo bằng mã"),
        (line.online, "dự trực tuyến"),
        (line.spoke, "phát biểu"),
    )
    return ", ".join(words for holds, words in notes if holds)


def _conclusion(one: Conclusion, *, new: bool = False) -> ConclusionLine:
    owner = f"{one.owner}; " if one.owner else ""
    due = f"hạn {format_date(one.due)}" if one.due is not None else "hạn đến kỳ sau"
    note = f"{owner}{due}" if new else f"{owner}{due}; kết luận ngày {format_date(one.made)}"
    return ConclusionLine(one.text, note, Sign("off", "○", "mới") if new else SAID_SIGNS[one.said])


def _actions(desk: Desk, found: Gathered) -> tuple[Link, ...]:
    """The one next thing first."""
    uid, meeting = found.meeting.uid, found.meeting
    if meeting.state == MeetingState.CANCELLED:
        return ()
    record = Link("Ghi buổi họp", desk.url("meetings:tick", uid))
    if meeting.state == MeetingState.HELD:
        sheets, links = found.sheets, []
        links += _later_sittings(desk, found)
        if sheets is not None:
            links.append((bool(sheets.own and sheets.own.grade), Link("Chấm điểm", desk.url("meetings:score", uid))))
        minutes = Link("Soạn biên bản", desk.url("meetings:text", uid, TextPart.MINUTES.value))
        links.append((found.material.story.minutes_filed is not None, minutes))
        open_first = sorted(links, key=lambda one: one[0])
        return (*(link for _done, link in open_first), record)
    # Before the meeting it is prepared, after it recorded.
    prepare = (
        Link("Ghi đã gửi thông báo", desk.url("meetings:invite", uid)),
        *_changes(desk, found),
    )
    if meeting.day > desk.act.today:
        return prepare
    code = (Link("Mã điểm danh", desk.url("meetings:code", uid)),) if _near(desk, meeting) else ()
    return (record, *code, *prepare)


def _changes(desk: Desk, found: Gathered) -> tuple[Link, ...]:
    """Where the time of the meeting, or of each of its sittings that is not held yet, is changed."""
    uid, sittings = found.meeting.uid, found.material.story.sittings
    if not sittings:
        return (Link("Đổi lịch", desk.url("meetings:change", uid)),)
    return tuple(
        Link(f"Đổi lịch buổi {one.sitting}", desk.url("meetings:change", uid, query={"buoi": str(one.sitting)}))
        for one in sittings
        if one.kind == MeetingEvent.PLANNED
    )


def _later_sittings(desk: Desk, found: Gathered) -> list[tuple[bool, Link]]:
    """Where the sittings are recorded that were not held when the first one was: what waits first; or are moved."""
    uid = found.meeting.uid
    over = [
        (False, Link(f"Ghi buổi {one.sitting}", desk.url("meetings:sitting", uid, query={"buoi": str(one.sitting)})))
        for one in found.material.story.sittings
        if one.kind == MeetingEvent.PLANNED and one.starts_at is not None and day_of(one.starts_at) <= desk.act.today
    ]
    return [*over, *((True, link) for link in _changes(desk, found) if found.material.story.sittings)]


def _near(desk: Desk, meeting: Meeting) -> bool:
    try:
        check_open(meeting, desk.act.now)
    except InvalidInput:
        return False
    return True


def _more(desk: Desk, found: Gathered) -> tuple[Link, ...]:
    uid, meeting = found.meeting.uid, found.meeting
    links = []
    if meeting.state == MeetingState.PLANNED:
        links.append(Link("Hủy kỳ họp", desk.url("meetings:cancel", uid)))
    if meeting.state == MeetingState.HELD:
        links.append(Link("Ghi người dự sinh hoạt", desk.url("meetings:visit", uid)))
    if found.sheets is not None and meeting.day <= desk.act.today:
        links.append(Link("Đánh dấu đảng phí", desk.url("meetings:dues", uid)))
    return tuple(links)


def _texts(desk: Desk, found: Gathered, *, records: bool) -> tuple[TextCard, ...]:
    cards = []
    for part in TextPart:
        kept = found.texts.get(part)
        late = part != TextPart.AGENDA and found.meeting.state != MeetingState.HELD
        if kept is None and (late or not records):
            continue
        note = ""
        if kept is not None:
            helped = f" nhập giúp {kept.entered_for.full_name}" if kept.entered_for is not None else ""
            saved_at = f"{kept.written_at.astimezone(HANOI):%H:%M %d/%m/%Y}"
            note = f"bản {kept.version}, {kept.written_by.full_name}{helped}, {saved_at}"
        cards.append(
            TextCard(
                part.label,
                tuple(kept.text.splitlines()) if kept is not None else (),
                note,
                desk.url("meetings:text", found.meeting.uid, part.value) if records else "",
            )
        )
    return tuple(cards)


def _score(desk: Desk, found: Gathered) -> ScoreCard | None:
    sheets = found.sheets
    if sheets is None or (sheets.own is None and sheets.above is None):
        return None
    rows = []
    for code, item in sheets.items.items():
        own, above = (
            str(entry.points.get(code, "")).replace(".", ",") if entry is not None else ""
            for entry in (sheets.own, sheets.above)
        )
        rows.append(ScoreRow(code, item.title, format_number(item.most), own, above, sheets.evidence.get(code, "")))
    totals, words = [], []
    for entry in (sheets.own, sheets.above):
        totals.append(format_number(entry.total) if entry is not None else "")
        grade = GRADES.get(entry.grade, "chưa đủ các mục") if entry is not None else ""
        words.append(grade)
    above_unit = reviewer_of(found.meeting)
    waits = above_unit is not None and may_review(desk.act.user, above_unit, today=desk.act.today)
    finished = sheets.own is not None and bool(sheets.own.grade)
    url = desk.url("meetings:review", found.meeting.uid) if waits and finished else ""
    return ScoreCard(sheets.rubric.title, tuple(rows), totals[0], totals[1], words[0], words[1], url)


def _third(desk: Desk, meeting: Meeting) -> tuple[str, ...]:
    """Shown to the secretary of this very cell and to nobody else (decision D13)."""
    if not is_secretary(desk.act.user, meeting.unit, desk.act):
        return ()
    return tuple(f"{one.name}: {one.times} kỳ liền" for one in third_absences(meeting))


def _papers(desk: Desk, found: Gathered) -> tuple[tuple[str, str], ...]:
    held = found.meeting.state == MeetingState.HELD
    wanted = [MeetingPaper.INVITATION, MeetingPaper.ATTENDANCE, MeetingPaper.TICKS]
    if held:
        wanted += [MeetingPaper.MINUTES, MeetingPaper.RESOLUTION]
        wanted += [MeetingPaper.SCORE] if found.sheets is not None else []
    return tuple((TITLES[one], desk.url("meetings:paper", found.meeting.uid, one.value)) for one in wanted)


def _back(desk: Desk, found: Gathered) -> tuple[tuple[str, str], ...]:
    story = found.material.story
    entries = (
        ("Bỏ ghi đã hủy", story.cancelled),
        ("Bỏ ghi đã họp", story.held if found.sheets is None or found.sheets.own is None else None),
        ("Bỏ ghi đã nộp biên bản", story.minutes_filed),
        ("Bỏ ghi đã nộp nghị quyết", story.resolution_filed),
    )
    return tuple(
        (words, desk.url("meetings:take_back", found.meeting.uid, entry.uid))
        for words, entry in entries
        if entry is not None
    )
