"""The page on which a secretary records a finished meeting with one thumb; without JavaScript it is a plain form.

With the page's small script each tap is sent at once, or kept on the telephone until the network is back (``taps``).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict

from giaoban.apps.audit.act import day_of
from giaoban.apps.meetings.models import ConclusionEvent, Meeting, MeetingForm, MeetingState, Presence
from giaoban.apps.meetings.operations import ConclusionDraft, HeldDraft, Tap, TickedMeeting, record_ticked_meeting
from giaoban.apps.meetings.queries.material import Gathered, gather
from giaoban.apps.meetings.queries.roll import RollLine
from giaoban.apps.members.models import Member
from giaoban.core.dates_vi import format_date, parse_date
from giaoban.core.errors import InvalidInput
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.forms import attempt, sentence
from giaoban.web.meetings.place import (
    BOTH,
    act_for,
    chosen_helped,
    default_end,
    helped_choices,
    meeting_title,
    open_meeting,
    saved,
    when_words,
)
from giaoban.web.meetings.scoring import BandChoice, bands_of, field_name, points_of
from giaoban.web.meetings.times import hour_words, moment, parse_hour
from giaoban.web.members.forms import Choices

SAYINGS = (ConclusionEvent.DONE, ConclusionEvent.CARRIED, ConclusionEvent.DROPPED)
_SHORT = {
    Presence.PRESENT: "Có mặt",
    Presence.EXCUSED: "Có lý do",
    Presence.ABSENT: "Không lý do",
}
_MOST_NEW = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person with three states to tap."""

    key: str
    name: str
    note: str
    choices: tuple[Choice, ...]
    spoke: bool


@dataclass(frozen=True, slots=True)
class OldRow:
    """A conclusion that came back."""

    key: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class NewRow:
    """A conclusion to type."""

    number: int
    text: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """An item that nobody answered yet."""

    name: str
    title: str
    bands: tuple[BandChoice, ...]


@dataclass(frozen=True, slots=True)
class TickPage:
    """The page; ``seed`` makes the uids of what the plain form sends, so that the same form sent twice is known."""

    title: str
    when: str
    held: bool
    on_plan: bool
    day: str
    starts: str
    ends: str
    form: str
    forms: tuple[tuple[str, str], ...]
    people: tuple[PersonRow, ...]
    leaders: tuple[tuple[str, str], ...]
    chair: str
    secretary: str
    present: int
    called: int
    old: tuple[OldRow, ...]
    made: tuple[str, ...]
    new: tuple[NewRow, ...]
    scored: bool
    proven_words: str
    accept: bool
    items: tuple[ScoreItem, ...]
    helped: Choices
    helped_chosen: str
    errors: tuple[str, ...]
    seed: str
    user: str
    meeting: str
    taps_url: str
    back_url: str


@screen("meetings", right="meetings_view", methods=BOTH)
def tick(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """Record a finished meeting."""
    meeting = open_meeting(desk, uid)
    if meeting.state == MeetingState.CANCELLED or meeting.day > desk.act.today:
        word = "đã hủy" if meeting.state == MeetingState.CANCELLED else "chưa diễn ra"
        raise InvalidInput(
            f"Kỳ họp ngày {format_date(meeting.day)} {word} nên chưa ghi được",
            hint="Mở trang của kỳ họp để đổi lịch nếu đã họp vào ngày khác",
        )
    found = gather(meeting)
    errors: list[str] = []
    sent = desk.posted
    if sent is not None and "tat-ca" not in sent:
        attempt(
            lambda error: errors.append(f"{error.where}: {sentence(error)}" if error.where else sentence(error)),
            lambda: record_ticked_meeting(
                act=act_for(desk, meeting, chosen_helped(sent)), ticked=read_ticked(found, sent)
            ),
        )
        if not errors:
            return saved(desk, meeting, "Đã ghi buổi họp.")
    return desk.render(
        "meetings/tick.html", {"page": _page(desk, found, sent, tuple(errors))}, status=422 if errors else 200
    )


def _uid(sent: QueryDict, name: str, value: str) -> uuid.UUID:
    """The uid of something that the plain form says: of the same form and value always the same."""
    try:
        seed = uuid.UUID(sent.get("seed", ""))
    except ValueError:
        seed = uuid.uuid4()
    return uuid.uuid5(seed, f"{name}={value}")


def read_ticked(found: Gathered, sent: QueryDict) -> TickedMeeting:
    """Return what a form says: only what differs from what is recorded.

    Raises:
        InvalidInput: a time or day that cannot be read, points that are none.
    """
    meeting, roll = found.meeting, found.material.roll
    members = Member.objects.in_bulk([line.member for line in roll.lines])
    by_uid = {str(member.uid): member for member in members.values()}
    taps = []
    for line in roll.lines:
        state = sent.get(f"co-{line.uid}", "")
        spoke = f"noi-{line.uid}" in sent
        if state in Presence.values and (state, spoke) != (line.state, line.spoke):
            speaks = spoke and state == Presence.PRESENT
            uid = _uid(sent, f"co-{line.uid}", f"{state}{speaks}")
            taps.append(Tap(meeting, members[line.member], Presence(state), uid, spoke=speaks, online=line.online))
    points = None
    if found.sheets is not None:
        tapped = points_of(sent, found.sheets.items)
        if tapped or "nhan" in sent:
            points = tapped
    return TickedMeeting(
        meeting,
        read_held(meeting, sent, by_uid, held=found.material.story.held is not None),
        taps,
        _conclusions(found, sent, by_uid),
        points,
        _uid(sent, "diem", repr(sorted(points.items()))) if points is not None else None,
    )


def read_held(
    meeting: Meeting, sent: Mapping[str, Any], people: Mapping[str, Member], *, held: bool
) -> HeldDraft | None:
    """Return the times that a form, or a tap, says; None where it says nothing of them.

    Raises:
        InvalidInput: a day or hour that cannot be read, a chair who is not on the list.
    """
    if not sent.get("dung-lich") and not sent.get("gio-khac"):
        if held:
            return None
        raise InvalidInput("Chưa ghi giờ họp", where="Giờ họp", expected="đánh dấu họp đúng lịch, hoặc ghi giờ khác")
    day, starts, ends = day_of(meeting.starts_at), meeting.starts_at, default_end(meeting)
    if not sent.get("dung-lich"):
        day = parse_date(str(sent.get("ngay", "")), where="Ngày họp")
        hours = [parse_hour(str(sent.get(name, ""))) for name in ("tu", "den")]
        if hours[0] is None or hours[1] is None:
            raise InvalidInput("Chưa có giờ bắt đầu, kết thúc", where="Giờ họp", expected="giờ:phút, ví dụ 14:00")
        starts, ends = moment(day, hours[0]), moment(day, hours[1])
    chosen = []
    for name, words in (("chu-tri", "Chủ trì"), ("thu-ky", "Thư ký")):
        key = str(sent.get(name, ""))
        if key and key not in people:
            raise InvalidInput("Không có người này trong danh sách", where=words, expected="một đồng chí của chi bộ")
        chosen.append(people.get(key))
    form = str(sent.get("hinh-thuc", "")) or meeting.form
    if form not in MeetingForm.values:
        raise InvalidInput(
            f"Không có hình thức {quoted(form)}", where="Hình thức", expected="một hình thức trong danh sách"
        )
    return HeldDraft(
        meeting, starts, ends, MeetingForm(form), meeting.place, chosen[0], chosen[1], uid=_held_uid(sent, starts, ends)
    )


def _held_uid(sent: Mapping[str, Any], starts: object, ends: object) -> uuid.UUID | None:
    if isinstance(sent, QueryDict):
        people = f"{sent.get('chu-tri', '')} {sent.get('thu-ky', '')} {sent.get('hinh-thuc', '')}"
        return _uid(sent, "gio", f"{starts} {ends} {people}")
    return uuid.UUID(str(sent["uid"]))


def _conclusions(found: Gathered, sent: QueryDict, people: Mapping[str, Member]) -> list[ConclusionDraft]:
    meeting, drafts = found.meeting, []
    for one in found.material.old:
        said = sent.get(f"kl-{one.thread}", "")
        if said in SAYINGS and said != one.said:
            uid = _uid(sent, f"kl-{one.thread}", said)
            drafts.append(ConclusionDraft(meeting, ConclusionEvent(said), thread=one.thread, uid=uid))
    for number in range(1, _MOST_NEW + 1):
        text = sent.get(f"moi-{number}", "").strip()
        if text:
            drafts.append(
                ConclusionDraft(
                    meeting,
                    ConclusionEvent.MADE,
                    text,
                    people.get(sent.get(f"nguoi-{number}", "")),
                    due=read_due(sent.get(f"han-{number}", "")),
                    uid=_uid(sent, f"moi-{number}", text),
                )
            )
    return drafts


def read_due(text: str) -> date | None:
    """Return the last day that was typed, None where none was.

    Raises:
        InvalidInput: it cannot be read.
    """
    return parse_date(text, where="Hạn") if text.strip() else None


def _page(desk: Desk, found: Gathered, sent: QueryDict | None, errors: tuple[str, ...]) -> TickPage:
    meeting, material = found.meeting, found.material
    typed = sent if sent is not None else QueryDict()
    held = material.story.held
    people = tuple(_person(line, sent) for line in material.roll.lines)
    chair, secretary = _leaders(found)
    starts, ends = meeting.starts_at, default_end(meeting)
    helped = helped_choices(desk, meeting)
    items, proven = _scores(found, typed)
    return TickPage(
        title=meeting_title(meeting),
        when=when_words(meeting.starts_at, meeting.ends_at),
        held=held is not None,
        on_plan="dung-lich" in typed,
        day=typed.get("ngay", format_date(day_of(starts))),
        starts=typed.get("tu", hour_words(starts)),
        ends=typed.get("den", hour_words(ends)),
        form=typed.get("hinh-thuc", meeting.form),
        forms=tuple(MeetingForm.choices),
        people=people,
        leaders=tuple((str(line.uid), line.name) for line in material.roll.members),
        chair=typed.get("chu-tri", chair),
        secretary=typed.get("thu-ky", secretary),
        present=sum(choice.checked and choice.value == Presence.PRESENT for row in people for choice in row.choices),
        called=material.roll.called,
        old=tuple(
            OldRow(
                str(one.thread),
                one.text,
                tuple(
                    Choice(kind.value, kind.label, typed.get(f"kl-{one.thread}", one.said) == kind) for kind in SAYINGS
                ),
            )
            for one in material.old
        ),
        made=tuple(one.text for one in material.new),
        new=tuple(
            NewRow(number, *(typed.get(f"{name}-{number}", "") for name in ("moi", "nguoi", "han")))
            for number in range(1, _MOST_NEW + 1)
        ),
        scored=found.sheets is not None,
        proven_words=proven,
        accept="nhan" in typed,
        items=items,
        helped=helped,
        helped_chosen=chosen_helped(sent),
        errors=errors,
        seed=typed.get("seed", "") or str(uuid.uuid4()),
        user=str(desk.act.user.uid),
        meeting=str(meeting.uid),
        taps_url=desk.url("meetings:taps", meeting.uid),
        back_url=desk.url("meetings:meeting", meeting.uid),
    )


def _person(line: RollLine, sent: QueryDict | None) -> PersonRow:
    state, spoke = line.state, line.spoke
    if sent is not None:
        state, spoke = sent.get(f"co-{line.uid}", ""), f"noi-{line.uid}" in sent
        if "tat-ca" in sent and not state and not line.exempt and not line.elsewhere:
            state = Presence.PRESENT
    told = (
        (line.guest, "sinh hoạt tạm thời"),
        (line.exempt, "được miễn"),
        (line.elsewhere, "tạm thời nơi khác"),
        (line.away, "đi xa"),
        (line.by_code, "tự báo bằng mã"),
    )
    notes = [words for holds, words in told if holds]
    choices = tuple(Choice(one.value, _SHORT[one], one == state) for one in Presence)
    return PersonRow(str(line.uid), line.name, ", ".join(notes), choices, spoke)


def _leaders(found: Gathered) -> tuple[str, str]:
    """Who led and who wrote: as recorded, else nobody is guessed."""
    held = found.material.story.held
    if held is None:
        return "", ""
    return (
        str(held.chair.uid) if held.chair is not None else "",
        str(held.secretary.uid) if held.secretary is not None else "",
    )


def _scores(found: Gathered, typed: QueryDict) -> tuple[tuple[ScoreItem, ...], str]:
    """The items that nobody answered yet, and in words what the register proves so far."""
    sheets, record = found.sheets, found.record
    if sheets is None or record is None:
        return (), ""
    own = sheets.own.points if sheets.own is not None else {}
    items = tuple(
        ScoreItem(field_name(code), f"{code}. {item.title}", bands_of(item, typed.get(field_name(code), "")))
        for code, item in sheets.items.items()
        if code not in own
    )
    provable = [item for code, item in sheets.items.items() if item.provable and code not in own]
    most = sum((item.most for item in provable), start=sheets.rubric.sections[0].most * 0)
    words = f"Nhận {format_number(len(provable))} mục có căn cứ trong sổ (nhiều nhất {format_number(most)} điểm)"
    return items, words if provable else ""
