"""A cited document leads to what rests on it in the registers, as far as the person may see it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as Number
from typing import TYPE_CHECKING

import pytest
from tests.apps.reporting.own_report.steps import issued
from tests.world import TODAY

from giaoban.apps.directives.operations import set_annual_target
from giaoban.apps.obligations.models import Rhythm
from giaoban.apps.obligations.operations import StandingDraft, set_standing_duty
from giaoban.apps.organizations.models import CommitteeEvent, UnitEvent
from giaoban.apps.organizations.operations import (
    CommitteeDraft,
    Decision,
    TreeDraft,
    record_committee_events,
    record_tree_events,
    set_rule,
)
from giaoban.apps.reporting.queries.known_papers import KnownPlace, PlaceKind, known_papers, same_symbol

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries
    from tests.world import World

pytestmark = pytest.mark.django_db
ALL = frozenset({"organizations_view", "figures_view", "meetings_view"})
DECIDED = Decision("12-QĐ/DUK", date(2023, 3, 1), "Đảng ủy Khối")


def known(
    world: World, *symbols: str, who: str = "clerk", unit: str = "DUK", rights: frozenset[str] = ALL
) -> dict[str, tuple[KnownPlace, ...]]:
    return known_papers(symbols, user=world.users[who], unit=world.units[unit], rights=rights, today=TODAY)


def test_one_symbol_written_twice() -> None:
    assert same_symbol("05 - NQ/ĐUK") == same_symbol("5-NQ/ĐUK") == "5-NQ/ĐUK"
    assert same_symbol("105-NQ/ĐUK") == "105-NQ/ĐUK"
    assert same_symbol("0-NQ/ĐUK") == "0-NQ/ĐUK"


def test_an_act_and_a_committee(world: World) -> None:
    renamed = TreeDraft(
        UnitEvent.RENAMED, date(2023, 3, 1), "DUK.02", name="Chi bộ Quỹ Bảo trợ Hoa Ban", decision=DECIDED
    )
    record_tree_events(act=world.act("clerk"), drafts=[renamed])
    strengthened = CommitteeDraft(
        world.units["DUK.01"], CommitteeEvent.CONSOLIDATED, date(2023, 3, 2), "bổ sung", decision=DECIDED
    )
    record_committee_events(act=world.act("organizer"), drafts=[strengthened])
    places = known(world, "12-QĐ/DUK")["12-QĐ/DUK"]
    assert [(place.kind, place.unit) for place in places] == [
        (PlaceKind.ACT, "DUK.02"),
        (PlaceKind.COMMITTEE, "DUK.01"),
    ]
    assert "Hoa Ban" in places[0].words
    assert known(world, "12-QĐ/DUK", who="outsider", unit="XA") == {}, "of another tree"
    assert known(world, "12-QĐ/DUK", who="secretary", unit="DUK.01.01") == {}, "of units beside it"


def test_a_decision_about_a_person_is_left_out(world: World) -> None:
    assert known(world, "1-QĐ/DUK", "3-QĐ/DUK") == {}


def test_a_duty_a_target_and_a_rule_name_their_source(world: World) -> None:
    act, unit = world.act("clerk"), world.units["DUK"]
    duty = StandingDraft(
        unit,
        "action-programme:05-NQ/DUK",
        "Chương trình hành động thực hiện Nghị quyết số 05-NQ/DUK",
        "CTHĐ NQ 05",
        "handed-in",
        Rhythm.ONCE,
        ("grassroots_cell",),
        date(2023, 3, 1),
        subject="05-NQ/DUK",
        due_on=date(2023, 4, 30),
    )
    set_standing_duty(act=act, draft=duty)
    set_annual_target(
        act=act,
        unit=unit,
        measure="members.admitted",
        year=2023,
        value=Number(10),
        source="Nghị quyết số 5-NQ/DUK, ngày 01/3/2023",
    )
    set_rule(act=act, owner=unit, key="admission_decision_days", value="45", start=date(2023, 3, 1), source="05-NQ/DUK")
    places = known(world, "05-NQ/DUK", "105-NQ/DUK")
    assert set(places) == {"05-NQ/DUK"}
    assert [(place.kind, place.key) for place in places["05-NQ/DUK"]] == [
        (PlaceKind.DUTY, "2023-M03"),
        (PlaceKind.RULE, ""),
        (PlaceKind.TARGET, "2023"),
    ]
    below = known(world, "05-NQ/DUK", who="secretary", unit="DUK.01.01")
    assert [place.kind for place in below["05-NQ/DUK"]] == [PlaceKind.DUTY, PlaceKind.RULE], "what binds the cell"
    assert known(world, "05-NQ/DUK", rights=frozenset()) == {}


def test_the_rules_of_the_party_are_known(world: World) -> None:
    [place] = known(world, "06-HD/TW")["06-HD/TW"]
    assert place.kind == PlaceKind.RULE
    assert "giấy chứng nhận lớp nhận thức về Đảng" in place.words


def test_an_issued_report(world: World) -> None:
    report = issued(world)
    [symbol] = [f"45-BC/{code}" for code in ("DUK", "ĐUK", "ĐU") if known(world, f"45-BC/{code}")]
    [place] = known(world, symbol)[symbol]
    assert place.kind == PlaceKind.REPORT
    assert place.key == str(report.uid)
    assert known(world, symbol.replace("BC", "CTr")) == {}


def test_more_symbols_ask_no_more(world: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(7):
        known(world, "12-QĐ/XX")
    with django_assert_num_queries(7):
        known(world, *(f"{number}-QĐ/XX" for number in range(1, 90)))
