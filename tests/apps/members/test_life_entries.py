"""Cards, conclusions on the political standard, opinions, ways out of the Party and back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import TODAY

from giaoban.apps.members import integrity
from giaoban.apps.members.grounds import grounds, grounds_on
from giaoban.apps.members.models import (
    CardReason,
    MemberEntry,
    MemberEvent,
    MemberState,
    OfficeTerm,
    VettingEntry,
    VettingPurpose,
)
from giaoban.apps.members.operations import (
    EntryDraft,
    VettingDraft,
    issue_card,
    record_death,
    record_member_entries,
    record_status_opinion,
    record_vetting,
    record_vetting_entries,
    redate_vetting_entry,
    reissue_card,
    resign_member,
    restore_member,
    strike_off_member,
    void_entry,
    void_vetting_entry,
)
from giaoban.apps.members.queries.offices_held import offices_held
from giaoban.apps.organizations.models import on_day
from giaoban.apps.organizations.operations import Decision
from giaoban.apps.reporting.queries.figures import compute_figures, explain_figure
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed
from giaoban.core.period import Period
from giaoban.figures import FigureRequest, Parts

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
FEB = date(2023, 2, 1)


def counted(key: str, period: str = "2023-Q1", unit: str = "DUK") -> tuple[Any, dict[str, int]]:
    [figure] = compute_figures([FigureRequest(key, unit, Period.parse(period))], parts=Parts(breakdown=True))
    return figure.value, dict(figure.breakdown)


def live(world: World, who: str, kind: MemberEvent) -> MemberEntry:
    found: MemberEntry = MemberEntry.objects.live().get(member=world.members[who], kind=kind)
    return found


# Cards.


def test_a_first_card_gives_the_member_its_number(world: World) -> None:
    """`chi` was recorded with a card but without its number; `giang` has none at all."""
    giang = world.members["giang"]
    issue_card(act=world.act("clerk"), member=giang, day=TODAY, card_number=" 71000001 ", round_="3/2")
    assert world.refresh("giang").card_number == "71000001"
    assert counted("members.cards_issued", "2023-M04") == (1, {"3/2": 1})
    with pytest.raises(InvalidInput, match="đã có thẻ"):
        issue_card(act=world.act("clerk"), member=world.refresh("giang"), day=TODAY, card_number="71000002")
    void_entry(act=world.act("clerk"), entry=live(world, "giang", MemberEvent.CARD_ISSUED))
    assert world.refresh("giang").card_number == "", "taken back with its entry"


@pytest.mark.parametrize(
    ("who", "number", "told"),
    [("an", "71000001", "còn là đảng viên dự bị"), ("giang", " ", "Chưa ghi số thẻ"), ("lam", "7", "đã có thẻ")],
)
def test_who_gets_no_card(world: World, who: str, number: str, told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        issue_card(act=world.act("clerk"), member=world.members[who], day=TODAY, card_number=number)


def test_a_number_belongs_to_one_member(world: World) -> None:
    taken = world.members["dao"].card_number
    with pytest.raises(Conflict, match=taken):
        issue_card(act=world.act("clerk"), member=world.members["giang"], day=TODAY, card_number=taken)
    assert world.refresh("giang").card_number == ""


def test_a_card_issued_once_more_keeps_the_old_number_readable(world: World) -> None:
    act, dao = world.act("clerk"), world.members["dao"]
    old = dao.card_number
    reissue_card(act=act, member=dao, day=date(2023, 2, 1), reason=CardReason.LOST, card_number="72000001")
    again = reissue_card(act=act, member=world.refresh("dao"), day=date(2023, 3, 1), reason=CardReason.DAMAGED)
    assert (again.card_number, again.card_before) == ("72000001", "72000001")
    assert world.refresh("dao").card_number == "72000001"
    assert counted("members.cards_reissued") == (2, {"lost": 1, "damaged": 1})
    assert counted("members.cards_issued", "2023-M02")[0] == 1, "only the first card of chi"
    for entry in MemberEntry.objects.filter(member=dao, kind=MemberEvent.CARD_REISSUED):
        void_entry(act=act, entry=entry)
    assert world.refresh("dao").card_number == old
    [*findings] = [row for check in integrity.CHECKS for row in check.rows()]
    assert findings == []


# Conclusions and opinions.


def test_a_conclusion_is_a_number_and_a_date(world: World) -> None:
    draft = VettingDraft(VettingPurpose.CADRE, FEB, world.members["dao"], decision=Decision("45-KL/BTC", FEB))
    record_vetting(act=world.act("secretary"), draft=draft)
    assert counted("members.vetted") == (1, {"cadre": 1})
    assert counted("members.vetted_organizations")[0] == 1
    [line] = explain_figure(FigureRequest("members.vetted", "DUK", Period.parse("2023-Q1"))).lines
    assert (line.subject, line.note) == ("Nguyễn Đức Đạo", "Số 45-KL/BTC")
    fields = {field.name for field in VettingEntry._meta.get_fields()}
    assert not fields & {"content", "result", "note", "text"}, "never what it says"


def test_organisations_with_a_conclusion_are_counted_once(world: World) -> None:
    drafts = [
        VettingDraft(VettingPurpose.CADRE, FEB, world.members[who], decision=Decision(f"{number}-KL/BTC", FEB))
        for number, who in enumerate(("dao", "em", "minh", "quy"), start=1)
    ]
    record_vetting_entries(act=world.act("clerk"), drafts=drafts)
    assert (counted("members.vetted")[0], counted("members.vetted_organizations")[0]) == (4, 2)


@pytest.mark.parametrize(
    ("draft", "told"),
    [
        ({"decision": Decision(" ")}, "Chưa ghi số kết luận"),
        ({"member": None}, "Chưa biết kết luận về ai"),
        ({"day": date(2023, 4, 6)}, "ở tương lai"),
        ({"day": date(2023, 3, 31), "who": "lam"}, "không sinh hoạt tại chi bộ nào"),
    ],
)
def test_what_no_conclusion_is(world: World, draft: dict[str, Any], told: str) -> None:
    member = world.members[draft.pop("who", "dao")]
    known = {"purpose": VettingPurpose.CADRE, "day": FEB, "member": member, "decision": Decision("4-KL/BTC")}
    with pytest.raises(InvalidInput, match=told):
        record_vetting(act=world.act("clerk"), draft=VettingDraft(**(known | draft)))


def test_conclusions_are_corrected(world: World) -> None:
    act = world.act("clerk")
    draft = VettingDraft(VettingPurpose.ADMISSION, FEB, world.members["an"], decision=Decision("4-KL/BTC", FEB))
    entry = record_vetting(act=act, draft=draft)
    entry = redate_vetting_entry(act=act, entry=entry, day=TODAY, decision=Decision("5-KL/BTC", TODAY))
    assert (counted("members.vetted")[0], counted("members.vetted", "2023-M04")) == (0, (1, {"admission": 1}))
    void_vetting_entry(act=act, entry=entry)
    assert counted("members.vetted", "2023-M04")[0] == 0


def test_an_opinion_on_standing_is_counted(world: World) -> None:
    record_status_opinion(act=world.act("clerk"), member=world.members["dao"], day=FEB)
    assert counted("members.status_opinions")[0] == 1
    with pytest.raises(NotAllowed):
        record_status_opinion(act=world.act("inspector"), member=world.members["dao"], day=FEB)


# Ways out and back.


def test_a_ground_is_one_of_the_day(world: World) -> None:
    assert "review_refused" not in grounds_on(date(2023, 1, 1))
    assert "review_refused" in grounds_on(date(2026, 6, 1))
    assert all(ground.label and ground.source and ground.start < ground.end for ground in grounds().values())
    for ground in ("review_refused", "", "because"):
        with pytest.raises(InvalidInput, match="căn cứ"):
            strike_off_member(act=world.act("clerk"), member=world.members["dao"], day=TODAY, ground=ground)


def test_struck_off(world: World) -> None:
    decision = Decision("7-QĐ/ĐUK", TODAY)
    entry = strike_off_member(
        act=world.act("clerk"), member=world.members["em"], day=TODAY, ground="no_activity", decision=decision
    )
    assert (entry.how, entry.ground) == ("struck_off", "no_activity")
    assert world.refresh("em").state == MemberState.LEFT
    assert counted("members.left", "2023-M04") == (1, {"struck_off": 1})


def test_offices_end_with_membership(world: World) -> None:
    """By rule: the secretary of a cell may record the death of somebody who holds an office above it."""
    assert offices_held(world.members["dao"], day=TODAY) == ("Bí thư Đảng bộ cơ quan Sở Thử nghiệm",)
    record_death(act=world.act("secretary"), member=world.members["dao"], day=TODAY)
    assert world.refresh("dao").state == MemberState.DIED
    assert not OfficeTerm.objects.filter(on_day(TODAY), member=world.members["dao"]).exists()
    assert OfficeTerm.objects.filter(member=world.members["dao"], valid_to=TODAY).exists(), "the past stays"


def test_resigned_and_restored(world: World) -> None:
    act, em = world.act("clerk"), world.members["em"]
    resign_member(act=act, member=em, day=date(2022, 6, 1))
    assert counted("members.total", "2022-M06", "DUK.01.01")[0] == 4
    restore_member(act=act, member=world.refresh("em"), day=FEB, unit=world.units["DUK.01.02"])
    assert world.refresh("em").unit.code == "DUK.01.02"
    assert counted("members.restored")[0] == 1
    with pytest.raises(InvalidInput, match="đảng viên chính thức"):
        restore_member(act=act, member=world.refresh("em"), day=TODAY, unit=world.units["DUK.02"])


def test_only_those_who_left_are_restored(world: World) -> None:
    with pytest.raises(InvalidInput, match="đã từ trần"):
        restore_member(act=world.act("clerk"), member=world.members["lam"], day=TODAY, unit=world.units["DUK.02"])
    with pytest.raises(InvalidInput, match="đã chuyển đi"):
        restore_member(act=world.act("clerk"), member=world.members["hung"], day=TODAY, unit=world.units["DUK.02"])


def test_many_cards_cost_what_one_costs(world: World, django_assert_max_num_queries: Any) -> None:
    """A round with its numbers in one act."""
    who = ["dao", "em", "minh", "oanh", "quy", "son", "tam"]
    drafts = [
        EntryDraft(
            world.members[name],
            MemberEvent.CARD_REISSUED,
            FEB,
            world.members[name].unit,
            ground="exchanged",
            card_number=f"7300000{number}",
        )
        for number, name in enumerate(who)
    ]
    with CaptureQueriesContext(connection) as alone:
        record_member_entries(act=world.act("clerk"), drafts=drafts[:1])
    with django_assert_max_num_queries(len(alone)):
        record_member_entries(act=world.act("clerk"), drafts=drafts[1:])
    assert counted("members.cards_reissued")[1] == {"exchanged": 7}
