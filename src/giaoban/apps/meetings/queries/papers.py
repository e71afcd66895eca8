"""Papers of a meeting in the official layout: minutes, resolution, score sheet, list for signing, sheet to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import Meeting, MeetingKind, Presence, ScoreEntry
from giaoban.apps.meetings.queries.drafting import Material, blocks_of, draft_invitation
from giaoban.apps.meetings.queries.roll import RollLine
from giaoban.apps.meetings.rubrics import GRADES, Item, Rubric
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.writer.blocks import Align, Block, Column, OfficialDocument, Paragraph, Row, Signature, Table, Text
from giaoban.writer.definitions import OfficeFacts


class MeetingPaper(StrEnum):
    """What can be taken away; the value stands in the address."""

    INVITATION = "giay-moi"
    MINUTES = "bien-ban"
    RESOLUTION = "nghi-quyet"
    SCORE = "phieu-diem"
    ATTENDANCE = "danh-sach-ky"
    TICKS = "phieu-ghi"


TITLES = {
    MeetingPaper.INVITATION: "Giấy mời",
    MeetingPaper.MINUTES: "Biên bản",
    MeetingPaper.RESOLUTION: "Nghị quyết",
    MeetingPaper.SCORE: "Phiếu chấm điểm",
    MeetingPaper.ATTENDANCE: "Danh sách ký tên",
    MeetingPaper.TICKS: "Phiếu ghi tay",
}
_BOX = "☐"


@dataclass(frozen=True, slots=True)
class Sheets:
    """The rubric of a meeting with the two sheets and what the registers prove (evidence in words by item)."""

    rubric: Rubric
    thematic: bool
    own: ScoreEntry | None
    above: ScoreEntry | None
    evidence: Mapping[str, str]

    @property
    def items(self) -> dict[str, Item]:
        """The items of the sheet."""
        return self.rubric.asked(thematic=self.thematic)


def paper_of_meeting(
    paper: MeetingPaper, material: Material, sheets: Sheets | None, office: OfficeFacts, text: str
) -> OfficialDocument:
    """Return one paper.

    Args:
        paper: which one.
        material: what is recorded of the meeting.
        sheets: the scores, for the score sheet and the sheet to tick (None: the meeting is not scored).
        office: what the unit says of itself.
        text: the minutes or resolution as they were saved, or a draft.
    """
    match paper:
        case MeetingPaper.INVITATION:
            body, title = blocks_of(draft_invitation(material)), f"Dự {_about(material)}"
            return replace(
                _document(material, office, "GM", "GIẤY MỜI", title, body, office.signatures), dated=_sent(material)
            )
        case MeetingPaper.MINUTES:
            return _document(material, office, "BB", "BIÊN BẢN", _about(material), blocks_of(text), _two(material))
        case MeetingPaper.RESOLUTION:
            return _document(material, office, "NQ", "NGHỊ QUYẾT", _about(material), blocks_of(text), office.signatures)
        case MeetingPaper.SCORE:
            assert sheets is not None
            title = f"Chấm điểm chất lượng {_about(material)}"
            return _document(material, office, "PĐ", "PHIẾU CHẤM ĐIỂM", title, _score(sheets), _two(material))
        case MeetingPaper.ATTENDANCE:
            return _document(
                material,
                office,
                "DS",
                "DANH SÁCH",
                f"Đảng viên dự {_about(material)}",
                _signing(material),
                _two(material),
            )
        case MeetingPaper.TICKS:
            body = (*_ticks(material), *(_score(sheets, blank=True) if sheets is not None else ()))
            return _document(material, office, "PG", "PHIẾU GHI", f"Ghi {_about(material)}", body, _two(material))


def _sent(material: Material) -> date:
    """The day on which the notice went out; while nobody said so, the last one on which it is in time."""
    invited = material.story.invited
    return invited.effective_date if invited is not None else material.meeting.day - timedelta(days=1)


def _about(material: Material) -> str:
    meeting = material.meeting
    words = meeting.get_kind_display()
    words = words[0].lower() + words[1:]
    if meeting.kind in (MeetingKind.REGULAR, MeetingKind.THEMATIC):
        return f"{words} tháng {meeting.month.month}/{meeting.month.year}"
    return f"{words} ngày {format_date(meeting.day)}"


def _document(
    material: Material,
    office: OfficeFacts,
    code: str,
    type_name: str,
    title: str,
    body: Sequence[Block],
    signatures: tuple[Signature, ...],
) -> OfficialDocument:
    return OfficialDocument(
        superior=office.superior,
        issuer=office.issuer,
        type_code=code,
        issuer_code=office.issuer_code,
        place=office.place,
        dated=material.meeting.day,
        type_name=type_name,
        title=(title[0].upper() + title[1:],),
        body=tuple(body),
        recipients=office.recipients if code == "NQ" else (),
        signatures=signatures,
    )


def _two(material: Material) -> tuple[Signature, ...]:
    """Two signatures: the secretary of the meeting at the left, the chair at the right (domain.md 3.4)."""
    held = material.story.held
    secretary = held.secretary if held is not None else None
    chair = held.chair if held is not None else None
    return (
        Signature((), "THƯ KÝ", secretary.full_name if secretary is not None else ""),
        Signature((), "CHỦ TRÌ", chair.full_name if chair is not None else ""),
    )


def _cells(*words: str) -> Row:
    return tuple((Text(one),) for one in words)


def _points(entry: ScoreEntry | None, code: str) -> str:
    if entry is None or code not in entry.points:
        return ""
    return str(entry.points[code]).replace(".", ",")


def _score(sheets: Sheets, *, blank: bool = False) -> tuple[Block, ...]:
    columns = (
        Column("Mục", Align.CENTER, 0.8),
        Column("Nội dung", Align.LEFT, 5),
        Column("Điểm tối đa", Align.CENTER, 1),
        Column("Chi bộ tự chấm", Align.CENTER, 1.2),
        Column("Cấp trên thẩm định", Align.CENTER, 1.3),
    )
    rows = []
    for code, item in sheets.items.items():
        title = item.title if not sheets.evidence.get(code) else f"{item.title} ({sheets.evidence[code]})"
        if blank:
            title += f". Mức: {'; '.join(format_number(band.points) for band in item.bands)}"
        own, above = ("", "") if blank else (_points(sheets.own, code), _points(sheets.above, code))
        rows.append(_cells(code, title, format_number(item.most), own, above))
    totals = (
        ["", ""] if blank else [format_number(e.total) if e is not None else "" for e in (sheets.own, sheets.above)]
    )
    found: list[Block] = [Table(columns, tuple(rows), _cells("", "Tổng số điểm", "100", *totals))]
    if not blank:
        for words, entry in (("Chi bộ tự xếp loại", sheets.own), ("Cấp trên thẩm định", sheets.above)):
            grade = GRADES.get(entry.grade, "chưa đủ các mục") if entry is not None else "chưa chấm"
            found.append(Paragraph((Text(f"{words}: {grade}."),)))
    return tuple(found)


def _signing(material: Material) -> tuple[Block, ...]:
    columns = (
        Column("TT", Align.CENTER, 0.6),
        Column("Họ và tên", Align.LEFT, 3.4),
        Column("Đảng viên", Align.LEFT, 1.6),
        Column("Ký tên", Align.LEFT, 2.4),
    )
    rows = tuple(
        _cells(str(number), line.name, _standing(line), "") for number, line in enumerate(material.roll.lines, 1)
    )
    return (Paragraph((Text(_time(material.meeting)),)), Table(columns, rows))


def _standing(line: RollLine) -> str:
    if line.guest:
        return "Sinh hoạt tạm thời"
    return f"{'Chính thức' if line.official else 'Dự bị'}{_note(line)}"


def _note(line: RollLine) -> str:
    """What is to be known of a person who need not come."""
    if line.guest:
        return " (sinh hoạt tạm thời)"
    return " (miễn)" if line.exempt else " (tạm thời nơi khác)" if line.elsewhere else ""


def _time(meeting: Meeting) -> str:
    local = meeting.starts_at.astimezone(HANOI)
    place = f", tại {meeting.place}" if meeting.place else ""
    return f"Thời gian: {local:%H} giờ {local:%M}, ngày {format_date(local.date())}{place}."


def _ticks(material: Material) -> tuple[Block, ...]:
    columns = (
        Column("TT", Align.CENTER, 0.6),
        Column("Họ và tên", Align.LEFT, 3.4),
        *(Column(words, Align.CENTER, 1.1) for words in ("Có mặt", "Vắng có lý do", "Vắng không lý do")),
        Column("Phát biểu", Align.CENTER, 1),
        Column("Đảng phí", Align.CENTER, 1),
    )
    rows = tuple(
        _cells(
            str(number),
            f"{line.name}{_note(line)}",
            *("☒" if line.state == state else _BOX for state in Presence.values),
            "☒" if line.spoke else _BOX,
            _BOX,
        )
        for number, line in enumerate(material.roll.lines, 1)
    )
    old = tuple(
        Paragraph((Text(f"{one.text.rstrip('.')}: {_BOX} đã làm xong   {_BOX} còn phải làm   {_BOX} không làm nữa"),))
        for one in material.old
    )
    lines = tuple(Paragraph((Text(words),)) for words in ("Kết luận kỳ này, người làm, hạn:", "…" * 34, "…" * 34))
    head = tuple(
        Paragraph((Text(words),))
        for words in ("Giờ bắt đầu: ……………   Giờ kết thúc: ……………", "Chủ trì: ……………………   Thư ký: ……………………")
    )
    return (Paragraph((Text(_time(material.meeting)),)), *head, Table(columns, rows), *old, *lines)
