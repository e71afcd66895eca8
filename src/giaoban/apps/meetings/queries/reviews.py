"""What waits for review by the level above: score sheets of cells, with what the level above said already."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.models import ScoreEntry, ScoreStage
from giaoban.apps.meetings.queries.reviewers import reviewers, reviewing_units
from giaoban.apps.organizations.models import Ancestry, Unit, on_day
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.core.period import Window


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A finished sheet of a cell; ``reviewed`` and ``grade_above`` are None and empty until the level above scored."""

    meeting: uuid.UUID
    unit: UnitCard
    day: date
    total: Decimal
    grade: str
    reviewed: Decimal | None
    grade_above: str
    mine: bool


def review_lines(user: User, unit: Unit, window: Window, *, today: date) -> tuple[ReviewLine, ...]:
    """Return the sheets of cells at or under a unit for meetings within a window, those that wait for the person first.

    ``mine``: the person reviews for the level that reviews this cell. A fixed number of queries.
    """
    below = Ancestry.objects.filter(on_day(min(window.last_day, today)), ancestor=unit).values("descendant")
    rows = (
        ScoreEntry.objects.live()
        .visible_to(user, today=today)
        .filter(unit__in=below, meeting__month__gte=window.start, meeting__month__lt=window.end)
        .exclude(grade="")
        .select_related("meeting")
    )
    sheets: dict[int, dict[str, ScoreEntry]] = {}
    for row in rows:
        sheets.setdefault(row.meeting_id, {})[row.stage] = row
    own = [found[ScoreStage.SELF] for found in sheets.values() if ScoreStage.SELF in found]
    levels = reviewers((row.unit_id, row.meeting.day) for row in own)
    mine = reviewing_units(user, today=today)
    cards = place_cards({row.unit_id for row in own}, day=today)
    lines = []
    for row in own:
        above = sheets[row.meeting_id].get(ScoreStage.REVIEW)
        lines.append(
            ReviewLine(
                row.meeting.uid,
                cards[row.unit_id],
                row.meeting.day,
                row.total,
                row.grade,
                above.total if above is not None else None,
                above.grade if above is not None else "",
                levels.get((row.unit_id, row.meeting.day)) in mine,
            )
        )
    return tuple(sorted(lines, key=lambda one: (one.reviewed is not None, not one.mine, one.day, one.unit.code)))
