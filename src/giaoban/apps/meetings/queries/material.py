"""Gathers what is recorded of a meeting, for its page and its papers."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingText, ScoreStage, TextPart
from giaoban.apps.meetings.queries.drafting import Material, draft_agenda, draft_minutes, draft_resolution, score_words
from giaoban.apps.meetings.queries.page import (
    VisitLine,
    conclusions_of,
    dues_of,
    newest_texts,
    scores_of,
    visits_of,
)
from giaoban.apps.meetings.queries.papers import Sheets
from giaoban.apps.meetings.queries.record import Record, record_of, story_of
from giaoban.apps.meetings.queries.roll import roll_of
from giaoban.apps.meetings.queries.rubric import rubric_of
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.numbers_vi import format_number

_SCORED = (MeetingKind.REGULAR, MeetingKind.THEMATIC)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A meeting with everything recorded of it; ``record`` and ``sheets`` None where it is not scored."""

    meeting: Meeting
    card: UnitCard
    material: Material
    texts: dict[str, MeetingText]
    visits: tuple[VisitLine, ...]
    dues: dict[int, bool]
    record: Record | None
    sheets: Sheets | None

    def draft(self, part: TextPart) -> str:
        """Return what a text would be if it were written from the record now."""
        if part == TextPart.MINUTES:
            return draft_minutes(self.material)
        if part == TextPart.RESOLUTION:
            return draft_resolution(self.material)
        return draft_agenda(self.material)


def gather(meeting: Meeting) -> Gathered:
    """Return all that is recorded of a meeting; a fixed number of queries."""
    roll, story = roll_of(meeting), story_of(meeting)
    old, new = conclusions_of(meeting)
    texts, visits, dues, scores = newest_texts(meeting), visits_of(meeting), dues_of(meeting), scores_of(meeting)
    card = place_cards([meeting.unit_id], day=meeting.day)[meeting.unit_id]
    own, above = scores.get(ScoreStage.SELF), scores.get(ScoreStage.REVIEW)
    record = sheets = None
    if meeting.kind in _SCORED:
        rubric, thematic = rubric_of(meeting, own)
        record = record_of(meeting, roll, story, rubric)
        evidence = {code: words for code, item in rubric.items.items() if (words := record.evidence(item))}
        sheets = Sheets(rubric, thematic, own, above, evidence)
    agenda = texts.get(TextPart.AGENDA)
    material = Material(
        meeting=meeting,
        unit=card.name,
        roll=roll,
        story=story,
        old=old,
        new=new,
        agenda=agenda.text if agenda is not None else "",
        score=score_words(format_number(own.total), own.grade) if own is not None else "",
        paid=sum(dues.values()),
        guests=tuple(visit.name for visit in visits),
    )
    return Gathered(meeting, card, material, texts, visits, dues, record, sheets)
