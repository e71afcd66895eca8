"""What a candidate's page and the list say: the step reached, the next, clocks, and what speaks against."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.apps.members.candidate_steps import BORN, DAYS, E, candidate, step, steps_to

from giaoban.apps.members.models import DossierEvent, MemberEvent
from giaoban.apps.members.operations import (
    DossierDraft,
    EntryDraft,
    FirstEntry,
    MemberDraft,
    enrol_member,
    record_candidate_entries,
    record_candidate_step,
    record_dossier_entries,
    record_member_entries,
    tick_dossier,
)
from giaoban.apps.members.queries.bases import since_in_base
from giaoban.apps.members.queries.candidates import (
    candidate_file,
    find_candidate,
    find_candidate_entry,
    list_candidates,
)
from giaoban.apps.members.queries.dossiers import papers_of
from giaoban.apps.organizations.operations import set_rule
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import InvalidInput, NotAllowed, NotFound

if TYPE_CHECKING:
    from tests.world import World

TODAY = date(2023, 4, 5)


def _told(world: World, one: object, kind: E) -> str:
    return "; ".join(candidate_file(world.users["clerk"], one, today=TODAY).thread.warnings.get(kind, []))  # type: ignore[arg-type]


def test_a_list_tells_the_step_and_the_clock(world: World) -> None:
    first, second = candidate(world), candidate(world, "DUK.02", name="Bùi Văn Mạnh", sex="male")
    steps_to(world, first, E.CELL_RESOLVED)
    record_candidate_step(act=world.act("clerk"), draft=step(second, E.CLASS_PASSED))
    found = list_candidates(world.users["clerk"], world.units["DUK"], today=TODAY)
    assert [(line.full_name, line.reached and line.reached.kind, line.next) for line in found.lines] == [
        ("Nguyễn Thị Hường", E.CELL_RESOLVED, E.BASE_RESOLVED),
        ("Bùi Văn Mạnh", E.CLASS_PASSED, E.APPLIED),
    ]
    assert found.lines[0].duty is not None
    assert found.lines[0].duty.rule.code == "admission-decision"
    assert found.lines[1].duty is None
    own = list_candidates(world.users["secretary"], world.units["DUK.01.01"], today=TODAY)
    assert [line.full_name for line in own.lines] == ["Nguyễn Thị Hường"]
    assert list_candidates(world.users["outsider"], world.units["XA"], today=TODAY).total == 0
    assert list_candidates(world.users["clerk"], world.units["DUK"], today=TODAY, text="huong").total == 1
    assert list_candidates(world.users["clerk"], world.units["DUK"], today=TODAY, state="admitted").total == 0


def test_a_grassroots_cell_proposes_at_once(world: World) -> None:
    one = candidate(world, "DUK.02")
    steps_to(world, one, E.CELL_RESOLVED)
    found = candidate_file(world.users["clerk"], one, today=TODAY)
    assert found.next_steps == (E.PROPOSED, E.DECIDED, E.STOPPED)
    assert not found.base_resolves


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, (E.CLASS_PASSED, E.APPLIED, E.SPONSORED, E.STOPPED)),
        (E.APPLIED, (E.SPONSORED, E.VETTED, E.STOPPED)),
        (E.SPONSORED, (E.VETTED, E.STOPPED)),
        (E.VETTED, (E.CELL_RESOLVED, E.STOPPED)),
        (E.CELL_RESOLVED, (E.BASE_RESOLVED, E.PROPOSED, E.DECIDED, E.STOPPED)),
        (E.PROPOSED, (E.DECIDED, E.STOPPED)),
        (E.DECIDED, (E.DECISION_RECEIVED, E.CEREMONY)),
        (E.CEREMONY, ()),
    ],
)
def test_what_may_come_next(last: E | None, expected: tuple[E, ...], world: World) -> None:
    one = candidate(world)
    if last is not None:
        steps_to(world, one, last)
    assert candidate_file(world.users["clerk"], one, today=TODAY).next_steps == expected


def test_over_sixty_a_higher_body_decides(world: World) -> None:
    one = candidate(world, birth=PartialDate(date(1962, 10, 31), Precision.DAY))
    steps_to(world, one, E.CELL_RESOLVED)
    assert "Trên 60 tuổi khi chi bộ xét" in _told(world, one, E.CELL_RESOLVED)
    other = candidate(world, name="Trần Văn Mạnh", birth=PartialDate(date(1962, 11, 1), Precision.DAY))
    steps_to(world, other, E.CELL_RESOLVED)
    assert "Trên 60" not in _told(world, other, E.CELL_RESOLVED), "sixty in the month of the meeting"


def test_more_called_than_the_cell_has(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.CELL_RESOLVED)
    assert "Ghi 15 đảng viên chính thức được triệu tập, sổ đảng viên có 4 ngày đó" in _told(world, one, E.CELL_RESOLVED)


def test_a_sponsor_of_another_base_or_new_in_it(world: World) -> None:
    one = candidate(world)
    giang, quy = world.members["giang"], world.members["quy"]
    record_candidate_entries(
        act=world.act("clerk"),
        drafts=[step(one, E.SPONSORED, sponsor=world.members["em"]), step(one, E.SPONSORED, sponsor=quy)],
    )
    told = _told(world, one, E.SPONSORED)
    assert told == "Ngô Thị Quý không cùng tổ chức cơ sở đảng khi giới thiệu"
    other = candidate(world, "DUK.02", name="Trần Văn Mạnh")
    draft = step(other, E.SPONSORED, date(2023, 3, 1), sponsor=giang)
    record_candidate_step(act=world.act("clerk"), draft=draft)
    assert "Tạ Hương Giang cùng tổ chức cơ sở đảng từ 06/02/2023, chưa đủ 12 tháng" in _told(world, other, E.SPONSORED)


def test_time_in_one_base_runs_through_its_cells(world: World) -> None:
    khoa, hung, giang = (world.members[key].pk for key in ("khoa", "hung", "giang"))
    base = world.units["DUK.01.01"].pk
    day = date(2023, 4, 1)
    assert since_in_base([(khoa, day)], unit=base) == [date.min], "moved within the base, there since the old roll"
    assert since_in_base([(hung, day), (giang, day)], unit=base) == [None, None], "gone; of another base"
    assert since_in_base([(giang, day)], unit=world.units["DUK.02"].pk) == [date(2023, 2, 6)]


def _left(world: World, day: date) -> None:
    first = FirstEntry(MemberEvent.OPENING, date(2022, 1, 1), world.units["DUK.02"])
    member = enrol_member(act=world.act("clerk"), draft=MemberDraft("Nguyễn Thị Hường", BORN, first))
    leaving = EntryDraft(member, MemberEvent.LEFT, day, world.units["DUK.02"], how="resigned")
    record_member_entries(act=world.act("clerk"), drafts=[leaving])


def test_a_former_member_waits_thirty_six_months(world: World) -> None:
    _left(world, date(2022, 2, 1))
    one = candidate(world)
    assert "kết nạp lại sau 36 tháng, từ 01/02/2025" in _told(world, one, E.APPLIED)
    assert "đã ra khỏi Đảng" not in "".join(
        candidate_file(world.users["secretary"], one, today=TODAY).thread.warnings.get(E.APPLIED, [])
    ), "the secretary does not see who left another cell"


def test_a_rule_that_came_later_warns_and_breaks_nothing(world: World) -> None:
    one = candidate(world)
    steps_to(world, one, E.CEREMONY)
    act = world.act("clerk")
    set_rule(act=act, owner=world.units["DUK"], key="admission_votes_percent", value="90", start=date(2022, 1, 1))
    found = candidate_file(act.user, one, today=TODAY)
    assert "12/15 tán thành là 80 %" in _told(world, one, E.CELL_RESOLVED)
    assert found.thread.admission is not None
    assert found.thread.admission.day == DAYS[E.DECIDED]


def test_outside_the_scope_is_not_there(world: World) -> None:
    one = candidate(world)
    entry = record_candidate_step(act=world.act("clerk"), draft=step(one, E.CLASS_PASSED))
    assert find_candidate(world.users["secretary"], one.uid, today=TODAY) == one
    assert find_candidate_entry(world.users["secretary"], entry.uid, today=TODAY) == entry
    for who in ("outsider", "administrator"):
        with pytest.raises(NotFound):
            find_candidate(world.users[who], one.uid, today=TODAY)
        with pytest.raises(NotFound):
            find_candidate_entry(world.users[who], entry.uid, today=TODAY)


def test_a_dossier_knows_the_papers_of_the_steps(world: World) -> None:
    one, act = candidate(world), world.act("secretary")
    steps_to(world, one, E.APPLIED)

    def there() -> set[str]:
        return {paper.kind.code for paper in papers_of(one, day=TODAY) if paper.filed}

    assert there() == {"CN-NTVĐ1", "1-KNĐ"}
    tick_dossier(act=act, candidate=one, shown={"CN-NTVĐ1", "1-KNĐ"}, ticked={"1-KNĐ", "2-KNĐ"})
    assert there() == {"1-KNĐ", "2-KNĐ"}, "the certificate was lent out, the record came"
    assert tick_dossier(act=world.act("clerk"), candidate=one, shown=["1-KNĐ"], ticked=["1-KNĐ"]) == []
    tick_dossier(act=world.act("clerk"), candidate=one, shown=["1-KNĐ"], ticked=["1-KNĐ", "5-KNĐ"])
    assert there() == {"1-KNĐ", "2-KNĐ", "5-KNĐ"}, "what somebody else ticked meanwhile stays"
    draft = DossierDraft(DossierEvent.FILED, "10-KNĐ", TODAY, member=world.members["an"])
    [entry] = record_dossier_entries(act=act, drafts=[draft])
    assert (entry.member, entry.unit.code) == (world.members["an"], "DUK.01.01")


def test_what_is_no_paper_of_a_dossier(world: World) -> None:
    one, act = candidate(world), world.act("clerk")
    for draft, told in (
        (DossierDraft(DossierEvent.FILED, "99-X", TODAY, candidate=one), "Không có giấy tờ mang mã"),
        (DossierDraft(DossierEvent.FILED, "1-KNĐ", date(2023, 4, 6), candidate=one), "ở tương lai"),
        (DossierDraft(DossierEvent.FILED, "1-KNĐ", TODAY), "Chưa rõ hồ sơ của ai"),
    ):
        with pytest.raises(InvalidInput, match=told):
            record_dossier_entries(act=act, drafts=[draft])
    with pytest.raises(NotAllowed):
        tick_dossier(act=world.act("deputy"), candidate=one, shown=[], ticked=["1-KNĐ"])
    with pytest.raises(NotAllowed):
        tick_dossier(act=world.act("deputy"), candidate=one, shown=[], ticked=[])


def test_more_candidates_ask_no_more_questions(world: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list_candidates(world.users["clerk"], world.units["DUK"], today=TODAY)
        return len(queries)

    steps_to(world, candidate(world), E.CELL_RESOLVED)
    steps_to(world, candidate(world, "DUK.02", name="Trần Văn Mạnh"), E.VETTED)
    before = asked()
    for number in range(6):
        steps_to(world, candidate(world, name=f"Nguyễn Văn {'ABCDEGHI'[number]}"), E.CELL_RESOLVED)
    assert asked() == before
