"""Which rubric holds for a meeting: the one that the nearest committee above chose for its day (decision D14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState
from giaoban.apps.meetings.rubrics import Rubric, rubrics
from giaoban.apps.organizations.queries.rules import rule_for

RULE = "meeting_rubric"


@dataclass(frozen=True, slots=True)
class RubricInForce(Rubric):
    """A rubric with the day from which it holds at the unit."""

    since: date = date.min


def rubric_of(meeting: Meeting) -> tuple[RubricInForce, bool]:
    """Return the rubric for a meeting, and whether its month has a thematic meeting."""
    value = rule_for(RULE, meeting.unit, meeting.day)
    rubric = rubrics()[value.value]
    fields = {name: getattr(rubric, name) for name in Rubric.__dataclass_fields__}
    thematic = (
        Meeting.objects.filter(unit=meeting.unit_id, month=meeting.month, kind=MeetingKind.THEMATIC)
        .exclude(state=MeetingState.CANCELLED)
        .exists()
    )
    return RubricInForce(**fields, since=value.valid_from), thematic
