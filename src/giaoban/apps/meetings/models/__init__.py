"""Meetings and what is recorded of them; every table but ``Meeting`` is a journal (decision D1)."""

from giaoban.apps.meetings.models.attendance import AttendanceEntry, DuesEntry, Presence
from giaoban.apps.meetings.models.conclusions import ConclusionEntry, ConclusionEvent
from giaoban.apps.meetings.models.conferences import DelegationEntry, ProposalEntry
from giaoban.apps.meetings.models.meetings import (
    Meeting,
    MeetingEntry,
    MeetingEvent,
    MeetingForm,
    MeetingKind,
    MeetingState,
    MeetingText,
    TextPart,
)
from giaoban.apps.meetings.models.regulations import RegulationEntry, RegulationEvent
from giaoban.apps.meetings.models.rubrics import OfficeRubric
from giaoban.apps.meetings.models.scores import ScoreEntry, ScoreStage, VisitEntry

__all__ = [
    "AttendanceEntry",
    "ConclusionEntry",
    "ConclusionEvent",
    "DelegationEntry",
    "DuesEntry",
    "Meeting",
    "MeetingEntry",
    "MeetingEvent",
    "MeetingForm",
    "MeetingKind",
    "MeetingState",
    "MeetingText",
    "OfficeRubric",
    "Presence",
    "ProposalEntry",
    "RegulationEntry",
    "RegulationEvent",
    "ScoreEntry",
    "ScoreStage",
    "TextPart",
    "VisitEntry",
]
