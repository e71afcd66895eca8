"""A called conference is moved, units are taken in and out; what they owe follows and those invited are told again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.world import START

from giaoban.apps.audit.act import HANOI
from giaoban.apps.meetings.integrity import CHECKS
from giaoban.apps.meetings.models import DelegationEntry, Meeting, MeetingKind, Presence
from giaoban.apps.meetings.operations import (
    DelegationDraft,
    InvitationDraft,
    ProposalDraft,
    SittingDraft,
    call_conference,
    change_invitations,
    hold_conference,
    move_conference,
    note_invitations_sent,
    plan_conference,
    record_delegations,
    record_proposals,
    renew_delegates_duty,
)
from giaoban.apps.meetings.queries.calendar import calendar_file
from giaoban.apps.meetings.queries.conferences import conference_view
from giaoban.apps.meetings.queries.conferences_invitations import invitations_of
from giaoban.apps.obligations.models import LeaveEntry, LeaveEvent, StandingDuty
from giaoban.apps.obligations.queries.board import board
from giaoban.apps.organizations.models import Group, GroupKind, Unit, UnitEvent
from giaoban.apps.organizations.operations import TreeDraft, define_group, place_in_group, record_tree_events
from giaoban.core.errors import Conflict, GiaobanError, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period

if TYPE_CHECKING:
    from tests.world import World

APRIL = Period.parse("2023-M04")
TENTH = date(2023, 4, 10)


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 0, tzinfo=HANOI)


@pytest.fixture
def clusters(world: World) -> tuple[Group, Group]:
    """DUK.01 in the first cluster, DUK.02 in the second."""
    act = world.act("clerk")
    first = Group.objects.get(kind=GroupKind.CLUSTER, code="1")
    second = define_group(act=act, owner=world.units["DUK"], kind=GroupKind.CLUSTER, code="2", name="Cụm số 2")
    place_in_group(act=act, group=second, units=[world.units["DUK.02"]], start=START + timedelta(days=1))
    return first, second


@pytest.fixture
def called(world: World, clusters: tuple[Group, Group]) -> Meeting:
    """A briefing on 10 and 11 April, five days after today, to which DUK.01 and DUK.02 are invited."""
    return call_conference(
        act=world.act("clerk"),
        owner=world.units["DUK"],
        kind=MeetingKind.BRIEFING,
        title="Hội nghị giao ban quý I/2023",
        sittings=[
            SittingDraft(at(TENTH + timedelta(days=number)), group=group, place="Hội trường")
            for number, group in enumerate(clusters)
        ],
    ).conference


def duty() -> StandingDuty:
    [found] = StandingDuty.objects.filter(evidence="conferences.delegates")
    return found


def listed() -> set[str]:
    return {unit.code for unit in duty().listed.all()}


def test_a_moved_sitting_takes_the_duty_and_the_invited_with_it(world: World, called: Meeting) -> None:
    act = world.act("clerk")
    before = duty()
    fund = world.units["DUK.02"]
    LeaveEntry.objects.create(
        unit=fund, rule=before.code, subject=f"once@{fund.uid}", kind=LeaveEvent.EXCUSED, reason="trực bão",
        effective_date=date(2023, 4, 5), recorded_at=act.now, actor=act.user,
    )  # fmt: skip
    moved = move_conference(
        act=act, conference=called, sittings={2: SittingDraft(at(date(2023, 4, 20), 14), place="Phòng họp số 1")}
    )
    assert (moved.dropped, before.due_on) == ((), date(2023, 4, 11))
    view = conference_view(called)
    told = [(one.starts_at.astimezone(HANOI), one.place, one.cluster) for one in view.sittings]
    assert told == [
        (at(TENTH), "Hội trường", "Cụm số 1"),
        (at(date(2023, 4, 20), 14), "Phòng họp số 1", "Cụm số 2"),
    ]
    assert [[row.unit.code for row in one.rows] for one in view.sittings] == [["DUK.01"], ["DUK.02"]]
    assert (duty().due_on, duty().short, listed()) == (date(2023, 4, 20), "Dự họp 20/04/2023", {"DUK.01", "DUK.02"})
    [column] = board(None, world.units["DUK"], APRIL, today=date(2023, 4, 5)).columns
    assert column.due_to == date(2023, 4, 20)
    excused = board(None, world.units["DUK"], APRIL, today=date(2023, 5, 5)).columns[0].cell(fund.pk)
    assert (excused.status.value, excused.reasons) == ("excused", ("trực bão",)), "the excuse stays"
    again = move_conference(act=act, conference=called, sittings={1: SittingDraft(at(TENTH), place=" Hội trường ")})
    assert again.dropped == ()
    assert called.entries.filter(kind="planned").count() == 3, "what says the same adds nothing"


def test_moved_before_the_others_and_into_another_month(world: World, called: Meeting) -> None:
    act = world.act("clerk")
    move_conference(act=act, conference=called, sittings={2: SittingDraft(at(date(2023, 4, 7)))})
    called.refresh_from_db()
    assert (called.day, called.starts_at) == (date(2023, 4, 7), at(date(2023, 4, 7)))
    move_conference(
        act=act,
        conference=called,
        sittings={1: SittingDraft(at(date(2023, 5, 8))), 2: SittingDraft(at(date(2023, 5, 9)))},
    )
    called.refresh_from_db()
    assert (called.day, called.month) == (date(2023, 5, 8), date(2023, 5, 1))
    assert [row for check in CHECKS for row in check.rows()] == [], "what it shows is what its journal says"


def test_who_has_left_by_the_new_day_is_not_invited_any_more(world: World, called: Meeting) -> None:
    act = world.act("clerk", at_console=True)
    opened = TreeDraft(
        UnitEvent.ESTABLISHED, date(2023, 4, 1), "DUK.03", parent="DUK", name="Chi bộ Mới", unit_kind="grassroots_cell"
    )
    record_tree_events(act=act, drafts=[opened])
    change_invitations(act=act, conference=called, drafts=[InvitationDraft(Unit.objects.get(code="DUK.03"), 2)])
    assert listed() == {"DUK.01", "DUK.02", "DUK.03"}
    record_tree_events(act=act, drafts=[TreeDraft(UnitEvent.DISSOLVED, date(2023, 4, 15), "DUK.03")])
    moved = move_conference(act=act, conference=called, sittings={2: SittingDraft(at(date(2023, 4, 20)))})
    assert [unit.code for unit in moved.dropped] == ["DUK.03"]
    assert listed() == {"DUK.01", "DUK.02"}


def test_units_come_and_go(world: World, called: Meeting) -> None:
    act, cell = world.act("clerk"), world.units["DUK.01.01"]
    fund, department = world.units["DUK.02"], world.units["DUK.01"]
    changed = change_invitations(
        act=act,
        conference=called,
        drafts=[InvitationDraft(fund, None), InvitationDraft(cell, 2), InvitationDraft(department, 1)],
    )
    assert [one.unit.code for one in changed] == ["DUK.02", "DUK.01.01"], "who stays adds nothing"
    assert listed() == {"DUK.01", "DUK.01.01"}
    change_invitations(act=act, conference=called, drafts=[InvitationDraft(department, 2), InvitationDraft(cell, None)])
    view = conference_view(called)
    assert [[row.unit.code for row in one.rows] for one in view.sittings] == [[], ["DUK.01"]]
    change_invitations(act=act, conference=called, drafts=[InvitationDraft(department, None)])
    assert not StandingDuty.objects.filter(evidence="conferences.delegates").exists(), "nobody owes anything"
    change_invitations(act=act, conference=called, drafts=[InvitationDraft(fund, 1)])
    assert listed() == {"DUK.02"}
    assert DelegationEntry.objects.live().filter(meeting=called).count() == 1


def test_the_duty_is_renewed_only_where_there_was_one(world: World) -> None:
    act = world.act("clerk")
    planned = plan_conference(
        act=act, owner=world.units["DUK"], kind=MeetingKind.CONFERENCE, title="Hội nghị",
        sittings=[SittingDraft(at(TENTH))],
    )  # fmt: skip
    assert renew_delegates_duty(act=act, conference=planned) is None
    move_conference(act=act, conference=planned, sittings={1: SittingDraft(at(TENTH, 14))})
    assert not StandingDuty.objects.exists()
    change_invitations(act=act, conference=planned, drafts=[InvitationDraft(world.units["DUK.02"], 1)])
    assert listed() == {"DUK.02"}, "the first who is invited owes a delegate"


def test_those_invited_are_told_and_told_again(world: World, called: Meeting) -> None:
    act = world.act("clerk")

    def untold() -> list[tuple[bool, list[str]]]:
        return [(one.moved, [card.code for card in one.untold]) for one in invitations_of(conference_view(called))]

    assert untold() == [(False, ["DUK.01"]), (False, ["DUK.02"])], "nothing was sent yet"
    note_invitations_sent(act=act, conference=called)
    assert untold() == [(False, []), (False, [])]
    later = replace(act, now=act.now + timedelta(minutes=5))
    move_conference(
        act=later, conference=called, sittings={1: SittingDraft(at(date(2023, 4, 12), 14), place="Phòng 2")}
    )
    change_invitations(act=later, conference=called, drafts=[InvitationDraft(world.units["DUK.01.01"], 2)])
    assert untold() == [(True, ["DUK.01"]), (False, ["DUK.01.01"])]
    first, second = invitations_of(conference_view(called))
    assert "- Thời gian: 14:00, thứ Tư, ngày 12/04/2023." in first.text
    assert "thay lịch đã báo trước (08:00, thứ Hai, ngày 10/04/2023, Hội trường)" in first.text
    assert "thay lịch" not in second.text
    assert "1. Đảng bộ" in first.text
    note_invitations_sent(act=replace(act, now=act.now + timedelta(minutes=9)), conference=called)
    assert untold() == [(False, []), (False, [])]
    assert "thay lịch" not in invitations_of(conference_view(called))[0].text


def test_a_calendar_moves_what_it_has(world: World, called: Meeting) -> None:
    act = world.act("clerk")
    first = calendar_file(called, now=act.now, sitting=1).decode()
    assert first.count("BEGIN:VEVENT") == 1
    assert "SEQUENCE:0" in first
    move_conference(act=act, conference=called, sittings={1: SittingDraft(at(date(2023, 4, 12)))})
    moved = calendar_file(called, now=act.now).decode()
    assert moved.count("BEGIN:VEVENT") == 2
    assert f"UID:{called.uid}@giaoban\r\nSEQUENCE:1" in moved
    assert "DTSTART:20230412T010000Z" in moved
    assert "DUK" not in moved


def refused(world: World, called: Meeting, what: str) -> None:
    act, fund, department = world.act("clerk"), world.units["DUK.02"], world.units["DUK.01"]
    match what:
        case "nobody may" | "not held here":
            who = "secretary" if what == "nobody may" else "clerk"
            move_conference(act=world.act(who), conference=called, sittings={7: SittingDraft(at(TENTH))})
        case "backwards":
            move_conference(act=act, conference=called, sittings={1: SittingDraft(at(TENTH), at(TENTH, 7))})
        case "same hour":
            plan_conference(
                act=act,
                owner=called.unit,
                kind=MeetingKind.CONFERENCE,
                title="Khác",
                sittings=[SittingDraft(at(TENTH, 15))],
            )
            move_conference(act=act, conference=called, sittings={1: SittingDraft(at(TENTH, 14))})
        case "reported":
            record_proposals(act=act, conference=called, drafts=[ProposalDraft(fund, "Một ý kiến.")])
            change_invitations(act=act, conference=called, drafts=[InvitationDraft(fund, None)])
        case "no sitting":
            change_invitations(act=act, conference=called, drafts=[InvitationDraft(fund, 9)])
        case "stranger":
            change_invitations(act=act, conference=called, drafts=[InvitationDraft(world.units["XA"], 1)])
        case "nobody invited":
            drafts = [InvitationDraft(fund, None), InvitationDraft(department, None)]
            change_invitations(act=act, conference=called, drafts=drafts)
            note_invitations_sent(act=act, conference=called)
        case "tomorrow":
            note_invitations_sent(act=act, conference=called, day=date(2023, 4, 6))


@pytest.mark.parametrize(
    ("what", "error", "words"),
    [
        ("nobody may", NotFound, "ngoài phạm vi|trong phạm vi"),
        ("not held here", InvalidInput, "không có phiên 7"),
        ("backwards", InvalidInput, "không sau lúc bắt đầu"),
        ("same hour", Conflict, "«Khác»"),
        ("reported", Conflict, "đã có báo cáo, đề nghị"),
        ("no sitting", InvalidInput, "không có phiên 9"),
        ("stranger", InvalidInput, "XA không trực thuộc DUK"),
        ("nobody invited", Conflict, "chưa mời đơn vị nào"),
        ("tomorrow", InvalidInput, "ở tương lai"),
    ],
)
def test_what_is_refused(world: World, called: Meeting, what: str, error: type[GiaobanError], words: str) -> None:
    with pytest.raises(error, match=words):
        refused(world, called, what)


def test_after_the_day_nothing_moves(world: World, clusters: tuple[Group, Group]) -> None:
    act = world.act("clerk")
    past = call_conference(
        act=act, owner=world.units["DUK"], kind=MeetingKind.BRIEFING, title="Giao ban",
        sittings=[SittingDraft(at(date(2023, 3, 28 + number)), group=group) for number, group in enumerate(clusters)],
    ).conference  # fmt: skip
    department = world.units["DUK.01"]
    record_delegations(act=act, conference=past, drafts=[DelegationDraft(department, Presence.PRESENT, 2)])
    with pytest.raises(Conflict, match="đã điểm danh"):
        move_conference(act=act, conference=past, sittings={1: SittingDraft(at(date(2023, 3, 30)))})
    with pytest.raises(Conflict, match="đã điểm danh"):
        change_invitations(act=act, conference=past, drafts=[InvitationDraft(department, 2)])
    move_conference(act=act, conference=past, sittings={2: SittingDraft(at(date(2023, 3, 30)))})
    hold_conference(act=act, conference=past)
    with pytest.raises(Conflict, match="đã họp"):
        move_conference(act=act, conference=past, sittings={2: SittingDraft(at(date(2023, 3, 31)))})
    with pytest.raises(Conflict, match="đã họp"):
        note_invitations_sent(act=act, conference=past)
    with pytest.raises(NotAllowed):
        change_invitations(act=world.act("inspector"), conference=past, drafts=[])
