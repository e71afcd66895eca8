"""Party age from the decision, probation from the ceremony (domain.md 2.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from giaoban.apps.members.models import MemberEntry, MemberEvent, MemberState
from giaoban.apps.members.operations import EntryDraft, record_member_entries
from giaoban.apps.members.queries.clocks import (
    full_years,
    months_after,
    party_age,
    party_since,
    probation_end,
    probation_ends,
)
from giaoban.apps.organizations.operations import Decision, set_rule

if TYPE_CHECKING:
    from tests.world import World


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 3, 15), 12, date(2024, 3, 15)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2023, 1, 31), 1, date(2023, 3, 1)),
        (date(2023, 12, 31), 2, date(2024, 3, 1)),
        (date(2023, 10, 31), 1, date(2023, 12, 1)),
        (date(2023, 3, 31), -1, date(2023, 3, 1)),
        (date(2023, 1, 15), -1, date(2022, 12, 15)),
        (date(2023, 6, 15), 60, date(2028, 6, 15)),
    ],
)
def test_months_after(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_full_years() -> None:
    assert full_years(date(1993, 2, 3), date(2023, 2, 2)) == 29
    assert full_years(date(1993, 2, 3), date(2023, 2, 3)) == 30


def _ceremony(world: World, member: str, day: date) -> None:
    one = world.members[member]
    record_member_entries(act=world.act("clerk"), drafts=[EntryDraft(one, MemberEvent.CEREMONY, day, one.unit)])


def test_probation_runs_from_the_ceremony(world: World) -> None:
    an = world.members["an"]
    assert probation_end(an) == date(2024, 1, 10), "no ceremony recorded: from the admission"
    _ceremony(world, "an", date(2023, 1, 28))
    assert world.refresh("an").ceremony_on == date(2023, 1, 28)
    assert probation_end(an) == date(2024, 1, 28)
    assert probation_end(world.members["dao"]) is None, "an official member"
    set_rule(
        act=world.act("clerk"), owner=world.units["DUK.01"], key="probation_months", value="6", start=date(2023, 1, 20)
    )
    assert probation_end(an) == date(2023, 7, 28)


def test_the_first_ceremony_is_the_one_that_stands(world: World) -> None:
    _ceremony(world, "an", date(2023, 1, 28))
    entry = MemberEntry.objects.get(kind=MemberEvent.CEREMONY)
    record_member_entries(
        act=world.act("clerk"),
        drafts=[
            EntryDraft(
                world.members["an"],
                MemberEvent.CEREMONY,
                entry.effective_date,
                entry.unit,
                corrects=entry.uid,
                void=True,
            )
        ],
    )
    assert world.refresh("an").ceremony_on is None


def test_party_age_counts_from_the_decision_once_official(world: World) -> None:
    an, day = world.members["an"], date(2026, 1, 8)
    assert party_age(an, day) is None, "on probation none counts yet"
    entry = MemberEntry.objects.get(member=an, kind=MemberEvent.ADMITTED)
    draft = EntryDraft(an, MemberEvent.ADMITTED, entry.effective_date, entry.unit, official=False, corrects=entry.uid)
    decided = Decision("1-QĐ/DUK", date(2023, 1, 6))
    record_member_entries(act=world.act("clerk"), drafts=[replace(draft, decision=decided)])
    record_member_entries(
        act=world.act("clerk"), drafts=[EntryDraft(an, MemberEvent.RECOGNISED, date(2023, 4, 1), entry.unit)]
    )
    assert world.refresh("an").state == MemberState.OFFICIAL
    assert party_since([an]) == {an.pk: date(2023, 1, 6)}, "the decision, though admitted on 10/01/2023"
    assert (party_age(an, date(2026, 1, 5)), party_age(an, date(2026, 1, 6))) == (2, 3)
    assert party_age(world.members["dao"], date(2023, 2, 3)) == 27, "somebody of the old roll"


def test_a_list_costs_as_much_as_one(world: World) -> None:
    everybody = list(world.members.values())
    for count, ask in ((2, probation_ends), (1, party_since)):
        with CaptureQueriesContext(connection) as asked:
            ask(everybody)
        assert len(asked) <= count
