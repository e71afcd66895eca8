"""Candidates: the order of the steps, their rules, and the member that they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.apps.members.candidate_steps import BORN, DAYS, E, candidate, step, steps_to

from giaoban.apps.audit.act import HANOI, Act
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import (
    Candidate,
    CandidateEntry,
    CandidateState,
    MemberEntry,
    MemberEvent,
    MemberState,
    VettingEntry,
)
from giaoban.apps.members.operations import (
    CandidateDraft,
    Numbers,
    add_candidate,
    add_candidates,
    record_candidate_entries,
    record_candidate_step,
    void_candidate_entry,
)
from giaoban.apps.members.queries.candidates import candidate_file
from giaoban.apps.organizations.operations import set_rule
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World


def _entry(one: Candidate, kind: E) -> CandidateEntry:
    found: CandidateEntry = (
        CandidateEntry.objects.live().select_related("candidate", "sponsor").get(candidate=one, kind=kind)
    )
    return found


def test_a_whole_thread_makes_a_member(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.CEREMONY, file_number="000777ALC", identity_number="001098000123")
    one.refresh_from_db()
    member = one.member
    assert member is not None
    assert (one.state, member.state) == (CandidateState.ADMITTED, MemberState.PROBATIONARY)
    assert member.unit.code == "DUK.01.01"
    assert (member.admitted_on, member.ceremony_on) == (DAYS[E.DECIDED], DAYS[E.CEREMONY])
    assert (member.file_number, member.identity_tail) == ("000777ALC", "123")
    admitted = MemberEntry.objects.get(member=member, kind=MemberEvent.ADMITTED)
    assert (admitted.effective_date, admitted.decision_number) == (DAYS[E.DECIDED], "21-QĐ/DUK")
    vetted = VettingEntry.objects.get(candidate=one)
    assert (vetted.decision_number, vetted.purpose, vetted.effective_date) == ("45-KL/BTC", "admission", DAYS[E.VETTED])
    assert AuditRow.objects.filter(action="members.candidate_decided", object_uid=str(one.uid)).count() == 1


def test_an_office_may_date_admissions_by_the_ceremony(world: World) -> None:
    act, start = world.act("clerk"), date(2022, 1, 1)
    set_rule(act=act, owner=world.units["DUK"], key="admission_dated_by", value="ceremony", start=start)
    one = candidate(world)
    steps_to(world, one, E.DECISION_RECEIVED)
    one.refresh_from_db()
    assert (one.state, one.member) == (CandidateState.PREPARING, None), "decided, but not admitted before the ceremony"
    numbers = Numbers(file_number="000778ALC")
    record_candidate_step(act=world.act("secretary"), draft=step(one, E.CEREMONY, numbers=numbers))
    one.refresh_from_db()
    assert one.member is not None
    assert (one.member.admitted_on, one.member.ceremony_on) == (DAYS[E.CEREMONY], DAYS[E.CEREMONY])
    assert one.member.file_number == "000778ALC"
    admitted = MemberEntry.objects.get(member=one.member, kind=MemberEvent.ADMITTED)
    assert (admitted.effective_date, admitted.decision_date) == (DAYS[E.CEREMONY], DAYS[E.DECIDED])


def test_steps_of_one_day_are_put_in_their_order(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.PROPOSED)
    day = date(2023, 2, 20)
    kinds = (E.CEREMONY, E.DECISION_RECEIVED, E.DECIDED)
    record_candidate_entries(act=world.act("clerk"), drafts=[step(one, kind, day) for kind in kinds])
    one.refresh_from_db()
    assert one.member is not None
    assert one.member.ceremony_on == day


def _refused(world: World, last: E, draft_of: Any) -> GiaobanError:
    one = candidate(world)
    steps_to(world, one, last)
    before = CandidateEntry.objects.count()
    with pytest.raises(GiaobanError) as caught:
        record_candidate_step(act=world.act("clerk"), draft=draft_of(one))
    assert CandidateEntry.objects.count() == before
    return caught.value


@pytest.mark.parametrize(
    ("last", "kind", "day", "more", "told"),
    [
        (E.APPLIED, E.CELL_RESOLVED, None, {}, "Chưa có bước «Có kết luận thẩm tra lý lịch»"),
        (E.CLASS_PASSED, E.VETTED, None, {}, "Chưa có bước «Đơn xin vào Đảng»"),
        (E.VETTED, E.DECIDED, None, {}, "Chưa có bước «Nghị quyết của chi bộ»"),
        (E.VETTED, E.CELL_RESOLVED, date(2022, 10, 1), {}, "Chưa có bước «Có kết luận thẩm tra lý lịch» đến ngày này"),
        (E.VETTED, E.CELL_RESOLVED, date(2022, 11, 1), {"votes_for": None}, "Chưa đủ số phiếu"),
        (E.VETTED, E.CELL_RESOLVED, None, {"votes_for": 9, "votes_of": 14}, "9/14 tán thành là 64,29 %"),
        (E.VETTED, E.CELL_RESOLVED, None, {"votes_for": 16}, "nhiều hơn tổng số 15"),
        (E.CELL_RESOLVED, E.BASE_RESOLVED, None, {"votes_for": 5, "votes_of": 9}, "5/9 tán thành"),
        (E.CELL_RESOLVED, E.DECIDED, None, {"number": ""}, "Chưa ghi số quyết định"),
        (E.CELL_RESOLVED, E.DECIDED, date(2023, 4, 6), {}, "ở tương lai"),
        (
            E.PROPOSED,
            E.DECIDED,
            date(2022, 12, 1),
            {},
            "Bước «Nghị quyết của đảng ủy cơ sở» đã ghi ngày 05/12/2022, sau ngày này",
        ),
        (E.DECIDED, E.DECISION_RECEIVED, date(2023, 1, 30), {}, "Chưa có bước «Quyết định kết nạp» đến ngày này"),
        (E.DECIDED, E.STOPPED, date(2023, 2, 1), {}, "Đã kết nạp"),
        (
            E.CELL_RESOLVED,
            E.CELL_RESOLVED,
            date(2022, 12, 1),
            {},
            "«Nghị quyết của chi bộ» đã ghi ngày 15/11/2022",
        ),
        (E.VETTED, E.SPONSORED, date(2022, 11, 1), {"sponsor_body": "Đoàn cơ sở"}, "Đã đủ người giới thiệu"),
        (E.APPLIED, E.SPONSORED, None, {}, "Chưa rõ ai giới thiệu"),
        (E.CLASS_PASSED, E.APPLIED, date(1998, 1, 1), {}, "trước ngày sinh"),
    ],
)
def test_what_cannot_be(last: E, kind: E, day: date | None, more: dict[str, Any], told: str, world: World) -> None:
    assert told in str(_refused(world, last, lambda one: step(one, kind, day, **more)))


def test_a_step_twice_tells_who_recorded_it(world: World) -> None:
    error = _refused(world, E.VETTED, lambda one: step(one, E.VETTED))
    assert isinstance(error, Conflict)
    assert "Nguyễn Thị Lan ghi lúc 08:30 ngày 05/04/2023" in error.message


def test_two_thirds_are_two_thirds(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.VETTED)
    record_candidate_step(act=world.act("clerk"), draft=step(one, E.CELL_RESOLVED, votes_for=10, votes_of=15))
    assert _entry(one, E.CELL_RESOLVED).votes_for == 10


def test_the_certificate_lasts_sixty_months_or_what_the_committee_says(world: World) -> None:
    one = candidate(world)
    first = step(one, E.CLASS_PASSED, date(2017, 11, 15))
    others = [step(one, E.APPLIED), step(one, E.VETTED)]
    sponsors = [step(one, E.SPONSORED, sponsor=world.members[key]) for key in ("dao", "em")]
    act = world.act("clerk")
    record_candidate_entries(act=act, drafts=[first, *others, *sponsors])
    with pytest.raises(InvalidInput, match="đã quá 60 tháng") as caught:
        record_candidate_step(act=act, draft=step(one, E.CELL_RESOLVED, date(2022, 11, 16)))
    assert "không sau 15/11/2022" in caught.value.expected
    record_candidate_step(act=act, draft=step(one, E.CELL_RESOLVED, date(2022, 11, 15)))
    set_rule(act=act, owner=world.units["DUK"], key="candidate_class_months", value="12", start=date(2022, 11, 1))
    with pytest.raises(InvalidInput, match="đã quá 12 tháng"):
        record_candidate_step(act=act, draft=step(one, E.BASE_RESOLVED))


def test_a_new_certificate_follows_one_that_is_too_old(world: World) -> None:
    one, act = candidate(world), world.act("clerk")
    sponsors = [step(one, E.SPONSORED, sponsor=world.members[key]) for key in ("dao", "em")]
    first = step(one, E.CLASS_PASSED, date(2016, 5, 10))
    record_candidate_entries(act=act, drafts=[first, step(one, E.APPLIED), *sponsors, step(one, E.VETTED)])
    file = candidate_file(act.user, one, today=act.today)
    assert file.next_steps[0] == E.CLASS_PASSED
    assert file.thread.warnings[E.CLASS_PASSED] == [
        "Giấy chứng nhận hết hạn từ ngày 10/05/2021: cần giấy mới trước khi chi bộ xét"
    ]
    with pytest.raises(Conflict, match="đã ghi ngày 10/05/2016"):
        record_candidate_step(act=act, draft=step(one, E.CLASS_PASSED, date(2021, 5, 10)))
    record_candidate_step(act=act, draft=step(one, E.CLASS_PASSED, date(2022, 11, 1)))
    record_candidate_step(act=act, draft=step(one, E.CELL_RESOLVED))
    assert E.CLASS_PASSED not in candidate_file(act.user, one, today=act.today).next_steps
    with pytest.raises(Conflict, match="đã ghi ngày 01/11/2022"):
        record_candidate_step(act=act, draft=step(one, E.CLASS_PASSED, date(2023, 4, 1)))


@pytest.mark.parametrize(
    ("birth", "told"),
    [
        (PartialDate(date(2004, 12, 1), Precision.DAY), "chưa đủ 18 tuổi"),
        (PartialDate(date(2005, 1, 1), Precision.YEAR), "chưa đủ 18 tuổi"),
    ],
)
def test_eighteen_when_the_cell_meets(birth: PartialDate, told: str, world: World) -> None:
    one = candidate(world, birth=birth)
    with pytest.raises(InvalidInput, match=told):
        steps_to(world, one, E.CELL_RESOLVED)


def test_eighteen_is_counted_in_months(world: World) -> None:
    one = candidate(world, birth=PartialDate(date(2004, 11, 30), Precision.DAY))
    steps_to(world, one, E.CELL_RESOLVED)
    assert _entry(one, E.CELL_RESOLVED).effective_date == date(2022, 11, 15)


def test_a_member_and_a_body_are_sponsors_too(world: World) -> None:
    one, act = candidate(world), world.act("secretary")
    record_candidate_entries(
        act=act,
        drafts=[
            step(one, E.CLASS_PASSED),
            step(one, E.APPLIED),
            step(one, E.SPONSORED, sponsor_body="Đoàn TNCS Sở Thử nghiệm"),
            step(one, E.VETTED),
        ],
    )
    with pytest.raises(InvalidInput, match="Mới có 0 đảng viên giới thiệu"):
        record_candidate_step(act=act, draft=step(one, E.CELL_RESOLVED))
    with pytest.raises(InvalidInput, match="Đã có một đoàn thể"):
        record_candidate_step(act=act, draft=step(one, E.SPONSORED, sponsor_body="Công đoàn cơ sở"))
    record_candidate_step(act=act, draft=step(one, E.SPONSORED, sponsor=world.members["dao"]))
    with pytest.raises(InvalidInput, match="Đã đủ người giới thiệu"):
        record_candidate_step(act=act, draft=step(one, E.SPONSORED, sponsor=world.members["em"]))
    record_candidate_step(act=act, draft=step(one, E.CELL_RESOLVED))


@pytest.mark.parametrize(("sponsor", "told"), [("an", "không có tên trong sổ"), ("chi", "là đảng viên dự bị")])
def test_a_sponsor_is_an_official_member_that_day(sponsor: str, told: str, world: World) -> None:
    one = candidate(world)
    with pytest.raises(InvalidInput, match=told):
        record_candidate_step(act=world.act("clerk"), draft=step(one, E.SPONSORED, sponsor=world.members[sponsor]))


def test_stopping_and_going_on(world: World) -> None:
    one, act = candidate(world), world.act("clerk")
    steps_to(world, one, E.APPLIED)
    stopped = record_candidate_step(act=act, draft=step(one, E.STOPPED, date(2022, 8, 1)))
    assert (one.state, stopped.kind) == (CandidateState.STOPPED, "stopped")
    with pytest.raises(InvalidInput, match="Đã thôi xem xét từ ngày 01/08/2022"):
        record_candidate_step(act=act, draft=step(one, E.VETTED))
    void_candidate_entry(act=act, entry=_entry(one, E.STOPPED))
    one.refresh_from_db()
    assert one.state == CandidateState.PREPARING


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"full_name": "Hường"}, "cả họ và tên"),
        ({"birth": PartialDate(date(2024, 1, 1), Precision.DAY)}, "ở tương lai"),
        ({"birth": PartialDate(date(1850, 1, 1), Precision.YEAR)}, "Sinh 1850 là quá 120 tuổi"),
        ({"full_name": "Lê 123"}, "có chữ số"),
        ({"unit": "DUK.01"}, "không phải chi bộ đang hoạt động"),
    ],
)
def test_who_cannot_be_a_candidate(change: dict[str, Any], told: str, world: World) -> None:
    draft = CandidateDraft("Nguyễn Thị Hường", BORN, world.units["DUK.01.01"])
    change = {key: world.units[value] if key == "unit" else value for key, value in change.items()}
    with pytest.raises(InvalidInput, match=told):
        add_candidates(act=world.act("clerk"), drafts=[replace(draft, **change)])


def test_a_cell_considers_somebody_once(world: World) -> None:
    candidate(world)
    draft = CandidateDraft("NGUYỄN thị hường", BORN, world.units["DUK.01.01"])
    with pytest.raises(Conflict, match="đang xem xét"):
        add_candidate(act=world.act("clerk"), draft=draft)


def test_rights(world: World) -> None:
    one = candidate(world, "DUK.01.02")
    with pytest.raises(NotFound):
        record_candidate_step(act=world.act("secretary"), draft=step(one, E.APPLIED))
    with pytest.raises(NotAllowed):
        record_candidate_step(act=world.act("deputy"), draft=step(one, E.APPLIED))
    with pytest.raises(NotFound):
        add_candidate(act=world.act("outsider"), draft=CandidateDraft("Lê Thị Khác", BORN, world.units["DUK.01.01"]))


def test_entered_for_somebody_keeps_both_names(world: World) -> None:
    one = candidate(world)
    act = Act(world.users["clerk"], datetime(2023, 4, 5, 9, tzinfo=HANOI), entered_for=world.users["secretary"])
    entry = record_candidate_step(act=act, draft=step(one, E.APPLIED))
    assert (entry.actor, entry.entered_for) == (world.users["clerk"], world.users["secretary"])
