"""The month before again, for several kinds and months at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.apps.meetings.examples import CELL, at, planned

from giaoban.apps.meetings.models import Meeting, MeetingKind
from giaoban.apps.meetings.operations import repeat_last_month
from giaoban.apps.meetings.queries.schedule import like_last_month, months_ahead
from giaoban.core.errors import Conflict

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2023, 4, 1), date(2023, 5, 1)


def _days(kind: MeetingKind, month: date) -> list[date]:
    return list(Meeting.objects.filter(kind=kind, month=month).order_by("unit__code").values_list("day", flat=True))


def test_the_committee_of_a_cell_stays_before_the_cell(world: World) -> None:
    planned(world, "2023-03-06 08:00", kind=MeetingKind.CELL_COMMITTEE)
    planned(world, "2023-03-08 14:00")
    planned(world, "2023-03-15 08:00", unit="DUK.01", kind=MeetingKind.COMMITTEE)
    made = repeat_last_month(act=world.act("clerk"), unit=world.units["DUK"], months=[APRIL, MAY])
    assert len(made) == 6
    # The second Wednesday of April is the 12th, the first Monday was the 3rd: two days before stay two days before.
    assert _days(MeetingKind.REGULAR, APRIL) == [date(2023, 4, 12)]
    assert _days(MeetingKind.CELL_COMMITTEE, APRIL) == [date(2023, 4, 10)]
    assert _days(MeetingKind.COMMITTEE, APRIL) == [date(2023, 4, 19)]
    assert _days(MeetingKind.CELL_COMMITTEE, MAY) == [date(2023, 5, 8)]
    assert repeat_last_month(act=world.act("clerk"), unit=world.units["DUK"], months=[APRIL, MAY]) == []
    assert {one.kind for one in like_last_month([world.units[CELL].pk], date(2023, 6, 1))} == {MeetingKind.REGULAR}


def test_days_gone_by_are_not_planned(world: World) -> None:
    planned(world, "2023-01-16 14:00")
    months = [date(2023, 2, 1), date(2023, 3, 1)]
    assert months_ahead([*months, APRIL], world.act("clerk").today) == [APRIL]
    assert repeat_last_month(act=world.act("clerk"), unit=world.units["DUK"], months=months) == []


def test_all_or_nothing_and_only_where_one_may(world: World) -> None:
    planned(world)
    planned(world, "2023-03-06 08:00", unit="DUK.02")
    assert [
        one.unit.code for one in repeat_last_month(act=world.act("secretary"), unit=world.units[CELL], months=[APRIL])
    ] == [CELL]
    planned(world, "2023-05-01 08:30", unit="DUK.02", kind=MeetingKind.EXTRAORDINARY)
    with pytest.raises(Conflict, match="đã có kỳ họp lúc 08:30 ngày 01/05/2023"):
        repeat_last_month(act=world.act("clerk"), unit=world.units["DUK"], months=[APRIL, MAY])
    assert not Meeting.objects.filter(unit__code="DUK.02", month=APRIL).exists()
    assert at("2023-04-17 14:00") == Meeting.objects.get(unit__code=CELL, month=APRIL).starts_at
