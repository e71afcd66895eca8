"""Dated rules: the nearest committee's setting of the day, else the shipped default."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.world import NOW, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import RuleSetting
from giaoban.apps.organizations.operations import set_rule
from giaoban.apps.organizations.queries.rules import rule_for, rules_for
from giaoban.apps.organizations.rules import rule_kinds
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def test_every_shipped_value_fits_its_own_type() -> None:
    for kind in rule_kinds().values():
        assert kind.defaults
        for value in kind.defaults:
            assert kind.check(value.value) == value.value


def test_the_nearest_setting_of_the_day_wins(world: World) -> None:
    duk, base, cell = world.units["DUK"], world.units["DUK.01"], world.units["DUK.01.01"]
    act = world.act("clerk")
    set_rule(act=act, owner=duk, key="probation_months", value="10", start=date(2023, 1, 1))
    set_rule(act=act, owner=base, key="probation_months", value="11", start=date(2023, 2, 1), source="Quy chế")
    assert rule_for("probation_months", cell, date(2022, 12, 31)).value == "12"
    assert rule_for("probation_months", cell, date(2023, 1, 1)).version == "DUK:probation_months@2023-01-01"
    assert rule_for("probation_months", cell, date(2023, 2, 1)).whole == 11
    assert rule_for("probation_months", world.units["DUK.02"], date(2023, 2, 1)).whole == 10
    assert rule_for("probation_months", world.units["XA.01"], date(2023, 2, 1)).owner == ""


def test_queries_do_not_grow_with_units(world: World, django_assert_num_queries: object) -> None:
    set_rule(
        act=world.act("clerk"), owner=world.units["DUK"], key="probation_months", value="9", start=date(2023, 1, 1)
    )
    keys = [unit.pk for unit in world.units.values()]
    for some in (keys[:1], keys):
        with django_assert_num_queries(2):  # type: ignore[operator]
            rules_for("probation_months", some, date(2023, 3, 1))


def test_refusals(world: World) -> None:
    duk = world.units["DUK"]
    start = date(2023, 1, 1)
    for key, value in (
        ("no_such_rule", "1"),
        ("probation_months", "mười"),
        ("probation_months", "1.5"),
        ("admission_dated_by", "letter"),
        ("probation_months", "-1"),
    ):
        with pytest.raises(InvalidInput):
            set_rule(act=world.act("clerk"), owner=duk, key=key, value=value, start=start)
    with pytest.raises(NotAllowed):
        set_rule(act=world.act("inspector"), owner=duk, key="probation_months", value="6", start=start)
    set_rule(act=world.act("clerk"), owner=duk, key="probation_months", value="6", start=start)
    with pytest.raises(Conflict, match="đã được Nguyễn Thị Lan đặt từ ngày 01/01/2023"):
        set_rule(act=world.act("organizer"), owner=duk, key="probation_months", value="7", start=start)
    with pytest.raises(Conflict):
        set_rule(act=world.act("clerk"), owner=duk, key="probation_months", value="7", start=date(2022, 12, 1))


def test_a_slip_is_mended_by_the_same_person_on_the_same_day(world: World) -> None:
    duk, start, key = world.units["DUK"], date(2023, 1, 1), "probation_months"
    set_rule(act=world.act("clerk"), owner=duk, key=key, value="10", start=start)
    set_rule(act=world.act("clerk"), owner=duk, key=key, value="12", start=start, source="Hướng dẫn số 1")
    assert rule_for(key, duk, start).value == "12"
    assert RuleSetting.objects.count() == 1
    assert AuditRow.objects.filter(action="organizations.rule_set").latest("pk").detail["replaced"] == "10"
    RuleSetting.objects.update(set_at=NOW - timedelta(days=1))
    with pytest.raises(Conflict):
        set_rule(act=world.act("clerk"), owner=duk, key=key, value="9", start=start)
