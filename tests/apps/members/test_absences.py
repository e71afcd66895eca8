"""Exemptions and absences: what can be recorded, the spans that follow, corrections, lists, query counts."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.world import NOW

from giaoban.apps.audit.act import Act
from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members import integrity
from giaoban.apps.members.models import AbsenceEntry, AbsenceEvent, AbsenceKind, AbsenceSpan
from giaoban.apps.members.operations import (
    AbsenceDraft,
    contact_member,
    end_exemption,
    exempt_member,
    join_records,
    member_goes_away,
    member_returns,
    record_absence_entries,
    record_death,
    redate_absence_entry,
    resign_member,
    transfer_out,
    undo_join,
    void_absence_entry,
)
from giaoban.apps.members.operations._absence_replay import AbsenceFact, AbsenceWalk, replay_absences
from giaoban.apps.members.queries.absences import absence_of, away_members, ending_exemptions
from giaoban.apps.organizations.models import OPEN_END
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.reporting.queries.figures import compute_figures
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Parts

if TYPE_CHECKING:
    from tests.world import World


def day(text: str) -> date:
    return date.fromisoformat(text)


def spans(world: World, name: str) -> list[tuple[str, date, date]]:
    rows = AbsenceSpan.objects.filter(member=world.members[name]).order_by("valid_from")
    return list(rows.values_list("kind", "valid_from", "valid_to"))


def counted(key: str, period: str, unit: str = "DUK") -> tuple[Any, dict[str, int]]:
    [figure] = compute_figures([FigureRequest(key, unit, Period.parse(period))], parts=Parts(breakdown=True))
    return figure.value, dict(figure.breakdown)


pytestmark = pytest.mark.django_db


def test_an_exemption_for_a_time_ends_by_itself(world: World) -> None:
    exempt_member(
        act=world.act("secretary"), member=world.members["dao"], day=day("2023-01-10"), until=day("2023-02-28")
    )
    assert spans(world, "dao") == [("exempt", day("2023-01-10"), day("2023-03-01"))]
    assert counted("members.exempted", "2023-M02") == (1, {"temporary": 1})
    assert counted("members.exempted", "2023-M03") == (0, {})


def test_an_exemption_may_be_extended_and_ended(world: World) -> None:
    act, dao = world.act("clerk"), world.members["dao"]
    exempt_member(act=act, member=dao, day=day("2023-01-10"), until=day("2023-02-28"))
    exempt_member(act=act, member=dao, day=day("2023-02-20"), decision=Decision("3-QĐ/CB", day("2023-02-20")))
    assert spans(world, "dao") == [
        ("exempt", day("2023-01-10"), day("2023-02-20")),
        ("exempt", day("2023-02-20"), OPEN_END),
    ]
    end_exemption(act=act, member=dao, day=day("2023-03-20"))
    assert spans(world, "dao")[1][2] == day("2023-03-20")
    with pytest.raises(InvalidInput, match="không được miễn"):
        end_exemption(act=act, member=dao, day=day("2023-03-25"))


def test_an_exemption_within_a_running_one_is_refused(world: World) -> None:
    """An extension goes on for longer; anything else is said of a time that is exempt already."""
    act, dao, em = world.act("clerk"), world.members["dao"], world.members["em"]
    exempt_member(act=act, member=dao, day=day("2023-01-10"), until=day("2023-06-30"))
    exempt_member(act=act, member=em, day=day("2023-01-10"))
    for until in ("2023-05-31", "2023-06-30"):
        with pytest.raises(InvalidInput, match="đang được miễn từ ngày 10/01/2023 đến hết ngày 30/06/2023") as told:
            exempt_member(act=act, member=dao, day=day("2023-03-01"), until=day(until))
        assert "ngày sau 30/06/2023 nếu là gia hạn" in told.value.expected
    for until_ in (day("2023-06-30"), None):
        with pytest.raises(InvalidInput, match="đang được miễn từ ngày 10/01/2023 không thời hạn"):
            exempt_member(act=act, member=em, day=day("2023-03-01"), until=until_)
    exempt_member(act=act, member=dao, day=day("2023-03-01"), until=day("2023-07-01"))
    end_exemption(act=act, member=em, day=day("2023-02-01"))
    exempt_member(act=act, member=em, day=day("2023-03-01"))


def test_away_contacted_and_back(world: World) -> None:
    act, dao = world.act("secretary"), world.members["dao"]
    member_goes_away(
        act=act, member=dao, day=day("2023-01-05"), place=" Nhật Bản ", abroad=True, until=day("2023-12-31")
    )
    contact_member(act=act, member=dao, day=day("2023-03-01"))
    state = absence_of(dao, AbsenceKind.AWAY, today=NOW.date())
    assert state is not None
    assert (state.where, state.last_contact, state.until) == (
        "Nhật Bản (ngoài nước)",
        day("2023-03-01"),
        day("2023-12-31"),
    )
    assert counted("members.away", "2023-Q1") == (1, {"abroad": 1})
    [line] = away_members(world.users["secretary"], world.units["DUK.01.01"], today=NOW.date())
    assert (line.full_name, line.days_without_contact) == ("Nguyễn Đức Đạo", 35)
    member_returns(act=act, member=dao, day=day("2023-04-01"))
    assert absence_of(dao, AbsenceKind.AWAY, today=NOW.date()) is None
    assert counted("members.away", "2023-Q1")[0] == 1, "the past stays"
    assert counted("members.away", "2023-M04")[0] == 0


def test_an_absence_goes_along_with_the_member_and_ends_with_them(world: World) -> None:
    """The cell is the member's own of the day (D3); whoever is dead is counted nowhere."""
    act, khoa = world.act("clerk"), world.members["khoa"]
    exempt_member(act=act, member=khoa, day=day("2023-01-01"))
    assert counted("members.exempted", "2023-M02", "DUK.01.01")[0] == 1
    assert counted("members.exempted", "2023-M03", "DUK.01.01")[0] == 0, "khoa went on 6 March"
    assert counted("members.exempted", "2023-M03", "DUK.01.02")[0] == 1
    record_death(act=act, member=world.refresh("khoa"), day=day("2023-04-02"))
    assert counted("members.exempted", "2023-M04")[0] == 0


def test_an_exemption_older_than_the_roll_belongs_to_it(world: World) -> None:
    entry = exempt_member(act=world.act("clerk"), member=world.members["quy"], day=day("2019-05-01"))
    assert entry.unit.code == "DUK.02"
    assert counted("members.exempted", "2022-M01") == (1, {"lasting": 1})


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ((AbsenceEvent.RETURNED, "2023-02-01"), "không đi xa"),
        ((AbsenceEvent.CONTACTED, "2023-02-01"), "không đi xa"),
        ((AbsenceEvent.EXEMPTION_ENDED, "2023-02-01"), "không được miễn"),
        ((AbsenceEvent.EXEMPTED, "2023-04-06"), "ở tương lai"),
        ((AbsenceEvent.AWAY, "2023-02-01"), "Chưa ghi nơi đến"),
    ],
)
def test_what_cannot_be_is_told(world: World, draft: tuple[AbsenceEvent, str], told: str) -> None:
    kind, when = draft
    with pytest.raises(InvalidInput, match=told):
        record_absence_entries(act=world.act("clerk"), drafts=[AbsenceDraft(world.members["dao"], kind, day(when))])
    assert not AbsenceEntry.objects.exists()


def test_nobody_is_exempt_before_they_were_a_member(world: World) -> None:
    with pytest.raises(InvalidInput, match="không sinh hoạt tại chi bộ nào"):
        exempt_member(act=world.act("clerk"), member=world.members["an"], day=day("2022-05-01"))


def test_until_lies_after_the_beginning(world: World) -> None:
    with pytest.raises(InvalidInput, match="trước ngày bắt đầu"):
        exempt_member(
            act=world.act("clerk"), member=world.members["dao"], day=day("2023-02-01"), until=day("2023-01-01")
        )


def test_rights_are_those_of_the_cell(world: World) -> None:
    with pytest.raises(NotAllowed):
        exempt_member(act=world.act("inspector"), member=world.members["dao"], day=day("2023-02-01"))
    with pytest.raises(NotFound):
        exempt_member(act=world.act("outsider"), member=world.members["dao"], day=day("2023-02-01"))


def test_corrections_are_new_entries_and_two_at_once_are_told(world: World) -> None:
    act, dao = world.act("clerk"), world.members["dao"]
    entry = member_goes_away(act=act, member=dao, day=day("2023-02-01"), place="Bình Dương")
    again = redate_absence_entry(act=act, entry=entry, day=day("2023-02-05"), decision=Decision())
    assert (again.place, again.corrects_id) == ("Bình Dương", entry.pk)
    assert spans(world, "dao") == [("away", day("2023-02-05"), OPEN_END)]
    with pytest.raises(Conflict):
        void_absence_entry(act=act, entry=entry)
    void_absence_entry(act=act, entry=again)
    assert spans(world, "dao") == []
    assert AbsenceEntry.objects.count() == 3
    actions = AuditRow.objects.filter(action="members.away").values_list("detail__void", flat=True)
    assert list(actions) == [False, False, True]


def test_a_beginning_is_not_taken_back_under_its_end(world: World) -> None:
    act, dao = world.act("clerk"), world.members["dao"]
    entry = member_goes_away(act=act, member=dao, day=day("2023-02-01"), place="Huế")
    member_returns(act=act, member=dao, day=day("2023-03-01"))
    with pytest.raises(InvalidInput, match="không đi xa"):
        void_absence_entry(act=act, entry=entry)
    assert spans(world, "dao") == [("away", day("2023-02-01"), day("2023-03-01"))]


def test_exemptions_that_end_soon(world: World) -> None:
    act = world.act("clerk")
    for name, until in (("dao", "2023-04-20"), ("em", "2023-06-20")):
        exempt_member(act=act, member=world.members[name], day=day("2023-01-01"), until=day(until))
    exempt_member(act=act, member=world.members["quy"], day=day("2023-01-01"))
    found = ending_exemptions(world.users["clerk"], world.units["DUK"], today=NOW.date(), days=30)
    assert [one.full_name for one in found] == ["Nguyễn Đức Đạo"]
    assert not ending_exemptions(world.users["outsider"], world.units["DUK"], today=NOW.date(), days=30)


def test_recording_many_costs_what_recording_one_costs(world: World) -> None:
    names = ["dao", "em", "minh", "nga", "oanh", "quy", "son", "tam"]
    drafts = [AbsenceDraft(world.members[one], AbsenceEvent.EXEMPTED, day("2023-01-01")) for one in names]
    asked = []
    for some in (drafts[:1], drafts[1:]):
        with CaptureQueriesContext(connection) as queries:
            record_absence_entries(act=world.act("clerk"), drafts=some)
        asked.append(len(queries))
    assert asked[1] <= asked[0] <= 24


FACTS = st.lists(
    st.tuples(st.sampled_from(list(AbsenceEvent)), st.integers(0, 60), st.none() | st.integers(0, 40)), max_size=30
)


@given(FACTS)
def test_spans_of_one_kind_never_overlap(drawn: list[tuple[AbsenceEvent, int, int | None]]) -> None:
    """Whatever is recorded in whatever order: what the walk takes in gives clean stretches of days."""
    walk = AbsenceWalk("Ai Đó")
    taken = []
    for kind, offset, lasts in sorted(drawn, key=lambda one: one[1]):
        start = date(2023, 1, 1) + timedelta(days=offset)
        until = start + timedelta(days=lasts) if lasts is not None and kind == AbsenceEvent.EXEMPTED else None
        fact = AbsenceFact(kind, start, until, "Huế")
        try:
            walk.apply(fact)
        except InvalidInput:
            continue
        taken.append(fact)
    assert list(replay_absences("Ai Đó", taken)) == walk.found
    for kind in AbsenceKind:
        mine = [one for one in walk.found if one.kind == kind]
        assert all(one.start < one.end for one in mine)
        assert all(before.end <= after.start for before, after in pairwise(mine))


def test_the_moment_is_the_acts(world: World) -> None:
    entry = exempt_member(act=Act(world.users["clerk"], NOW), member=world.members["dao"], day=day("2023-01-01"))
    assert (entry.recorded_at, entry.actor) == (NOW, world.users["clerk"])


def test_two_records_of_one_person_have_one_life(world: World) -> None:
    """A second record that only repeats counts nothing; one that tells a part of the life is counted with the other."""
    act, dao, em = world.act("clerk"), world.members["dao"], world.members["em"]
    resign_member(act=act, member=em, day=day("2022-03-01"))
    member_goes_away(act=act, member=em, day=day("2022-02-01"), place="Huế")
    transfer_out(act=act, member=dao, day=day("2023-01-05"), outside="Đảng bộ X")
    exempt_member(act=act, member=dao, day=day("2022-12-01"))
    alias = join_records(act=act, kept=dao, other=em, takes_history=False)
    assert counted("members.away", "2022-M02")[0] == 0
    undo_join(act=act, alias=alias)
    assert counted("members.away", "2022-M02")[0] == 1
    assert [row for check in integrity.CHECKS for row in check.rows()] == []


def test_verify_finds_spans_that_differ_from_the_journal(world: World) -> None:
    exempt_member(act=world.act("clerk"), member=world.members["dao"], day=day("2023-01-01"))
    AbsenceSpan.objects.update(until=day("2023-06-01"))
    [line] = [row for check in integrity.CHECKS for row in check.rows()]
    assert "thời gian miễn, đi xa khác với quá trình" in line


def old_exemption(world: World, start: str, until: str) -> AbsenceEntry:
    """An exemption as an import wrote it before it was asked whether another one was running."""
    act, dao = world.act("clerk"), world.members["dao"]
    return AbsenceEntry.objects.create(
        member=dao,
        unit_id=dao.unit_id,
        kind=AbsenceEvent.EXEMPTED,
        effective_date=day(start),
        until=day(until),
        temporary=True,
        recorded_at=act.now,
        actor=act.user,
    )


def verify_lines() -> list[str]:
    return [line for check in integrity.CHECKS if "miễn" in check.name for line in check.rows()]


def test_exemptions_that_overlap_from_of_old_are_named_and_can_be_taken_back(world: World) -> None:
    act, dao = world.act("clerk"), world.members["dao"]
    exempt_member(act=act, member=dao, day=day("2022-01-01"), until=day("2022-12-31"))
    first, second = old_exemption(world, "2022-02-01", "2022-03-31"), old_exemption(world, "2022-05-01", "2022-06-30")
    uid = str(dao.uid)
    assert verify_lines() == [
        f"Hồ sơ {uid}: miễn công tác và sinh hoạt ngày {when}: "
        "đang được miễn từ ngày 01/01/2022 đến hết ngày 31/12/2022"
        for when in ("01/02/2022", "01/05/2022")
    ]
    with pytest.raises(InvalidInput, match="đang được miễn"):
        exempt_member(act=act, member=dao, day=day("2022-08-01"), until=day("2022-08-31"))
    member_goes_away(act=act, member=dao, day=day("2023-01-10"), place="Bình Dương")
    assert len(verify_lines()) == 2, "what is right can be recorded meanwhile"
    void_absence_entry(act=act, entry=first)
    assert len(verify_lines()) == 1, "one after the other"
    void_absence_entry(act=act, entry=second)
    assert verify_lines() == []
    assert spans(world, "dao") == [
        ("exempt", day("2022-01-01"), day("2023-01-01")),
        ("away", day("2023-01-10"), OPEN_END),
    ]


def test_records_with_overlapping_exemptions_can_still_be_joined_and_taken_apart(world: World) -> None:
    act, dao = world.act("clerk"), world.members["dao"]
    exempt_member(act=act, member=dao, day=day("2022-01-01"), until=day("2022-12-31"))
    old_exemption(world, "2022-02-01", "2022-03-31")
    alias = join_records(act=act, kept=dao, other=world.members["binh"], takes_history=False)
    undo_join(act=act, alias=alias)
    assert spans(world, "dao") == [("exempt", day("2022-01-01"), day("2023-01-01"))]
