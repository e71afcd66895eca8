"""Meetings, papers and conferences of the sample give the lists of a real half year and the numbers of a quarter."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.sample_office import NOW

from giaoban.apps.accounts.models import User
from giaoban.apps.meetings.queries.conferences import conference_view, conferences_in
from giaoban.apps.obligations.queries.board import BoardColumn, board
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.core.period import Period
from giaoban.figures import ALL_PARTS, Figure, FigureRequest

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample_db")]

HALF = Period.parse("2021-H1")
# Units are MAU.01 to MAU.62; who is named in each list.
NO_PROGRAMME = set(range(1, 13))
NO_SCHEDULE = {13: (9, 12), 14: (9, 28), 4: (11, 20), 15: (14, 20), 16: (2, 8), 8: (2, 11), 17: (5, 12), 18: (2, 8)}
BAD_REPORTS = {19, 13, 20, 1, 2, 21, 22, 23, 6, 16, 24, 7, 25, 26, 11, 27, 12}
STAYED_AWAY = {28: "excused", 29: "excused", 19: "excused", 12: "missing"}


def columns() -> dict[str, tuple[BoardColumn, dict[int, int]]]:
    """The board's duties by code, each with the keys of its rows by the number of the unit."""
    found = board(None, Unit.objects.get(code="MAU"), HALF, today=NOW.date())
    rows = {int(row.card.code.removeprefix("MAU.")): row.card.pk for row in found.shown_rows}
    assert rows.keys() == set(range(1, 63))
    return {column.code: (column, rows) for column in found.columns}


def statuses(code: str) -> dict[int, str]:
    column, rows = columns()[code]
    return {number: column.cell(pk).status.value for number, pk in rows.items()}


def test_who_has_no_action_programme() -> None:
    found = statuses("action-programme:01-NQ/MAU")
    assert {number for number, status in found.items() if status == "missing"} == NO_PROGRAMME
    assert {found[number] for number in found.keys() - NO_PROGRAMME} == {"on_time"}


def test_how_many_cells_registered_no_schedule() -> None:
    column, rows = columns()["schedule"]
    cells = {number: column.cell(pk) for number, pk in rows.items()}
    told = {number: (one.expected - one.done, one.expected) for number, one in cells.items() if one.done < one.expected}
    assert told == NO_SCHEDULE


def test_whose_reports_were_late_or_sent_back_or_never_came() -> None:
    bad = {number: status for number, status in statuses("report").items() if status != "on_time"}
    assert bad.keys() == BAD_REPORTS
    assert Counter(bad.values()) == {"missing": 6, "insufficient": 6, "late": 5}


def test_who_sent_nobody_to_the_conference() -> None:
    found = statuses("delegates:6T-2021")
    assert {number: status for number, status in found.items() if status != "on_time"} == STAYED_AWAY


def test_the_conference_sat_by_clusters() -> None:
    owner = Unit.objects.get(code="MAU")
    [line] = conferences_in(User.objects.get(username="lan"), owner, HALF.window, today=NOW.date())
    assert (line.invited, line.present, line.excused, line.absent) == (62, 58, 3, 1)
    view = conference_view(line.meeting)
    assert len(view.sittings) == 5
    assert [one.starts_at.day for one in view.sittings] == [21, 21, 22, 22, 23]
    assert len(view.conclusions) == 4


def figure(measure: str, period: str) -> Figure:
    [found] = compute_figures([FigureRequest(measure, "MAU", Period.parse(period))], parts=ALL_PARTS)
    return found


@pytest.mark.parametrize(
    ("measure", "period", "value"),
    [
        ("committee.working_sessions", "2023-Q1", 17),
        ("committee.regulations_reviewed", "2023-Q1", 82),
        ("conferences.attendance", "2023-Q1", 150),
        ("conferences.held", "2023-Q1", 1),
        ("meetings.thematic", "2023-Q1", 40),
        ("meetings.registered", "2021-H1", 377),
        ("conferences.absent", "2021-H1", 4),
        ("conferences.called", "2021-H1", 62),
    ],
)
def test_numbers_of_the_quarter_and_half_year(measure: str, period: str, value: int) -> None:
    assert figure(measure, period).value == value
    lines = explain_figure(FigureRequest(measure, "MAU", Period.parse(period))).lines
    assert sum(line.number for line in lines) == value


def test_attendance_is_a_rate_of_the_few_who_tick() -> None:
    rate = explain_figure(FigureRequest("meetings.attendance", "MAU.08", Period.parse("2023-Q1")))
    assert rate.numerator is not None
    assert rate.denominator is not None
    assert rate.value is not None
    assert 85 < rate.value < 100
    assert len(rate.denominator.lines) > len(rate.numerator.lines) > 300


def test_grades_come_from_reviews_where_there_is_one() -> None:
    found = figure("meetings.graded", "2023-Q1")
    assert found.value == 60
    stages = found.breakdowns["stage"]
    assert set(stages) == {"self", "review"}
    assert sum(stages.values()) == 60


def test_how_many_were_due_stands_beside_what_was_done() -> None:
    assert figure("committee.regulations_reviewed", "2023-Q1").expected == 82
    registered = figure("meetings.registered", "2023-Q1")
    assert registered.expected == figure("meetings.registration_due", "2023-Q1").value == 463
    assert figure("conferences.absent", "2021-H1").expected == figure("conferences.called", "2021-H1").value
