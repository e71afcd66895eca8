"""Cycles open by their rule with the first visit of the day: once, whoever comes, however many come at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.reporting.cycles.office import act_of, of, quarter_cycle, quarter_form
from tests.world import build_world

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.organizations.models import OPEN_END, UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, record_tree_event
from giaoban.apps.reporting.models import Cycle, OpeningRound, ReportForm, StepKind, Submission
from giaoban.apps.reporting.operations.cycles import open_in_time, opening
from giaoban.apps.reporting.operations.cycles.opening import Opened
from giaoban.core.errors import InvalidInput

if TYPE_CHECKING:
    from tests.world import World


def _form_of_before(world: World) -> ReportForm:
    """The quarterly form, set long before its first period."""
    form = quarter_form(world)
    ReportForm.objects.update(set_at=act_of(world, "clerk", "2023-01-02 09:00").now)
    form.refresh_from_db()
    return form


def _visit(world: World, who: str, moment: str) -> Opened:
    return open_in_time(act=act_of(world, who, moment))


def test_whoever_comes_first_opens_what_the_rule_says(world: World) -> None:
    form = _form_of_before(world)
    assert _visit(world, "secretary", "2023-03-10 23:59").cycles == ()
    [cycle] = _visit(world, "secretary", "2023-03-11 00:01").cycles
    assert (cycle.period, cycle.title, cycle.opened_by) == ("2023-Q1", "Báo cáo quý I/2023", form.set_by)
    assert cycle.submissions.count() == 4
    row = AuditRow.objects.get(action="reporting.cycle_opened")
    assert row.actor == world.users["secretary"], "whose visit it was"
    assert row.detail["by_rule"] is True


def test_the_second_visit_of_a_day_asks_one_question(world: World) -> None:
    _form_of_before(world)
    _visit(world, "clerk", "2023-03-11 07:00")
    with CaptureQueriesContext(connection) as caught:
        assert _visit(world, "deputy", "2023-03-11 08:00") == Opened((), 0)
    assert len(caught) == 1
    assert _visit(world, "deputy", "2023-03-12 08:00").cycles == (), "nor is it opened again on another day"
    assert Cycle.objects.count() == 1


def test_what_was_missed_for_some_days_is_opened_until_it_is_due(world: World) -> None:
    _form_of_before(world)
    assert [one.period for one in _visit(world, "deputy", "2023-04-10 23:00").cycles] == ["2023-Q1"]


def test_nothing_opens_that_was_due_before_anybody_came(world: World) -> None:
    _form_of_before(world)
    assert _visit(world, "deputy", "2023-04-11 00:30").cycles == ()


def test_a_form_waits_for_the_day_after_it_was_set(world: World) -> None:
    quarter_form(world)
    ReportForm.objects.update(set_at=act_of(world, "clerk", "2023-03-20 09:00").now)
    assert _visit(world, "clerk", "2023-03-20 17:00").cycles == (), "it can still be looked through"
    assert len(_visit(world, "clerk", "2023-03-21 07:00").cycles) == 1


def _another(form: ReportForm, code: str) -> ReportForm:
    return ReportForm.objects.create(
        owner=form.owner, code=code, title="Báo cáo quý của chi bộ", rhythm="quarter", kinds=["cell"], body=form.body,
        open_days=20, due_days=10, valid_from=form.valid_from, valid_to=OPEN_END, set_by=form.set_by,
        set_at=form.set_at,
    )  # fmt: skip


def test_one_form_that_cannot_be_opened_keeps_no_other_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _another(_form_of_before(world), "broken")
    create = opening.create_cycle

    def create_or_refuse(act: Act, form: ReportForm, *more: Any, **named: Any) -> Cycle:
        if form.code == "broken":
            raise InvalidInput("Không có đơn vị nào phải nộp")
        return create(act, form, *more, **named)

    monkeypatch.setattr(opening, "create_cycle", create_or_refuse)
    assert [one.form.code for one in _visit(world, "clerk", "2023-03-28 07:00").cycles] == ["quarter"]
    told = AuditRow.objects.get(action="reporting.cycle_not_opened").detail
    assert told == {"form": "broken", "period": "2023-Q1", "error": "Không có đơn vị nào phải nộp"}


def test_the_questions_do_not_grow_with_the_forms(world: World) -> None:
    form = _form_of_before(world)

    def asked(day: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            _visit(world, "clerk", day)
        return len(caught)

    few = asked("2023-02-01 08:00")
    for number in range(5):
        _another(form, f"more-{number}")
    assert asked("2023-02-02 08:00") == few


def test_a_unit_that_begins_on_this_day_gets_its_report(world: World) -> None:
    cycle = quarter_cycle(world)
    act = replace(world.act("clerk"), now=act_of(world, "clerk", "2023-03-20 09:00").now)
    draft = TreeDraft(
        UnitEvent.ESTABLISHED, cycle.opens_at.date().replace(day=25), "DUK.01.09", parent="DUK.01",
        name="Chi bộ Dự án", unit_kind="cell",
    )  # fmt: skip
    record_tree_event(act=act, draft=draft)
    assert not Submission.objects.filter(unit__code="DUK.01.09").exists()
    assert _visit(world, "deputy", "2023-03-25 07:30").followed == 1
    assert of(cycle, "DUK.01.09").steps.get().kind == StepKind.OPENED


@pytest.mark.django_db(transaction=True)
def test_many_who_come_at_once_open_it_once() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite's writers are one after another")
    world = build_world()
    _form_of_before(world)
    people = ("clerk", "organizer", "inspector", "deputy", "secretary", "outsider")
    start, broken, opened = threading.Barrier(len(people)), [], []

    def visit(who: str) -> None:
        start.wait(timeout=60)
        try:
            opened.extend(_visit(world, who, "2023-03-11 07:00").cycles)
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=visit, args=(who,)) for who in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    assert broken == []
    assert len(opened) == Cycle.objects.count() == OpeningRound.objects.count() == 1
    assert Submission.objects.count() == 4
