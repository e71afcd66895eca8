"""The admission that follows from a candidate's thread: changed, undone, of somebody who is known already."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.apps.members.candidate_steps import BORN, DAYS, E, candidate, step, steps_to

from giaoban.apps.members.integrity import CHECKS
from giaoban.apps.members.integrity_candidates import CANDIDATE_CHECKS
from giaoban.apps.members.models import (
    Candidate,
    CandidateEntry,
    CandidateState,
    Member,
    MemberEntry,
    MemberEvent,
    MembershipSpell,
    MemberState,
    VettingEntry,
)
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    MemberDraft,
    Numbers,
    enrol_member,
    record_candidate_entries,
    record_member_entries,
    redate_candidate_entry,
    redate_entry,
    void_candidate_entry,
    void_entry,
)
from giaoban.apps.organizations.operations import Decision
from giaoban.core.errors import Conflict, InvalidInput

if TYPE_CHECKING:
    from tests.world import World


def _entry(one: Candidate, kind: E) -> CandidateEntry:
    found: CandidateEntry = (
        CandidateEntry.objects.live().select_related("candidate", "sponsor").get(candidate=one, kind=kind)
    )
    return found


def test_a_decision_taken_back_takes_the_membership_back(world: World) -> None:
    one, act = candidate(world), world.act("clerk")
    steps_to(world, one, E.CEREMONY, file_number="000777ALC")
    one.refresh_from_db()
    member = one.member
    assert member is not None
    ceremony = _entry(one, E.CEREMONY)
    void_candidate_entry(act=act, entry=ceremony)
    member.refresh_from_db()
    assert (member.state, member.ceremony_on) == (MemberState.PROBATIONARY, None), "admitted still"
    with pytest.raises(InvalidInput, match="Chưa có bước «Quyết định kết nạp»"):
        void_candidate_entry(act=act, entry=_entry(one, E.DECIDED))
    void_candidate_entry(act=act, entry=_entry(one, E.DECISION_RECEIVED))
    void_candidate_entry(act=act, entry=_entry(one, E.DECIDED))
    one.refresh_from_db()
    member.refresh_from_db()
    assert (one.state, one.member) == (CandidateState.PREPARING, None)
    assert (member.state, member.file_number, member.admitted_on) == (MemberState.VOIDED, "", None)
    assert not MembershipSpell.objects.filter(member=member).exists()
    assert [list(check.rows()) for check in CHECKS] == [[] for _ in CHECKS]
    again = [step(one, E.DECIDED, numbers=Numbers("000777ALC")), step(one, E.DECISION_RECEIVED), step(one, E.CEREMONY)]
    record_candidate_entries(act=act, drafts=again)
    one.refresh_from_db()
    assert one.member is not None
    assert one.member.file_number == "000777ALC", "the number is free again"


def test_what_rests_on_an_admission_keeps_it(world: World) -> None:
    one, act = candidate(world), world.act("clerk")
    steps_to(world, one, E.DECIDED)
    one.refresh_from_db()
    member = one.member
    assert member is not None
    record_member_entries(
        act=act,
        drafts=[
            EntryDraft(
                member,
                MemberEvent.TRANSFERRED,
                date(2023, 3, 1),
                member.unit,
                from_unit=member.unit,
                outside="Nơi khác",
            )
        ],
    )
    with pytest.raises(InvalidInput, match="chuyển sinh hoạt ngày 01/03/2023"):
        void_candidate_entry(act=act, entry=_entry(one, E.DECIDED))
    one.refresh_from_db()
    assert one.member == member


def test_the_day_of_an_admission_moves_with_its_step(world: World) -> None:
    one, act = candidate(world), world.act("clerk")
    steps_to(world, one, E.CEREMONY)
    redate_candidate_entry(
        act=act, entry=_entry(one, E.DECIDED), day=date(2023, 2, 2), decision=Decision("22-QĐ/DUK", date(2023, 2, 2))
    )
    redate_candidate_entry(act=act, entry=_entry(one, E.CEREMONY), day=date(2023, 2, 20), decision=Decision())
    redate_candidate_entry(
        act=act, entry=_entry(one, E.VETTED), day=date(2022, 10, 21), decision=Decision("46-KL/BTC", None)
    )
    one.refresh_from_db()
    member = one.member
    assert member is not None
    assert (member.admitted_on, member.ceremony_on) == (date(2023, 2, 2), date(2023, 2, 20))
    live = MemberEntry.objects.live().get(member=member, kind=MemberEvent.ADMITTED)
    assert live.decision_number == "22-QĐ/DUK"
    assert [one.decision_number for one in VettingEntry.objects.live().filter(candidate=one)] == ["46-KL/BTC"]
    with pytest.raises(InvalidInput, match="Chưa có bước «Quyết định kết nạp» đến ngày này"):
        redate_candidate_entry(
            act=act, entry=_entry(one, E.DECIDED), day=date(2023, 2, 10), decision=Decision("1", None)
        )


def test_two_who_correct_a_step_are_told(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.APPLIED)
    entry = _entry(one, E.APPLIED)
    void_candidate_entry(act=world.act("clerk"), entry=entry)
    with pytest.raises(Conflict, match="đã được người khác đính chính"):
        void_candidate_entry(act=world.act("organizer"), entry=entry)


def test_an_admission_with_a_thread_is_corrected_there(world: World) -> None:
    one, act = candidate(world), world.act("clerk")
    steps_to(world, one, E.CEREMONY)
    entry = MemberEntry.objects.get(kind=MemberEvent.ADMITTED, member__full_name="Nguyễn Thị Hường")
    with pytest.raises(InvalidInput, match="được ghi theo hồ sơ kết nạp"):
        void_entry(act=act, entry=entry)
    with pytest.raises(InvalidInput, match="được ghi theo hồ sơ kết nạp"):
        redate_entry(act=act, entry=entry, day=date(2023, 2, 1), decision=Decision())


def test_a_member_entered_before_the_thread_is_the_same_person(world: World) -> None:
    act = world.act("clerk")
    first = FirstEntry(MemberEvent.ADMITTED, DAYS[E.DECIDED], world.units["DUK.01.01"], official=False)
    member = enrol_member(act=act, draft=MemberDraft("Nguyễn Thị Hường", BORN, first))
    one = candidate(world)
    steps_to(world, one, E.CEREMONY)
    one.refresh_from_db()
    member.refresh_from_db()
    assert one.member == member
    assert Member.objects.filter(full_name="Nguyễn Thị Hường").count() == 1
    assert member.ceremony_on == DAYS[E.CEREMONY]
    for kind in (E.CEREMONY, E.DECISION_RECEIVED, E.DECIDED):
        void_candidate_entry(act=act, entry=_entry(one, kind))
    member.refresh_from_db()
    assert (member.state, member.ceremony_on) == (MemberState.PROBATIONARY, None), "entered by itself, so it stays"


def test_another_day_than_the_members_own_is_told(world: World) -> None:
    act = world.act("clerk")
    first = FirstEntry(MemberEvent.ADMITTED, DAYS[E.DECIDED], world.units["DUK.01.01"], official=False)
    enrol_member(act=act, draft=MemberDraft("Nguyễn Thị Hường", BORN, first))
    one = candidate(world)
    steps_to(world, one, E.DECIDED)
    with pytest.raises(Conflict, match="kết nạp ngày khác 01/02/2023"):
        redate_candidate_entry(
            act=act, entry=_entry(one, E.DECIDED), day=date(2023, 2, 1), decision=Decision("21-QĐ/DUK", None)
        )


def _former(world: World, left: date) -> Member:
    first = FirstEntry(MemberEvent.OPENING, date(2022, 1, 1), world.units["DUK.02"])
    draft = MemberDraft("Nguyễn Thị Hường", BORN, first, file_number="000900ALC", admitted_on=date(2019, 1, 1))
    member = enrol_member(act=world.act("clerk"), draft=draft)
    leaving = EntryDraft(member, MemberEvent.LEFT, left, world.units["DUK.02"], how="resigned")
    record_member_entries(act=world.act("clerk"), drafts=[leaving])
    return member


def test_somebody_who_left_is_admitted_anew(world: World) -> None:
    member = _former(world, date(2022, 2, 1))
    one = candidate(world)
    steps_to(world, one, E.CEREMONY, file_number="000900ALC")
    one.refresh_from_db()
    member.refresh_from_db()
    assert one.member == member
    assert (member.state, member.unit.code, member.recognised_on) == (MemberState.PROBATIONARY, "DUK.01.01", None)
    for kind in (E.CEREMONY, E.DECISION_RECEIVED, E.DECIDED):
        void_candidate_entry(act=world.act("clerk"), entry=_entry(one, kind))
    member.refresh_from_db()
    assert (member.state, member.file_number) == (MemberState.LEFT, "000900ALC"), "gone as before"


def test_the_number_of_somebody_else_is_refused(world: World) -> None:
    one = candidate(world)
    with pytest.raises(Conflict, match="đã có trong sổ đảng viên"):
        steps_to(world, one, E.DECIDED, file_number=world.members["dao"].file_number)
    assert not CandidateEntry.objects.exists(), "all or nothing"


def test_many_at_once_name_the_one_that_is_wrong(world: World) -> None:
    first, second = candidate(world), candidate(world, name="Trần Văn Mạnh", sex="male")
    steps_to(world, first, E.PROPOSED)
    steps_to(world, second, E.PROPOSED)
    bad = step(second, E.DECIDED, numbers=Numbers(world.members["dao"].file_number))
    with pytest.raises(Conflict) as caught:
        record_candidate_entries(act=world.act("clerk"), drafts=[step(first, E.DECIDED), bad])
    assert caught.value.index == 1
    assert not Member.objects.filter(full_name="Nguyễn Thị Hường").exists()


def test_verify_finds_a_candidate_out_of_step(world: World) -> None:
    one, other = candidate(world), candidate(world, name="Trần Văn Mạnh")
    steps_to(world, one, E.CEREMONY)
    steps_to(world, other, E.APPLIED)
    [check] = CANDIDATE_CHECKS
    assert list(check.rows()) == []
    Candidate.objects.filter(pk=one.pk).update(member=world.members["dao"])
    Candidate.objects.filter(pk=other.pk).update(state=CandidateState.STOPPED)
    assert [str(one.uid) in row for row in check.rows()] == [True, False]
    assert len(list(check.rows())) == 2
