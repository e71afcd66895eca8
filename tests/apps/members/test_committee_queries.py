"""Committees read: people in protocol order, what happened, who follows whom; members found by what is typed."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world import START, TODAY, World

from giaoban.apps.members.models import MemberEvent, OfficeEvent
from giaoban.apps.members.operations import (
    ConsolidationDraft,
    FirstEntry,
    MemberDraft,
    OfficeDraft,
    VisitDraft,
    assign_visits,
    enrol_members,
    record_consolidation,
    record_office_events,
)
from giaoban.apps.members.queries.committee_people import committee_people, committee_story, find_office_entry
from giaoban.apps.members.queries.named import members_named, people_to_offer
from giaoban.apps.members.queries.office_holders import offices_held
from giaoban.apps.members.queries.visits import find_visit, visit_board
from giaoban.apps.organizations.kinds import Office, kinds
from giaoban.apps.organizations.models import CommitteeEntry, TermEntry, TermEvent
from giaoban.apps.organizations.operations import Decision, TermDraft, record_term_entry
from giaoban.apps.organizations.queries.committees import find_committee_entry
from giaoban.apps.organizations.queries.terms import find_term_entry
from giaoban.apps.organizations.terms import Sizes
from giaoban.core.dates_vi import PartialDate, Precision
from giaoban.core.errors import InvalidInput, NotFound

BASE = kinds()["grassroots_committee"]
PAPER = Decision("12-QĐ/DUK", date(2023, 1, 5), "Đảng ủy Khối")


def hold(world: World, name: str, office: Office, kind: OfficeEvent, day: date) -> OfficeDraft:
    return OfficeDraft(world.members[name], world.units["DUK.01"], office, kind, day, PAPER)


@pytest.fixture
def seated(world: World) -> World:
    act, base = world.act("clerk"), world.units["DUK.01"]
    record_term_entry(
        act=act,
        draft=TermDraft(base, TermEvent.OPENING, START, "2020 - 2025", date(2025, 6, 1), Sizes(5), PAPER),
    )
    record_office_events(
        act=act,
        drafts=[
            hold(world, "phong", Office.COMMITTEE_MEMBER, OfficeEvent.ELECTED, date(2022, 3, 1)),
            hold(world, "phong", Office.COMMITTEE_MEMBER, OfficeEvent.APPROVED, date(2022, 3, 20)),
            hold(world, "lam", Office.INSPECTION_CHAIR, OfficeEvent.ELECTED, date(2022, 3, 1)),
        ],
    )
    changes = (
        hold(world, "dao", Office.STANDING_MEMBER, OfficeEvent.APPOINTED, date(2023, 1, 9)),
        hold(world, "minh", Office.DEPUTY_SECRETARY, OfficeEvent.APPOINTED, date(2023, 1, 9)),
    )
    record_consolidation(act=act, draft=ConsolidationDraft(base, date(2023, 1, 9), changes, decision=PAPER))
    return world


def test_people_in_protocol_order_with_how_they_came(seated: World) -> None:
    base = seated.units["DUK.01"]
    people = committee_people(base, BASE, offices_held([base.pk], TODAY), TODAY)
    assert [(one.full_name, one.office_names) for one in people.committee] == [
        ("Nguyễn Đức Đạo", ("Bí thư", "Ủy viên Ban Thường vụ")),
        ("Hoàng Nhật Minh", ("Phó Bí thư",)),
        ("Nông Văn Phong", ("Đảng ủy viên",)),
    ]
    assert [one.how for one in people.committee] == [
        "Đang giữ khi bắt đầu dùng sổ ngày 01/01/2022",
        "Chỉ định ngày 09/01/2023",
        "Bầu ngày 01/03/2022, chuẩn y ngày 20/03/2022",
    ]
    assert people.committee[1].decision == "Văn bản số 12-QĐ/DUK ngày 05/01/2023 của Đảng ủy Khối"
    [chair] = people.inspection
    assert (chair.full_name, chair.why_end) == ("Vũ Ngọc Lâm", "Từ trần ngày 30/01/2023")


def test_what_happened_newest_first(seated: World) -> None:
    stories = committee_story(seated.units["DUK.01"], BASE)
    assert [story.sentence for story in stories] == [
        "Kiện toàn cấp ủy: bổ sung Phó Bí thư, bổ sung Ủy viên Ban Thường vụ",
        "Chuẩn y",
        "Bầu",
        "Nhiệm kỳ đang có khi bắt đầu dùng sổ «2020 - 2025», đến hết ngày 01/06/2025; số lượng: cấp ủy 5",
        "Đang giữ khi bắt đầu dùng sổ",
    ]
    assert [change.words for change in stories[0].changes] == [
        "Chỉ định: Nguyễn Đức Đạo, Ủy viên Ban Thường vụ",
        "Chỉ định: Hoàng Nhật Minh, Phó Bí thư",
    ]
    assert [change.words for change in stories[2].changes] == [
        "Nông Văn Phong, Đảng ủy viên",
        "Vũ Ngọc Lâm, Chủ nhiệm Ủy ban Kiểm tra",
    ]
    assert [story.register for story in stories] == ["cap-uy", "", "", "nhiem-ky", ""]


def test_entries_are_found_in_the_scope_only(seated: World) -> None:
    office = seated.members["minh"].office_entries.get()
    term, decision = TermEntry.objects.get(), CommitteeEntry.objects.get()
    clerk, outsider = seated.users["clerk"], seated.users["outsider"]
    assert find_office_entry(clerk, office.uid, today=TODAY) == office
    assert find_term_entry(clerk, term.uid, today=TODAY) == term
    assert find_committee_entry(clerk, decision.uid, today=TODAY) == decision
    for find, uid in (
        (find_office_entry, office.uid),
        (find_term_entry, term.uid),
        (find_committee_entry, decision.uid),
        (find_visit, office.uid),
    ):
        with pytest.raises(NotFound):
            find(outsider, uid, today=TODAY)


def test_who_follows_which_unit(world: World) -> None:
    duk = world.units["DUK"]

    def draft(name: str, unit: str, last: date | None = None) -> VisitDraft:
        return VisitDraft(duk, world.units[unit], world.members[name], START, last)

    made = assign_visits(
        act=world.act("clerk"),
        drafts=[draft("em", "DUK.01"), draft("dao", "DUK.01"), draft("dao", "DUK.01.02", date(2023, 4, 4))],
    )
    board = visit_board(duk, date(2023, 4, 4))
    assert [(card.code, [one.full_name for one in visits]) for card, visits in board.by_unit] == [
        ("DUK.01", ["Nguyễn Đức Đạo", "Trần Thị Em"]),
        ("DUK.01.02", ["Nguyễn Đức Đạo"]),
    ]
    assert [(name, [one.unit.code for one in visits]) for name, _uid, visits in board.by_person] == [
        ("Nguyễn Đức Đạo", ["DUK.01", "DUK.01.02"]),
        ("Trần Thị Em", ["DUK.01"]),
    ]
    assert [card.code for card in board.without] == ["DUK.02"]
    assert board.by_unit[1][1][0].last_day == date(2023, 4, 4)
    assert len(visit_board(duk, TODAY).by_unit) == 1, "it was over"
    assert find_visit(world.users["deputy"], made[0].uid, today=TODAY) == made[0]


class TestNamed:
    def find(self, world: World, *texts: str, unit: str = "DUK", who: str = "clerk", day: date = TODAY) -> list[str]:
        found = members_named(world.users[who], world.units[unit], texts, day=day, today=TODAY)
        keys = {member.pk: key for key, member in world.members.items()}
        return [keys.get(member.pk, "namesake") for member in found]

    def namesake(self, world: World, cell: str = "DUK.02", name: str = "Nguyễn Đức Đạo") -> None:
        first = FirstEntry(MemberEvent.OPENING, START, world.units[cell])
        birth = PartialDate(date(1981, 1, 1), Precision.DAY)
        enrol_members(act=world.act("clerk", at_console=True), drafts=[MemberDraft(name, birth, first)])

    def test_by_name_number_and_what_is_offered(self, world: World) -> None:
        found = self.find(world, " nguyễn đức  đạo ", "tran thi em", "70000002", "000003alc", "Nông Văn Phong, 1975")
        assert found == ["dao", "em", "dao", "em", "phong"]
        offered = people_to_offer(world.users["clerk"], world.units["DUK"], day=TODAY, today=TODAY)
        assert "Nguyễn Đức Đạo, 1970, Chi bộ Văn phòng" in offered
        assert len(self.find(world, *offered)) == len(offered) == 15

    def test_namesakes_are_told_apart(self, world: World) -> None:
        self.namesake(world)
        assert self.find(world, "Nguyễn Đức Đạo", unit="DUK.01") == ["dao"], "theirs before others"
        assert self.find(world, "Nguyễn Đức Đạo, 1970", "Nguyễn Đức Đạo, Chi bộ Quỹ Thử nghiệm") == ["dao", "namesake"]
        with pytest.raises(InvalidInput) as caught:
            self.find(world, "Trần Thị Em", "Nguyễn Đức Đạo")
        assert caught.value.index == 1
        assert caught.value.message == (
            "Có 2 đồng chí tên «Nguyễn Đức Đạo»: "
            "Nguyễn Đức Đạo, 1970, Chi bộ Văn phòng, Đảng bộ cơ quan Sở Thử nghiệm, thẻ 70000002; "
            "Nguyễn Đức Đạo, 1981, Chi bộ Quỹ Thử nghiệm"
        )

    def test_diacritics_decide_where_they_can(self, world: World) -> None:
        self.namesake(world, name="Nguyễn Đức Đáo")
        assert self.find(world, "Nguyễn Đức Đáo") == ["namesake"]
        with pytest.raises(InvalidInput, match="Có 2 đồng chí"):
            self.find(world, "nguyen duc dao")

    def test_who_has_died_is_found_when_nobody_else_bears_the_name(self, world: World) -> None:
        assert self.find(world, "Vũ Ngọc Lâm") == ["lam"]

    @pytest.mark.parametrize("text", ["Nguyễn Đức", "", "Nguyễn Đức Đạo, 1999", "Hồ Quốc Việt", "Nguyễn Đức Đạo, Quỹ"])
    def test_nobody(self, world: World, text: str) -> None:
        with pytest.raises(InvalidInput, match="Không tìm thấy đảng viên"):
            self.find(world, text)

    def test_many_texts_do_not_ask_more(self, world: World) -> None:
        def cost(*texts: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                self.find(world, *texts)
            return len(queries)

        assert cost("Trần Thị Em") == cost("Trần Thị Em", "Nguyễn Đức Đạo", "Nông Văn Phong", "70000002")


def test_the_page_of_a_committee_does_not_ask_more_with_more_people(seated: World) -> None:
    base = seated.units["DUK.01"]

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            held = offices_held([base.pk], TODAY)
            committee_people(base, BASE, held, TODAY)
            committee_story(base, BASE)
        return len(queries)

    before = cost()
    record_office_events(
        act=seated.act("clerk"),
        drafts=[
            hold(seated, name, Office.COMMITTEE_MEMBER, OfficeEvent.ELECTED, date(2023, 2, 1))
            for name in ("em", "oanh", "khoa", "minh")
        ],
    )
    assert cost() == before
