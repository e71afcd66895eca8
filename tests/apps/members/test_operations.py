"""Recording what happens to members: what changes, what is refused, who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import IDENTITY, TODAY, World

from giaoban.apps.audit.models import AuditRow
from giaoban.apps.members.models import Member, MemberEntry, MemberEvent, MembershipSpell, MemberState, OfficeEvent
from giaoban.apps.members.operations import (
    EntryDraft,
    FirstEntry,
    MemberDraft,
    OfficeDraft,
    enrol_member,
    enrol_members,
    open_personal_file,
    receive_member,
    recognise_member,
    record_member_entries,
    record_office_events,
    redate_entry,
    send_member,
    transfer_out,
    void_entry,
)
from giaoban.apps.members.queries.waiting import member_on_the_way
from giaoban.apps.organizations.kinds import Office
from giaoban.apps.organizations.operations import Decision
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

BORN = PartialDate(date(1998, 1, 1), Precision.DAY)


def newcomer(world: World, **changes: object) -> MemberDraft:
    first = FirstEntry(MemberEvent.ADMITTED, TODAY, world.units["DUK.01.01"])
    return replace(MemberDraft("Nguyễn Văn Mới", BORN, first), **changes)  # type: ignore[arg-type]


def test_an_admission_makes_a_probationary_member(world: World) -> None:
    member = enrol_member(act=world.act("clerk"), draft=newcomer(world, full_name="  nguyễn   Văn Mới "))
    assert (member.full_name, member.folded_name) == ("nguyễn Văn Mới", "nguyen van moi")
    assert (member.state, member.unit, member.admitted_on) == (
        MemberState.PROBATIONARY,
        world.units["DUK.01.01"],
        TODAY,
    )
    row = AuditRow.objects.get(action="members.admitted", object_uid=str(member.uid))
    assert (row.actor, row.unit_code) == (world.users["clerk"], "DUK.01.01")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"full_name": "Mới"}, "chưa đủ"),
        ({"birth": PartialDate(date(2024, 1, 1), Precision.DAY)}, "ở tương lai"),
        ({"birth": PartialDate(date(1850, 1, 1), Precision.YEAR)}, "Sinh 1850 là quá 120 tuổi"),
        ({"birth": PartialDate(date(2010, 1, 1), Precision.YEAR)}, "chưa đủ 18 tuổi"),
        ({"file_number": "000001ALC"}, "Số lý lịch 000001ALC đã có"),
        ({"identity_number": IDENTITY}, "Số định danh …456 đã có"),
        ({"identity_number": "12"}, "12 chữ số"),
    ],
)
def test_a_newcomer_with_a_slip_is_refused_whole(world: World, changes: dict[str, object], said: str) -> None:
    before = Member.objects.count(), MemberEntry.objects.count(), AuditRow.objects.count()
    with pytest.raises((InvalidInput, Conflict), match=said):
        enrol_members(act=world.act("clerk"), drafts=[newcomer(world), newcomer(world, **changes)])
    assert (Member.objects.count(), MemberEntry.objects.count(), AuditRow.objects.count()) == before


def test_a_member_twice_in_one_list_is_refused(world: World) -> None:
    twice = [newcomer(world, file_number="555555ALC"), newcomer(world, file_number="555555ALC", full_name="Lê Thị Hai")]
    with pytest.raises(Conflict, match="xuất hiện hai lần"):
        enrol_members(act=world.act("clerk"), drafts=twice)


def test_members_stand_in_cells_only(world: World) -> None:
    first = FirstEntry(MemberEvent.ADMITTED, TODAY, world.units["DUK.01"])
    with pytest.raises(InvalidInput, match=r"không sinh hoạt trực tiếp tại DUK\.01"):
        enrol_member(act=world.act("clerk"), draft=newcomer(world, first=first))
    early = FirstEntry(MemberEvent.OPENING, date(2021, 1, 1), world.units["DUK.01.01"])
    with pytest.raises(InvalidInput, match="không hoạt động vào ngày này"):
        enrol_member(act=world.act("clerk"), draft=newcomer(world, first=early))


def test_recognition_keeps_the_cell_and_changes_the_status(world: World) -> None:
    member = world.members["an"]
    with pytest.raises(InvalidInput, match="chưa có tên"):
        recognise_member(act=world.act("clerk"), member=member, day=date(2023, 1, 9), decision=Decision())
    recognise_member(act=world.act("clerk"), member=member, day=TODAY, decision=Decision("5-QĐ/DUK", TODAY))
    assert world.refresh("an").state == MemberState.OFFICIAL
    assert world.members["an"].recognised_on == TODAY


def test_the_sender_counts_a_member_until_receipt(world: World) -> None:
    oanh, fund = world.members["oanh"], world.units["DUK.02"]
    letter = send_member(act=world.act("clerk"), member=oanh, day=date(2023, 4, 1), to_unit=fund)
    assert world.refresh("oanh").unit.code == "DUK.01.02"
    with pytest.raises(InvalidInput, match="chưa tiếp nhận"):
        send_member(act=world.act("clerk"), member=oanh, day=TODAY, to_unit=world.units["DUK.01.01"])
    with pytest.raises(InvalidInput, match="trước ngày giới thiệu"):
        receive_member(act=world.act("clerk"), sent=letter, day=date(2023, 3, 31))
    receipt = receive_member(act=world.act("clerk"), sent=letter, day=TODAY)
    assert (world.refresh("oanh").unit, receipt.effective_date) == (fund, TODAY)
    assert member_on_the_way(oanh) is None
    with pytest.raises(Conflict):
        receive_member(act=world.act("clerk"), sent=letter, day=TODAY)


def test_a_transfer_out_is_dated_by_its_letter(world: World) -> None:
    with pytest.raises(InvalidInput, match="nơi đến"):
        transfer_out(act=world.act("clerk"), member=world.members["em"], day=TODAY, outside=" ")
    transfer_out(act=world.act("clerk"), member=world.members["em"], day=TODAY, outside="Đảng bộ huyện Khe Mây")
    assert world.refresh("em").state == MemberState.GONE_OUT
    assert MembershipSpell.objects.get(member=world.members["em"]).valid_to == TODAY


def test_a_correction_voids_or_redates_and_the_second_is_told(world: World) -> None:
    act = world.act("clerk")
    died = MemberEntry.objects.get(member=world.members["lam"], kind=MemberEvent.DIED)
    redate_entry(act=act, entry=died, day=date(2023, 1, 31), decision=Decision())
    assert MembershipSpell.objects.get(member=world.members["lam"]).valid_to == date(2023, 1, 31)
    with pytest.raises(Conflict, match="người khác đính chính"):
        void_entry(act=act, entry=died)
    newest = MemberEntry.objects.live().get(member=world.members["lam"], kind=MemberEvent.DIED)
    void_entry(act=act, entry=newest)
    assert world.refresh("lam").state == MemberState.OFFICIAL
    assert MemberEntry.objects.filter(member=world.members["lam"], kind=MemberEvent.DIED).count() == 3


def test_an_entry_that_others_rest_on_cannot_be_voided(world: World) -> None:
    opening = MemberEntry.objects.get(member=world.members["chi"], kind=MemberEvent.OPENING)
    with pytest.raises(InvalidInput, match="chưa có tên trong sổ"):
        void_entry(act=world.act("clerk"), entry=opening)


@pytest.mark.parametrize(
    ("who", "refused"),
    [("deputy", NotAllowed), ("inspector", NotAllowed), ("outsider", NotFound), ("secretary", None), ("clerk", None)],
)
def test_only_those_with_the_right_record(world: World, who: str, refused: type[Exception] | None) -> None:
    draft = EntryDraft(world.members["dao"], MemberEvent.DIED, TODAY, world.units["DUK.01.01"])
    if refused is None:
        record_member_entries(act=world.act(who), drafts=[draft])
        return
    with pytest.raises(refused):
        record_member_entries(act=world.act(who), drafts=[draft])


def test_a_cell_receives_by_itself_but_cannot_take(world: World) -> None:
    secretary = world.act("secretary")
    cell = world.units["DUK.01.01"]
    taken = EntryDraft(
        world.members["oanh"],
        MemberEvent.TRANSFERRED,
        TODAY,
        cell,
        from_unit=world.units["DUK.01.02"],
        to_unit=cell,
    )
    with pytest.raises((NotAllowed, NotFound)):
        record_member_entries(act=secretary, drafts=[taken])
    letter = send_member(act=world.act("clerk"), member=world.members["oanh"], day=date(2023, 4, 1), to_unit=cell)
    receive_member(act=secretary, sent=letter, day=TODAY)
    assert world.refresh("oanh").unit == cell


def test_reading_the_personal_part_is_recorded(world: World) -> None:
    with pytest.raises(NotAllowed):
        open_personal_file(act=world.act("clerk"), member=world.members["dao"])
    assert not AuditRow.objects.filter(action="members.file_read").exists()
    opened = open_personal_file(act=world.act("organizer"), member=world.members["dao"])
    assert opened.identity_number == IDENTITY
    row = AuditRow.objects.get(action="members.file_read")
    assert (row.actor, row.object_uid) == (world.users["organizer"], str(world.members["dao"].uid))
    assert IDENTITY not in str(row.detail)


def test_offices_have_terms(world: World) -> None:
    act, cell = world.act("organizer"), world.units["DUK.01.02"]
    phong = world.members["phong"]
    again = OfficeDraft(phong, cell, Office.SECRETARY, OfficeEvent.APPOINTED, TODAY)
    with pytest.raises(InvalidInput, match="Đang giữ chức vụ"):
        record_office_events(act=act, drafts=[again])
    record_office_events(act=act, drafts=[OfficeDraft(phong, cell, Office.SECRETARY, OfficeEvent.ENDED, TODAY)])
    assert phong.office_terms.get().valid_to == TODAY
    with pytest.raises(InvalidInput, match="Không giữ chức vụ"):
        record_office_events(act=act, drafts=[OfficeDraft(phong, cell, Office.SECRETARY, OfficeEvent.ENDED, TODAY)])


def queries_for(world: World, number: int) -> int:
    drafts = [newcomer(world, full_name=f"Nguyễn Văn Số {number} {index}") for index in range(number)]
    with CaptureQueriesContext(
        connection,
    ) as seen:
        enrol_members(act=world.act("clerk"), drafts=drafts)
    return len(seen)


def test_enrolling_many_costs_as_many_queries_as_enrolling_few(world: World) -> None:
    assert queries_for(world, 40) == queries_for(world, 4), "one batch of rows is one statement"


def test_days_within_a_day_keep_their_order(world: World) -> None:
    cell = world.units["DUK.01.01"]
    member = enrol_member(
        act=world.act("clerk"),
        draft=newcomer(world, first=FirstEntry(MemberEvent.ADMITTED, TODAY - timedelta(days=1), cell)),
    )
    record_member_entries(
        act=world.act("clerk"),
        drafts=[
            EntryDraft(member, MemberEvent.RECOGNISED, TODAY, cell, seq=1),
            EntryDraft(member, MemberEvent.CARD_ISSUED, TODAY, cell, seq=2),
        ],
    )
    assert Member.objects.get(pk=member.pk).state == MemberState.OFFICIAL


def test_what_has_not_happened_is_not_recorded(world: World) -> None:
    act, tomorrow, cell = world.act("clerk"), TODAY + timedelta(days=1), world.units["DUK.01.01"]
    before = Member.objects.count(), MemberEntry.objects.count()
    with pytest.raises(InvalidInput, match=r"Ngày 06/04/2023 ở tương lai") as refused:
        enrol_members(
            act=act,
            drafts=[
                newcomer(world),
                newcomer(world, full_name="Lê Thị Mai", first=FirstEntry(MemberEvent.ADMITTED, tomorrow, cell)),
            ],
        )
    assert (refused.value.index, refused.value.expected) == (1, "ngày không sau hôm nay")
    for kind in (MemberEvent.DIED, MemberEvent.CARD_ISSUED):
        with pytest.raises(InvalidInput, match="ở tương lai"):
            record_member_entries(act=act, drafts=[EntryDraft(world.members["dao"], kind, tomorrow, cell)])
    with pytest.raises(InvalidInput, match="ở tương lai"):
        transfer_out(act=act, member=world.members["em"], day=tomorrow, outside="Đảng bộ huyện Khe Mây")
    died = MemberEntry.objects.get(member=world.members["lam"], kind=MemberEvent.DIED)
    with pytest.raises(InvalidInput, match="ở tương lai"):
        redate_entry(act=act, entry=died, day=tomorrow, decision=Decision())
    assert (Member.objects.count(), MemberEntry.objects.count()) == before


def test_the_same_person_is_not_entered_twice(world: World) -> None:
    act = world.act("clerk")
    enrol_member(act=act, draft=newcomer(world))
    before = Member.objects.count()
    elsewhere = FirstEntry(MemberEvent.ADMITTED, TODAY, world.units["DUK.02"])
    for name in ("Nguyễn Văn Mới", "nguyen van moi"):
        with pytest.raises(
            Conflict, match=r"sinh ngày 01/01/1998, sinh hoạt tại DUK\.01\.01, vào sổ ngày 05/04/2023"
        ) as no:
            enrol_member(act=act, draft=newcomer(world, full_name=name, first=elsewhere))
        assert no.value.hint == "Nếu là hai người khác nhau, ghi số lý lịch hoặc số định danh để phân biệt"
    assert Member.objects.count() == before
    enrol_member(act=act, draft=newcomer(world, file_number="777777ALC"))
    enrol_member(act=act, draft=newcomer(world, birth=PartialDate(date(1998, 1, 1), Precision.YEAR)))
    enrol_member(act=act, draft=newcomer(world, birth=PartialDate(date(1998, 1, 2), Precision.DAY)))


def test_the_same_person_twice_in_one_list_needs_numbers(world: World) -> None:
    act, numbered = world.act("clerk"), newcomer(world, file_number="777777ALC")
    for pair in ([newcomer(world), newcomer(world)], [numbered, newcomer(world)], [newcomer(world), numbered]):
        with pytest.raises(Conflict, match="xuất hiện hai lần") as refused:
            enrol_members(act=act, drafts=pair)
        assert refused.value.index == 1
    assert len(enrol_members(act=act, drafts=[numbered, newcomer(world, file_number="777778ALC")])) == 2


def test_a_namesake_out_of_sight_is_not_told_of(world: World) -> None:
    viet = world.members["viet"]
    same = newcomer(world, full_name=viet.full_name, birth=PartialDate(viet.birth_date, Precision.DAY))
    assert enrol_member(act=world.act("clerk"), draft=same)
    with pytest.raises(Conflict, match=r"XA\.01|DUK\.01\.01"):
        enrol_member(act=world.act("clerk", at_console=True), draft=same)
