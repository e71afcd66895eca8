"""Offices: how the journal is told, what is refused, whole committees, consolidations, corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import START, TODAY, World

from giaoban.apps.members.holdings import Holding, OfficeFact, replay_holdings
from giaoban.apps.members.integrity import CHECKS
from giaoban.apps.members.models import MemberEvent, OfficeEntry, OfficeEvent, OfficeTerm
from giaoban.apps.members.operations import (
    CongressDraft,
    ConsolidationDraft,
    FirstEntry,
    MemberDraft,
    OfficeDraft,
    enrol_members,
    join_records,
    record_congress,
    record_consolidation,
    record_office_events,
    redate_office_entry,
    transfer_out,
    undo_join,
    void_consolidation,
    void_office_entry,
)
from giaoban.apps.members.queries.committee_people import committee_people
from giaoban.apps.members.queries.office_holders import offices_held
from giaoban.apps.organizations.kinds import Office, kinds
from giaoban.apps.organizations.models import OPEN_END, CommitteeEntry, TermEvent, UnitEvent, on_day
from giaoban.apps.organizations.operations import Decision, TreeDraft, record_tree_events
from giaoban.apps.organizations.queries.terms import term_on
from giaoban.apps.organizations.terms import Sizes
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import Conflict, InvalidInput, NotAllowed, NotFound

D1, D2, D3, D4 = (date(2022, month, 1) for month in (3, 5, 7, 9))
PAPER = Decision("12-QĐ/DUK", date(2023, 1, 5), "Đảng ủy Khối")


def change(
    world: World,
    member: str,
    unit: str,
    office: Office,
    kind: OfficeEvent = OfficeEvent.APPOINTED,
    day: date = date(2023, 1, 9),
) -> OfficeDraft:
    return OfficeDraft(world.members[member], world.units[unit], office, kind, day, PAPER)


def holders(unit: str, day: date) -> set[tuple[str, str]]:
    terms = OfficeTerm.objects.filter(on_day(day), unit__code=unit)
    return set(terms.values_list("member__full_name", "office"))


class TestReplay:
    def test_comes_and_goes(self) -> None:
        facts = [OfficeFact(2, OfficeEvent.ENDED, D2), OfficeFact(1, OfficeEvent.APPOINTED, D1)]
        assert replay_holdings("A", facts) == (Holding(D1, 1, OfficeEvent.APPOINTED, None, D2, 2),)

    def test_an_approval_confirms_an_election_and_alone_it_begins(self) -> None:
        facts = [OfficeFact(1, OfficeEvent.ELECTED, D1), OfficeFact(2, OfficeEvent.APPROVED, D2)]
        [held] = replay_holdings("A", facts)
        assert (held.start, held.came, held.approved) == (D1, 1, 2)
        [alone] = replay_holdings("A", facts[1:])
        assert (alone.start, alone.kind, alone.approved) == (D2, OfficeEvent.APPROVED, None)

    def test_who_is_elected_again_holds_it_anew(self) -> None:
        facts = [OfficeFact(1, OfficeEvent.OPENING, D1), OfficeFact(2, OfficeEvent.ELECTED, D3)]
        first, second = replay_holdings("A", facts)
        assert (first.start, first.end, second.start, second.end) == (D1, D3, D3, OPEN_END)

    def test_leaving_and_coming_on_one_day_whatever_the_order_of_entry(self) -> None:
        facts = [
            OfficeFact(9, OfficeEvent.ENDED, D2),
            OfficeFact(1, OfficeEvent.OPENING, D1),
            OfficeFact(5, OfficeEvent.APPOINTED, D2),
        ]
        assert [(one.start, one.end) for one in replay_holdings("A", facts)] == [(D1, D2), (D2, OPEN_END)]

    def test_what_is_only_noted_changes_nobody(self) -> None:
        facts = [OfficeFact(1, OfficeEvent.PLANNED, D1), OfficeFact(2, OfficeEvent.PLANNED, D2)]
        assert replay_holdings("A", facts) == ()

    @pytest.mark.parametrize(
        ("facts", "told"),
        [
            ([OfficeFact(1, OfficeEvent.ENDED, D1)], "Không giữ chức vụ này"),
            ([OfficeFact(1, OfficeEvent.OPENING, D1), OfficeFact(2, OfficeEvent.ENDED, D1)], "Không giữ chức vụ này"),
            ([OfficeFact(1, OfficeEvent.OPENING, D1), OfficeFact(2, OfficeEvent.MOVED, D2)], "Đang giữ chức vụ này"),
            ([OfficeFact(1, OfficeEvent.ELECTED, D1), OfficeFact(2, OfficeEvent.ELECTED, D1)], "Đang giữ chức vụ này"),
            (
                [
                    OfficeFact(1, OfficeEvent.ELECTED, D1),
                    OfficeFact(2, OfficeEvent.APPROVED, D2),
                    OfficeFact(3, OfficeEvent.APPROVED, D3),
                ],
                "Đang giữ chức vụ này",
            ),
            ([OfficeFact(1, OfficeEvent.CONFIDENCE, D1)], "không lấy phiếu tín nhiệm"),
        ],
    )
    def test_what_cannot_be(self, facts: list[OfficeFact], told: str) -> None:
        with pytest.raises(InvalidInput, match=told):
            replay_holdings("A", facts)


def test_a_person_may_hold_offices_of_two_units(world: World) -> None:
    record_office_events(act=world.act("clerk"), drafts=[change(world, "dao", "DUK", Office.COMMITTEE_MEMBER)])
    held = OfficeTerm.objects.filter(on_day(TODAY), member=world.members["dao"]).values_list("unit__code", "office")
    assert set(held) == {("DUK.01", "secretary"), ("DUK", "committee_member")}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"office": Office.STANDING_MEMBER, "unit": "DUK.01.01"}, "Chi bộ trực thuộc không có chức vụ"),
        ({"office": Office.INSPECTION_CHAIR, "unit": "DUK.02"}, "Chi bộ cơ sở không có chức vụ"),
        ({"day": date(2021, 12, 1)}, "DUK.01 không hoạt động ngày 01/12/2021"),
        ({"day": date(2025, 1, 1)}, "còn quá xa"),
        ({"member": "hung"}, "Phạm Mạnh Hùng không sinh hoạt ở chi bộ nào ngày 01/04/2023"),
        ({"member": "lam"}, "không sinh hoạt ở chi bộ nào"),
        ({"member": "an", "kind": OfficeEvent.ELECTED}, "đảng viên dự bị, chưa được bầu"),
        ({"kind": OfficeEvent.ENDED}, "Không giữ chức vụ này"),
        ({"kind": OfficeEvent.CONFIDENCE}, "không lấy phiếu tín nhiệm"),
    ],
)
def test_refusals(world: World, changes: dict[str, object], told: str) -> None:
    given = {"member": "em", "unit": "DUK.01", "office": Office.COMMITTEE_MEMBER, "day": date(2023, 4, 1)} | changes
    before = OfficeEntry.objects.count()
    with pytest.raises(InvalidInput, match=told):
        record_office_events(act=world.act("clerk"), drafts=[change(world, **given)])  # type: ignore[arg-type]
    assert OfficeEntry.objects.count() == before


def test_an_error_names_its_draft(world: World) -> None:
    good = change(world, "em", "DUK.01", Office.COMMITTEE_MEMBER)
    bad = change(world, "dao", "DUK.01", Office.SECRETARY)
    with pytest.raises(InvalidInput) as caught:
        record_office_events(act=world.act("clerk"), drafts=[good, bad])
    assert (caught.value.index, caught.value.where) == (1, "Nguyễn Đức Đạo, Bí thư DUK.01")
    assert holders("DUK.01", TODAY) == {("Nguyễn Đức Đạo", "secretary")}, "none of them"


def test_somebody_from_elsewhere_is_not_refused(world: World) -> None:
    record_office_events(act=world.act("clerk"), drafts=[change(world, "viet", "DUK.01", Office.COMMITTEE_MEMBER)])
    assert ("Hồ Quốc Việt", "committee_member") in holders("DUK.01", TODAY)


def test_a_temporary_transfer_keeps_the_seat(world: World) -> None:
    draft = change(world, "em", "DUK.01", Office.COMMITTEE_MEMBER, day=date(2023, 4, 1))
    transfer_out(
        act=world.act("clerk"), member=world.members["em"], day=date(2023, 3, 20), outside="Học viện", temporary=True
    )
    record_office_events(act=world.act("clerk"), drafts=[draft])
    assert ("Trần Thị Em", "committee_member") in holders("DUK.01", TODAY)


def test_who_may(world: World) -> None:
    draft = change(world, "em", "DUK.01.01", Office.DEPUTY_SECRETARY)
    for who, error in (("secretary", NotAllowed), ("deputy", NotAllowed), ("outsider", NotFound)):
        with pytest.raises(error):
            record_office_events(act=world.act(who), drafts=[draft])


def test_corrections(world: World) -> None:
    act = world.act("clerk")
    [entry] = record_office_events(act=act, drafts=[change(world, "em", "DUK.01", Office.COMMITTEE_MEMBER)])
    moved = redate_office_entry(act=act, entry=entry, day=date(2023, 2, 1), decision=Decision("13-QĐ/DUK"))
    assert (moved.decision_number, moved.corrects) == ("13-QĐ/DUK", entry)
    assert holders("DUK.01", date(2023, 1, 31)) == {("Nguyễn Đức Đạo", "secretary")}
    assert len(holders("DUK.01", date(2023, 2, 1))) == 2
    with pytest.raises(Conflict, match="đã được người khác đính chính"):
        void_office_entry(act=act, entry=entry)
    [gone] = record_office_events(
        act=act, drafts=[change(world, "em", "DUK.01", Office.COMMITTEE_MEMBER, OfficeEvent.ENDED, TODAY)]
    )
    with pytest.raises(InvalidInput, match="Không giữ chức vụ này"):
        void_office_entry(act=act, entry=moved)
    void_office_entry(act=act, entry=gone)
    void_office_entry(act=act, entry=moved)
    assert holders("DUK.01", TODAY) == {("Nguyễn Đức Đạo", "secretary")}
    assert OfficeEntry.objects.filter(member=world.members["em"], unit__code="DUK.01").count() == 5
    wrong = replace(change(world, "em", "DUK.02", Office.COMMITTEE_MEMBER), corrects=entry.uid)
    with pytest.raises(InvalidInput, match="Không có lần ghi cần đính chính"):
        record_office_events(act=act, drafts=[wrong])


class TestCongress:
    def draft(self, world: World, *seats: tuple[str, Office], kind: TermEvent = TermEvent.CONGRESS) -> CongressDraft:
        return CongressDraft(
            world.units["DUK.01"],
            kind,
            date(2023, 3, 15),
            "2023 - 2028",
            tuple((world.members[name], office) for name, office in seats),
            date(2028, 3, 14),
            Sizes(5),
            PAPER,
        )

    def test_a_whole_committee_in_one_go(self, world: World) -> None:
        record_office_events(
            act=world.act("clerk"),
            drafts=[
                change(world, "em", "DUK.01", Office.COMMITTEE_MEMBER),
                change(world, "oanh", "DUK.01", Office.INSPECTION_CHAIR),
            ],
        )
        term, entries = record_congress(
            act=world.act("clerk"),
            draft=self.draft(
                world,
                ("dao", Office.SECRETARY),
                ("minh", Office.DEPUTY_SECRETARY),
                ("oanh", Office.COMMITTEE_MEMBER),
            ),
        )
        assert holders("DUK.01", date(2023, 3, 15)) == {
            ("Nguyễn Đức Đạo", "secretary"),
            ("Hoàng Nhật Minh", "deputy_secretary"),
            ("Bùi Kim Oanh", "committee_member"),
            ("Bùi Kim Oanh", "inspection_chair"),
        }, "Em left, the inspection commission stays until a new one is named"
        assert ("Trần Thị Em", "committee_member") in holders("DUK.01", date(2023, 3, 14))
        assert {entry.decision_number for entry in entries} == {term.decision_number} == {"12-QĐ/DUK"}
        dao = OfficeTerm.objects.filter(member=world.members["dao"], unit__code="DUK.01").order_by("valid_from")
        assert [one.valid_from for one in dao] == [START, date(2023, 3, 15)], "re-elected: held anew"
        found = term_on(world.units["DUK.01"], TODAY)
        assert found is not None
        assert (found.name, found.sizes.committee) == ("2023 - 2028", 5)

    def test_a_provisional_committee_is_appointed(self, world: World) -> None:
        draft = self.draft(world, ("dao", Office.SECRETARY), ("em", Office.INSPECTION_CHAIR), kind=TermEvent.APPOINTED)
        _term, entries = record_congress(act=world.act("clerk"), draft=draft)
        assert [(entry.kind, entry.office) for entry in entries] == [
            ("ended", "secretary"),
            ("appointed", "secretary"),
            ("appointed", "inspection_chair"),
        ]

    def test_all_or_nothing(self, world: World) -> None:
        draft = self.draft(world, ("dao", Office.SECRETARY), ("an", Office.COMMITTEE_MEMBER))
        with pytest.raises(InvalidInput, match="đảng viên dự bị"):
            record_congress(act=world.act("clerk"), draft=draft)
        assert term_on(world.units["DUK.01"], TODAY) is None
        for seats, told in (
            ((), "Chưa ghi ai"),
            ((("dao", Office.SECRETARY), ("dao", Office.SECRETARY)), "được ghi hai lần"),
        ):
            with pytest.raises(InvalidInput, match=told):
                record_congress(act=world.act("clerk"), draft=self.draft(world, *seats))


class TestConsolidation:
    def test_a_decision_and_its_changes_are_tied(self, world: World) -> None:
        draft = ConsolidationDraft(
            world.units["DUK.01"],
            date(2023, 2, 6),
            (
                change(world, "dao", "DUK.01", Office.SECRETARY, OfficeEvent.ENDED),
                change(world, "em", "DUK.01", Office.SECRETARY),
                change(world, "oanh", "DUK.01", Office.COMMITTEE_MEMBER),
            ),
            decision=PAPER,
        )
        entry = record_consolidation(act=world.act("clerk"), draft=draft)
        assert entry.note == "kiện toàn Bí thư, bổ sung Đảng ủy viên"
        tied = entry.office_entries.order_by("pk")
        assert {(one.effective_date, one.decision_number) for one in tied} == {(date(2023, 2, 6), "12-QĐ/DUK")}
        assert holders("DUK.01", TODAY) == {("Trần Thị Em", "secretary"), ("Bùi Kim Oanh", "committee_member")}
        void_consolidation(act=world.act("clerk"), entry=entry)
        assert holders("DUK.01", TODAY) == {("Nguyễn Đức Đạo", "secretary")}
        assert not CommitteeEntry.objects.live().exists()

    def test_words_alone_are_enough_but_nothing_is_not(self, world: World) -> None:
        plain = ConsolidationDraft(world.units["DUK.02"], date(2023, 2, 6), note="phân công lại nhiệm vụ")
        assert record_consolidation(act=world.act("clerk"), draft=plain).note == "phân công lại nhiệm vụ"
        with pytest.raises(InvalidInput, match="Chưa ghi thay đổi gì"):
            record_consolidation(act=world.act("clerk"), draft=replace(plain, note=" "))

    def test_a_wrong_change_leaves_no_decision_behind(self, world: World) -> None:
        wrong = change(world, "dao", "DUK.01", Office.SECRETARY)
        with pytest.raises(InvalidInput, match="Đang giữ"):
            record_consolidation(
                act=world.act("clerk"), draft=ConsolidationDraft(world.units["DUK.01"], TODAY, (wrong,))
            )
        assert not CommitteeEntry.objects.exists()


def test_an_office_can_be_prepared_for_a_unit_that_begins_later(world: World) -> None:
    begins = date(2023, 7, 1)
    new = TreeDraft(
        UnitEvent.ESTABLISHED, begins, "DUK.03", parent="DUK", name="Chi bộ Mới", unit_kind="grassroots_cell"
    )
    record_tree_events(act=world.act("clerk"), drafts=[new])
    world.units["DUK.03"] = type(world.units["DUK"]).objects.get(code="DUK.03")
    record_office_events(act=world.act("clerk"), drafts=[change(world, "em", "DUK.03", Office.SECRETARY, day=begins)])
    assert holders("DUK.03", begins) == {("Trần Thị Em", "secretary")}


def test_recording_many_does_not_ask_more(world: World) -> None:
    def cost(names: list[str]) -> int:
        drafts = [change(world, name, "DUK", Office.COMMITTEE_MEMBER) for name in names]
        with CaptureQueriesContext(connection) as queries:
            record_office_events(act=world.act("clerk"), drafts=drafts)
        return len(queries)

    assert cost(["em"]) == cost(["minh", "oanh", "phong", "quy", "son", "uyen"])


def test_verify_finds_offices_that_the_journal_does_not_know(world: World) -> None:
    rows = next(check.rows for check in CHECKS if check.name == "Chức vụ khớp sổ cấp ủy")
    assert list(rows()) == []
    OfficeTerm.objects.filter(member=world.members["dao"]).update(valid_from=D1)
    uid = world.members["dao"].uid
    assert list(rows()) == [
        f"Hồ sơ {uid}: Bí thư từ 01/01/2022 khác với sổ cấp ủy",
        f"Hồ sơ {uid}: Bí thư từ 01/03/2022 khác với sổ cấp ủy",
    ]


def test_offices_of_a_second_record_are_the_persons(world: World) -> None:
    """«hung» left and came back on a second record, of which an office was recorded."""
    act, hung, fund = world.act("clerk", at_console=True), world.members["hung"], world.units["DUK.02"]
    first = FirstEntry(MemberEvent.TRANSFERRED, date(2023, 4, 1), fund, outside="Đảng bộ Bình An")
    birth = PartialDate(date(1985, 1, 2), Precision.DAY)
    [second] = enrol_members(act=act, drafts=[MemberDraft(hung.full_name, birth, first, file_number="000999ALC")])
    deputy = OfficeDraft(second, fund, Office.DEPUTY_SECRETARY, OfficeEvent.APPOINTED, date(2023, 4, 2), PAPER)
    record_office_events(act=act, drafts=[deputy])
    alias = join_records(act=act, kept=hung, other=second, takes_history=True)
    term = OfficeTerm.objects.get(unit=fund, office="deputy_secretary")
    assert term.member == hung
    people = committee_people(fund, kinds()["grassroots_cell"], offices_held([fund.pk], TODAY), TODAY)
    assert [(one.full_name, one.how, one.why_end) for one in people.committee if "Phó" in one.office_names[0]] == [
        ("Phạm Mạnh Hùng", "Chỉ định ngày 02/04/2023", "")
    ]
    verify = next(check.rows for check in CHECKS if check.name == "Chức vụ khớp sổ cấp ủy")
    assert list(verify()) == []
    undo_join(act=act, alias=alias)
    assert OfficeTerm.objects.get(unit=fund, office="deputy_secretary").member == second
    again = join_records(act=act, kept=world.members["quy"], other=second, takes_history=False)
    assert not OfficeTerm.objects.filter(unit=fund, office="deputy_secretary").exists(), "it only repeats"
    assert list(verify()) == []
    undo_join(act=act, alias=again)


def test_entries_are_seen_where_the_unit_stood(world: World) -> None:
    seen = OfficeEntry.objects.visible_to(world.users["secretary"], today=TODAY).values_list("unit__code", flat=True)
    assert set(seen) == {"DUK.01.01"}
    assert not OfficeEntry.objects.visible_to(world.users["stranger"], today=TODAY).exists()
