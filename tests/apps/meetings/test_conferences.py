"""A briefing conference from its plan to its conclusions, and what is refused on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.world import NOW, START, TODAY

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.models import DelegationEntry, Meeting, MeetingKind, MeetingState, Presence
from giaoban.apps.meetings.operations import (
    MOST_DELEGATES,
    ConferenceConclusionDraft,
    DelegationDraft,
    ProposalDraft,
    SittingDraft,
    ask_for_delegates,
    call_conference,
    call_off_conference,
    cancel_conference,
    hold_conference,
    invite_clusters,
    invite_units,
    plan_conference,
    record_conference_conclusions,
    record_delegations,
    record_proposals,
)
from giaoban.apps.meetings.queries.conferences import conference_view, conferences_in, find_conference
from giaoban.apps.meetings.queries.conferences_evidence import DELEGATES
from giaoban.apps.obligations.evidence import EvidenceAsk
from giaoban.apps.obligations.models import StandingDuty
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.organizations.models import Group, GroupKind, Unit
from giaoban.apps.organizations.operations import define_group, place_in_group
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period, Window

if TYPE_CHECKING:
    from tests.world import World

DAY = date(2023, 3, 28)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 0, tzinfo=HANOI)


@pytest.fixture
def clusters(world: World) -> tuple[Group, Group]:
    """DUK.01 in the first cluster, DUK.02 in the second."""
    act = world.act("clerk")
    first = Group.objects.get(kind=GroupKind.CLUSTER, code="1")
    second = define_group(act=act, owner=world.units["DUK"], kind=GroupKind.CLUSTER, code="2", name="Cụm số 2")
    place_in_group(act=act, group=second, units=[world.units["DUK.02"]], start=START + timedelta(days=1))
    return first, second


def plan(world: World, clusters: tuple[Group, ...] = (), day: date = DAY, hour: int = 8, who: str = "clerk") -> Meeting:
    sittings = [
        SittingDraft(at(day + timedelta(days=number), hour), group=group, place="Hội trường tầng 2")
        for number, group in enumerate(clusters or (None,))
    ]
    return plan_conference(
        act=world.act(who),
        owner=world.units["DUK"],
        kind=MeetingKind.BRIEFING,
        title="Hội nghị giao ban quý I/2023",
        sittings=sittings,
    )


@pytest.fixture
def briefing(world: World, clusters: tuple[Group, Group]) -> Meeting:
    """A conference of two clusters on two days to which both units are invited."""
    conference = plan(world, clusters)
    invite_clusters(act=world.act("clerk"), conference=conference)
    return conference


def test_each_cluster_has_its_sitting_and_units(world: World, briefing: Meeting) -> None:
    view = conference_view(briefing)
    told = [(one.number, one.starts_at.astimezone(HANOI).date(), one.cluster) for one in view.sittings]
    assert told == [(1, DAY, "Cụm số 1"), (2, DAY + timedelta(days=1), "Cụm số 2")]
    assert [[row.unit.code for row in one.rows] for one in view.sittings] == [["DUK.01"], ["DUK.02"]]
    assert briefing.month == date(2023, 3, 1)
    assert invite_clusters(act=world.act("clerk"), conference=briefing) == [], "who is invited is left alone"


def test_a_sitting_without_cluster_invites_everybody_below(world: World) -> None:
    conference = plan(world)
    invited = invite_clusters(act=world.act("clerk"), conference=conference)
    assert {entry.unit.code for entry in invited} == {"DUK.01", "DUK.02"}


def test_attendance_is_set_and_mended(world: World, briefing: Meeting) -> None:
    act = world.act("clerk")
    fund, department = world.units["DUK.02"], world.units["DUK.01"]
    record_delegations(
        act=act,
        conference=briefing,
        drafts=[
            DelegationDraft(department, Presence.PRESENT, 2),
            DelegationDraft(fund, Presence.ABSENT),
        ],
    )
    record_delegations(act=act, conference=briefing, drafts=[DelegationDraft(fund, Presence.EXCUSED, note="họp bão")])
    again = record_delegations(
        act=act, conference=briefing, drafts=[DelegationDraft(fund, Presence.EXCUSED, note="họp bão")]
    )
    assert again == [], "the same once more adds nothing"
    view = conference_view(briefing)
    assert [(row.unit.code, row.state, row.delegates) for row in view.rows] == [
        ("DUK.01", "present", 2),
        ("DUK.02", "excused", 0),
    ]
    assert DelegationEntry.objects.filter(unit=fund).count() == 3
    [line] = conferences_in(world.users["clerk"], world.units["DUK"], Window(START, date(2024, 1, 1)), today=TODAY)
    assert (line.invited, line.present, line.excused, line.absent, line.delegates) == (2, 1, 1, 0, 2)


def test_a_tick_can_be_taken_back(world: World, briefing: Meeting) -> None:
    act, fund = world.act("clerk"), world.units["DUK.02"]
    record_delegations(act=act, conference=briefing, drafts=[DelegationDraft(fund, Presence.PRESENT, 3)])
    record_delegations(act=act, conference=briefing, drafts=[DelegationDraft(fund, None)])
    assert {row.state for row in conference_view(briefing).rows} == {""}
    assert cancel_conference(act=act, conference=briefing, reason="Hoãn").state == MeetingState.CANCELLED


def test_delegates_are_evidence_of_a_duty(world: World, briefing: Meeting) -> None:
    record_delegations(
        act=world.act("clerk"),
        conference=briefing,
        drafts=[
            DelegationDraft(world.units["DUK.01"], Presence.PRESENT, 2),
            DelegationDraft(world.units["DUK.02"], Presence.EXCUSED),
        ],
    )
    ask = EvidenceAsk(
        Unit.objects.values("pk"), START, date(2024, 1, 1), str(briefing.uid), 1, "", as_of=DAY + timedelta(days=1)
    )
    codes = {unit.pk: unit.code for unit in Unit.objects.all()}
    found = [(codes[one.unit], one.day, one.progress, one.excused) for one in DELEGATES.found(ask)]
    assert found == [("DUK.01", DAY, "done", False), ("DUK.02", DAY + timedelta(days=1), "nothing", True)]
    assert [(list(mark[:5]), units) for mark, units in DELEGATES.marks(ask)] == [
        ([DAY, DAY, "done", False, ""], [world.units["DUK.01"].pk]),
        ([DAY + timedelta(days=1)] * 2 + ["nothing", True, "vắng có lý do"], [world.units["DUK.02"].pk]),
    ]
    assert [codes[one.unit] for one in DELEGATES.found(replace(ask, as_of=DAY))] == ["DUK.01"]
    assert not list(DELEGATES.found(replace(ask, subject="01-NQ/DUK")))
    absent = DelegationDraft(world.units["DUK.02"], Presence.ABSENT)
    record_delegations(act=world.act("clerk"), conference=briefing, drafts=[absent])
    assert [codes[one.unit] for one in DELEGATES.found(ask)] == ["DUK.01"], "absent without leave shows nothing"


def test_reports_proposals_and_conclusions(world: World, briefing: Meeting) -> None:
    act, fund = world.act("clerk"), world.units["DUK.02"]
    [report] = record_proposals(act=act, conference=briefing, drafts=[ProposalDraft(fund, "Đã họp đủ ba kỳ.")])
    record_proposals(
        act=act,
        conference=briefing,
        drafts=[
            ProposalDraft(fund, "Đã họp đủ ba kỳ, một kỳ chuyên đề.", corrects=report.uid),
            ProposalDraft(fund, "Đề nghị mở lớp cho cấp ủy viên mới.", proposal=True),
        ],
    )
    due = date(2023, 4, 20)
    [made, other] = record_conference_conclusions(
        act=act,
        conference=briefing,
        drafts=[
            ConferenceConclusionDraft("Nộp chương trình hành động còn thiếu.", "Các chi, đảng bộ cơ sở", due),
            ConferenceConclusionDraft("Mở lớp bồi dưỡng."),
        ],
    )
    [mended] = record_conference_conclusions(
        act=act,
        conference=briefing,
        drafts=[ConferenceConclusionDraft("Nộp đủ.", "Các đơn vị có tên", due, corrects=made.uid)],
    )
    assert mended.thread == made.thread
    record_conference_conclusions(
        act=act, conference=briefing, drafts=[ConferenceConclusionDraft("", corrects=other.uid, void=True)]
    )
    view = conference_view(briefing)
    assert [(entry.proposal, entry.text) for _card, entry in view.proposals] == [
        (False, "Đã họp đủ ba kỳ, một kỳ chuyên đề."),
        (True, "Đề nghị mở lớp cho cấp ủy viên mới."),
    ]
    assert [(one.text, one.owner_words, one.due) for one in view.conclusions] == [("Nộp đủ.", "Các đơn vị có tên", due)]


def test_it_is_held_once_and_then_not_called_off(world: World, briefing: Meeting) -> None:
    act = world.act("clerk")
    assert hold_conference(act=act, conference=briefing).state == MeetingState.HELD
    with pytest.raises(Conflict, match="đã họp"):
        hold_conference(act=act, conference=briefing)
    with pytest.raises(Conflict, match="không hủy được"):
        cancel_conference(act=act, conference=briefing, reason="Hoãn")


def _tick(world: World, conference: Meeting, code: str, state: Presence, delegates: int = 0) -> None:
    draft = DelegationDraft(world.units[code], state, delegates)
    record_delegations(act=world.act("clerk"), conference=conference, drafts=[draft])


REFUSED: dict[str, tuple[Callable[[World, Meeting], object], str]] = {
    "not invited": (lambda w, c: _tick(w, c, "DUK.01.01", Presence.PRESENT, 1), "không được mời"),
    "too many": (lambda w, c: _tick(w, c, "DUK.01", Presence.PRESENT, MOST_DELEGATES + 1), "31 đại biểu"),
    "nobody came": (lambda w, c: _tick(w, c, "DUK.01", Presence.PRESENT, 0), "0 đại biểu"),
    "absent with people": (lambda w, c: _tick(w, c, "DUK.01", Presence.ABSENT, 2), "không dự nhưng"),
    "same hour": (lambda w, c: plan(w, day=DAY, hour=9), "đã có «Hội nghị giao ban quý I/2023»"),
    "invited twice": (
        lambda w, c: invite_units(act=w.act("clerk"), conference=c, sitting=1, units=[w.units["DUK.01"]]),
        "đã được mời",
    ),
    "another tree": (
        lambda w, c: invite_units(act=w.act("clerk"), conference=c, sitting=1, units=[w.units["XA.01"]]),
        "không trực thuộc",
    ),
    "no such sitting": (
        lambda w, c: invite_units(act=w.act("clerk"), conference=c, sitting=9, units=[w.units["DUK.01.01"]]),
        "không có phiên 9",
    ),
    "a stranger reports": (
        lambda w, c: record_proposals(
            act=w.act("clerk"), conference=c, drafts=[ProposalDraft(w.units["DUK.01.01"], "Xin báo cáo.")]
        ),
        "không được mời",
    ),
    "nothing said": (
        lambda w, c: record_conference_conclusions(
            act=w.act("clerk"), conference=c, drafts=[ConferenceConclusionDraft("  ")]
        ),
        "Chưa có nội dung",
    ),
    "due before": (
        lambda w, c: record_conference_conclusions(
            act=w.act("clerk"), conference=c, drafts=[ConferenceConclusionDraft("Nộp.", due=date(2023, 1, 2))]
        ),
        "trước ngày hội nghị",
    ),
    "no reason": (lambda w, c: cancel_conference(act=w.act("clerk"), conference=c, reason=" "), "Chưa có lý do"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_say_what_is_wrong(world: World, briefing: Meeting, case: str) -> None:
    do, words = REFUSED[case]
    with pytest.raises(GiaobanError, match=words):
        do(world, briefing)


def test_nothing_is_recorded_of_a_day_to_come(world: World) -> None:
    act = world.act("clerk")
    conference = plan(world, day=TODAY + timedelta(days=3))
    invite_clusters(act=act, conference=conference)
    for do in (
        lambda: _tick(world, conference, "DUK.01", Presence.PRESENT, 2),
        lambda: hold_conference(act=act, conference=conference),
        lambda: record_conference_conclusions(
            act=act, conference=conference, drafts=[ConferenceConclusionDraft("Kết luận.")]
        ),
    ):
        with pytest.raises(InvalidInput, match="chưa diễn ra"):
            do()


def test_a_called_off_conference_takes_nothing_and_frees_its_hour(world: World, briefing: Meeting) -> None:
    act = world.act("clerk")
    cancel_conference(act=act, conference=briefing, reason="Hoãn vì phòng, chống bão")
    assert conference_view(briefing).cancelled_because == "Hoãn vì phòng, chống bão"
    with pytest.raises(Conflict, match="đã hủy"):
        _tick(world, briefing, "DUK.01", Presence.PRESENT, 2)
    assert plan(world).state == MeetingState.PLANNED


@pytest.mark.parametrize(
    ("sittings", "words"),
    [
        ([], "0 phiên"),
        ([SittingDraft(NOW, NOW - timedelta(hours=1))], "không sau lúc bắt đầu"),
        ([SittingDraft(NOW), SittingDraft(NOW + timedelta(days=1))], "hai phiên"),
    ],
)
def test_a_plan_must_be_possible(world: World, sittings: list[SittingDraft], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        plan_conference(
            act=world.act("clerk"),
            owner=world.units["DUK"],
            kind=MeetingKind.CONFERENCE,
            title="Hội nghị",
            sittings=sittings,
        )


def test_rights(world: World, briefing: Meeting) -> None:
    with pytest.raises(NotAllowed):
        plan(world, day=DAY + timedelta(days=5), who="organizer")
    with pytest.raises(NotFound):
        hold_conference(act=world.act("outsider"), conference=briefing)
    with pytest.raises(NotFound):
        find_conference(world.users["outsider"], briefing.uid, today=TODAY)
    assert find_conference(world.users["deputy"], briefing.uid, today=TODAY) == briefing


def test_a_conference_that_is_called_makes_units_owe_a_delegate(world: World) -> None:
    act, duk = world.act("clerk"), world.units["DUK"]
    called = call_conference(
        act=act,
        owner=duk,
        kind=MeetingKind.BRIEFING,
        title="Hội nghị giao ban quý I/2023",
        sittings=[SittingDraft(datetime(2023, 3, 28, 8, 0, tzinfo=HANOI))],
    )
    duty = called.duty
    assert duty is not None
    assert (duty.evidence, duty.subject, duty.due_on) == (
        "conferences.delegates",
        str(called.conference.uid),
        date(2023, 3, 28),
    )
    assert {unit.code for unit in duty.listed.all()} == {entry.unit.code for entry in called.invited}
    assert ask_for_delegates(act=act, conference=called.conference) == duty, "once for a conference"
    record_delegations(
        act=act, conference=called.conference, drafts=[DelegationDraft(world.units["DUK.01"], Presence.PRESENT, 2)]
    )
    [column] = board(None, duk, Period.parse("2023-Q1"), today=TODAY).columns
    assert {row: column.cell(world.units[row].pk).done for row in ("DUK.01", "DUK.02")} == {"DUK.01": 1, "DUK.02": 0}
    record_delegations(act=act, conference=called.conference, drafts=[DelegationDraft(world.units["DUK.01"], None)])
    call_off_conference(act=act, conference=called.conference, reason="Hoãn vì bão")
    assert not StandingDuty.objects.filter(pk=duty.pk).exists()
    assert not board(None, duk, Period.parse("2023-Q1"), today=TODAY).columns
