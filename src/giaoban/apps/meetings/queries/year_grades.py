"""The year's grade of a cell from the grades of its regular meetings (domain.md 3.5, the rule that goes with rubric C).

Good: every regular meeting at least «Khá», and as many «Tốt» as the rule says. Fair: every one at least «Trung bình»,
and as many «Khá» or better as the rule says. What lies below was not read anywhere: such a cell gets no grade here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.models import Meeting, MeetingKind, MeetingState, ScoreEntry, ScoreStage
from giaoban.apps.meetings.queries.schedule import cells_below
from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.queries.chosen import UnitCard, place_cards
from giaoban.apps.organizations.queries.rules import rules_for
from giaoban.core.period import Window

GOOD, FAIR, AVERAGE = "good", "fair", "average"
GOOD_RULE = "meeting_year_good"
FAIR_RULE = "meeting_year_fair"


@dataclass(frozen=True, slots=True)
class YearGrade:
    """A cell's year: how many regular meetings were ``held``, how many of them stand in which grade, how many of these
    were ``reviewed`` above. ``grade`` is None while a held meeting has no grade (or none was held), empty below «Khá».
    """

    unit: UnitCard
    held: int
    by_grade: Mapping[str, int]
    reviewed: int
    grade: str | None

    @property
    def left(self) -> int:
        """How many held meetings have no grade yet."""
        return self.held - sum(self.by_grade.values())


def year_grade(grades: Sequence[str], *, good_least: int, fair_least: int) -> str:
    """Return what the grades of all regular meetings of a year make: «good», «fair», or empty for less (pure)."""
    counts = Counter(grades)
    upper = counts[GOOD] + counts[FAIR]
    if upper == len(grades) and counts[GOOD] >= good_least:
        return GOOD
    return FAIR if upper + counts[AVERAGE] == len(grades) and upper >= fair_least else ""


def year_grades(user: User, unit: Unit, window: Window, *, today: date) -> tuple[YearGrade, ...]:
    """Return the cells at or under a unit with their regular meetings of a year; a fixed number of queries.

    The review counts where there is one, else the cell's own sheet (decision D27). The rules are those of the year's
    last day, or of today.
    """
    day = min(window.last_day, today)
    cells = cells_below(unit, day)
    meetings = dict(
        Meeting.objects.visible_to(user, today=today)
        .filter(unit__in=cells, kind=MeetingKind.REGULAR, state=MeetingState.HELD)
        .filter(month__gte=window.start, month__lt=window.end)
        .values_list("pk", "unit_id")
    )
    sheets: dict[int, dict[str, str]] = defaultdict(dict)
    rows = ScoreEntry.objects.live().filter(unit__in=cells, meeting__kind=MeetingKind.REGULAR).exclude(grade="")
    rows = rows.filter(meeting__month__gte=window.start, meeting__month__lt=window.end)
    for meeting, stage, grade in rows.values_list("meeting_id", "stage", "grade"):
        if meeting in meetings:
            sheets[meeting][stage] = grade
    held = Counter(meetings.values())
    grades: dict[int, list[str]] = defaultdict(list)
    reviewed: Counter[int] = Counter()
    for meeting, found in sheets.items():
        grades[meetings[meeting]].append(found.get(ScoreStage.REVIEW) or found[ScoreStage.SELF])
        reviewed[meetings[meeting]] += ScoreStage.REVIEW in found
    good, fair = (rules_for(rule, cells, day) for rule in (GOOD_RULE, FAIR_RULE))
    cards = place_cards(cells, day=day)
    return tuple(
        YearGrade(
            cards[cell],
            held[cell],
            Counter(grades[cell]),
            reviewed[cell],
            year_grade(grades[cell], good_least=good[cell].whole, fair_least=fair[cell].whole)
            if held[cell] and len(grades[cell]) == held[cell]
            else None,
        )
        for cell in cells
    )
