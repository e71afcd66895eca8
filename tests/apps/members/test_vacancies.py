"""Vacancies: offices without a holder, seats below the decided size, and since when."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import START, TODAY, World

from giaoban.apps.members.models import OfficeEvent
from giaoban.apps.members.operations import OfficeDraft, record_office_events
from giaoban.apps.members.queries.vacancies import (
    Vacancy,
    units_short_of_people,
    vacancies,
    vacancies_below,
    vacancies_of,
)
from giaoban.apps.organizations.kinds import Office, kinds
from giaoban.apps.organizations.models import OPEN_END, RegisterUse, TermEvent
from giaoban.apps.organizations.operations import TermDraft, record_term_entry
from giaoban.apps.organizations.terms import Sizes, Term

DAY, BEGIN = date(2023, 4, 1), date(2022, 1, 1)
A, B, C, D = date(2022, 3, 1), date(2022, 6, 1), date(2022, 9, 1), date(2022, 12, 1)
CELL, BASE = kinds()["cell"], kinds()["grassroots_committee"]


def term(committee: int | None, inspection: int | None = None) -> Term:
    return Term(1, TermEvent.CONGRESS, "2022 - 2027", BEGIN, None, Sizes(committee, None, inspection))


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([(1, "secretary", BEGIN, OPEN_END)], ()),
        ([], (Vacancy("secretary", "Bí thư", 1, BEGIN, False),)),
        ([(1, "secretary", BEGIN, B)], (Vacancy("secretary", "Bí thư", 1, B, True),)),
        ([(1, "secretary", BEGIN, A), (2, "secretary", B, C)], (Vacancy("secretary", "Bí thư", 1, C, True),)),
        ([(1, "deputy_secretary", BEGIN, OPEN_END)], (Vacancy("secretary", "Bí thư", 1, BEGIN, False),)),
    ],
)
def test_required_offices(held: list[tuple[int, str, date, date]], expected: tuple[Vacancy, ...]) -> None:
    assert vacancies_of(CELL, BEGIN, held, None, DAY) == expected


def test_an_office_is_asked_for_since_the_kind_requires_it() -> None:
    held = [(1, "secretary", date(2020, 1, 1), OPEN_END), (2, "inspection_chair", date(2020, 1, 1), date(2020, 5, 1))]
    assert vacancies_of(BASE, BEGIN, held, None, DAY) == (
        Vacancy("inspection_chair", "Chủ nhiệm Ủy ban Kiểm tra", 1, BEGIN, False),
    ), "it was a cell before, whatever was recorded then"


@pytest.mark.parametrize(
    ("others", "missing", "since", "held_before", "why"),
    [
        ([(2, "committee_member", BEGIN, OPEN_END), (3, "committee_member", BEGIN, OPEN_END)], 0, BEGIN, True, "full"),
        ([(2, "committee_member", BEGIN, OPEN_END), (3, "committee_member", BEGIN, B)], 1, B, True, "one left in June"),
        ([(2, "committee_member", BEGIN, A), (3, "committee_member", BEGIN, B)], 2, A, True, "first in March"),
        ([(2, "committee_member", BEGIN, OPEN_END)], 1, BEGIN, False, "never full"),
        (
            [(2, "committee_member", BEGIN, OPEN_END), (3, "committee_member", BEGIN, A),
             (4, "committee_member", B, C)],
            1, C, True, "filled again in between",
        ),
        ([(1, "committee_member", BEGIN, OPEN_END), (2, "committee_member", BEGIN, OPEN_END)], 1, BEGIN, False,
         "the secretary is not counted twice"),
    ],
)  # fmt: skip
def test_seats_below_the_decided_size(
    others: list[tuple[int, str, date, date]], missing: int, since: date, held_before: bool, why: str
) -> None:
    held = [(1, "secretary", BEGIN, OPEN_END), *others]
    found = vacancies_of(CELL, BEGIN, held, term(3), DAY)
    expected = (Vacancy("committee", "cấp ủy viên", missing, since, held_before),) if missing else ()
    assert found == expected, why


def test_a_subtree(world: World) -> None:
    clerk = world.act("clerk")
    unit = world.units["DUK.01"]
    record_term_entry(
        act=clerk, draft=TermDraft(unit, TermEvent.OPENING, START, "2020 - 2025", sizes=Sizes(3, None, 3))
    )
    ended = OfficeDraft(
        world.members["quy"], world.units["DUK.02"], Office.SECRETARY, OfficeEvent.ENDED, date(2023, 3, 1)
    )
    record_office_events(act=clerk, drafts=[ended])
    codes = {one.pk: code for code, one in world.units.items()}
    found = {codes[pk]: told for pk, told in vacancies(codes, TODAY).items() if codes[pk].startswith("DUK")}
    assert {code: [(one.office, one.missing, one.since) for one in told] for code, told in found.items()} == {
        "DUK": [("secretary", 1, START), ("inspection_chair", 1, START)],
        "DUK.01": [("inspection_chair", 1, START), ("committee", 2, START), ("inspection", 3, START)],
        "DUK.02": [("secretary", 1, date(2023, 3, 1))],
    }
    earlier = vacancies([world.units["DUK.02"].pk], date(2023, 2, 28))
    assert earlier == {}, "as it was on that day"
    RegisterUse.objects.filter(register="committees").update(in_use_from=date(2024, 1, 1))
    assert vacancies(codes, TODAY) == {}, "nobody can say"


def test_many_units_do_not_ask_more(world: World) -> None:
    def cost(codes: list[str]) -> int:
        with CaptureQueriesContext(connection) as queries:
            vacancies([world.units[code].pk for code in codes], TODAY)
        return len(queries)

    assert cost(["DUK.01"]) == cost(list(world.units))


def test_below_a_unit_they_are_the_same_whoever_opened_the_register(world: World) -> None:
    top = world.units["DUK"]

    def below() -> dict[int, tuple[Vacancy, ...]]:
        return vacancies_below(top, units_short_of_people(top, TODAY), TODAY)

    def each() -> dict[int, tuple[Vacancy, ...]]:
        return vacancies([one.pk for code, one in world.units.items() if code.startswith("DUK")], TODAY)

    assert below() == each() != {}
    own = RegisterUse.objects.create(unit=world.units["DUK.01"], register="committees", in_use_from=date(2024, 1, 1))
    assert below() == each(), "one below opened it for themselves, and later"
    assert own.unit_id not in below()
    RegisterUse.objects.filter(register="committees").delete()
    assert below() == each() == {}
