"""An ad-hoc request: sent in one go, answered by tonight, added up by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.apps.reporting.cycles.office import act_of, at, of

from giaoban.apps.reporting.models import Cycle, SubmissionState
from giaoban.apps.reporting.operations.cycles import Question, ask_once, save_field, submit
from giaoban.apps.reporting.queries.cycles.answers import answers
from giaoban.apps.reporting.queries.cycles.form_page import form_page
from giaoban.core.errors import InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World

TONIGHT = at("2023-04-05 20:00")
QUESTIONS = [
    Question("Số người dự lễ phát động", noun="người"),
    Question("Đơn vị có tổ chức riêng không", "choice", options=("Có", "Không")),
    Question("Khó khăn, kiến nghị", "text", required=False),
]


def _ask(world: World) -> Cycle:
    units = [world.units[code] for code in ("DUK.01.01", "DUK.01.02", "DUK.02")]
    return ask_once(
        act=act_of(world, "clerk"), owner=world.units["DUK"], units=units, questions=QUESTIONS, due_at=TONIGHT
    )


def _answer(world: World, cycle: Cycle, code: str, **values: str) -> None:
    for field, value in values.items():
        save_field(act=act_of(world, "clerk"), submission=of(cycle, code), field=field, value=value, seen=0)
    submit(act=act_of(world, "clerk", "2023-04-05 15:00"), submission=of(cycle, code))


def test_answers_add_themselves_up(world: World) -> None:
    cycle = _ask(world)
    assert cycle.title == "Số người dự lễ phát động"
    nothing = answers(cycle)
    assert nothing.questions[0].total is None
    assert [card.code for card in nothing.silent] == ["DUK.01.01", "DUK.01.02", "DUK.02"]
    _answer(world, cycle, "DUK.01.01", q1="25", q2="Có")
    _answer(world, cycle, "DUK.02", q1="1.010", q2="Không", q3="Hội trường nhỏ")
    found = answers(cycle)
    assert (found.questions[0].total, found.questions[0].noun) == (1035, "người")
    assert found.questions[1].counts == {"Có": 1, "Không": 1}
    assert found.questions[2].by_unit == {"DUK.01.01": "", "DUK.02": "Hội trường nhỏ"}
    assert [card.code for card in found.silent] == ["DUK.01.02"]
    row = of(cycle, "DUK.02")
    assert (row.state, row.receiver.code) == (SubmissionState.ACCEPTED, "DUK")
    assert row.steps.get(kind="accepted").detail == {"automatic": True}


def test_two_questions_of_one_second_stay_apart(world: World) -> None:
    first, second = _ask(world), _ask(world)
    _answer(world, first, "DUK.02", q1="5", q2="Có")
    assert answers(first).questions[0].total == 5
    assert answers(second).questions[0].total is None


def test_an_answer_in_words_that_is_none_of_the_options(world: World) -> None:
    cycle = _ask(world)
    with pytest.raises(InvalidInput, match="Có, Không"):
        save_field(act=act_of(world, "clerk"), submission=of(cycle, "DUK.02"), field="q2", value="Chưa", seen=0)


def test_it_is_a_short_form(world: World) -> None:
    page = form_page(of(_ask(world), "DUK.02"), now=TONIGHT)
    assert (page.asked, page.filled) == (3, 0)
    assert {one.field for one in page.findings} == {"q1", "q2"}


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"units": []}, InvalidInput, "Chưa chọn đơn vị"),
        ({"questions": []}, InvalidInput, "từ 1 đến 10"),
        ({"questions": [Question(" ")]}, InvalidInput, "Câu hỏi còn trống"),
        ({"questions": [Question("Có không", "yes")]}, InvalidInput, "kiểu trả lời"),
        ({"questions": [Question("Có không", "choice", options=("Có",))]}, InvalidInput, "hai phương án"),
        ({"due_at": at("2023-04-05 08:00")}, InvalidInput, "đã qua"),
    ],
)
def test_what_cannot_be_asked(world: World, changes: dict[str, object], error: type[Exception], words: str) -> None:
    wanted = {"units": [world.units["DUK.02"]], "questions": QUESTIONS, "due_at": TONIGHT} | changes
    with pytest.raises(error, match=words):
        ask_once(act=act_of(world, "clerk"), owner=world.units["DUK"], **wanted)  # type: ignore[arg-type]


def test_only_units_below_can_be_asked(world: World) -> None:
    with pytest.raises(NotFound, match=r"XA\.01"):
        ask_once(
            act=act_of(world, "clerk"),
            owner=world.units["DUK"],
            units=[world.units["XA.01"]],
            questions=QUESTIONS,
            due_at=TONIGHT,
        )


def test_who_may_not_manage_forms_cannot_ask(world: World) -> None:
    with pytest.raises(NotAllowed):
        ask_once(
            act=act_of(world, "deputy"),
            owner=world.units["DUK"],
            units=[world.units["DUK.02"]],
            questions=QUESTIONS,
            due_at=TONIGHT,
        )
