"""The clocks of the registers of members and candidates, as duties."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.members.candidate_steps import DAYS, E, candidate, step, steps_to

from giaoban.apps.members.models import CandidateEntry, MemberEntry, MemberEvent
from giaoban.apps.members.obligations import CANDIDATE_RULES, candidate_subject, member_subject
from giaoban.apps.members.operations import (
    EntryDraft,
    receive_member,
    recognise_after_probation,
    record_candidate_step,
    record_member_entries,
    review_probation,
    void_candidate_entry,
    withdraw_letter,
)
from giaoban.apps.obligations.duties import Duty, DutyStatus, count_by_status
from giaoban.apps.obligations.models import DayKind
from giaoban.apps.obligations.operations import excuse_duty, set_calendar_day
from giaoban.apps.obligations.queries.duties import duties, find_duty
from giaoban.apps.organizations.operations import Decision
from giaoban.core.errors import InvalidInput

if TYPE_CHECKING:
    from tests.world import World

TODAY = date(2023, 4, 5)
LONG_AGO = date(2022, 1, 1)


def _duties(world: World, who: str = "clerk", unit: str = "DUK", **more: object) -> dict[tuple[str, str], Duty]:
    found = duties(world.users[who], world.units[unit], today=TODAY, **more)  # type: ignore[arg-type]
    return {(duty.rule.code, duty.case.name): duty for duty in found}


def test_a_letter_runs_two_clocks_until_it_is_answered(world: World) -> None:
    found = _duties(world)
    nga = world.members["nga"]
    assert set(found) == {("transfer-hand-in", nga.full_name), ("transfer-done", nga.full_name)}
    hand_in, done = (found[rule, nga.full_name] for rule in ("transfer-hand-in", "transfer-done"))
    assert (hand_in.case.opened, hand_in.due, hand_in.status) == (
        date(2023, 3, 28),
        date(2023, 5, 12),
        DutyStatus.NOT_DUE,
    )
    assert done.due == date(2023, 6, 23)
    assert hand_in.case.unit == world.units["DUK.02"].pk, "the receiving cell answers for it"
    letter = MemberEntry.objects.get(member=nga, kind=MemberEvent.TRANSFER_SENT)
    assert hand_in.case.ref == str(letter.uid)
    receive_member(act=world.act("clerk"), sent=letter, day=date(2023, 4, 4))
    assert _duties(world) == {}
    told = _duties(world, since=date(2023, 3, 1))
    assert told["transfer-done", nga.full_name].status == DutyStatus.ON_TIME
    assert told["transfer-done", nga.full_name].case.evidence == "Tiếp nhận ngày 04/04/2023"


def test_a_letter_that_was_withdrawn_owes_nothing(world: World) -> None:
    letter = MemberEntry.objects.get(member=world.members["nga"], kind=MemberEvent.TRANSFER_SENT)
    withdraw_letter(act=world.act("clerk"), sent=letter, day=date(2023, 4, 4))
    assert not [key for key in _duties(world, since=date(2023, 3, 1)) if key[1] == world.members["nga"].full_name]


def test_a_decision_within_sixty_working_days_over_tet(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.CELL_RESOLVED)
    duty = _duties(world, subject=candidate_subject(one.uid))["admission-decision", one.full_name]
    # From 15/11/2022: 12 days in November, 22 in December, then New Year's 02/01 and Tet from 20/01 to 26/01 off.
    assert (duty.case.opened, duty.due) == (date(2022, 11, 15), date(2023, 2, 15))
    assert duty.status == DutyStatus.MISSING
    set_calendar_day(
        act=world.act("clerk"), owner=world.units["DUK"], day=date(2023, 1, 27), kind=DayKind.OFF, note="Nghỉ thêm"
    )
    again = find_duty(world.users["clerk"], world.units["DUK"], "admission-decision", duty.case.subject, today=TODAY)
    assert again.due == date(2023, 2, 16), "one day more of Tet in this office"
    record_candidate_step(act=world.act("clerk"), draft=step(one, E.DECIDED, date(2023, 2, 16)))
    done = _duties(world, since=LONG_AGO, only=CANDIDATE_RULES)["admission-decision", one.full_name]
    assert (done.status, done.case.evidence) == (DutyStatus.ON_TIME, "Quyết định 21-QĐ/DUK ngày 16/02/2023")


def test_a_ceremony_within_thirty_working_days_of_the_receipt(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.DECIDED)
    waiting = _duties(world, subject=candidate_subject(one.uid))
    assert list(waiting) == [("admission-ceremony", one.full_name)]
    assert waiting["admission-ceremony", one.full_name].case.opened == DAYS[E.DECIDED], "no receipt is recorded"
    record_candidate_step(act=world.act("clerk"), draft=step(one, E.DECISION_RECEIVED))
    duty = _duties(world, subject=candidate_subject(one.uid))["admission-ceremony", one.full_name]
    assert (duty.case.opened, duty.due, duty.status) == (
        DAYS[E.DECISION_RECEIVED],
        date(2023, 3, 20),
        DutyStatus.MISSING,
    )
    record_candidate_step(act=world.act("clerk"), draft=step(one, E.CEREMONY, date(2023, 3, 21)))
    done = _duties(world, since=LONG_AGO)["admission-ceremony", one.full_name]
    assert done.status == DutyStatus.LATE
    counts = count_by_status(_duties(world, since=LONG_AGO, only=CANDIDATE_RULES).values())
    assert counts == {
        "admission-decision": {DutyStatus.ON_TIME: 1},
        "admission-ceremony": {DutyStatus.LATE: 1},
    }


def test_who_is_no_longer_considered_owes_nothing(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.CELL_RESOLVED)
    stopped = record_candidate_step(act=world.act("clerk"), draft=step(one, E.STOPPED, date(2023, 1, 5)))
    assert _duties(world, only=CANDIDATE_RULES) == {}
    assert _duties(world, since=LONG_AGO, only=CANDIDATE_RULES) == {}
    void_candidate_entry(act=world.act("clerk"), entry=CandidateEntry.objects.get(pk=stopped.pk))
    assert len(_duties(world, only=CANDIDATE_RULES)) == 1


def _on_probation(world: World, ceremony: date) -> str:
    """Let chi, whom the old roll took over, be on probation still, with this ceremony."""
    chi = world.members["chi"]
    recognised = MemberEntry.objects.get(member=chi, kind=MemberEvent.RECOGNISED)
    card = MemberEntry.objects.get(member=chi, kind=MemberEvent.CARD_ISSUED)
    drafts = [
        EntryDraft(chi, MemberEvent(one.kind), one.effective_date, chi.unit, corrects=one.uid, void=True)
        for one in (card, recognised)
    ]
    record_member_entries(
        act=world.act("clerk"), drafts=[*drafts, EntryDraft(chi, MemberEvent.CEREMONY, ceremony, chi.unit)]
    )
    world.refresh("chi")
    return member_subject(chi.uid)


def test_a_review_within_thirty_working_days_of_probation(world: World) -> None:
    subject = _on_probation(world, date(2022, 2, 10))
    chi, act = world.members["chi"], world.act("secretary")
    duty = _duties(world)["recognition-review", chi.full_name]
    assert (duty.case.opened, duty.due, duty.status) == (date(2023, 2, 10), date(2023, 3, 24), DutyStatus.MISSING)
    assert "recognition-review" not in {rule for rule, name in _duties(world, ahead=0) if name != chi.full_name}
    with pytest.raises(InvalidInput, match="còn trong thời gian dự bị"):
        review_probation(act=act, member=chi, day=date(2023, 2, 9), fit=True)
    review_probation(act=act, member=chi, day=date(2023, 4, 3), fit=True, decision=Decision("8-NQ/CB", None))
    found = find_duty(world.users["clerk"], world.units["DUK"], "recognition-review", subject, today=TODAY)
    assert (found.status, found.case.evidence) == (DutyStatus.LATE, "Xét 8-NQ/CB ngày 03/04/2023")


def test_late_or_not_the_twelfth_month_counts(world: World) -> None:
    subject = _on_probation(world, date(2022, 2, 10))
    chi, act = world.members["chi"], world.act("clerk")
    entry = recognise_after_probation(act=act, member=chi, decision=Decision("9-QĐ/DUK", date(2023, 4, 4)))
    assert (entry.effective_date, entry.decision_date) == (date(2023, 2, 10), date(2023, 4, 4))
    assert world.refresh("chi").recognised_on == date(2023, 2, 10)
    found = find_duty(world.users["clerk"], world.units["DUK"], "recognition-review", subject, today=TODAY)
    assert (found.case.done, found.status) == (date(2023, 4, 4), DutyStatus.LATE), "the paper tells when it was done"


def test_nobody_is_recognised_early_or_against_the_cell(world: World) -> None:
    act, an = world.act("clerk"), world.members["an"]
    with pytest.raises(InvalidInput, match="đến 10/01/2024 mới hết"):
        recognise_after_probation(act=act, member=an, decision=Decision())
    with pytest.raises(InvalidInput, match="không phải đảng viên dự bị"):
        recognise_after_probation(act=act, member=world.members["dao"], decision=Decision())
    with pytest.raises(InvalidInput, match="không phải đảng viên dự bị"):
        review_probation(act=act, member=world.members["dao"], day=TODAY, fit=True)
    _on_probation(world, date(2022, 2, 10))
    chi = world.members["chi"]
    review_probation(act=act, member=chi, day=date(2023, 3, 1), fit=False)
    with pytest.raises(InvalidInput, match="không đề nghị công nhận"):
        recognise_after_probation(act=act, member=chi, decision=Decision())
    review_probation(act=act, member=chi, day=date(2023, 4, 1), fit=True)
    recognise_after_probation(act=act, member=chi, decision=Decision())
    assert world.refresh("chi").state == "official"


def test_an_excuse_takes_a_clock_from_the_list(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.CELL_RESOLVED)
    duty = _duties(world, only=CANDIDATE_RULES)["admission-decision", one.full_name]
    excuse_duty(act=world.act("organizer"), duty=duty, reason="Chờ kết luận thẩm tra bổ sung")
    assert _duties(world, only=CANDIDATE_RULES) == {}


def test_the_secretary_sees_their_own_cells(world: World) -> None:
    here, there = candidate(world), candidate(world, "DUK.01.02", name="Trần Văn Mạnh")
    steps_to(world, here, E.CELL_RESOLVED)
    steps_to(world, there, E.CELL_RESOLVED)
    assert {name for _, name in _duties(world, "secretary", "DUK.01.01")} == {here.full_name}
    assert {name for _, name in _duties(world, "clerk", only=CANDIDATE_RULES)} == {here.full_name, there.full_name}
    assert _duties(world, "outsider") == {}


def test_more_duties_ask_no_more_questions(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            _duties(world, since=LONG_AGO)
        return len(queries)

    first = candidate(world)
    steps_to(world, first, E.CEREMONY)
    before = asked()
    for number in range(8):
        one = candidate(world, name=f"Nguyễn Văn {'ABCDEGHI'[number]}")
        steps_to(world, one, E.CEREMONY if number % 2 else E.CELL_RESOLVED)
    assert asked() == before
    assert before <= 14
