"""Acts as people tell them: one sentence with its decision, seen from the tree and from a unit; who succeeds whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.organizations.acting import DAY, do
from tests.world import World

from giaoban.apps.organizations.models import Unit
from giaoban.apps.organizations.operations import ActDone, ActKind, NewUnit, take_back
from giaoban.apps.organizations.operations.acts import END
from giaoban.apps.organizations.queries.history import unit_history
from giaoban.apps.organizations.queries.successions import successions
from giaoban.apps.organizations.queries.telling import act_story, acts_between, paper_words

TODAY = date(2023, 4, 5)
NEW = NewUnit("+1", "Chi bộ Mới", "cell")

SENTENCES: list[tuple[str, Callable[[World], ActDone], str]] = [
    (
        "establish",
        lambda world: do(world, ActKind.ESTABLISH, new=(NewUnit("+1", "Chi bộ Tin học", "cell", "DUK.01"),)),
        "Thành lập Chi bộ Tin học, trực thuộc Đảng bộ cơ quan Sở Thử nghiệm",
    ),
    (
        "rename",
        lambda world: do(world, ActKind.RENAME, units=("DUK.02",), name="Chi bộ Quỹ Phát triển"),
        "Đổi tên Chi bộ Quỹ Thử nghiệm thành Chi bộ Quỹ Phát triển",
    ),
    (
        "move",
        lambda world: do(world, ActKind.MOVE, units=("DUK.01.02",), parent="DUK"),
        "Chuyển Chi bộ Thanh tra từ Đảng bộ cơ quan Sở Thử nghiệm sang trực thuộc Đảng bộ Khối các cơ quan tỉnh An "
        "Lạc; chuyển loại hình Chi bộ Thanh tra thành chi bộ cơ sở",
    ),
    (
        "split off",
        lambda world: do(world, ActKind.SPLIT, units=("DUK.01.01",), new=(NEW,)),
        "Tách Chi bộ Mới từ Chi bộ Văn phòng",
    ),
    (
        "split",
        lambda world: do(
            world,
            ActKind.SPLIT,
            units=("DUK.01.01",),
            goes_on=False,
            new=(NEW, NewUnit("+2", "Chi bộ Khác", "cell")),
            members_to={"DUK.01.01": "+1"},
        ),
        "Chia tách Chi bộ Văn phòng thành 02 tổ chức (Chi bộ Mới, Chi bộ Khác)",
    ),
    (
        "merge",
        lambda world: do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01"),
        "Sáp nhập Chi bộ Thanh tra vào Chi bộ Văn phòng",
    ),
    (
        "consolidate",
        lambda world: do(world, ActKind.CONSOLIDATE, units=("DUK.01.01", "DUK.01.02"), new=(NEW,)),
        "Hợp nhất 02 tổ chức (Chi bộ Văn phòng, Chi bộ Thanh tra) thành Chi bộ Mới",
    ),
    (
        "hand over",
        lambda world: do(world, ActKind.HAND_OVER, units=("DUK.01",), outside="Đảng bộ tỉnh Vân Sơn"),
        "Chuyển giao Đảng bộ cơ quan Sở Thử nghiệm cùng 02 tổ chức trực thuộc đến Đảng bộ tỉnh Vân Sơn",
    ),
    (
        "receive",
        lambda world: do(
            world,
            ActKind.RECEIVE,
            outside="Đảng bộ Khối Doanh nghiệp",
            new=tuple(NewUnit(f"+{n}", f"Chi bộ {n}", "grassroots_cell", "DUK") for n in range(1, 21)),
        ),
        "Tiếp nhận 20 tổ chức (Chi bộ 1, Chi bộ 2, Chi bộ 3 và 17 tổ chức khác) từ Đảng bộ Khối Doanh nghiệp",
    ),
    (
        "dissolve",
        lambda world: do(
            world,
            ActKind.DISSOLVE,
            units=("DUK.01",),
            children={"DUK.01.01": END, "DUK.01.02": END},
            members_to={"DUK.01.01": "DUK.02", "DUK.01.02": "DUK.02"},
        ),
        "Giải thể Đảng bộ cơ quan Sở Thử nghiệm cùng 02 tổ chức trực thuộc",
    ),
    (
        "change of kind",
        lambda world: do(world, ActKind.CHANGE_KIND, units=("DUK.01",), unit_kind="grassroots_cell"),
        "Sáp nhập 02 tổ chức (Chi bộ Văn phòng, Chi bộ Thanh tra) vào Đảng bộ cơ quan Sở Thử nghiệm; chuyển loại hình "
        "Đảng bộ cơ quan Sở Thử nghiệm thành chi bộ cơ sở",
    ),
]


@pytest.mark.parametrize(("name", "play", "said"), SENTENCES, ids=[name for name, *_rest in SENTENCES])
def test_an_act_is_one_sentence_with_its_decision(
    name: str, play: Callable[[World], ActDone], said: str, world: World
) -> None:
    done = play(world)
    [story] = acts_between(world.units["DUK"], after=date(2023, 3, 31), until=DAY)
    assert story.event == done.event
    assert story.sentence == f"{said}, theo Quyết định số 15-QĐ/ĐUK ngày 30/03/2023 của Đảng ủy Khối"
    everywhere = Unit.objects.all()
    assert act_story(done.event, scope=everywhere) == story
    assert act_story(done.event, scope=Unit.objects.filter(code="XA")) is None
    take_back(act=world.act("clerk"), event=done.event)
    assert acts_between(world.units["DUK"], after=date(2023, 3, 31), until=DAY) == ()
    assert act_story(done.event, scope=everywhere) is None


def test_what_happened_elsewhere_or_at_another_time_is_not_told(world: World) -> None:
    do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    units = world.units
    assert acts_between(units["XA"], after=date(2022, 1, 1), until=TODAY) == ()
    assert acts_between(units["DUK"], after=DAY, until=TODAY) == (), "after means after"
    assert acts_between(units["DUK"], after=date(2022, 1, 1), until=date(2023, 4, 2)) == (), "openings are no acts"
    assert len(acts_between(units["DUK.01.02"], after=date(2022, 1, 1), until=TODAY)) == 1, "also of what ended"


@pytest.mark.parametrize(
    ("number", "day", "issuer", "said"),
    [
        ("12-QĐ/ĐUK", DAY, "Đảng ủy Khối", "Quyết định số 12-QĐ/ĐUK ngày 03/04/2023 của Đảng ủy Khối"),
        ("05-NQ/TU", None, "", "Nghị quyết số 05-NQ/TU"),
        ("178/CV", None, "Tỉnh ủy", "văn bản số 178/CV của Tỉnh ủy"),
        ("", DAY, "", "văn bản ngày 03/04/2023"),
        ("", None, "", ""),
    ],
)
def test_a_decision_is_called_by_its_kind(number: str, day: date | None, issuer: str, said: str) -> None:
    assert paper_words(number, day, issuer) == said


def test_a_units_history_tells_it_from_its_own_side(world: World) -> None:
    done = do(world, ActKind.CONSOLIDATE, units=("DUK.01.01", "DUK.01.02"), new=(NEW,))
    new = Unit.objects.get(code="DUK.01.03")
    told = {story.sentence for story in unit_history(new, today=TODAY)}
    assert told == {
        "Thành lập «Chi bộ Mới» do hợp nhất",
        "Thành lập trên cơ sở hợp nhất 02 tổ chức: Chi bộ Thanh tra, Chi bộ Văn phòng",
    }
    assert "Hợp nhất thành Chi bộ Mới" in {one.sentence for one in unit_history(world.units["DUK.01.01"], today=TODAY)}
    take_back(act=world.act("clerk"), event=done.event)
    do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    [merged, *_] = unit_history(world.units["DUK.01.02"], today=TODAY)
    assert merged.sentence == "Sáp nhập vào Chi bộ Văn phòng"
    [taken_in, *_] = unit_history(world.units["DUK.01.01"], today=TODAY)
    assert (taken_in.sentence, taken_in.event) == ("Nhận sáp nhập Chi bộ Thanh tra", merged.event)


def test_successions_lead_both_ways_through_chains(world: World) -> None:
    do(world, ActKind.MERGE, units=("DUK.01.02",), goal="DUK.01.01")
    do(world, ActKind.SPLIT, units=("DUK.01.01",), new=(NEW,), day=date(2023, 4, 4))
    two = do(
        world,
        ActKind.CONSOLIDATE,
        units=("DUK.01.01", "DUK.01.03"),
        new=(NewUnit("+1", "Chi bộ Sau cùng", "cell"),),
        day=TODAY,
    )
    last = two.draft.new[0].code
    after = successions(world.units["DUK.01.02"], day=TODAY).after
    assert [(one.unit.code, one.steps, one.kind_label) for one in after] == [
        ("DUK.01.01", 1, "sáp nhập"),
        ("DUK.01.03", 2, "chia tách"),
        (last, 2, "hợp nhất"),
        (last, 3, "hợp nhất"),
    ]
    before = successions(Unit.objects.get(code=last), day=TODAY).before
    assert {(one.unit.code, one.steps) for one in before} == {
        ("DUK.01.01", 1),
        ("DUK.01.03", 1),
        ("DUK.01.02", 2),
        ("DUK.01.01", 2),
    }
    early = successions(world.units["DUK.01.02"], day=DAY)
    assert [one.unit.code for one in early.after] == ["DUK.01.01"], "only what had happened by the day"
    assert early.before == ()


def test_more_acts_cost_no_more_questions(world: World) -> None:
    counts = []
    for number in (1, 2, 3):
        for _ in range(number):
            do(world, ActKind.ESTABLISH, new=(NewUnit("+1", "Chi bộ Tin học", "cell", "DUK.01"),))
        with CaptureQueriesContext(connection) as queries:
            acts_between(world.units["DUK"], after=date(2022, 1, 1), until=TODAY)
            successions(world.units["DUK.01"], day=TODAY)
        counts.append(len(queries))
    assert len(set(counts)) == 1
