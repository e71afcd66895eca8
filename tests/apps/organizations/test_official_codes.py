"""Official codes: from a day on, one for a unit, never two units at once; from screens, sheets and acts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.organizations.acting import DAY, do
from tests.apps.organizations.test_sheets import TOP, load, told, unit
from tests.world import START, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import OfficialCode
from giaoban.apps.organizations.operations import (
    ActKind,
    CodeDraft,
    set_official_code,
    set_official_codes,
    take_back,
)
from giaoban.apps.organizations.queries.codes import code_history, official_codes
from giaoban.apps.organizations.queries.outline import search_units
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

LATER = date(2023, 3, 1)


def test_a_code_holds_until_the_next(world: World) -> None:
    fund = world.units["DUK.02"]
    set_official_code(act=world.act("clerk"), unit=fund, code=" 38.168.053 ", start=START)
    set_official_code(act=world.act("clerk"), unit=fund, code="38.170.001", start=LATER)
    assert official_codes([fund.pk], day=date(2023, 2, 28)) == {fund.pk: "38.168.053"}
    assert official_codes([fund.pk, world.units["DUK"].pk], day=LATER) == {fund.pk: "38.170.001"}
    assert [(one.code, one.first_day, one.last_day) for one in code_history(fund)] == [
        ("38.170.001", LATER, None),
        ("38.168.053", START, date(2023, 2, 28)),
    ]
    assert AuditRow.objects.filter(action="organizations.official_code_set", unit_code="DUK.02").count() == 2


def test_several_codes_of_one_call_follow_each_other(world: World) -> None:
    fund = world.units["DUK.02"]
    set_official_codes(act=world.act("clerk"), drafts=[CodeDraft(fund, "1", START), CodeDraft(fund, "2", LATER)])
    assert list(OfficialCode.objects.order_by("code").values_list("code", "valid_from", "valid_to")) == [
        ("1", START, LATER),
        ("2", LATER, date(9999, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("code", "start", "error", "said"),
    [
        ("", LATER, InvalidInput, "không hợp lệ"),
        ("ĐUK 1", LATER, InvalidInput, "không hợp lệ"),
        ("9" * 31, LATER, InvalidInput, "không hợp lệ"),
        ("38.1", date(2021, 1, 1), InvalidInput, "không hoạt động ngày 01/01/2021"),
        ("38.2", LATER, Conflict, "đang là mã của đơn vị khác"),
        ("38.1", START, Conflict, r"đã có mã 38\.9 từ ngày 01/02/2023"),
    ],
)
def test_what_cannot_be_is_refused(code: str, start: date, error: type[Exception], said: str, world: World) -> None:
    act, fund = world.act("clerk"), world.units["DUK.02"]
    set_official_code(act=act, unit=world.units["DUK.01"], code="38.2", start=START)
    set_official_code(act=act, unit=fund, code="38.9", start=date(2023, 2, 1))
    with pytest.raises(error, match=said):
        set_official_code(act=act, unit=fund, code=code, start=start)


def test_only_those_with_the_right_set_one(world: World) -> None:
    for who, refused in (("deputy", NotAllowed), ("outsider", NotFound)):
        with pytest.raises(refused):
            set_official_code(act=world.act(who), unit=world.units["DUK.02"], code="38.1", start=START)


def test_a_unit_is_found_by_any_code_that_it_ever_had(world: World) -> None:
    fund = world.units["DUK.02"]
    drafts = [CodeDraft(fund, "38.168.053", START), CodeDraft(fund, "38.170.001", LATER)]
    set_official_codes(act=world.act("clerk"), drafts=drafts)
    clerk, today = world.users["clerk"], world.act("clerk").today
    for text in ("38.168.053", "38.170.001", " 38.170.001 ", "DUK.02"):
        assert [card.code for card in search_units(clerk, text, day=today, today=today)] == ["DUK.02"]
    assert search_units(world.users["outsider"], "38.170.001", day=today, today=today) == ()


def test_a_code_ends_with_its_unit_and_comes_back_with_it(world: World) -> None:
    cell = world.units["DUK.01.02"]
    set_official_code(act=world.act("clerk"), unit=cell, code="38.1", start=START)
    done = do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    assert OfficialCode.objects.get().valid_to == DAY
    take_back(act=world.act("clerk"), event=done.event)
    assert OfficialCode.objects.get().valid_to.year == 9999
    done = do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    set_official_code(act=world.act("clerk"), unit=world.units["DUK.01.01"], code="38.1", start=DAY)
    with pytest.raises(Conflict, match=r"mã 38\.1 cấp cho đơn vị khác ngày 03/04/2023"):
        take_back(act=world.act("clerk"), event=done.event)


def _list(**more: Any) -> list[dict[str, Any]]:
    return [TOP | {"official_code": "38.1"}, unit("T.1", official_code="38.1.1"), unit("T.2", **more)]


def test_codes_come_with_a_sheet(world: World) -> None:
    moved = {"code": "T.2", "event": "Đổi tên", "day": date(2022, 4, 1), "name": "Hai", "official_code": "38.1.9"}
    assert load(world, *_list(official_code="38.1.2"), moved).written
    assert list(OfficialCode.objects.filter(unit__code="T.2").order_by("valid_from").values_list("code")) == [
        ("38.1.2",),
        ("38.1.9",),
    ]
    again = load(world, *_list(official_code="38.1.2"), moved)
    assert (again.new, again.same, again.errors) == (0, 4, ())


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ĐUK", "Mã «ĐUK» không hợp lệ"),
        ("38.1.1", "Mã «38.1.1» đã ghi cho «T.1» ở dòng 3"),
        ("38", "mã của đơn vị khác"),
    ],
)
def test_codes_that_cannot_be_are_told_by_row(code: str, said: str, world: World) -> None:
    set_official_code(act=world.act("clerk"), unit=world.units["DUK"], code="38", start=START)
    [(row, heading, message)] = told(load(world, *_list(official_code=code)))
    assert (row, heading) == (4, "Mã chính thức")
    assert said in message


def test_another_code_for_the_same_row_is_told(world: World) -> None:
    load(world, *_list(official_code="38.1.2"))
    [(_row, heading, message)] = told(load(world, *_list(official_code="38.1.3")))
    assert (heading, "38.1.2" in message) == ("Mã chính thức", True)
    later = {"code": "T.2", "event": "Đổi tên", "day": date(2021, 12, 31), "name": "Hai", "official_code": "5"}
    assert any("đã có mã 38.1.2 từ 01/01/2022" in message for _row, _heading, message in told(load(world, later)))


def test_many_codes_cost_no_more_questions(world: World) -> None:
    counts = []
    for number, codes in ((1, ("DUK.01",)), (2, ("DUK.02", "DUK.01.01", "DUK.01.02"))):
        drafts = [CodeDraft(world.units[code], f"38.{number}.{index}", START) for index, code in enumerate(codes)]
        with CaptureQueriesContext(connection) as queries:
            set_official_codes(act=world.act("clerk"), drafts=drafts)
        counts.append(len(queries))
    assert counts[0] == counts[1]
