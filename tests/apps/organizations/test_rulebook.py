"""The rules of many units on many days say what `rules_for` says of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from giaoban.apps.organizations.operations import set_rule
from giaoban.apps.organizations.queries.rulebook import rule_book
from giaoban.apps.organizations.queries.rules import rules_for

if TYPE_CHECKING:
    from tests.world import World

KEYS = ("probation_months", "admission_decision_days")


def test_the_nearest_owner_of_the_day_wins(world: World) -> None:
    for owner, value, start in (
        ("DUK", "18", date(2023, 1, 1)),
        ("DUK.01", "10", date(2023, 3, 1)),
        ("DUK.01", "11", date(2023, 4, 1)),
        ("XA", "6", date(2022, 6, 1)),
    ):
        set_rule(
            act=world.act("clerk", at_console=True), owner=world.units[owner], key=KEYS[0], value=value, start=start
        )
    units = [unit.pk for unit in world.units.values()]
    with CaptureQueriesContext(connection) as asked:
        book = rule_book(KEYS, units)
    assert len(asked) == 2
    for day in (date(2022, 12, 31), date(2023, 1, 1), date(2023, 3, 15), date(2023, 4, 5)):
        for key in KEYS:
            assert {unit: book.value(key, unit, day) for unit in units} == rules_for(key, units, day)
    assert book.value(KEYS[0], world.units["DUK.01.01"].pk, date(2023, 4, 5)).value == "11"
    assert book.value(KEYS[0], world.units["DUK.02"].pk, date(2023, 4, 5)).value == "18"
