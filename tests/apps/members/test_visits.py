"""Who follows which unit: assigned together, ended, taken out where it was a mistake."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import VisitAssignment
from giaoban.apps.members.operations import VisitDraft, assign_visits, end_visit
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

FIRST = date(2023, 2, 1)


def draft(world: World, unit: str, member: str = "em", start: date = FIRST, last: date | None = None) -> VisitDraft:
    return VisitDraft(world.units["DUK"], world.units[unit], world.members[member], start, last, "Thông báo 5-TB/DUK")


def test_one_person_follows_several_units(world: World) -> None:
    made = assign_visits(act=world.act("clerk"), drafts=[draft(world, "DUK.01"), draft(world, "DUK.02")])
    assert [(one.unit.code, one.decision) for one in made] == [
        ("DUK.01", "Thông báo 5-TB/DUK"),
        ("DUK.02", "Thông báo 5-TB/DUK"),
    ]
    assign_visits(act=world.act("clerk"), drafts=[draft(world, "DUK.01", "dao")])
    assert VisitAssignment.objects.filter(unit__code="DUK.01").count() == 2, "several may follow one unit"
    assert AuditRow.objects.filter(action="visits.assigned").count() == 3


def test_ending(world: World) -> None:
    [one] = assign_visits(act=world.act("clerk"), drafts=[draft(world, "DUK.01")])
    end_visit(act=world.act("clerk"), assignment=one, last_day=date(2023, 3, 31))
    one.refresh_from_db()
    assert one.valid_to == date(2023, 4, 1)
    with pytest.raises(InvalidInput, match="đã hết ngày 31/03/2023"):
        end_visit(act=world.act("clerk"), assignment=one, last_day=TODAY)
    assign_visits(act=world.act("clerk"), drafts=[draft(world, "DUK.01", start=date(2023, 4, 1))])
    end_visit(act=world.act("clerk"), assignment=one, last_day=date(2023, 1, 31))
    assert not VisitAssignment.objects.filter(pk=one.pk).exists(), "it ended before it began: never made"
    with pytest.raises(NotFound, match="đã được bỏ"):
        end_visit(act=world.act("clerk"), assignment=one, last_day=TODAY)
    assert AuditRow.objects.filter(action="visits.ended").count() == 2


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [
        ({"last": date(2023, 1, 1)}, InvalidInput, "trước ngày đầu"),
        ({"unit": "DUK"}, InvalidInput, "DUK không ở dưới DUK"),
        ({"unit": "XA.01"}, InvalidInput, "XA.01 không ở dưới DUK"),
        ({"start": date(2021, 1, 1)}, InvalidInput, "không ở dưới"),
        ({"member": "lam"}, InvalidInput, "không sinh hoạt ở chi bộ nào"),
        (
            {"unit": "DUK.02", "last": date(2023, 2, 3)},
            Conflict,
            "đã theo dõi Chi bộ Quỹ Thử nghiệm từ ngày 01/02/2023",
        ),
    ],
)
def test_refusals(world: World, given: dict[str, object], error: type[Exception], told: str) -> None:
    assign_visits(act=world.act("clerk"), drafts=[draft(world, "DUK.02")])
    with pytest.raises(error, match=told):
        assign_visits(act=world.act("clerk"), drafts=[draft(world, **({"unit": "DUK.01"} | given))])  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        assign_visits(act=world.act("clerk"), drafts=[draft(world, "DUK.01"), draft(world, "DUK.01")])
    assert VisitAssignment.objects.count() == 1


def test_who_may(world: World) -> None:
    [one] = assign_visits(act=world.act("clerk"), drafts=[draft(world, "DUK.01")])
    for who, error in (("deputy", NotAllowed), ("outsider", NotFound), ("secretary", NotFound)):
        with pytest.raises(error):
            assign_visits(act=world.act(who), drafts=[draft(world, "DUK.02")])
        with pytest.raises(error):
            end_visit(act=world.act(who), assignment=one, last_day=TODAY)


def test_many_do_not_ask_more(world: World) -> None:
    def cost(units: list[str]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assign_visits(act=world.act("clerk"), drafts=[draft(world, unit) for unit in units])
        return len(queries)

    assert cost(["DUK.01"]) == cost(["DUK.02", "DUK.01.01", "DUK.01.02"])
