"""Transfers whole: for good and for a time, within and outside, out of the country; letters withdrawn or handed in
elsewhere; guests. No temporary one changes a stock (decision D5)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.world import TODAY

from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MemberState
from giaoban.apps.members.operations import (
    FirstEntry,
    MemberDraft,
    end_temporary_stay,
    enrol_member,
    letter_handed_in_outside,
    receive_member,
    record_death,
    send_member,
    transfer_out,
    withdraw_letter,
)
from giaoban.apps.members.queries.transfers import elsewhere_for_a_time, temporary_stays, waiting_letters
from giaoban.apps.reporting.queries.figures import compute_figures, sources
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from giaoban.core.period import Period
from giaoban.figures import ALL_PARTS, FigureRequest, Parts
from giaoban.figures.invariants import balance_requests, members_balance

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.django_db
APRIL = "2023-M04"


def counted(key: str, period: str = APRIL, unit: str = "DUK") -> tuple[Any, dict[str, dict[str, int]]]:
    [figure] = compute_figures([FigureRequest(key, unit, Period.parse(period))], parts=Parts(breakdowns=True))
    return figure.value, {name: dict(codes) for name, codes in figure.breakdowns.items() if codes}


def adds_up(world: World) -> None:
    """Opening + in - out = closing, for every unit in April."""
    for unit in world.units:
        requests = balance_requests(unit, Period.parse(APRIL))
        assert members_balance(compute_figures(requests, parts=ALL_PARTS)) == [], unit


def letter(world: World) -> MemberEntry:
    """`nga` is on the way from DUK.01.02 to DUK.02 since 28/03/2023."""
    found: MemberEntry = MemberEntry.objects.get(member=world.members["nga"], kind=MemberEvent.TRANSFER_SENT)
    return found


def test_out_of_the_country(world: World) -> None:
    transfer_out(act=world.act("clerk"), member=world.members["em"], day=TODAY, outside="Đảng ủy tại Lào", abroad=True)
    value, parts = counted("members.transferred_out")
    assert (value, parts["where"], parts["term"]) == (1, {"abroad": 1}, {"official": 1})
    assert world.refresh("em").state == MemberState.GONE_OUT
    adds_up(world)


def test_out_for_a_time_and_back(world: World) -> None:
    act, em = world.act("secretary"), world.members["em"]
    transfer_out(
        act=act, member=em, day=date(2023, 4, 2), outside="Trường Chính trị", temporary=True, until=date(2023, 9, 30)
    )
    assert world.refresh("em").state == MemberState.OFFICIAL
    assert elsewhere_for_a_time(em)
    [stay] = temporary_stays(world.users["secretary"], world.units["DUK.01.01"], today=TODAY)
    assert (stay.home, stay.host, stay.until, stay.guest) == (
        "Chi bộ Văn phòng, Đảng bộ cơ quan Sở Thử nghiệm",
        "Trường Chính trị",
        date(2023, 9, 30),
        False,
    )
    end_temporary_stay(act=act, member=em, day=TODAY)
    assert not elsewhere_for_a_time(em)
    assert counted("members.transferred")[0] == 1, "to come back is no second transfer"
    with pytest.raises(InvalidInput, match="chưa kết thúc"):
        end_temporary_stay(act=act, member=em, day=TODAY)
    adds_up(world)


def test_a_temporary_transfer_within(world: World) -> None:
    clerk, em = world.act("clerk"), world.members["em"]
    sent = send_member(act=clerk, member=em, day=date(2023, 4, 1), to_unit=world.units["DUK.02"], temporary=True)
    receive_member(act=clerk, sent=sent, day=date(2023, 4, 3))
    assert world.refresh("em").unit.code == "DUK.01.01"
    [stay] = temporary_stays(clerk.user, world.units["DUK.02"], today=TODAY)
    assert (stay.full_name, stay.host) == ("Trần Thị Em", "Chi bộ Quỹ Thử nghiệm")
    assert counted("members.transferred_within")[1]["term"] == {"temporary": 1}
    end_temporary_stay(act=clerk, member=world.refresh("em"), day=TODAY)
    adds_up(world)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"until": date(2023, 12, 31)}, "không có thời hạn"),
        ({"until": date(2023, 1, 1), "temporary": True}, "trước ngày giới thiệu"),
    ],
)
def test_only_a_temporary_one_has_an_end(world: World, more: dict[str, Any], told: str) -> None:
    for go in (
        lambda: transfer_out(act=world.act("clerk"), member=world.members["em"], day=TODAY, outside="X", **more),
        lambda: send_member(
            act=world.act("clerk"), member=world.members["em"], day=TODAY, to_unit=world.units["DUK.02"], **more
        ),
    ):
        with pytest.raises(InvalidInput, match=told):
            go()


def test_whoever_is_on_the_way_is_not_sent_again(world: World) -> None:
    with pytest.raises(InvalidInput, match="nơi đến chưa tiếp nhận"):
        transfer_out(act=world.act("clerk"), member=world.members["nga"], day=TODAY, outside="Đảng bộ X")


def test_a_letter_is_withdrawn(world: World) -> None:
    withdraw_letter(act=world.act("clerk"), sent=letter(world), day=TODAY)
    assert waiting_letters(world.users["clerk"], world.units["DUK"], today=TODAY).rows == ()
    assert world.refresh("nga").unit.code == "DUK.01.02"
    assert counted("members.transferred")[0] == 0
    with pytest.raises(Conflict):
        receive_member(act=world.act("clerk"), sent=letter(world), day=TODAY)
    send_member(act=world.act("clerk"), member=world.members["nga"], day=TODAY, to_unit=world.units["DUK.01.01"])


def test_a_letter_is_handed_in_at_another_cell(world: World) -> None:
    receive_member(act=world.act("secretary"), sent=letter(world), day=TODAY, at=world.units["DUK.01.01"])
    assert world.refresh("nga").unit.code == "DUK.01.01"
    assert waiting_letters(world.users["clerk"], world.units["DUK"], today=TODAY).rows == ()
    assert counted("members.transferred_in", unit="DUK.01.01")[0] == 1
    assert counted("members.transferred_in", unit="DUK.02")[0] == 0
    adds_up(world)


def test_a_letter_comes_not_back_to_where_it_was_written(world: World) -> None:
    with pytest.raises(InvalidInput, match="nơi đã giới thiệu đi"):
        receive_member(act=world.act("clerk"), sent=letter(world), day=TODAY, at=world.units["DUK.01.02"])


def test_a_letter_is_handed_in_outside(world: World) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        letter_handed_in_outside(act=world.act("secretary"), sent=letter(world), day=TODAY, outside="Đảng bộ X")
    with pytest.raises(InvalidInput, match="Chưa ghi nơi đến"):
        letter_handed_in_outside(act=world.act("clerk"), sent=letter(world), day=TODAY, outside=" ")
    with pytest.raises(InvalidInput, match="trước ngày giới thiệu"):
        letter_handed_in_outside(act=world.act("clerk"), sent=letter(world), day=date(2023, 3, 1), outside="X")
    letter_handed_in_outside(act=world.act("clerk"), sent=letter(world), day=TODAY, outside="Đảng bộ X")
    assert world.refresh("nga").state == MemberState.GONE_OUT
    assert counted("members.transferred_out")[0] == 1
    assert waiting_letters(world.users["clerk"], world.units["DUK"], today=TODAY).rows == ()
    adds_up(world)


def test_the_letter_of_somebody_who_died_waits_for_nobody(world: World) -> None:
    record_death(act=world.act("clerk"), member=world.members["nga"], day=TODAY)
    assert waiting_letters(world.users["clerk"], world.units["DUK"], today=TODAY).rows == ()


def test_the_list_tells_days_and_the_day_by_which(world: World, django_assert_max_num_queries: Any) -> None:
    """30 working days from Tuesday 28 March, without the Hùng Kings' day, 30 April and 1 May with the days for them."""
    with django_assert_max_num_queries(12):
        [one] = waiting_letters(world.users["clerk"], world.units["DUK"], today=TODAY).rows
    assert (one.days, one.temporary) == (8, False)
    assert one.due == date(2023, 5, 12)
    assert not one.overdue(date(2023, 5, 12))
    assert one.overdue(date(2023, 5, 15))


def guest(world: World, **more: Any) -> Member:
    first = FirstEntry(
        MemberEvent.TRANSFERRED,
        date(2023, 4, 2),
        world.units["DUK.02"],
        outside="Đảng bộ huyện Khe Mây",
        temporary=True,
        until=date(2023, 6, 30),
    )
    birth = PartialDate(date(1990, 1, 1), Precision.YEAR)
    return enrol_member(act=world.act("clerk"), draft=MemberDraft("Đoàn Thị Khách", birth, first, **more))


def test_a_guest_is_known_and_not_counted(world: World) -> None:
    before = counted("members.total")[0]
    member = guest(world)
    assert (member.state, member.unit.code) == (MemberState.GUEST, "DUK.02")
    assert counted("members.total")[0] == before
    assert counted("members.transferred_in")[1]["term"] == {"temporary": 1}
    [stay] = temporary_stays(world.users["clerk"], world.units["DUK"], today=TODAY)
    assert (stay.home, stay.host, stay.guest) == ("Đảng bộ huyện Khe Mây", "Chi bộ Quỹ Thử nghiệm", True)
    adds_up(world)
    end_temporary_stay(act=world.act("clerk"), member=member, day=TODAY)
    member.refresh_from_db()
    assert member.state == MemberState.GONE_OUT
    assert temporary_stays(world.users["clerk"], world.units["DUK"], today=TODAY) == ()
    adds_up(world)


def test_nothing_but_its_end_happens_to_a_guest(world: World) -> None:
    member = guest(world)
    with pytest.raises(InvalidInput, match="chỉ sinh hoạt tạm thời"):
        record_death(act=world.act("clerk"), member=member, day=TODAY)


def test_a_guest_may_come_to_stay(world: World) -> None:
    from giaoban.apps.members.operations import EntryDraft, record_member_entries

    member, fund = guest(world), world.units["DUK.02"]
    draft = EntryDraft(member, MemberEvent.TRANSFERRED, TODAY, fund, to_unit=fund, outside="Đảng bộ huyện Khe Mây")
    record_member_entries(act=world.act("clerk"), drafts=[draft])
    member.refresh_from_db()
    assert member.state == MemberState.OFFICIAL
    adds_up(world)


def test_measures_of_transfers_have_their_oracle() -> None:
    """Each way is one measure; the whole is «lượt», never mixed with members."""
    catalogue = sources().catalogue
    assert catalogue["members.transferred"].unit == "lượt"
    assert {catalogue[f"members.transferred_{way}"].unit for way in ("in", "out", "within")} == {"đảng viên"}
