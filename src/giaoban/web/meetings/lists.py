"""Lists for the level above: sheets to review, cells that nobody visited in the quarter, the year's grades."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse

from giaoban.apps.meetings.queries.reviews import review_lines
from giaoban.apps.meetings.queries.visits import unvisited as cells_unvisited
from giaoban.apps.meetings.queries.year_grades import FAIR_RULE, GOOD_RULE, YearGrade, year_grades
from giaoban.apps.meetings.rubrics import GRADES
from giaoban.apps.organizations.queries.rules import rule_for
from giaoban.core.dates_vi import format_date
from giaoban.core.numbers_vi import format_number
from giaoban.core.period import Period
from giaoban.web.access import Desk, screen
from giaoban.web.components.pieces import Sign


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


@dataclass(frozen=True, slots=True)
class YearRow:
    """One cell with how many meetings stand in each grade, in the order of ``GRADES``."""

    name: str
    url: str
    held: str
    grades: tuple[tuple[str, str], ...]
    left: str
    reviewed: str
    sign: Sign


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


@screen("meetings", right="meetings_view")
def year(desk: Desk) -> HttpResponse:
    """Show what the meetings of the year in which the chosen period ends make of each cell."""
    whole = Period.parse(str(desk.period.window.last_day.year))
    day = min(whole.window.last_day, desk.act.today)
    good, fair = (rule_for(key, desk.unit, day) for key in (GOOD_RULE, FAIR_RULE))
    rows = tuple(
        YearRow(
            one.unit.place,
            desk.url("meetings:schedule", unit=one.unit.code),
            format_number(one.held),
            tuple((word, format_number(one.by_grade.get(grade, 0))) for grade, word in GRADES.items()),
            format_number(one.left),
            format_number(one.reviewed),
            _verdict(one),
        )
        for one in year_grades(desk.act.user, desk.unit, whole.window, today=desk.act.today)
    )
    context = {
        "rows": rows,
        "grades": tuple(GRADES.values()),
        "year": whole.name(),
        "until": format_date(day),
        "rule": (
            f"Tốt: kỳ thường kỳ nào cũng từ Khá, ít nhất {good.value} kỳ Tốt. "
            f"Khá: kỳ nào cũng từ Trung bình, ít nhất {fair.value} kỳ từ Khá"
            f"{'' if fair.confirmed else ' (số này cơ quan tự đặt ở «Quy tắc»)'}. "
            "Kỳ đã thẩm định tính theo điểm của cấp trên."
        ),
        "back_url": desk.url("meetings:schedule"),
    }
    return desk.render("meetings/year.html", context)


def _verdict(one: YearGrade) -> Sign:
    if one.grade is None:
        return Sign("off", "○", f"còn {format_number(one.left)} kỳ chưa chấm" if one.held else "chưa họp kỳ nào")
    if not one.grade:
        # With one poor meeting no number of others helps; too few good ones may still be made up for within the year.
        poor = one.by_grade.get("poor", 0)
        return Sign("bad", "✕", "có kỳ Kém") if poor else Sign("off", "○", "chưa đủ số kỳ từ Khá")
    return Sign("good", "●", GRADES[one.grade])
