"""Two lists for the level above: sheets that wait for review, cells that nobody visited in the quarter."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.meetings.queries.reviews import review_lines
from giaoban.apps.meetings.queries.visits import unvisited as cells_unvisited
from giaoban.apps.meetings.rubrics import GRADES
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.web.access import Desk, screen


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One sheet."""

    name: str
    url: str
    day: str
    own: str
    above: str
    waits: bool


@dataclass(frozen=True, slots=True)
class UnvisitedRow:
    """One cell."""

    name: str
    url: str
    followers: str
    last: str


@screen("meetings", right="meetings_view")
def reviews(desk: Desk) -> HttpResponse:
    """Show the sheets of the period."""
    rows = tuple(
        ReviewRow(
            line.unit.place,
            desk.url("meetings:review" if line.mine else "meetings:meeting", line.meeting),
            format_date(line.day),
            f"{format_number(line.total)}, {GRADES[line.grade]}",
            f"{format_number(line.reviewed)}, {GRADES[line.grade_above]}" if line.reviewed is not None else "",
            line.mine and line.reviewed is None,
        )
        for line in review_lines(desk.act.user, desk.unit, desk.period.window, today=desk.act.today)
    )
    return desk.render("meetings/reviews.html", {"rows": rows, "back_url": desk.url("meetings:schedule")})


@screen("meetings", right="meetings_view")
def unvisited(desk: Desk) -> HttpResponse:
    """Show the cells that nobody visited in the quarter in which the chosen period ends."""
    quarter = Period.quarter_of(desk.period.window.last_day)
    rows = tuple(
        UnvisitedRow(
            one.unit.place,
            desk.url("meetings:schedule", unit=one.unit.code),
            ", ".join(one.followers) or "chưa phân công ai theo dõi",
            format_date(one.last) if one.last is not None else "chưa lần nào được ghi",
        )
        for one in cells_unvisited(desk.unit, quarter.window, today=desk.act.today)
    )
    context = {"rows": rows, "quarter": quarter.name(), "back_url": desk.url("meetings:schedule")}
    return desk.render("meetings/unvisited.html", context)
