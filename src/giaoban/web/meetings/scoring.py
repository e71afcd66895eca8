"""The score sheet on screen: proven items filled with their evidence, all others bands to tap, blank until then."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse, QueryDict

from giaoban.apps.meetings.models import Meeting, ScoreEntry
from giaoban.apps.meetings.operations import review_meeting, score_meeting
from giaoban.apps.meetings.queries.material import Gathered, gather
from giaoban.apps.meetings.queries.page import find_meeting
from giaoban.apps.meetings.queries.reviewers import may_review, reviewer_of
from giaoban.apps.meetings.rubrics import GRADES, Item
from giaoban.apps.organizations.permissions import require
from giaoban.core.errors import InvalidInput, NotAllowed
from giaoban.core.numbers_vi import format_number
from giaoban.core.text_vi import quoted
from giaoban.web.access import Desk, screen
from giaoban.web.forms import attempt, sentence
from giaoban.web.meetings.place import BOTH, about, act_for, chosen_helped, helped_choices, open_meeting, saved
from giaoban.web.members.forms import Choices


@dataclass(frozen=True, slots=True)
class BandChoice:
    """One band to tap."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item: its bands, what the register proves, what the cell gave (on the sheet of the level above)."""

    name: str
    title: str
    most: str
    evidence: str
    own: str
    bands: tuple[BandChoice, ...]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A section of the sheet."""

    title: str
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True, slots=True)
class ScorePage:
    """The sheet."""

    title: str
    about: str
    rubric: str
    parts: tuple[SheetPart, ...]
    note: str
    button: str
    back_url: str
    helped: Choices
    errors: tuple[str, ...]
    typed_note: str
    total: str
    like_own_url: str
    helped_chosen: str


# In the address of a review: begin with what the cell gave itself, to be changed and recorded by the reviewer.
TAKE_OVER = "nhu-chi-bo"


def field_name(code: str) -> str:
    """Return the name under which an item's points are sent."""
    return f"diem-{code}"


def points_of(sent: QueryDict, items: dict[str, Item]) -> dict[str, Decimal]:
    """Return the points that were tapped; items without are left out.

    Raises:
        InvalidInput: something that is no band of the item.
    """
    found = {}
    for code, item in items.items():
        text = sent.get(field_name(code), "")
        if not text:
            continue
        band = next((band for band in item.bands if str(band.points) == text), None)
        if band is None:
            raise InvalidInput(
                f"{quoted(text[:12])} không có ở mục {code}",
                where=item.title,
                expected="một trong: " + ", ".join(format_number(one.points) for one in item.bands),
            )
        found[code] = band.points
    return found


def bands_of(item: Item, chosen: str) -> tuple[BandChoice, ...]:
    """Return the bands of an item to tap."""
    return tuple(
        BandChoice(str(band.points), f"{format_number(band.points)}: {band.words}", str(band.points) == chosen)
        for band in item.bands
    )


@screen("meetings", right="meetings_view", methods=BOTH)
def score(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """The cell scores itself."""
    meeting = open_meeting(desk, uid)
    found = gather(meeting)
    if found.sheets is None or found.record is None:
        raise InvalidInput(f"{meeting.get_kind_display()} không chấm điểm")
    proven = found.record.proven(found.sheets.rubric, thematic=found.sheets.thematic)
    shown = {code: str(value) for code, value in proven.items()}
    if found.sheets.own is not None:
        shown |= found.sheets.own.points
    return _sheet(desk, meeting, found, shown, review=False)


@screen("meetings", right="meetings_view", methods=BOTH)
def review(desk: Desk, uid: uuid.UUID) -> HttpResponse:
    """The level above scores."""
    meeting = find_meeting(desk.act.user, uid, today=desk.act.today)
    above = reviewer_of(meeting)
    if above is None or not may_review(desk.act.user, above, today=desk.act.today):
        who = above.code if above is not None else "cấp ủy cấp trên"
        raise NotAllowed(
            f"Chi bộ không tự thẩm định kỳ họp của mình; kỳ họp này do {who} thẩm định",
            hint="Người được giao quyền thẩm định tại đơn vị đó làm việc này",
        )
    require(desk.act, "meetings_review", [above])
    found = gather(meeting)
    if found.sheets is None:
        raise InvalidInput(f"{meeting.get_kind_display()} không chấm điểm")
    shown = found.sheets.above.points if found.sheets.above is not None else {}
    if TAKE_OVER in desk.request.GET and found.sheets.own is not None:
        shown = found.sheets.own.points
    return _sheet(desk, meeting, found, shown, review=True)


def _sheet(desk: Desk, meeting: Meeting, found: Gathered, shown: dict[str, str], *, review: bool) -> HttpResponse:
    assert found.sheets is not None
    sheets, errors = found.sheets, list[str]()
    sent = desk.posted
    if sent is not None:
        entry = attempt(
            lambda error: errors.append(sentence(error)),
            lambda: _keep(desk, meeting, sent, sheets.items, review=review),
        )
        if entry is not None:
            grade = f", xếp loại {GRADES[entry.grade]}" if entry.grade else "; còn mục chưa chấm nên chưa xếp loại"
            return saved(desk, meeting, f"Đã ghi {format_number(entry.total)} điểm{grade}.")
        shown = {code: sent.get(field_name(code), "") for code in sheets.items}
    own = sheets.own.points if sheets.own is not None and review else {}
    parts = []
    for section in sheets.rubric.sections:
        rows = tuple(
            ItemRow(
                field_name(item.code),
                f"{item.code}. {item.title}",
                format_number(item.most),
                sheets.evidence.get(item.code, "") or _hint(found, item),
                str(own.get(item.code, "")).replace(".", ","),
                bands_of(item, shown.get(item.code, "")),
            )
            for item in section.items
            if item.code in sheets.items
        )
        if rows:
            parts.append(SheetPart(f"{section.title} ({format_number(section.most)} điểm)", rows))
    mine = sheets.above if review else sheets.own
    page = ScorePage(
        "Thẩm định" if review else "Chi bộ tự chấm điểm",
        about(desk, meeting),
        f"{sheets.rubric.title} ({sheets.rubric.source})",
        tuple(parts),
        "Điểm của chi bộ và của cấp trên đều được giữ." if review else "Mục chưa chấm để trống; ghi dần được.",
        "Ghi thẩm định" if review else "Ghi điểm",
        desk.url("meetings:meeting", meeting.uid),
        [] if review else helped_choices(desk, meeting),
        tuple(errors),
        sent.get("ghi-chu", "") if sent is not None else (mine.note if mine is not None else ""),
        format_number(mine.total) if mine is not None else "",
        desk.url("meetings:review", meeting.uid, query={TAKE_OVER: "1"}) if review else "",
        chosen_helped(sent),
    )
    return desk.render("meetings/score.html", {"page": page}, status=422 if errors else 200)


def _keep(desk: Desk, meeting: Meeting, sent: QueryDict, items: dict[str, Item], *, review: bool) -> ScoreEntry:
    points, note = points_of(sent, items), sent.get("ghi-chu", "")
    if review:
        return review_meeting(act=desk.act, meeting=meeting, points=points, note=note)
    act = act_for(desk, meeting, chosen_helped(sent))
    return score_meeting(act=act, meeting=meeting, points=points, note=note)


def _hint(found: Gathered, item: Item) -> str:
    """What the record shows beside an item that a person decides; nothing is computed from it."""
    roll = found.material.roll
    if item.hint == "speakers" and roll.speakers:
        return f"đã ghi {format_number(len(roll.speakers))} đồng chí phát biểu"
    if item.hint == "conclusions" and found.material.old:
        done = sum(one.said == "done" for one in found.material.old)
        return f"đã ghi xong {format_number(done)} / {format_number(len(found.material.old))} kết luận kỳ trước"
    return ""
