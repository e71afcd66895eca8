"""Scores by the dated rubric: the cell scores itself, the right level above reviews; both are kept (decision D27)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from giaoban.apps.audit.act import Act
from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState, ScoreEntry, ScoreStage
from giaoban.apps.meetings.operations._entries import allow, happening, locked, refuse_future, stamp, write_entries
from giaoban.apps.meetings.queries.record import record_of, story_of
from giaoban.apps.meetings.queries.reviewers import may_review, reviewer_of
from giaoban.apps.meetings.queries.roll import roll_of
from giaoban.apps.meetings.queries.rubric import rubric_of
from giaoban.apps.organizations.models import Unit
from giaoban.core.dates_vi import format_date
from giaoban.core.errors import InvalidInput, NotAllowed
from giaoban.core.text_vi import tidy

SCORED = (MeetingKind.REGULAR, MeetingKind.THEMATIC)


@transaction.atomic
def score_meeting(
    *, act: Act, meeting: Meeting, points: Mapping[str, Decimal], note: str = "", uid: uuid.UUID | None = None
) -> ScoreEntry:
    """This function will keep the cell's own score sheet; what was kept before is replaced.

    Items without points stay blank: the sheet has no grade until all are answered. ``uid`` as in attendance.

    Raises:
        InvalidInput: a meeting that is not scored or was not held, an item or points that the rubric does not have.
        NotAllowed, NotFound: no right ``meetings_record`` at the cell.
    """
    found = locked([meeting])[meeting.pk]
    allow(act, [found.unit])
    known: ScoreEntry | None = ScoreEntry.objects.filter(uid=uid).first() if uid is not None else None
    if known is not None:
        return known
    return _write(act, found, ScoreStage.SELF, found.unit, points, note, uid)


@transaction.atomic
def review_meeting(*, act: Act, meeting: Meeting, points: Mapping[str, Decimal], note: str = "") -> ScoreEntry:
    """This function will keep the score sheet of the level above: the grassroots committee's of its cells, the upper
    committee's of grassroots cells.

    Raises:
        InvalidInput: the cell has not scored itself yet, or an item is not answered.
        NotAllowed: the person records for the cell alone (nobody reviews themselves), or acts for another level than
            the one that reviews.
    """
    found = locked([meeting])[meeting.pk]
    by_unit = reviewer_of(found)
    if not act.at_console and (by_unit is None or not may_review(act.user, by_unit, today=act.today)):
        allow(act, [found.unit], "meetings_view")
        who = by_unit.code if by_unit is not None else "cấp ủy cấp trên"
        raise NotAllowed(
            f"Chi bộ không tự thẩm định kỳ họp của mình; kỳ họp này do {who} thẩm định",
            hint="Người được giao quyền thẩm định tại đơn vị đó làm việc này",
        )
    assert by_unit is not None
    own = ScoreEntry.objects.live().filter(meeting=found, stage=ScoreStage.SELF).first()
    if own is None or not own.grade:
        raise InvalidInput(
            "Chi bộ chưa tự chấm xong", where="Thẩm định", expected="chi bộ tự chấm đủ các mục rồi cấp trên thẩm định"
        )
    made = _write(act, found, ScoreStage.REVIEW, by_unit, points, note, None)
    if not made.grade:
        rubric, thematic = rubric_of(found, own)
        left = [code for code in rubric.asked(thematic=thematic) if code not in points]
        raise InvalidInput(
            f"Còn {len(left)} mục chưa chấm: {', '.join(left)}", where="Thẩm định", expected="đủ các mục"
        )
    return made


def _write(
    act: Act,
    meeting: Meeting,
    stage: ScoreStage,
    by_unit: Unit,
    points: Mapping[str, Decimal],
    note: str,
    uid: uuid.UUID | None,
) -> ScoreEntry:
    refuse_future(act, meeting, "Chấm điểm")
    if meeting.kind not in SCORED:
        raise InvalidInput(
            f"{meeting.get_kind_display()} không chấm điểm", expected="sinh hoạt thường kỳ hoặc chuyên đề của chi bộ"
        )
    if meeting.state != MeetingState.HELD:
        raise InvalidInput(
            f"Kỳ họp ngày {format_date(meeting.day)} chưa ghi là đã họp", expected="ghi giờ họp thực tế trước"
        )
    sheets = {one.stage: one for one in ScoreEntry.objects.live().filter(meeting=meeting)}
    rubric, thematic = rubric_of(meeting, sheets.get(ScoreStage.SELF))
    rubric.check(points, thematic=thematic)
    before = sheets.get(stage)
    entry = ScoreEntry(
        meeting=meeting,
        unit=meeting.unit,
        by_unit=by_unit,
        stage=stage,
        rubric=rubric.code,
        rubric_from=rubric.since,
        points={code: str(value) for code, value in points.items()},
        total=rubric.total(points, thematic=thematic),
        grade=rubric.grade(points, thematic=thematic),
        note=tidy(note)[:300],
        **stamp(act, act.today, corrects=before, uid=uid),
    )
    write_entries(act, [entry], [happening(f"scored_{stage}", meeting, total=str(entry.total), grade=entry.grade)])
    return entry


@transaction.atomic
def accept_proven_scores(
    *, act: Act, meeting: Meeting, points: Mapping[str, Decimal], uid: uuid.UUID | None = None
) -> ScoreEntry:
    """This function will keep a sheet of what the registers prove now, and of the items that a person tapped.

    Args:
        points: the tapped items; they count before what is proven and before what stood on the sheet.
        uid: as in attendance.

    Raises:
        InvalidInput, NotAllowed, NotFound: as ``score_meeting``.
    """
    known: ScoreEntry | None = ScoreEntry.objects.filter(uid=uid, meeting=meeting).first() if uid is not None else None
    if known is not None:
        allow(act, [meeting.unit])
        return known
    before = ScoreEntry.objects.live().filter(meeting=meeting, stage=ScoreStage.SELF).first()
    rubric, thematic = rubric_of(meeting, before)
    record = record_of(meeting, roll_of(meeting), story_of(meeting), rubric)
    asked = rubric.asked(thematic=thematic)
    kept = {code: Decimal(value) for code, value in (before.points if before else {}).items() if code in asked}
    given = {**kept, **record.proven(rubric, thematic=thematic), **points}
    return score_meeting(act=act, meeting=meeting, points=given, uid=uid)
