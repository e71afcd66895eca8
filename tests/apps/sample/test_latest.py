"""What is going on in the sample these days: no list to be worked through is empty, and a member's own data open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from giaoban.apps.accounts.models import User
from giaoban.apps.audit.act import day_of
from giaoban.apps.meetings.models import Meeting, MeetingState
from giaoban.apps.meetings.queries.page import conclusions_of
from giaoban.apps.meetings.queries.reviews import review_lines
from giaoban.apps.members.models import MemberAccount, Trait, TraitEntry
from giaoban.apps.members.queries.candidates import list_candidates
from giaoban.apps.members.queries.lists import MemberFilter, list_members
from giaoban.apps.members.queries.self_service import open_requests, own_member
from giaoban.apps.members.queries.transfers import waiting_letters
from giaoban.apps.members.queries.worklists import (
    badges_to_come,
    empty_seats,
    exemptions_to_follow,
    letters_on_the_way,
    probation_to_end,
    without_contact,
)
from giaoban.apps.members.trait_values import TRAIT_VALUES
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.organizations.models import Unit
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.period import Period, PeriodKind, add_months
from giaoban.figures import FigureRequest

pytestmark = [pytest.mark.xdist_group("sample"), pytest.mark.usefixtures("sample_db")]


@pytest.fixture
def today() -> date:
    """The day on which the sample was built."""
    return day_of(MemberAccount.objects.earliest("pk").linked_at)


@pytest.mark.parametrize(("username", "code"), [("lan", "MAU"), ("mai", "PHUONG")])
def test_no_worklist_is_empty(username: str, code: str, today: date) -> None:
    clerk, unit = User.objects.get(username=username), Unit.objects.get(code=code)
    lists = {
        "probation": probation_to_end(clerk, unit, today=today).rows,
        "letters": letters_on_the_way(clerk, unit, today=today).rows,
        "badges": badges_to_come(clerk, unit, today=today)[1].rows,
        "exemptions": exemptions_to_follow(clerk, unit, today=today).rows,
        "away": without_contact(clerk, unit, today=today).rows,
        "seats": empty_seats(unit, today=today).rows,
        "requests": open_requests(clerk, unit, today=today),
    }
    assert [name for name, lines in lists.items() if not lines] == []
    assert len(lists["exemptions"]) >= 4
    assert len(lists["requests"]) == 2


def test_the_secretary_of_a_cell_has_something_to_do(today: date) -> None:
    tho, cell = User.objects.get(username="tho"), Unit.objects.get(code="PHUONG.03")
    [letter] = waiting_letters(tho, cell, today=today).rows
    assert letter.due > today
    assert list_candidates(tho, cell, today=today).total == 1
    member = own_member(tho)
    assert member is not None
    assert member.full_name == tho.full_name


def test_lists_can_be_narrowed_by_every_trait(today: date) -> None:
    """Values of traits are codes, or no filter finds them."""
    values = set(TraitEntry.objects.exclude(trait=Trait.OCCUPATION).values_list("trait", "value").distinct())
    assert all(value in TRAIT_VALUES[Trait(trait)] for trait, value in values)
    clerk, unit = User.objects.get(username="lan"), Unit.objects.get(code="MAU")
    wanted = MemberFilter(education="master", theory="advanced")
    assert list_members(clerk, unit, wanted, today=today).total > 50


def test_the_rate_of_admissions_of_2021_has_its_target() -> None:
    [found] = compute_figures([FigureRequest("members.admission_rate", "MAU", Period.parse("2021-H1"))])
    assert found.target == Decimal(3)
    assert found.value is not None


def test_the_secretary_finds_a_meeting_to_record_and_the_ward_its_board(today: date) -> None:
    tho, ward = User.objects.get(username="tho"), Unit.objects.get(code="PHUONG")
    seen = Meeting.objects.visible_to(tho, today=today)
    [waiting] = seen.filter(state=MeetingState.PLANNED, day__lt=today)
    assert {one.text for one in conclusions_of(waiting)[0]}, "what was concluded before comes back"
    found = board(None, ward, Period(PeriodKind.MONTH, add_months(today, -1)), today=today)
    told = {column.code: column for column in found.columns}
    assert {"schedule", "cell-meeting", "score", "minutes"} <= told.keys()
    for code in ("schedule", "score"):
        cells = [told[code].cell(row.card.pk) for row in found.rows]
        assert 0 < sum(one.done for one in cells) < sum(one.expected for one in cells), code
    month = Period(PeriodKind.MONTH, add_months(today, -2)).window
    assert {line.mine for line in review_lines(tho, ward, month, today=today)} == {False}, "nobody reviews themselves"
    mai = User.objects.get(username="mai")
    assert {line.reviewed is None for line in review_lines(mai, ward, month, today=today)} == {True, False}
