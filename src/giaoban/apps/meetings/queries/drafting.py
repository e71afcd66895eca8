"""Minutes and monthly resolution drafted from the record (domain.md 3.2 and 3.4); a person edits, saves and files them.

A text is plain lines: «I- …» and «1. …» become headings, «- …» items of a list, all else paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import ConclusionEvent, Meeting, MeetingKind, Presence
from giaoban.apps.meetings.queries.page import Conclusion
from giaoban.apps.meetings.queries.record import Story
from giaoban.apps.meetings.queries.roll import Roll
from giaoban.apps.meetings.rubrics import GRADES
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_count, format_number
from giaoban.writer.blocks import Block, Heading, ListItem, Paragraph, Text

_ROMAN = re.compile(r"([IVX]+)[-.]\s+(.+)")
_NUMBER = re.compile(r"(\d{1,2})\.\s+(.+)")
_SAID = {
    ConclusionEvent.DONE.value: "đã làm xong",
    ConclusionEvent.CARRIED.value: "còn phải làm tiếp",
    ConclusionEvent.DROPPED.value: "không làm nữa",
    "": "chưa nói đến",
}
_CELLS = (MeetingKind.REGULAR, MeetingKind.THEMATIC)
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a draft is written from. ``score`` is the cell's own total with its grade, empty where none;
    ``paid`` how many paid their dues, ``guests`` who came to see the cell.
    """

    meeting: Meeting
    unit: str
    roll: Roll
    story: Story
    old: tuple[Conclusion, ...]
    new: tuple[Conclusion, ...]
    agenda: str = ""
    score: str = ""
    paid: int = 0
    guests: tuple[str, ...] = ()


def score_words(total: str, grade: str) -> str:
    """Return «92 điểm, xếp loại Tốt», or an empty text while the sheet has no grade."""
    return f"{total} điểm, xếp loại {GRADES[grade]}" if grade else ""


def draft_agenda(material: Material) -> str:
    """Return the points that every meeting has; what was concluded before and is not done yet comes back."""
    lines = ["- Kết quả thực hiện kết luận kỳ trước"]
    for one in material.old:
        if not one.said:
            due = f"hạn {format_date(one.due)}" if one.due is not None else ""
            who = "; ".join(words for words in (one.owner, due) if words)
            lines.append(f"- {one.text.rstrip('.')}{f' ({who})' if who else ''}")
    return "\n".join([*lines, "- Nhiệm vụ tháng tới"])


def draft_invitation(material: Material) -> str:
    """Return who is invited where and when to what, as lines to copy or to print."""
    meeting = material.meeting
    kind = meeting.get_kind_display()
    month = f" tháng {meeting.month.month}/{meeting.month.year}" if meeting.kind in _CELLS else ""
    times = [(one.starts_at, one.ends_at) for one in material.story.sittings if one.starts_at is not None]
    when = [clock_and_day(*one) for one in times or [(meeting.starts_at, meeting.ends_at)]]
    form = meeting.get_form_display()
    agenda = material.agenda or draft_agenda(material)
    return "\n".join(
        [
            f"{material.unit} kính mời các đồng chí dự {kind[0].lower()}{kind[1:]}{month}.",
            f"- Thời gian: {'; '.join(when)}.",
            f"- Địa điểm: {meeting.place or '……'}. Hình thức: {form[0].lower()}{form[1:]}.",
            *([f"- Chuyên đề: {meeting.topic}."] if meeting.topic else []),
            "Nội dung, chương trình:",
            *(line.strip() for line in agenda.splitlines() if line.strip()),
            "Đề nghị các đồng chí đọc trước tài liệu, chuẩn bị ý kiến và dự đúng giờ; vắng mặt thì báo trước.",
        ]
    )


def clock_and_day(starts_at: datetime, ends_at: datetime | None) -> str:
    """Return «08:00 đến 11:00, thứ Hai, ngày 21/06/2021»."""
    local = starts_at.astimezone(HANOI)
    until = f" đến {ends_at.astimezone(HANOI):%H:%M}" if ends_at is not None else ""
    return f"{local:%H:%M}{until}, {WEEKDAYS[local.weekday()]}, ngày {format_date(local.date())}"


def draft_minutes(material: Material) -> str:
    """Return the minutes as far as the record tells them; what it does not know is left to be filled in («……»)."""
    meeting = material.meeting
    lines = [
        _when(material),
        f"Nội dung: {_topic(material)}.",
        "I- THÀNH PHẦN",
        *_people(material),
        "II- NỘI DUNG",
        "1. Chương trình",
        *(line for line in material.agenda.splitlines() if line.strip()),
    ]
    if not material.agenda:
        lines.append("……")
    lines += ["2. Kết quả thực hiện kết luận kỳ trước"]
    lines += [f"- {_done(one)}" for one in material.old] or ["Không có kết luận còn phải theo dõi."]
    lines += ["3. Ý kiến phát biểu"]
    lines += [f"- Đồng chí {line.name}: ……" for line in material.roll.speakers] or ["……"]
    lines += ["III- KẾT LUẬN", *_tasks(material.new)]
    if material.score and meeting.kind in _CELLS:
        lines.append(f"Chi bộ tự chấm chất lượng sinh hoạt: {material.score}.")
    lines.append(_end(material))
    return "\n".join(lines)


def draft_resolution(material: Material) -> str:
    """Return the monthly resolution: results, next tasks, who does what, self score, vote.

    It stands with more than half of all official members who were called, not of those who came (domain.md 3.1).
    """
    lines = [
        _when(material),
        _counts(material),
        _led(material),
        "Chi bộ thống nhất quyết nghị:",
        "I- KẾT QUẢ THỰC HIỆN NHIỆM VỤ THÁNG TRƯỚC",
        *([f"- {_done(one)}" for one in material.old] or ["……"]),
        "II- NHIỆM VỤ THÁNG TỚI",
        *_tasks(material.new),
        "III- TỔ CHỨC THỰC HIỆN",
        "Chi ủy phân công đảng viên thực hiện các nhiệm vụ nêu trên và báo cáo tại kỳ sinh hoạt sau.",
    ]
    if material.score:
        lines.append(f"Chi bộ tự chấm chất lượng sinh hoạt: {material.score}.")
    voters = [line for line in material.roll.members if line.official and line.called]
    came = sum(line.state == Presence.PRESENT for line in voters)
    lines.append(
        f"Nghị quyết được thông qua với …… / {format_count(len(voters))} đảng viên chính thức được triệu tập tán thành "
        f"(có mặt {format_count(came)} đồng chí; phải có trên một nửa, ít nhất {format_count(len(voters) // 2 + 1)})."
    )
    return "\n".join(lines)


def _topic(material: Material) -> str:
    return material.meeting.topic or material.meeting.get_kind_display().lower()


def _when(material: Material) -> str:
    held = material.story.held
    starts = (held.starts_at if held is not None else None) or material.meeting.starts_at
    local = starts.astimezone(HANOI)
    place = f", tại {material.meeting.place}" if material.meeting.place else ""
    kind = material.meeting.get_kind_display().lower()
    month = material.meeting.month
    counted = f" tháng {month.month}/{month.year}" if material.meeting.kind in _CELLS else ""
    return (
        f"Hồi {local:%H} giờ {local:%M}, ngày {format_date(local.date())}{place}, "
        f"{material.unit} tổ chức {kind}{counted} ({material.meeting.get_form_display().lower()})."
    )


def _counts(material: Material) -> str:
    roll = material.roll
    exempt = sum(line.exempt for line in roll.lines)
    elsewhere = sum(line.elsewhere and not line.exempt and line.state != Presence.PRESENT for line in roll.members)
    words = (
        f"Tổng số {format_count(len(roll.members))} đồng chí; có mặt {format_count(roll.count(Presence.PRESENT))}; "
        f"vắng có lý do {format_count(roll.count(Presence.EXCUSED))}; "
        f"vắng không lý do {format_count(roll.count(Presence.ABSENT))}"
    )
    if exempt:
        words += f"; được miễn sinh hoạt {format_count(exempt)}"
    if elsewhere:
        words += f"; sinh hoạt tạm thời nơi khác {format_count(elsewhere)}"
    if roll.guests:
        came = sum(line.state == Presence.PRESENT for line in roll.guests)
        words += f"; đảng viên nơi khác sinh hoạt tạm thời dự {format_count(came)}/{format_count(len(roll.guests))}"
    if material.paid:
        words += f"; đã đóng đảng phí {format_count(material.paid)}"
    return f"{words}."


def _led(material: Material) -> str:
    """Who led and wrote, and how long it took; what is not recorded is left to be filled in."""
    held = material.story.held
    chair = held.chair.full_name if held is not None and held.chair is not None else "……"
    secretary = held.secretary.full_name if held is not None and held.secretary is not None else "……"
    return f"Chủ trì: đồng chí {chair}; thư ký: đồng chí {secretary}; thời gian họp {_minutes(material) or '……'} phút."


def _minutes(material: Material) -> str:
    held = material.story.held
    if held is None or held.ends_at is None or held.starts_at is None:
        return ""
    return format_number(int((held.ends_at - held.starts_at).total_seconds()) // 60)


def _people(material: Material) -> Iterator[str]:
    roll, held = material.roll, material.story.held
    official = sum(line.official and line.called for line in roll.lines)
    yield (
        f"- Được triệu tập: {format_count(roll.called)} đồng chí "
        f"(chính thức {format_count(official)}, dự bị {format_count(roll.called - official)})."
    )
    yield f"- {_counts(material)}"
    for state, words in ((Presence.EXCUSED, "Vắng có lý do"), (Presence.ABSENT, "Vắng không lý do")):
        names = [line.name for line in roll.lines if line.called and line.state == state]
        if names:
            yield f"- {words}: {', '.join(names)}."
    if material.guests:
        yield f"- Dự cùng: {', '.join(material.guests)}."
    yield f"- Chủ trì: đồng chí {held.chair.full_name if held is not None and held.chair is not None else '……'}."
    yield f"- Thư ký: đồng chí {held.secretary.full_name if held is not None and held.secretary is not None else '……'}."


def _done(one: Conclusion) -> str:
    owner = f" ({one.owner})" if one.owner else ""
    return f"{one.text.rstrip('.')}{owner}: {_SAID[one.said]}."


def _tasks(new: Sequence[Conclusion]) -> list[str]:
    if not new:
        return ["……"]
    found = []
    for number, one in enumerate(new, 1):
        owner = f" Người thực hiện: {one.owner}." if one.owner else ""
        due = f" Hạn: {format_date(one.due)}." if one.due is not None else ""
        found.append(f"- ({number}) {one.text.rstrip('.')}.{owner}{due}")
    return found


def _end(material: Material) -> str:
    held = material.story.held
    if held is None or held.ends_at is None or held.starts_at is None:
        return "Buổi họp kết thúc hồi …… giờ ……"
    local = held.ends_at.astimezone(HANOI)
    return (
        f"Biên bản đã được thông qua; buổi họp kết thúc hồi {local:%H} giờ {local:%M} cùng ngày "
        f"({_minutes(material)} phút)."
    )


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return a text of plain lines as blocks of an official document."""
    return tuple(_block(line.strip()) for line in text.splitlines() if line.strip())


def _block(line: str) -> Block:
    if (found := _ROMAN.fullmatch(line)) is not None:
        return Heading(1, f"{found.group(1)}-", found.group(2))
    if (found := _NUMBER.fullmatch(line)) is not None:
        return Heading(2, f"{found.group(1)}.", found.group(2))
    if line.startswith("- "):
        return ListItem((Text(line[2:]),))
    return Paragraph((Text(line),))
